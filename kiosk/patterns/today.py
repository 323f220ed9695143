"""Looking at one school day: it is read, put together, and the look is recorded."""

from __future__ import annotations

from datetime import date

from kiosk.audit import Actor, record
from kiosk.db import writing
from kiosk.patterns.rules import DayInSchool, day_in_school
from kiosk.patterns.store import children_on, requests_of, steps_on
from kiosk.school.store import local_now, school_calendar, settings


def look_at(day: date, by: Actor) -> DayInSchool:
    """One day of the whole school, for somebody who may see every child's feelings."""
    shown = day_in_school(
        day,
        local_now(),
        children=children_on(day),
        steps=steps_on(day),
        requests=requests_of(day),
        calendar=school_calendar(),
        answer_within=float(settings()["answer_within_seconds"]),
    )
    with writing():
        record("today_seen", by, day=day.isoformat(), classes=[each.name for each in shown.classes])
    return shown
