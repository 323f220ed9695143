"""An adult answers with one tap."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from kiosk.alerts.store import stop_ringing
from kiosk.audit import record
from kiosk.chats.coming import CannotCome, check_coming
from kiosk.chats.models import Chat
from kiosk.chats.passing_on import given
from kiosk.chats.rules import Event, Kind, check_answer
from kiosk.chats.store.changing import (
    around,
    happen,
    has_just_happened,
    let_see_and_tell,
    not_alone,
    opened_again,
    ring_everyone,
    state_of_row,
)
from kiosk.chats.store.scope import Asker, load_for_asker
from kiosk.db import utc_now, writing
from kiosk.people.store import set_presence, trusted_adult
from kiosk.refusal import Refusal
from kiosk.school.store import local_now, school_calendar

__all__ = ["ANSWERS", "CannotCome", "CannotReceive", "answer", "count_as_in"]
ANSWERS: frozenset[Kind] = frozenset({"seen", "coming", "handed_over", "talked"})
"""What an adult may answer; the rest of a request's life is the child's or the clock's."""


class CannotReceive(Refusal):
    """A request cannot be handed over to this adult; the message is a sentence."""


def answer(
    key: UUID,
    kind: Kind,
    asker: Asker,
    *,
    seen_number: int,
    take_over: bool = False,
    coming_at: datetime | None = None,
    to_adult_id: int | None = None,
    note: str | None = None,
) -> None:
    """An adult answers: ``seen``, ``coming`` (at a time), ``handed_over`` (to an adult) or ``talked``.

    The same again from the same page is a button pressed twice: it happened once, and rings nowhere twice.

    Args:
        key: the request.
        kind: which answer.
        asker: who answers.
        seen_number: the newest event on the card the adult pressed.
        take_over: the adult knows that somebody has it and takes it all the same.
        coming_at: when they come; nothing means now.
        to_adult_id: to whom it is handed over.
        note: a few words for the record.

    Raises:
        NoSuchChat: not there, or not for this adult.
        AlreadyOver: the request has ended.
        OpenedAgain: it has ended since, and the child waits anew.
        SomebodyHasIt: another adult was faster.
        CannotReceive: it cannot be handed over to that adult.
        CannotCome: they are not here then, or school is closed.
        ValueError: not an answer of an adult.
    """
    if kind not in ANSWERS:
        raise ValueError(f"{kind} is not an answer.")
    with writing():
        chat, number = load_for_asker(key, asker)
        _check_answer(chat, asker, seen_number=seen_number, number=number, take_over=take_over)
        now = utc_now()
        count_as_in(asker, now)
        if kind == "coming" and coming_at is not None:
            _check_can_come(asker, coming_at, now)
        event = Event(
            kind,
            now,
            adult_id=asker.adult_id,
            to_adult_id=_check_can_receive(to_adult_id, asker, now) if kind == "handed_over" else None,
            coming_at=coming_at if kind == "coming" else None,
            note=note,
        )
        if seen_number < number and has_just_happened(chat, event):
            return
        happen(chat, event, device=asker.device)
        _tell_of(chat, event, asker)
        record("chat_answered", asker.actor, pupil=chat.pupil_id, chat=str(key), answer=kind)
        ring_everyone(chat.id)


def _check_answer(chat: Chat, asker: Asker, *, seen_number: int, number: int, take_over: bool) -> None:
    check_answer(
        state_of_row(chat),
        asker.adult_id,
        seen_number=seen_number,
        number=number,
        take_over=take_over,
        opened_again=opened_again(chat) if seen_number < number else 0,
    )


def _tell_of(chat: Chat, event: Event, asker: Asker) -> None:
    """It rings for nobody any more, but for whom it was handed over to and for who must know of it as well."""
    audience = {asker.adult_id: "duty"}
    if event.to_adult_id is not None:
        audience[event.to_adult_id] = "handed"
    stop_ringing(chat.id, event.at, answered_by=audience)
    let_see_and_tell(chat.id, audience, event.at, silent=asker.adult_id)
    if event.to_adult_id is not None:
        reachable = around(chat.pupil_id, event.to_adult_id, event.at)
        let_see_and_tell(chat.id, given(event.to_adult_id, asker.adult_id, reachable), event.at)
    if event.kind != "talked":
        let_see_and_tell(chat.id, not_alone(chat, event.at), event.at)


def count_as_in(asker: Asker, at: datetime) -> None:
    """Who answers is in, whatever they said this morning: else the clock would take their request away."""
    adult, today = trusted_adult(asker.adult_id), local_now(at).date()
    if adult is not None and adult.presence.tapped_on == today and not adult.presence.tapped_here:
        set_presence(adult.id, replace(adult.presence, tapped_here=True), asker.actor)


def _check_can_come(asker: Asker, coming_at: datetime, at: datetime) -> None:
    adult = trusted_adult(asker.adult_id)
    if adult is not None:
        check_coming(local_now(coming_at), local_now(at), adult.presence, school_calendar())


def _check_can_receive(adult_id: int | None, asker: Asker, at: datetime) -> int:
    adult = trusted_adult(adult_id) if adult_id is not None else None
    if adult is None:
        raise CannotReceive("Choose who you hand over to.")
    if adult.id == asker.adult_id:
        raise CannotReceive("Choose somebody else to hand over to, not yourself.")
    if not adult.can_receive(local_now(at)):
        raise CannotReceive("%(adult)s is not here now. Choose somebody who is.", adult=adult.called)
    return adult.id
