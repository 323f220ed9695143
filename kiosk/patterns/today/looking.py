"""Looking at one school day: it is read, put together, and the look is recorded."""

from __future__ import annotations

from datetime import date, timedelta

from kiosk.audit import Actor, record
from kiosk.db import writing
from kiosk.patterns.looking import views_switched_on
from kiosk.patterns.today.good_news import kinds_told
from kiosk.patterns.today.good_news_store import good_news_of
from kiosk.patterns.today.hard import hard_days
from kiosk.patterns.today.rules import DayInSchool, day_in_school, steps_needed
from kiosk.patterns.today.store import checked_in_on, children_on, hard_answers_on, requests_of, steps_on
from kiosk.people.attendance.store import last_register
from kiosk.school.store import local_now, school_calendar, settings

REGISTERS_OF_LATE = timedelta(weeks=12)
"""A school whose newest register is older brings none in any more."""


def look_at(day: date, by: Actor, chosen: str | None = None) -> DayInSchool:
    """One day of the school, for somebody who may see every child's feelings.

    Who waits and who was answered late stands there always, and what adults noticed and children said of talks;
    what they answered only in a school that wants it.

    Args:
        day: the day.
        by: who looks.
        chosen: the key of one class; the whole school when there is no such class.
    """
    switched_on = views_switched_on()
    with_answers = "today" in switched_on
    children = children_on(day) if with_answers else []
    requests = requests_of(day)
    hard = hard_days(children, hard_answers_on(day), requests, day) if with_answers else []
    shown = day_in_school(
        day,
        local_now(),
        children=children,
        checked_in=checked_in_on(day) if with_answers else set(),
        hard=hard,
        steps=steps_on(day, steps_needed(children, hard, chosen)) if with_answers else [],
        requests=requests,
        calendar=school_calendar(),
        answer_within=float(settings()["answer_within_seconds"]),
        chosen=chosen,
        good_news=good_news_of(day, kinds_told(switched_on)),
        with_answers=with_answers,
        last_register=last_register(day - REGISTERS_OF_LATE, day) if with_answers else None,
    )
    with writing():
        record("today_seen", by, day=day.isoformat(), classes=shown.named)
    return shown
