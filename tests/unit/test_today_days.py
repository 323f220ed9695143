"""Which day is looked at: school days around it, and days that cannot be shown."""

from __future__ import annotations

from datetime import date, time
from zoneinfo import ZoneInfo

import pytest

from kiosk.patterns.days import FIRST_DAY, DayRefused, Neighbours, neighbours, read_day
from kiosk.school.calendar import SchoolCalendar

WEEK = SchoolCalendar(ZoneInfo("Europe/London"), frozenset(range(5)), time(8, 30), time(15, 30))
THURSDAY, FRIDAY, SATURDAY = (date(2026, 11, day) for day in (19, 20, 21))
MONDAY = date(2026, 11, 23)


def test_no_day_is_today():
    assert read_day(None, FRIDAY) == read_day("", FRIDAY) == FRIDAY
    assert read_day("2026-11-19", FRIDAY) == THURSDAY


@pytest.mark.parametrize("text", ["tomorrow", "2026-02-30", "19/11/2026", "2026-11-19T09:00", "\x00", "9" * 400])
def test_what_is_not_a_date_is_refused_with_a_sentence(text):
    with pytest.raises(DayRefused, match="not a date"):
        read_day(text, FRIDAY)


def test_a_day_to_come_is_refused_by_name():
    with pytest.raises(DayRefused, match="Saturday 21 November is still to come"):
        read_day("2026-11-21", FRIDAY)


@pytest.mark.parametrize("text", ["0001-01-01", "1999-12-31"])
def test_a_day_before_there_was_a_treetops_is_refused(text):
    with pytest.raises(DayRefused):
        read_day(text, FRIDAY)


def test_neighbours_are_school_days_and_never_to_come():
    assert neighbours(FRIDAY, FRIDAY, WEEK) == Neighbours(THURSDAY, None)
    assert neighbours(MONDAY, MONDAY, WEEK) == Neighbours(FRIDAY, None)
    assert neighbours(THURSDAY, FRIDAY, WEEK) == Neighbours(date(2026, 11, 18), FRIDAY)


def test_today_is_a_neighbour_also_at_the_weekend():
    assert neighbours(FRIDAY, SATURDAY, WEEK) == Neighbours(THURSDAY, SATURDAY)
    assert neighbours(SATURDAY, SATURDAY, WEEK) == Neighbours(FRIDAY, None)


def test_the_first_day_has_none_before_it():
    assert neighbours(FIRST_DAY, FRIDAY, WEEK).before is None
