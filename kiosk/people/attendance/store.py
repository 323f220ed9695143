"""Reading and writing who was here: whole days of children, all of them in one transaction or none."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from sqlalchemy import bindparam, delete, func, or_, select
from sqlalchemy.exc import IntegrityError

from kiosk.audit import Actor, record
from kiosk.db import db, insert_for, writing
from kiosk.people.attendance.model import MARKS_BY
from kiosk.people.attendance.models import Attendance
from kiosk.people.attendance.plan import AttendancePlan, Day, Halves
from kiosk.people.models import Pupil
from kiosk.people.roster.model import RosterRefused

_KEY = ("school_day", "pupil_id")


def pupils_by_mark() -> dict[tuple[str, str], int]:
    """Every child's id by each of their marks; also of those who left, of whom last term's registers speak."""
    rows = db.session().execute(select(Pupil.id, *(getattr(Pupil, mark) for mark in MARKS_BY)))
    return {
        (mark, value): pupil_id
        for pupil_id, *values in rows
        for mark, value in zip(MARKS_BY, values, strict=True)
        if value
    }


def known_between(first: date, last: date) -> dict[Day, Halves]:
    """What is known of the days of a stretch, first and last included."""
    rows = db.session().execute(
        select(Attendance.school_day, Attendance.pupil_id, Attendance.morning, Attendance.afternoon).where(
            Attendance.school_day.between(first, last)
        )
    )
    return {(day, pupil_id): (morning, afternoon) for day, pupil_id, morning, afternoon in rows}


def write_attendance(plan: AttendancePlan, oldest: date, by: Actor) -> None:
    """Write what is new or changed, and forget what is older than the school keeps check-ins.

    Args:
        plan: what to write; one that changes nothing writes nothing.
        oldest: the first day that is kept.
        by: who imports.

    Raises:
        RosterRefused: somebody took one of the children out meanwhile; nothing was written.
        Busy: another writer held the database for too long.
    """
    if not plan.days:
        return
    rows = [
        {"school_day": day, "pupil_id": pupil_id, "morning": morning, "afternoon": afternoon}
        for (day, pupil_id), (morning, afternoon) in plan.days.items()
    ]
    try:
        with writing() as session:
            connection = session.connection()
            put: Any = insert_for(connection, Attendance)
            halves = {half: getattr(put.excluded, half) for half in ("morning", "afternoon")}
            connection.execute(put.on_conflict_do_update(index_elements=_KEY, set_=halves), rows)
            connection.execute(delete(Attendance).where(Attendance.school_day < oldest))
            counts = {"new": plan.new, "changed": plan.changed, "children": plan.children}
            record("attendance_imported", by, source=plan.source, counts=counts)
    except IntegrityError as error:
        raise RosterRefused("Somebody changed the pupils just now. Look at the preview again.") from error


def days_away(days: Sequence[date]) -> dict[int, frozenset[date]]:
    """For each child the days, of these, on which they were not in school for as much as half a day."""
    if not days:
        return {}
    wanted = set(days)
    away: dict[int, set[date]] = defaultdict(set)
    for day, pupil_id in db.session().execute(
        select(Attendance.school_day, Attendance.pupil_id).where(
            Attendance.school_day.between(min(days), max(days)), _is_away()
        )
    ):
        if day in wanted:
            away[pupil_id].add(day)
    return {pupil_id: frozenset(of_child) for pupil_id, of_child in away.items()}


def _is_away() -> Any:
    """Not here in the half-days that are known. A child who came for an hour could have tapped."""
    return ~or_(func.coalesce(Attendance.morning, False), func.coalesce(Attendance.afternoon, False))


_HERE = select(Attendance.pupil_id, Attendance.school_day, _is_away()).where(
    Attendance.pupil_id.in_(bindparam("pupil_ids", expanding=True)),
    Attendance.school_day.between(bindparam("first"), bindparam("last")),
)


def here_by_day(pupil_ids: Collection[int], first: date, last: date) -> dict[int, dict[date, bool]]:
    """For each of some children the days of a stretch that a register knows, and whether they were in school."""
    rows = db.session().execute(_HERE, {"pupil_ids": list(pupil_ids), "first": first, "last": last})
    found: dict[int, dict[date, bool]] = {pupil_id: {} for pupil_id in pupil_ids}
    for pupil_id, day, is_away in rows:
        found[pupil_id][day] = not is_away
    return found


def last_register(first: date, last: date) -> date | None:
    """The newest day of a stretch of which there is a register; nothing when there is none."""
    return db.session().scalar(
        select(func.max(Attendance.school_day)).where(Attendance.school_day.between(first, last))
    )
