"""What may stand on a card, in a script and in a promise, and which days a promise means. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from datetime import date, datetime, time, timedelta
from typing import Literal

from kiosk.people.rules import Presence
from kiosk.people.words_for_children import can_be_shown, not_said, without_joiners
from kiosk.refusal import Refusal
from kiosk.school.calendar import SchoolCalendar
from kiosk.wording import N_

Kind = Literal["held_in_mind", "kindness", "friendship", "success"]
CardAnswer = Literal["kept", "waved"]
CARD_ANSWERS: tuple[CardAnswer, ...] = ("kept", "waved")
Became = Literal["met", "missed"]

KINDS: tuple[Kind, ...] = ("held_in_mind", "kindness", "friendship", "success")
NOTICED: tuple[Kind, ...] = ("kindness", "friendship", "success")
"""What an adult saw and the child keeps in their own book."""

CARD_WORDS_MOST = 120
SCRIPT_WORDS_MOST = 600
PLAN_WORDS_MOST = 300
WHY_MOST = 200
INTENSITIES = ("1", "2", "3", "4", "5")
LATELY_SCHOOL_DAYS = 14
"""A child who found no card for so many school days comes up to whoever is near."""
REVIEW_AFTER_DAYS = 120
"""About a term: when a script asks to be looked at again, unless whoever writes it says another day."""
CARDS_AT_A_TIME = 3
"""More than this at once is a pile and not a greeting."""
PAGES_ON_TABLET = 5
"""How far back a child leafs through their own book on a shared tablet."""

CARD_PICTURES: dict[str, str] = {
    "heart-2": N_("a heart"),
    "mittens-3": N_("two mittens"),
    "nest-5": N_("a nest"),
    "leaf-4": N_("a leaf"),
    "sun-1": N_("the sun"),
    "rainbow-6": N_("a rainbow"),
    "tree-5": N_("a tree"),
    "tulip-8": N_("a tulip"),
    "sunflower-4": N_("a sunflower"),
    "butterfly-7": N_("a butterfly"),
    "robin-6": N_("a robin"),
    "bee-3": N_("a bee"),
    "balloon-1": N_("a balloon"),
    "kite-8": N_("a kite"),
    "boat-6": N_("a boat"),
    "moon-7": N_("the moon"),
    "umbrella-2": N_("an umbrella"),
    "strawberry-3": N_("a strawberry"),
}
"""The drawings an adult can choose, each with a hue as ``picture()`` in drawings/macros.html takes it."""

READY: dict[Kind, tuple[str, ...]] = {
    "held_in_mind": (
        "I thought of you today.",
        "I am looking forward to seeing you.",
        "I remember what you told me.",
        "I thought of you at the weekend.",
        "It is good that you are here.",
    ),
    "kindness": (
        "I saw how kind you were.",
        "You helped somebody today. I saw it.",
        "You waited for somebody. That was kind.",
    ),
    "friendship": (
        "I saw you play together.",
        "You asked somebody to join in. I saw it.",
        "You listened to your friend.",
    ),
    "success": (
        "You kept trying. I saw it.",
        "You did something new today.",
        "You asked for help. That was brave.",
    ),
}
"""Words an adult can take with one tap."""

_PROMISES_SILENCE = re.compile(
    r"\b(?:not|never|don['\u2019]?t|won['\u2019]?t) tell\b|\bbetween us\b", re.IGNORECASE
)
_LINE_ENDS = re.compile(r"\r\n?")


class WordsRefused(Refusal):
    """Words that cannot stand there; the message is a sentence."""


class PictureRefused(Refusal):
    """A picture there is none of; the message is a sentence."""


class PromiseRefused(Refusal):
    """A planned time that cannot be promised, ended or answered; the message is a sentence."""


@dataclass(frozen=True)
class ScriptEntry:
    """What every adult says and does with a child, as it is written or was written."""

    shows: str = ""
    """How I show that I am not OK."""
    helps: str = ""
    """What helps me."""
    say: str = ""
    """What to say to me."""
    avoid: str = ""
    """What to avoid."""
    likes: str = ""
    """My strengths and interests: what to talk about first."""
    plan: Mapping[str, str] = field(default_factory=dict)
    """What helps at each intensity, "1" calm to "5" hardest."""
    review_on: date | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all is written."""
        return not any((self.shows, self.helps, self.say, self.avoid, self.likes, *self.plan.values()))


SCRIPT_PARTS: dict[str, str] = {
    "likes": N_("What I like and am good at"),
    "shows": N_("How I show that I am not OK"),
    "helps": N_("What helps me"),
    "say": N_("What to say to me"),
    "avoid": N_("What to avoid"),
}
"""The five blocks of a script in the order they are read, likes first, and their headings."""


