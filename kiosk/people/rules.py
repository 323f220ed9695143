"""Rules about people: what a child is called, which picture is theirs, who is here today. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from hashlib import sha256
from typing import TypeVar

from kiosk.people.pictures import HUES, PUPIL_PICTURES

EVERY_DAY = 0b1111111
LOOK_AHEAD_DAYS = 366
HOWS = ("talk", "draw", "sit", "walk")
"""How a child and an adult can be together, in a talk and at a planned time; the words for it are the page's."""
LARGEST_ID = 2**31 - 1
"""What an id column holds: asked for more, PostgreSQL answers with an error and not with "nobody"."""

_T = TypeVar("_T")


@dataclass(frozen=True)
class Presence:
    """When an adult is in school."""

    weekdays: int = EVERY_DAY
    """One bit a day, Monday is bit 0: the days this adult visits. All seven: every day school is open."""
    away_from: date | None = None
    away_until: date | None = None
    left_on: date | None = None
    """The first day on which this adult works here no more: the day before was their last. It may lie ahead."""
    hours: Mapping[str, Sequence[str]] | None = None
    """For days with part of the day only: weekday (Monday is "0") to from and until, such as 09:00 and 12:00."""
    lunch_from: time | None = None
    lunch_until: time | None = None
    tapped_on: date | None = None
    """The day on which this adult last said in or out with one tap; it holds for that day only."""
    tapped_here: bool = True

    def is_here(self, day: date) -> bool:
        """Whether this adult is in school on a date, at least for part of it."""
        if self.has_left(day):
            return False
        if self.tapped_on == day:
            return self.tapped_here
        return bool(self.weekdays >> day.weekday() & 1) and not self.is_away(day)

    def has_gone(self, day: date) -> bool:
        """Whether this adult said today that they are out, or works here no more."""
        return self.has_left(day) or (self.tapped_on == day and not self.tapped_here)

    def has_left(self, day: date) -> bool:
        """Whether this adult works here no more on a date."""
        return has_left(self.left_on, day)

    def is_here_at(self, now: datetime) -> bool:
        """Whether this adult is in school and not at lunch.

        Args:
            now: the moment on the school's own clock.
        """
        if not self.is_here(now.date()) or self.is_at_lunch(now.time()):
            return False
        hours = self.hours_on(now.date())
        return hours is None or hours[0] <= f"{now:%H:%M}" < hours[1]

    def is_still_here(self, now: datetime) -> bool:
        """Whether this adult is in school at some time today from now on, or at least has not gone home yet.

        Args:
            now: the moment on the school's own clock.
        """
        hours = self.hours_on(now.date())
        return self.is_here(now.date()) and (hours is None or f"{now:%H:%M}" < hours[1])

    def here_again_at(self, now: datetime) -> datetime | None:
        """When this adult is here who is in today, but not just now: lunch is over, or their hours begin.

        Args:
            now: the moment on the school's own clock.
        """
        if not self.is_still_here(now) or self.is_here_at(now):
            return None
        hours = self.hours_on(now.date())
        again = max(now.time(), time.fromisoformat(hours[0])) if hours else now.time()
        if self.lunch_until is not None and self.is_at_lunch(again):
            again = self.lunch_until
        return datetime.combine(now.date(), again, now.tzinfo)

    def hours_on(self, day: date) -> tuple[str, str] | None:
        """From when until when on a date; nothing when that is all day. Who says "I am in" is in all day."""
        hours = (self.hours or {}).get(str(day.weekday()))
        return None if hours is None or self.tapped_on == day else (hours[0], hours[1])

    def back_on(self, day: date, is_school_day: Callable[[date], bool]) -> date | None:
        """The next school day after ``day`` on which this adult is here; nothing when nobody knows."""
        ahead = (day + timedelta(days=days) for days in range(1, LOOK_AHEAD_DAYS))
        return next((then for then in ahead if is_school_day(then) and self.is_here(then)), None)

    def is_at_lunch(self, now: time) -> bool:
        """Whether this time of day is in their lunch."""
        if self.lunch_from is None or self.lunch_until is None:
            return False
        return self.lunch_from <= now < self.lunch_until

    def is_away(self, day: date) -> bool:
        """Whether a date is in their absence, whatever was tapped since."""
        if self.away_from is None or day < self.away_from:
            return False
        return self.away_until is None or day <= self.away_until


def has_left(left_on: date | None, day: date) -> bool:
    """Whether somebody is here no more on a date.

    Args:
        left_on: the first day on which they are not here any more; nothing while nobody knows of one.
        day: the school's date in question.
    """
    return left_on is not None and day >= left_on


def full_name(given_name: str, known_as: str | None, family_name: str) -> str:
    """What a child is called, in full: the name they go by, and the family name if they have one."""
    return f"{known_as or given_name} {family_name}".strip()


def short_names(people: Iterable[tuple[int, str, str]]) -> dict[int, str]:
    """What each pupil of one group is called on a tile: the first name, with as much surname as it takes.

    Args:
        people: (id, name the child is called by, family name) of everyone shown together.
    """
    everyone = list(people)
    names = {key: given for key, given, _ in everyone}
    family = {key: surname for key, _, surname in everyone}
    longest = max((len(surname) for surname in family.values()), default=0)
    for letters in range(1, longest + 1):
        shared = {name for name, times in Counter(names.values()).items() if times > 1}
        if not shared:
            break
        given_of = {key: given for key, given, _ in everyone}
        for key, name in list(names.items()):
            if name in shared:
                names[key] = f"{given_of[key]} {family[key][:letters]}".strip()
    return names


def picture_for(taken: Collection[str], seed: str) -> str:
    """A picture for a child without a photo, as unlike those already ``taken`` in the class as possible.

    The same seed (the child's id at its source) gives the same picture wherever it is still free.
    """
    taken_drawings = {name.rpartition("-")[0] for name in taken}
    start = int.from_bytes(sha256(seed.encode()).digest()[:8], "big")
    drawings = _turned(PUPIL_PICTURES, start)
    hues = _turned(tuple(range(1, HUES + 1)), start // len(PUPIL_PICTURES))
    for drawing in drawings:
        if drawing not in taken_drawings:
            return f"{drawing}-{hues[0]}"
    for hue in hues:
        for drawing in drawings:
            if f"{drawing}-{hue}" not in taken:
                return f"{drawing}-{hue}"
    return f"{drawings[0]}-{hues[0]}"


def read_id(text: object) -> int | None:
    """The number behind an opaque id, or nothing when it is not one of ours."""
    if isinstance(text, str) and text.isascii() and text.isdigit() and len(text) <= 15 and text[0] != "0":
        number = int(text)
        return number if number <= LARGEST_ID else None
    return None


def _turned(items: tuple[_T, ...], by: int) -> tuple[_T, ...]:
    at = by % len(items)
    return items[at:] + items[:at]
