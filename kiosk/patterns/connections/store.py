"""Who is not heard from, who is named by whom, who answers, and how long children wait; each look is recorded.

Some dozen statements, none of which grows with the school's history: requests of the time looked at by their day,
and for each child the newest day in the counts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Executable, Select, func, select

from kiosk.audit import Actor
from kiosk.db import db
from kiosk.minding.models import PlannedTime
from kiosk.minding.planned import holds_later
from kiosk.patterns.child.left_out import left_out
from kiosk.patterns.connections.adults_store import every_adult
from kiosk.patterns.connections.asked_store import Asked, asked_between
from kiosk.patterns.connections.carried import Carried, Load, carried_by, every_month, total_of
from kiosk.patterns.connections.naming import NamedAdult
from kiosk.patterns.connections.silence import (
    Connected,
    Here,
    Silence,
    Wait,
    here_since,
    named_by,
    silence,
    wait_of,
)
from kiosk.patterns.connections.unmet_store import NotMet, Unanswered, never_answered, still_open
from kiosk.patterns.looking import check_switched_on, keep_look
from kiosk.patterns.models import PupilDay
from kiosk.patterns.school_days import last_school_days
from kiosk.people.attendance.store import days_away, here_by_day, last_register
from kiosk.people.models import Adult, High5, Pupil, SchoolClass
from kiosk.people.rules import full_name, has_left
from kiosk.people.store import home_class_id
from kiosk.school.store import local_now, settings

LOOKS_BACK = timedelta(weeks=12)
DAYS_FOR_SILENCE = 3
"""Times the days of silence: so far back days count on which a child was in school."""


@dataclass(frozen=True, slots=True)
class WaitsOfMonth:
    """How long children waited in one month."""

    month: date
    """Its first day."""
    asked: int
    to_seen: Wait | None
    to_met: Wait | None
    same_day: int
    """How many were met on the day they asked."""
    unanswered: int
    """How many ended before anybody had answered: no wait tells of them."""


@dataclass(frozen=True)
class LoadOverTime:
    """What one adult carried in the time looked at."""

    since: date
    months: Mapping[date, Carried]
    """By the first day of each month, oldest first; the first and the last month are not whole."""

    @property
    def total(self) -> Carried:
        """All of it."""
        return total_of(self.months.values())


@dataclass(frozen=True)
class Connections:
    """Everything the page says."""

    since: date
    today: date
    quiet_days: int
    lists: Silence
    here: Mapping[int, Here]
    """For children not heard from, how often they were in school, where registers say."""
    registers_until: date | None
    """The last day of which there is a register; nothing when the school brings none in."""
    not_met: tuple[NotMet, ...]
    unanswered: tuple[Unanswered, ...]
    """The newest first."""
    asked: int
    """All requests of the time looked at."""
    asked_of_duty: int
    """Those that named nobody: they were for whoever was on duty."""
    loads: tuple[Load, ...]
    """Every adult who is named, was asked or answered, by name."""
    months: tuple[WaitsOfMonth, ...]


def look_at_connections(by: Actor, *, form: str = "screen") -> Connections:
    """Silence and connections of the whole school, for somebody who may see every child.

    Args:
        by: who looks.
        form: ``screen``, or the kind of file it leaves in; it stands in the record.

    Raises:
        SwitchedOff: the school does not have this view.
    """
    check_switched_on("connections")
    now = local_now()
    since, quiet_days = now.date() - LOOKS_BACK, int(settings()["quiet_days"])
    asked = asked_between(since, now.date())
    children = _children(asked, now.date())
    adults = every_adult(now.date())
    leavers = frozenset(id_ for id_, adult in adults.items() if has_left(adult.left_on, now.date()))
    days = last_school_days(now.date() - timedelta(days=1), DAYS_FOR_SILENCE * quiet_days)
    lists = silence(
        children,
        days,
        quiet_days=quiet_days,
        leavers=leavers,
        away_long=frozenset(id_ for id_, adult in adults.items() if adult.is_away_long),
        no_account=frozenset(id_ for id_, adult in adults.items() if not adult.has_account) - leavers,
        away=days_away(days),
    )
    shown = Connections(
        since=since,
        today=now.date(),
        quiet_days=quiet_days,
        lists=lists,
        here=_here(lists.not_heard, days),
        registers_until=last_register(days[0], days[-1]) if days else None,
        not_met=tuple(still_open(now.date())),
        unanswered=tuple(never_answered(since, now.date())),
        asked=len(asked),
        asked_of_duty=sum(one.asked_for_id is None for one in asked),
        loads=tuple(_loads(adults, leavers, named_by(children), carried_by(asked))),
        months=tuple(_months(asked)),
    )
    keep_look(by, "connections", [since.isoformat()], form=form)
    return shown


def load_over_time(adult_id: int) -> LoadOverTime:
    """What one adult carried, month by month; who looks is recorded with the page it stands on.

    Raises:
        SwitchedOff: the school does not have this view.
    """
    check_switched_on("connections")
    today = local_now().date()
    since = today - LOOKS_BACK
    months = carried_by(asked_between(since, today)).get(adult_id, {})
    return LoadOverTime(since, every_month(months, since, today))


def _children(asked: Iterable[Asked], today: date) -> list[Connected]:
    requests: dict[int, int] = defaultdict(int)
    last_request: dict[int, date] = {}
    for one in asked:
        requests[one.pupil_id] += 1
        last_request[one.pupil_id] = one.school_day
    high5: dict[int, list[int]] = defaultdict(list)
    for pupil_id, adult_id in _read(_HIGH5):
        high5[pupil_id].append(adult_id)
    are_left_out = set(db.session().scalars(left_out()))
    planned = set(
        db.session().scalars(
            select(PlannedTime.pupil_id).join(Adult, Adult.id == PlannedTime.adult_id).where(holds_later(today))
        )
    )
    return [
        Connected(
            id=row.id,
            name=_name(row),
            class_name=row.name or "",
            adults=tuple(high5[row.id]),
            last_heard=max(filter(None, (row.last_check_in, last_request.get(row.id))), default=None),
            asked=requests[row.id],
            has_planned_time=row.id in planned,
            on_tablet=row.on_tablet,
            joined_on=row.joined_on,
            is_left_out=row.id in are_left_out,
        )
        for row in _read(_CHILDREN)
    ]


def _children_in_school() -> Select[*tuple[Any, ...]]:
    newest = (
        select(func.max(PupilDay.school_day))
        .where(PupilDay.pupil_id == Pupil.id)
        .correlate(Pupil)
        .scalar_subquery()
    )
    return (
        select(
            Pupil.id,
            Pupil.given_name,
            Pupil.known_as,
            Pupil.family_name,
            Pupil.on_tablet,
            Pupil.joined_on,
            SchoolClass.name,
            newest.label("last_check_in"),
        )
        .select_from(Pupil)
        .outerjoin(SchoolClass, SchoolClass.id == home_class_id())
        .where(Pupil.left_on.is_(None))
    )


_CHILDREN = _children_in_school()
_HIGH5 = select(High5.pupil_id, High5.adult_id).order_by(High5.pupil_id, High5.position)


def _here(not_heard: Sequence[Connected], days: Sequence[date]) -> dict[int, Here]:
    if not not_heard or not days:
        return {}
    known = here_by_day([child.id for child in not_heard], days[0], days[-1])
    found = ((child.id, here_since(child, days, known[child.id])) for child in not_heard)
    return {pupil_id: here for pupil_id, here in found if here is not None}


def _loads(
    adults: Mapping[int, NamedAdult],
    leavers: frozenset[int],
    named: Mapping[int, int],
    carried: Mapping[int, Mapping[date, Carried]],
) -> list[Load]:
    loads = [
        Load(
            adult_id=adult_id,
            called=adult.called,
            is_here=adult_id not in leavers,
            is_away_long=adult.is_away_long,
            has_account=adult.has_account,
            named_by=named.get(adult_id, 0),
            months=carried.get(adult_id, {}),
        )
        for adult_id, adult in adults.items()
        if named.get(adult_id) or adult_id in carried
    ]
    return sorted(loads, key=lambda load: (load.called.casefold(), load.adult_id))


def _months(asked: Sequence[Asked]) -> list[WaitsOfMonth]:
    by_month: dict[date, list[Asked]] = defaultdict(list)
    for one in asked:
        by_month[one.school_day.replace(day=1)].append(one)
    return [
        WaitsOfMonth(
            month=month,
            asked=len(of_month),
            to_seen=_wait(one.to_seen for one in of_month),
            to_met=_wait(one.to_met for one in of_month),
            same_day=sum(one.met_same_day for one in of_month),
            unanswered=sum(one.is_unanswered for one in of_month),
        )
        for month, of_month in sorted(by_month.items())
    ]


def _wait(lengths: Iterable[timedelta | None]) -> Wait | None:
    return wait_of([length for length in lengths if length is not None])


def _name(row: Any) -> str:
    return full_name(row.given_name, row.known_as, row.family_name)


def _read(statement: Executable) -> Sequence[Any]:
    return db.session().connection().execute(statement).all()
