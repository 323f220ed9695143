"""Looking at one school day: it is read, put together, and the look is recorded."""

from __future__ import annotations

from datetime import date

from kiosk.audit import Actor, record
from kiosk.db import writing
from kiosk.patterns.looking import views_switched_on
from kiosk.patterns.today.good_news import kinds_told
from kiosk.patterns.today.good_news_store import good_news_of
from kiosk.patterns.today.rules import DayInSchool, day_in_school, steps_needed
from kiosk.patterns.today.store import children_on, mornings_on, requests_of, steps_on
from kiosk.school.store import local_now, school_calendar, settings


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
    mornings = mornings_on(day) if with_answers else {}
    shown = day_in_school(
        day,
        local_now(),
        children=children,
        mornings=mornings,
        steps=steps_on(day, steps_needed(children, mornings, chosen)) if with_answers else [],
        requests=requests_of(day),
        calendar=school_calendar(),
        answer_within=float(settings()["answer_within_seconds"]),
        chosen=chosen,
        good_news=good_news_of(day, kinds_told(switched_on)),
        with_answers=with_answers,
    )
    with writing():
        record("today_seen", by, day=day.isoformat(), classes=shown.named)
    return shown
