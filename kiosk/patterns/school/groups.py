"""Figures of classes, years and the school, with what must not be shown taken out. Pure.

Everything is made of hours: a day is the sum of those of its hours that may be shown, and a longer time of those
of its days. Otherwise a day less its hours would be the two children who came late.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from operator import add
from statistics import median
from typing import NamedTuple

from kiosk.feelings.rules import HARD
from kiosk.patterns.figures.chance import of_100_charts
from kiosk.patterns.figures.periods import Period, weeks_over
from kiosk.patterns.figures.spread import Spread, spread_of
from kiosk.patterns.figures.suppression import tree_shown
from kiosk.patterns.figures.xmr import (
    ENOUGH_ANSWERS,
    ENOUGH_HARD,
    LEAST_ANSWERS,
    LEAST_DAYS,
    LEAST_WEEKS,
    MOST_DAYS,
    Limits,
    Signal,
    limits_of,
    signals,
)
from kiosk.wording import N_, Sentence

WHOLE_SCHOOL = "school"
HARD_FROM = HARD - 1
"""Place of the first hard intensity among counts, calm first."""

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
    hidden_at: Mapping[int, int] = field(default_factory=dict)
    """How many hours are left out, by the hour of the day, because fewer than five children answered or would be
    given away. How many answers that were is not said: it would be a figure about those children."""

    @property
    def hidden(self) -> int:
        """How many hours are left out."""
        return sum(self.hidden_at.values())

    @property
    def hours(self) -> int:
        """How many hours anybody answered in, left out or not."""
        return len(self.counts) + self.hidden

    def mostly_hidden(self) -> tuple[int, ...]:
        """The hours of the day of which more are left out than shown."""
        shown = Counter(hour for _day, hour in self.counts)
        return tuple(sorted(hour for hour, hidden in self.hidden_at.items() if hidden > shown[hour]))

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
    hidden_at: Counter[int] = Counter()
    for moment, of_moment in told.items():
        mine = [one for one in of_moment if group in _keys(one.class_id, classes)]
        total = tuple(sum(one.counts[at] for one in mine) for at in range(5))
        if not mine:
            continue
        if group in _shown(of_moment, classes):
            counts[moment] = total
        else:
            hidden_at[moment[1]] += 1
    return Figures(counts, hidden_at)


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
    """The percentage of hard answers per school day or per week."""

    days: tuple[date, ...]
    """The school days; of weeks their Mondays."""
    shares: tuple[float, ...]
    numbers: tuple[int, ...]
    """How many answers each percentage is of."""
    limits: Limits | None
    """Nothing while there are too few points, points of too few answers, or hardly any hard ones."""
    signals: tuple[Signal | None, ...]
    by_week: bool = False

    @property
    def marked_by_chance(self) -> int:
        """Of 100 charts with as many points of as many answers, how many have a mark while nothing changes."""
        return of_100_charts(len(self.days), median(self.numbers), 100 * self.hard / sum(self.numbers))

    @property
    def hard(self) -> int:
        """How many of all answers are one of the two hardest."""
        return round(sum(share * number for share, number in zip(self.shares, self.numbers, strict=True)) / 100)


def chart_of(by_day: Mapping[date, Counts], period: Period, today: date) -> Chart:
    """The chart of a group: by school days where they have answers enough, of a class or a long time by weeks.

    Args:
        by_day: what may be shown of each day of the period.
        period: which weeks are whole.
        today: the school's date.
    """
    told = [counts for counts in by_day.values() if sum(counts) >= LEAST_ANSWERS]
    if told and len(told) <= MOST_DAYS and median(map(sum, told)) >= ENOUGH_ANSWERS:
        return _chart(by_day, ENOUGH_ANSWERS, LEAST_DAYS)
    weeks: dict[date, Counts] = dict.fromkeys(weeks_over(period.first, period.last, today), ())
    for day, counts in by_day.items():
        monday = day - timedelta(days=day.weekday())
        if monday in weeks:
            weeks[monday] = tuple(map(add, weeks[monday], counts)) if weeks[monday] else counts
    return _chart(weeks, ENOUGH_ANSWERS, LEAST_WEEKS, by_week=True)


def chart_of_weeks(weeks: Mapping[date, Counts]) -> Chart:
    """The chart of a house or a list, whose weeks are shown even if few answered; then nothing is said of them."""
    return _chart(weeks, LEAST_ANSWERS, LEAST_WEEKS, by_week=True)


def _chart(by_day: Mapping[date, Counts], least: int, points: int, *, by_week: bool = False) -> Chart:
    days = sorted(day for day, counts in by_day.items() if sum(counts) >= least)
    shares = tuple(hard_share(by_day[day]) for day in days)
    numbers = tuple(sum(by_day[day]) for day in days)
    hard = sum(sum(by_day[day][HARD_FROM:]) for day in days)
    is_enough = len(days) >= points and min(numbers) >= ENOUGH_ANSWERS and hard >= ENOUGH_HARD * len(days)
    limits = limits_of(shares) if is_enough else None
    said = tuple(signals(shares, limits)) if limits else (None,) * len(days)
    return Chart(tuple(days), shares, numbers, limits, said, by_week)


class DayOfGroup(NamedTuple):
    """A school day of a group, as it is told."""

    day: date
    share: float
    answers: int
    signal: Signal | None
    """Only of a chart by days."""


def days_told(by_day: Mapping[date, Counts], chart: Chart) -> list[DayOfGroup]:
    """Every day with answers enough to be told, oldest first, with what the chart says of it."""
    said = {} if chart.by_week else dict(zip(chart.days, chart.signals, strict=True))
    return [
        DayOfGroup(day, hard_share(counts), sum(counts), said.get(day))
        for day, counts in sorted(by_day.items())
        if sum(counts) >= LEAST_ANSWERS
    ]


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
