"""A Friday at school, for the tests of the Today page: three children, and a request of nine o'clock."""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from kiosk.patterns.today.rules import Child, DayInSchool, Request, Step, day_in_school, steps_needed
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
    mornings: dict[int, int] = {}
    for one in steps:
        mornings[one.pupil_id] = max(mornings.get(one.pupil_id, 0), one.intensity if one.at.hour < 12 else 0)
    needed = steps_needed(children, mornings, chosen)
    return day_in_school(
        day,
        now or at(10, day=day),
        children=children,
        mornings=mornings,
        steps=[one for one in steps if needed is None or one.pupil_id in needed],
        requests=requests,
        calendar=WEEK,
        answer_within=600,
        chosen=chosen,
    )
