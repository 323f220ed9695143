"""Chat requests: asking, answering and reading them, each statement with the asker's scope in it.

Whatever changes a request also tells those concerned, in the same transaction: no caller can take a request
and forget to tell anyone.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import cast
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, func, insert, or_, select
from sqlalchemy.orm import aliased

from kiosk.alerts.store import ring, stop_ringing, tell
from kiosk.audit import Actor, record
from kiosk.chats.models import Chat, ChatAudience, ChatEvent
from kiosk.chats.rules import (
    OPEN,
    ChatState,
    Event,
    Kind,
    NewChat,
    Routing,
    State,
    check_answer,
    due_at,
    route,
    state_after,
)
from kiosk.db import db, insert_for, utc_now, writing
from kiosk.feelings.rules import is_clock_odd
from kiosk.feelings.store import DifferentContent
from kiosk.people.models import Adult, Enrolment, Pupil, SchoolClass, TabletClass
from kiosk.people.store import (
    NotThisTablets,
    adult_ids_with_roles,
    adults_with_role,
    high5_of,
    is_in_high5,
    tablet_shows,
    trusted_adult,
)
from kiosk.people.tablets import PairedTablet
from kiosk.school.store import local_now, school_calendar, settings

SEE_ALL_ROLES = ("duty", "dsl")
ANSWERS: frozenset[Kind] = frozenset({"seen", "coming", "handed_over", "talked"})
"""What an adult may answer; the rest of a request's life is the child's or the clock's."""


class NotInHigh5(Exception):
    """The child asked for an adult who is not one of their High 5."""


class NoSuchChat(Exception):
    """A request that is not there, or not for this asker: the two must look the same."""


class CannotReceive(Exception):
    """A request cannot be handed over to this adult; the message is a sentence."""


@dataclass(frozen=True)
class Asker:
    """A signed-in adult, as the scope of every question about requests."""

    adult_id: int
    account_id: int
    sees_all: bool
    """On duty, or a safeguarding lead."""

    @property
    def actor(self) -> Actor:
        """This adult as the one who does something."""
        return Actor(account_id=self.account_id, adult_id=self.adult_id)


# --- the child asks -------------------------------------------------------------------------------------------


def ask(entry: NewChat, tablet: PairedTablet) -> tuple[UUID, bool]:
    """Keep a request and tell the adults; on disk when this returns. (key, whether it is new).

    Raises:
        NotThisTablets: the pupil is not this tablet's.
        NotInHigh5: the adult is not one of this child's High 5.
        DifferentContent: the id stands for another request.
    """
    received = utc_now()
    with writing() as session:
        if not tablet_shows(tablet, entry.pupil_id):
            raise NotThisTablets
        there = session.scalar(select(Chat).where(Chat.key == entry.key))
        if there is not None:
            _check_same(there, entry)
            return entry.key, False
        if entry.asked_for_id is not None and not is_in_high5(entry.pupil_id, entry.asked_for_id):
            raise NotInHigh5
        odd = is_clock_odd(entry.asked_at, received)
        day = school_calendar().day(received if odd else entry.asked_at)
        routing = _route(entry.pupil_id, entry.asked_for_id, received, entry.cannot_wait)
        events = [Event("asked", received, to_adult_id=routing.owner_id)]
        if entry.cannot_wait:
            events.append(Event("cannot_wait", received))
        state = state_after(None, events[0])
        for event in events[1:]:
            state = state_after(state, event)
        chat = Chat(
            key=entry.key,
            pupil_id=entry.pupil_id,
            asked_for_id=entry.asked_for_id,
            check_in_key=entry.check_in_key,
            tablet_id=tablet.id,
            wants=entry.wants,
            when=entry.when,
            how=entry.how,
            about=list(entry.about),
            asked_at=entry.asked_at,
            received_at=received,
            school_day=day,
            clock_odd=odd,
            asked_cannot_wait=entry.cannot_wait,
        )
        _keep_state(chat, state)
        session.add(chat)
        session.flush()
        for number, event in enumerate(events, 1):
            _add_event(chat.id, number, event, tablet_id=tablet.id)
        _add_audience(chat.id, routing.audience, received)
        record("chat_asked", tablet.actor, pupil=entry.pupil_id, chat=str(entry.key))
        _ring_everyone(chat.id)
        return entry.key, True


