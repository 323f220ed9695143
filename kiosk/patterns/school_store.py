"""Figures of classes and the school, read from what is counted as children answer: a few rows a day each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select

from kiosk.audit import Actor, record
from kiosk.db import db, writing
from kiosk.patterns.groups import (
    WHOLE_SCHOOL,
    Chart,
    Figures,
    Group,
    Heat,
    SchoolClass,
    Stretch,
    Told,
    chart_of,
    figures_of,
    groups_of,
    heat_of,
    stretch_of,
)
from kiosk.patterns.looking import check_switched_on
from kiosk.patterns.models import ClassDay, ClassHour
from kiosk.patterns.periods import Period, choose, half_terms, periods, year_begins
from kiosk.patterns.suppression import LEAST
from kiosk.people import models as people
from kiosk.school.store import local_now, school_calendar

YEARS_BESIDE = 3


@dataclass(frozen=True)
class SchoolOverTime:
    """Everything the page says about one group in one period."""

    group: Group
    groups: list[Group]
    period: Period
    periods: list[Period]
    days: Figures
    chart: Chart
    heat: Heat
    hidden_in_hours: int
    years: list[list[Stretch]]
    """The school years side by side, newest first; only for the whole school."""


def look_at_school(
    group_key: str | None, period_key: str | None, by: Actor, *, form: str = "screen"
) -> SchoolOverTime:
    """A class, a year or the school over time; nothing about fewer than five children.

    Raises:
        SwitchedOff: the school does not have this view.
    """
    check_switched_on("school")
    today = local_now().date()
    classes = _classes()
    offered = groups_of(classes.values())
    group = next((one for one in offered if one.key == group_key), offered[0])
    stretches = periods(school_calendar(), today)
    period = choose(stretches, period_key)
    whole = group.key == WHOLE_SCHOOL
    days = _whole_by_day(period.first, period.last) if whole else figures_of(group.key, _by_day(period), classes)
    hours = _whole_by_hour(period) if whole else figures_of(group.key, _by_hour(period), classes)
    shown = SchoolOverTime(
        group=group,
        groups=offered,
        period=period,
        periods=stretches,
        days=days,
        chart=chart_of(days),
        heat=heat_of(hours),
        hidden_in_hours=hours.hidden,
        years=_years(today) if whole else [],
    )
    with writing():
        if form == "screen":
            record("pattern_seen", by, view="school", what=[group.key, period.key])
        else:
            record("pattern_exported", by, view="school", what=[group.key, period.key], form=form)
    return shown


def groups_offered() -> list[Group]:
    """What figures can be asked of, the whole school first."""
    return groups_of(_classes().values())


def periods_offered() -> list[Period]:
    """Of which time they can be asked, the last weeks first."""
    return periods(school_calendar(), local_now().date())


def _classes() -> dict[int, SchoolClass]:
    rows = db.session().execute(
        select(
            people.SchoolClass.id, people.SchoolClass.name, people.SchoolClass.year, people.SchoolClass.closed_on
        )
    )
    return {
        id_: SchoolClass(id_, name, year or name, is_open=closed_on is None) for id_, name, year, closed_on in rows
    }


def _sums(table: Any) -> list[Any]:
    return [func.sum(getattr(table, name)) for name in ("children", "n1", "n2", "n3", "n4", "n5")]


def _whole_by_day(first: date, last: date) -> Figures:
    """The whole school needs no classes: it is shown when five children of it answered."""
    rows = db.session().execute(
        select(ClassDay.school_day, *_sums(ClassDay))
        .where(ClassDay.school_day.between(first, last))
        .group_by(ClassDay.school_day)
        .order_by(ClassDay.school_day)
    )
    return _whole({row[0]: row[1:] for row in rows})


def _whole_by_hour(period: Period) -> Figures:
    rows = db.session().execute(
        select(ClassHour.school_day, ClassHour.hour, *_sums(ClassHour))
        .where(ClassHour.school_day.between(period.first, period.last))
        .group_by(ClassHour.school_day, ClassHour.hour)
    )
    return _whole({(row[0], row[1]): row[2:] for row in rows})


def _whole(told: Mapping[Any, Any]) -> Figures:
    shown = {moment: row for moment, row in told.items() if row[0] >= LEAST}
    return Figures(
        counts={moment: tuple(row[1:]) for moment, row in shown.items()},
        children={moment: row[0] for moment, row in shown.items()},
        hidden=sum(sum(row[1:]) for moment, row in told.items() if moment not in shown),
    )


def _by_day(period: Period) -> dict[date, list[Told]]:
    told: dict[date, list[Told]] = defaultdict(list)
    for day, class_id, children, *counts in db.session().execute(
        select(ClassDay.school_day, ClassDay.class_id, ClassDay.children, *_counts(ClassDay))
        .where(ClassDay.school_day.between(period.first, period.last))
        .order_by(ClassDay.school_day, ClassDay.class_id)
    ):
        told[day].append(Told(class_id, children, tuple(counts)))
    return told


def _by_hour(period: Period) -> dict[tuple[date, int], list[Told]]:
    told: dict[tuple[date, int], list[Told]] = defaultdict(list)
    for day, hour, class_id, children, *counts in db.session().execute(
        select(
            ClassHour.school_day, ClassHour.hour, ClassHour.class_id, ClassHour.children, *_counts(ClassHour)
        ).where(ClassHour.school_day.between(period.first, period.last))
    ):
        told[day, hour].append(Told(class_id, children, tuple(counts)))
    return told


def _counts(table: Any) -> list[Any]:
    return [table.n1, table.n2, table.n3, table.n4, table.n5]


def _years(today: date) -> list[list[Stretch]]:
    """The half terms of this school year and of those before it that have any answers, newest year first."""
    calendar, begins = school_calendar(), year_begins(today)
    years = []
    for ago in range(YEARS_BESIDE):
        first = begins.replace(year=begins.year - ago)
        last = today if ago == 0 else begins.replace(year=begins.year - ago + 1)
        counts = {
            day: of_day
            for day, of_day in _whole_by_day(first, last).counts.items()
            if isinstance(day, date) and (ago == 0 or day < last) and calendar.is_school_day(day)
        }
        if counts:
            halves = half_terms(calendar, sorted(counts))
            years.append([stretch_of(half.name, half.first, half.last, counts) for half in halves])
    return years
