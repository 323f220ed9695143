"""Open requests as an adult's board shows them, and how one stands for whom an answer came too late."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast
from uuid import UUID

from sqlalchemy import and_, exists, func, select
from sqlalchemy.orm import aliased

from kiosk.chats.models import Chat, ChatAudience, ChatEvent
from kiosk.chats.rules import OPEN, State
from kiosk.chats.store.scope import Asker, NoSuchChat, visible_to
from kiosk.db import db
from kiosk.people.models import Adult, Enrolment, Pupil, SchoolClass
from kiosk.people.rules import full_name

CAME_BY = ("asked", "handed_over", "passed_on", "escalated", "reopened")
"""The events that give a request to somebody."""


@dataclass(frozen=True)
class WaitingChat:
    """An open request as the board shows it to one adult."""

    id: int
    key: UUID
    number: int
    """Of its newest event: what the adult knew when answering."""
    pupil_id: int
    pupil_name: str
    pupil_picture: str
    class_name: str
    asked_for_id: int | None
    asked_for: str | None
    state: State
    owner_id: int | None
    owner: str | None
    why: str | None
    """Why this adult sees it; nothing for one who sees all."""
    wants: str
    when: str
    how: str | None
    about: tuple[str, ...]
    about_maybe: tuple[str, ...]
    about_not_today: tuple[str, ...]
    check_in_key: UUID | None
    received_at: datetime
    since: datetime
    coming_at: datetime | None
    cannot_wait: bool
    due_at: datetime
    asked_at: datetime
    """By the tablet's clock; earlier than ``received_at`` when the tablet was offline."""
    came_by: str
    """How it came to its owner: asked · handed_over · passed_on · escalated · reopened."""
    late: bool
    """The time for an answer has passed at least once since the last answer."""
    level: str
    """How far along its chain it is: asked · high5 · duty · lead · nobody."""
    first_name: str
    """What the child is called."""
    has_left: bool = False
    """The child has left the school since: somebody still has to say what became of it."""

    @property
    def is_taken(self) -> bool:
        """Whether an adult has answered and has it."""
        return self.state in ("seen", "coming")

    def is_overdue(self, at: datetime) -> bool:
        """Whether the child has waited longer than the school promised."""
        return self.late or at > self.due_at

    @property
    def is_handed_over(self) -> bool:
        """Whether an adult gave it to another, who has not answered yet."""
        return self.state == "asked" and self.came_by == "handed_over"


_OWNER, _ASKED_FOR = aliased(Adult), aliased(Adult)
_NEWEST = select(func.max(ChatEvent.number)).where(ChatEvent.chat_id == Chat.id).correlate(Chat).scalar_subquery()
_CAME_BY = (
    select(ChatEvent.kind)
    .where(ChatEvent.chat_id == Chat.id, ChatEvent.kind.in_(CAME_BY))
    .order_by(ChatEvent.number.desc())
    .limit(1)
    .correlate(Chat)
    .scalar_subquery()
)
_HOME_CLASS = (
    select(SchoolClass.name)
    .join(Enrolment, Enrolment.class_id == SchoolClass.id)
    .where(Enrolment.pupil_id == Pupil.id)
    .order_by(Enrolment.home.desc(), SchoolClass.id)
    .limit(1)
    .correlate(Pupil)
    .scalar_subquery()
)
_WAITING = (
    select(
        Chat.id,
        Chat.key,
        _NEWEST.label("number"),
        Chat.pupil_id,
        Pupil.given_name,
        Pupil.known_as,
        Pupil.family_name,
        Pupil.picture.label("pupil_picture"),
        Pupil.left_on.is_not(None).label("has_left"),
        func.coalesce(_HOME_CLASS, "").label("class_name"),
        Chat.asked_for_id,
        _ASKED_FOR.called.label("asked_for"),
        Chat.state,
        Chat.owner_id,
        _OWNER.called.label("owner"),
        Chat.wants,
        Chat.when,
        Chat.how,
        Chat.about,
        Chat.about_maybe,
        Chat.about_not_today,
        Chat.check_in_key,
        Chat.received_at,
        Chat.since,
        Chat.coming_at,
        Chat.cannot_wait,
        Chat.due_at,
        Chat.asked_at,
        _CAME_BY.label("came_by"),
        Chat.late,
        Chat.level,
    )
    .join(Pupil, Pupil.id == Chat.pupil_id)
    .outerjoin(_OWNER, _OWNER.id == Chat.owner_id)
    .outerjoin(_ASKED_FOR, _ASKED_FOR.id == Chat.asked_for_id)
)


def board(asker: Asker) -> list[WaitingChat]:
    """The open requests this adult may see: those who cannot wait first, then the longest waiting."""
    rows = db.session.execute(
        _WAITING.add_columns(ChatAudience.why)
        .outerjoin(ChatAudience, and_(ChatAudience.chat_id == Chat.id, ChatAudience.adult_id == asker.adult_id))
        .where(Chat.state.in_(OPEN), visible_to(asker))
        .order_by(Chat.cannot_wait.desc(), Chat.received_at, Chat.id)
    )
    return [_waiting_chat(row) for row in rows]


def _waiting_chat(row: Any) -> WaitingChat:
    kept: dict[str, Any] = dict(row._mapping)
    given, known_as, family = kept.pop("given_name"), kept.pop("known_as"), kept.pop("family_name")
    for topics in ("about", "about_maybe", "about_not_today"):
        kept[topics] = tuple(kept[topics])
    return WaitingChat(pupil_name=full_name(given, known_as, family), first_name=known_as or given, **kept)


@dataclass(frozen=True)
class Standing:
    """Where a request is now, ended or not, for an adult whose answer came too late."""

    state: State
    owner_id: int | None
    owner: str | None
    coming_at: datetime | None
    child_left: bool = False
    """It ended because the child has left the school."""


def standing(key: UUID, asker: Asker) -> Standing:
    """How a request stands.

    Raises:
        NoSuchChat: not there, or not for this adult.
    """
    child_left = exists(1).where(ChatEvent.chat_id == Chat.id, ChatEvent.kind == "child_left").correlate(Chat)
    row = db.session.execute(
        select(Chat.state, Chat.owner_id, Adult.called, Chat.coming_at, child_left.label("child_left"))
        .outerjoin(Adult, Adult.id == Chat.owner_id)
        .where(Chat.key == key, visible_to(asker))
    ).one_or_none()
    if row is None:
        raise NoSuchChat
    return Standing(cast(State, row.state), row.owner_id, row.called, row.coming_at, row.child_left)
