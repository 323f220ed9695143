"""Planned times: a regular time that an adult promises a child. What became of it is in ``meetings``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, or_, select, update

from kiosk.audit import record
from kiosk.db import db, utc_now, writing
from kiosk.minding.models import PlannedTime
from kiosk.minding.rules import NewTime, Promise, PromiseRefused
from kiosk.people.models import Adult, Pupil
from kiosk.people.near import NearAdult, must_be_near, near
from kiosk.people.rules import HOWS, full_name
from kiosk.people.store import trusted_adult
from kiosk.school.store import local_now, school_calendar

FURTHEST = timedelta(days=366)
"""No promise begins further ahead; a year typed with a slip does."""


class NoSuchTime(Exception):
    """A planned time that is not there, or not for this asker: the two must look the same."""


@dataclass(frozen=True)
class Planned:
    """A planned time as it was promised."""

    id: int
    pupil_id: int
    pupil: str
    pupil_picture: str
    adult_id: int
    adult: str
    adult_picture: str
    place: str | None
    """Where the child finds the adult."""
    at: time
    how: str | None
    """talk · draw · sit · walk"""
    promise: Promise


def promise(pupil_id: int, time: NewTime, asker: NearAdult) -> int:
    """Promise a child a regular time with an adult; returns its number.

    Promised for today when today's hour has passed, it begins next week: nobody can keep it today.

    Raises:
        NoSuchPupil: there is none, or not for this asker.
        PromiseRefused: it cannot be promised like that.
    """
    with writing() as session:
        must_be_near(asker, pupil_id)
        _check(time)
        if _is_promised_already(pupil_id, time):
            raise PromiseRefused("This time is promised already.")
        planned = PlannedTime(
            pupil_id=pupil_id,
            adult_id=time.adult_id,
            weekday=time.weekday,
            at=time.at,
            how=time.how,
            first_day=_first_day(time),
            made_by_id=asker.adult_id,
            made_at=utc_now(),
        )
        session.add(planned)
        session.flush()
        record("time_promised", asker.actor, pupil=pupil_id, planned_time=planned.id, adult=time.adult_id)
        return planned.id


def end_promise(planned_id: int, asker: NearAdult, last_day: date) -> Planned:
    """End a promise with a day, today at the earliest: what was missed before stays missed.

    Raises:
        NoSuchTime: there is none, or not for this asker.
        PromiseRefused: the day has passed, or the promise ended before today.
    """
    today = local_now().date()
    with writing() as session:
        planned = load_planned(planned_id, asker)
        if planned.promise.last_day is not None and planned.promise.last_day < today:
            raise PromiseRefused("This planned time has ended already. Promise a new one.")
        if last_day < today:
            raise PromiseRefused("Choose today or a later day: what has been stays as it was.")
        session.execute(update(PlannedTime).where(PlannedTime.id == planned_id).values(last_day=last_day))
        record(
            "time_ended",
            asker.actor,
            pupil=planned.pupil_id,
            planned_time=planned_id,
            last_day=last_day.isoformat(),
        )
        return planned


def planned_of(pupil_id: int, asker: NearAdult) -> list[Planned]:
    """The times promised to a pupil that hold now or later, through the week.

    Raises:
        NoSuchPupil: there is none, or not for this asker.
    """
    must_be_near(asker, pupil_id)
    today = local_now().date()
    rows = db.session.execute(PLANNED.where(PlannedTime.pupil_id == pupil_id, holds_later(today)))
    return [planned_from(row) for row in rows]


def times_with(adult_id: int, pupil_id: int) -> list[Planned]:
    """What an adult who goes has promised a child until their last day, for whoever sees to the ending."""
    rows = db.session.execute(
        PLANNED.where(
            PlannedTime.adult_id == adult_id,
            PlannedTime.pupil_id == pupil_id,
            or_(PlannedTime.last_day.is_(None), PlannedTime.last_day >= local_now().date()),
        )
    )
    return [planned_from(row) for row in rows]


def holds_later(day: date) -> ColumnElement[bool]:
    """That a promise holds on a day or later, for statements about ``PlannedTime`` and its ``Adult``."""
    return and_(
        or_(PlannedTime.last_day.is_(None), PlannedTime.last_day >= day),
        or_(Adult.left_on.is_(None), Adult.left_on > day),
    )


def pupils_promised(adult_id: int) -> frozenset[int]:
    """The pupils to whom an adult's own promises hold: these the adult is near, whoever they are."""
    today = local_now().date()
    holds = or_(PlannedTime.last_day.is_(None), PlannedTime.last_day >= today)
    return frozenset(
        db.session.scalars(select(PlannedTime.pupil_id).where(PlannedTime.adult_id == adult_id, holds).distinct())
    )


