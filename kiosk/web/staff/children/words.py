"""What the pages about a child say. Pure."""

from __future__ import annotations

from datetime import date, datetime, tzinfo

from kiosk.minding.cards import LeftCard
from kiosk.minding.meetings import Meeting
from kiosk.minding.planned import Planned
from kiosk.minding.rules import Kind
from kiosk.wording import N_, Day, Sentence, joined

_ON_WEEKDAYS = (
    N_("Mondays at %(time)s"),
    N_("Tuesdays at %(time)s"),
    N_("Wednesdays at %(time)s"),
    N_("Thursdays at %(time)s"),
    N_("Fridays at %(time)s"),
    N_("Saturdays at %(time)s"),
    N_("Sundays at %(time)s"),
)
KIND: dict[Kind, str] = {
    "held_in_mind": N_("Held in mind"),
    "kindness": N_("A kindness"),
    "friendship": N_("A friendship"),
    "success": N_("A success"),
}
TOGETHER = {
    "talk": N_("talk"),
    "draw": N_("draw together"),
    "sit": N_("sit together"),
    "walk": N_("go for a walk"),
}
TOGETHER_SYMBOLS = {"talk": "sym-talk", "draw": "sym-draw", "sit": "sym-sit-together", "walk": "sym-walk"}


def day_words(day: date, today: date) -> str:
    """A date: ``today``, ``yesterday``, ``Tuesday 24 November``, with the year when it is another."""
    days = (today - day).days
    if days in (0, 1):
        return N_("yesterday") if days else N_("today")
    return Day(day, "EEEE d MMMM" if day.year == today.year else "EEEE d MMMM y")


def day_heading(day: date, today: date) -> str:
    """A date at the beginning of a line: ``Today``."""
    days = (today - day).days
    if days in (0, 1):
        return N_("Yesterday") if days else N_("Today")
    return day_words(day, today)


def short_day(day: date, today: date) -> str:
    """A date without its weekday: ``24 November``, with the year when it is another."""
    return Day(day, "d MMMM" if day.year == today.year else "d MMMM y")


def days_since(at: datetime | None, now: datetime) -> str:
    """How long ago a child was last left a card."""
    if at is None:
        return N_("No card yet")
    day = _day(at, now.tzinfo)
    return Sentence("No card since %(date)s", date=Day(day, "d MMM" if day.year == now.year else "d MMM y"))


def what_became_of(card: LeftCard, now: datetime) -> str:
    """What a child did with a card, or that it waits."""
    if card.found_at is None:
        return N_("Taken back") if card.taken_back_at else N_("Waiting for the next check-in")
    when = day_words(_day(card.found_at, now.tzinfo), now.date())
    did = {"kept": Sentence("Kept it %(day)s", day=when), "waved": Sentence("Waved %(day)s", day=when)}
    said = did.get(card.answer or "", Sentence("Found it %(day)s", day=when))
    return joined([said, N_("before it could be taken back")]) if card.taken_back_at else said


def left_on(card: LeftCard, now: datetime) -> str:
    """The day a card was left."""
    return day_words(_day(card.left_at, now.tzinfo), now.date())


def planned_words(planned: Planned) -> str:
    """When a planned time is: ``Tuesdays at 09:10, draw together``."""
    when = Sentence(_ON_WEEKDAYS[planned.promise.weekday].pattern, time=f"{planned.at:%H:%M}")
    return joined([when, TOGETHER[planned.how]]) if planned.how else when


def meeting_words(meeting: Meeting, today: date) -> str:
    """What became of one planned time."""
    if meeting.became == "met":
        return N_("Met")
    if meeting.became == "missed":
        return N_("Did not happen")
    return N_("Later today") if meeting.day == today else N_("Missed: nobody said that they met")


def _day(at: datetime, zone: tzinfo | None) -> date:
    return at.astimezone(zone).date()


def initials(called: str) -> str:
    """Two letters for an adult's leaf: MA for Mrs Ali, as on the tablet."""
    *_, before, last = ["", *called.split()]
    return (before[:1] + last[:1]).upper()
