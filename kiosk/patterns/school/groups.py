"""Figures of classes, years and the school, with what must not be shown taken out. Pure.

Everything is made of hours: a day is the sum of those of its hours that may be shown, and a longer time of those
of its days. Otherwise a day less its hours would be the two children who came late.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from operator import add

from kiosk.patterns.figures.periods import Period
from kiosk.patterns.figures.spread import Spread, spread_of
from kiosk.patterns.figures.suppression import tree_shown
from kiosk.patterns.figures.xmr import LEAST_ANSWERS, LEAST_DAYS, Limits, Signal, limits_of, signals
from kiosk.wording import N_, Sentence

WHOLE_SCHOOL = "school"
HARD_FROM = 3
"""Place of the first hard intensity among counts, calm first: 4."""

Counts = tuple[int, ...]
"""How many answers of each intensity, calm first."""
Hour = tuple[date, int]
"""A day and an hour of it, by the clock on the wall."""


@dataclass(frozen=True, slots=True)
class SchoolClass:
    """A class, and the year it belongs to."""

    id: int
    name: str
    year: str
    """Its own name for a class of no year, so that it stands beside the years."""
    is_open: bool


@dataclass(frozen=True, slots=True)
class Group:
    """Something figures can be asked of."""

    key: str
    """How an address names it: ``school``, ``year-…`` or ``class-…``."""
    name: str


@dataclass(frozen=True, slots=True)
class Told:
    """What one class told in one hour of one day."""

    class_id: int
    children: int
    counts: tuple[int, ...]


@dataclass(frozen=True)
class Figures:
    """The figures of one group: what may be shown, and how much may not."""

    counts: Mapping[Hour, tuple[int, ...]] = field(default_factory=dict)
    """By day and hour: how many answers of each intensity."""
    hidden: int = 0
    """How many hours are left out, because fewer than five children answered or would be given away. How many
    answers that were is not said: it would be a figure about those children."""

    def by_day(self) -> dict[date, tuple[int, ...]]:
        """Days as the sum of those hours that may be shown, so that a day beside its hours says no more."""
        days: dict[date, tuple[int, ...]] = {}
        for (day, _hour), counts in self.counts.items():
            days[day] = tuple(map(add, days[day], counts)) if day in days else counts
        return days


def groups_of(classes: Iterable[SchoolClass]) -> list[Group]:
    """What can be asked for: the school, its years, its open classes."""
    there = sorted((one for one in classes if one.is_open), key=lambda one: one.name.casefold())
    years = sorted({one.year for one in there if one.year != one.name}, key=_years_in_order)
    return [
        Group(WHOLE_SCHOOL, N_("the whole school")),
        *(Group(f"year-{year}", _year_words(year)) for year in years),
        *(Group(f"class-{one.id}", one.name) for one in there),
    ]


def _years_in_order(year: str) -> tuple[int, str]:
    """The youngest first; years that the school calls by a word of its own last."""
    number = re.match(r"\d+", year)
    if number:
        return int(number[0]), year
    return {"N": -2, "R": -1}.get(year[:1] if year[1:2] in ("", "/") else "", 99), year


def _year_words(year: str) -> str:
    """A year as it is spoken of: ``Year 4``, ``Year 3/4``, ``Reception``; a word of the school's own as it is."""
    if any(letter.isdigit() for letter in year):
        return Sentence("Year %(year)s", year=year)
    return {"R": N_("Reception"), "N": N_("Nursery")}.get(year, year)


def figures_of(group: str, told: Mapping[Hour, Sequence[Told]], classes: Mapping[int, SchoolClass]) -> Figures:
    """The figures of one group, decided anew for each hour from the children who answered in it.

    Args:
        group: its key.
        told: for each hour what each class told.
        classes: every class there is or was.
    """
    counts: dict[Hour, tuple[int, ...]] = {}
    hidden = 0
    for moment, of_moment in told.items():
        mine = [one for one in of_moment if group in _keys(one.class_id, classes)]
        total = tuple(sum(one.counts[at] for one in mine) for at in range(5))
        if not mine:
            continue
        if group in _shown(of_moment, classes):
            counts[moment] = total
        else:
            hidden += 1
    return Figures(counts, hidden)


