"""One school day read from the database: every SQL statement of the nurture page.

For roles that may see every child's feelings (nurture staff and safeguarding leads); the gate lets nobody else
as far as this.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.orm import aliased

from kiosk.chats.models import Chat
from kiosk.chats.rules import OPEN
from kiosk.db import db
from kiosk.feelings.models import CheckIn, ScaleVersion
from kiosk.patterns.rules import Child, Request, Step
from kiosk.people.models import Adult, Enrolment, Pupil, SchoolClass
from kiosk.school.store import school_calendar

ANSWERED_WITHIN = timedelta(days=14)
"""How far back a request answered on a day may have been asked: over a holiday, and no scan of ten years."""


def children_on(day: date) -> list[Child]:
    """Every pupil who was in school on a day, or checked in all the same; each once, in their home class."""
    was_here = and_(
        or_(Pupil.joined_on.is_(None), Pupil.joined_on <= day),
        or_(Pupil.left_on.is_(None), Pupil.left_on > day),
    )
    checked_in = exists(1).where(CheckIn.pupil_id == Pupil.id, CheckIn.school_day == day).correlate(Pupil)
    rows = db.session.execute(
        select(Pupil.id, Pupil.given_name, Pupil.known_as, Pupil.family_name, Pupil.on_tablet, SchoolClass.name)
        .outerjoin(Enrolment, Enrolment.pupil_id == Pupil.id)
        .outerjoin(SchoolClass, SchoolClass.id == Enrolment.class_id)
        .where(or_(was_here, checked_in))
        .order_by(Pupil.id, SchoolClass.closed_on.is_not(None), Enrolment.home.desc(), SchoolClass.id)
    )
    children: dict[int, Child] = {}
    for row in rows:
        if row.id not in children:
            children[row.id] = Child(row.id, _name(row), row.name or "", row.on_tablet)
    return list(children.values())


def steps_on(day: date) -> list[Step]:
    """Every check-in of a school day, in the order the children felt it, with the words of that time."""
    words = {
        version.id: version.words for version in db.session.execute(select(ScaleVersion.id, ScaleVersion.words))
    }
    zone = school_calendar().zone
    rows = db.session.execute(
        select(
            CheckIn.pupil_id,
            CheckIn.step,
            CheckIn.intensity,
            CheckIn.scale_version_id,
            CheckIn.felt_at,
            CheckIn.received_at,
            CheckIn.clock_odd,
            CheckIn.entered_by_id,
        )
        .where(CheckIn.school_day == day)
        .order_by(CheckIn.felt_at, CheckIn.id)
    )
    return [
        Step(
            pupil_id=row.pupil_id,
            step=row.step,
            intensity=row.intensity,
            word=words[row.scale_version_id][row.intensity - 1],
            # A tablet whose clock is ahead says nothing about when; when it reached us is the best there is.
            at=(row.received_at if row.clock_odd else row.felt_at).astimezone(zone),
            by_adult=row.entered_by_id is not None,
        )
        for row in rows
    ]


def requests_of(day: date) -> list[Request]:
    """The requests still open, those asked on a day, and those first answered or ended on it; oldest first."""
    zone = school_calendar().zone
    owner, asked_for = aliased(Adult), aliased(Adult)
    rows = db.session.execute(
        select(
            Chat.pupil_id,
            Pupil.given_name,
            Pupil.known_as,
            Pupil.family_name,
            _HOME_CLASS.label("class_name"),
            Chat.school_day,
            Chat.state,
            Chat.wants,
            asked_for.called.label("asked_for"),
            owner.called.label("owner"),
            Chat.asked_at,
            Chat.received_at,
            Chat.clock_odd,
            Chat.due_at,
            Chat.answered_at,
            Chat.ended_at,
            Chat.coming_at,
            Chat.cannot_wait,
            Chat.late,
            Chat.level,
        )
        .join(Pupil, Pupil.id == Chat.pupil_id)
        .outerjoin(owner, owner.id == Chat.owner_id)
        .outerjoin(asked_for, asked_for.id == Chat.asked_for_id)
        .where(or_(Chat.state.in_(OPEN), _belongs_to(day, zone)))
        .order_by(Chat.received_at, Chat.id)
    )

    def local(at: datetime | None) -> datetime | None:
        return at.astimezone(zone) if at else None

    return [
        Request(
            pupil_id=row.pupil_id,
            pupil_name=_name(row),
            class_name=row.class_name or "",
            school_day=row.school_day,
            state=row.state,
            wants=row.wants,
            asked_for=row.asked_for,
            owner=row.owner,
            said_at=(row.received_at if row.clock_odd else row.asked_at).astimezone(zone),
            asked_at=row.received_at.astimezone(zone),
            due_at=row.due_at.astimezone(zone),
            answered_at=local(row.answered_at),
            ended_at=local(row.ended_at),
            coming_at=local(row.coming_at),
            cannot_wait=row.cannot_wait,
            late=row.late,
            level=row.level,
        )
        for row in rows
    ]


def has_any_check_in() -> bool:
    """Whether any child has ever checked in."""
    return db.session.execute(select(CheckIn.id).limit(1)).first() is not None


_HOME_CLASS = (
    select(SchoolClass.name)
    .join(Enrolment, Enrolment.class_id == SchoolClass.id)
    .where(Enrolment.pupil_id == Pupil.id)
    .order_by(SchoolClass.closed_on.is_not(None), Enrolment.home.desc(), SchoolClass.id)
    .limit(1)
    .correlate(Pupil)
    .scalar_subquery()
)


def _belongs_to(day: date, zone: ZoneInfo) -> ColumnElement[bool]:
    """Requests asked on a day, or asked not long before and first answered or ended on it."""
    begins = datetime.combine(day, time(0), zone)
    ends = datetime.combine(day + timedelta(days=1), time(0), zone)
    settled = or_(*(and_(at >= begins, at < ends) for at in (Chat.answered_at, Chat.ended_at)))
    return and_(Chat.school_day.between(day - ANSWERED_WITHIN, day), or_(Chat.school_day == day, settled))


def _name(row: Any) -> str:
    return f"{row.known_as or row.given_name} {row.family_name}".strip()
