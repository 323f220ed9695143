"""After a talk the child is asked once whether it helped; the answer is kept on the tablet's word."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import exists, select

from kiosk.audit import record
from kiosk.chats.models import Chat, ChatEvent, Helped
from kiosk.chats.rules import SAID_HELPED, TALKED
from kiosk.chats.store.scope import NoSuchChat, of_tablet
from kiosk.db import db, insert_for, utc_now, writing
from kiosk.feelings.store import DifferentContent
from kiosk.people.models import Pupil
from kiosk.people.tablets import PairedTablet

ASK_WITHIN = timedelta(days=14)
"""Longer ago than this a child of four does not know which talk is meant."""


def to_ask_helped(pupil_id: int, tablet: PairedTablet) -> UUID | None:
    """The talk this child should be asked about: the newest of the last fortnight, while they were not asked yet.

    An older one is never asked about: a child who was away comes back to one question at most.
    """
    newest = db.session.execute(
        select(Chat.key, exists(1).where(Helped.chat_id == Chat.id).correlate(Chat).label("was_asked"))
        .join(Pupil, Pupil.id == Chat.pupil_id)
        .where(
            Chat.pupil_id == pupil_id,
            Chat.state.in_(TALKED),
            Chat.ended_at >= utc_now() - ASK_WITHIN,
            of_tablet(tablet),
        )
        .order_by(Chat.ended_at.desc(), Chat.id.desc())
        .limit(1)
    ).one_or_none()
    return newest.key if newest is not None and not newest.was_asked else None


def say_helped(key: UUID, tablet: PairedTablet, said: str, said_at: datetime) -> bool:
    """Keep what the child said; whether it is new. The first answer stands, and the same again is fine.

    Args:
        key: a request that somebody talked about, also when it has been opened again since.
        tablet: where the child said it.
        said: one of ``SAID_HELPED``.
        said_at: when, by the tablet's clock.

    Raises:
        NoSuchChat: not there, not this tablet's, or nobody has talked yet.
        DifferentContent: the child said something else before.
        ValueError: not one of the answers.
    """
    if said not in SAID_HELPED:
        raise ValueError(f"{said} is not an answer to whether it helped.")
    with writing() as session:
        talked = exists(1).where(ChatEvent.chat_id == Chat.id, ChatEvent.kind == "talked").correlate(Chat)
        chat = session.execute(
            select(Chat.id, Chat.pupil_id)
            .join(Pupil, Pupil.id == Chat.pupil_id)
            .where(Chat.key == key, talked, of_tablet(tablet))
        ).one_or_none()
        if chat is None:
            raise NoSuchChat
        connection = session.connection()
        new = connection.execute(
            insert_for(connection, Helped)
            .values(chat_id=chat.id, said=said, said_at=said_at, received_at=utc_now(), tablet_id=tablet.id)
            .on_conflict_do_nothing(index_elements=["chat_id"])
            .returning(Helped.chat_id)
        ).first()
        if new is not None:
            record("helped_said", tablet.actor, pupil=chat.pupil_id, chat=str(key))
        elif session.scalar(select(Helped.said).where(Helped.chat_id == chat.id)) != said:
            raise DifferentContent
        return new is not None