def cancel(key: UUID, tablet: PairedTablet) -> None:
    """The child is OK now. Cancelling what has ended already changes nothing.

    Raises:
        NoSuchChat: not a request of this tablet's pupils.
    """
    with writing():
        chat = _load_for_tablet(key, tablet)
        if chat.state not in OPEN:
            return
        _happen(chat, Event("cancelled", utc_now()), tablet_id=tablet.id)
        stop_ringing(chat.id, chat.since)
        record("chat_cancelled", tablet.actor, pupil=chat.pupil_id, chat=str(key))
        _ring_everyone(chat.id)


def cannot_wait(key: UUID, tablet: PairedTablet) -> None:
    """The child cannot wait: everyone on duty is told at once. Saying it twice tells nobody twice.

    Raises:
        NoSuchChat: not a request of this tablet's pupils.
    """
    with writing():
        chat = _load_for_tablet(key, tablet)
        if chat.state not in OPEN or chat.cannot_wait:
            return
        now = utc_now()
        _happen(chat, Event("cannot_wait", now), tablet_id=tablet.id)
        audience = _route(chat.pupil_id, chat.asked_for_id, now, urgent=True).audience
        if chat.owner_id is not None:
            audience.setdefault(chat.owner_id, "handed")  # whoever has it now must hear of it first
        _add_audience(chat.id, audience, now, tell_why="cannot_wait")
        record("chat_cannot_wait", tablet.actor, pupil=chat.pupil_id, chat=str(key))
        _ring_everyone(chat.id)


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

    def is_overdue(self, at: datetime) -> bool:
        """Whether the child has waited longer than the school promised."""
        return self.state in OPEN and at > self.due_at


_TABLET_CHAT = (
    select(
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
    )
    .join(Pupil, Pupil.id == Chat.pupil_id)
    .outerjoin(Adult, Adult.id == Chat.owner_id)
)


def chat_on_tablet(key: UUID, tablet: PairedTablet) -> TabletChat:
    """One request of this tablet's pupils.

    Raises:
        NoSuchChat: not there, or not this tablet's.
    """
    row = db.session.execute(_TABLET_CHAT.where(Chat.key == key, _of_tablet(tablet))).one_or_none()
    if row is None:
        raise NoSuchChat
    return TabletChat(**row._mapping)


def chats_on_tablet(tablet: PairedTablet, day: date) -> list[TabletChat]:
    """The requests of this tablet's pupils that are open, or were asked on this school day; oldest first."""
    rows = db.session.execute(
        _TABLET_CHAT.where(_of_tablet(tablet), or_(Chat.state.in_(OPEN), Chat.school_day == day)).order_by(
            Chat.received_at, Chat.id
        )
    )
    return [TabletChat(**row._mapping) for row in rows]


# --- the adult answers ----------------------------------------------------------------------------------------


def answer(
    key: UUID,
    kind: Kind,
    asker: Asker,
    *,
    seen_number: int,
    take_over: bool = False,
    coming_at: datetime | None = None,
    to_adult_id: int | None = None,
    note: str | None = None,
) -> None:
    """An adult answers: ``seen``, ``coming`` (at a time), ``handed_over`` (to an adult) or ``talked``.

    Args:
        key: the request.
        kind: which answer.
        asker: who answers.
        seen_number: the newest event on the card the adult pressed.
        take_over: the adult knows that somebody has it and takes it all the same.
        coming_at: when they come; nothing means now.
        to_adult_id: to whom it is handed over.
        note: a few words for the record.

    Raises:
        NoSuchChat: not there, or not for this adult.
        AlreadyOver: the request has ended.
        SomebodyHasIt: another adult was faster.
        CannotReceive: it cannot be handed over to that adult.
        ValueError: not an answer of an adult.
    """
    if kind not in ANSWERS:
        raise ValueError(f"{kind} is not an answer.")
    with writing():
        chat, number = _load_for_asker(key, asker)
        check_answer(_state(chat), asker.adult_id, seen_number=seen_number, number=number, take_over=take_over)
        now = utc_now()
        audience = {asker.adult_id: "duty"}
        if kind == "handed_over":
            audience[_check_can_receive(to_adult_id, asker, now)] = "handed"
        event = Event(
            kind,
            now,
            adult_id=asker.adult_id,
            to_adult_id=to_adult_id if kind == "handed_over" else None,
            coming_at=coming_at if kind == "coming" else None,
            note=note,
        )
        _happen(chat, event)
        stop_ringing(chat.id, now)
        _add_audience(chat.id, audience, now, silent=asker.adult_id)
        record("chat_answered", asker.actor, pupil=chat.pupil_id, chat=str(key), answer=kind)
        _ring_everyone(chat.id)


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
    check_in_key: UUID | None
    received_at: datetime
    since: datetime
    coming_at: datetime | None
    cannot_wait: bool
    due_at: datetime
    asked_at: datetime
    """By the tablet's clock; earlier than ``received_at`` when the tablet was offline."""
    came_by: str
    """How it came to its owner: asked · handed_over · passed_on."""

    @property
    def is_taken(self) -> bool:
        """Whether an adult has answered and has it."""
        return self.state in ("seen", "coming")

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


