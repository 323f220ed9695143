"""The weekly lists asked of real series: daily answers of people who truly lived, from a file. Pure.

The simulation knows who changed; a real series does not say. So beside what the lists name stands what they name
when each person's own answers are put into any order: then nothing changed but chance, and whatever stands there
stands there for nothing. The lists are the very ones that staff read (:mod:`kiosk.patterns.different.usual`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from csv import DictReader
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from random import Random
from statistics import StatisticsError, correlation, fmean, median

from kiosk.patterns.different.simulation import PUPILS, SEED, Progress
from kiosk.patterns.different.usual import (
    LAST_DAYS,
    LEAST_USUAL,
    USUAL_DAYS,
    Day,
    can_be_compared,
    look_at,
    turned,
)
from kiosk.patterns.figures.spread import counts_of
from kiosk.refusal import Refusal

A_WEEK = 5
"""School days after which a list is made."""
SHUFFLES = 20
LEAST_PAIRS = 10
"""Answers on two days running, from which a person's correlation is reckoned."""
Series = Mapping[str, Sequence[Day]]
"""For each person one value a day, oldest first."""


class SeriesRefused(Refusal):
    """A file that holds no series; the message is a sentence saying why."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Where a file says what."""

    person: str = "person"
    day: str = "day"
    """A date, or a date and a time of day."""
    intensity: str = "intensity"
    """1 calm to 5 hardest; empty for a question that was not answered."""


@dataclass(frozen=True, slots=True)
class Named:
    """What one of the two lists says of a series."""

    lengths: tuple[float, ...]
    """Entries of each week, without the limit of eight."""
    ever: float
    """People who were on it at least once."""

    @property
    def a_week(self) -> float:
        """Entries a week."""
        return fmean(self.lengths)


@dataclass(frozen=True, slots=True)
class OfSeries:
    """What the lists say of a file of series, and what they say when each person's answers are shuffled."""

    people: int
    days: int
    """The longest series."""
    answered: float
    """The share of days with an answer, 0 to 1."""
    alike: float | None
    """The median of the people's correlations of one day with the day before; nothing when nobody has enough."""
    compared: int
    """People who could be compared with themselves in a week at least."""
    weeks: int
    """Weeks in which at least half of the people could be."""
    asked: int
    """How often anybody was: people times weeks."""
    harder: Named
    calmer: Named
    harder_shuffled: Named
    calmer_shuffled: Named

    def of_400(self, named: Named) -> float:
        """Entries a week if 400 people were compared: the measure of the simulation."""
        return PUPILS * sum(named.lengths) / self.asked


def read_series(lines: Iterable[str], columns: Columns, *, by_day: bool, calm_is_5: bool = False) -> Series:
    """Read a CSV with a row for each answer.

    Args:
        lines: the file, its first line naming the columns.
        columns: which of them say who, when and how.
        by_day: one value a day, the hardest, on every day on which anybody answered; else each row of a person
            counts as a day of its own, for series that are dense and short.
        calm_is_5: the file counts the other way.

    Raises:
        SeriesRefused: a column is not there, or a row says something else.
    """
    rows = DictReader(lines)
    missing = {columns.person, columns.day, columns.intensity} - set(rows.fieldnames or ())
    if missing:
        raise SeriesRefused(f"There is no column {sorted(missing)[0]!r} in this file.")
    answers: dict[str, list[tuple[datetime, Day]]] = defaultdict(list)
    for row in rows:
        try:
            at = datetime.fromisoformat(row[columns.day]).replace(tzinfo=None)  # the day where they were
            intensity = _intensity(row[columns.intensity])
        except (TypeError, ValueError):
            raise SeriesRefused(
                f"Line {rows.line_num} needs a date in {columns.day!r}, and in {columns.intensity!r} a whole "
                "number from 1 to 5 or nothing."
            ) from None
        if calm_is_5 and intensity is not None:
            intensity = 6 - intensity
        answers[row[columns.person]].append((at, intensity))
    if not answers:
        raise SeriesRefused("There is no answer in this file.")
    return _by_day(answers) if by_day else {person: _in_time(of_person) for person, of_person in answers.items()}


def _intensity(text: str) -> Day:
    if not text.strip():
        return None
    number = float(text)
    if number not in range(1, 6):
        raise ValueError
    return int(number)


