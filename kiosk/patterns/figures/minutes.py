"""Times as whole minutes: each kind is rounded one way, the same on a page, in a file and for programs."""

from __future__ import annotations

from datetime import timedelta
from math import ceil

_MINUTE = timedelta(minutes=1)


def minutes_passed(length: timedelta) -> int:
    """The whole minutes that have passed, for whoever still waits."""
    return max(length, timedelta()) // _MINUTE


def minutes_about(length: timedelta) -> int:
    """The nearest whole minute, half a minute rounded up: for a middle, or one wait that is over."""
    return minutes_passed(length + _MINUTE / 2)


def minutes_within(length: timedelta) -> int:
    """The least whole minutes, one at least, within which a length lies: for a ninetieth percentile.

    Rounded down, fewer than nine in ten would lie within what is said.
    """
    return max(1, ceil(length / _MINUTE))