def standing(key: UUID, asker: Asker) -> Standing:
    """How a request stands.

    Raises:
        NoSuchChat: not there, or not for this adult.
    """
    row = db.session.execute(
        select(Chat.state, Chat.owner_id, Adult.called, Chat.coming_at)
        .outerjoin(Adult, Adult.id == Chat.owner_id)
        .where(Chat.key == key, _visible_to(asker))
    ).one_or_none()
    if row is None:
        raise NoSuchChat
    return Standing(cast(State, row.state), row.owner_id, row.called, row.coming_at)


def board(asker: Asker) -> list[WaitingChat]:
    """The open requests this adult may see: those who cannot wait first, then the longest waiting."""
    return _waiting(_visible_to(asker), asker.adult_id)


def all_waiting() -> list[WaitingChat]:
    """Every open request, for the nurture page, which looks at how long children wait."""
    return _waiting(Chat.id.is_not(None), adult_id=None)


def _waiting(scope: ColumnElement[bool], adult_id: int | None) -> list[WaitingChat]:
    owner, asked_for = Adult.__table__.alias("owner"), Adult.__table__.alias("asked_for")
    newest = (
        select(func.max(ChatEvent.number)).where(ChatEvent.chat_id == Chat.id).correlate(Chat).scalar_subquery()
    )
    came_by = (
        select(ChatEvent.kind)
        .where(ChatEvent.chat_id == Chat.id, ChatEvent.kind.in_(("asked", "handed_over", "passed_on")))
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
            Chat.check_in_key,
            Chat.received_at,
            Chat.since,
            Chat.coming_at,
            Chat.cannot_wait,
            Chat.due_at,
            Chat.asked_at,
            came_by.label("came_by"),
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
            f"{row.known_as or row.given_name} {row.family_name}".strip(),
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
            row.check_in_key,
            row.received_at,
            row.since,
            row.coming_at,
            row.cannot_wait,
            row.due_at,
            row.asked_at,
            row.came_by,
        )
        for row in rows
    ]


# --- one change -----------------------------------------------------------------------------------------------


def _happen(chat: Chat, event: Event, *, tablet_id: int | None = None) -> None:
    """Add the event and bring the derived columns in step with it."""
    number = db.session.scalar(select(func.max(ChatEvent.number)).where(ChatEvent.chat_id == chat.id)) or 0
    _keep_state(chat, state_after(_state(chat), event))
    _add_event(chat.id, number + 1, event, tablet_id=tablet_id)


def _keep_state(chat: Chat, state: ChatState) -> None:
    chat.state = state.state
    chat.owner_id = state.owner_id
    chat.since = state.since
    chat.coming_at = state.coming_at
    chat.cannot_wait = state.cannot_wait
    chat.answered_at = state.answered_at
    chat.ended_at = state.ended_at
    chat.due_at = due_at(state, float(settings()["answer_within_seconds"]), school_calendar().add_open_seconds)


def _state(chat: Chat) -> ChatState:
    return ChatState(
        state=cast(State, chat.state),
        owner_id=chat.owner_id,
        since=chat.since,
        coming_at=chat.coming_at,
        cannot_wait=chat.cannot_wait,
        answered_at=chat.answered_at,
        ended_at=chat.ended_at,
    )


def _add_event(chat_id: int, number: int, event: Event, *, tablet_id: int | None) -> None:
    db.session().execute(
        insert(ChatEvent).values(
            chat_id=chat_id,
            number=number,
            at=event.at,
            kind=event.kind,
            adult_id=event.adult_id,
            to_adult_id=event.to_adult_id,
            tablet_id=tablet_id,
            coming_at=event.coming_at,
            note=event.note,
        )
    )


