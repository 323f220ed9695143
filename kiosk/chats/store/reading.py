"""Reading requests: as the child's tablet may know them, and as an adult's board shows them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, cast
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, func, or_, select

from kiosk.chats.models import Chat, ChatAudience, ChatEvent
from kiosk.chats.passing_on import Around, duty_is_told
from kiosk.chats.rules import OPEN, State
from kiosk.chats.store.changing import surroundings, told_of
from kiosk.chats.store.scope import Asker, NoSuchChat, of_tablet, visible_to
from kiosk.db import db, utc_now
from kiosk.people.models import Adult, Enrolment, Pupil, SchoolClass
from kiosk.people.rules import full_name
from kiosk.people.tablets import PairedTablet

CAME_BY = ("asked", "handed_over", "passed_on", "escalated", "reopened")
"""The events that give a request to somebody."""


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


def board(asker: Asker) -> list[WaitingChat]:
    """The open requests this adult may see: those who cannot wait first, then the longest waiting."""
    return _waiting(visible_to(asker), asker.adult_id)


def _waiting(scope: ColumnElement[bool], adult_id: int) -> list[WaitingChat]:
    owner, asked_for = Adult.__table__.alias("owner"), Adult.__table__.alias("asked_for")
    newest = (
        select(func.max(ChatEvent.number)).where(ChatEvent.chat_id == Chat.id).correlate(Chat).scalar_subquery()
    )
    came_by = (
        select(ChatEvent.kind)
        .where(ChatEvent.chat_id == Chat.id, ChatEvent.kind.in_(CAME_BY))
        .order_by(ChatEvent.number.desc())
        .limit(1)
        .correlate(Chat)
        .scalar_subquery()
    )
    home = (
        select(SchoolClass.name)
        .join(Enrolment, Enrolment.class_id == SchoolClass.id)
        .where(Enrolment.pupil_id == Pupil.id)
        .order_by(Enrolment.home.desc(), SchoolClass.id)
        .limit(1)
        .correlate(Pupil)
        .scalar_subquery()
    )
    rows = db.session.execute(
        select(
            Chat.id,
            Chat.key,
            newest.label("number"),
            Chat.pupil_id,
            Pupil.given_name,
            Pupil.known_as,
            Pupil.family_name,
            Pupil.picture,
            Pupil.left_on.is_not(None).label("has_left"),
            home.label("class_name"),
            Chat.asked_for_id,
            asked_for.c.called.label("asked_for"),
            Chat.state,
            Chat.owner_id,
            owner.c.called.label("owner"),
            ChatAudience.why,
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
            came_by.label("came_by"),
            Chat.late,
            Chat.level,
        )
        .join(Pupil, Pupil.id == Chat.pupil_id)
        .outerjoin(owner, owner.c.id == Chat.owner_id)
        .outerjoin(asked_for, asked_for.c.id == Chat.asked_for_id)
        .outerjoin(ChatAudience, and_(ChatAudience.chat_id == Chat.id, ChatAudience.adult_id == adult_id))
        .where(Chat.state.in_(OPEN), scope)
        .order_by(Chat.cannot_wait.desc(), Chat.received_at, Chat.id)
    )
    return [
        WaitingChat(
            row.id,
            row.key,
            row.number,
            row.pupil_id,
            full_name(row.given_name, row.known_as, row.family_name),
            row.picture,
            row.class_name or "",
            row.asked_for_id,
            row.asked_for,
            row.state,
            row.owner_id,
            row.owner,
            row.why,
            row.wants,
            row.when,
            row.how,
            tuple(row.about),
            tuple(row.about_maybe),
            tuple(row.about_not_today),
            row.check_in_key,
            row.received_at,
            row.since,
            row.coming_at,
            row.cannot_wait,
            row.due_at,
            row.asked_at,
            row.came_by,
            row.late,
            row.level,
            row.known_as or row.given_name,
            row.has_left,
        )
        for row in rows
    ]
