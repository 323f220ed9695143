"""Choosing a child's High 5: for which children somebody may choose, and whom.

Every statement about pupils carries who chooses in its WHERE: an adult has the classes they teach.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, Select, and_, select, true

from kiosk.audit import Actor
from kiosk.db import db, writing
from kiosk.people.leaving import works_here
from kiosk.people.models import Adult, Enrolment, Pupil, SchoolClass, Teaching
from kiosk.people.rules import full_name
from kiosk.people.store import High5Refused, TrustedAdult, high5_of, set_high5, trusted_adults


class NoSuchPupil(Exception):
    """Nobody of this number for whom the asker may choose."""


@dataclass(frozen=True)
class Chooser:
    """Who asks, as the scope of a question."""

    adult_id: int | None
    every_class: bool
    """Chooses for every pupil; otherwise only for those of the classes this adult teaches."""


AT_THE_KEYBOARD = Chooser(adult_id=None, every_class=True)


@dataclass(frozen=True)
class PupilsHigh5:
    """A pupil with those of their High 5 who still work here."""

    id: int
    name: str
    class_id: int | None
    class_name: str
    """Empty for a pupil whom the roster puts in no class."""
    high5: tuple[TrustedAdult, ...]

    @property
    def can_be_heard(self) -> bool:
        """Whether somebody of the High 5 can sign in, and so be told."""
        return any(adult.has_account for adult in self.high5)


@dataclass(frozen=True)
class ClassHigh5s:
    """A class with its pupils, those first who have nobody."""

    id: int | None
    name: str
    pupils: tuple[PupilsHigh5, ...]

    @property
    def without(self) -> int:
        """How many have nobody yet."""
        return sum(not pupil.high5 for pupil in self.pupils)


def classes_to_choose_for(chooser: Chooser) -> list[ClassHigh5s]:
    """The classes somebody may choose for, by name; each pupil once, in their registration class if that is one.

    Pupils without a class come last, and only for those who choose for every class.
    """
    by_class: dict[tuple[int | None, str], list[PupilsHigh5]] = defaultdict(list)
    for pupil in _read(_pupils(chooser)):
        by_class[pupil.class_id, pupil.class_name].append(pupil)
    classes = [
        ClassHigh5s(class_id, name, tuple(sorted(pupils, key=_those_without_first)))
        for (class_id, name), pupils in by_class.items()
    ]
    return sorted(classes, key=lambda one: (one.id is None, one.name.casefold(), one.id or 0))


def pupil_to_choose_for(pupil_id: int | None, chooser: Chooser) -> PupilsHigh5:
    """One pupil with their High 5.

    Raises:
        NoSuchPupil: there is none, or it is not for this asker to choose.
    """
    if pupil_id is None or not (found := _read(_pupils(chooser).where(Pupil.id == pupil_id))):
        raise NoSuchPupil
    return found[0]


def pupils_to_choose_for(pupil_ids: Collection[int], chooser: Chooser) -> list[PupilsHigh5]:
    """These of the pupils somebody may choose for, by name."""
    found = _read(_pupils(chooser).where(Pupil.id.in_(pupil_ids))) if pupil_ids else []
    return sorted(found, key=lambda pupil: (pupil.name.casefold(), pupil.id))


def chooses_for(chooser: Chooser) -> ColumnElement[bool]:
    """The scope of somebody who chooses, for statements that select from ``Pupil``."""
    return chosen_by(chooser.adult_id, every_class=chooser.every_class)


def chosen_by(adult_id: int | BindParameter[int] | None, *, every_class: bool) -> ColumnElement[bool]:
    """The same scope, for a statement that is built once and takes who chooses as a parameter."""
    taught = Pupil.id.in_(
        select(Enrolment.pupil_id)
        .join(SchoolClass, SchoolClass.id == Enrolment.class_id)
        .join(Teaching, Teaching.class_id == SchoolClass.id)
        .where(SchoolClass.closed_on.is_(None), Teaching.adult_id == adult_id)
    )
    return and_(Pupil.left_on.is_(None), true() if every_class else taught)


def adults_to_choose_from() -> list[TrustedAdult]:
    """Everybody who works here, by family name; also those who cannot sign in yet."""
    ids = db.session.scalars(
        select(Adult.id).where(works_here()).order_by(Adult.family_name, Adult.given_name, Adult.id)
    ).all()
    known = {adult.id: adult for adult in trusted_adults(ids)}
    return [known[adult_id] for adult_id in ids]


def choose_high5(pupil_id: int, adult_ids: Sequence[int | None], chooser: Chooser, by: Actor) -> None:
    """Make these adults the pupil's High 5, in this order, if the asker may choose for this pupil.

    Args:
        pupil_id: the pupil.
        adult_ids: adults who work here; ``None`` stands for an id that could not be read.
        chooser: who asks.
        by: the same person, for the record.

    Raises:
        NoSuchPupil: there is none, or it is not for this asker to choose.
        High5Refused: somebody does not work here, or :func:`kiosk.people.store.set_high5` refuses it.
    """
    with writing():
        pupil_to_choose_for(pupil_id, chooser)
        here = {adult.id for adult in adults_to_choose_from()}
        known = [adult_id for adult_id in adult_ids if adult_id in here]
        if len(known) != len(adult_ids):
            raise High5Refused("Somebody you chose does not work here any more. Choose somebody else.")
        set_high5(pupil_id, [adult_id for adult_id in known if adult_id is not None], by)


def _pupils(chooser: Chooser) -> Select[*tuple[Any, ...]]:
    taught = select(Teaching.class_id).where(Teaching.adult_id == chooser.adult_id)
    return (
        select(
            Pupil.id,
            Pupil.given_name,
            Pupil.known_as,
            Pupil.family_name,
            SchoolClass.id.label("class_id"),
            SchoolClass.name.label("class_name"),
        )
        .outerjoin(Enrolment, Enrolment.pupil_id == Pupil.id)
        .outerjoin(SchoolClass, and_(SchoolClass.id == Enrolment.class_id, SchoolClass.closed_on.is_(None)))
        .where(Pupil.left_on.is_(None), true() if chooser.every_class else SchoolClass.id.in_(taught))
        .order_by(Pupil.id, SchoolClass.id.is_(None), Enrolment.home.desc(), SchoolClass.id)
    )


def _read(pupils: Select[*tuple[Any, ...]]) -> list[PupilsHigh5]:
    """Each pupil once: the first of their rows names the class they are shown in."""
    first: dict[int, Any] = {}
    for row in db.session.execute(pupils):
        first.setdefault(row.id, row)
    high5 = high5_of(first)
    return [
        PupilsHigh5(
            row.id,
            full_name(row.given_name, row.known_as, row.family_name),
            row.class_id,
            row.class_name or "",
            tuple(high5[row.id]),
        )
        for row in first.values()
    ]


def _those_without_first(pupil: PupilsHigh5) -> tuple[bool, bool, str, int]:
    return bool(pupil.high5), pupil.can_be_heard, pupil.name.casefold(), pupil.id
