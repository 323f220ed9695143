"""The friendly-hello list: children whom every adult greets by name. Names and pictures; no step, and never why.

Nobody is on it because of what they answered: somebody in nurture puts a child on it, for a week, and anybody on
it may be there for a new coat. So nothing about feelings can be read from it by staff who may not see them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, select

from kiosk.audit import Actor, record
from kiosk.db import db, insert_for, utc_now, writing
from kiosk.patterns.child.left_out import left_out
from kiosk.patterns.child.store import NoSuchChild
from kiosk.patterns.models import Hello
from kiosk.people.models import Pupil, SchoolClass
from kiosk.people.store import home_class_id
from kiosk.school.store import local_now

FOR = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class ToGreet:
    """A child on the list."""

    pupil_id: int
    name: str
    """What the child is called: adults say it aloud."""
    family_name: str
    class_name: str
    picture: str
    last_day: date


def to_greet(by: Actor) -> list[ToGreet]:
    """Today's list, by class and name; the look is recorded."""
    rows = db.session().execute(
        select(
            Pupil.id,
            Pupil.given_name,
            Pupil.known_as,
            Pupil.family_name,
            Pupil.picture,
            SchoolClass.name,
            Hello.last_day,
        )
        .select_from(Hello)
        .join(Pupil, Pupil.id == Hello.pupil_id)
        .outerjoin(SchoolClass, SchoolClass.id == home_class_id())
        .where(Hello.last_day >= local_now().date(), *_can_be_greeted())
    )
    found = [
        ToGreet(
            row.id,
            row.known_as or row.given_name,
            row.family_name,
            row.name or "",
            row.picture,
            row.last_day,
        )
        for row in rows
    ]
    found.sort(key=lambda child: (child.class_name.casefold(), child.name.casefold(), child.pupil_id))
    with writing():
        record("hello_seen", by, pupils=[child.pupil_id for child in found])
    return found


def greet(pupil_id: int, by: Actor) -> date:
    """Put a child on the list for a week from today; the last of its days.

    Raises:
        NoSuchChild: there is no such child in school, or they are left out of patterns.
    """
    last_day = local_now().date() + FOR
    with writing() as session:
        here = session.scalar(select(Pupil.id).where(Pupil.id == pupil_id, *_can_be_greeted()))
        if here is None or by.account_id is None:
            raise NoSuchChild
        row = {"last_day": last_day, "by_id": by.account_id, "since": utc_now()}
        put = insert_for(session.connection(), Hello).values(pupil_id=pupil_id, **row)
        session.execute(put.on_conflict_do_update(index_elements=["pupil_id"], set_=row))
        record("hello_asked_for", by, pupil=pupil_id, last_day=last_day.isoformat())
    return last_day


def _can_be_greeted() -> tuple[ColumnElement[bool], ...]:
    return Pupil.left_on.is_(None), Pupil.id.not_in(left_out())


def stop_greeting(pupil_id: int, by: Actor) -> None:
    """Take a child off the list; done already is done."""
    with writing() as session:
        there = session.get(Hello, pupil_id)
        if there is not None:
            session.delete(there)
            record("hello_ended", by, pupil=pupil_id)
