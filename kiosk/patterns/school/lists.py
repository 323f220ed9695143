"""Lists of children that staff make, to see how a group they care for answers: who is on which, and from when.

A list changes from next Monday on and never backwards. If it could look back, somebody could make it, look, make
it again without one child, and look again; the difference would be that child (see kiosk.patterns.figures.cuts).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, delete, func, or_, select, update
from sqlalchemy.exc import IntegrityError

from kiosk.audit import Actor, record
from kiosk.db import db, utc_now, writing
from kiosk.patterns.school.models import NAME_MOST, ListMember, StaffList
from kiosk.people.models import Account, Adult, Pupil, SchoolClass
from kiosk.people.store import home_class_id
from kiosk.refusal import Refusal
from kiosk.school.store import local_now, school_calendar

LISTS_MOST = 20
_BRING_BACK_WITHIN = timedelta(days=7)


class NoSuchList(Exception):
    """There is no such list."""


class ListRefused(Refusal):
    """A list cannot be made or changed like this; the message is a sentence saying what to do."""


@dataclass(frozen=True, slots=True)
class KnownList:
    """A list as the page of lists shows it."""

    id: int
    name: str
    children: int
    """How many are on it from next Monday on."""
    made_by: str
    made_at: datetime
    """On the school's own clock."""
    is_deleted: bool


@dataclass(frozen=True, slots=True)
class Listed:
    """A child on a list."""

    pupil_id: int
    name: str
    class_name: str
    counts_from: date | None
    """The Monday from which they count; nothing for who counts already."""
    counts_until: date | None
    """The Monday from which they do not count any more."""


def next_monday(today: date) -> date:
    """The first Monday after a day: from then on a change counts."""
    return today + timedelta(days=7 - today.weekday())


def known_lists(by: Actor) -> list[KnownList]:
    """Every list by name, then those deleted in the last days, which can be brought back; the look is recorded."""
    zone, monday = school_calendar().zone, next_monday(local_now().date())
    number = (
        select(func.count())
        .select_from(ListMember)
        .join(Pupil, Pupil.id == ListMember.pupil_id)
        .where(ListMember.list_id == StaffList.id, _counts_on(monday), Pupil.left_on.is_(None))
        .correlate(StaffList)
        .scalar_subquery()
    )
    rows = db.session().execute(
        select(StaffList, number, func.coalesce(Adult.called, Account.email))
        .join(Account, Account.id == StaffList.made_by_id)
        .outerjoin(Adult, Adult.id == Account.adult_id)
        .where(or_(StaffList.deleted_at.is_(None), StaffList.deleted_at > utc_now() - _BRING_BACK_WITHIN))
    )
    found = [
        KnownList(row.id, row.name, count, made_by, row.made_at.astimezone(zone), row.deleted_at is not None)
        for row, count, made_by in rows
    ]
    found.sort(key=lambda one: (one.is_deleted, one.name.casefold(), one.id))
    with writing():
        record("lists_seen", by, lists=[one.id for one in found])
    return found


def look_at_list(list_id: int, by: Actor) -> tuple[str, list[Listed]]:
    """A list's name and the children on it, by class and name; the look is recorded.

    Raises:
        NoSuchList: there is none.
    """
    name = _name_of(list_id)
    monday = next_monday(local_now().date())
    rows = db.session().execute(
        select(
            Pupil.id,
            Pupil.given_name,
            Pupil.known_as,
            Pupil.family_name,
            SchoolClass.name,
            ListMember.from_week,
            ListMember.until_week,
        )
        .select_from(ListMember)
        .join(Pupil, Pupil.id == ListMember.pupil_id)
        .outerjoin(SchoolClass, SchoolClass.id == home_class_id())
        .where(
            ListMember.list_id == list_id,
            or_(ListMember.until_week.is_(None), ListMember.until_week >= monday),
            Pupil.left_on.is_(None),
        )
    )
    found = [
        Listed(
            row.id,
            f"{row.known_as or row.given_name} {row.family_name}".strip(),
            row.name or "",
            row.from_week if row.from_week >= monday else None,
            row.until_week,
        )
        for row in rows
    ]
    found.sort(key=lambda one: (one.class_name.casefold(), one.name.casefold(), one.pupil_id))
    with writing():
        record("lists_seen", by, lists=[list_id])
    return name, found


def make_list(name: str, taken: Iterable[str], by: Actor) -> int:
    """Make an empty list; its id.

    Args:
        name: what staff call it.
        taken: names of classes, years and houses, which it must not be taken for.
        by: the signed-in account that makes it.

    Raises:
        ListRefused: it has no name, one that is taken, or there are too many lists.
    """
    name = _checked(name, taken)
    if by.account_id is None:
        raise ListRefused("Sign in first: a list shows who made it.")
    try:
        with writing() as session:
            there = session.scalar(
                select(func.count()).select_from(StaffList).where(StaffList.deleted_at.is_(None))
            )
            if (there or 0) >= LISTS_MOST:
                raise ListRefused(
                    "There are %(most)s lists already. Delete one that nobody needs any more.", most=LISTS_MOST
                )
            made = StaffList(name=name, name_key=_key(name), made_by_id=by.account_id, made_at=utc_now())
            session.add(made)
            session.flush()
            record("list_made", by, list=made.id)
            return made.id
    except IntegrityError as error:
        raise _doubled(name) from error


