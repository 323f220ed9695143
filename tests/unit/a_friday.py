"""A Friday at school, for the tests of the Today page: three children, and a request of nine o'clock."""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from kiosk.patterns.today.hard import hard_days
from kiosk.patterns.today.rules import DayInSchool, day_in_school, steps_needed
from kiosk.patterns.today.told import Child, Request, Step
from kiosk.school.calendar import SchoolCalendar

LONDON = ZoneInfo("Europe/London")
FRIDAY = date(2026, 11, 20)
SATURDAY = date(2026, 11, 21)
WEEK = SchoolCalendar(LONDON, frozenset(range(5)), time(8, 30), time(15, 30))
WORDS = ("Calm", "Okay", "Wobbly", "Upset", "I need help")

AMIR = Child(1, "Amir Khan", "Oak", on_tablet=True)
ZOFIA = Child(2, "Zofia Nowak", "Oak", on_tablet=True)
TOMI = Child(3, "Tomi Adeyemi", "Birch", on_tablet=True)
EVERYONE = (ZOFIA, TOMI, AMIR)


def at(hour: int, minute: int = 0, day: date = FRIDAY) -> datetime:
    return datetime.combine(day, time(hour, minute), LONDON)


def step(child: Child, intensity: int, when: datetime) -> Step:
    return Step(child.id, intensity, intensity, WORDS[intensity - 1], when, entered_by=None)


ASKED = Request(
    pupil_id=AMIR.id,
    pupil_name=AMIR.name,
    class_name="Oak",
    school_day=FRIDAY,
    state="asked",
    wants="chat",
    asked_for="Mrs Ali",
    owner="Mrs Ali",
    said_at=at(9),
    asked_at=at(9),
    due_at=at(9, 10),
    answered_at=None,
    ended_at=None,
    coming_at=None,
    cannot_wait=False,
)


def shown(*steps: Step, requests=(), children=EVERYONE, day=FRIDAY, now=None, chosen=None) -> DayInSchool:
    hard = hard_days(children, steps, requests, day)
    needed = steps_needed(children, hard, chosen)
    return day_in_school(
        day,
        now or at(10, day=day),
        children=children,
        checked_in={one.pupil_id for one in steps},
        hard=hard,
        steps=[one for one in steps if needed is None or one.pupil_id in needed],
        requests=requests,
        calendar=WEEK,
        answer_within=600,
        chosen=chosen,
    )