def days_of_all(
    told: Mapping[Hour, Sequence[Told]], classes: Mapping[int, SchoolClass]
) -> dict[date, dict[str, Counts]]:
    """For each day what may be shown of every group: the same as :func:`figures_of` says, for all of them at once.

    Args:
        told: for each hour what each class told; whole days.
        classes: every class there is or was.
    """
    days: dict[date, dict[str, Counts]] = defaultdict(dict)
    for (day, _hour), of_moment in told.items():
        of_day, shown = days[day], _shown(of_moment, classes)
        for one in of_moment:
            for key in shown.intersection(_keys(one.class_id, classes)):
                of_day[key] = tuple(map(add, of_day[key], one.counts)) if key in of_day else one.counts
    return days


def _keys(class_id: int, classes: Mapping[int, SchoolClass]) -> tuple[str, str, str]:
    year = classes[class_id].year if class_id in classes else ""
    return WHOLE_SCHOOL, f"year-{year}", f"class-{class_id}"


def _shown(of_moment: Iterable[Told], classes: Mapping[int, SchoolClass]) -> set[str]:
    tree: dict[str, dict[str, int]] = defaultdict(dict)
    for one in of_moment:
        _school, year, room = _keys(one.class_id, classes)
        tree[year][room] = one.children
    school, years, rooms = tree_shown(tree)
    return {*years, *rooms, *([WHOLE_SCHOOL] if school else [])}


def hard_share(counts: Sequence[int]) -> float:
    """The percentage of answers that are one of the two hardest."""
    return 100 * sum(counts[HARD_FROM:]) / sum(counts)


@dataclass(frozen=True)
class Chart:
    """The percentage of hard answers per school day."""

    days: tuple[date, ...]
    """The days with at least ten answers of the group."""
    shares: tuple[float, ...]
    numbers: tuple[int, ...]
    """How many answers each percentage is of."""
    limits: Limits | None
    """Nothing while there are fewer than twenty days."""
    signals: tuple[Signal | None, ...]


def chart_of(figures: Figures) -> Chart:
    """The chart of a group; run rules only from twenty days on."""
    return chart_of_days(figures.by_day())


def chart_of_days(by_day: Mapping[date, Sequence[int]]) -> Chart:
    """The same of counts by day; or by week, each by its Monday."""
    days = sorted(day for day, counts in by_day.items() if sum(counts) >= LEAST_ANSWERS)
    shares = tuple(hard_share(by_day[day]) for day in days)
    limits = limits_of(shares) if len(shares) >= LEAST_DAYS else None
    return Chart(
        days=tuple(days),
        shares=shares,
        numbers=tuple(sum(by_day[day]) for day in days),
        limits=limits,
        signals=tuple(signals(shares, limits)) if limits else (None,) * len(shares),
    )


@dataclass(frozen=True)
class GroupOverWeeks:
    """Everything the page says about one house or list in one period."""

    group: Group
    period: Period
    periods: list[Period]
    weeks: tuple[tuple[date, Counts | None], ...]
    """The Monday of each week that is over, with its counts; nothing for a week that is not shown."""
    chart: Chart
    spread: Spread | None
    """All that is shown of the period together."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A term or half term of a group."""

    name: str
    first: date
    last: date
    days: int
    """On how many there is anything to show."""
    spread: Spread | None
    hard: int


@dataclass(frozen=True, slots=True)
class YearOfGroup:
    """A school year of a group, to stand beside others."""

    name: str
    """``School year 2026/27``."""
    halves: tuple[Stretch, ...]


def stretch_of(name: str, first: date, last: date, by_day: Mapping[date, Sequence[int]]) -> Stretch:
    """Everything answered between two days."""
    days = [day for day in by_day if first <= day <= last]
    counts = [sum(by_day[day][at] for day in days) for at in range(5)]
    return Stretch(name, first, last, len(days), spread_of(counts), sum(counts[HARD_FROM:]))
