"""Reading who is named by whom: four statements, of one class or one adult's children where that is asked for.

Also of children who are left out of patterns: whom a child can turn to says nothing of what they felt or asked.

Around one adult two more, of what that adult carried.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, exists, or_, select

from kiosk.audit import Actor
from kiosk.db import db
from kiosk.patterns.connections.adults_store import every_adult
from kiosk.patterns.connections.naming import NamedAdult, NamesMap, NamingChild, map_of
from kiosk.patterns.connections.store import LoadOverTime, load_over_time
from kiosk.patterns.looking import check_switched_on, keep_look
from kiosk.people.models import High5, Pupil, SchoolClass
from kiosk.people.rules import full_name
from kiosk.people.store import home_class_id
from kiosk.school.store import local_now


class NothingToMap(Exception):
    """Nobody knows this class or this adult."""


@dataclass(frozen=True)
class Naming:
    """A map, of what it is, and what else can be asked for."""

    today: date
    found: NamesMap
    class_name: str | None
    """Whose children they are; nothing for all classes."""
    adult: NamedAdult | None
    """Whom they all name; nothing for every child."""
    load: LoadOverTime | None
    """What that adult carried, whichever children they are."""
    classes: Mapping[int, str]
    """The open classes, by name."""
    adults: Mapping[int, NamedAdult]
    """Every adult, by name."""


def look_at_naming(by: Actor, *, class_id: int | None = None, adult_id: int | None = None) -> Naming:
    """Who is named by whom, for somebody who may see every child.

    Args:
        by: who looks.
        class_id: only the children of this class.
        adult_id: only the children who name this adult.

    Raises:
        SwitchedOff: the school does not have this view.
        NothingToMap: there is no such class or adult.
    """
    check_switched_on("connections")
    today = local_now().date()
    classes, adults = _classes(), every_adult(today)
    if (class_id is not None and class_id not in classes) or (adult_id is not None and adult_id not in adults):
        raise NothingToMap
    children = list(_children(today, class_id, adult_id))
    what = [f"{kind} {one}" for kind, one in (("class", class_id), ("adult", adult_id)) if one is not None]
    keep_look(by, "naming", what)
    return Naming(
        today=today,
        found=map_of(children, adults, today),
        class_name=None if class_id is None else classes[class_id],
        adult=None if adult_id is None else adults[adult_id],
        load=None if adult_id is None else load_over_time(adult_id),
        classes=classes,
        adults=adults,
    )


def _children(today: date, class_id: int | None, adult_id: int | None) -> Iterator[NamingChild]:
    scope = list(_scope(today, class_id, adult_id))
    high5: dict[int, list[int]] = {}
    for pupil_id, named in db.session().execute(
        select(High5.pupil_id, High5.adult_id)
        .join(Pupil, Pupil.id == High5.pupil_id)
        .where(*scope)
        .order_by(High5.pupil_id, High5.position)
    ):
        high5.setdefault(pupil_id, []).append(named)
    rows = db.session().execute(
        select(
            Pupil.id,
            Pupil.given_name,
            Pupil.known_as,
            Pupil.family_name,
            SchoolClass.id.label("class_id"),
            SchoolClass.name.label("class_name"),
        )
        .select_from(Pupil)
        .outerjoin(SchoolClass, SchoolClass.id == home_class_id())
        .where(*scope)
    )
    for row in rows:
        name = full_name(row.given_name, row.known_as, row.family_name)
        adults = tuple(high5.get(row.id, ()))
        yield NamingChild(row.id, name, row.class_id or 0, row.class_name or "", adults)


def _scope(today: date, class_id: int | None, adult_id: int | None) -> Iterator[ColumnElement[bool]]:
    """Which pupils are asked for: those in school, and what narrows them."""
    yield or_(Pupil.left_on.is_(None), Pupil.left_on > today)
    if class_id is not None:
        yield home_class_id() == class_id
    if adult_id is not None:
        names = exists(1).where(High5.pupil_id == Pupil.id, High5.adult_id == adult_id)
        yield names.correlate(Pupil)


def _classes() -> dict[int, str]:
    rows = db.session().execute(select(SchoolClass.id, SchoolClass.name).where(SchoolClass.closed_on.is_(None)))
    return dict(sorted(((row.id, row.name) for row in rows), key=lambda one: (one[1].casefold(), one[0])))
