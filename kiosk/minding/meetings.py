"""Planned times day by day: met, missed, or still to come today."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, time

from sqlalchemy import select

from kiosk.audit import record
from kiosk.db import db, insert_for, utc_now, writing
from kiosk.minding.models import PlannedMeeting, PlannedTime
from kiosk.minding.planned import PLANNED, Planned, load_planned, planned_from
from kiosk.minding.rules import WHY_MOST, Became, PromiseRefused, is_in_for
from kiosk.people.near import NearAdult, must_be_near, near
from kiosk.people.store import trusted_adults
from kiosk.school.store import local_now, school_calendar


@dataclass(frozen=True)
class Meeting:
    """One planned time on one day, and what became of it."""

    planned: Planned
    day: date
    became: Became | None
    """Nothing was said: on a past day the child waited, and it counts as missed."""
    why: str | None
    is_alone: bool = False
    """Nobody will keep it: who promised it is not in for it, and the child waits."""


def became(planned_id: int, day: date, how_it_went: Became, why: str | None, asker: NearAdult) -> Planned:
    """Keep what became of a planned time on a day; said again, the newer word counts.

    Raises:
        NoSuchTime: there is none, or not for this asker.
        PromiseRefused: it was not promised for this day, or the day is still to come.
    """
    why = " ".join((why or "").split())[:WHY_MOST] or None
    with writing() as session:
        planned = load_planned(planned_id, asker)
        if day > local_now().date() or not planned.promise.holds_on(day, school_calendar()):
            raise PromiseRefused("There was no planned time on this day.")
        said = {"became": how_it_went, "why": why, "said_by_id": asker.adult_id, "said_at": utc_now()}
        session.execute(
            insert_for(session.connection(), PlannedMeeting)
            .values(planned_time_id=planned_id, day=day, **said)
            .on_conflict_do_update(index_elements=["planned_time_id", "day"], set_=said)
        )
        record(
            "time_became",
            asker.actor,
            pupil=planned.pupil_id,
            planned_time=planned_id,
            day=day.isoformat(),
            became=how_it_went,
        )
        return planned


def planned_today(adult_id: int, day: date) -> list[Meeting]:
    """The times an adult promised for a day, in their order; none when school is closed.

    Only what was promised in this adult's own name.
    """
    rows = db.session.execute(
        PLANNED.where(PlannedTime.adult_id == adult_id, PlannedTime.weekday == day.weekday())
    )
    times = [planned_from(row) for row in rows]
    return sorted(_alone_too(_meetings(times, day, day)), key=_at) if times else []


def nobody_keeps(asker: NearAdult) -> list[Meeting]:
    """Today's planned times of the children near this adult for which whoever promised is not in, in their order.

    Somebody should tell the child, or be there instead; once it is said what became of it, it is here no more.
    """
    day = local_now().date()
    rows = db.session.execute(PLANNED.where(near(asker), PlannedTime.weekday == day.weekday()))
    today = _alone_too(_meetings([planned_from(row) for row in rows], day, day))
    return sorted(filter(lambda one: one.is_alone, today), key=_at)


def meetings_of(pupil_id: int, asker: NearAdult, since: date) -> list[Meeting]:
    """Each planned time of a pupil from a day until now, the newest first, and what became of it.

    Raises:
        NoSuchPupil: there is none, or not for this asker.
    """
    must_be_near(asker, pupil_id)
    times = [planned_from(row) for row in db.session.execute(PLANNED.where(PlannedTime.pupil_id == pupil_id))]
    return _meetings(times, since, local_now().date())


def missed(asker: NearAdult, since: date) -> list[Meeting]:
    """Planned times of the children near this adult that did not happen, the newest first.

    A past school day on which nobody said "we met" is missed, also when the adult was away: the child waited
    all the same. Days on which school was closed do not count. Today counts once somebody says "not today".
    """
    today = local_now().date()
    times = [planned_from(row) for row in db.session.execute(PLANNED.where(near(asker)))]
    return [
        one
        for one in _meetings(times, since, today)
        if one.became == "missed" or (one.became is None and one.day < today)
    ]


def _meetings(times: Collection[Planned], since: date, until: date) -> list[Meeting]:
    calendar = school_calendar()
    said = said_of([planned.id for planned in times], since, until)
    meetings = [
        Meeting(planned, day, *said.get((planned.id, day), (None, None)))
        for planned in times
        for day in planned.promise.days(since, until, calendar)
    ]
    return sorted(meetings, key=_newest_first)


def _alone_too(today: Collection[Meeting]) -> list[Meeting]:
    """Today's meetings, each with whether nobody will keep it."""
    day = local_now().date()
    presence = {one.id: one.presence for one in trusted_adults({one.planned.adult_id for one in today})}
    return [
        replace(
            one,
            is_alone=one.became is None
            and one.day == day
            and not is_in_for(presence[one.planned.adult_id], one.day, one.planned.at),
        )
        for one in today
    ]


def said_of(
    planned_ids: Collection[int], since: date, until: date
) -> dict[tuple[int, date], tuple[Became, str | None]]:
    """What was said of these planned times on these days: what became of each, and why."""
    rows = db.session.execute(
        select(PlannedMeeting.planned_time_id, PlannedMeeting.day, PlannedMeeting.became, PlannedMeeting.why)
        .where(PlannedMeeting.planned_time_id.in_(planned_ids), PlannedMeeting.day.between(since, until))
        .order_by(PlannedMeeting.planned_time_id, PlannedMeeting.day)
    )
    return {(planned_id, day): (how_it_went, why) for planned_id, day, how_it_went, why in rows}  # type: ignore[misc]


def _at(meeting: Meeting) -> tuple[time, int]:
    return meeting.planned.at, meeting.planned.id


def _newest_first(meeting: Meeting) -> tuple[int, time, int]:
    return -meeting.day.toordinal(), meeting.planned.at, meeting.planned.id
