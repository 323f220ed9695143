"""The school days and the school clock of the demo's term. Pure."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Europe/London")
WEEKS = 12
HALF_TERM_WEEKS_AGO = 6
BREAKS = (time(10, 30), time(12, 15), time(14, 10))
HOME_TIME = time(15, 25)


def monday_of(day: date) -> date:
    """The Monday of this date's week."""
    return day - timedelta(days=day.weekday())


def half_term(today: date) -> date:
    """The Monday of the last half-term week."""
    return monday_of(today) - timedelta(weeks=HALF_TERM_WEEKS_AGO)


def school_days(today: date) -> tuple[date, ...]:
    """The school days of the demo's term, oldest first; the last is today, whatever day that is."""
    first = monday_of(today) - timedelta(weeks=WEEKS + 1)
    away = half_term(today)
    past = (first + timedelta(days=ahead) for ahead in range((today - first).days))
    in_school = (day for day in past if day.weekday() < 5 and monday_of(day) != away and not _is_christmas(day))
    return (*in_school, today)


def on_the_clock(day: date, at: time) -> datetime:
    """The instant at which the school's own clock shows this time on this date."""
    return datetime.combine(day, at, ZONE).astimezone(UTC)


def next_break(day: date, after: datetime) -> datetime | None:
    """The next break of a school day in which an adult of a class is free; nothing when none is left."""
    breaks = (on_the_clock(day, begins) for begins in BREAKS)
    return next((begins for begins in breaks if begins > after), None)


def on_the_minute(at: datetime) -> datetime:
    """An adult says "10:34", not the second; rounded up, so that it is never before it is said."""
    return at.replace(second=0, microsecond=0) + timedelta(minutes=1)


def _is_christmas(day: date) -> bool:
    return (day.month, day.day) >= (12, 24) or (day.month, day.day) == (1, 1)
