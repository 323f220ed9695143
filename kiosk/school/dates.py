"""Terms and closures: the days on which school is open, as the office keeps them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import cast

from sqlalchemy import delete, insert, select, text

from kiosk.audit import Actor, record
from kiosk.db import db, writing
from kiosk.school.calendar import Span
from kiosk.school.date_rules import Kind, SchoolSpan, check_overlap
from kiosk.school.models import SchoolDates
from kiosk.school.store import forget_settings

SHORT_NOTICE = "Closed at short notice"
"""What a day is called that is closed with one tap: snow, no heating."""


class NoSuchDates(Exception):
    """No term or closure of this number."""


@dataclass(frozen=True)
class KeptDates:
    """A term or closure as it is kept."""

    id: int
    dates: SchoolSpan


def all_dates() -> list[KeptDates]:
    """Every term and closure, in the order of their days."""
    rows = db.session.scalars(select(SchoolDates).order_by(SchoolDates.first_day, SchoolDates.id))
    return [_kept(row) for row in rows]


def dates_of(dates_id: int | None) -> KeptDates:
    """One term or closure.

    Raises:
        NoSuchDates: there is none of this number.
    """
    row = db.session.get(SchoolDates, dates_id) if dates_id is not None else None
    if row is None:
        raise NoSuchDates
    return _kept(row)


def add_dates(new: SchoolSpan, by: Actor) -> int:
    """Keep a term or closure.

    Raises:
        DatesRefused: it overlaps one of its own kind.
    """
    with writing() as session:
        _one_at_a_time()
        check_overlap(new, [kept.dates for kept in all_dates()])
        added = session.execute(
            insert(SchoolDates)
            .values(kind=new.kind, first_day=new.span.first, last_day=new.span.last, name=new.span.name)
            .returning(SchoolDates.id)
        ).scalar_one()
        _record("school_dates_added", by, new)
    forget_settings()
    return added


def close_today(today: date, by: Actor) -> int:
    """Close school for today, at short notice.

    Raises:
        DatesRefused: today is in a closure already.
    """
    return add_dates(SchoolSpan("closed", Span(today, today, SHORT_NOTICE)), by)


def remove_dates(dates_id: int | None, by: Actor) -> KeptDates:
    """Keep a term or closure no more; returns what it was.

    Raises:
        NoSuchDates: there is none of this number.
    """
    with writing() as session:
        gone = dates_of(dates_id)
        session.execute(delete(SchoolDates).where(SchoolDates.id == gone.id))
        _record("school_dates_removed", by, gone.dates)
    forget_settings()
    return gone


def _one_at_a_time() -> None:
    """Two administrators who add the same term at once: the second finds the first's."""
    connection = db.session().connection()
    if connection.dialect.name == "postgresql":
        connection.execute(text("LOCK TABLE school_dates IN SHARE ROW EXCLUSIVE MODE"))


def _kept(row: SchoolDates) -> KeptDates:
    return KeptDates(row.id, SchoolSpan(cast(Kind, row.kind), Span(row.first_day, row.last_day, row.name)))


def _record(event: str, by: Actor, dates: SchoolSpan) -> None:
    first, last = dates.span.first.isoformat(), dates.span.last.isoformat()
    record(event, by, kind=dates.kind, first=first, last=last, what=dates.span.name)
