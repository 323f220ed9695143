"""Terms, the school's own closures, and the bank holidays of its nation."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from kiosk.school.calendar import SchoolCalendar, Span, bank_holiday
from kiosk.school.settings import SETTINGS, calendar_of

LONDON = ZoneInfo("Europe/London")
AUTUMN = Span(date(2026, 9, 3), date(2026, 12, 18), "autumn term")
SPRING = Span(date(2027, 1, 4), date(2027, 3, 25), "spring term")
HALF_TERM = Span(date(2026, 10, 26), date(2026, 10, 30), "half-term")
SCHOOL = SchoolCalendar(
    LONDON, frozenset(range(5)), time(8, 30), time(15, 30), (AUTUMN, SPRING), (HALF_TERM,), "england"
)
DEFAULTS = {name: setting.default for name, setting in SETTINGS.items()}


def london(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=LONDON)


@pytest.mark.parametrize(
    ("day", "why"),
    [
        (date(2026, 10, 23), None),
        (date(2026, 10, 26), "half-term"),
        (date(2026, 10, 24), "weekend"),
        (date(2026, 12, 21), "holidays"),
        (date(2026, 9, 2), "holidays"),
        (date(2027, 3, 26), "holidays"),
    ],
)
def test_a_day_without_school_says_why(day: date, why: str | None) -> None:
    assert SCHOOL.why_closed(day) == why


@pytest.mark.parametrize(
    ("nation", "day", "name"),
    [
        ("england", date(2026, 5, 25), "Spring Bank Holiday"),
        ("wales", date(2026, 5, 4), "May Day"),
        ("scotland", date(2026, 11, 30), "Saint Andrew's Day"),
        ("northern_ireland", date(2026, 3, 17), "Saint Patrick's Day"),
    ],
)
def test_each_nation_keeps_its_own_bank_holidays(nation: str, day: date, name: str) -> None:
    assert bank_holiday(day, nation) == name
    assert replace(SCHOOL, terms=(), nation=nation).why_closed(day) == name


def test_a_scottish_holiday_is_a_school_day_in_england() -> None:
    assert SCHOOL.is_school_day(date(2026, 11, 30))


def test_the_clock_of_a_request_stands_still_over_the_holidays() -> None:
    assert SCHOOL.add_open_seconds(london("2026-10-23T15:25"), 600) == london("2026-11-02T08:35")
    assert SCHOOL.add_open_seconds(london("2026-12-18T15:25"), 600) == london("2027-01-04T08:35")


def test_the_child_can_be_told_when_school_opens_again() -> None:
    assert SCHOOL.next_opening(london("2026-10-23T18:00")) == london("2026-11-02T08:30")
    assert SCHOOL.next_opening(london("2026-09-14T06:00")) == london("2026-09-14T08:30")
    assert SCHOOL.next_opening(london("2026-09-14T10:00")) == london("2026-09-14T10:00")


def test_a_school_without_its_next_term_does_not_count_for_ever() -> None:
    due = SCHOOL.add_open_seconds(london("2027-03-25T15:29"), 600)
    assert due.year == 2028


def test_a_school_that_is_always_open_keeps_no_holidays() -> None:
    always = calendar_of(DEFAULTS | {"school_days": "always", "school_hours": "always"}, (AUTUMN,), (HALF_TERM,))
    assert always.is_open(london("2026-12-25T03:00"))
    assert always.is_open(london("2026-10-26T12:00"))
    assert calendar_of(DEFAULTS).why_closed(date(2026, 12, 25)) == "Christmas Day"
    assert calendar_of(DEFAULTS | {"bank_holidays": "none"}).is_school_day(date(2026, 12, 25))
