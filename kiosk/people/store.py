"""Pupils, adults and the High 5: every SQL statement about them, each with the asker's scope in it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, delete, exists, func, insert, or_, select, update
from sqlalchemy.orm import aliased

from kiosk.audit import Actor, record
from kiosk.db import db, writing
from kiosk.people.childs_tablet import set_ups
from kiosk.people.here import is_there_soon
from kiosk.people.leaving import can_sign_in, works_here
from kiosk.people.look_store import settle_looks
from kiosk.people.models import (
    HIGH5_MOST,
    Account,
    Adult,
    Enrolment,
    High5,
    Pupil,
    Role,
    SchoolClass,
    Tablet,
    TabletClass,
    account_role,
)
from kiosk.people.rules import Presence, short_names
from kiosk.people.tablet_settings import ChildsTablet
from kiosk.people.tablets import PairedTablet
from kiosk.refusal import Refusal
from kiosk.school.store import local_now, school_calendar


class NotThisTablets(Exception):
    """A pupil who is not this tablet's, or whom nobody knows."""


class High5Refused(Refusal):
    """A High 5 that cannot be saved; the message is a sentence saying why."""


@dataclass(frozen=True)
class TrustedAdult:
    """An adult as a child and the rules see them."""

    id: int
    called: str
    place: str | None
    picture: str
    presence: Presence
    has_account: bool
    """Whether this adult can sign in, and so be told anything."""

    def can_receive(self, now: datetime) -> bool:
        """Whether a request would reach this adult at this moment on the school's own clock."""
        return self.has_account and self.presence.is_here_at(now)


@dataclass(frozen=True)
class TabletPupil:
    """A child as this tablet shows them."""

    id: int
    name: str
    class_name: str
    picture: str
    tablet: ChildsTablet
    high5: tuple[TrustedAdult, ...]


def on_this_tablet() -> ColumnElement[bool]:
    """The scope of a tablet: pupils in one of its classes, here, and not kept off the tablet.

    For statements that select from ``Pupil`` and are given ``tablet_id`` and ``all_classes``.
    """
    enrolled, in_class = aliased(Enrolment), aliased(TabletClass)
    in_its_classes = (
        exists(1)
        .where(
            enrolled.pupil_id == Pupil.id,
            in_class.class_id == enrolled.class_id,
            in_class.tablet_id == bindparam("tablet_id"),
        )
        .correlate(Pupil)
    )
    return and_(
        Pupil.left_on.is_(None),
        Pupil.on_tablet,
        or_(bindparam("all_classes"), in_its_classes),
    )


def home_class_id() -> ColumnElement[int]:
    """A pupil's home class, an open one before a closed one; 0 for none. For statements about ``Pupil``."""
    home, of = aliased(Enrolment), aliased(SchoolClass)
    newest = (
        select(of.id)
        .join(home, home.class_id == of.id)
        .where(home.pupil_id == Pupil.id)
        .order_by(of.closed_on.is_not(None), home.home.desc(), of.id)
        .limit(1)
        .correlate(Pupil)
        .scalar_subquery()
    )
    return func.coalesce(newest, 0)


_SHOWS = select(Pupil.id).where(Pupil.id == bindparam("pupil_id"), on_this_tablet())


def tablet_shows(tablet: PairedTablet, pupil_id: int) -> bool:
    """Whether this pupil is one of this tablet's."""
    scope = {"pupil_id": pupil_id, "tablet_id": tablet.id, "all_classes": tablet.all_classes}
    return db.session().connection().execute(_SHOWS, scope).first() is not None


