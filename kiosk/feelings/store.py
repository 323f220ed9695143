"""Check-ins and scale versions: every SQL statement about them.

``add_check_in`` is the hottest path of the product and so is plain SQL (see ``make bench``).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import bindparam, delete, func, select
from sqlalchemy.dialects import postgresql, sqlite

from kiosk.audit import record
from kiosk.db import db, utc_now, writing
from kiosk.feelings.models import CheckIn, CheckInMove, ScaleVersion
from kiosk.feelings.rules import FIRST_WORDS, NewCheckIn, intensity_of, is_clock_odd
from kiosk.people.models import Adult, Pupil
from kiosk.people.store import NotThisTablets, home_class_id, on_this_tablet
from kiosk.people.tablets import PairedTablet
from kiosk.school.calendar import local_time
from kiosk.school.store import setting_value, settings

UNDO_WITHIN = timedelta(minutes=2)


class DifferentContent(Exception):
    """An id that was used before for something else."""


@dataclass(frozen=True)
class Scale:
    """A version of the scale."""

    id: int
    direction: str
    words: tuple[str, ...]
    """From the calmest to the hardest."""


_SCALES = select(ScaleVersion.id, ScaleVersion.direction, ScaleVersion.words).order_by(ScaleVersion.id)
_BEFORE_ADDING = (
    select(
        Pupil.id,
        ScaleVersion.id.label("scale_id"),
        ScaleVersion.direction,
        setting_value("scale_direction").label("direction_set"),
        setting_value("timezone").label("zone"),
        home_class_id().label("class_id"),
    )
    .outerjoin(ScaleVersion, ScaleVersion.id == select(func.max(ScaleVersion.id)).scalar_subquery())
    .where(Pupil.id == bindparam("pupil_id"), on_this_tablet())
)
"""All that has to be known before a check-in is kept, in one question: one by one they took twice as long."""
_SAME_KEY = select(CheckIn.pupil_id, CheckIn.step, CheckIn.felt_at, CheckIn.tablet_id).where(
    CheckIn.key == bindparam("key")
)
_ADD = {
    dialect: insert(CheckIn).on_conflict_do_nothing(index_elements=["key"]).returning(CheckIn.id)
    for dialect, insert in (("sqlite", sqlite.insert), ("postgresql", postgresql.insert))
}


def scales() -> dict[int, Scale]:
    """Every version of the scale by its id, the newest last: read once a request, as the settings are."""
    session = db.session()
    kept: dict[int, Scale] | None = session.info.get("scales")
    if kept is None:
        rows = session.connection().execute(_SCALES)
        kept = {row.id: Scale(row.id, row.direction, tuple(row.words)) for row in rows}
        session.info["scales"] = kept
    return kept


def current_scale() -> Scale:
    """The scale in force; a change of direction in the school's settings begins a new version."""
    found = next(reversed(scales().values()), None)
    direction = settings()["scale_direction"]
    if found is not None and found.direction == direction:
        return found
    with writing() as session:
        words = list(found.words if found else FIRST_WORDS)
        version = ScaleVersion(direction=direction, words=words, created_at=utc_now())
        session.add(version)
        session.flush()
        session.info.pop("scales")
        return Scale(version.id, direction, tuple(words))


