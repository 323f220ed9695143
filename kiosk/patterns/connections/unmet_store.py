"""Reading requests that nobody met, by name: those still open, and those that ended without an answer.

Also of children who are left out of patterns: a missed request is the school's, and no profile of a child.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Date, Executable, Select, bindparam, exists, select
from sqlalchemy.orm import aliased

from kiosk.chats.models import Chat, ChatEvent
from kiosk.chats.rules import OPEN
from kiosk.db import db
from kiosk.patterns.connections.asked_store import SchoolTime
from kiosk.people.models import Adult, Pupil, SchoolClass
from kiosk.people.rules import full_name
from kiosk.people.store import home_class_id
from kiosk.school.store import school_calendar


@dataclass(frozen=True, slots=True)
class NotMet:
    """A request of an earlier day that is still open."""

    pupil_id: int
    name: str
    class_name: str
    school_day: date
    asked_for: str | None
    """Nobody means whoever is on duty."""
    is_answered: bool


@dataclass(frozen=True, slots=True)
class Unanswered:
    """A request that ended before anybody had answered it."""

    pupil_id: int
    name: str
    class_name: str
    school_day: date
    asked_for: str | None
    """Nobody means whoever is on duty."""
    waited: timedelta
    """In school time, until it ended."""
    child_left: bool
    """It ended because the child left the school; else the child said "I'm OK now"."""


def still_open(today: date) -> list[NotMet]:
    """Requests of days before today that still wait, oldest first."""
    return [
        NotMet(*_who_asked(row), is_answered=row.answered_at is not None)
        for row in _read(_STILL_OPEN, today=today)
    ]


def never_answered(since: date, today: date) -> list[Unanswered]:
    """Requests of some days that ended before anybody had answered, newest first."""
    time = SchoolTime(school_calendar())
    return [
        Unanswered(
            *_who_asked(row),
            waited=time.between(row.received_at, row.ended_at, row.school_day),
            child_left=row.child_left,
        )
        for row in _read(_NEVER_ANSWERED, since=since, today=today)
    ]


def _who_asked(row: Any) -> tuple[int, str, str, date, str | None]:
    name = full_name(row.given_name, row.known_as, row.family_name)
    return row.pupil_id, name, row.name or "", row.school_day, row.called


_TODAY = bindparam("today", type_=Date())


def _by_name() -> Select[*tuple[Any, ...]]:
    asked_for = aliased(Adult)
    child_left = exists(1).where(ChatEvent.chat_id == Chat.id, ChatEvent.kind == "child_left").correlate(Chat)
    return (
        select(
            Chat.pupil_id,
            Pupil.given_name,
            Pupil.known_as,
            Pupil.family_name,
            SchoolClass.name,
            Chat.school_day,
            asked_for.called,
            Chat.received_at,
            Chat.answered_at,
            Chat.ended_at,
            child_left.label("child_left"),
        )
        .select_from(Chat)
        .join(Pupil, Pupil.id == Chat.pupil_id)
        .outerjoin(SchoolClass, SchoolClass.id == home_class_id())
        .outerjoin(asked_for, asked_for.id == Chat.asked_for_id)
    )


_STILL_OPEN = (
    _by_name()
    .where(
        # Those still open are few and found by their state; by their days it would be every request ever.
        Chat.id.in_(select(Chat.id).where(Chat.state.in_(OPEN))),
        Chat.school_day < _TODAY,
    )
    .order_by(Chat.school_day, Chat.id)
)
_NEVER_ANSWERED = (
    _by_name()
    .where(
        Chat.school_day.between(bindparam("since", type_=Date()), _TODAY),
        Chat.state.not_in(OPEN),
        Chat.answered_at.is_(None),
    )
    .order_by(Chat.school_day.desc(), Chat.id.desc())
)


def _read(statement: Executable, **values: object) -> Sequence[Any]:
    return db.session().connection().execute(statement, values).all()
