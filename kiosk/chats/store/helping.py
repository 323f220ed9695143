"""After each talk the child is asked once whether it helped; the answer is kept on the tablet's word."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, func, select

from kiosk.audit import record
from kiosk.chats.models import Chat, ChatEvent, Helped
from kiosk.chats.rules import SAID_HELPED, TALKED, TalkKey
from kiosk.chats.store.scope import NoSuchChat, of_tablet
from kiosk.db import db, insert_for, utc_now, writing
from kiosk.feelings.store import DifferentContent
from kiosk.people.models import Pupil
from kiosk.people.tablets import PairedTablet

ASK_WITHIN = timedelta(days=14)
"""Longer ago than this a child of four does not know which talk is meant."""


def talks_so_far() -> ColumnElement[int]:
    """How many talks there were about a request; for statements about ``Chat``."""
    talked = select(func.count()).where(ChatEvent.chat_id == Chat.id, ChatEvent.kind == "talked")
    return talked.correlate(Chat).scalar_subquery()


def said_of_newest_talk() -> ColumnElement[str | None]:
    """What the child said of the newest talk about a request, never of an earlier one; for ``Chat``."""
    said = select(Helped.said).where(Helped.chat_id == Chat.id, Helped.talk == talks_so_far())
    return said.correlate(Chat).scalar_subquery()


def to_ask_helped(pupil_id: int, tablet: PairedTablet) -> TalkKey | None:
    """The talk this child should be asked about: the newest of the last fortnight, while they were not asked yet.

    An older one is never asked about: a child who was away comes back to one question at most.
    """
    newest = db.session.execute(
        select(Chat.key, talks_so_far().label("talks"), said_of_newest_talk().label("said"))
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
    return TalkKey(newest.key, newest.talks) if newest is not None and newest.said is None else None


def say_helped(talk: TalkKey, tablet: PairedTablet, said: str, said_at: datetime) -> bool:
    """Keep what the child said; whether it is new. The first answer stands, and the same again is fine.

    Args:
        talk: a talk, also when its request has been opened again since.
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
        chat = session.execute(
            select(Chat.id, Chat.pupil_id)
            .join(Pupil, Pupil.id == Chat.pupil_id)
            .where(Chat.key == talk.chat, talks_so_far() >= talk.number, of_tablet(tablet))
        ).one_or_none()
        if chat is None:
            raise NoSuchChat
        connection = session.connection()
        values = {"said": said, "said_at": said_at, "received_at": utc_now(), "tablet_id": tablet.id}
        new = connection.execute(
            insert_for(connection, Helped)
            .values(chat_id=chat.id, talk=talk.number, **values)
            .on_conflict_do_nothing(index_elements=["chat_id", "talk"])
            .returning(Helped.chat_id)
        ).first()
        if new is not None:
            record("helped_said", tablet.actor, pupil=chat.pupil_id, chat=str(talk.chat))
        elif session.scalar(select(Helped.said).where(*_of(chat.id, talk))) != said:
            raise DifferentContent
        return new is not None


def _of(chat_id: int, talk: TalkKey) -> tuple[ColumnElement[bool], ...]:
    return Helped.chat_id == chat_id, Helped.talk == talk.number
