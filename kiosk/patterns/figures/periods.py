"""Stretches of school days: the last weeks, terms, half terms, the school year. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise, takewhile

from kiosk.school.calendar import SchoolCalendar, Span
from kiosk.wording import Day, Sentence

LAST_WEEKS = 12
LAST_DAYS = 30
_WEEK = timedelta(days=7)
_HOLIDAY = timedelta(days=6)
"""School days further apart than this have a half-term break or holidays between them."""


@dataclass(frozen=True, slots=True)
class Period:
    """Some days one after the other, first and last included."""

    key: str
    """How an address names it."""
    name: str
    first: date
    last: date


def periods(calendar: SchoolCalendar, today: date, oldest: date | None = None) -> list[Period]:
    """What can be chosen: the last weeks, the last days, each term that has begun and each school year.

    The last days begin a day later each day. What may be shown is decided for each hour by itself, so two looks
    at them differ by whole hours that may be shown.

    Args:
        calendar: the school's.
        today: the school's date.
        oldest: the first day anybody answered; the school years since then are there. Without it this one alone.
    """
    last_weeks = Period(
        "weeks", Sentence("the last %(number)s weeks", number=LAST_WEEKS), _weeks_ago(today), today
    )
    last_days = Period(
        "days", Sentence("the last %(number)s days", number=LAST_DAYS), today - timedelta(days=LAST_DAYS), today
    )
    terms = [
        Period(
            f"term-{term.first}",
            term.name or Sentence("the term from %(date)s", date=Day(term.first)),
            term.first,
            min(term.last, today),
        )
        for term in sorted(calendar.terms, key=lambda term: term.first, reverse=True)
        if term.first <= today
    ]
    return [last_weeks, last_days, *terms, *_years(calendar, today, oldest or today)]


def _years(calendar: SchoolCalendar, today: date, oldest: date) -> list[Period]:
    this_year = calendar.school_year(today)
    years = [Period("year", year_words(this_year), this_year.first, today)]
    year = this_year
    while year.first > oldest:
        year = calendar.school_year(year.first - timedelta(days=1))
        years.append(Period(f"year-{year.first.year}", year_words(year), year.first, year.last))
    return years


def year_words(year: Span) -> str:
    """``School year 2026/27``."""
    return Sentence("School year %(years)s", years=year.name)


def choose(offered: Sequence[Period], key: str | None) -> Period:
    """The period that an address names; the first for one that names none, or one there is not (any more)."""
    return next((period for period in offered if period.key == key), offered[0])


def half_terms(calendar: SchoolCalendar, days: Sequence[date]) -> list[Period]:
    """School days parted where there are holidays or a term ends; by month in a school that has entered neither.

    Args:
        calendar: the school's.
        days: school days, oldest first.
    """
    if not days:
        return []
    edges = {term.first for term in calendar.terms}
    runs: list[list[date]] = [[days[0]]]
    for before, day in pairwise(days):
        if day - before > _HOLIDAY or day in edges:
            runs.append([])
        runs[-1].append(day)
    if len(runs) == 1 and not calendar.terms:
        runs = [[day for day in days if (day.year, day.month) == month] for month in _months(days)]
    return [Period(f"{run[0]}", _dates(run[0], run[-1]), run[0], run[-1]) for run in runs]


def _months(days: Sequence[date]) -> list[tuple[int, int]]:
    return list(dict.fromkeys((day.year, day.month) for day in days))


def _dates(first: date, last: date) -> str:
    return Sentence("%(first)s to %(last)s", first=Day(first, "d MMM"), last=Day(last, "d MMM y"))


def weeks_over(first: date, last: date, today: date) -> list[date]:
    """The Mondays of the weeks that lie in a stretch of days and are over, oldest first."""
    monday = first + timedelta(days=-first.weekday() % 7)
    all_weeks = (monday + number * _WEEK for number in range((last - monday).days // 7 + 1))
    return list(takewhile(lambda each: each + _WEEK <= today, all_weeks))


def _weeks_ago(today: date) -> date:
    return today - timedelta(days=today.weekday(), weeks=LAST_WEEKS - 1)
