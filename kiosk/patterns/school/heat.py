"""Answers by weekday and hour, and which hours of the week stand out as hard. Pure.

Some hour always has the highest share, by chance alone. So an hour is only named when its share lies above that of
all other hours by more than chance explains. Both shares have a Wilson interval (Wilson, JASA 22, 1927), and their
difference the interval that Newcombe makes of the two (Statistics in Medicine 17, 1998, p. 873, method 10): it
holds for few answers and for shares near 0. As every hour is tried, the intervals are wide enough that all of them
together are right 95 times in 100 (Bonferroni). And because in a large school chance explains very little, the
difference has to be worth a sentence as well.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import sqrt
from operator import add
from statistics import NormalDist

from kiosk.patterns.school.groups import HARD_FROM, Figures, hard_share

ENOUGH_IN_HOUR = 30
"""Fewer answers in an hour of the week are shown, and not judged."""
WRONG = 0.05
"""How likely it may be that any hour is named for nothing, when answers do not depend on each other."""
WORTH_SAYING = 0.02
"""The interval has to begin above this: the hour has at least two more hard answers in a hundred."""

Cell = tuple[int, int]
"""A weekday, 0 is Monday, and an hour."""
Counts = tuple[int, ...]


@dataclass(frozen=True)
class Heat:
    """Weekday by hour."""

    hours: tuple[int, ...]
    weekdays: tuple[int, ...]
    cells: Mapping[Cell, Counts]
    """By weekday and hour: how many answers of each intensity."""

    @cached_property
    def judged(self) -> dict[Cell, Counts]:
        """The hours with answers enough."""
        return {cell: counts for cell, counts in self.cells.items() if sum(counts) >= ENOUGH_IN_HOUR}

    @cached_property
    def hard_hours(self) -> tuple[Cell, ...]:
        """The hours that stand out as hard, the hardest first, those that are as hard in the order of the week."""
        found = [cell for cell in self.judged if stands_out(cell, self.judged)]
        return tuple(sorted(found, key=lambda cell: (-hard_share(self.judged[cell]), cell)))

    def together(self, *, hard: bool) -> Counts:
        """All answers of the hours that stand out, or of the other hours that are judged."""
        return sum_of([counts for cell, counts in self.judged.items() if (cell in self.hard_hours) is hard])


def heat_of(figures: Figures) -> Heat:
    """A group's answers by weekday and hour, from figures by day and hour."""
    cells: dict[Cell, Counts] = {}
    for (day, hour), counts in figures.counts.items():
        cell = day.weekday(), hour
        cells[cell] = tuple(map(add, cells[cell], counts)) if cell in cells else counts
    return Heat(
        hours=tuple(sorted({hour for _weekday, hour in cells})),
        weekdays=tuple(sorted({weekday for weekday, _hour in cells})),
        cells=cells,
    )


def stands_out(cell: Cell, judged: Mapping[Cell, Counts]) -> bool:
    """Whether the share of hard answers in an hour lies above that of all others by more than chance explains."""
    mine, others = judged[cell], sum_of([counts for each, counts in judged.items() if each != cell])
    if not sum(others):
        return False
    z = NormalDist().inv_cdf(1 - WRONG / 2 / len(judged))
    return least_difference(_hard(mine), sum(mine), _hard(others), sum(others), z) > WORTH_SAYING


def least_difference(first: int, of_first: int, second: int, of_second: int, z: float) -> float:
    """Where Newcombe's interval of the difference of two shares begins, as a share.

    Args:
        first: so many hard answers.
        of_first: among so many.
        second: so many hard answers elsewhere.
        of_second: among so many.
        z: how many standard deviations wide the interval is to each side.
    """
    share, other = first / of_first, second / of_second
    low, _high = wilson(first, of_first, z)
    _low, high = wilson(second, of_second, z)
    return share - other - sqrt((share - low) ** 2 + (high - other) ** 2)


def wilson(number: int, of: int, z: float) -> tuple[float, float]:
    """Wilson's interval of a share: where it begins and where it ends."""
    share, spread = number / of, z * z / of
    middle = share + spread / 2
    half = z * sqrt(share * (1 - share) / of + spread / (4 * of))
    return (middle - half) / (1 + spread), (middle + half) / (1 + spread)


def sum_of(counts: Sequence[Counts]) -> Counts:
    """Some counts together."""
    return tuple(map(sum, zip(*counts, strict=True))) if counts else (0,) * 5


def _hard(counts: Counts) -> int:
    return sum(counts[HARD_FROM:])
