"""Every child of the school by class, to find one; in one statement."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from kiosk.audit import Actor
from kiosk.db import db
from kiosk.patterns.looking import keep_look
from kiosk.patterns.models import NotInPatterns
from kiosk.people.models import Pupil, SchoolClass
from kiosk.people.rules import full_name
from kiosk.people.store import home_class_id


@dataclass(frozen=True, slots=True)
class ChildInClass:
    """A child on the list."""

    id: int
    name: str
    class_name: str
    """Empty for a child of none."""
    is_left_out: bool


def children_by_class(by: Actor) -> list[tuple[str, list[ChildInClass]]]:
    """The children who are in school, class by class and by name; children without a class come last."""
    rows = db.session().execute(
        select(
            Pupil.id, Pupil.given_name, Pupil.known_as, Pupil.family_name, SchoolClass.name, NotInPatterns.since
        )
        .select_from(Pupil)
        .outerjoin(SchoolClass, SchoolClass.id == home_class_id())
        .outerjoin(NotInPatterns, NotInPatterns.pupil_id == Pupil.id)
        .where(Pupil.left_on.is_(None))
    )
    children = [
        ChildInClass(
            row.id,
            full_name(row.given_name, row.known_as, row.family_name),
            row.name or "",
            row.since is not None,
        )
        for row in rows
    ]
    children.sort(key=lambda one: (not one.class_name, one.class_name.casefold(), one.name.casefold(), one.id))
    classes: dict[str, list[ChildInClass]] = {}
    for one in children:
        classes.setdefault(one.class_name, []).append(one)
    keep_look(by, "children", list(classes))
    return list(classes.items())
