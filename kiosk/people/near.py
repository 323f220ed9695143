"""Who is near a child: the adults who may know how to be with this child, and write about it.

Near are those in the child's High 5, those who teach the class, and everyone on duty, in nurture or leading
safeguarding. Others come near for a while, by a request they were told of or a time they promised: the caller
knows which. Somebody who left is near nobody.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select, true

from kiosk.audit import Actor
from kiosk.db import db
from kiosk.people.high5 import NoSuchPupil
from kiosk.people.leaving import works_here
from kiosk.people.models import Adult, Enrolment, High5, Pupil, SchoolClass, Teaching
from kiosk.people.rules import LARGEST_ID, full_name

NEAR_EVERY_CHILD = frozenset({"duty", "nurture", "dsl"})
"""The roles that are near every child."""


@dataclass(frozen=True)
class NearAdult:
    """A signed-in adult, as the scope of what they may know of children."""

    adult_id: int
    account_id: int | None
    every_child: bool
    """Has one of the roles in ``NEAR_EVERY_CHILD``."""
    for_now: frozenset[int] = frozenset()
    """Pupils this adult is near just now for another reason, such as an open request they were told of."""

    @property
    def actor(self) -> Actor:
        """This adult as the one who does something."""
        return Actor(account_id=self.account_id, adult_id=self.adult_id)


@dataclass(frozen=True)
class NearPupil:
    """A pupil as an adult who is near sees them on a list."""

    id: int
    name: str
    first_name: str
    """What the child is called."""
    picture: str
    class_id: int | None
    class_name: str
    """Empty for a pupil whom the roster puts in no class."""
    on_tablet: bool
    """Whether the tablets show this child; a card left for one they do not show would never be found."""
    trusts_me: bool
    """Whether the asker is in this child's High 5."""


def pupils_near(asker: NearAdult) -> list[NearPupil]:
    """Every pupil near an adult, by class and name; each once, in their registration class if they have one."""
    return sorted(_read(_pupils(asker)), key=_by_class_and_name)


def pupil_near(pupil_id: int | None, asker: NearAdult) -> NearPupil:
    """One pupil.

    Raises:
        NoSuchPupil: there is none, or not for this asker: the two look the same.
    """
    if pupil_id is None or not (found := _read(_pupils(asker).where(Pupil.id == pupil_id))):
        raise NoSuchPupil
    return found[0]


def near(asker: NearAdult) -> ColumnElement[bool]:
    """The scope of an adult, for statements that select from ``Pupil``: pupils who are here, and near."""
    stays = exists(1).where(Adult.id == asker.adult_id, works_here()).correlate(None)
    trusted = exists(1).where(High5.pupil_id == Pupil.id, High5.adult_id == asker.adult_id).correlate(Pupil)
    taught = (
        exists(1)
        .where(
            Enrolment.pupil_id == Pupil.id,
            Teaching.class_id == Enrolment.class_id,
            Teaching.adult_id == asker.adult_id,
            SchoolClass.id == Enrolment.class_id,
            SchoolClass.closed_on.is_(None),
        )
        .correlate(Pupil)
    )
    reached = true() if asker.every_child else or_(trusted, taught, Pupil.id.in_(asker.for_now))
    return and_(Pupil.left_on.is_(None), stays, reached)


def is_near(asker: NearAdult, pupil_id: int) -> bool:
    """Whether this adult may know of this pupil."""
    found = select(Pupil.id).where(Pupil.id == pupil_id, near(asker))
    return 0 < pupil_id <= LARGEST_ID and db.session.execute(found).first() is not None


def must_be_near(asker: NearAdult, pupil_id: int) -> None:
    """Stop whoever may not know of this pupil.

    Raises:
        NoSuchPupil: there is none, or not for this asker: the two look the same.
    """
    if not is_near(asker, pupil_id):
        raise NoSuchPupil


def _pupils(asker: NearAdult) -> Select[*tuple[Any, ...]]:
    trusts_me = (
        exists(1).where(High5.pupil_id == Pupil.id, High5.adult_id == asker.adult_id).correlate(Pupil)
    ).label("trusts_me")
    return (
        select(
            Pupil.id,
            Pupil.given_name,
            Pupil.known_as,
            Pupil.family_name,
            Pupil.picture,
            Pupil.on_tablet,
            SchoolClass.id.label("class_id"),
            SchoolClass.name.label("class_name"),
            trusts_me,
        )
        .outerjoin(Enrolment, Enrolment.pupil_id == Pupil.id)
        .outerjoin(SchoolClass, and_(SchoolClass.id == Enrolment.class_id, SchoolClass.closed_on.is_(None)))
        .where(near(asker))
        .order_by(Pupil.id, SchoolClass.id.is_(None), Enrolment.home.desc(), SchoolClass.id)
    )


def _read(pupils: Select[*tuple[Any, ...]]) -> list[NearPupil]:
    """Each pupil once: the first of their rows names the class they are shown in."""
    first: dict[int, NearPupil] = {}
    for row in db.session.execute(pupils):
        called = row.known_as or row.given_name
        pupil = NearPupil(
            row.id,
            full_name(row.given_name, row.known_as, row.family_name),
            called,
            row.picture,
            row.class_id,
            row.class_name or "",
            row.on_tablet,
            bool(row.trusts_me),
        )
        first.setdefault(row.id, pupil)
    return list(first.values())


def _by_class_and_name(pupil: NearPupil) -> tuple[bool, str, str, int]:
    return pupil.class_id is None, pupil.class_name.casefold(), pupil.name.casefold(), pupil.id
