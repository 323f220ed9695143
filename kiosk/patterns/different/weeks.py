"""Which weeks have a list of who is different from usual: every week that follows school days. Pure.

A week after a holiday has none of its own: nobody answered anything since the list before, and a child would
stand there again for the same answers.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from kiosk.school.calendar import WEEKDAYS

WEEKS_BACK = 60
A_WEEK = timedelta(weeks=1)


@dataclass(frozen=True, slots=True)
class ListWeek:
    """A week with a list, which may have to be made yet."""

    shown_from: date
    is_made: bool
    is_looked_at: bool


def list_day(today: date, weekday: str) -> date:
    """The day from which the list of the week that ``today`` lies in is shown.

    Args:
        today: a day.
        weekday: the day of the week on which lists change, such as ``mon``.
    """
    return today - timedelta(days=(today.weekday() - WEEKDAYS.index(weekday)) % 7)


def oldest_list_day(today: date, weekday: str) -> date:
    """The first day of the oldest week whose list can be asked for."""
    return list_day(today, weekday) - (WEEKS_BACK - 1) * A_WEEK


def list_weeks(
    today: date, weekday: str, school_days: Iterable[date], kept: Mapping[date, bool]
) -> list[ListWeek]:
    """The weeks that have a list, newest first.

    Args:
        today: the school's date.
        weekday: the day of the week on which lists change.
        school_days: at least those of the 60 weeks.
        kept: for each list there is the day from which it is shown, and whether anybody looked at it.
    """
    found = [ListWeek(shown_from, True, looked_at) for shown_from, looked_at in kept.items()]
    taught, newest = set(school_days), list_day(today, weekday)
    for number in range(WEEKS_BACK):
        shown_from = newest - number * A_WEEK
        before = {shown_from - timedelta(days=ago) for ago in range(1, 8)}
        # A school that has moved the day of its lists keeps those of the old day: each week has one.
        has_one = any(shown_from - A_WEEK < day <= shown_from for day in kept)
        if not has_one and before & taught:
            found.append(ListWeek(shown_from, is_made=False, is_looked_at=False))
    return sorted(found, key=lambda week: week.shown_from, reverse=True)


def in_a_row(newest_first: Sequence[date], school_days: Iterable[date]) -> int:
    """How many lists follow each other with none missing between them; weeks without one do not break the row.

    Args:
        newest_first: the days from which lists are shown.
        school_days: at least those between the oldest and the newest of them.
    """
    taught = set(school_days)
    for number, (later, earlier) in enumerate(pairwise(newest_first), 1):
        # Between them there is room for lists of so many weeks; of a week without school there is none.
        room = (later - earlier) // A_WEEK - 1
        days = (later - A_WEEK - timedelta(days=ago) for ago in range(1, 7 * room + 1))
        if not taught.isdisjoint(days):
            return number
    return len(newest_first)