def tablet_roster(tablet: PairedTablet) -> list[TabletPupil]:
    """The pupils of this tablet with their High 5, by class and name."""
    rows = db.session.execute(
        select(
            Pupil.id,
            Pupil.given_name,
            Pupil.known_as,
            Pupil.family_name,
            Pupil.picture,
            SchoolClass.id.label("class_id"),
            SchoolClass.name.label("class_name"),
            TabletClass.tablet_id.label("shown_here"),
        )
        .outerjoin(Enrolment, Enrolment.pupil_id == Pupil.id)
        .outerjoin(SchoolClass, SchoolClass.id == Enrolment.class_id)
        .outerjoin(TabletClass, and_(TabletClass.class_id == SchoolClass.id, TabletClass.tablet_id == tablet.id))
        .where(on_this_tablet())
        # A child in several classes is shown once: in one of this tablet's, the registration class first.
        .order_by(Pupil.id, TabletClass.tablet_id.is_(None), Enrolment.home.desc(), SchoolClass.id),
        {"tablet_id": tablet.id, "all_classes": tablet.all_classes},
    ).all()
    first_row: dict[int, Any] = {}
    for row in rows:
        first_row.setdefault(row.id, row)
    by_class: dict[int | None, list[tuple[int, str, str]]] = defaultdict(list)
    for row in first_row.values():
        by_class[row.class_id].append((row.id, row.known_as or row.given_name, row.family_name))
    names: dict[int, str] = {}
    for members in by_class.values():
        names.update(short_names(members))
    high5, set_up = high5_of(first_row.keys()), set_ups(first_row.keys())
    pupils = [
        TabletPupil(
            row.id, names[row.id], row.class_name or "", row.picture, set_up[row.id].tablet, tuple(high5[row.id])
        )
        for row in first_row.values()
    ]
    return sorted(pupils, key=lambda pupil: (pupil.class_name, pupil.name.casefold(), pupil.id))


_TRUSTED = (
    Adult.id,
    Adult.called,
    Adult.place,
    Adult.picture,
    Adult.weekdays,
    Adult.away_from,
    Adult.away_until,
    Adult.left_on,
    Adult.hours,
    Adult.lunch_from,
    Adult.lunch_until,
    Adult.tapped_on,
    Adult.tapped_here,
    can_sign_in().label("has_account"),
)


def high5_of(pupil_ids: Iterable[int]) -> dict[int, list[TrustedAdult]]:
    """Each pupil's trusted adults who still work here, in the child's own order."""
    ids = list(pupil_ids)
    found: dict[int, list[TrustedAdult]] = {pupil_id: [] for pupil_id in ids}
    asked = select(High5.pupil_id, *_TRUSTED).join(Adult, Adult.id == High5.adult_id).where(works_here())
    asked = asked.order_by(High5.pupil_id, High5.position)
    rows = db.session.execute(asked.where(High5.pupil_id.in_(ids)) if len(ids) <= 500 else asked)
    for row in rows:
        if row.pupil_id in found:
            found[row.pupil_id].append(_trusted(row))
    return found


def adults_with_role(role: str) -> list[TrustedAdult]:
    """The adults whose account has a role, in a stable order."""
    rows = db.session.execute(
        select(*_TRUSTED)
        .join(Account, Account.adult_id == Adult.id)
        .join(account_role, account_role.c.account_id == Account.id)
        .join(Role, Role.id == account_role.c.role_id)
        .where(Role.name == role, Account.active, works_here())
        .order_by(Adult.id)
    )
    return [_trusted(row) for row in rows]


def adult_ids_with_roles(*roles: str) -> set[int]:
    """The adults whose account has one of these roles, here today or not."""
    rows = db.session.scalars(
        select(Account.adult_id)
        .join(account_role, account_role.c.account_id == Account.id)
        .join(Role, Role.id == account_role.c.role_id)
        .where(Role.name.in_(roles), Account.active, Account.adult_id.is_not(None))
    )
    return {adult_id for adult_id in rows if adult_id is not None}


def is_in_high5(pupil_id: int, adult_id: int) -> bool:
    """Whether the child named this adult, also when the adult has left since."""
    named = select(High5.position).where(High5.pupil_id == pupil_id, High5.adult_id == adult_id)
    return db.session.execute(named).first() is not None


def trusted_adults(adult_ids: Collection[int]) -> list[TrustedAdult]:
    """These adults, also those who have left, in a stable order."""
    rows = db.session.execute(select(*_TRUSTED).where(Adult.id.in_(adult_ids)).order_by(Adult.id))
    return [_trusted(row) for row in rows]


_TRUSTED_ONE = select(*_TRUSTED).where(Adult.id == bindparam("adult_id"))


def trusted_adult(adult_id: int) -> TrustedAdult | None:
    """One adult, also one who has left."""
    row = db.session().connection().execute(_TRUSTED_ONE, {"adult_id": adult_id}).one_or_none()
    return _trusted(row) if row else None


