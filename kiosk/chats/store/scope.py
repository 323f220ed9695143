"""Who asks about requests, and what they may see of them: in the WHERE of every statement."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import aliased

from kiosk.audit import Actor
from kiosk.chats.models import Chat, ChatAudience, ChatEvent
from kiosk.chats.rules import OPEN
from kiosk.db import db
from kiosk.people.models import Enrolment, Pupil, TabletClass
from kiosk.people.tablets import PairedTablet

SEE_ALL_ROLES = ("duty", "dsl")


class NoSuchChat(Exception):
    """A request that is not there, or not for this asker: the two must look the same."""


@dataclass(frozen=True)
class Asker:
    """A signed-in adult, as the scope of every question about requests."""

    adult_id: int
    account_id: int
    sees_all: bool
    """On duty, or a safeguarding lead."""
    is_lead: bool = False
    """A safeguarding lead: may sign off what somebody else talked about, and read why a request was escalated."""
    device: str | None = None
    """What they hold, in a word or two; it stands beside what they do."""

    @property
    def actor(self) -> Actor:
        """This adult as the one who does something."""
        return Actor(account_id=self.account_id, adult_id=self.adult_id)


def visible_to(asker: Asker) -> ColumnElement[bool]:
    """The scope of an adult: requests they were told of; every one on duty and for safeguarding leads."""
    audience = aliased(ChatAudience)
    told = exists(1).where(audience.chat_id == Chat.id, audience.adult_id == asker.adult_id).correlate(Chat)
    return Chat.id.is_not(None) if asker.sees_all else told


def of_tablet(tablet: PairedTablet) -> ColumnElement[bool]:
    """The scope of a tablet: requests of its pupils, and those made on it, in statements that join ``Pupil``.

    A child who changes class while waiting can still be OK now, or unable to wait, on the tablet they asked on.
    """
    shown = (
        exists(1)
        .where(
            Enrolment.pupil_id == Chat.pupil_id,
            TabletClass.class_id == Enrolment.class_id,
            TabletClass.tablet_id == tablet.id,
        )
        .correlate(Chat)
    )
    here = and_(Pupil.left_on.is_(None), Pupil.on_tablet)
    return here if tablet.all_classes else and_(here, or_(shown, Chat.tablet_id == tablet.id))


def load_for_tablet(key: UUID, tablet: PairedTablet) -> Chat:
    """A request that this tablet changes, locked until the transaction ends.

    Raises:
        NoSuchChat: not there, or not this tablet's.
    """
    chat = db.session.scalar(
        select(Chat)
        .join(Pupil, Pupil.id == Chat.pupil_id)
        .where(Chat.key == key, of_tablet(tablet))
        .with_for_update(of=Chat)
        .execution_options(populate_existing=True)
    )
    if chat is None:
        raise NoSuchChat
    return chat


def load_for_asker(key: UUID, asker: Asker) -> tuple[Chat, int]:
    """A request that this adult changes, locked until the transaction ends, and its newest event's number.

    Raises:
        NoSuchChat: not there, or not for this adult.
    """
    chat = db.session.scalar(
        select(Chat)
        .where(Chat.key == key, visible_to(asker))
        .with_for_update(of=Chat)
        .execution_options(populate_existing=True)
    )
    if chat is None:
        raise NoSuchChat
    number = db.session.scalar(select(func.max(ChatEvent.number)).where(ChatEvent.chat_id == chat.id)) or 0
    return chat, number


def lock_open_requests() -> None:
    """Lock every open request, by number, before any other: who locks several would else wait for who has one.

    Seldom needed: only a concern about an adult touches more than one.
    """
    open_ones = select(Chat.id).where(Chat.state.in_(OPEN)).order_by(Chat.id)
    db.session.execute(open_ones.with_for_update(of=Chat))
