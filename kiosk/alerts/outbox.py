"""The outbox: messages to adults' channels, written in the request's own transaction, sent by whoever claims one.

A claim is a conditional UPDATE whose count of changed rows is checked, so any number of threads and processes may
send: each message goes out once. A claim counts the try and puts the next one off by a lease; a sender that dies
costs its message at most the lease, and what it had sent without writing it down goes out once more. The number of
the try is what a sender proves its claim with afterwards.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any, cast

from flask import current_app
from sqlalchemy import (
    ColumnElement,
    CursorResult,
    Date,
    and_,
    bindparam,
    case,
    exists,
    func,
    insert,
    or_,
    select,
    update,
)
from sqlalchemy.orm import aliased

from kiosk.alerts.models import Alert, Channel, Delivery
from kiosk.alerts.rules import (
    LEASE,
    SENTENCES,
    STAYS_ON_THE_BOARD,
    Words,
    is_given_up,
    mail_address,
    may_be_sent_at,
    retry_after,
)
from kiosk.audit import Actor, record
from kiosk.db import db, insert_for, writing
from kiosk.people.leaving import works_here
from kiosk.people.models import Account, Adult
from kiosk.school.languages import SOURCE
from kiosk.school.store import local_now, settings

OWN_MAIL = "own-mail:"
"""Stands as the address of a channel that mails an adult's own address through the school's server."""
THE_OUTBOX = Actor()

# Why a message was dropped. It may have been on its way just then, and then this says what follows.
_TAKEN, _ANSWERED, _TOLD_AGAIN = "somebody took it", "they answered it", "they were told again"
_NOT_THEIRS, _CHANNEL_OFF = "they do not work here now", "the channel does not work"
_MOST_AT_A_LOOK = 20
_TODAY = bindparam("today", type_=Date())


@dataclass(frozen=True)
class Message:
    """A message that its claimer must send now."""

    id: int
    attempt: int
    channel_id: int
    kind: str
    address: str
    words: Words
    language: str = SOURCE

    @property
    def sentence(self) -> str:
        """What it says, in the language of whoever is told (translations are the pages' own, kiosk/web)."""
        if self.language == SOURCE:
            return SENTENCES[self.words]
        said_in: Callable[[str, str], str] = current_app.extensions["said_in"]
        return said_in(SENTENCES[self.words], self.language)


def _may_be_told() -> ColumnElement[bool]:
    """In statements that select from ``Channel`` and are given ``today``: its adult works here and can sign in."""
    return (
        exists(1)
        .where(
            Account.adult_id == Channel.adult_id,
            Account.active,
            Adult.id == Channel.adult_id,
            works_here(_TODAY),
        )
        .correlate(Channel)
    )


_TOLD_NOW = (
    select(Alert.id.label("alert_id"), Channel.id.label("channel_id"), Channel.quiet_from, Channel.quiet_until)
    .join(Channel, Channel.adult_id == Alert.adult_id)
    .where(
        Alert.created_at == bindparam("at"),
        Alert.quiet_at.is_(None),
        Alert.reason.not_in(STAYS_ON_THE_BOARD),
        Channel.disabled_at.is_(None),
        _may_be_told(),
    )
    .order_by(Alert.id, Channel.id)
    .with_for_update(of=Channel, read=True, key_share=True)  # a channel removed meanwhile must not stop a child
)
_NEWLY_TOLD = _TOLD_NOW.where(
    Alert.chat_id == bindparam("chat_id"), Alert.adult_id.in_(bindparam("adults", expanding=True))
)
_NEWLY_TOLD_OF_CONCERN = _TOLD_NOW.where(Alert.concern_id == bindparam("concern_id"))


def write_messages(chat_id: int, at: datetime, adult_ids: Collection[int]) -> None:
    """A message to every channel of those of these adults who were told of this request at ``at``, and not before.

    What still waits for the same channel and says less is dropped: an older message about this request, and
    "taken care of" about any. Of others, told at the same moment for another reason, nothing is touched: an adult
    who hands over tells the receiver first, and then who must know of it as well.
    """
    newly = {"chat_id": chat_id, "adults": sorted(adult_ids)} | _moment(at)
    told = db.session().connection().execute(_NEWLY_TOLD, newly).all()
    if not told:
        return
    about_this = Delivery.alert_id.in_(select(Alert.id).where(Alert.chat_id == chat_id))
    _drop(
        _TOLD_AGAIN,
        at,
        Delivery.channel_id.in_({row.channel_id for row in told}),
        or_(Delivery.words == "taken", and_(Delivery.words == "asked", about_this)),
    )
    _add(told, "asked", at)


def write_concern_messages(concern_id: int, at: datetime) -> None:
    """A message to every channel of each lead who was told of this concern at ``at``.

    An older one that still waits for the same channel is dropped, and so is "taken care of".
    """
    concern = {"concern_id": concern_id} | _moment(at)
    told = db.session().connection().execute(_NEWLY_TOLD_OF_CONCERN, concern).all()
    if told:
        _drop(
            _TOLD_AGAIN,
            at,
            Delivery.channel_id.in_({row.channel_id for row in told}),
            or_(Delivery.words == "taken", and_(Delivery.words == "concern", _is_about_concern(concern_id))),
        )
    _add(told, "concern", at)


def drop_concern_messages(concern_id: int, at: datetime, *whose: ColumnElement[bool]) -> None:
    """A concern is seen or closed: what still waits about it says nothing new.

    Args:
        concern_id: the concern.
        at: when.
        whose: of whose alerts, as conditions on ``Alert``; left out, of everybody's.
    """
    _drop(_ANSWERED, at, Delivery.words == "concern", _is_about_concern(concern_id, *whose))


def _is_about_concern(concern_id: int, *whose: ColumnElement[bool]) -> ColumnElement[bool]:
    return Delivery.alert_id.in_(select(Alert.id).where(Alert.concern_id == concern_id, *whose))


def follow_taken(chat_id: int, at: datetime, *, answered_by: Collection[int] = ()) -> None:
    """Somebody took a request, or it is over: drop what still waits, and say so where it was told.

    Args:
        chat_id: the request; its alerts are quiet already.
        at: when.
        answered_by: the adults who need no message about it: who took it, and to whom it was handed over.
    """
    theirs = Delivery.channel_id.in_(select(Channel.id).where(Channel.adult_id.in_(list(answered_by))))
    _drop(
        case((theirs, _ANSWERED), else_=_TAKEN),
        at,
        Delivery.words == "asked",
        Delivery.alert_id.in_(select(Alert.id).where(Alert.chat_id == chat_id)),
    )
    _say_taken(chat_id, at, Channel.adult_id.not_in(list(answered_by)))


def add_test(channel_id: int, at: datetime) -> None:
    """A test message to one channel, also in its quiet hours; none while one is on its way."""
    waits = select(Delivery.id).where(
        Delivery.channel_id == channel_id, Delivery.words == "test", Delivery.state == "waiting"
    )
    if db.session().execute(waits).first() is None:
        db.session().execute(
            insert(Delivery).values(
                channel_id=channel_id, words="test", state="waiting", attempts=0, next_try_at=at
            )
        )


def put_off(channel_id: int, at: datetime, quiet_from: time | None, quiet_until: time | None) -> None:
    """Let what waits for a channel keep its new quiet hours."""
    then = may_be_sent_at(local_now(at), quiet_from, quiet_until)
    db.session().execute(
        update(Delivery)
        .where(
            Delivery.channel_id == channel_id,
            Delivery.state == "waiting",
            Delivery.attempts == 0,
            Delivery.words != "test",
        )
        .values(next_try_at=then)
    )


def claim_next(kind: str, now: datetime) -> Message | None:
    """The first message of this kind of channel that is due and that nobody else has, now ours for the lease."""
    for delivery_id, seen in _due(kind, now):
        if message := _claim(delivery_id, seen, now):
            return message
    return None


def keep_claim(message: Message, now: datetime) -> None:
    """Still at it: have the message alone for another lease."""
    with writing() as session:
        session.execute(
            update(Delivery).where(_is_claim(message), Delivery.state == "waiting").values(next_try_at=now + LEASE)
        )


def mark_sent(message: Message, now: datetime) -> None:
    """It arrived. Where somebody took the request while it was on its way, "taken care of" follows."""
    with writing() as session:
        # The channel before its messages, here and wherever both are changed: so no two wait for each other.
        session.execute(update(Channel).where(Channel.id == message.channel_id).values(last_sent_at=now))
        row = session.execute(
            select(Delivery.state, Delivery.error, Alert.chat_id)
            .outerjoin(Alert, Alert.id == Delivery.alert_id)
            .where(_is_claim(message))
            .with_for_update(of=Delivery)
        ).one_or_none()
        if row is None:
            return
        session.execute(
            update(Delivery).where(Delivery.id == message.id).values(state="sent", sent_at=now, error=None)
        )
        if row.state == "dropped" and row.error == _TAKEN:
            _say_taken(row.chat_id, now, Channel.id == message.channel_id)


def mark_not_now(message: Message, why: str, now: datetime) -> None:
    """It did not arrive: try again after a pause, or give the channel up when it has failed for a day."""
    with writing() as session:
        channel = session.get(Channel, message.channel_id, populate_existing=True)
        if channel is None:
            return
        tries, since = _failing(channel)
        if is_given_up(message.attempt, tries, since, now):
            _switch_off(message, why, now)
            return
        then = local_now(now) + retry_after(message.attempt)
        if message.words != "test":
            then = may_be_sent_at(then, channel.quiet_from, channel.quiet_until)
        session.execute(
            update(Delivery)
            .where(_is_claim(message), Delivery.state == "waiting")
            .values(next_try_at=then, error=why)
        )


def mark_never(message: Message, why: str, now: datetime) -> None:
    """It can never arrive: the channel is switched off, and its adult and the office are shown why."""
    with writing():
        _switch_off(message, why, now)


def _due(kind: str, now: datetime) -> list[tuple[int, datetime]]:
    rows = db.session.execute(
        select(Delivery.id, Delivery.next_try_at)
        .join(Channel, Channel.id == Delivery.channel_id)
        .where(Delivery.state == "waiting", Delivery.next_try_at <= now, Channel.kind == kind)
        .order_by(Delivery.next_try_at, Delivery.id)
        .limit(_MOST_AT_A_LOOK)
    )
    return [(row.id, row.next_try_at) for row in rows]


def _claim(delivery_id: int, seen: datetime, now: datetime) -> Message | None:
    with writing() as session:
        claimed = session.execute(
            update(Delivery)
            .where(Delivery.id == delivery_id, Delivery.state == "waiting", Delivery.next_try_at == seen)
            .values(attempts=Delivery.attempts + 1, next_try_at=now + LEASE)
        )
        if cast("CursorResult[Any]", claimed).rowcount != 1:
            return None
        row = session.execute(
            select(
                Delivery.attempts,
                Delivery.words,
                Channel.id.label("channel_id"),
                Channel.kind,
                Channel.address,
                Channel.language,
                Channel.disabled_at,
                Adult.email,
                _may_be_told().label("may_be_told"),
            )
            .join(Channel, Channel.id == Delivery.channel_id)
            .join(Adult, Adult.id == Channel.adult_id)
            .where(Delivery.id == delivery_id),
            {"today": local_now(now).date()},
        ).one()
        if row.disabled_at is not None or not row.may_be_told:
            _drop(_CHANNEL_OFF if row.disabled_at else _NOT_THEIRS, now, Delivery.id == delivery_id)
            return None
        address = _own_mail(row.email, delivery_id) if row.address == OWN_MAIL else row.address
        return Message(delivery_id, row.attempts, row.channel_id, row.kind, address, row.words, row.language)


def _moment(at: datetime) -> dict[str, Any]:
    return {"at": at, "today": local_now(at).date()}


def _own_mail(email: str | None, message_id: int) -> str:
    """Nothing when the school sends no mail any more, or the adult has no address: then it cannot be read."""
    server = settings()["mail_server"]
    return mail_address(server, email, message_id) if server and email else ""


def _is_claim(message: Message) -> ColumnElement[bool]:
    return and_(Delivery.id == message.id, Delivery.attempts == message.attempt)


def _say_taken(chat_id: int, at: datetime, whom: ColumnElement[bool]) -> None:
    """Once to each channel that was told; not to one whose screen would then hide that another child waits."""
    rings = aliased(Alert)
    still_asked = exists(1).where(
        rings.adult_id == Channel.adult_id,
        rings.quiet_at.is_(None),
        rings.reason.not_in(STAYS_ON_THE_BOARD),
    )
    told = db.session.execute(
        select(
            func.max(Delivery.alert_id).label("alert_id"),
            Channel.id.label("channel_id"),
            Channel.quiet_from,
            Channel.quiet_until,
        )
        .join(Alert, Alert.id == Delivery.alert_id)
        .join(Channel, Channel.id == Delivery.channel_id)
        .where(
            Alert.chat_id == chat_id,
            Delivery.words == "asked",
            Delivery.state == "sent",
            Channel.disabled_at.is_(None),
            ~still_asked.correlate(Channel),
            whom,
        )
        .group_by(Channel.id, Channel.quiet_from, Channel.quiet_until)
        .order_by(Channel.id)
    ).all()
    _add(told, "taken", at)


def _add(told: Iterable[Any], words: Words, at: datetime) -> None:
    """A message for each pair of alert and channel that has not had these words."""
    local = local_now(at)
    rows = [
        {
            "alert_id": row.alert_id,
            "channel_id": row.channel_id,
            "words": words,
            "state": "waiting",
            "attempts": 0,
            "next_try_at": may_be_sent_at(local, row.quiet_from, row.quiet_until),
        }
        for row in told
    ]
    if rows:
        connection = db.session().connection()
        connection.execute(insert_for(connection, Delivery).on_conflict_do_nothing(), rows)


def _drop(why: str | ColumnElement[str], at: datetime, *which: ColumnElement[bool]) -> None:
    db.session().execute(
        update(Delivery)
        .where(Delivery.state == "waiting", *which)
        .values(state="dropped", error=why, next_try_at=at)
        .execution_options(synchronize_session=False)
    )


def _failing(channel: Channel) -> tuple[int, datetime | None]:
    """Failed tries since a message last arrived there, and when the first of those messages was last tried."""
    row = db.session.execute(
        select(func.sum(Delivery.attempts), func.min(Delivery.next_try_at)).where(
            Delivery.channel_id == channel.id,
            Delivery.attempts > 0,
            Delivery.sent_at.is_(None),
            Delivery.next_try_at > (channel.last_sent_at or channel.created_at),
        )
    ).one()
    return row[0] or 0, row[1]


def _switch_off(message: Message, why: str, now: datetime) -> None:
    session = db.session()
    switched = session.execute(
        update(Channel)
        .where(Channel.id == message.channel_id, Channel.disabled_at.is_(None))
        .values(disabled_at=now, disabled_why=why)
    )
    session.execute(
        update(Delivery).where(_is_claim(message), Delivery.state == "waiting").values(state="failed", error=why)
    )
    _drop(_CHANNEL_OFF, now, Delivery.channel_id == message.channel_id)
    if cast("CursorResult[Any]", switched).rowcount == 1:
        record("channel_switched_off", THE_OUTBOX, channel=message.channel_id, why=why)