def add_check_in(entry: NewCheckIn, tablet: PairedTablet) -> bool:
    """Keep a check-in; on disk when this returns. True when it is new, False when it was there already.

    Raises:
        NotThisTablets: the pupil is not this tablet's.
        DifferentContent: the id stands for another check-in.
    """
    received = utc_now()
    with writing() as session:
        connection = session.connection()
        scope = {"pupil_id": entry.pupil_id, "tablet_id": tablet.id, "all_classes": tablet.all_classes}
        found = connection.execute(_BEFORE_ADDING, scope).one_or_none()
        if found is None:
            return _was_taken_before(entry, tablet)
        if found.scale_id is None or found.direction != found.direction_set:
            scale = current_scale()
            scale_id, direction = scale.id, scale.direction
        else:
            scale_id, direction = found.scale_id, found.direction
        odd = is_clock_odd(entry.felt_at, received)
        at = local_time(received if odd else entry.felt_at, found.zone)
        row = {
            "key": entry.key,
            "pupil_id": entry.pupil_id,
            "tablet_id": tablet.id,
            "scale_version_id": scale_id,
            "step": entry.step,
            "intensity": intensity_of(entry.step, direction),
            "felt_at": entry.felt_at,
            "received_at": received,
            "school_day": at.date(),
            "hour": at.hour,
            "class_id": found.class_id,
            "clock_odd": odd,
        }
        if connection.execute(_ADD[connection.dialect.name], row).first() is not None:
            record("checked_in", tablet.actor, pupil=entry.pupil_id, check_in=str(entry.key))
            return True
        return _check_same(connection.execute(_SAME_KEY, {"key": entry.key}).one(), entry)


def _was_taken_before(entry: NewCheckIn, tablet: PairedTablet) -> Literal[False]:
    """A pupil who is not this tablet's (any more): right only when the same entry came from it before."""
    there = db.session().execute(_SAME_KEY, {"key": entry.key}).one_or_none()
    if there is None or there.tablet_id != tablet.id:
        raise NotThisTablets
    return _check_same(there, entry)


def _check_same(there: Any, entry: NewCheckIn) -> Literal[False]:
    same = (there.step, there.felt_at) == (entry.step, entry.felt_at)
    if not same or (there.pupil_id != entry.pupil_id and not _was_moved_from(entry)):
        raise DifferentContent
    return False


def _was_moved_from(entry: NewCheckIn) -> bool:
    """Whether an adult has given this child's check-in to another child since; the tablet cannot know."""
    moved = (
        select(CheckInMove.id)
        .join(CheckIn, CheckIn.id == CheckInMove.check_in_id)
        .where(CheckIn.key == entry.key, CheckInMove.from_pupil_id == entry.pupil_id)
    )
    return db.session().execute(moved).first() is not None


def undo_check_in(key: UUID, tablet: PairedTablet, undone_at: datetime | None = None) -> bool:
    """Take back a tap made on this tablet a moment before. False when there is nothing to take back.

    Args:
        key: the check-in.
        tablet: where it was tapped.
        undone_at: when the child took it back, by the same clock as the tap; without it, when we hear of it. A
            tablet that was offline meanwhile tells us late of both.
    """
    a_moment_ago = CheckIn.received_at > utc_now() - UNDO_WITHIN
    if undone_at is not None:
        a_moment_ago = CheckIn.felt_at.between(undone_at - UNDO_WITHIN, undone_at + UNDO_WITHIN)
    with writing() as session:
        undone = session.execute(
            delete(CheckIn)
            .where(
                CheckIn.key == key,
                CheckIn.tablet_id == tablet.id,
                a_moment_ago,
            )
            .returning(CheckIn.pupil_id)
        ).one_or_none()
        if undone is None:
            return False
        record("check_in_undone", tablet.actor, pupil=undone.pupil_id, check_in=str(key))
        return True


@dataclass(frozen=True)
class Feeling:
    """One check-in as staff who may see feelings read it."""

    pupil_id: int
    step: int
    intensity: int
    felt_at: datetime
    entered_by: str | None
    """What the children call the adult who entered it, for a child who showed it on their fingers."""


def feelings_by_key(keys: Iterable[UUID]) -> dict[UUID, Feeling]:
    """The check-ins that chat requests came with; the asker's right to those requests is already checked."""
    rows = db.session.execute(
        select(CheckIn.key, CheckIn.pupil_id, CheckIn.step, CheckIn.intensity, CheckIn.felt_at, Adult.called)
        .outerjoin(Adult, Adult.id == CheckIn.entered_by_id)
        .where(CheckIn.key.in_(list(keys)))
    )
    return {row.key: Feeling(*row[1:]) for row in rows}
