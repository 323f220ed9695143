"""Different from usual: a child's last days beside the same child's earlier ones. Pure.

One value for each school day, the hardest answer of the day, because a child who was calm twice and upset once
was upset that day. The usual is the child's own; a little of the whole school's is mixed in, so that a child
who has answered three times is not compared with three answers. How strongly the last days speak for a move
towards harder answers is a likelihood ratio, averaged over moves of four sizes. It decides who is on the list
and in which order and is never shown: whoever reads the list reads a sentence with its counts.

Why no control chart: with nothing changing, its rules put 48 to 179 new flags a week on 400 pupils
(docs/decisions.md). This list holds two. What it finds and misses is computed by
:mod:`kiosk.patterns.different.simulation`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from math import exp, log

LAST_DAYS = (5, 10)
"""School days that are looked at: a week, and two."""
USUAL_DAYS = 40
"""School days before the longer of them: the child's usual, some eight weeks."""
LEAST_ANSWERED = 3
SCHOOLS_WEIGHT = 8
"""As many days of the whole school's answers are mixed into the child's own."""
MOVES = (0.4, 0.8, 1.2, 1.6)
ON_THE_LIST = 5.0
AT_MOST = 8
LEAST_USUAL = 5
"""With fewer earlier answers of their own a child is not compared: they would be compared with the others."""
ENOUGH_TO_COMPARE = 10
"""With fewer earlier answers of the child's own the sentence says so."""

Day = int | None
"""The hardest intensity of a school day, 1 calm to 5 hardest; nothing when the child did not answer."""

_CENTRE = 3
_TILTS = tuple(tuple(exp(move * (intensity - _CENTRE)) for intensity in range(1, 6)) for move in MOVES)


@dataclass(frozen=True, slots=True)
class Different:
    """What the sentence about one child says."""

    pupil_id: int
    days: int
    """School days looked at: 5 or 10."""
    answered: int
    """On how many of them the child answered."""
    hard: int
    """How many of these answers were ``least`` or harder."""
    least: int
    """The intensity from which an answer is counted here, 2 to 5."""
    usual_hard: int
    usual_answered: int
    """The same counts of the 40 school days before."""
    school_share: float
    """The same share of the whole school's answers, 0 to 1."""
    strength: float
    """For the order of the list alone; never shown."""
    calmer: bool = False
    """The move is towards calmer answers: good news. ``least`` then counts from the hard end of the scale."""


@dataclass(frozen=True, slots=True)
class Listed:
    """The list of one week."""

    shown: tuple[Different, ...]
    """At most ``AT_MOST``, strongest first."""
    left_out: int
    """How many more there would have been."""
    compared: int
    """How many children could be compared with themselves."""


def list_of(children: Iterable[tuple[int, Sequence[Day]]], school: Sequence[float]) -> Listed:
    """The list of a week.

    Args:
        children: each pupil's id with the last 50 school days, oldest first (fewer for whoever came later).
        school: the share of each intensity among the whole school's answers.
    """
    compared = [(pupil_id, days) for pupil_id, days in children if can_be_compared(days)]
    found = [one for pupil_id, days in compared if (one := look_at(pupil_id, days, school)) is not None]
    found.sort(key=lambda one: (-one.strength, one.pupil_id))
    return Listed(tuple(found[:AT_MOST]), max(0, len(found) - AT_MOST), len(compared))


def calmer_list_of(children: Iterable[tuple[int, Sequence[Day]]], school: Sequence[float]) -> Listed:
    """The good news of a week: who is calmer than usual, by the same method with the scale turned round."""
    listed = list_of(((pupil_id, turned(days)) for pupil_id, days in children), school[::-1])
    return replace(listed, shown=tuple(replace(one, calmer=True) for one in listed.shown))


def look_at(pupil_id: int, days: Sequence[Day], school: Sequence[float]) -> Different | None:
    """What is different about one child's last days; nothing when nothing is."""
    if not can_be_compared(days):
        return None
    last, before = split(days)
    usual = _usual(before, school)
    strengths = [(_log_ratio(last[-length:], usual), length) for length in LAST_DAYS]
    strength, length = max(strengths)
    if strength <= ON_THE_LIST:
        return None
    return _counted(pupil_id, (last[-length:], before), school, strength)


def can_be_compared(days: Sequence[Day]) -> bool:
    """Whether a child answered often enough, lately and before, to be compared with themselves."""
    last, before = split(days)
    return _answers(last) >= LEAST_ANSWERED and _answers(before) >= LEAST_USUAL


def strength_of(days: Sequence[Day], school: Sequence[float]) -> float:
    """How strongly a child's last days speak for harder answers than usual: the larger log likelihood ratio."""
    last, before = split(days)
    usual = _usual(before, school)
    return max(_log_ratio(last[-length:], usual) for length in LAST_DAYS)


def calmer_strength_of(days: Sequence[Day], school: Sequence[float]) -> float:
    """How strongly a child's last days speak for calmer answers than usual."""
    return strength_of(turned(days), school[::-1])


def turned(days: Sequence[Day]) -> list[Day]:
    """The same days with the scale turned round: what was calm is hard."""
    return [None if day is None else 6 - day for day in days]


def split(days: Sequence[Day]) -> tuple[Sequence[Day], Sequence[Day]]:
    """The days looked at, and the days that are the child's usual."""
    longest = LAST_DAYS[-1]
    return days[-longest:], days[-longest - USUAL_DAYS : -longest]


def _answers(days: Sequence[Day]) -> int:
    return len(days) - days.count(None)


def _usual(before: Sequence[Day], school: Sequence[float]) -> list[float]:
    """How often each intensity is to be expected, 1 in sum."""
    weight = [SCHOOLS_WEIGHT * share for share in school]
    for day in before:
        if day is not None:
            weight[day - 1] += 1
    total = sum(weight)
    return [each / total for each in weight]


def _log_ratio(last: Sequence[Day], usual: Sequence[float]) -> float:
    answers = [day - _CENTRE for day in last if day is not None]
    if len(answers) < LEAST_ANSWERED:
        return float("-inf")
    total, number = sum(answers), len(answers)
    ratio = 0.0
    for move, tilt in zip(MOVES, _TILTS, strict=True):
        expected = sum(share * weight for share, weight in zip(usual, tilt, strict=True))
        ratio += exp(move * total - number * log(expected))
    return log(ratio / len(MOVES))


def _counted(
    pupil_id: int, days: tuple[Sequence[Day], Sequence[Day]], school: Sequence[float], strength: float
) -> Different:
    """The counts that say most: at the intensity from which the last answers differ most from the usual."""
    last, before = days
    usual = _usual(before, school)
    answers = [day for day in last if day is not None]

    def distance(least: int) -> float:
        expected = sum(usual[least - 1 :])
        share = sum(answer >= least for answer in answers) / len(answers)
        return _divergence(share, expected) if share > expected else 0.0

    least = max((5, 4, 3, 2), key=distance)  # of two that say the same, the harder one
    earlier = [day for day in before if day is not None]
    return Different(
        pupil_id=pupil_id,
        days=len(last),
        answered=len(answers),
        hard=sum(answer >= least for answer in answers),
        least=least,
        usual_hard=sum(day >= least for day in earlier),
        usual_answered=len(earlier),
        school_share=sum(school[least - 1 :]),
        strength=strength,
    )


def _divergence(share: float, expected: float) -> float:
    """How far a share of yes and no is from the expected one, per answer."""
    expected = min(max(expected, 1e-9), 1 - 1e-9)
    return sum(p * log(p / q) for p, q in ((share, expected), (1 - share, 1 - expected)) if p)
