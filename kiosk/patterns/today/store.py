"""One school day read from the database: four SQL statements of the nurture page and a small one.

For roles that may see every child's feelings (nurture staff and safeguarding leads); the gate lets nobody else
as far as this.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import BindParameter, Date, Executable, and_, bindparam, exists, or_, select
from sqlalchemy.orm import aliased

from kiosk.chats.models import Chat
from kiosk.chats.rules import OPEN
from kiosk.db import UTCDateTime, db
from kiosk.feelings.models import FELT_AT, CheckIn
from kiosk.feelings.rules import HARD
from kiosk.feelings.store import scales
from kiosk.patterns.models import NotInPatterns, PupilDay
from kiosk.patterns.today.told import Child, Request, Step
from kiosk.people.attendance.store import days_away
from kiosk.people.models import Adult, Enrolment, Pupil, SchoolClass
from kiosk.people.rules import full_name
from kiosk.school.store import school_calendar

ANSWERED_WITHIN = timedelta(days=14)
"""How far back a request answered on a day may have been asked: over a holiday, and no scan of ten years."""


_DAY: BindParameter[date] = bindparam("day", type_=Date())
_CHILDREN = (
    select(
        Pupil.id,
        Pupil.given_name,
        Pupil.known_as,
        Pupil.family_name,
        Pupil.on_tablet,
        NotInPatterns.pupil_id.is_not(None),
        SchoolClass.name,
    )
    .outerjoin(NotInPatterns, NotInPatterns.pupil_id == Pupil.id)
    .outerjoin(Enrolment, Enrolment.pupil_id == Pupil.id)
    .outerjoin(SchoolClass, SchoolClass.id == Enrolment.class_id)
    .where(
        or_(
            and_(
                or_(Pupil.joined_on.is_(None), Pupil.joined_on <= _DAY),
                or_(Pupil.left_on.is_(None), Pupil.left_on > _DAY),
            ),
            exists(1).where(CheckIn.pupil_id == Pupil.id, CheckIn.school_day == _DAY).correlate(Pupil),
        )
    )
    .order_by(Pupil.id, SchoolClass.closed_on.is_not(None), Enrolment.home.desc(), SchoolClass.id)
)


def children_on(day: date) -> list[Child]:
    """Every pupil who could have been in school on a day, or checked in; each once, in their home class."""
    children: dict[int, Child] = {}
    away = days_away([day])
    for pupil_id, given_name, known_as, family_name, on_tablet, left_out, class_name in _read(_CHILDREN, day=day):
        if pupil_id not in children:
            name = full_name(given_name, known_as, family_name)
            is_away = pupil_id in away
            children[pupil_id] = Child(pupil_id, name, class_name or "", on_tablet, bool(left_out), is_away)
    return list(children.values())


_CHECKED_IN = select(PupilDay.pupil_id).where(PupilDay.school_day == _DAY)


def checked_in_on(day: date) -> set[int]:
    """The ids of all who chose a step on a day."""
    return {pupil_id for (pupil_id,) in _read(_CHECKED_IN, day=day)}


_STEPS = (
    select(
        CheckIn.pupil_id,
        CheckIn.step,
        CheckIn.intensity,
        CheckIn.scale_version_id,
        FELT_AT,
        Adult.called.label("entered_by"),
    )
    .outerjoin(Adult, Adult.id == CheckIn.entered_by_id)
    .where(CheckIn.school_day == _DAY)
    .order_by(FELT_AT, CheckIn.id)
)


_STEPS_OF = _STEPS.where(CheckIn.pupil_id.in_(bindparam("pupils", expanding=True)))
# Only a day with a hard answer has to be looked at more closely; the others are in the counts.
_HARD_ANSWERS = _STEPS.join(
    PupilDay, and_(PupilDay.pupil_id == CheckIn.pupil_id, PupilDay.school_day == CheckIn.school_day)
).where(PupilDay.school_day == _DAY, PupilDay.n4 + PupilDay.n5 > 0, CheckIn.intensity >= HARD)


def steps_on(day: date, pupils: Collection[int] | None = None) -> list[Step]:
    """The check-ins of a school day, in the order the children felt them, with the words of that time.

    Args:
        day: the school day.
        pupils: whose; every child's when not given.
    """
    return _steps(_read(_STEPS, day=day) if pupils is None else _read(_STEPS_OF, day=day, pupils=list(pupils)))


def hard_answers_on(day: date) -> list[Step]:
    """The check-ins of a school day with one of the two hardest steps, in order."""
    return _steps(_read(_HARD_ANSWERS, day=day))


def _steps(rows: Iterable[Any]) -> list[Step]:
    versions, zone = scales(), school_calendar().zone
    return [
        Step(pupil_id, step, intensity, versions[scale_id].words[intensity - 1], at.astimezone(zone), entered_by)
        for pupil_id, step, intensity, scale_id, at, entered_by in rows
    ]


_HOME_CLASS = (
    select(SchoolClass.name)
    .join(Enrolment, Enrolment.class_id == SchoolClass.id)
    .where(Enrolment.pupil_id == Pupil.id)
    .order_by(SchoolClass.closed_on.is_not(None), Enrolment.home.desc(), SchoolClass.id)
    .limit(1)
    .correlate(Pupil)
    .scalar_subquery()
)
_OWNER, _ASKED_FOR = aliased(Adult), aliased(Adult)
_BEGINS, _ENDS = bindparam("begins", type_=UTCDateTime()), bindparam("ends", type_=UTCDateTime())
# Each by its own index, then together: asked with "or", SQLite reads every request there ever was.
_STILL_OPEN = select(Chat.id).where(Chat.state.in_(OPEN))
_AROUND_THE_DAY = select(Chat.id).where(
    Chat.school_day.between(bindparam("not_before", type_=Date()), _DAY),
    or_(
        Chat.school_day == _DAY,
        Chat.answered_at.between(_BEGINS, _ENDS),
        Chat.ended_at >= _BEGINS,  # on this day the child still waited
    ),
)
_REQUESTS = (
    select(
        Chat.pupil_id,
        Pupil.given_name,
        Pupil.known_as,
        Pupil.family_name,
        _HOME_CLASS.label("class_name"),
        Chat.school_day,
        Chat.state,
        Chat.wants,
        _ASKED_FOR.called.label("asked_for"),
        _OWNER.called.label("owner"),
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
    .outerjoin(_OWNER, _OWNER.id == Chat.owner_id)
    .outerjoin(_ASKED_FOR, _ASKED_FOR.id == Chat.asked_for_id)
    .where(Chat.id.in_(_STILL_OPEN.union(_AROUND_THE_DAY)))
    .order_by(Chat.received_at, Chat.id)
)


def requests_of(day: date) -> list[Request]:
    """The requests still open, those asked on a day, those first answered on it or ended since; oldest first."""
    zone = school_calendar().zone
    rows = _read(
        _REQUESTS,
        day=day,
        not_before=day - ANSWERED_WITHIN,
        begins=datetime.combine(day, time.min, zone),
        ends=datetime.combine(day, time.max, zone),
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


def _read(statement: Executable, **values: object) -> Sequence[Any]:
    return db.session().connection().execute(statement, values).all()


def _name(row: Any) -> str:
    return full_name(row.given_name, row.known_as, row.family_name)
