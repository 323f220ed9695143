"""Telling adults: alerts written in the request's own transaction, and the doorbell's revisions."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from flask import current_app
from sqlalchemy import Connection, bindparam, literal, select, text, update

from kiosk.alerts.doorbell import Doorbell
from kiosk.alerts.models import Alert, Bell
from kiosk.db import after_commit, db, insert_for
from kiosk.people.models import Adult

CHANNEL = "treetops_bell"
_NOTIFY = text(f"SELECT pg_notify('{CHANNEL}', :revisions)")
_NOTIFY_MOST = 300  # adults in one notice: PostgreSQL carries at most 8,000 bytes


def tell(chat_id: int, reasons: Mapping[int, str], at: datetime) -> None:
    """Add an alert for each adult and why; what rings for an adult already is not told again."""
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


def stop_ringing(chat_id: int, at: datetime, *, adult_id: int | None = None) -> None:
    """Quieten a request's alerts: for everyone, or for one adult who has seen it."""
    quieten = update(Alert).where(Alert.chat_id == chat_id, Alert.quiet_at.is_(None)).values(quiet_at=at)
    if adult_id is not None:
        quieten = quieten.where(Alert.adult_id == adult_id)
    db.session().execute(quieten)


def ringing_for(adult_id: int, chat_ids: Iterable[int]) -> dict[int, int]:
    """The newest alert still ringing for this adult on each of these requests: chat id to alert id."""
    rows = db.session.execute(
        select(Alert.chat_id, Alert.id)
        .where(Alert.adult_id == adult_id, Alert.quiet_at.is_(None), Alert.chat_id.in_(list(chat_ids)))
        .order_by(Alert.id)
    )
    return dict(rows.all())


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


def _notify(connection: Connection, revisions: Mapping[int, int]) -> None:
    pairs = sorted(revisions.items())
    for start in range(0, len(pairs), _NOTIFY_MOST):
        connection.execute(_NOTIFY, {"revisions": json.dumps(dict(pairs[start : start + _NOTIFY_MOST]))})
