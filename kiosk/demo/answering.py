"""How the adults of the demo answer. Pure; every life obeys :mod:`kiosk.chats.rules`."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random

from kiosk.chats.rules import Event, Kind, NewChat
from kiosk.demo.days import HOME_TIME, next_break, on_the_clock, on_the_minute
from kiosk.demo.staffroom import Staffroom

NOTES = {
    "Sat together for ten minutes. Calm when we finished.": ("sat",),
    "A fall-out at playtime. We will look in again tomorrow.": ("listened",),
    "Missing home today. Drew a picture to take back to class.": ("drew",),
    "A walk round the field, then back to class.": ("walked",),
    "Worried about the spelling test. Made a plan with the class teacher.": ("listened", "told_class"),
    "Did not want to say much. Glad that somebody came.": ("sat",),
    "Put things right with a friend. Both came along.": ("mended",),
    "Quiet time in Treetops helped. Went back after the story.": ("safe_space",),
    "Tired and hungry this morning. Had some toast first.": ("listened",),
    "Wanted to show a picture and be heard.": ("listened",),
}
"""What is said with "We talked", each with what was done then."""
_LONG_WAIT = timedelta(minutes=14)
_CLASS_JOBS = ("teacher", "helper", "lunch")


@dataclass(frozen=True)
class Seat:
    """An adult who may see a request, why and since when."""

    adult_id: int
    why: str
    since: datetime


@dataclass
class LivedChat:
    """A request of the demo with all that happened to it."""

    chat: NewChat
    school_day: date
    events: list[Event] = field(default_factory=list)
    seats: dict[int, Seat] = field(default_factory=dict)

    @property
    def newest(self) -> datetime:
        """When the newest event happened."""
        return self.events[-1].at

    @property
    def ends_at(self) -> datetime:
        """The latest instant that its events speak of."""
        return max((event.coming_at or event.at for event in self.events), default=self.chat.asked_at)

    def happens(
        self,
        kind: Kind,
        at: datetime,
        adult_id: int | None = None,
        *,
        to: int | None = None,
        coming_at: datetime | None = None,
        note: str | None = None,
    ) -> None:
        """Add an event; whoever answers is on the request from then on."""
        self.events.append(Event(kind, at, adult_id, to, coming_at, note))
        if adult_id is not None:
            self.seat(adult_id, "duty", at)
        if kind == "handed_over" and to is not None:
            self.seat(to, "handed", at)

    def seat(self, adult_id: int, why: str, since: datetime) -> None:
        """Let an adult see the request; one who could already keeps the first reason."""
        self.seats.setdefault(adult_id, Seat(adult_id, why, since))


def asked(chat: NewChat, day: date, room: Staffroom) -> LivedChat:
    """A request just asked, with the adults it reaches."""
    routing = room.reaches(chat.pupil_id, chat.asked_for_id, day, cannot_wait=chat.cannot_wait)
    life = LivedChat(chat, day)
    life.happens("asked", chat.asked_at, to=routing.owner_id)
    for adult_id, why in routing.tell.items():
        life.seat(adult_id, why, chat.asked_at)
    if chat.cannot_wait:
        life.happens("cannot_wait", chat.asked_at)
    return life


def answered(rng: Random, chat: NewChat, day: date, next_day: date | None, room: Staffroom) -> LivedChat:
    """A request and how it went.

    Args:
        rng: the random source.
        chat: what the child asked.
        day: the school day it was asked on.
        next_day: the school day on which a late one may be answered; nothing when it must end today.
        room: the adults.
    """
    life = asked(chat, day, room)
    owner = life.events[0].to_adult_id
    adult = room.on_duty(rng, day) if owner is None or chat.cannot_wait else owner
    wait = room.minutes_to_see(rng, adult)
    if wait > _LONG_WAIT and rng.random() < 0.5:
        adult, wait = _somebody_steps_in(rng, life, wait, room)
    if chat.asked_at + wait > on_the_clock(day, HOME_TIME):
        if next_day is not None:
            _next_morning(rng, life, next_day, adult, room)
            return life
        wait = min(wait, timedelta(minutes=rng.uniform(1, 6)))
    if rng.random() < 0.08:
        _child_is_ok(rng, life, adult, wait)
        return life
    _meet(rng, life, adult, chat.asked_at + wait, room)
    if chat.cannot_wait:
        lead = rng.choice(room.with_role("dsl"))
        life.happens("closed", life.newest + timedelta(minutes=rng.uniform(25, 90)), lead)
    return life


def unanswered(rng: Random, chat: NewChat, day: date, next_day: date | None, room: Staffroom) -> LivedChat:
    """A request that the adult asked does not answer: the child gives up, or others come late."""
    life = asked(chat, day, room)
    adult = room.on_duty(rng, day)
    late = chat.asked_at + timedelta(minutes=rng.uniform(34, 72))
    is_over_today = late < on_the_clock(day, HOME_TIME)
    if is_over_today and rng.random() < 0.6:
        _meet(rng, life, adult, late, room)
    elif next_day is not None and (not is_over_today or rng.random() < 0.4):
        _next_morning(rng, life, next_day, adult, room)
    else:
        life.happens("cancelled", min(late, on_the_clock(day, HOME_TIME)))
    return life


def _somebody_steps_in(rng: Random, life: LivedChat, wait: timedelta, room: Staffroom) -> tuple[int, timedelta]:
    """Nobody looked for a while: the child says it cannot wait, or Treetops sees that it has waited."""
    adult = room.on_duty(rng, life.school_day)
    shortened = min(wait, timedelta(minutes=rng.uniform(12, 24)))
    if rng.random() < 0.15 and not life.chat.cannot_wait:
        said = life.chat.asked_at + shortened * rng.uniform(0.6, 0.8)
        life.happens("cannot_wait", said)
        for on_duty in room.with_role("duty"):
            if room.can_receive(on_duty, life.school_day):
                life.seat(on_duty, "duty", said)
    return adult, shortened


def _meet(rng: Random, life: LivedChat, adult: int, at: datetime, room: Staffroom) -> None:
    """Seen, coming, talked; now and then handed over on the way."""
    post = room.adults[adult].post
    if post.job != "treetops" and rng.random() < 0.07:
        life.happens("seen", at, adult)
        other = room.on_duty(rng, life.school_day, but=adult)
        handed = at + timedelta(minutes=rng.uniform(0.5, 4))
        life.happens("handed_over", handed, adult, to=other)
        adult, at = other, handed + room.minutes_to_see(rng, other)
        post = room.adults[adult].post
    if rng.random() < 0.6:
        life.happens("seen", at, adult)
        at += timedelta(minutes=rng.uniform(0.3, 3))
    waits_for_break = post.job in _CLASS_JOBS and rng.random() < 0.55
    free = next_break(life.school_day, at) if waits_for_break or life.chat.when == "break" else None
    life.happens("coming", at, adult, coming_at=on_the_minute(free) if free else None)
    begins = free or at + timedelta(minutes=rng.uniform(0.5, 7))
    _talk(rng, life, adult, begins, _latest_talk(life, begins))


def _next_morning(rng: Random, life: LivedChat, next_day: date, adult: int, room: Staffroom) -> None:
    """It comes up first on the next school day."""
    if not room.can_receive(adult, next_day):
        adult = room.on_duty(rng, next_day)
    at = on_the_clock(next_day, time(8, 32)) + timedelta(minutes=rng.uniform(0, 18))
    free = at + timedelta(minutes=rng.uniform(3, 14))
    life.happens("coming", at, adult, coming_at=on_the_minute(free))
    _talk(rng, life, adult, free, free + timedelta(minutes=40))


def _talk(rng: Random, life: LivedChat, adult: int, begins: datetime, latest: datetime) -> None:
    lasts = timedelta(minutes=rng.uniform(-1, 3) + rng.triangular(3, 19, 8))
    note = rng.choice(list(NOTES)) if rng.random() < 0.3 else None
    at = max(min(begins + lasts, latest), life.newest + timedelta(minutes=2))
    life.happens("talked", at, adult, note=note)


def _child_is_ok(rng: Random, life: LivedChat, adult: int, wait: timedelta) -> None:
    """The child says "I'm OK now", before or after somebody saw it."""
    at = life.chat.asked_at + timedelta(minutes=rng.lognormvariate(2.2, 0.6))
    at = min(at, on_the_clock(life.school_day, HOME_TIME))
    seen = life.chat.asked_at + wait
    if life.newest < seen < at:
        life.happens("seen", seen, adult)
    life.happens("cancelled", max(at, life.newest))


def _latest_talk(life: LivedChat, begins: datetime) -> datetime:
    return max(on_the_clock(life.school_day, HOME_TIME), begins + timedelta(minutes=4))
