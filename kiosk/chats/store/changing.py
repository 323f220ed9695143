"""The one way a request changes: an event is added, the state follows, and those concerned are told."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import datetime
from itertools import chain
from typing import cast

from sqlalchemy import exists, func, insert, or_, select

from kiosk.alerts.models import Alert
from kiosk.alerts.reaching import can_be_told
from kiosk.alerts.store import ring, tell
from kiosk.chats.models import Chat, ChatAudience, ChatEvent
from kiosk.chats.passing_on import Around, Wish, beside, wish_after
from kiosk.chats.rules import OPEN, ChatState, Event, Kind, Level, State, due_at, state_after
from kiosk.chats.store.never_alone import never_alone
from kiosk.chats.store.scope import SEE_ALL_ROLES
from kiosk.db import db, insert_for
from kiosk.people.store import adult_ids_with_roles, adults_with_role, high5_of, trusted_adults
from kiosk.school.store import local_now, school_calendar, settings

MOST_IN_A_LIST = 500
"""Beyond this it is quicker to read all that is open than to name each."""

WAITS_UNTIL_BACK = frozenset({"asked", "reopened"})
"""Why an adult is told who need not be here: whoever is asked for has cover meanwhile."""


def happen(chat: Chat, event: Event, *, tablet_id: int | None = None, device: str | None = None) -> None:
    """Add the event and bring the derived columns in step with it.

    Args:
        chat: the request.
        event: what happens to it.
        tablet_id: the tablet on which a child did it.
        device: what the adult who did it held.
    """
    number = db.session.scalar(select(func.max(ChatEvent.number)).where(ChatEvent.chat_id == chat.id)) or 0
    keep_state(chat, state_after(state_of_row(chat), event))
    add_event(chat.id, number + 1, event, tablet_id=tablet_id, device=device)


def keep_state(chat: Chat, state: ChatState) -> None:
    """Copy the derived state into the row, and work out by when it needs its next answer."""
    chat.state = state.state
    chat.owner_id = state.owner_id
    chat.since = state.since
    chat.coming_at = state.coming_at
    chat.cannot_wait = state.cannot_wait
    chat.level = state.level
    chat.nudged = state.nudged
    chat.late = state.late
    chat.hurried_at = state.hurried_at
    chat.answered_at = state.answered_at
    chat.ended_at = state.ended_at
    chat.due_at = _due_at(state)


def due_now(chat: Chat) -> datetime:
    """By when an open request needs its next answer, by the school's hours, days and promise as set now."""
    return _due_at(state_of_row(chat))


def _due_at(state: ChatState) -> datetime:
    return due_at(state, float(settings()["answer_within_seconds"]), school_calendar().add_open_seconds)


def state_of_row(chat: Chat) -> ChatState:
    """The state as the row keeps it."""
    return ChatState(
        state=cast(State, chat.state),
        owner_id=chat.owner_id,
        since=chat.since,
        coming_at=chat.coming_at,
        cannot_wait=chat.cannot_wait,
        level=cast(Level, chat.level),
        nudged=chat.nudged,
        late=chat.late,
        hurried_at=chat.hurried_at,
        answered_at=chat.answered_at,
        ended_at=chat.ended_at,
    )


def has_just_happened(chat: Chat, event: Event) -> bool:
    """Whether the newest thing that happened is the very same: a button pressed twice."""
    newest = db.session.scalars(
        select(ChatEvent).where(ChatEvent.chat_id == chat.id).order_by(ChatEvent.number.desc()).limit(1)
    ).one()
    happened = (newest.kind, newest.adult_id, newest.to_adult_id, newest.coming_at, newest.note)
    return happened == (event.kind, event.adult_id, event.to_adult_id, event.coming_at, event.note)


def opened_again(chat: Chat) -> int:
    """The number of the event that opened a request again last; 0 when none did."""
    numbers = select(func.max(ChatEvent.number)).where(ChatEvent.chat_id == chat.id, ChatEvent.kind == "reopened")
    return db.session.scalar(numbers) or 0


def add_event(
    chat_id: int, number: int, event: Event, *, tablet_id: int | None, device: str | None = None
) -> None:
    """Add one event; of two writers with the same number the database refuses the second."""
    db.session().execute(
        insert(ChatEvent).values(
            chat_id=chat_id,
            number=number,
            at=event.at,
            kind=event.kind,
            adult_id=event.adult_id,
            to_adult_id=event.to_adult_id,
            tablet_id=tablet_id,
            device=device,
            coming_at=event.coming_at,
            level=event.level,
            note=event.note,
        )
    )


def let_see_and_tell(chat_id: int, why: Mapping[int, str], at: datetime, *, silent: int | None = None) -> None:
    """Let these adults see the request and tell them; who could see it already still can."""
    connection = db.session().connection()
    rows = [
        {"chat_id": chat_id, "adult_id": adult_id, "why": reason, "since": at}
        for adult_id, reason in sorted(why.items())
    ]
    if rows:
        connection.execute(insert_for(connection, ChatAudience).on_conflict_do_nothing(), rows)
    reasons = {adult: reason for adult, reason in why.items() if adult != silent}
    tell(chat_id, reasons, at, on_the_board_only=_at_home(reasons, at))


def _at_home(reasons: Mapping[int, str], at: datetime) -> set[int]:
    """Who is asked and not in school any more today: their phone is left alone, and rings when they are back.

    While nobody at all is here nobody is left alone.
    """
    waits = [adult for adult, reason in reasons.items() if reason in WAITS_UNTIL_BACK]
    if not waits or "nobody_here" in reasons.values():
        return set()
    now = local_now(at)
    return {adult.id for adult in trusted_adults(waits) if not adult.presence.is_still_here(now)}


