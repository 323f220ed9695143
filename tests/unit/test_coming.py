"""An adult promises only a time they can keep: while school is open, and while they are here."""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from kiosk.chats.coming import CannotCome, check_coming
from kiosk.people.rules import Presence
from kiosk.school.calendar import SchoolCalendar

LONDON = ZoneInfo("Europe/London")
WEDNESDAY = date(2026, 6, 3)
OPEN = SchoolCalendar(LONDON, frozenset(range(5)), time(8, 30), time(15, 30))
NEVER_CLOSED = SchoolCalendar(LONDON, frozenset(range(7)), time(0), time(0))
UNTIL_NOON = Presence(hours={"2": ("09:00", "12:00")})
LUNCH = Presence(lunch_from=time(12), lunch_until=time(12, 40))


def at(clock: str, day: date = WEDNESDAY) -> datetime:
    return datetime.combine(day, time.fromisoformat(clock), LONDON)


@pytest.mark.parametrize(
    ("comes", "now", "presence", "school"),
    [
        ("10:30", "10:05", Presence(), OPEN),
        ("15:29", "10:05", Presence(), OPEN),
        ("08:20", "08:10", Presence(), OPEN),
        ("11:59", "10:05", UNTIL_NOON, OPEN),
        ("09:30", "08:40", UNTIL_NOON, OPEN),
        ("12:40", "11:30", LUNCH, OPEN),
        ("12:20", "12:05", LUNCH, OPEN),
        ("23:58", "20:00", Presence(), NEVER_CLOSED),
    ],
    ids=[
        "this morning",
        "just before school closes",
        "before school opens",
        "within their hours",
        "when their hours have begun",
        "after lunch",
        "from the lunch table, at lunch",
        "late in a school that never closes",
    ],
)
def test_what_can_be_kept_is_promised(comes: str, now: str, presence: Presence, school: SchoolCalendar) -> None:
    check_coming(at(comes), at(now), presence, school)


@pytest.mark.parametrize(
    ("comes", "now", "presence", "school", "sentence"),
    [
        ("15:30", "10:05", Presence(), OPEN, "School closes at 15:30 today. Choose an earlier time"),
        ("20:00", "15:10", Presence(), OPEN, "School closes at 15:30 today"),
        ("16:00", "15:40", Presence(), OPEN, "School is closed now. Choose Coming now"),
        ("23:58", "10:05", Presence(), NEVER_CLOSED, "more than six hours away"),
        ("14:00", "11:40", UNTIL_NOON, OPEN, "you are in from 09:00 until 12:00 today"),
        ("12:00", "11:40", UNTIL_NOON, OPEN, "you are in from 09:00 until 12:00 today"),
        ("12:20", "11:40", LUNCH, OPEN, "You are at lunch from 12:00 until 12:40"),
        ("10:30", "10:05", Presence(weekdays=0b1), OPEN, "you are not in today"),
        ("10:30", "10:05", Presence(away_from=WEDNESDAY), OPEN, "you are not in today"),
    ],
)
def test_what_cannot_be_kept_is_refused_in_a_sentence(
    comes: str, now: str, presence: Presence, school: SchoolCalendar, sentence: str
) -> None:
    with pytest.raises(CannotCome, match=sentence):
        check_coming(at(comes), at(now), presence, school)


def test_on_a_saturday_there_is_no_time_to_promise() -> None:
    saturday = date(2026, 6, 6)
    with pytest.raises(CannotCome, match="School is closed now"):
        check_coming(at("10:30", saturday), at("10:05", saturday), Presence(), OPEN)


def test_who_said_that_they_are_in_is_in_whatever_the_timetable_says() -> None:
    check_coming(at("14:00"), at("13:00"), Presence(hours=UNTIL_NOON.hours, tapped_on=WEDNESDAY), OPEN)
