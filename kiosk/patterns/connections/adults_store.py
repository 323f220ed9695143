"""Reading the adults whom children name: who has left, who is away for long, and who has no account."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import select

from kiosk.db import db
from kiosk.patterns.connections.naming import NamedAdult
from kiosk.people.here import is_there_soon
from kiosk.people.leaving import can_sign_in
from kiosk.people.models import Adult
from kiosk.people.rules import Presence
from kiosk.school.store import school_calendar


def every_adult(today: date) -> dict[int, NamedAdult]:
    """Every adult there ever was, by name, as they stand today."""
    adults = [
        NamedAdult(
            row.id,
            row.called,
            row.left_on,
            is_away_long=row.left_on is None and _is_away_long(row, today),
            has_account=row.has_account,
        )
        for row in db.session().connection().execute(_ADULTS)
    ]
    return {one.id: one for one in sorted(adults, key=lambda one: (one.called.casefold(), one.id))}


_ADULTS = select(
    Adult.id,
    Adult.called,
    Adult.left_on,
    Adult.weekdays,
    Adult.away_from,
    Adult.away_until,
    can_sign_in().label("has_account"),
)


def _is_away_long(row: Any, today: date) -> bool:
    """Away now, and not back within two school weeks, or nobody knows when: a child cannot count on them."""
    presence = Presence(weekdays=row.weekdays, away_from=row.away_from, away_until=row.away_until)
    return presence.is_away(today) and not is_there_soon(presence, today, school_calendar().next_school_day)