def told_of(chat_ids: Collection[int]) -> dict[int, set[int]]:
    """Everyone who knows of each of these open requests; once it was opened again, everyone who does since."""
    began = (
        select(func.max(ChatEvent.at))
        .where(ChatEvent.chat_id == ChatAudience.chat_id, ChatEvent.kind == "reopened")
        .correlate(ChatAudience)
        .scalar_subquery()
    )
    rung = exists(1).where(
        Alert.chat_id == ChatAudience.chat_id,
        Alert.adult_id == ChatAudience.adult_id,
        Alert.created_at >= began,
    )
    had_it = exists(1).where(
        ChatEvent.chat_id == ChatAudience.chat_id,
        ChatEvent.to_adult_id == ChatAudience.adult_id,
        ChatEvent.at >= began,
    )
    asked = (
        select(ChatAudience.chat_id, ChatAudience.adult_id)
        .join(Chat, Chat.id == ChatAudience.chat_id)
        .where(Chat.state.in_(OPEN), or_(began.is_(None), ChatAudience.since >= began, rung, had_it))
    )
    few = len(chat_ids) <= MOST_IN_A_LIST
    rows = db.session.execute(asked.where(Chat.id.in_(list(chat_ids))) if few else asked)
    told: dict[int, set[int]] = {chat_id: set() for chat_id in chat_ids}
    for chat_id, adult_id in rows:
        if chat_id in told:
            told[chat_id].add(adult_id)
    return told


def not_alone(chat: Chat, at: datetime) -> dict[int, str]:
    """Who must be told of an open request as well, because a concern is open about those who have it."""
    if not never_alone([chat.pupil_id])[chat.pupil_id]:
        return {}
    return beside(chat.owner_id, told_of([chat.id])[chat.id], around(chat.pupil_id, chat.owner_id, at))


def ring_everyone(chat_id: int, *, as_well: Collection[int] = ()) -> None:
    """Ring for all whose board shows this request, once and last in a transaction.

    Rung twice in one, two transactions could wait for each other.

    Args:
        chat_id: the request.
        as_well: for whom else.
    """
    told = db.session.scalars(select(ChatAudience.adult_id).where(ChatAudience.chat_id == chat_id))
    ring({*told, *as_well} | adult_ids_with_roles(*SEE_ALL_ROLES))


def around(pupil_id: int, asked_for: int | None, at: datetime, told: Collection[int] = ()) -> Around:
    """Whom a request of this pupil could reach at this moment.

    Args:
        pupil_id: the child who asks.
        asked_for: who is asked, or has it.
        at: the moment.
        told: who knows of it already.
    """
    others = {*told} if asked_for is None else {asked_for, *told}
    return surroundings([pupil_id], others, at)[pupil_id]


def wishes(chats: Collection[Chat]) -> dict[int, Wish]:
    """Whom the child chose, for each of these open requests whose chosen adult has not had their time to answer.

    What somebody has, and what has been theirs from the start, needs no look at its events.
    """
    asked = [chat for chat in chats if chat.owner_id != chat.asked_for_id or chat.level == "nobody"]
    if not asked:
        return {}
    few = len(asked) <= MOST_IN_A_LIST
    which = ChatEvent.chat_id.in_([chat.id for chat in asked]) if few else Chat.state.in_(OPEN)
    rows = db.session.execute(
        select(
            ChatEvent.chat_id,
            ChatEvent.kind,
            ChatEvent.at,
            ChatEvent.adult_id,
            ChatEvent.to_adult_id,
            ChatEvent.coming_at,
            ChatEvent.note,
            ChatEvent.level,
        )
        .join(Chat, Chat.id == ChatEvent.chat_id)
        .where(which)
        .order_by(ChatEvent.chat_id, ChatEvent.number)
    )
    events: dict[int, list[Event]] = defaultdict(list)
    for row in rows:
        events[row.chat_id].append(Event(cast(Kind, row.kind), row.at, *row[3:7], level=cast(Level, row.level)))
    calendar = school_calendar()
    found = {
        chat.id: wish_after(
            chat.asked_for_id,
            events[chat.id],
            overnight=chat.answered_at is None and not calendar.is_open(chat.since),
        )
        for chat in asked
    }
    return {chat_id: wish for chat_id, wish in found.items() if wish is not None}


def surroundings(pupil_ids: Collection[int], adult_ids: Collection[int], at: datetime) -> dict[int, Around]:
    """Whom requests of these pupils could reach at this moment.

    Args:
        pupil_ids: the children who ask.
        adult_ids: adults outside the chain whose presence matters as well (who was asked, has it, knows of it).
        at: the moment.
    """
    now = local_now(at)
    named = high5_of(pupil_ids)
    on_duty, leads, others = adults_with_role("duty"), adults_with_role("dsl"), trusted_adults(adult_ids)
    everyone = [*chain.from_iterable(named.values()), *on_duty, *leads, *others]
    here = {adult.id for adult in everyone if adult.can_receive(now)}
    told = can_be_told(here, at)
    touched = never_alone(pupil_ids)
    gone = {adult.id for adult in everyone if not adult.has_account or adult.presence.has_gone(now.date())}
    again = {adult.id: adult.presence.here_again_at(now) for adult in everyone if adult.has_account}
    return {
        pupil_id: Around(
            high5=[adult.id for adult in named[pupil_id]],
            on_duty=[adult.id for adult in on_duty],
            leads=[adult.id for adult in leads],
            can_receive=here.__contains__,
            has_gone=gone.__contains__,
            back_at=again.get,
            can_be_told=told.__contains__,
            never_alone=touched[pupil_id],
        )
        for pupil_id in pupil_ids
    }
