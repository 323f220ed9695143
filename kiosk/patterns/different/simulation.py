"""What "different from usual" finds and what it names for nothing, by simulation. Pure.

Children who never existed answer by known chances, so it is known which of them changed. Each answers on 85 of
100 school days; how like yesterday's answer today's is, is the lag-one correlation of the feeling behind it (in
the one public set of daily answers we know the median is 0.2). The list is the very one that staff read: the
simulation calls :mod:`kiosk.patterns.different.usual`.

What it cannot say: real children do not leave days out at random, and feeling worse is one reason not to
answer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from math import sqrt
from random import Random
from statistics import NormalDist

from kiosk.patterns.different.usual import LAST_DAYS, ON_THE_LIST, USUAL_DAYS, Day, calmer_strength_of, strength_of

Chances = tuple[float, float, float, float, float]
"""How likely a day's hardest answer is each intensity, calm first."""

KINDS: dict[str, Chances] = {
    "mostly calm": (0.60, 0.25, 0.10, 0.04, 0.01),
    "nearly always 1": (0.90, 0.07, 0.02, 0.008, 0.002),
    "always mixed": (0.27, 0.34, 0.25, 0.10, 0.04),
}
SCHOOL: Chances = (0.55, 0.25, 0.12, 0.06, 0.02)
"""The answers of a whole school, in which there are some of each kind."""
CORRELATIONS = (0.0, 0.2, 0.4)
MISSED = 0.15
PUPILS = 400
WEEKS_OF_ONE = 30
"""Weekly lists for which one made-up child is followed."""
SEED = 2026

Progress = Callable[[float], None]
"""Hears how much is done, 0 to 1."""


@dataclass(frozen=True, slots=True)
class Unchanged:
    """How long the weekly list is when nothing changes for anybody."""

    kind: str
    correlation: float
    weeks: int
    entries_a_week: float
    """On the list of harder answers."""
    calmer_a_week: float
    """On the list of calmer ones."""


@dataclass(frozen=True, slots=True)
class Changed:
    """How many are found when half of a child's answers become 4s and 5s."""

    kind: str
    correlation: float
    children: int
    after_days: dict[int, float]
    """The share found on the list after so many school days, 0 to 1."""


def entries_a_week(
    kind: str, correlation: float, weeks: int, seed: int = SEED, progress: Progress = lambda _: None
) -> Unchanged:
    """Let a school of 400 such children live ``weeks`` weeks in which nothing changes; count the entries."""
    rng = Random(f"{seed}/{kind}/{correlation}")
    asked = entries = calmer = 0
    length = USUAL_DAYS + LAST_DAYS[-1]
    while asked < weeks * PUPILS:
        days = list(_answers(rng, KINDS[kind], correlation, length + 5 * (WEEKS_OF_ONE - 1)))
        for week in range(WEEKS_OF_ONE):
            looked_at = days[5 * week : 5 * week + length]
            entries += strength_of(looked_at, SCHOOL) > ON_THE_LIST
            calmer += calmer_strength_of(looked_at, SCHOOL) > ON_THE_LIST
        asked += WEEKS_OF_ONE
        progress(min(1.0, asked / (weeks * PUPILS)))
    return Unchanged(kind, correlation, weeks, PUPILS * entries / asked, PUPILS * calmer / asked)


def share_found(
    kind: str, correlation: float, children: int, seed: int = SEED, progress: Progress = lambda _: None
) -> Changed:
    """Let half of the answers of such children become 4s and 5s; how many are on the list after 5 and 10 days."""
    rng = Random(f"{seed}/{kind}/{correlation}/changed")
    usual, moved = KINDS[kind], half_hard(KINDS[kind])
    found = dict.fromkeys(LAST_DAYS, 0)
    for number in range(children):
        before = list(_answers(rng, usual, correlation, USUAL_DAYS + LAST_DAYS[-1]))
        since = list(_answers(rng, moved, correlation, LAST_DAYS[-1]))
        for days in LAST_DAYS:
            found[days] += strength_of([*before, *since[:days]], SCHOOL) > ON_THE_LIST
        progress((number + 1) / children)
    return Changed(kind, correlation, children, {days: hits / children for days, hits in found.items()})


def half_hard(chances: Chances) -> Chances:
    """The same child on harder days: half of the answers are 4 or 5, and each half keeps its shape."""
    hard = sum(chances[3:])
    calmer = [0.5 * share / (1 - hard) for share in chances[:3]]
    harder = [0.5 * share / hard for share in chances[3:]]
    return (calmer[0], calmer[1], calmer[2], harder[0], harder[1])


def _answers(rng: Random, chances: Sequence[float], correlation: float, days: int) -> Iterator[Day]:
    """A run of school days: a feeling that stays a little from day to day, cut into five steps."""
    cuts = [NormalDist().inv_cdf(share) for share in list(accumulate(chances))[:4]]
    feeling, fresh = rng.gauss(0, 1), sqrt(1 - correlation**2)
    for _ in range(days):
        feeling = correlation * feeling + fresh * rng.gauss(0, 1)
        answer = 1 + sum(feeling > cut for cut in cuts)
        yield None if rng.random() < MISSED else answer