def rename_list(list_id: int, name: str, taken: Iterable[str], by: Actor) -> None:
    """Give a list another name; its children and figures stay.

    Raises:
        NoSuchList: there is none.
        ListRefused: the name is none or taken.
    """
    _name_of(list_id)
    name = _checked(name, taken)
    try:
        with writing() as session:
            session.execute(
                update(StaffList).where(StaffList.id == list_id).values(name=name, name_key=_key(name))
            )
            record("list_renamed", by, list=list_id)
    except IntegrityError as error:
        raise _doubled(name) from error


def change_list(list_id: int, put: set[int], off: set[int], by: Actor) -> int:
    """Put children on a list and take others off, from next Monday on; how many changed.

    Raises:
        NoSuchList: there is none.
        ListRefused: one of the children is not in school.
    """
    monday = next_monday(local_now().date())
    with writing() as session:
        _name_of(list_id, lock=True)  # a button pressed twice puts a child on it once
        here = set(session.scalars(select(Pupil.id).where(Pupil.id.in_(put), Pupil.left_on.is_(None))))
        if here != put:
            raise ListRefused("One of these children is not in school any more. Choose again.")
        rows = session.scalars(select(ListMember).where(ListMember.list_id == list_id, _counts_on(monday))).all()
        on_it = {row.pupil_id for row in rows}
        leaving = {
            row.pupil_id: row
            for row in session.scalars(
                select(ListMember).where(ListMember.list_id == list_id, ListMember.until_week == monday)
            )
        }
        added, removed = put - on_it - off, (off & on_it) - put
        for pupil_id in added:
            if pupil_id in leaving:  # taken off this week by mistake
                leaving[pupil_id].until_week = None
            else:
                session.add(ListMember(list_id=list_id, pupil_id=pupil_id, from_week=monday))
        for row in rows:
            if row.pupil_id in removed and row.from_week < monday:
                row.until_week = monday
            elif row.pupil_id in removed:  # has not counted yet
                session.execute(
                    delete(ListMember).where(
                        ListMember.list_id == list_id,
                        ListMember.pupil_id == row.pupil_id,
                        ListMember.from_week == monday,
                    )
                )
        if added or removed:
            record(
                "list_changed",
                by,
                list=list_id,
                added=sorted(added),
                removed=sorted(removed),
                from_week=monday.isoformat(),
            )
    return len(added) + len(removed)


def delete_list(list_id: int, by: Actor) -> None:
    """Take a list off every page; for a week it can be brought back.

    Raises:
        NoSuchList: there is none.
    """
    _name_of(list_id)
    with writing() as session:
        session.execute(
            update(StaffList).where(StaffList.id == list_id).values(deleted_at=utc_now(), name_key=None)
        )
        record("list_deleted", by, list=list_id)


def bring_back_list(list_id: int, by: Actor) -> None:
    """Bring back a list that was deleted within a week, with its children.

    Raises:
        NoSuchList: there is none.
        ListRefused: another list has its name now.
    """
    name = db.session().scalar(
        select(StaffList.name).where(
            StaffList.id == list_id, StaffList.deleted_at > utc_now() - _BRING_BACK_WITHIN
        )
    )
    if name is None:
        raise NoSuchList
    try:
        with writing() as session:
            session.execute(
                update(StaffList).where(StaffList.id == list_id).values(deleted_at=None, name_key=_key(name))
            )
            record("list_brought_back", by, list=list_id)
    except IntegrityError as error:
        raise ListRefused(
            "There is another list called %(name)s now. Give that one another name first.", name=name
        ) from error


def lists_there() -> list[tuple[int, str]]:
    """Id and name of every list, by name."""
    rows = db.session().execute(select(StaffList.id, StaffList.name).where(StaffList.deleted_at.is_(None)))
    return sorted(((row.id, row.name) for row in rows), key=lambda one: (one[1].casefold(), one[0]))


def members_in_week(monday: date) -> dict[int, set[int]]:
    """For each list that is there, in the order they were made, the children who count in a week."""
    members: dict[int, set[int]] = {}
    for list_id, pupil_id in db.session().execute(
        select(StaffList.id, ListMember.pupil_id)
        .join(ListMember, ListMember.list_id == StaffList.id)
        .where(StaffList.deleted_at.is_(None), _counts_on(monday))
        .order_by(StaffList.id)
    ):
        members.setdefault(list_id, set()).add(pupil_id)
    return members


def _counts_on(monday: date) -> ColumnElement[bool]:
    return (ListMember.from_week <= monday) & or_(ListMember.until_week.is_(None), ListMember.until_week > monday)


def _name_of(list_id: int, *, lock: bool = False) -> str:
    named = select(StaffList.name).where(StaffList.id == list_id, StaffList.deleted_at.is_(None))
    name = db.session().scalar(named.with_for_update() if lock else named)
    if name is None:
        raise NoSuchList
    return name


def _checked(name: str, taken: Iterable[str]) -> str:
    name = " ".join(name.split())
    # Without its capitals a letter can become three: what has no room as a key has none as a name.
    if not name or len(name) > NAME_MOST or len(_key(name)) > 2 * NAME_MOST or not name.isprintable():
        raise ListRefused("Give the list a name of at most %(most)s letters.", most=NAME_MOST)
    if _key(name) in {_key(one) for one in taken}:
        raise ListRefused("%(name)s is the name of a class, a year or a house. Give the list another.", name=name)
    return name


def _key(name: str) -> str:
    return name.casefold()


def _doubled(name: str) -> ListRefused:
    return ListRefused(
        "There is a list called %(name)s already. Change that one, or give yours another name.", name=name
    )
