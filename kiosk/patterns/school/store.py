"""Figures of classes and the school, read from what is counted as children answer: a few rows a day each."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, Date, bindparam, case, func, select

from kiosk.audit import Actor
from kiosk.db import db
from kiosk.patterns.figures.periods import Period, choose, half_terms, year_words
from kiosk.patterns.figures.suppression import LEAST
from kiosk.patterns.looking import check_switched_on, keep_look
from kiosk.patterns.models import ClassHour, SchoolHour
from kiosk.patterns.school.group_days import days_of_group
from kiosk.patterns.school.groups import (
    WHOLE_SCHOOL,
    Chart,
    DayOfGroup,
    Figures,
    Group,
    Hour,
    SchoolClass,
    Told,
    YearOfGroup,
    chart_of,
    days_told,
    figures_of,
    groups_of,
    stretch_of,
)
from kiosk.patterns.school.heat import Heat, heat_of
from kiosk.patterns.school_days import periods_offered
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
    chart: Chart
    days: list[DayOfGroup]
    """The school days of the period with answers enough to be told, oldest first."""
    heat: Heat
    figures: Figures
    years: list[YearOfGroup]
    """The school years side by side, newest first."""


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
    stretches = periods_offered(today)
    period = choose(stretches, period_key)
    whole = group.key == WHOLE_SCHOOL
    figures = (
        _of_whole(period, today) if whole else figures_of(group.key, _told(group, period, today, classes), classes)
    )
    by_day = figures.by_day()
    chart = chart_of(by_day, period, today)
    shown = SchoolOverTime(
        group=group,
        groups=offered,
        period=period,
        periods=stretches,
        chart=chart,
        days=days_told(by_day, chart),
        heat=heat_of(figures),
        figures=figures,
        years=_years(group, today, classes),
    )
    keep_look(by, "school", [group.key, period.key], form=form)
    return shown


def groups_offered() -> list[Group]:
    """What figures can be asked of, the whole school first."""
    return groups_of(_classes().values())


def _classes() -> dict[int, SchoolClass]:
    rows = db.session().execute(
        select(
            people.SchoolClass.id, people.SchoolClass.name, people.SchoolClass.year, people.SchoolClass.closed_on
        )
    )
    return {
        id_: SchoolClass(id_, name, year or name, is_open=closed_on is None) for id_, name, year, closed_on in rows
    }


_COUNTS = ("n1", "n2", "n3", "n4", "n5")
_FIRST, _LAST, _TODAY = (bindparam(name, type_=Date()) for name in ("first", "last", "today"))


def _over(table: type[ClassHour | SchoolHour]) -> tuple[ColumnElement[bool], ...]:
    """Days that are over: of one that still grows, two looks would differ by the child who has just answered."""
    return table.school_day.between(_FIRST, _LAST), table.school_day < _TODAY


_WHOLE = select(
    SchoolHour.school_day, SchoolHour.hour, SchoolHour.children, *(getattr(SchoolHour, name) for name in _COUNTS)
).where(*_over(SchoolHour))


def _of_whole(period: Period, today: date) -> Figures:
    """The whole school needs no classes: an hour is shown when five children of it answered."""
    counts: dict[Hour, tuple[int, ...]] = {}
    hidden_at: Counter[int] = Counter()
    window = {"first": period.first, "last": period.last, "today": today}
    for day, hour, children, *of_hour in db.session().connection().execute(_WHOLE, window):
        if children >= LEAST:
            counts[day, hour] = tuple(of_hour)
        else:
            hidden_at[hour] += 1
    return Figures(counts, hidden_at)


_WHOLE_BY_DAY = (
    select(SchoolHour.school_day, *(func.sum(getattr(SchoolHour, name)) for name in _COUNTS))
    .where(*_over(SchoolHour), SchoolHour.children >= LEAST)
    .group_by(SchoolHour.school_day)
)


def _whole_by_day(first: date, last: date, today: date) -> dict[date, tuple[int, ...]]:
    """The whole school's days, summed where they lie: years of them are asked for."""
    window = {"first": first, "last": last, "today": today}
    return {row[0]: tuple(row[1:]) for row in db.session().connection().execute(_WHOLE_BY_DAY, window)}


def _told(group: Group, period: Period, today: date, classes: Mapping[int, SchoolClass]) -> dict[Hour, list[Told]]:
    """For each hour what each class of the group's year told, and what the other years told, each as if one class.

    More is not needed to say what of this group may be shown: a year stands beside years, a class beside classes.
    """
    year = classes[int(group.key.removeprefix("class-"))].year if group.key.startswith("class-") else None
    mine = [one.id for one in classes.values() if one.year == year]
    one_of = {one.year: one.id for one in classes.values()}
    room = case((ClassHour.class_id.in_(mine), ClassHour.class_id), else_=0).label("room")
    of_year = func.coalesce(people.SchoolClass.year, people.SchoolClass.name).label("of_year")
    told: dict[Hour, list[Told]] = defaultdict(list)
    asked = (
        select(
            ClassHour.school_day,
            ClassHour.hour,
            of_year,
            room,
            *(func.sum(getattr(ClassHour, name)) for name in ("children", *_COUNTS)),
        )
        .outerjoin(people.SchoolClass, people.SchoolClass.id == ClassHour.class_id)
        .where(*_over(ClassHour))
        .group_by(ClassHour.school_day, ClassHour.hour, of_year, room)
    )
    window = {"first": period.first, "last": period.last, "today": today}
    for day, hour, its_year, class_id, children, *counts in db.session().connection().execute(asked, window):
        told[day, hour].append(Told(class_id or one_of.get(its_year, 0), children, tuple(counts)))
    return told


def _years(group: Group, today: date, classes: Mapping[int, SchoolClass]) -> list[YearOfGroup]:
    """The half terms of this school year and of those before it that have any answers, newest year first."""
    calendar = school_calendar()
    years = [calendar.school_year(today)]
    while len(years) < YEARS_BESIDE:
        years.append(calendar.school_year(years[-1].first - timedelta(days=1)))
    by_day = _by_day(group, years[-1].first, today, classes)
    in_school = [day for day in sorted(by_day) if calendar.is_school_day(day)]
    found = []
    for year in years:
        halves = half_terms(calendar, [day for day in in_school if day in year])
        stretches = [stretch_of(half.name, half.first, half.last, by_day) for half in halves]
        if stretches:
            found.append(YearOfGroup(year_words(year), tuple(stretches)))
    return found


def _by_day(
    group: Group, first: date, today: date, classes: Mapping[int, SchoolClass]
) -> Mapping[date, tuple[int, ...]]:
    if group.key == WHOLE_SCHOOL:
        return _whole_by_day(first, today, today)
    return days_of_group(group.key, first, today, today, classes)
