"""A moment for tests that must not care when they run."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
TUESDAY = 1


def school_morning(after: datetime | None = None) -> datetime:
    """The next Tuesday at ten, by the school's clock: hours from midnight, days from the weekend.

    It lies ahead of ``after`` (this moment when not given), so that nothing made before it lies in its future.
    """
    now = (after or datetime.now(UTC)).astimezone(LONDON)
    today: date = now.date()
    tuesday = today + timedelta(days=(TUESDAY - today.weekday()) % 7 or 7)
    return datetime.combine(tuesday, time(10), LONDON).astimezone(UTC)
