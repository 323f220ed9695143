"""Whether hard days became more or fewer towards the end of a time: what its picture says first. Pure.

By days, each with its hardest answer, as the weekly list counts them. Answers of one day are like each other, and
each counted for itself would make a change of one upset morning. Simulated with two answers a day, seven in ten of
which follow the day, "harder" or "calmer" stood above 7 of 100 children for whom nothing changed; with four above
17; by days above 2.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from math import exp, lgamma
from operator import attrgetter
from typing import Literal, NamedTuple

from kiosk.feelings.rules import HARD
from kiosk.patterns.child.over_time import Answer
from kiosk.patterns.figures.suppression import LEAST

BY_CHANCE = 0.025
"""A change is told when chance alone shares the hard days out like this, or more so, less often than that."""


class Turn(NamedTuple):
    """The last third of a time beside the two before, in days on which the child answered."""

    since: date
    """The first school day of the last third."""
    hard_before: int
    before: int
    """Of so many days with an answer."""
    hard_since: int
    after: int
    says: Literal["harder", "calmer", "alike"]
    """Alike: what difference there is may well be chance."""


def turn_of(days: Sequence[date], answers: Iterable[Answer]) -> Turn | None:
    """The last third of some school days beside the rest; nothing with fewer than five answered in either.

    Args:
        days: the school days of the time, oldest first.
        answers: the child's answers in it.
    """
    if not days:
        return None
    since = days[2 * len(days) // 3]
    calm_first = sorted(answers, key=attrgetter("intensity"))
    hardest = {answer.school_day: answer.intensity for answer in calm_first}  # of a day the last one stays
    late = [intensity for day, intensity in hardest.items() if day >= since]
    before, after = len(hardest) - len(late), len(late)
    if min(before, after) < LEAST:
        return None
    hard_since = sum(intensity >= HARD for intensity in late)
    hard_before = sum(intensity >= HARD for intensity in hardest.values()) - hard_since
    return Turn(since, hard_before, before, hard_since, after, _says((hard_before, before), (hard_since, after)))


def _says(early: tuple[int, int], late: tuple[int, int]) -> Literal["harder", "calmer", "alike"]:
    if chance_of(*late, *early) <= BY_CHANCE:
        return "harder"
    return "calmer" if chance_of(*early, *late) <= BY_CHANCE else "alike"


def chance_of(hard: int, days: int, others_hard: int, others: int) -> float:
    """How often so many hard days or more fall on one side by chance alone (Fisher's exact test).

    Args:
        hard: the hard days of the side looked at.
        days: all of it.
        others_hard: the hard days of the other side.
        others: all of it.
    """
    all_hard, every = hard + others_hard, days + others
    term = exp(_ways(all_hard, hard) + _ways(every - all_hard, days - hard) - _ways(every, days))
    found = term
    for more in range(hard, min(all_hard, days)):
        term *= (all_hard - more) * (days - more)
        term /= (more + 1) * (every - all_hard - days + more + 1)
        found += term
    return found


def _ways(of: int, chosen: int) -> float:
    """The logarithm of in how many ways some can be chosen."""
    return lgamma(of + 1) - lgamma(chosen + 1) - lgamma(of - chosen + 1)
