"""The board: each open request as a card in its section, in words, with names left out when they are hidden."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from kiosk.alerts.channels import has_stopped
from kiosk.alerts.reaching import can_be_told, has_a_way
from kiosk.alerts.store import ringing_concerns, ringing_for
from kiosk.chats import store as chats
from kiosk.chats.store import Asker, EndedForLeaver, WaitingChat
from kiosk.chats.topics import ABOUT
from kiosk.feelings.store import Feeling, current_scale, feelings_by_key
from kiosk.minding.meetings import Meeting, planned_today
from kiosk.people.store import adults_who_can_receive
from kiosk.school.store import local_now, settings
from kiosk.web.staff.known import Knowledge, KnownChild, know
from kiosk.web.staff.words import day_and_clock, who_has_it, wish, without_name

OFFLINE_AFTER = timedelta(minutes=2)
"""A request that took longer than this from the tablet to us was asked without Wi-Fi: the card says when."""


@dataclass(frozen=True)
class StepShown:
    """The step a request came with."""

    step: int
    """What the child pointed at: so many fingers."""
    intensity: int
    """1 calm to 5 hardest: the face."""
    word: str
    entered_by: str | None = None
    """The adult who entered it for a child who showed it on their fingers; nothing when the child tapped it."""


@dataclass(frozen=True)
class Card:
    """One request as an adult reads it in three seconds."""

    key: UUID
    number: int
    """Of the newest event on it: an answer carries it back."""
    who: str
    class_name: str
    picture: str | None
    """Nothing while names are hidden."""
    step: StepShown | None
    wish: str
    about: tuple[str, ...]
    about_maybe: tuple[str, ...]
    """What the child laid under "maybe" on the talking mat."""
    about_not_today: tuple[str, ...]
    standing: str
    since: datetime
    since_words: str
    asked_words: str | None
    """When it was asked, if that was long before it reached us."""
    due_at: datetime
    is_overdue: bool
    cannot_wait: bool
    is_taken: bool
    is_coming: bool
    is_mine: bool
    """Taken by the adult who looks."""
    alert_id: int | None
    """The alert that still rings for the adult who looks."""
    pupil_id: int | None
    """Whose page the name leads to; nothing while names are hidden, or when the child has left the school."""
    first_name: str
    known: KnownChild | None
    """Nothing while names are hidden, or when the child has left the school."""
    told_lead: str | None
    """Why a colleague gave it to the safeguarding lead; for leads alone, and nothing while names are hidden."""

    @property
    def needs_take_over(self) -> bool:
        """Whether somebody else has it."""
        return self.is_taken and not self.is_mine


@dataclass(frozen=True)
class Receiver:
    """Somebody to whom a request can be handed over."""

    id: int
    called: str
    place: str | None
    hears: bool
    """A board of theirs is open, or a phone or mailbox takes messages: they would hear of it now."""


@dataclass(frozen=True)
class Board:
    """What one adult sees."""

    mine: tuple[Card, ...]
    cover: tuple[Card, ...]
    everyone: tuple[Card, ...] | None
    """The other open requests, for those who see all; nothing for everyone else."""
    receivers: tuple[Receiver, ...]
    """To whom a request can be handed over, those first who would hear of it now."""
    planned: tuple[Meeting, ...]
    """The times this adult promised children for today."""
    concern_alert: int | None
    """The newest alert that rings for a safeguarding lead about a concern not opened yet."""
    cannot_be_alerted: bool
    """A phone or mailbox of this adult failed for good: they would wait for alerts that never come."""
    hears_only_here: bool
    """No phone or mailbox of this adult can be alerted: they hear of a request only while a board is open."""
    ended_for_leavers: tuple[EndedForLeaver, ...]
    """What this adult had, and ended since yesterday because the child has left the school."""
    names_hidden: bool

    @property
    def cards(self) -> tuple[Card, ...]:
        """Every card."""
        return self.mine + self.cover + (self.everyone or ())

    @property
    def waiting(self) -> int:
        """How many requests need this adult to look: theirs without an answer, and whatever rings."""
        return sum(1 for card in self.mine if not card.is_taken) + sum(
            1 for card in self.cover + (self.everyone or ()) if card.alert_id is not None
        )


def board_for(asker: Asker, *, names_hidden: bool) -> Board:
    """The board of the adult who asks, as it is now."""
    waiting = chats.board(asker)
    now = local_now()
    look = _Look(
        me=asker.adult_id,
        now=now,
        names_hidden=names_hidden,
        feelings=feelings_by_key(chat.check_in_key for chat in waiting if chat.check_in_key is not None),
        ringing=ringing_for(asker.adult_id, [chat.id for chat in waiting]),
        told_lead={} if names_hidden else chats.why_escalated([chat.id for chat in waiting], asker),
        knowledge=know(
            () if names_hidden else {chat.pupil_id for chat in waiting}, now, settings()["safe_space_name"]
        ),
    )
    sections: dict[str, list[Card]] = {"mine": [], "cover": [], "everyone": []}
    for chat in sorted(waiting, key=lambda chat: chat.is_taken):  # what nobody has taken comes first
        sections[_section(chat, asker.adult_id)].append(_card(chat, look))
    return Board(
        mine=tuple(sections["mine"]),
        cover=tuple(sections["cover"]),
        everyone=tuple(sections["everyone"]) if asker.sees_all else None,
        receivers=_receivers(asker.adult_id, now) if waiting else (),
        planned=tuple(planned_today(asker.adult_id, now.date())),
        concern_alert=max(ringing_concerns(asker.adult_id).values(), default=None) if asker.is_lead else None,
        cannot_be_alerted=has_stopped(asker.adult_id),
        hears_only_here=not has_a_way(asker.adult_id),
        ended_for_leavers=tuple(chats.ended_for_leavers(asker)),
        names_hidden=names_hidden,
    )


def _receivers(me: int, now: datetime) -> tuple[Receiver, ...]:
    here = [adult for adult in adults_who_can_receive(now) if adult.id != me]
    hear = can_be_told([adult.id for adult in here], now)
    receivers = (Receiver(adult.id, adult.called, adult.place, adult.id in hear) for adult in here)
    return tuple(sorted(receivers, key=lambda adult: not adult.hears))


@dataclass(frozen=True)
class _Look:
    """One look at the board: who looks, when, and what was found for it."""

    me: int
    now: datetime
    names_hidden: bool
    feelings: Mapping[UUID, Feeling]
    ringing: Mapping[int, int]
    knowledge: Knowledge
    told_lead: Mapping[int, str]


def _section(chat: WaitingChat, me: int) -> str:
    """Mine: I have it or am asked. Cover: I was told and somebody else is asked. Everyone: I only see it."""
    asked_of_all = (chat.owner_id is None or (chat.cannot_wait and not chat.is_taken)) and chat.why is not None
    still_asked_of_me = chat.asked_for_id == me and not chat.is_taken and not chat.is_handed_over
    if chat.owner_id == me or asked_of_all or still_asked_of_me:
        return "mine"
    return "everyone" if chat.why is None else "cover"


def _card(chat: WaitingChat, look: _Look) -> Card:
    hidden, now, safe_space = look.names_hidden, look.now, settings()["safe_space_name"]
    no_page, step = hidden or chat.has_left, None if hidden else _step(chat, look.feelings)
    waited_for_wifi = chat.received_at - chat.asked_at > OFFLINE_AFTER
    return Card(
        key=chat.key,
        number=chat.number,
        who=without_name(chat.class_name) if hidden else chat.pupil_name,
        class_name=chat.class_name,
        picture=None if hidden else chat.pupil_picture,
        step=step,
        wish=wish(chat.wants, chat.when, chat.how, safe_space),
        about=() if hidden else _topics(chat.about),
        about_maybe=() if hidden else _topics(chat.about_maybe),
        about_not_today=() if hidden else _topics(chat.about_not_today),
        standing=who_has_it(chat, look.me, safe_space, now.tzinfo),
        since=chat.received_at,
        since_words=day_and_clock(chat.received_at, now),
        asked_words=day_and_clock(chat.asked_at, now) if waited_for_wifi else None,
        due_at=chat.due_at,
        is_overdue=chat.is_overdue(now),
        cannot_wait=chat.cannot_wait,
        is_taken=chat.is_taken,
        is_coming=chat.state == "coming",
        is_mine=chat.is_taken and chat.owner_id == look.me,
        alert_id=look.ringing.get(chat.id),
        pupil_id=None if no_page else chat.pupil_id,
        first_name="" if hidden else chat.first_name,
        told_lead=look.told_lead.get(chat.id),
        known=None if no_page else look.knowledge.of(chat.pupil_id, step.intensity if step else None),
    )


def _topics(words: Sequence[str]) -> tuple[str, ...]:
    return tuple(ABOUT.get(word, word) for word in words)


def _step(chat: WaitingChat, feelings: Mapping[UUID, Feeling]) -> StepShown | None:
    """The step of the check-in the request came with, if that check-in is this child's own."""
    felt = feelings.get(chat.check_in_key) if chat.check_in_key is not None else None
    if felt is None or felt.pupil_id != chat.pupil_id:
        return None
    word = current_scale().words[felt.intensity - 1]
    return StepShown(felt.step, felt.intensity, word, felt.entered_by)
