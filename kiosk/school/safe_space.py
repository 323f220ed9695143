"""Whether there is room in the safe space now.

Somebody in a busy room says so with one tap and may forget to take it back: "full" holds for the school's day on
which it was said, and the next morning begins with room.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from kiosk.audit import Actor, record
from kiosk.db import db, insert_for, utc_now, writing
from kiosk.school.models import SafeSpace
from kiosk.school.store import local_now

_THE_ONE = 1
_READ = select(SafeSpace.is_full, SafeSpace.changed_at).where(SafeSpace.id == _THE_ONE)


@dataclass(frozen=True)
class Room:
    """Whether a child can come in, and since when that was last said."""

    is_full: bool
    since: datetime | None
    """When it was said today; nothing when nobody said anything today."""


def room_in_safe_space() -> Room:
    """How it stands now."""
    row = db.session.execute(_READ).one_or_none()
    if row is None or local_now(row.changed_at).date() != local_now().date():
        return Room(is_full=False, since=None)
    return Room(row.is_full, row.changed_at)


def say_safe_space_is(*, full: bool, by: Actor) -> bool:
    """Say that there is room, or none; returns whether that was news."""
    with writing():
        if room_in_safe_space().is_full == full:
            return False
        now, connection = utc_now(), db.session().connection()
        said = {"is_full": full, "changed_at": now, "changed_by_id": by.adult_id}
        put = insert_for(connection, SafeSpace).values(id=_THE_ONE, **said)
        connection.execute(put.on_conflict_do_update(index_elements=["id"], set_=said))
        record("safe_space_switched", by, full=full)
        return True
