"""Whether somebody is in today and why, and what one tap or an absence changes. Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Literal

from kiosk.people.rules import Presence

LONG_ABSENCE_SCHOOL_DAYS = 10
"""Two school weeks: who is away for so long leaves a child to wonder, and is nobody whom a child could ask."""

Why = Literal["timetable", "tapped", "hours", "away", "left"]
"""``hours``: their time today is over. ``timetable``, when out: not one of their days."""


@dataclass(frozen=True)
class InOrOut:
    """How somebody stands today."""

    is_in: bool
    """In school today and not gone home yet; also before they come, and at lunch."""
    why: Why
    comes_at: time | None = None
    """For who comes later today."""
    went_at: time | None = None
    """For whose time today is over."""
    lunch_until: time | None = None
    """For who is at lunch now."""
    back: date | None = None
    """For who is out: the next school day they are in; nothing when nobody knows."""

    @property
    def is_reachable(self) -> bool:
        """Whether a child who asks now reaches them, as far as being in goes."""
        return self.is_in and self.comes_at is None and self.lunch_until is None


def in_or_out(presence: Presence, now: datetime, is_school_day: Callable[[date], bool]) -> InOrOut:
    """How somebody stands today, and why.

    Args:
        presence: when they are in school.
        now: this moment on the school's own clock.
        is_school_day: whether pupils are in school on a date.
    """
    day = now.date()
    if not presence.is_still_here(now):
        back = presence.back_on(day, is_school_day)
        return InOrOut(is_in=False, why=_why_out(presence, day), went_at=_went_at(presence, day), back=back)
    hours = presence.hours_on(day)
    comes_at = time.fromisoformat(hours[0]) if hours else None
    return InOrOut(
        is_in=True,
        why="tapped" if presence.tapped_on == day else "timetable",
        comes_at=comes_at if comes_at and now.time() < comes_at else None,
        lunch_until=presence.lunch_until if presence.is_at_lunch(now.time()) else None,
    )


def is_there_soon(presence: Presence, today: date, next_school_day: Callable[[date], date]) -> bool:
    """Whether a child could ask somebody within the next two school weeks, from the next school day on.

    Args:
        presence: when they are in school.
        today: the school's date; a last day today is no day on which a child can still count on somebody.
        next_school_day: the first school day after a date.
    """
    day = today
    for _ in range(LONG_ABSENCE_SCHOOL_DAYS):
        day = next_school_day(day)
        if presence.is_here(day):
            return True
    return False


def switched(presence: Presence, now: datetime, *, here: bool) -> Presence:
    """In or out for today with one tap. A tap that only says what holds anyway is not kept, so that the hours of
    the day count again for who tapped out and in."""
    without = untapped(presence)
    if without.is_still_here(now) == here:
        return without
    return replace(presence, tapped_on=now.date(), tapped_here=here)


def away(presence: Presence, today: date, first: date, back: date | None) -> Presence:
    """Away from ``first`` until the day before ``back``; nothing when nobody knows when.

    An absence that holds today also says "out today", so that what this adult has taken already passes on.
    """
    last = None if back is None else back - timedelta(days=1)
    gone = replace(untapped(presence), away_from=first, away_until=last)
    return replace(gone, tapped_on=today, tapped_here=False) if gone.is_away(today) else gone


def back_again(presence: Presence) -> Presence:
    """Not away, and nothing tapped: the timetable holds."""
    return replace(untapped(presence), away_from=None, away_until=None)


def leaves(presence: Presence, last_day: date) -> Presence:
    """Works here until the end of a last day, and then no more."""
    return replace(presence, left_on=last_day + timedelta(days=1))


def stays(presence: Presence) -> Presence:
    """No day of leaving is known any more."""
    return replace(presence, left_on=None)


def untapped(presence: Presence) -> Presence:
    """Without what was tapped today."""
    return replace(presence, tapped_on=None, tapped_here=True)


def _why_out(presence: Presence, day: date) -> Why:
    if presence.has_left(day):
        return "left"
    if presence.is_away(day):
        return "away"
    if presence.tapped_on == day and not presence.tapped_here:
        return "tapped"
    return "hours" if presence.is_here(day) else "timetable"


def _went_at(presence: Presence, day: date) -> time | None:
    hours = presence.hours_on(day)
    return time.fromisoformat(hours[1]) if hours and presence.is_here(day) else None
