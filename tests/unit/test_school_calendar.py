"""School days, school hours, and a clock that stands still when school is closed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.school.calendar import SchoolCalendar, Span, local_time, parse_hours, parse_weekdays

LONDON = ZoneInfo("Europe/London")
WEEK = SchoolCalendar(LONDON, frozenset(range(5)), time(8, 30), time(15, 30))
ALWAYS = SchoolCalendar(LONDON, frozenset(range(7)), time(0), time(0))


def london(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=LONDON)


@pytest.mark.parametrize(
    ("asked", "seconds", "due"),
    [
        ("2026-09-14T09:00", 600, "2026-09-14T09:10"),
        ("2026-09-14T15:29", 600, "2026-09-15T08:39"),  # nine minutes are left for the next morning
        ("2026-09-14T15:30", 600, "2026-09-15T08:40"),
        ("2026-09-14T07:00", 600, "2026-09-14T08:40"),
        ("2026-09-18T15:25", 600, "2026-09-21T08:35"),  # over the weekend
        ("2026-09-19T12:00", 600, "2026-09-21T08:40"),  # asked on a Saturday
        ("2026-09-14T09:00", 7 * 3600 + 60, "2026-09-15T09:01"),
    ],
)
def test_only_school_time_counts_towards_an_answer(asked: str, seconds: int, due: str) -> None:
    assert WEEK.add_open_seconds(london(asked), seconds) == london(due)


@pytest.mark.parametrize("asked", ["2026-03-29T00:30", "2026-10-25T00:30"])
def test_a_school_that_never_closes_counts_every_second_when_the_clocks_change(asked: str) -> None:
    start = london(asked)
    due = ALWAYS.add_open_seconds(start, 3 * 3600)
    assert due.astimezone(UTC) - start.astimezone(UTC) == timedelta(hours=3)


@given(
    start=st.integers(0, 200_000_000).map(lambda s: datetime(2024, 1, 1, tzinfo=UTC) + timedelta(seconds=s)),
    seconds=st.integers(0, 200_000),
    more=st.integers(0, 10_000),
)
def test_more_time_is_never_due_earlier_and_due_times_are_in_school_hours(
    start: datetime, seconds: int, more: int
) -> None:
    due = WEEK.add_open_seconds(start, seconds)
    assert due >= start
    assert WEEK.add_open_seconds(start, seconds + more) >= due
    if seconds:
        assert WEEK.is_open(due - timedelta(microseconds=1))


def test_school_is_open_from_its_first_minute_to_before_its_last() -> None:
    times = ["2026-09-14T08:29", "2026-09-14T08:30", "2026-09-14T15:29", "2026-09-14T15:30", "2026-09-13T10:00"]
    assert [WEEK.is_open(london(at)) for at in times] == [False, True, True, False, False]


def test_the_school_day_is_the_local_date() -> None:
    late_in_london = datetime(2026, 6, 30, 23, 30, tzinfo=UTC)
    assert WEEK.day(late_in_london) == date(2026, 7, 1)
    assert local_time(late_in_london, "America/New_York").date() == date(2026, 6, 30)


def test_the_next_school_day_skips_the_weekend() -> None:
    assert WEEK.next_school_day(date(2026, 9, 18)) == date(2026, 9, 21)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("mon-fri", {0, 1, 2, 3, 4}),
        ("always", {0, 1, 2, 3, 4, 5, 6}),
        ("Mon, Wed,fri", {0, 2, 4}),
        ("sun-thu", {6, 0, 1, 2, 3}),
        ("sat", {5}),
    ],
)
def test_days_are_read_as_people_write_them(text: str, days: set[int]) -> None:
    assert parse_weekdays(text) == days


@pytest.mark.parametrize("text", ["", "monday", "mon-", "8:30", "mon;tue"])
def test_days_that_make_no_sense_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        parse_weekdays(text)


@pytest.mark.parametrize("text", ["", "8", "15:30-08:30", "08:30-08:30", "24:00-25:00", "08:30"])
def test_hours_that_make_no_sense_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        parse_hours(text)


def test_time_between_two_instants_counts_only_while_school_is_open() -> None:
    school = SchoolCalendar(ZoneInfo("Europe/London"), frozenset(range(5)), time(8, 30), time(15, 30))

    def at(day: int, hour: int, minute: int = 0) -> datetime:
        return datetime(2026, 10, day, hour, minute, tzinfo=ZoneInfo("Europe/London"))

    assert school.open_between(at(19, 9), at(19, 9, 20)) == timedelta(minutes=20)
    assert school.open_between(at(19, 15, 25), at(20, 8, 35)) == timedelta(minutes=10)
    assert school.open_between(at(23, 15), at(26, 9)) == timedelta(hours=1), "a weekend in which the clocks change"
    assert school.open_between(at(19, 9), at(20, 9)) == timedelta(hours=7)
    assert school.open_between(at(24, 9), at(25, 9)) == timedelta(0)
    assert school.open_between(at(19, 9), at(19, 8)) == timedelta(0)


def test_the_last_term_entered_is_told_in_time_and_after_it() -> None:
    autumn, spring = Span(date(2026, 9, 2), date(2026, 12, 18)), Span(date(2027, 1, 5), date(2027, 3, 25))
    until_christmas, until_easter = replace(WEEK, terms=(autumn,)), replace(WEEK, terms=(autumn, spring))
    assert WEEK.no_term_after(date(2026, 12, 18)) is None, "with none entered every weekday counts"
    assert until_christmas.no_term_after(date(2026, 11, 27)) is None
    for day in (date(2026, 11, 28), date(2026, 12, 18), date(2027, 1, 5)):
        assert until_christmas.no_term_after(day) == autumn.last
        assert until_easter.no_term_after(day) is None
