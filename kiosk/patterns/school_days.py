"""Which days were school days: those of the calendar on which somebody checked in; and what can be chosen of them.

Holidays that nobody entered, a day of snow, and the years before the first tablet are no days on which a child did
not answer.
"""

from __future__ import annotations

from datetime import date

from sqlalchemy import Date, bindparam, func, select

from kiosk.db import db
from kiosk.patterns.figures.periods import Period, periods
from kiosk.patterns.models import SchoolHour
from kiosk.school.store import school_calendar

_BETWEEN = (
    select(SchoolHour.school_day)
    .where(SchoolHour.school_day.between(bindparam("first", type_=Date()), bindparam("last", type_=Date())))
    .distinct()
    .order_by(SchoolHour.school_day)
)


def school_days_between(first: date, last: date) -> list[date]:
    """The school days of a stretch, first and last included, oldest first."""
    days = db.session().connection().execute(_BETWEEN, {"first": first, "last": last}).all()
    is_school_day = school_calendar().is_school_day
    return [day for (day,) in days if is_school_day(day)]


def last_school_days(until: date, number: int) -> list[date]:
    """At most so many school days, oldest first, none later than ``until``."""
    calendar = school_calendar()
    newest_first = db.session().scalars(
        select(SchoolHour.school_day)
        .where(SchoolHour.school_day <= until)
        .distinct()
        .order_by(SchoolHour.school_day.desc())
        .limit(2 * number)
    )
    return [day for day in newest_first if calendar.is_school_day(day)][:number][::-1]


def periods_offered(today: date) -> list[Period]:
    """Of which time figures can be asked, the last weeks first."""
    oldest = db.session().connection().execute(_OLDEST).scalar()
    return periods(school_calendar(), today, oldest)


_OLDEST = select(func.min(SchoolHour.school_day))