PLANNED = (
    select(
        PlannedTime.id,
        PlannedTime.pupil_id,
        Pupil.given_name,
        Pupil.known_as,
        Pupil.family_name,
        Pupil.picture.label("pupil_picture"),
        PlannedTime.adult_id,
        Adult.called.label("adult"),
        Adult.picture.label("adult_picture"),
        Adult.place,
        PlannedTime.at,
        PlannedTime.how,
        PlannedTime.weekday,
        PlannedTime.first_day,
        PlannedTime.last_day,
        Adult.left_on,
    )
    .join(Pupil, Pupil.id == PlannedTime.pupil_id)
    .join(Adult, Adult.id == PlannedTime.adult_id)
    .where(Pupil.left_on.is_(None))
    .order_by(PlannedTime.weekday, PlannedTime.at, PlannedTime.id)
)
"""To be narrowed to the asker's scope: by ``near``, by an adult's own name, or to a tablet's pupils."""


def load_planned(planned_id: int, asker: NearAdult) -> Planned:
    """A planned time of a child near the asker, or promised in the asker's own name.

    Raises:
        NoSuchTime: there is none, or not for this asker.
    """
    row = db.session.execute(
        PLANNED.where(PlannedTime.id == planned_id, or_(near(asker), PlannedTime.adult_id == asker.adult_id))
    ).one_or_none()
    if row is None:
        raise NoSuchTime
    return planned_from(row)


def planned_from(row: Row[*tuple[Any, ...]]) -> Planned:
    """A row of ``PLANNED``."""
    return Planned(
        row.id,
        row.pupil_id,
        full_name(row.given_name, row.known_as, row.family_name),
        row.pupil_picture,
        row.adult_id,
        row.adult,
        row.adult_picture,
        row.place,
        row.at,
        row.how,
        Promise(row.weekday, row.first_day, _last_day(row)),
    )


def _last_day(row: Row[*tuple[Any, ...]]) -> date | None:
    """A promise ends with the last day at this school of whoever made it: no child waits for them after."""
    ends = [row.last_day, row.left_on and row.left_on - timedelta(days=1)]
    return min(filter(None, ends), default=None)


def _check(time: NewTime) -> None:
    adult = trusted_adult(time.adult_id)
    if adult is None or adult.presence.has_left(local_now().date()):
        raise PromiseRefused("Choose an adult who works here.")
    if adult.presence.has_left(time.first_day):
        raise PromiseRefused("They will have left by then. Choose an earlier first day, or somebody else.")
    if not adult.has_account:
        raise PromiseRefused(
            "%(adult)s cannot sign in yet, and so could not say whether you met.", adult=adult.called
        )
    if time.weekday not in school_calendar().weekdays:
        raise PromiseRefused("Choose a day on which school is open.")
    if time.how is not None and time.how not in HOWS:
        raise PromiseRefused("Choose what you will do together.")
    today = local_now().date()
    if time.first_day < today:
        raise PromiseRefused("Choose today or a later day to begin with.")
    if time.first_day > today + FURTHEST:
        raise PromiseRefused("That first day is more than a year away. Look at its year once more.")


def _is_promised_already(pupil_id: int, time: NewTime) -> bool:
    same = select(PlannedTime.id).where(
        PlannedTime.pupil_id == pupil_id,
        PlannedTime.adult_id == time.adult_id,
        PlannedTime.weekday == time.weekday,
        PlannedTime.at == time.at,
        or_(PlannedTime.last_day.is_(None), PlannedTime.last_day >= time.first_day),
    )
    return db.session.execute(same).first() is not None


def _first_day(time: NewTime) -> date:
    now = local_now()
    has_passed = time.first_day == now.date() and time.at < now.time()
    return time.first_day + timedelta(days=1) if has_passed else time.first_day
