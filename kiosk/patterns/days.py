"""Which school day is looked at, and its neighbours. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kiosk.refusal import Refusal
from kiosk.school.calendar import SchoolCalendar
from kiosk.wording import Day

FIRST_DAY = date(2000, 1, 1)
"""Older than any school's first check-in, and far from where a calendar ends."""


class DayRefused(Refusal):
    """A day that cannot be shown; the message is a sentence saying why."""


def read_day(text: str | None, today: date) -> date:
    """The day somebody asked for; today when they did not say.

    Raises:
        DayRefused: not a date, before ``FIRST_DAY``, or still to come.
    """
    if not text:
        return today
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise DayRefused(
            "That is not a date. Choose one from the calendar, or write it like 2026-11-20."
        ) from error
    if day > today:
        raise DayRefused("%(day)s is still to come. Choose today or a day before it.", day=day_words(day, today))
    if day < FIRST_DAY:
        raise DayRefused("There was no Treetops on that day. Choose a later one.")
    return day


@dataclass(frozen=True)
class Neighbours:
    """The school days around one day; nothing where there is none to show."""

    before: date | None
    after: date | None


def neighbours(day: date, today: date, calendar: SchoolCalendar) -> Neighbours:
    """The school days just before and after a day; today counts as one, whatever day of the week it is."""
    before, after = calendar.previous_school_day(day), calendar.next_school_day(day)
    if day < today < after:
        after = today
    return Neighbours(before if before >= FIRST_DAY else None, after if after <= today else None)


def day_words(day: date, today: date) -> str:
    """``Friday 20 November``, with its year when that is not this one."""
    return Day(day, "EEEE d MMMM" if day.year == today.year else "EEEE d MMMM y")
