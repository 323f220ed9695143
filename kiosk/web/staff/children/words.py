"""What the pages about a child say. Pure."""

from __future__ import annotations

from datetime import date, datetime, tzinfo

from kiosk.minding.cards import LeftCard
from kiosk.minding.meetings import Meeting
from kiosk.minding.planned import Planned
from kiosk.minding.rules import Kind

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
KIND: dict[Kind, str] = {
    "held_in_mind": "Held in mind",
    "kindness": "A kindness",
    "friendship": "A friendship",
    "success": "A success",
}
TOGETHER = {"talk": "talk", "draw": "draw together", "sit": "sit together", "walk": "go for a walk"}
TOGETHER_SYMBOLS = {"talk": "sym-talk", "draw": "sym-draw", "sit": "sym-sit-together", "walk": "sym-walk"}


def day_words(day: date, today: date) -> str:
    """A date: ``today``, ``yesterday``, ``Tuesday 24 November``, with the year when it is another."""
    days = (today - day).days
    if days in (0, 1):
        return ("today", "yesterday")[days]
    return f"{WEEKDAYS[day.weekday()]} {short_day(day, today)}"


def day_heading(day: date, today: date) -> str:
    """A date at the beginning of a line: ``Today``."""
    said = day_words(day, today)
    return said[0].upper() + said[1:]


def short_day(day: date, today: date) -> str:
    """A date without its weekday: ``24 November``, with the year when it is another."""
    return f"{day.day} {day:%B}" + ("" if day.year == today.year else f" {day.year}")


def days_since(at: datetime | None, now: datetime) -> str:
    """How long ago a child was last left a card."""
    if at is None:
        return "No card yet"
    day = _day(at, now.tzinfo)
    return f"No card since {day.day} {day:%b}" + ("" if day.year == now.year else f" {day.year}")


def what_became_of(card: LeftCard, now: datetime) -> str:
    """What a child did with a card, or that it waits."""
    if card.found_at is None:
        return "Taken back" if card.taken_back_at else "Waiting for the next check-in"
    did = {"kept": "Kept it", "waved": "Waved"}.get(card.answer or "", "Found it")
    said = f"{did} {day_words(_day(card.found_at, now.tzinfo), now.date())}"
    return f"{said}, before it could be taken back" if card.taken_back_at else said


def left_on(card: LeftCard, now: datetime) -> str:
    """The day a card was left."""
    return day_words(_day(card.left_at, now.tzinfo), now.date())


def planned_words(planned: Planned) -> str:
    """When a planned time is: ``Tuesdays at 09:10, draw together``."""
    when = f"{WEEKDAYS[planned.promise.weekday]}s at {planned.at:%H:%M}"
    return when + (f", {TOGETHER[planned.how]}" if planned.how else "")


def meeting_words(meeting: Meeting, today: date) -> str:
    """What became of one planned time."""
    if meeting.became == "met":
        return "Met"
    if meeting.became == "missed":
        return "Did not happen"
    return "Later today" if meeting.day == today else "Missed: nobody said that they met"


def _day(at: datetime, zone: tzinfo | None) -> date:
    return at.astimezone(zone).date()


def initials(called: str) -> str:
    """Two letters for an adult's leaf: MA for Mrs Ali, as on the tablet."""
    *_, before, last = ["", *called.split()]
    return (before[:1] + last[:1]).upper()
