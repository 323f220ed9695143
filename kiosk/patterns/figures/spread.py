"""The middle and the spread of answers on a scale of five: medians and counts, never a mean. Pure."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate

STEPS = range(1, 6)


@dataclass(frozen=True, slots=True)
class Spread:
    """Answers 1 to 5, summed up."""

    counts: tuple[int, ...]
    """How many answers of each intensity, calm first."""
    median_low: int
    median_high: int
    """The two middle answers; the same one unless an even number of answers parts between two steps."""
    from_: int
    to: int
    """Between these two, both included, lies the middle half of the answers."""

    @property
    def number(self) -> int:
        """How many answers there are."""
        return sum(self.counts)

    @property
    def inside(self) -> int:
        """How many answers lie in the middle half; more than half of them where many are alike."""
        return sum(self.counts[self.from_ - 1 : self.to])


def counts_of(answers: Iterable[int]) -> tuple[int, ...]:
    """How many answers of each intensity, calm first."""
    counts = [0] * len(STEPS)
    for answer in answers:
        counts[answer - 1] += 1
    return tuple(counts)


def spread_of(counts: Sequence[int]) -> Spread | None:
    """The middle and the spread; nothing when nobody answered.

    Args:
        counts: how many answers of each intensity, calm first.
    """
    number = sum(counts)
    if not number:
        return None
    reached = list(accumulate(counts))

    def at(place: int) -> int:
        """The answer at a place, counted from 1, when all stand in order."""
        return STEPS[bisect_left(reached, place)]

    return Spread(
        counts=tuple(counts),
        median_low=at((number + 1) // 2),
        median_high=at(number // 2 + 1),
        from_=at(-(-number // 4)),
        to=at(-(-3 * number // 4)),
    )
