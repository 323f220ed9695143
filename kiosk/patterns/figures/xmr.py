"""XmR charts for figures of a class or the school, a point a school day or a week; never for one child. Pure.

Limits after Wheeler, screened once as the NHS "Making Data Count" tools do it; its published example is our check
value (tests/unit/test_xmr.py). "Seven rising in a row" is left out: it says nothing that these three do not.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import fmean
from typing import Literal

LEAST_DAYS = 20
"""Fewer days say nothing yet: no limits are drawn."""
LEAST_WEEKS = 10
"""The same for points that are weeks, which are made of five times as much."""
MOST_DAYS = 65
"""Thirteen weeks of school. Of more days the points are weeks: each point is another chance to be marked."""
ENOUGH_ANSWERS = 50
"""Of which a point is made, if limits are drawn: of fewer, nearly every chart has something marked by chance alone
(:mod:`kiosk.patterns.figures.chance`)."""
ENOUGH_HARD = 0.5
"""Hard answers a point, on average, from which on limits are drawn: of fewer a single one stands out."""
LEAST_ANSWERS = 10
"""A day with fewer answers is not told."""
SHIFT = 7
_SPREAD = 2.66
_SCREEN = 3.267
_NEAR = 2 / 3

Signal = Literal["beyond", "shift", "near"]
"""Beyond a limit; one of seven in a row on one side of the mean; one of two of three close to a limit."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Between which two values a point is to be expected while nothing changes."""

    mean: float
    lower: float
    upper: float

    @property
    def near_upper(self) -> float:
        """Where the outer third begins above the mean."""
        return self.mean + _NEAR * (self.upper - self.mean)

    @property
    def near_lower(self) -> float:
        """Where the outer third begins below the mean."""
        return self.mean - _NEAR * (self.mean - self.lower)


def limits_of(points: Sequence[float], *, screened: bool = True) -> Limits:
    """The limits of a run of points: mean ± 2.66 times the mean moving range.

    Args:
        points: in order of time.
        screened: leave moving ranges above 3.267 times their mean out and take the mean once more, so that one
            odd day does not widen the limits in which it then hides.

    Raises:
        ValueError: fewer than two points.
    """
    if len(points) < 2:
        raise ValueError("Two points make the first moving range.")
    ranges = [abs(after - before) for before, after in pairwise(points)]
    usual = fmean(ranges)
    if screened:
        kept = [each for each in ranges if each <= _SCREEN * usual]
        usual = fmean(kept) if kept else usual
    mean = fmean(points)
    return Limits(mean, mean - _SPREAD * usual, mean + _SPREAD * usual)


def signals(points: Sequence[float], limits: Limits) -> list[Signal | None]:
    """What each point says; the rarer signal where a point is part of two."""
    said: list[Signal | None] = [None] * len(points)
    _mark(said, _near(points, limits), "near")
    _mark(said, _shifts(points, limits.mean), "shift")
    _mark(said, {at for at, point in enumerate(points) if not limits.lower <= point <= limits.upper}, "beyond")
    return said


def _mark(said: list[Signal | None], where: set[int], signal: Signal) -> None:
    for at in where:
        said[at] = signal


def _shifts(points: Sequence[float], mean: float) -> set[int]:
    """Every point of a run of seven or more on one side; one on the mean itself ends the run."""
    found: set[int] = set()
    run: list[int] = []
    side = 0
    for at, point in enumerate(points):
        now = (point > mean) - (point < mean)
        run = [*run, at] if now == side and now else [at]
        side = now
        if side and len(run) >= SHIFT:
            found.update(run)
    return found


def _near(points: Sequence[float], limits: Limits) -> set[int]:
    """The points in the outer third, where two of three in a row are and all three lie on that side."""
    found: set[int] = set()
    for side, outer_third in ((1, limits.near_upper - limits.mean), (-1, limits.mean - limits.near_lower)):
        away = [side * (point - limits.mean) for point in points]
        for start in range(len(points) - 2):
            three = range(start, start + 3)
            outer = {at for at in three if away[at] > outer_third}
            if len(outer) >= 2 and all(away[at] > 0 for at in three):
                found |= outer
    return found
