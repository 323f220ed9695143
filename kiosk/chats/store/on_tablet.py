"""Requests as the child's tablet may know them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import or_, select

from kiosk.chats.models import Chat, ChatEvent
from kiosk.chats.passing_on import Around, duty_is_told
from kiosk.chats.rules import OPEN, State
from kiosk.chats.store.changing import surroundings, told_of
from kiosk.chats.store.scope import NoSuchChat, of_tablet
from kiosk.db import db, utc_now
from kiosk.people.models import Adult, Pupil
from kiosk.people.tablets import PairedTablet


@dataclass(frozen=True)
class TabletChat:
    """A request as the child's tablet may know it."""

    key: UUID
    pupil_id: int
    state: State
    with_id: int | None
    with_name: str | None
    with_place: str | None
    coming_at: datetime | None
    cannot_wait: bool
    due_at: datetime
    since: datetime
    late: bool
    level: str
    nobody_is_here: bool = False
    """Nobody has answered, and nothing would reach any adult it could go to: no board, no phone, no mailbox."""
    duty_told: bool = False
    """The child cannot wait, and everyone on duty who is in was told, one of whom at least would hear of it."""

    def is_overdue(self, at: datetime) -> bool:
        """Whether the child has waited longer than the school promised."""
        return self.state in OPEN and (self.late or at > self.due_at)


_HURRY = (
    select(ChatEvent.level)
    .where(ChatEvent.chat_id == Chat.id, ChatEvent.kind == "cannot_wait")
    .order_by(ChatEvent.number.desc())  # opened again, a child may say it again
    .limit(1)
    .correlate(Chat)
    .scalar_subquery()
)
_TABLET_CHAT = (
    select(
        Chat.id,
        Chat.key,
        Chat.pupil_id,
        Chat.state,
        Chat.owner_id.label("with_id"),
        Adult.called.label("with_name"),
        Adult.place.label("with_place"),
        Chat.coming_at,
        Chat.cannot_wait,
        Chat.due_at,
        Chat.since,
        Chat.late,
        Chat.level,
        _HURRY.label("hurried_to"),
    )
    .join(Pupil, Pupil.id == Chat.pupil_id)
    .outerjoin(Adult, Adult.id == Chat.owner_id)
)


def chat_on_tablet(key: UUID, tablet: PairedTablet) -> TabletChat:
    """One request of this tablet's pupils.

    Raises:
        NoSuchChat: not there, or not this tablet's.
    """
    row = db.session.execute(_TABLET_CHAT.where(Chat.key == key, of_tablet(tablet))).one_or_none()
    if row is None:
        raise NoSuchChat
    return _as_it_stands([row])[0]


def chats_on_tablet(tablet: PairedTablet, day: date) -> list[TabletChat]:
    """The requests of this tablet's pupils that are open, or were asked on this school day; oldest first."""
    rows = db.session.execute(
        _TABLET_CHAT.where(of_tablet(tablet), or_(Chat.state.in_(OPEN), Chat.school_day == day)).order_by(
            Chat.received_at, Chat.id
        )
    )
    return _as_it_stands(rows.all())


def _as_it_stands(rows: Sequence[Any]) -> list[TabletChat]:
    """The requests with what only this moment can tell: whether anybody would hear of what nobody has answered."""
    asked = [row for row in rows if row.state == "asked"]
    now, told = utc_now(), told_of([row.id for row in asked]) if asked else {}
    known = {adult for knows in told.values() for adult in knows}
    reach = surroundings({row.pupil_id for row in asked}, known, now) if asked else {}
    return [_tablet_chat(row, told.get(row.id, set()), reach.get(row.pupil_id)) for row in rows]


def _tablet_chat(row: Any, told: set[int], around: Around | None) -> TabletChat:
    kept = {name: value for name, value in row._mapping.items() if name not in ("id", "hurried_to")}
    asked = around if row.state == "asked" else None
    return TabletChat(
        **kept,
        nobody_is_here=asked is not None and not asked.anybody(told),
        duty_told=row.cannot_wait
        and (row.hurried_to == "duty" or (asked is not None and duty_is_told(told, asked))),
    )
