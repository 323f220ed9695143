"""Planned times as the tablet shows them: when a child next has one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time, timedelta

from kiosk.db import db
from kiosk.minding.meetings import said_of
from kiosk.minding.planned import PLANNED, planned_from
from kiosk.people.models import Pupil
from kiosk.people.store import on_this_tablet
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


def planned_for_tablet(pupil_id: int, tablet: PairedTablet, today: date) -> list[NextTime]:
    """The next day of each time promised to one of this tablet's pupils, the soonest first.

    Today's stays until an adult said what became of it, also past its hour: the child still waits for it. After
    the adult's last day at this school there is none.
    """
    scope = {"tablet_id": tablet.id, "all_classes": tablet.all_classes}
    rows = db.session.execute(_ON_TABLET.where(Pupil.id == pupil_id), scope).all()
    times = [planned_from(row) for row in rows]
    over = {planned_id for planned_id, _day in said_of([one.id for one in times], today, today)}
    calendar, found = school_calendar(), []
    for one in times:
        start = today + timedelta(days=1) if one.id in over else today
        day = one.promise.next_day(start, calendar)
        if day is not None:
            found.append(NextTime(one.adult_id, one.adult, one.adult_picture, one.place, day, one.at, one.how))
    return sorted(found, key=lambda one: (one.day, one.at))


_ON_TABLET = PLANNED.where(on_this_tablet())
