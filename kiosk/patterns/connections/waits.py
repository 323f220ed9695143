"""How long children waited in one month, for programs that may not know who they were. Pure.

A number of requests says little about how many children asked: fifteen may be one child. So each figure is held
against the different children it is made of, and against those left when it is subtracted from what stands
beside it: none or at least five. Of a median and a ninetieth percentile these are the children who waited so long
or less, and those who waited so long or longer: nine in ten of twelve requests is the wait of one child.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import compress
from math import ceil, floor
from typing import Protocol

from kiosk.patterns.connections.silence import wait_of
from kiosk.patterns.figures.suppression import LEAST


class Asked(Protocol):
    """A request, as far as waiting goes."""

    @property
    def pupil_id(self) -> int:
        """Who asked."""

    @property
    def to_seen(self) -> timedelta | None:
        """How much school time passed until it was seen; nothing when it never was."""

    @property
    def to_met(self) -> timedelta | None:
        """The same until they talked."""

    @property
    def met_same_day(self) -> bool:
        """Whether they talked on the day on which the child asked."""


@dataclass(frozen=True, slots=True)
class WaitFigures:
    """What may be told of one month; nothing for a figure that would be about fewer than five children."""

    requests: int
    met_same_day: int | None
    seen_median: int | None
    """Seconds of school time, as the three below; a median is rounded down and a ninetieth percentile up, so that
    each comes to the same minute as before it was rounded (``figures.minutes``)."""
    seen_ninetieth: int | None
    met_median: int | None
    met_ninetieth: int | None


def wait_figures(asked: Sequence[Asked]) -> WaitFigures | None:
    """The figures of a month that is over; nothing when fewer than five different children asked.

    Args:
        asked: every request of the month.
    """
    if not _enough(one.pupil_id for one in asked):
        return None
    same_day = [one.met_same_day for one in asked]
    others = [not met for met in same_day]
    may_be_told = all(
        _nobody_or_enough(one.pupil_id for one in compress(asked, part)) for part in (same_day, others)
    )
    seen = [(one.pupil_id, one.to_seen) for one in asked if one.to_seen is not None]
    met = [(one.pupil_id, one.to_met) for one in asked if one.to_met is not None]
    return WaitFigures(len(asked), sum(same_day) if may_be_told else None, *_percentiles(seen), *_percentiles(met))


def _percentiles(waits: Sequence[tuple[int, timedelta]]) -> tuple[int | None, int | None]:
    wait = wait_of([length for _child, length in waits])
    if wait is None:
        return None, None
    return _told(wait.median, waits, floor), _told(wait.ninetieth, waits, ceil)


def _told(value: timedelta, waits: Sequence[tuple[int, timedelta]], whole: Callable[[float], int]) -> int | None:
    """Seconds, when enough children waited so long or less, and enough so long or longer."""
    is_safe = _enough(child for child, length in waits if length <= value) and _enough(
        child for child, length in waits if length >= value
    )
    return whole(value / timedelta(seconds=1)) if is_safe else None


def _enough(children: Iterable[int]) -> bool:
    return len(set(children)) >= LEAST


def _nobody_or_enough(children: Iterable[int]) -> bool:
    return not 0 < len(set(children)) < LEAST
