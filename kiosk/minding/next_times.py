"""Planned times as the tablet shows them: when a child next has one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from kiosk.db import db
from kiosk.minding.meetings import said_of
from kiosk.minding.planned import PLANNED, planned_from
from kiosk.minding.rules import is_in_for
from kiosk.people.models import Pupil
from kiosk.people.store import on_this_tablet, trusted_adults
from kiosk.people.tablets import PairedTablet
from kiosk.school.store import school_calendar


@dataclass(frozen=True)
class NextTime:
    """When a child next has a planned time, as the tablet shows it."""

    adult_id: int
    adult: str
    adult_picture: str
    place: str | None
    day: date
    at: time
    how: str | None


def planned_for_tablet(pupil_id: int, tablet: PairedTablet, now: datetime) -> list[NextTime]:
    """The next day of each time promised to one of this tablet's pupils, the soonest first.

    A day on which the adult is out is passed over: nobody would come. Today's stays until an adult said what
    became of it, also past its hour: the child still waits for it. After the last day of the adult there is none.

    Args:
        pupil_id: the child.
        tablet: where it is shown.
        now: this moment on the school's own clock.
    """
    scope, today = {"tablet_id": tablet.id, "all_classes": tablet.all_classes}, now.date()
    rows = db.session.execute(_ON_TABLET.where(Pupil.id == pupil_id), scope).all()
    times = [planned_from(row) for row in rows]
    over = {planned_id for planned_id, _day in said_of([one.id for one in times], today, today)}
    presence = {adult.id: adult.presence for adult in trusted_adults({one.adult_id for one in times})}
    calendar, found = school_calendar(), []
    for one in times:
        ahead = one.promise.next_days(today + timedelta(days=one.id in over), calendar)
        kept = (day for day in ahead if is_in_for(presence[one.adult_id], day, one.at))
        day = next((day for day in kept if day > today or presence[one.adult_id].is_still_here(now)), None)
        if day is not None:
            found.append(NextTime(one.adult_id, one.adult, one.adult_picture, one.place, day, one.at, one.how))
    return sorted(found, key=lambda one: (one.day, one.at))


_ON_TABLET = PLANNED.where(on_this_tablet())