@dataclass(frozen=True)
class Promise:
    """When a planned time is: every week on a day, from a first day on."""

    weekday: int
    """Monday is 0."""
    first_day: date
    last_day: date | None = None

    def holds_on(self, day: date, calendar: SchoolCalendar) -> bool:
        """Whether the child may wait for it on this date: its weekday, while it is promised, school open."""
        return (
            day.weekday() == self.weekday
            and self.first_day <= day
            and (self.last_day is None or day <= self.last_day)
            and calendar.is_school_day(day)
        )

    def days(self, since: date, until: date, calendar: SchoolCalendar) -> Iterator[date]:
        """Every date it means from ``since`` until ``until``, both included."""
        start = max(since, self.first_day)
        day = start + timedelta(days=(self.weekday - start.weekday()) % 7)
        while day <= until:
            if self.holds_on(day, calendar):
                yield day
            day += timedelta(days=7)

    def next_days(self, day: date, calendar: SchoolCalendar, weeks: int = 10) -> Iterator[date]:
        """The dates it means from this one on, as far as so many weeks reach."""
        return self.days(day, day + timedelta(weeks=weeks), calendar)


def is_in_for(presence: Presence, day: date, at: time) -> bool:
    """Whether who promised a time is in school for it. Lunch does not count: it may be spent together.

    Args:
        presence: when they are in school.
        day: a day for which the time is promised.
        at: when, on the school's clock.
    """
    hours = presence.hours_on(day)
    return presence.is_here(day) and (hours is None or hours[0] <= f"{at:%H:%M}" < hours[1])


@dataclass(frozen=True)
class NewTime:
    """A planned time as somebody promises it."""

    adult_id: int
    """Whoever will be there: any adult who works here and can sign in to say that they met."""
    weekday: int
    """Monday is 0; a day on which this school is open."""
    at: time
    """On the school's clock."""
    how: str | None
    """One of ``people.rules.HOWS``, or nothing."""
    first_day: date
    """Not a past day."""


def check_card_words(text: str) -> str:
    """The words of a card, tidied.

    Raises:
        WordsRefused: none, too many, something that cannot be printed, or a word we do not say to children.
    """
    words = " ".join(text.split())
    if not words:
        raise WordsRefused("Write a few words, or choose some that are ready.")
    if len(words) > CARD_WORDS_MOST:
        raise WordsRefused(
            "A card has room for %(most)s letters: yours has %(written)s.",
            most=CARD_WORDS_MOST,
            written=len(words),
        )
    if not can_be_shown(words):
        raise WordsRefused("There is a sign in your words that cannot be shown. Write them with letters alone.")
    if found := not_said(words):
        raise WordsRefused(
            "A card never says “%(found)s”. Say what you saw, or that you thought of them.", found=found
        )
    if _PROMISES_SILENCE.search(without_joiners(words)):
        raise WordsRefused("A card never promises to keep something to yourself. Say it in another way.")
    return words


def check_picture(name: str) -> str:
    """The name of a card's picture.

    Raises:
        PictureRefused: no such picture.
    """
    if name not in CARD_PICTURES:
        raise PictureRefused("Choose one of the pictures.")
    return name


def check_script(entry: ScriptEntry) -> ScriptEntry:
    """A script, tidied: no room before and after, none of the steps without words.

    Raises:
        WordsRefused: nothing at all, too much in one part, or something that cannot be printed.
    """
    parts = {
        part: _tidy(getattr(entry, part), heading, SCRIPT_WORDS_MOST) for part, heading in SCRIPT_PARTS.items()
    }
    plan = {
        step: words
        for step in INTENSITIES
        if (words := _tidy(entry.plan.get(step, ""), N_("The plan for a step"), PLAN_WORDS_MOST))
    }
    written = ScriptEntry(**parts, plan=plan, review_on=entry.review_on)
    if written.is_empty:
        raise WordsRefused("Nothing is written yet. A few words in one place are a start.")
    return written


def differing(one: ScriptEntry, other: ScriptEntry) -> list[str]:
    """Which fields of two scripts differ, by name."""
    return [part.name for part in fields(one) if getattr(one, part.name) != getattr(other, part.name)]


def is_due(review_on: date | None, today: date) -> bool:
    """Whether a script wants to be looked at again."""
    return review_on is not None and review_on <= today


def lately(today: date, calendar: SchoolCalendar) -> date:
    """The first of the last ``LATELY_SCHOOL_DAYS`` school days, today's among them when it is one."""
    day = today if calendar.is_school_day(today) else calendar.previous_school_day(today)
    for _ in range(LATELY_SCHOOL_DAYS - 1):
        day = calendar.previous_school_day(day)
    return day


def last_days(today: date, calendar: SchoolCalendar, count: int) -> list[date]:
    """Today and the school days before it, so many in all, the earliest first: a week also on a Monday."""
    days = [today]
    while len(days) < count:
        days.append(calendar.previous_school_day(days[-1]))
    return days[::-1]


def believable(said: datetime, earliest: datetime, latest: datetime) -> datetime:
    """A tablet's time for something that cannot have been before ``earliest`` or after ``latest``."""
    return min(max(said, earliest), latest)


def _tidy(text: str, heading: str, most: int) -> str:
    words = "\n".join(line.rstrip() for line in _LINE_ENDS.sub("\n", text).split("\n")).strip()
    if len(words) > most:
        raise WordsRefused(
            "%(heading)s: there is room for %(most)s letters, and %(written)s are written.",
            heading=heading,
            most=most,
            written=len(words),
        )
    if not can_be_shown(words.replace("\n", "").replace("\t", "")):
        raise WordsRefused("%(heading)s: there is a sign in it that cannot be shown.", heading=heading)
    return words