def _add_audience(
    chat_id: int, why: dict[int, str], at: datetime, *, tell_why: str | None = None, silent: int | None = None
) -> None:
    """Let these adults see the request and tell them; who could see it already still can."""
    connection = db.session().connection()
    rows = [
        {"chat_id": chat_id, "adult_id": adult_id, "why": reason, "since": at}
        for adult_id, reason in sorted(why.items())
    ]
    if rows:
        connection.execute(insert_for(connection, ChatAudience).on_conflict_do_nothing(), rows)
    tell(chat_id, {adult: tell_why or reason for adult, reason in why.items() if adult != silent}, at)


def _ring_everyone(chat_id: int) -> None:
    """Ring for all whose board shows this request."""
    told = db.session.scalars(select(ChatAudience.adult_id).where(ChatAudience.chat_id == chat_id))
    ring(set(told) | adult_ids_with_roles(*SEE_ALL_ROLES))


def _route(pupil_id: int, asked_for: int | None, at: datetime, urgent: bool) -> Routing:
    now = local_now(at)
    named = high5_of([pupil_id])[pupil_id]
    on_duty, leads = adults_with_role("duty"), adults_with_role("dsl")
    asked = [adult for adult in [trusted_adult(asked_for)] if adult] if asked_for is not None else []
    here = {adult.id for adult in [*named, *on_duty, *leads, *asked] if adult.can_receive(now)}
    return route(
        asked_for,
        high5=[adult.id for adult in named],
        can_receive=here.__contains__,
        on_duty=[adult.id for adult in on_duty],
        leads=[adult.id for adult in leads],
        cannot_wait=urgent,
    )


def _check_can_receive(adult_id: int | None, asker: Asker, at: datetime) -> int:
    adult = trusted_adult(adult_id) if adult_id is not None else None
    if adult is None:
        raise CannotReceive("Choose who you hand over to.")
    if adult.id == asker.adult_id:
        raise CannotReceive("Choose somebody else to hand over to, not yourself.")
    if not adult.can_receive(local_now(at)):
        raise CannotReceive(f"{adult.called} is not here now. Choose somebody who is.")
    return adult.id


def _check_same(chat: Chat, entry: NewChat) -> None:
    there = (
        chat.pupil_id,
        chat.asked_for_id,
        chat.check_in_key,
        chat.asked_at,
        chat.wants,
        chat.when,
        chat.how,
        tuple(chat.about),
        chat.asked_cannot_wait,
    )
    sent = (
        entry.pupil_id,
        entry.asked_for_id,
        entry.check_in_key,
        entry.asked_at,
        entry.wants,
        entry.when,
        entry.how,
        entry.about,
        entry.cannot_wait,
    )
    if there != sent:
        raise DifferentContent


# --- who may see what -----------------------------------------------------------------------------------------


def _visible_to(asker: Asker) -> ColumnElement[bool]:
    audience = aliased(ChatAudience)
    told = exists(1).where(audience.chat_id == Chat.id, audience.adult_id == asker.adult_id).correlate(Chat)
    return Chat.id.is_not(None) if asker.sees_all else told


def _of_tablet(tablet: PairedTablet) -> ColumnElement[bool]:
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
    return here if tablet.all_classes else and_(here, shown)


def _load_for_tablet(key: UUID, tablet: PairedTablet) -> Chat:
    chat = db.session.scalar(
        select(Chat)
        .join(Pupil, Pupil.id == Chat.pupil_id)
        .where(Chat.key == key, _of_tablet(tablet))
        .with_for_update(of=Chat)
        .execution_options(populate_existing=True)
    )
    if chat is None:
        raise NoSuchChat
    return chat


def _load_for_asker(key: UUID, asker: Asker) -> tuple[Chat, int]:
    chat = db.session.scalar(
        select(Chat)
        .where(Chat.key == key, _visible_to(asker))
        .with_for_update(of=Chat)
        .execution_options(populate_existing=True)
    )
    if chat is None:
        raise NoSuchChat
    number = db.session.scalar(select(func.max(ChatEvent.number)).where(ChatEvent.chat_id == chat.id)) or 0
    return chat, number
