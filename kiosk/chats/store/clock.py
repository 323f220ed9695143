"""The clock of the open requests: nudges who is late, passes on what nobody answers, reminds the leads.

It brings concerns back as well, which no lead has read.

Any number of processes may run it. Each looks at all open requests at once without holding anything, and then
moves each that needs it in a transaction of its own, having locked it and looked again: what another process (or
an adult's answer) did meanwhile is seen, and then there is nothing left to do.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from functools import partial

from sqlalchemy import select

from kiosk.alerts.store import ring_anew, still_ringing
from kiosk.audit import Actor, record
from kiosk.chats.models import Chat
from kiosk.chats.passing_on import next_move
from kiosk.chats.rules import OPEN, Event
from kiosk.chats.store.changing import (
    around,
    due_now,
    happen,
    let_see_and_tell,
    ring_everyone,
    state_of_row,
    surroundings,
    told_of,
    wishes,
)
from kiosk.chats.store.leavers import end_for_leaver, waiting_for_leavers
from kiosk.chats.store.telling_again import concerns_to_tell_again, tell_of_it_again
from kiosk.db import db, utc_now, writing
from kiosk.school.store import school_calendar

log = logging.getLogger(__name__)
THE_CLOCK = Actor()


def tick(now: datetime | None = None) -> int:
    """Move every open request that needs it, and bring back every concern that nobody read; how many there were.

    While school is closed nothing moves, but for the requests of children who have left it: those end. By when an
    answer is due follows the school's hours, terms and closures when somebody changes them.
    """
    now = now or utc_now()
    done = sum(_each_by_itself(partial(end_for_leaver, now=now), chat_id) for chat_id in waiting_for_leavers(now))
    chats = db.session.scalars(select(Chat).where(Chat.state.in_(OPEN)).order_by(Chat.due_at, Chat.id)).all()
    _follow_the_calendar(chats)
    if not school_calendar().is_open(now):
        return done
    done += sum(_each_by_itself(partial(_move, now=now), chat_id) for chat_id in _needing_a_move(chats, now))
    unread = concerns_to_tell_again(now)
    return done + sum(_each_by_itself(partial(tell_of_it_again, now=now), concern_id) for concern_id in unread)


def _follow_the_calendar(chats: Iterable[Chat]) -> None:
    """Asked in days of which nobody knew that they are term, a request would else be due in a year."""
    for chat in chats:
        if chat.due_at != due_now(chat):
            _each_by_itself(_keep_due, chat.id)


def _keep_due(chat_id: int) -> bool:
    with writing():
        chat = _locked(chat_id)
        if chat is None or chat.due_at == (due := due_now(chat)):
            return False
        chat.due_at = due
        ring_everyone(chat_id)
        return True


def _each_by_itself(change: Callable[[int], bool], one: int) -> bool:
    """One request or concern that cannot be changed must not keep the others waiting."""
    try:
        return change(one)
    except Exception:
        log.exception("Request or concern %s could not be moved; trying again at the next tick", one)
        return False


def _needing_a_move(chats: Sequence[Chat], now: datetime) -> list[int]:
    told, ringing = told_of([chat.id for chat in chats]), still_ringing([chat.id for chat in chats])
    known = {adult for knows in told.values() for adult in knows}
    known |= {chat.owner_id for chat in chats if chat.owner_id is not None}
    reachable, chosen = surroundings({chat.pupil_id for chat in chats}, known, now), wishes(chats)
    return [
        chat.id
        for chat in chats
        if next_move(
            state_of_row(chat),
            told[chat.id],
            reachable[chat.pupil_id],
            now,
            chat.due_at,
            ringing=ringing[chat.id],
            wish=chosen.get(chat.id),
            said_before_closing=_was_said_before_closing(chat, now),
        )
    ]


def _move(chat_id: int, now: datetime) -> bool:
    with writing():
        chat = _locked(chat_id)
        if chat is None:
            return False
        told, ringing = told_of([chat_id])[chat_id], still_ringing([chat_id])[chat_id]
        reachable, chosen = around(chat.pupil_id, chat.owner_id, now, told), wishes([chat])
        move = next_move(
            state_of_row(chat),
            told,
            reachable,
            now,
            chat.due_at,
            ringing=ringing,
            wish=chosen.get(chat_id),
            said_before_closing=_was_said_before_closing(chat, now),
        )
        if move is None:
            return False
        event, tell = move
        if event is None:
            let_see_and_tell(chat.id, tell, now)
        else:
            _happen_and_tell(chat, event, tell)
        record(
            "chat_moved",
            THE_CLOCK,
            pupil=chat.pupil_id,
            chat=str(chat.key),
            move=event.kind if event else "told_as_well",
            to=event.to_adult_id if event else None,
        )
        ring_everyone(chat.id)
        return True


def _was_said_before_closing(chat: Chat, now: datetime) -> bool:
    """Worked out only where it counts: for two thousand requests it takes as long as reading them."""
    return chat.state == "coming" and school_calendar().open_between(chat.since, now) < now - chat.since


def _locked(chat_id: int) -> Chat | None:
    """The request, if it is still open and nobody else is changing it just now."""
    return db.session.scalar(
        select(Chat)
        .where(Chat.id == chat_id, Chat.state.in_(OPEN))
        .with_for_update(of=Chat, skip_locked=True)
        .execution_options(populate_existing=True)
    )


def _happen_and_tell(chat: Chat, event: Event, tell: dict[int, str]) -> None:
    had_it = chat.owner_id
    happen(chat, event)
    if event.kind == "passed_on" and had_it is not None and had_it != event.to_adult_id:
        tell = {had_it: "moved_on"} | tell
    ring_anew(chat.id, tell, event.at)
    let_see_and_tell(chat.id, tell, event.at)
