"""Stretches of school days: the last weeks, terms, half terms, the school year. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from kiosk.school.calendar import SchoolCalendar
from kiosk.wording import N_, Day, Sentence

LAST_WEEKS = 12
YEAR_BEGINS = (9, 1)
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


def periods(calendar: SchoolCalendar, today: date) -> list[Period]:
    """What can be chosen: the last weeks, each term that has begun, newest first, and the school year."""
    last_weeks = Period(
        "weeks", Sentence("the last %(number)s weeks", number=LAST_WEEKS), _weeks_ago(today), today
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
    return [last_weeks, *terms, Period("year", N_("this school year"), year_begins(today), today)]


def choose(offered: Sequence[Period], key: str | None) -> Period:
    """The period that an address names; the first for one that names none, or one there is not (any more)."""
    return next((period for period in offered if period.key == key), offered[0])


def year_begins(today: date) -> date:
    """The first day of the school year that a day lies in."""
    begins = date(today.year, *YEAR_BEGINS)
    return begins if begins <= today else date(today.year - 1, *YEAR_BEGINS)


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


def _weeks_ago(today: date) -> date:
    return today - timedelta(days=today.weekday(), weeks=LAST_WEEKS - 1)
