"""A child who has left the school waits no more: open requests end by themselves, and who had them is told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, or_, select

from kiosk.alerts.store import stop_ringing
from kiosk.audit import Actor, record
from kiosk.chats.models import Chat, ChatEvent
from kiosk.chats.rules import OPEN, Event
from kiosk.chats.store.changing import happen, ring_everyone
from kiosk.chats.store.scope import Asker
from kiosk.db import db, writing
from kiosk.people.models import Pupil
from kiosk.people.rules import full_name
from kiosk.school.store import local_now, school_calendar

BY_ITSELF = Actor()
OPEN_AT_MOST = timedelta(days=60)
"""How long before its end a request may have been asked, to be told of: so the newest are found by an index."""


@dataclass(frozen=True)
class EndedForLeaver:
    """A request that ended because the child has left the school, for an adult who had it."""

    key: UUID
    pupil_name: str


def waiting_for_leavers(now: datetime) -> list[int]:
    """The open requests of children who have left.

    However they left, by an import or by hand: nobody has to remember it.
    """
    left = select(Chat.id).join(Pupil, Pupil.id == Chat.pupil_id).where(Chat.state.in_(OPEN), _has_left(now))
    return list(db.session.scalars(left.order_by(Chat.id)))


def end_for_leaver(chat_id: int, now: datetime) -> bool:
    """End an open request of a child who has left; nothing when somebody else did, or the child is back."""
    with writing() as session:
        chat = session.scalar(
            select(Chat)
            .join(Pupil, Pupil.id == Chat.pupil_id)
            .where(Chat.id == chat_id, Chat.state.in_(OPEN), _has_left(now))
            .with_for_update(of=Chat, skip_locked=True)
            .execution_options(populate_existing=True)
        )
        if chat is None:
            return False
        happen(chat, Event("child_left", now))
        stop_ringing(chat.id, now)
        record("chat_moved", BY_ITSELF, pupil=chat.pupil_id, chat=str(chat.key), move="child_left", to=None)
        ring_everyone(chat.id)
        return True


def ended_for_leavers(asker: Asker) -> list[EndedForLeaver]:
    """What this adult had, or was asked for, and ended so today or on the school day before; the newest first.

    What nobody had answered while duty was asked is told to whoever sees every request.
    """
    zone, today = school_calendar().zone, local_now().date()
    since = datetime.combine(school_calendar().previous_school_day(today), time(0), zone)
    theirs = or_(Chat.owner_id == asker.adult_id, Chat.asked_for_id == asker.adult_id)
    had_it = or_(theirs, Chat.owner_id.is_(None)) if asker.sees_all else theirs
    ended_so = exists(1).where(ChatEvent.chat_id == Chat.id, ChatEvent.kind == "child_left").correlate(Chat)
    rows = db.session.execute(
        select(Chat.key, Pupil.given_name, Pupil.known_as, Pupil.family_name)
        .join(Pupil, Pupil.id == Chat.pupil_id)
        .where(
            and_(Chat.state == "cancelled", Chat.asked_at >= since - OPEN_AT_MOST, Chat.ended_at >= since),
            had_it,
            ended_so,
        )
        .order_by(Chat.ended_at.desc(), Chat.id.desc())
    )
    return [EndedForLeaver(row.key, full_name(row.given_name, row.known_as, row.family_name)) for row in rows]


def _has_left(now: datetime) -> ColumnElement[bool]:
    return Pupil.left_on <= local_now(now).date()
