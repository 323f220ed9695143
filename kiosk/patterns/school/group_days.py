"""What may be shown of each day of a year or a class, worked out once and kept in memory for years side by side.

What may be shown is decided for each hour from every class that answered in it. Three years of a school of 2,000
are a quarter of a million rows, which no page can read each time. A day that is over hardly ever changes, so what
was worked out of it is kept, beside the school's own counts of that day. When those say otherwise (an answer came
late, a child was erased), or a class was moved to another year, the day is worked out anew. Nothing is stored:
another server, or this one after a start, works it out for itself.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from weakref import WeakKeyDictionary

from sqlalchemy import Date, Engine, bindparam, func, select

from kiosk.db import db
from kiosk.patterns.models import ClassHour, SchoolHour
from kiosk.patterns.school.groups import Counts, Hour, SchoolClass, Told, days_of_all

_COUNTS = ("n1", "n2", "n3", "n4", "n5")
_AT_ONCE = 100
"""So many days are read at a time: SQLite takes a limited number of values in a statement."""


@dataclass
class _Kept:
    """What was worked out of one database."""

    tree: frozenset[tuple[int, str]] = frozenset()
    """Which class was in which year."""
    days: dict[date, tuple[Counts, Mapping[str, Counts]]] = field(default_factory=dict)
    """For each day the school's own counts when it was worked out, and what may be shown of each group."""


_KEPT: WeakKeyDictionary[Engine, _Kept] = WeakKeyDictionary()


def days_of_group(
    group_key: str, first: date, last: date, today: date, classes: Mapping[int, SchoolClass]
) -> dict[date, Counts]:
    """What may be shown of each day of a year or a class, for the days that are over.

    Args:
        group_key: ``year-…`` or ``class-…``.
        first: the first day asked for.
        last: the last; today and later are never among them.
        today: the school's date.
        classes: every class there is or was.
    """
    kept = _kept(classes)
    now = _as_counted(first, last, today)
    missing = [day for day, counts in now.items() if day not in kept.days or kept.days[day][0] != counts]
    for begin in range(0, len(missing), _AT_ONCE):
        some = missing[begin : begin + _AT_ONCE]
        found = days_of_all(_told(some), classes)
        kept.days |= {day: (now[day], found.get(day, {})) for day in some}
    shown = {day: kept.days[day][1].get(group_key) for day in now}
    return {day: counts for day, counts in shown.items() if counts is not None}


def _kept(classes: Mapping[int, SchoolClass]) -> _Kept:
    tree = frozenset((one.id, one.year) for one in classes.values())
    kept = _KEPT.get(db.engine)
    if kept is None or kept.tree != tree:
        kept = _KEPT[db.engine] = _Kept(tree)
    return kept


_AS_COUNTED = (
    select(
        SchoolHour.school_day,
        *(func.sum(getattr(SchoolHour, name)) for name in ("children", *_COUNTS)),
    )
    .where(
        SchoolHour.school_day.between(bindparam("first", type_=Date()), bindparam("last", type_=Date())),
        SchoolHour.school_day < bindparam("today", type_=Date()),
    )
    .group_by(SchoolHour.school_day)
)


def _as_counted(first: date, last: date, today: date) -> dict[date, Counts]:
    window = {"first": first, "last": last, "today": today}
    return {row[0]: tuple(row[1:]) for row in db.session().connection().execute(_AS_COUNTED, window)}


_TOLD = select(
    ClassHour.school_day,
    ClassHour.hour,
    ClassHour.class_id,
    ClassHour.children,
    *(getattr(ClassHour, name) for name in _COUNTS),
).where(ClassHour.school_day.in_(bindparam("days", expanding=True, type_=Date())))


def _told(days: Sequence[date]) -> dict[Hour, list[Told]]:
    told: dict[Hour, list[Told]] = defaultdict(list)
    rows = db.session().connection().execute(_TOLD, {"days": days})
    for day, hour, class_id, children, *counts in rows:
        told[day, hour].append(Told(class_id, children, tuple(counts)))
    return told
