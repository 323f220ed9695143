"""Reading what a roster may change, and writing a plan: all of it in one transaction, or none."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Table, bindparam, delete, insert, not_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from kiosk.audit import Actor, record
from kiosk.db import db, writing
from kiosk.people.leaving import works_here
from kiosk.people.looks import rarest_look
from kiosk.people.models import Adult, Enrolment, Pupil, SchoolClass, Teaching
from kiosk.people.own_pictures import forget_pictures_of_leavers
from kiosk.people.roster.classes import Change, Ref
from kiosk.people.roster.model import RosterAdult, RosterClass, RosterPupil, RosterRefused
from kiosk.people.roster.plan import Plan
from kiosk.people.roster.present import Present, PresentAdult, PresentClass, PresentPupil
from kiosk.people.rules import picture_for

_PUPIL_MARKS = ("source_id", "upn", "username")
_ADULT_MARKS = ("source_id", "username", "email")
_CLASS_MARKS = ("source_id",)


def present() -> Present:
    """Pupils, adults, classes and who is in which, as they are now."""
    run = db.session().execute
    pupils = run(
        select(
            Pupil.id,
            Pupil.given_name,
            Pupil.family_name,
            Pupil.known_as,
            Pupil.year,
            Pupil.house,
            Pupil.source_id,
            Pupil.upn,
            Pupil.username,
            Pupil.picture,
            Pupil.left_on.is_not(None).label("left"),
        ).order_by(Pupil.id)
    )
    adults = run(
        select(
            Adult.id,
            Adult.given_name,
            Adult.family_name,
            Adult.called,
            Adult.email,
            Adult.source_id,
            Adult.username,
            not_(works_here()).label("left"),
        ).order_by(Adult.id)
    )
    classes = run(
        select(
            SchoolClass.id,
            SchoolClass.name,
            SchoolClass.year,
            SchoolClass.source_id,
            SchoolClass.closed_on.is_not(None).label("closed"),
        ).order_by(SchoolClass.id)
    )
    places = run(select(Enrolment.pupil_id, Enrolment.class_id, Enrolment.home))
    teaching = run(select(Teaching.adult_id, Teaching.class_id))
    return Present(
        pupils=tuple(PresentPupil(**row) for row in pupils.mappings()),
        adults=tuple(PresentAdult(**row) for row in adults.mappings()),
        classes=tuple(PresentClass(**row) for row in classes.mappings()),
        places=frozenset((pupil, school_class, bool(home)) for pupil, school_class, home in places),
        teaching=frozenset((adult, school_class) for adult, school_class in teaching),
    )


def apply_plan(plan: Plan, by: Actor, today: date) -> dict[str, int]:
    """Write a plan and give back how much changed, by kind. A plan that changes nothing writes nothing.

    Args:
        plan: made from what is in the database now.
        by: who imports.
        today: the day on which people join and leave.

    Raises:
        RosterRefused: the plan must not be applied, or somebody changed the school since it was made.
        Busy: another writer held the database for too long.
    """
    if plan.refusal:
        raise RosterRefused(plan.refusal)
    counts = plan.counts()
    if plan.is_empty:
        return counts
    try:
        with writing() as session:
            if present() != plan.present:
                raise RosterRefused(
                    "Somebody changed pupils, staff or classes just now. Look at the preview again."
                )
            _write(session, plan, today)
            forget_pictures_of_leavers()
            record("roster_imported", by, source=plan.source, counts=counts)
    except IntegrityError as error:  # on PostgreSQL somebody else may have written since present() was read
        raise RosterRefused("Somebody else added the same people just now. Look at the preview again.") from error
    finally:
        db.session().expire_all()  # rows were changed behind the session's back
    return counts


def _write(session: Session, plan: Plan, today: date) -> None:
    _forget_marks(session, plan)
    _change(session, SchoolClass, plan.classes_changed)
    _change(session, Pupil, plan.pupils_changed)
    _change(session, Adult, plan.staff_changed)
    _set(session, SchoolClass, [{"id": one.id, "closed_on": today} for one in plan.classes_closed])
    _set(session, Pupil, [{"id": one.id, "left_on": today} for one in plan.pupils_left])
    _set(session, Adult, [{"id": one.id, "left_on": today} for one in plan.staff_left])
    classes = _add(session, SchoolClass, _CLASS_MARKS, plan.classes_new, map(_class_row, plan.classes_new))
    pupils = _add(session, Pupil, _PUPIL_MARKS, plan.pupils_new, _pupil_rows(plan, today))
    staff = _add(session, Adult, _ADULT_MARKS, plan.staff_new, _adult_rows(session, plan.staff_new))
    _write_places(session, plan, pupils, classes)
    _write_teaching(session, plan, staff, classes)


def _forget_marks(session: Session, plan: Plan) -> None:
    """Empty every id, UPN, username and e-mail address that changes, so that two people can swap theirs."""
    for model, changes, released, marks in (
        (Pupil, plan.pupils_changed, plan.pupil_marks_released, _PUPIL_MARKS),
        (Adult, plan.staff_changed, plan.staff_marks_released, _ADULT_MARKS),
        (SchoolClass, plan.classes_changed, (), _CLASS_MARKS),
    ):
        going = {(change.id, name) for change in changes for name, _ in change.values if name in marks}
        _set(session, model, [{"id": row, name: None} for row, name in sorted(going.union(released))])


def _change(session: Session, model: type[Any], changes: Iterable[Change]) -> None:
    _set(session, model, [{"id": change.id, **dict(change.values)} for change in changes])


def _set(session: Session, model: type[Any], rows: Iterable[Mapping[str, Any]]) -> None:
    """Update rows by their id; rows with the same columns go to the database together."""
    alike: dict[tuple[str, ...], list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        alike[tuple(sorted(row))].append({f"new_{name}": value for name, value in row.items()})
    table: Table = model.__table__
    for names, group in alike.items():
        values: dict[str, Any] = {name: bindparam(f"new_{name}") for name in names if name != "id"}
        session.connection().execute(update(table).where(table.c.id == bindparam("new_id")).values(values), group)


def _add(
    session: Session,
    model: type[Any],
    marks: Sequence[str],
    new: Sequence[RosterClass | RosterPupil | RosterAdult],
    rows: Iterable[dict[str, Any]],
) -> dict[str, int]:
    """Insert rows; roster key to the id each got.

    Databases give new ids back in any order, so each is found again by its marks, which nobody shares.
    """
    if not new:
        return {}
    rows = list(rows)
    added = session.execute(insert(model).returning(model.id, *(getattr(model, mark) for mark in marks)), rows)
    id_of = {tuple(found): row_id for row_id, *found in added}
    return {one.key: id_of[tuple(row[mark] for mark in marks)] for one, row in zip(new, rows, strict=True)}


def _class_row(one: RosterClass) -> dict[str, Any]:
    return {"name": one.name, "year": one.year, "source_id": one.key}


def _pupil_rows(plan: Plan, today: date) -> Iterable[dict[str, Any]]:
    pictures = _Pictures(plan)
    for one in plan.pupils_new:
        yield {
            "given_name": one.given_name,
            "family_name": one.family_name,
            "known_as": one.known_as or None,
            "year": one.year,
            "house": one.house,
            "picture": pictures.choose(one),
            "source_id": one.source_id,
            "upn": one.upn,
            "username": one.username,
            "joined_on": today,
        }


def _adult_rows(session: Session, new: Sequence[RosterAdult]) -> Iterable[dict[str, Any]]:
    looks = list(session.scalars(select(Adult.picture).where(works_here()))) if new else []
    for one in new:
        looks.append(rarest_look(looks, one.key))
        yield {
            "given_name": one.given_name,
            "family_name": one.family_name,
            "called": one.called,
            "email": one.email,
            "picture": looks[-1],
            "source_id": one.source_id,
            "username": one.username,
        }


class _Pictures:
    """A picture for each new child that nobody in the same registration class has (or in the same classes)."""

    def __init__(self, plan: Plan) -> None:
        self._classes: dict[Ref, list[tuple[Ref, bool]]] = defaultdict(list)
        for pupil, school_class, home in plan.places_added:
            self._classes[pupil].append((school_class, home))
        picture_of = {one.id: one.picture for one in plan.present.pupils if not one.left}
        self._taken: dict[Ref, set[str]] = defaultdict(set)
        for pupil_id, class_id, _ in plan.present.places:
            if pupil_id in picture_of:
                self._taken[class_id].add(picture_of[pupil_id])

    def choose(self, one: RosterPupil) -> str:
        """The picture for one child, which is then taken."""
        classes = self._classes[one.key]
        together = [ref for ref, home in classes if home] or [ref for ref, _ in classes]
        picture = picture_for(set().union(*(self._taken[ref] for ref in together)), one.key)
        for ref, _ in classes:
            self._taken[ref].add(picture)
        return picture


def _write_places(session: Session, plan: Plan, pupils: Mapping[str, int], classes: Mapping[str, int]) -> None:
    table: Table = Enrolment.__table__  # type: ignore[assignment]
    one_place = (table.c.pupil_id == bindparam("pupil")) & (table.c.class_id == bindparam("school_class"))
    _each(
        session,
        delete(table).where(one_place),
        [{"pupil": pupil, "school_class": school_class} for pupil, school_class in plan.places_removed],
    )
    _each(
        session,
        update(table).where(one_place).values(home=bindparam("is_home")),
        [{"pupil": pupil, "school_class": at, "is_home": home} for pupil, at, home in plan.homes_changed],
    )
    _each(
        session,
        insert(table),
        [
            {"pupil_id": _id(pupil, pupils), "class_id": _id(school_class, classes), "home": home}
            for pupil, school_class, home in plan.places_added
        ],
    )


def _write_teaching(session: Session, plan: Plan, staff: Mapping[str, int], classes: Mapping[str, int]) -> None:
    table: Table = Teaching.__table__  # type: ignore[assignment]
    _each(
        session,
        delete(table).where(
            (table.c.adult_id == bindparam("adult")) & (table.c.class_id == bindparam("school_class"))
        ),
        [{"adult": adult, "school_class": school_class} for adult, school_class in plan.teaching_removed],
    )
    _each(
        session,
        insert(table),
        [
            {"adult_id": _id(adult, staff), "class_id": _id(school_class, classes)}
            for adult, school_class in plan.teaching_added
        ],
    )


def _each(session: Session, statement: Any, rows: list[dict[str, Any]]) -> None:
    if rows:
        session.connection().execute(statement, rows)


def _id(ref: Ref, added: Mapping[str, int]) -> int:
    return ref if isinstance(ref, int) else added[ref]