def _in_time(answers: Iterable[tuple[datetime, Day]]) -> list[Day]:
    return [intensity for _at, intensity in sorted(answers, key=lambda one: one[0])]


def _by_day(answers: Mapping[str, Iterable[tuple[datetime, Day]]]) -> Series:
    hardest: dict[str, dict[object, int]] = {person: {} for person in answers}
    for person, of_person in answers.items():
        for at, intensity in of_person:
            if intensity is not None:
                hardest[person][at.date()] = max(intensity, hardest[person].get(at.date(), 1))
    days = sorted({at.date() for of_person in answers.values() for at, intensity in of_person if intensity})
    return {person: [of_person.get(day) for day in days] for person, of_person in hardest.items()}


def lists_of_series(series: Series, *, seed: int = SEED, progress: Progress = lambda _: None) -> OfSeries:
    """Make the list of each week of a series, and those of the same answers in any order.

    Args:
        series: the people's days.
        seed: of the shuffling.
        progress: hears how far it has come.

    Raises:
        SeriesRefused: they are too short to compare people with themselves.
    """
    rng = Random(seed)
    weeks = _weeks(series)
    if not weeks:
        raise SeriesRefused(
            f"These series are too short: most people have no {LEAST_USUAL} answers before their last "
            f"{LAST_DAYS[-1]} days."
        )
    shuffled: dict[bool, list[Named]] = {False: [], True: []}
    for number in range(SHUFFLES):
        anew = _weeks({person: _shuffled(rng, days) for person, days in series.items()})
        for calmer, of_list in shuffled.items():
            of_list.append(_named(anew, calmer=calmer))
        progress((number + 1) / SHUFFLES)
    return OfSeries(
        people=len(series),
        days=max(map(len, series.values())),
        answered=fmean(day is not None for days in series.values() for day in days),
        alike=_alike(series.values()),
        compared=len({person for week in weeks for person in week}),
        weeks=len(weeks),
        asked=sum(map(len, weeks)),
        harder=_named(weeks, calmer=False),
        calmer=_named(weeks, calmer=True),
        harder_shuffled=_mean(shuffled[False]),
        calmer_shuffled=_mean(shuffled[True]),
    )


def _weeks(series: Series) -> list[dict[str, Sequence[Day]]]:
    """What each week's list looks at: the days of those who can be compared, in weeks when most people can."""
    length = USUAL_DAYS + LAST_DAYS[-1]
    found = []
    for until in range(A_WEEK, max(map(len, series.values())) + 1, A_WEEK):
        lived = {person: days[:until][-length:] for person, days in series.items() if until <= len(days)}
        compared = {person: days for person, days in lived.items() if can_be_compared(days)}
        if 2 * len(compared) >= len(series):
            found.append(compared)
    return found


def _named(weeks: Iterable[Mapping[str, Sequence[Day]]], *, calmer: bool) -> Named:
    lengths: list[int] = []
    ever: set[str] = set()
    for week in weeks:
        asked = {person: turned(days) if calmer else days for person, days in week.items()}
        counts = counts_of(day for days in asked.values() for day in days if day is not None)
        shares = [count / sum(counts) for count in counts]
        found = {person for person, days in asked.items() if look_at(0, days, shares)}
        lengths.append(len(found))
        ever |= found
    return Named(tuple(lengths), len(ever))


def _mean(named: Sequence[Named]) -> Named:
    by_week = zip(*(one.lengths for one in named), strict=True)
    return Named(tuple(map(fmean, by_week)), fmean(one.ever for one in named))


def _shuffled(rng: Random, days: Sequence[Day]) -> list[Day]:
    """The same answers in any order; the days without one stay where they are."""
    given = [day for day in days if day is not None]
    rng.shuffle(given)
    next_one = iter(given)
    return [None if day is None else next(next_one) for day in days]


def _alike(people: Iterable[Sequence[Day]]) -> float | None:
    found = []
    for days in people:
        pairs = [(one, other) for one, other in pairwise(days) if one is not None and other is not None]
        try:
            if len(pairs) >= LEAST_PAIRS:
                found.append(correlation(*zip(*pairs, strict=True)))
        except StatisticsError:
            continue  # somebody who always answered the same
    return median(found) if found else None