def adults_who_can_receive(now: datetime) -> list[TrustedAdult]:
    """Everyone to whom a request could be handed over at this moment on the school's own clock, by name."""
    asked = select(*_TRUSTED).where(works_here(now.date())).order_by(Adult.family_name, Adult.id)
    rows = db.session.execute(asked)
    return [adult for adult in map(_trusted, rows) if adult.can_receive(now)]


def can_be_asked_soon(adult: TrustedAdult) -> bool:
    """Whether an adult can sign in and is in school within the next two school weeks."""
    today, calendar = local_now().date(), school_calendar()
    return adult.has_account and is_there_soon(adult.presence, today, calendar.next_school_day)


_when_taken_out: list[Callable[[int, frozenset[int], Actor], None]] = []


def when_taken_out(call: Callable[[int, frozenset[int], Actor], None]) -> None:
    """From now on tell ``call`` who is taken out of a child's High 5, inside the transaction that does it.

    So what a child owes to somebody who has left is remembered, whichever way the High 5 was changed.
    """
    if call not in _when_taken_out:
        _when_taken_out.append(call)


def set_high5(pupil_id: int, adult_ids: Sequence[int], by: Actor) -> None:
    """Make these adults the child's High 5, in this order.

    Raises:
        High5Refused: nobody, more than five, somebody twice, somebody whom nobody knows, or nobody among them
            who can sign in and is here within two school weeks.
    """
    if not 1 <= len(adult_ids) <= HIGH5_MOST:
        raise High5Refused("A High 5 has one to five adults.")
    if len(set(adult_ids)) != len(adult_ids):
        raise High5Refused("Each adult can be in a High 5 once.")
    with writing() as session:
        chosen = trusted_adults(adult_ids)
        if len(chosen) != len(adult_ids):
            raise High5Refused("Somebody in this High 5 is not known here.")
        today = local_now().date()
        if not any(adult.has_account and not adult.presence.has_left(today) for adult in chosen):
            raise High5Refused("Nobody in this High 5 can receive a request. Add an adult who signs in.")
        if not any(map(can_be_asked_soon, chosen)):
            raise High5Refused(
                "Nobody in this High 5 who can sign in is here within the next two school weeks, so nobody would "
                "hear this child. Add an adult who is here."
            )
        before = session.scalars(select(High5.adult_id).where(High5.pupil_id == pupil_id)).all()
        session.execute(delete(High5).where(High5.pupil_id == pupil_id))
        session.execute(
            insert(High5),
            [
                {"pupil_id": pupil_id, "position": position, "adult_id": adult_id}
                for position, adult_id in enumerate(adult_ids, 1)
            ],
        )
        record("high5_changed", by, pupil=pupil_id, adults=list(adult_ids))
        if len({adult.picture.rpartition("-")[0] for adult in chosen}) < len(chosen):
            settle_looks(by, only=adult_ids, moving_costs=_tablets_show_looks())
        if gone := frozenset(before) - frozenset(adult_ids):
            for call in _when_taken_out:
                call(pupil_id, gone, by)


def _tablets_show_looks() -> bool:
    """Whether a child can have learnt a leaf by now: until the first tablet is paired a new one costs nothing."""
    return db.session.scalar(select(Tablet.id).limit(1)) is not None


def set_presence(adult_id: int, presence: Presence, by: Actor) -> None:
    """Change when an adult is here."""
    with writing() as session:
        session.execute(
            update(Adult)
            .where(Adult.id == adult_id)
            .values(
                weekdays=presence.weekdays,
                away_from=presence.away_from,
                away_until=presence.away_until,
                left_on=presence.left_on,
                hours=dict(presence.hours) if presence.hours else None,
                lunch_from=presence.lunch_from,
                lunch_until=presence.lunch_until,
                tapped_on=presence.tapped_on,
                tapped_here=presence.tapped_here,
            )
        )
        changed = {
            name: value if isinstance(value, int | dict) else value.isoformat()
            for name, value in asdict(presence).items()
            if value is not None
        }
        record("availability_changed", by, adult=adult_id, change=changed)


def _trusted(row: Any) -> TrustedAdult:
    return TrustedAdult(
        row.id,
        row.called,
        row.place,
        row.picture,
        Presence(
            row.weekdays,
            row.away_from,
            row.away_until,
            row.left_on,
            row.hours,
            row.lunch_from,
            row.lunch_until,
            row.tapped_on,
            row.tapped_here,
        ),
        row.has_account,
    )
