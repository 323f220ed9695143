"""Which stretches of days can be looked at."""

from __future__ import annotations

from datetime import date, time, timedelta
from zoneinfo import ZoneInfo

from kiosk.patterns.figures.periods import choose, half_terms, periods, weeks_over
from kiosk.school.calendar import SchoolCalendar, Span

TODAY = date(2026, 11, 20)
PLAIN = SchoolCalendar(ZoneInfo("Europe/London"), frozenset(range(5)), time(8, 30), time(15, 30))
AUTUMN = Span(date(2026, 9, 2), date(2026, 12, 18), "Autumn term")
SUMMER = Span(date(2026, 4, 13), date(2026, 7, 20))
SPRING = Span(date(2027, 1, 4), date(2027, 3, 26), "Spring term")
WITH_TERMS = SchoolCalendar(PLAIN.zone, PLAIN.weekdays, PLAIN.opens, PLAIN.closes, terms=(SUMMER, AUTUMN, SPRING))


def days(first: date, last: date) -> list[date]:
    every = (first + timedelta(days=at) for at in range((last - first).days + 1))
    return [day for day in every if day.weekday() < 5]


def test_the_last_weeks_come_first_then_the_terms_that_have_begun() -> None:
    offered = periods(WITH_TERMS, TODAY)
    assert [one.name for one in offered] == [
        "the last 12 weeks",
        "the last 30 days",
        "Autumn term",
        "the term from 13 April 2026",
        "School year 2026/27",
    ]
    assert (offered[0].first.weekday(), offered[0].first) == (0, date(2026, 8, 31))
    assert (TODAY - offered[1].first, offered[1].last) == (timedelta(days=30), TODAY)
    assert offered[2].last == TODAY, "what is to come has no answers yet"


def test_an_address_chooses_by_its_key_and_a_strange_one_gets_the_first() -> None:
    offered = periods(WITH_TERMS, TODAY)
    assert choose(offered, "term-2026-09-02").name == "Autumn term"
    assert choose(offered, "term-1999-01-01") == choose(offered, None) == offered[0]


def test_school_years_with_answers_can_be_chosen_without_any_terms() -> None:
    years = periods(PLAIN, TODAY, date(2024, 11, 4))[2:]
    assert [(one.key, one.name, one.first, one.last) for one in years] == [
        ("year", "School year 2026/27", date(2026, 9, 1), TODAY),
        ("year-2025", "School year 2025/26", date(2025, 9, 1), date(2026, 8, 31)),
        ("year-2024", "School year 2024/25", date(2024, 9, 1), date(2025, 8, 31)),
    ]
    assert [one.key for one in periods(PLAIN, TODAY, date(2026, 9, 1))] == ["weeks", "days", "year"]


def test_half_terms_are_parted_by_holidays() -> None:
    in_school = days(date(2026, 9, 2), date(2026, 10, 23)) + days(date(2026, 11, 2), TODAY)
    halves = half_terms(WITH_TERMS, in_school)
    assert [one.name for one in halves] == ["2 Sept to 23 Oct 2026", "2 Nov to 20 Nov 2026"]


def test_a_term_that_follows_without_a_gap_is_another() -> None:
    calendar = SchoolCalendar(
        PLAIN.zone,
        PLAIN.weekdays,
        PLAIN.opens,
        PLAIN.closes,
        terms=(Span(date(2026, 9, 2), date(2026, 10, 2)), Span(date(2026, 10, 5), TODAY)),
    )
    assert len(half_terms(calendar, days(date(2026, 9, 2), TODAY))) == 2


def test_without_terms_and_holidays_they_are_months() -> None:
    halves = half_terms(PLAIN, days(date(2026, 9, 1), TODAY))
    assert [one.first.month for one in halves] == [9, 10, 11]
    assert half_terms(PLAIN, []) == []


def test_only_whole_weeks_that_are_over_are_weeks_of_a_time() -> None:
    friday, thursday = date(2026, 10, 9), date(2026, 10, 29)
    mondays = [date(2026, 10, 12), date(2026, 10, 19)]
    assert weeks_over(friday, thursday, thursday) == mondays
    assert weeks_over(friday, thursday, TODAY) == [*mondays, date(2026, 10, 26)]
    assert weeks_over(TODAY, TODAY, TODAY) == []
