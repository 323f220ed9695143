"""Looking at one school day: it is read, put together, and the look is recorded."""

from __future__ import annotations

from datetime import date

from kiosk.audit import Actor, record
from kiosk.db import writing
from kiosk.patterns.rules import DayInSchool, day_in_school, steps_needed
from kiosk.patterns.store import children_on, mornings_on, requests_of, steps_on
from kiosk.school.store import local_now, school_calendar, settings


def look_at(day: date, by: Actor, chosen: str | None = None) -> DayInSchool:
    """One day of the school, for somebody who may see every child's feelings.

    Args:
        day: the day.
        by: who looks.
        chosen: the key of one class; the whole school when there is no such class.
    """
    children, mornings = children_on(day), mornings_on(day)
    shown = day_in_school(
        day,
        local_now(),
        children=children,
        mornings=mornings,
        steps=steps_on(day, steps_needed(children, mornings, chosen)),
        requests=requests_of(day),
        calendar=school_calendar(),
        answer_within=float(settings()["answer_within_seconds"]),
        chosen=chosen,
    )
    with writing():
        record("today_seen", by, day=day.isoformat(), classes=shown.named)
    return shown
