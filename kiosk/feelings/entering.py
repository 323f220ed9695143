"""What adults enter for a child: a step shown on the fingers, and putting right what was another child's.

Every statement carries who asks: adults enter for the classes they teach, duty, nurture and the safeguarding lead
for every class. A check-in of today can be given to the child it belongs to by whoever entered it, by those who
teach the child, who are the first to notice, and by nurture and the lead. A step is read again by whoever entered
it, and by nurture and the lead, who see them on Today: who teaches a child reads of the rest when it was and how
it came, and not what the child felt.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, delete, or_, select, update
from sqlalchemy.orm import aliased

from kiosk.audit import Actor, record
from kiosk.db import db, insert_for, utc_now, writing
from kiosk.feelings.models import CheckIn, CheckInMove
from kiosk.feelings.rules import intensity_of
from kiosk.feelings.store import DifferentContent, current_scale
from kiosk.people.high5 import Chooser, chosen_by, pupil_to_choose_for
from kiosk.people.models import Adult, Pupil
from kiosk.people.store import home_class_id
from kiosk.school.calendar import local_time
from kiosk.school.store import settings


class NoSuchEntry(Exception):
    """No check-in of today like this for whoever asks; not there and not theirs are the same."""


@dataclass(frozen=True)
class WhoEnters:
    """An adult who enters steps: for whom, and whether they see every step of the day."""

    adult_id: int
    chooser: Chooser
    sees_all: bool
    actor: Actor


@dataclass(frozen=True)
class Entered:
    """One check-in of today, for whoever may put it right."""

    key: UUID
    pupil_id: int
    step: int | None
    """Nothing where the adult may put it right and not read it."""
    intensity: int | None
    felt_at: datetime
    entered_by: str | None
    """What the children call the adult who entered it; nothing when a child tapped it."""
    is_mine: bool
    was: str | None
    """The child whose it was at first, when it was given to another since."""


def enter_fingers(key: UUID, pupil_id: int, step: int, who: WhoEnters) -> bool:
    """Keep a step that a child showed on their fingers just now. True when it is new.

    Args:
        key: made with the form, so that pressing twice enters once.
        pupil_id: the child.
        step: how many fingers, 1 to 5.
        who: the adult.

    Raises:
        NoSuchPupil: there is none, or not for this adult.
        DifferentContent: the key stands for another check-in.
        ValueError: no such step.
    """
    with writing() as session:
        pupil = pupil_to_choose_for(pupil_id, who.chooser)
        scale, now = current_scale(), utc_now()
        at = local_time(now, settings()["timezone"])
        row = {
            "key": key,
            "pupil_id": pupil.id,
            "entered_by_id": who.adult_id,
            "scale_version_id": scale.id,
            "step": step,
            "intensity": intensity_of(step, scale.direction),
            "felt_at": now,
            "received_at": now,
            "school_day": at.date(),
            "hour": at.hour,
            "class_id": session.scalar(select(home_class_id()).where(Pupil.id == pupil.id)),
        }
        connection = session.connection()
        insert = insert_for(connection, CheckIn).values(row)
        added = insert.on_conflict_do_nothing(index_elements=["key"]).returning(CheckIn.id)
        if connection.execute(added).first() is not None:
            record("fingers_entered", who.actor, pupil=pupil.id, check_in=str(key))
            return True
    there = db.session.execute(
        select(CheckIn.pupil_id, CheckIn.step, CheckIn.entered_by_id).where(CheckIn.key == key)
    ).one()
    if tuple(there) != (pupil_id, step, who.adult_id):
        raise DifferentContent
    return False


def take_back_entry(key: UUID, who: WhoEnters) -> int:
    """Delete what this adult entered today; the record keeps that it was there. Answers whose it was.

    Raises:
        NoSuchEntry: this adult entered nothing like that today.
    """
    with writing() as session:
        pupil_id: int | None = session.scalar(
            delete(CheckIn)
            .where(CheckIn.key == key, CheckIn.school_day == _today(), CheckIn.entered_by_id == who.adult_id)
            .returning(CheckIn.pupil_id)
        )
        if pupil_id is None:
            raise NoSuchEntry
        record("fingers_undone", who.actor, pupil=pupil_id, check_in=str(key))
        return pupil_id


def move_check_in(key: UUID, to_pupil_id: int | None, who: WhoEnters) -> None:
    """Give a check-in of today to the child it belongs to; whose it was at first is kept.

    Counts and patterns follow by themselves: the database makes them from the row, in the same transaction. A
    request that came with it stays with the child who asked, without this step.

    Raises:
        NoSuchEntry: no check-in of today like this for this adult.
        NoSuchPupil: the other child is none of this adult's.
    """
    with writing() as session:
        there = session.execute(
            select(CheckIn.id, CheckIn.pupil_id).where(CheckIn.key == key, _may_put_right(who)).with_for_update()
        ).one_or_none()
        if there is None:
            raise NoSuchEntry
        to = pupil_to_choose_for(to_pupil_id, who.chooser)
        if to.id == there.pupil_id:
            return
        class_id = session.scalar(select(home_class_id()).where(Pupil.id == to.id))
        session.execute(
            update(CheckIn).where(CheckIn.id == there.id).values(pupil_id=to.id, class_id=class_id),
            execution_options={"synchronize_session": False},
        )
        session.add(
            CheckInMove(
                check_in_id=there.id,
                from_pupil_id=there.pupil_id,
                to_pupil_id=to.id,
                moved_by_id=who.adult_id,
                moved_at=utc_now(),
            )
        )
        session.flush()
        record("check_in_moved", who.actor, pupil=there.pupil_id, check_in=str(key), to=to.id)


def whose_entry(key: UUID, who: WhoEnters) -> int:
    """Under which child a check-in of today stands that this adult may put right.

    Raises:
        NoSuchEntry: no check-in of today like this for this adult.
    """
    pupil_id = db.session.scalar(select(CheckIn.pupil_id).where(CheckIn.key == key, _may_put_right(who)))
    if pupil_id is None:
        raise NoSuchEntry
    return pupil_id


def entries_today(pupil_ids: Sequence[int], who: WhoEnters) -> dict[int, list[Entered]]:
    """What this adult may put right today for each of these children, the newest first."""
    by, first = aliased(Adult), aliased(Pupil)
    asked = (
        select(
            CheckIn.key,
            CheckIn.pupil_id,
            CheckIn.step,
            CheckIn.intensity,
            CheckIn.felt_at,
            CheckIn.entered_by_id,
            by.called,
            _first_owner(first).label("was"),
        )
        .outerjoin(by, by.id == CheckIn.entered_by_id)
        .where(CheckIn.pupil_id.in_(pupil_ids), _may_put_right(who))
        .order_by(CheckIn.pupil_id, CheckIn.felt_at.desc(), CheckIn.id.desc())
    )
    found: dict[int, list[Entered]] = {}
    for row in db.session.execute(asked):
        is_mine = row.entered_by_id == who.adult_id
        reads = is_mine or who.sees_all
        entry = Entered(
            row.key,
            row.pupil_id,
            row.step if reads else None,
            row.intensity if reads else None,
            row.felt_at,
            row.called,
            is_mine,
            row.was,
        )
        found.setdefault(row.pupil_id, []).append(entry)
    return found


def _first_owner(first: type[Pupil]) -> ColumnElement[str | None]:
    """The name of the child a check-in was moved from first; nothing when it never was."""
    return (
        select(first.given_name)
        .join(CheckInMove, CheckInMove.from_pupil_id == first.id)
        .where(CheckInMove.check_in_id == CheckIn.id, CheckInMove.from_pupil_id != CheckIn.pupil_id)
        .order_by(CheckInMove.id)
        .limit(1)
        .correlate(CheckIn)
        .scalar_subquery()
    )


def _may_put_right(who: WhoEnters) -> ColumnElement[bool]:
    of_day = CheckIn.school_day == _today()
    if who.sees_all:
        return of_day
    taught = select(Pupil.id).where(Pupil.id == CheckIn.pupil_id, chosen_by(who.adult_id, every_class=False))
    return of_day & or_(CheckIn.entered_by_id == who.adult_id, taught.correlate(CheckIn).exists())


def _today() -> date:
    return local_time(utc_now(), settings()["timezone"]).date()
