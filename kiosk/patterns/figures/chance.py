"""How often a chart marks something although nothing changes, by simulation. Pure.

Made-up answers fall by the same chances on every day, each for itself; so whatever is marked is marked for
nothing. Limits and signals are those of the pages. Two things decide: how many points there are, as each is
another chance to be marked, and how many hard answers a point is made of. With 22 answers a day, as in a class, 82
of 100 charts of twelve weeks have something marked; so a point needs ``ENOUGH_ANSWERS``, and a class is drawn by
weeks. Where 1 answer in 100 is hard, a chart is like one of a fifth of the answers where 5 are.

What it cannot say: real days follow on one another, and one that is like the day before makes long runs likelier.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass
from itertools import accumulate
from math import comb
from random import Random

from kiosk.patterns.figures.xmr import limits_of, signals

HARD = 0.05
"""The share of hard answers in the made-up schools."""
SEED = 2026
POINTS = (10, 12, 20, 30, 40, 55, 65)
ANSWERS = (10, 20, 50, 100, 250, 1000)
"""No point is made of fewer than ``ENOUGH_ANSWERS``; the first two are for schools with fewer hard ones."""
MARKED = {
    10: (23, 16, 10, 7, 6, 5),
    12: (30, 20, 11, 9, 8, 7),
    20: (48, 37, 22, 18, 16, 15),
    30: (63, 57, 36, 30, 26, 24),
    40: (75, 70, 47, 41, 35, 32),
    55: (85, 82, 59, 53, 45, 44),
    65: (89, 87, 66, 59, 53, 50),
}
"""Of 100 charts of so many points how many have something marked, by ``ANSWERS`` a point: what ``kiosk
patterns-report`` computed last; a test asks again."""


@dataclass(frozen=True, slots=True)
class Charts:
    """Charts in which nothing changes."""

    points: int
    answers: int
    """Of which each point is a percentage."""
    marked: float
    """The share of them that have anything marked, 0 to 1."""
    beyond: float
    """The share with a point beyond a limit."""


def of_100_charts(points: int, answers: float, hard: float) -> int:
    """How many of 100 charts like one have something marked while nothing changes; rather too many than too few.

    Args:
        points: how many the chart has.
        answers: of which a point is made, usually.
        hard: how many of 100 answers are hard.
    """
    known = next((each for each in POINTS if each >= points), POINTS[-1])
    alike = round(answers * hard / 100 / HARD, 6)  # as many hard answers are among so many where 5 in 100 are hard
    at = max((at for at, each in enumerate(ANSWERS) if each <= alike), default=0)
    return MARKED[known][at]


def charts_unchanged(
    points: int, answers: int, charts: int, seed: int = SEED, progress: Callable[[float], None] = lambda _: None
) -> Charts:
    """Draw so many charts of answers that fall by the same chances every day, and count those with a mark."""
    rng = Random(f"{seed}/{points}/{answers}")
    reached = list(accumulate(_chances(answers)))
    marked = beyond = 0
    for number in range(charts):
        shares = [100 * bisect_left(reached, rng.random()) / answers for _ in range(points)]
        said = signals(shares, limits_of(shares))
        marked += any(said)
        beyond += "beyond" in said
        progress((number + 1) / charts)
    return Charts(points, answers, marked / charts, beyond / charts)


def _chances(answers: int) -> list[float]:
    """How likely none, one, two … of so many answers are hard."""
    return [comb(answers, hard) * HARD**hard * (1 - HARD) ** (answers - hard) for hard in range(answers + 1)]
