"""Figures of houses and lists, week by week: made once, when the week is over, and then standing.

By weeks, because a list of ten children says little in a day; and once, because a figure that was made anew after
somebody left a house, or sent an answer late, would differ from the one on paper by that child.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from kiosk.audit import Actor, record
from kiosk.db import db, utc_now
from kiosk.feelings.models import CheckIn
from kiosk.patterns.figures.cuts import Parts, cuts_shown
from kiosk.patterns.figures.periods import choose, weeks_over
from kiosk.patterns.figures.spread import spread_of
from kiosk.patterns.figures.suppression import LEAST
from kiosk.patterns.looking import check_switched_on, keep_look
from kiosk.patterns.models import ClassHour
from kiosk.patterns.once import see_to
from kiosk.patterns.school.groups import Counts, Group, GroupOverWeeks, Hour, chart_of_weeks
from kiosk.patterns.school.lists import lists_there, members_in_week
from kiosk.patterns.school.models import FiguresWeek, GroupWeek
from kiosk.patterns.school_days import periods_offered, school_days_between
from kiosk.people.models import Pupil
from kiosk.school.store import local_now
from kiosk.wording import Sentence

HOUSE, LIST = "house-", "list-"


def cuts_offered() -> list[Group]:
    """The houses and lists that figures can be asked of."""
    houses = db.session().scalars(
        select(Pupil.house).where(Pupil.house.is_not(None), Pupil.left_on.is_(None)).distinct()
    )
    named = sorted((house for house in houses if house), key=str.casefold)
    return [
        *(Group(f"{HOUSE}{house}", _house_words(house)) for house in named),
        *(Group(f"{LIST}{list_id}", name) for list_id, name in lists_there()),
    ]


def _house_words(house: str) -> str:
    """A house as it is spoken of: ``House Red``; ``Red House`` as it is."""
    return house if "house" in house.casefold() else Sentence("House %(house)s", house=house)


def look_at_cut(group: Group, period_key: str | None, by: Actor, *, form: str = "screen") -> GroupOverWeeks:
    """A house or a list over the weeks that are over.

    Raises:
        SwitchedOff: the school does not have this view.
    """
    check_switched_on("school")
    today = local_now().date()
    offered = periods_offered(today)
    period = choose(offered, period_key)
    mondays = _with_school(weeks_over(period.first, period.last, today))
    see_to(FiguresWeek.monday, mondays, lambda monday: _make(monday, by))
    counts = _counts_of(group.key, mondays)
    shown = GroupOverWeeks(
        group=group,
        period=period,
        periods=offered,
        weeks=tuple((monday, counts.get(monday)) for monday in mondays),
        chart=chart_of_weeks(counts),
        spread=spread_of([sum(of_week[at] for of_week in counts.values()) for at in range(5)]),
    )
    keep_look(by, "school", [group.key, period.key], form=form)
    return shown


def _with_school(mondays: Sequence[date]) -> list[date]:
    """Those of some weeks in which there was school."""
    if not mondays:
        return []
    days = school_days_between(mondays[0], mondays[-1] + timedelta(days=6))
    had_school = {day - timedelta(days=day.weekday()) for day in days}
    return [monday for monday in mondays if monday in had_school]


def _make(monday: date, by: Actor) -> None:
    cuts = _cuts(monday)
    told, others = _told(monday, {child for parts in cuts.values() for child in parts})
    shown = cuts_shown(((hour, class_id, child) for hour, class_id, child, _intensity in told), cuts, others)
    session = db.session()
    session.add(FiguresWeek(monday=monday, made_at=utc_now()))
    session.flush()
    for cut, parts in shown.items():
        for part in sorted(parts):
            mine = [(child, intensity) for _at, _room, child, intensity in told if cuts[cut].get(child) == part]
            counts = Counter(intensity for _child, intensity in mine)
            session.add(
                GroupWeek(
                    monday=monday,
                    group_key=part,
                    children=len({child for child, _intensity in mine}),
                    **{f"n{intensity}": counts[intensity] for intensity in range(1, 6)},
                )
            )
    session.flush()
    record("figures_week_made", by, monday=monday.isoformat())


def _told(monday: date, members: Collection[int]) -> tuple[list[Any], list[tuple[Hour, int, int]]]:
    """What children of houses and lists answered in a week, and how many others of each class did, hour by hour.

    Hours with so few children that even the school's figures are not shown are left out. The others are counted
    from the summaries: a list of thirty in a school of two thousand costs thirty children's rows.
    """
    sunday = monday + timedelta(days=6)
    in_class: dict[tuple[Hour, int], int] = {}
    in_school: Counter[Hour] = Counter()
    for day, hour, class_id, children in db.session().execute(
        select(ClassHour.school_day, ClassHour.hour, ClassHour.class_id, ClassHour.children).where(
            ClassHour.school_day.between(monday, sunday)
        )
    ):
        in_class[(day, hour), class_id] = children
        in_school[day, hour] += children
    rows = db.session().execute(
        select(CheckIn.school_day, CheckIn.hour, CheckIn.class_id, CheckIn.pupil_id, CheckIn.intensity).where(
            CheckIn.school_day.between(monday, sunday), CheckIn.pupil_id.in_(members)
        )
    )
    told = [
        ((day, hour), class_id, child, intensity)
        for day, hour, class_id, child, intensity in rows
        if in_school[day, hour] >= LEAST
    ]
    seen = Counter((at, class_id) for at, class_id, _child in {one[:3] for one in told})
    return told, [
        (at, class_id, children - seen[at, class_id])
        for (at, class_id), children in in_class.items()
        if in_school[at] >= LEAST
    ]


def _cuts(monday: date) -> dict[str, Parts]:
    """Houses first, then lists in the order they were made; each part by the key of its group."""
    houses = {
        pupil_id: f"{HOUSE}{house}"
        for pupil_id, house in db.session().execute(select(Pupil.id, Pupil.house).where(Pupil.house.is_not(None)))
    }
    cuts: dict[str, Parts] = {HOUSE: houses} if houses else {}
    for list_id, members in members_in_week(monday).items():
        cuts[f"{LIST}{list_id}"] = dict.fromkeys(members, f"{LIST}{list_id}")
    return cuts


def _counts_of(group_key: str, mondays: Sequence[date]) -> Mapping[date, Counts]:
    rows = db.session().execute(
        select(GroupWeek.monday, GroupWeek.n1, GroupWeek.n2, GroupWeek.n3, GroupWeek.n4, GroupWeek.n5)
        .where(GroupWeek.group_key == group_key, GroupWeek.monday.in_(mondays))
        .order_by(GroupWeek.monday)
    )
    return {row[0]: tuple(row[1:]) for row in rows}
