"""Telling adults: alerts and messages written in the request's own transaction, and the doorbell's revisions."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from flask import current_app
from sqlalchemy import ColumnElement, Connection, and_, bindparam, literal, select, text, update

from kiosk.alerts.doorbell import Doorbell
from kiosk.alerts.models import Alert, Bell
from kiosk.alerts.outbox import drop_concern_messages, follow_taken, write_concern_messages, write_messages
from kiosk.db import after_commit, db, insert_for
from kiosk.people.models import Adult

CHANNEL = "treetops_bell"
_NOTIFY = text(f"SELECT pg_notify('{CHANNEL}', :revisions)")
MOST_IN_A_LIST = 500
"""Beyond this it is quicker to read all that rings than to name each request."""
_NOTIFY_MOST = 300  # adults in one notice: PostgreSQL carries at most 8,000 bytes


def tell(
    chat_id: int, reasons: Mapping[int, str], at: datetime, *, on_the_board_only: Collection[int] = ()
) -> None:
    """Add an alert for each adult and why, and a message to each of their channels.

    What rings for an adult already is not told again.

    Args:
        chat_id: the request.
        reasons: adult id to why.
        at: when.
        on_the_board_only: of these adults, to whom no message goes.
    """
    if not reasons:
        return
    connection = db.session().connection()
    add = insert_for(connection, Alert).on_conflict_do_nothing()
    connection.execute(
        add,
        [
            {"adult_id": adult_id, "chat_id": chat_id, "reason": reason, "created_at": at}
            for adult_id, reason in sorted(reasons.items())
        ],
    )
    write_messages(chat_id, at, reasons.keys() - set(on_the_board_only))


def tell_of_concern(concern_id: int, adult_ids: Collection[int], at: datetime, *, reason: str = "concern") -> None:
    """Add an alert about a concern for each of these leads, and a message to each of their channels."""
    if not adult_ids:
        return
    connection = db.session().connection()
    add = insert_for(connection, Alert).on_conflict_do_nothing()
    connection.execute(
        add,
        [
            {"adult_id": adult_id, "concern_id": concern_id, "reason": reason, "created_at": at}
            for adult_id in sorted(adult_ids)
        ],
    )
    write_concern_messages(concern_id, at)


def tell_of_concern_again(concern_id: int, adult_ids: Collection[int], at: datetime) -> None:
    """Let a concern that nobody has read ring anew for these leads."""
    _quieten(and_(Alert.concern_id == concern_id, Alert.adult_id.in_(adult_ids)), at)
    tell_of_concern(concern_id, adult_ids, at, reason="reminder")


def concern_seen(concern_id: int, adult_id: int, at: datetime) -> None:
    """Quieten a concern for a lead who has seen it."""
    _quieten(and_(Alert.concern_id == concern_id, Alert.adult_id == adult_id), at)
    drop_concern_messages(concern_id, at, Alert.adult_id == adult_id)


def concern_closed(concern_id: int, at: datetime) -> set[int]:
    """Quieten a concern for everybody; whom it was told, also those who lead only since it was raised."""
    _quieten(Alert.concern_id == concern_id, at)
    drop_concern_messages(concern_id, at)
    return set(db.session.scalars(select(Alert.adult_id).where(Alert.concern_id == concern_id)))


def ringing_concerns(adult_id: int) -> dict[int, int]:
    """What rings for this lead about concerns: concern id to alert id, oldest first."""
    rows = db.session.execute(
        select(Alert.concern_id, Alert.id)
        .where(Alert.adult_id == adult_id, Alert.quiet_at.is_(None), Alert.concern_id.is_not(None))
        .order_by(Alert.id)
    )
    return {concern_id: alert_id for concern_id, alert_id in rows if concern_id is not None}


def stop_ringing(chat_id: int, at: datetime, *, answered_by: Collection[int] = ()) -> None:
    """Quieten a request for everyone, and tell those who were told on their phones that it is taken care of.

    Args:
        chat_id: the request.
        at: when.
        answered_by: who took it and to whom it was handed over; they need no such message.
    """
    _quieten(Alert.chat_id == chat_id, at)
    follow_taken(chat_id, at, answered_by=answered_by)


def ring_anew(chat_id: int, adult_ids: Collection[int], at: datetime) -> None:
    """Quieten these adults' alerts about a request, so that being told again rings again."""
    _quieten(and_(Alert.chat_id == chat_id, Alert.adult_id.in_(adult_ids)), at)


def ringing_for(adult_id: int, chat_ids: Iterable[int]) -> dict[int, int]:
    """The newest alert still ringing for this adult on each of these requests: chat id to alert id."""
    rows = db.session.execute(
        select(Alert.chat_id, Alert.id)
        .where(Alert.adult_id == adult_id, Alert.quiet_at.is_(None), Alert.chat_id.in_(list(chat_ids)))
        .order_by(Alert.id)
    )
    return {chat_id: alert_id for chat_id, alert_id in rows if chat_id is not None}


def still_ringing(chat_ids: Collection[int]) -> dict[int, set[int]]:
    """The adults for whom each of these requests still rings."""
    rings = select(Alert.chat_id, Alert.adult_id).where(Alert.quiet_at.is_(None), Alert.chat_id.is_not(None))
    few = len(chat_ids) <= MOST_IN_A_LIST
    found: dict[int, set[int]] = {chat_id: set() for chat_id in chat_ids}
    for chat_id, adult_id in db.session.execute(rings.where(Alert.chat_id.in_(list(chat_ids))) if few else rings):
        if chat_id in found:
            found[chat_id].add(adult_id)
    return found


def ring(adult_ids: Collection[int]) -> None:
    """Grow these adults' revisions; their live boards hear of it once the transaction is on disk."""
    if not adult_ids:
        return
    connection = db.session().connection()
    grow = insert_for(connection, Bell).from_select(
        ["adult_id", "revision"],
        select(Adult.id, literal(1)).where(Adult.id.in_(sorted(adult_ids))).order_by(Adult.id),
    )
    grown = grow.on_conflict_do_update(
        index_elements=["adult_id"], set_={"revision": Bell.revision + 1}
    ).returning(Bell.adult_id, Bell.revision)
    revisions = dict(connection.execute(grown).all())
    if connection.dialect.name == "postgresql":
        _notify(connection, revisions)
    else:
        bell = doorbell()
        after_commit(lambda: bell.ring(revisions))


_REVISION = select(Bell.revision).where(Bell.adult_id == bindparam("adult_id"))


def revision_of(adult_id: int) -> int:
    """This adult's revision; 0 when their board never changed."""
    return db.session().connection().execute(_REVISION, {"adult_id": adult_id}).scalar() or 0


def all_revisions(connection: Connection) -> dict[int, int]:
    """Every adult's revision, for a process that may have missed some rings."""
    return dict(connection.execute(select(Bell.adult_id, Bell.revision)).all())


def doorbell() -> Doorbell:
    """This process's doorbell."""
    bell = current_app.extensions["doorbell"]
    assert isinstance(bell, Doorbell)
    return bell


def _quieten(which: ColumnElement[bool], at: datetime) -> None:
    db.session().execute(update(Alert).where(which, Alert.quiet_at.is_(None)).values(quiet_at=at))


def _notify(connection: Connection, revisions: Mapping[int, int]) -> None:
    pairs = sorted(revisions.items())
    for start in range(0, len(pairs), _NOTIFY_MOST):
        connection.execute(_NOTIFY, {"revisions": json.dumps(dict(pairs[start : start + _NOTIFY_MOST]))})
