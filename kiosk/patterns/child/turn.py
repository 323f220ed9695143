"""Whether hard answers became more or fewer towards the end of a time: what its picture says first. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from math import exp, lgamma
from typing import Literal, NamedTuple

from kiosk.feelings.rules import HARD
from kiosk.patterns.child.over_time import Answer
from kiosk.patterns.figures.suppression import LEAST

BY_CHANCE = 0.025
"""A change is told when chance alone shares the hard answers out like this, or more so, less often than that."""


class Turn(NamedTuple):
    """The last third of a time beside the two before."""

    since: date
    """The first school day of the last third."""
    hard_before: int
    before: int
    """Of so many answers."""
    hard_since: int
    after: int
    says: Literal["harder", "calmer", "alike"]
    """Alike: what difference there is may well be chance."""


def turn_of(days: Sequence[date], answers: Sequence[Answer]) -> Turn | None:
    """The last third of some school days beside the rest; nothing with fewer than five answers on either side.

    Args:
        days: the school days of the time, oldest first.
        answers: the child's answers in it.
    """
    if not days:
        return None
    since = days[2 * len(days) // 3]
    late = [answer.intensity for answer in answers if answer.school_day >= since]
    before, after = len(answers) - len(late), len(late)
    if min(before, after) < LEAST:
        return None
    hard_since = sum(intensity >= HARD for intensity in late)
    hard_before = sum(answer.intensity >= HARD for answer in answers) - hard_since
    return Turn(since, hard_before, before, hard_since, after, _says((hard_before, before), (hard_since, after)))


def _says(early: tuple[int, int], late: tuple[int, int]) -> Literal["harder", "calmer", "alike"]:
    if chance_of(*late, *early) <= BY_CHANCE:
        return "harder"
    return "calmer" if chance_of(*early, *late) <= BY_CHANCE else "alike"


def chance_of(hard: int, answers: int, others_hard: int, others: int) -> float:
    """How often so many hard answers or more fall on one side by chance alone (Fisher's exact test).

    Args:
        hard: the hard answers of the side looked at.
        answers: all of it.
        others_hard: the hard answers of the other side.
        others: all of it.
    """
    all_hard, every = hard + others_hard, answers + others
    term = exp(_ways(all_hard, hard) + _ways(every - all_hard, answers - hard) - _ways(every, answers))
    found = term
    for more in range(hard, min(all_hard, answers)):
        term *= (all_hard - more) * (answers - more)
        term /= (more + 1) * (every - all_hard - answers + more + 1)
        found += term
    return found


def _ways(of: int, chosen: int) -> float:
    """The logarithm of in how many ways some can be chosen."""
    return lgamma(of + 1) - lgamma(chosen + 1) - lgamma(of - chosen + 1)
