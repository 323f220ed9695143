"""To do: what waits for one adult, and the talks of the last days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from kiosk.alerts.reaching import whom_nothing_tells
from kiosk.audit import record
from kiosk.chats import concerns
from kiosk.chats import store as chats
from kiosk.chats.store import Asker, EndedChat, FollowUp, WrittenOutcome
from kiosk.db import writing
from kiosk.minding.endings import count_due, is_anything_due
from kiosk.minding.meetings import Meeting, planned_today
from kiosk.school.store import local_now, settings
from kiosk.web.access import allow, asker
from kiosk.web.staff import blueprint
from kiosk.web.staff.after import WHO_TALKS
from kiosk.web.staff.after_words import CHILD_SAID, day_ahead, list_words, talked_when
from kiosk.web.staff.glance import names_are_hidden
from kiosk.web.staff.high5 import chooser


@dataclass(frozen=True)
class ToDo:
    """What waits for one adult."""

    mine: tuple[FollowUp, ...]
    """This adult's follow-ups; for safeguarding leads also those whose adult is gone."""
    others: tuple[FollowUp, ...]
    """Other adults' follow-ups; for safeguarding leads alone."""
    write_up: tuple[EndedChat, ...]
    sign_off: tuple[tuple[EndedChat, WrittenOutcome | None], ...]
    """With what stands written about it; nothing while nobody has written."""
    nobody_signs: tuple[EndedChat, ...]
    """This adult's talks of the last days that wait for a second person when there is none."""
    done_today: tuple[chats.DoneToday, ...]
    my_talks: tuple[EndedChat, ...]
    """This adult's of the last seven days, written up or not."""
    others_talks: tuple[EndedChat, ...]

    @property
    def is_empty(self) -> bool:
        """Whether nothing waits."""
        return not (self.mine or self.write_up or self.sign_off or self.nobody_signs)


@blueprint.get("/todo")
@allow(*WHO_TALKS)
def todo() -> ResponseReturnValue:
    """What waits for whoever is signed in."""
    who, now = asker(), local_now()
    return render_template(
        "staff/todo.html",
        todo=_to_do(who),
        who_looks=who,
        new_concerns=concerns.count_new(who),
        endings_due=count_due(chooser()),
        nothing_tells=len(whom_nothing_tells(now)) if who.sees_all else 0,
        planned=_planned_today(who, now.date()),
        now=now,
        names_hidden=names_are_hidden(),
        signed_off_later=settings()["two_person_close"] == "yes",
        say=_Say(now, settings()["safe_space_name"]),
    )


def _planned_today(who: Asker, day: date) -> list[Meeting]:
    planned = planned_today(who.adult_id, day)
    if planned:
        with writing():
            record("my_day_seen", who.actor, planned_times=[one.planned.id for one in planned])
    return planned


def how_much_waits() -> int:
    """The number beside "To do": 0 for whoever is nobody's adult. All endings together are one thing to do."""
    if current_user.adult_id is None:
        return 0
    who = asker()
    return chats.count_waiting(who).all + concerns.count_new(who) + is_anything_due(chooser())


def _to_do(who: Asker) -> ToDo:
    follow_ups, ended = chats.follow_ups_for(who), chats.ended_lately(who)
    nobody_signs = settings()["two_person_close"] == "yes" and not chats.who_can_sign_off(who.adult_id)
    return ToDo(
        mine=tuple(one for one in follow_ups if one.by_id == who.adult_id or one.is_left),
        others=tuple(one for one in follow_ups if one.by_id != who.adult_id and not one.is_left),
        write_up=tuple(chat for chat in ended if chat.is_mine and not chat.has_outcome),
        sign_off=_to_sign_off(who),
        nobody_signs=tuple(chat for chat in ended if _waits_for_nobody(chat)) if nobody_signs else (),
        done_today=tuple(chats.followed_up_today(who)),
        my_talks=tuple(chat for chat in ended if chat.is_mine),
        others_talks=tuple(chat for chat in ended if not chat.is_mine),
    )


def _to_sign_off(who: Asker) -> tuple[tuple[EndedChat, WrittenOutcome | None], ...]:
    waiting = chats.to_sign_off(who)
    written = chats.outcomes_of([chat.key for chat in waiting if chat.has_outcome], who)
    return tuple((chat, written.get(chat.key)) for chat in waiting)


def _waits_for_nobody(chat: EndedChat) -> bool:
    return chat.is_mine and chat.has_outcome and chat.state == "talked"


@dataclass(frozen=True)
class _Say:
    """The page's words."""

    now: datetime
    safe_space: str

    def by(self, day: date) -> str:
        """By which day."""
        return day_ahead(day, self.now.date())

    def when(self, at: datetime) -> str:
        """A moment of the last days."""
        return talked_when(at, self.now)

    def things(self, codes: tuple[str, ...]) -> str:
        """What was done, in a line."""
        return list_words(codes, self.safe_space)

    def child_said(self, said: str | None) -> str:
        """What the child said afterwards; nothing when they said nothing."""
        return CHILD_SAID.get(said or "", "")
