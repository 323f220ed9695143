"""Writing a lived term into the database, many rows at a time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from kiosk.alerts.store import tell
from kiosk.chats.models import Chat, ChatAudience, ChatEvent, Helped, Outcome
from kiosk.chats.rules import due_at, state_of
from kiosk.db import writing
from kiosk.demo.afterwards import Afterwards, WrittenUp
from kiosk.demo.answering import LivedChat
from kiosk.demo.days import ZONE
from kiosk.demo.hazelwood import DemoAdult, DemoPupil
from kiosk.demo.life import Term
from kiosk.demo.moods import LivedCheckIn
from kiosk.feelings.models import CheckIn
from kiosk.feelings.rules import step_of
from kiosk.feelings.store import Scale, current_scale
from kiosk.people.models import Pupil
from kiosk.people.store import home_class_id
from kiosk.school.store import school_calendar, settings


def keep_term(
    lived: Term, pupils: Sequence[DemoPupil], adults: Sequence[DemoAdult], tablets: Mapping[str, int]
) -> None:
    """Store a term, all of it or nothing.

    Args:
        lived: what happened.
        pupils: the children it happened to.
        adults: the adults of their classes.
        tablets: the id of each class's tablet.
    """
    class_of = {pupil.id: pupil.class_name for pupil in pupils}
    tablet_of = {pupil_id: tablets[name] for pupil_id, name in class_of.items()}
    helper_of = {name: _helper(adults, name) for name in tablets}
    with writing() as session:
        scale = current_scale()
        rows = session.execute(select(Pupil.id, home_class_id().label("class_id")))
        class_ids = {row.id: row.class_id for row in rows}
        session.execute(
            insert(CheckIn),
            [
                _check_in_row(
                    check_in, scale, tablet_of[check_in.pupil_id], helper_of[class_of[check_in.pupil_id]]
                )
                | {"class_id": class_ids[check_in.pupil_id]}
                for check_in in lived.check_ins
            ],
        )
        ids = _keep_chats(session, lived.chats, tablet_of)
        _keep_afterwards(session, lived.afterwards, ids, tablet_of)


def _helper(adults: Sequence[DemoAdult], class_name: str) -> int:
    """Who enters a step for a child of this class who shows it on their fingers."""
    of_class = [adult for adult in adults if class_name in adult.class_names]
    return min(of_class, key=lambda adult: (adult.post.job != "helper", adult.id)).id


def _check_in_row(check_in: LivedCheckIn, scale: Scale, tablet_id: int, helper_id: int) -> dict[str, Any]:
    return {
        "key": check_in.key,
        "pupil_id": check_in.pupil_id,
        "tablet_id": None if check_in.shown_on_fingers else tablet_id,
        "entered_by_id": helper_id if check_in.shown_on_fingers else None,
        "scale_version_id": scale.id,
        "step": step_of(check_in.intensity, scale.direction),
        "intensity": check_in.intensity,
        "felt_at": check_in.felt_at,
        "received_at": check_in.received_at,
        "school_day": check_in.school_day,
        "hour": check_in.felt_at.astimezone(ZONE).hour,
        "clock_odd": False,
    }


def _keep_chats(session: Session, chats: Sequence[LivedChat], tablet_of: Mapping[int, int]) -> dict[UUID, int]:
    """Store the requests: the id of each by its key."""
    session.execute(insert(Chat), [_chat_row(life, tablet_of[life.chat.pupil_id]) for life in chats])
    ids = {row.key: row.id for row in session.execute(select(Chat.key, Chat.id))}
    session.execute(
        insert(ChatEvent),
        [row for life in chats for row in _event_rows(ids[life.chat.key], life, tablet_of[life.chat.pupil_id])],
    )
    session.execute(
        insert(ChatAudience),
        [
            {"chat_id": ids[life.chat.key], "adult_id": seat.adult_id, "why": seat.why, "since": seat.since}
            for life in chats
            for seat in life.seats.values()
        ],
    )
    for life in chats:
        if state_of(life.events).state == "asked":
            tell(ids[life.chat.key], {seat.adult_id: seat.why for seat in life.seats.values()}, life.newest)
    return ids


def _keep_afterwards(
    session: Session, came: Sequence[Afterwards], ids: Mapping[UUID, int], tablet_of: Mapping[int, int]
) -> None:
    written = [_outcome_row(ids[one.life.chat.key], one.written) for one in came if one.written is not None]
    session.execute(insert(Outcome), written)
    said = [
        {
            "chat_id": ids[one.life.chat.key],
            "said": one.said.said,
            "said_at": one.said.at,
            "received_at": one.said.at,
            "tablet_id": tablet_of[one.life.chat.pupil_id],
        }
        for one in came
        if one.said is not None
    ]
    session.execute(insert(Helped), said)


def _outcome_row(chat_id: int, written: WrittenUp) -> dict[str, Any]:
    done_by = written.entry.follow_up_by_id if written.followed_up_at is not None else None
    return {
        **asdict(written.entry),
        "did": list(written.entry.did),
        "helped": list(written.entry.helped),
        "chat_id": chat_id,
        "written_by_id": written.by_id,
        "written_at": written.at,
        "followed_up_at": written.followed_up_at,
        "followed_up_by_id": done_by,
    }


def _chat_row(life: LivedChat, tablet_id: int) -> dict[str, Any]:
    state = state_of(life.events)
    within = float(settings()["answer_within_seconds"])
    return {
        "key": life.chat.key,
        "pupil_id": life.chat.pupil_id,
        "asked_for_id": life.chat.asked_for_id,
        "check_in_key": life.chat.check_in_key,
        "tablet_id": tablet_id,
        "wants": life.chat.wants,
        "when": life.chat.when,
        "how": life.chat.how,
        "about": list(life.chat.about),
        "asked_at": life.chat.asked_at,
        "received_at": life.events[0].at,
        "school_day": life.school_day,
        "clock_odd": False,
        "asked_cannot_wait": life.chat.cannot_wait,
        "state": state.state,
        "owner_id": state.owner_id,
        "since": state.since,
        "coming_at": state.coming_at,
        "cannot_wait": state.cannot_wait,
        "hurried_at": state.hurried_at,
        "due_at": due_at(state, within, school_calendar().add_open_seconds),
        "answered_at": state.answered_at,
        "ended_at": state.ended_at,
    }


def _event_rows(chat_id: int, life: LivedChat, tablet_id: int) -> Iterator[dict[str, Any]]:
    for number, event in enumerate(life.events, 1):
        yield {
            "chat_id": chat_id,
            "number": number,
            "at": event.at,
            "kind": event.kind,
            "adult_id": event.adult_id,
            "to_adult_id": event.to_adult_id,
            "tablet_id": tablet_id if event.adult_id is None else None,
            "coming_at": event.coming_at,
            "note": event.note,
        }
