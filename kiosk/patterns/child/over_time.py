"""What one child told us over weeks, put together for a page: dots, times of day, talks. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import NamedTuple
from uuid import UUID

from kiosk.patterns.figures.periods import Period
from kiosk.patterns.figures.spread import Spread, counts_of, spread_of
from kiosk.patterns.figures.suppression import LEAST
from kiosk.wording import N_

PARTS_OF_DAY = (
    (0, 10, N_("before 10")),
    (10, 12, N_("10 to 12")),
    (12, 14, N_("12 to 2")),
    (14, 24, N_("after 2")),
)
_PART_OF_HOUR = [number for number, (begins, ends, _name) in enumerate(PARTS_OF_DAY) for _ in range(begins, ends)]


class Answer(NamedTuple):
    """One check-in of the child. A tuple: a year has hundreds, and each is made anew for every look."""

    id: int
    school_day: date
    step: int
    """As the school counted it then."""
    intensity: int
    word: str
    at: datetime
    """On the school's own clock."""
    entered_by: str | None = None
    """What the children call the adult who entered it, for a child who showed it on their fingers."""


@dataclass(frozen=True, slots=True)
class Telling:
    """What a child told when something was put right, as an adult wrote it down."""

    happened: str | None
    """What happened, in the child's telling."""
    agreed: str | None
    """What would make it right."""


@dataclass(frozen=True, slots=True)
class Talk:
    """One chat request of the child."""

    school_day: date
    asked_at: datetime
    """On the school's own clock."""
    asked_for: str | None
    """Nobody means whoever is on duty."""
    owner: str | None
    wants: str
    state: str
    answered_at: datetime | None
    ended_at: datetime | None
    helped: tuple[str, ...]
    """What helped, as an adult wrote it."""
    said: str | None
    """What the child said: did talking help?"""
    about: tuple[str, ...] = ()
    """What the child wanted to talk about: of ``kiosk.chats.topics.ABOUT``."""
    about_maybe: tuple[str, ...] = ()
    about_not_today: tuple[str, ...] = ()
    """What the child laid elsewhere on the talking mat."""
    key: UUID | None = None
    is_told: bool = False
    """Whether an adult wrote down what happened in the child's own telling, or what was agreed."""
    telling: Telling | None = None
    """That, for whoever may read what was written about this talk."""

    @property
    def was_met(self) -> bool:
        """Whether an adult and the child talked."""
        return self.state in ("talked", "closed")


@dataclass(frozen=True, slots=True)
class LeftCard:
    """A card an adult left for the child."""

    left_at: datetime
    adult: str
    kind: str
    words: str
    found_at: datetime | None


@dataclass(frozen=True, slots=True)
class AroundTalk:
    """The child's answers on the day of a talk, just before asking and next after talking."""

    before: Answer | None
    after: Answer | None


@dataclass(frozen=True)
class Cell:
    """The answers of one weekday and part of the day."""

    counts: tuple[int, ...]

    @cached_property
    def spread(self) -> Spread | None:
        """Nothing while there are fewer than five answers: two Mondays are no pattern."""
        return spread_of(self.counts) if sum(self.counts) >= LEAST else None

    @property
    def number(self) -> int:
        """How many answers there are."""
        return sum(self.counts)


@dataclass(frozen=True, slots=True)
class Stretch:
    """One half term."""

    period: Period
    school_days: int
    """Those on which the child was in school, as far as anybody knows."""
    answered: int
    """On how many of them there is an answer."""
    spread: Spread | None


@dataclass(frozen=True)
class ChildOverTime:
    """Everything the page says about one child in one period."""

    period: Period
    days: tuple[date, ...]
    """The school days of the period."""
    answers: tuple[Answer, ...]
    weekdays: tuple[int, ...]
    """The weekdays on which there is school, Monday is 0."""
    cells: Mapping[tuple[int, int], Cell]
    """By weekday and number of the part of the day."""
    stretches: tuple[Stretch, ...]
    talks: tuple[tuple[Talk, AroundTalk], ...]
    cards: tuple[LeftCard, ...]
    year: tuple[tuple[date, int | None], ...]
    """Each school day of the year with its hardest answer."""
    away: frozenset[date] = frozenset()
    """Days of the year on which a register says that the child was not in school; without an answer, too."""

    @property
    def here(self) -> tuple[date, ...]:
        """The school days of the period on which the child was in school, as far as anybody knows."""
        return tuple(day for day in self.days if day not in self.away)

    @cached_property
    def spread(self) -> Spread | None:
        """All answers of the period."""
        return spread_of(counts_of(answer.intensity for answer in self.answers))

    @property
    def answered_days(self) -> int:
        """On how many school days of the period there is an answer."""
        return len({answer.school_day for answer in self.answers} & set(self.days))

    @property
    def hard(self) -> int:
        """How many answers were one of the two hardest."""
        return sum(self.spread.counts[3:]) if self.spread else 0


def child_over_time(
    period: Period,
    days: Sequence[date],
    *,
    answers: Sequence[Answer],
    talks: Iterable[Talk],
    cards: Iterable[LeftCard],
    year: Sequence[tuple[date, int | None]],
    halves: Sequence[Period],
    year_counts: Mapping[date, Sequence[int]],
    away: Iterable[date] = (),
) -> ChildOverTime:
    """Put one child's page together.

    Args:
        period: what is shown.
        days: its school days, oldest first.
        answers: the child's answers in it, in order of time.
        talks: the child's requests in it, newest first.
        cards: the cards left for the child in it, newest first.
        year: each school day of the school year with the hardest answer.
        halves: the half terms of the school year.
        year_counts: for each day of the school year with an answer, how many of each intensity.
        away: days on which a register says that the child was not in school. A day with an answer is none of them.
    """
    not_here = frozenset(away) - year_counts.keys() - {answer.school_day for answer in answers}
    return ChildOverTime(
        period=period,
        days=tuple(days),
        answers=tuple(answers),
        weekdays=tuple(sorted({day.weekday() for day in days})),
        cells=_cells(answers),
        stretches=tuple(_stretch(half, year, year_counts, not_here) for half in halves),
        talks=tuple((talk, _around(talk, answers)) for talk in talks),
        cards=tuple(cards),
        year=tuple(year),
        away=not_here,
    )


def counted_by_day(answers: Iterable[Answer]) -> dict[date, tuple[int, ...]]:
    """For each day with an answer, how many of each intensity, calm first; oldest day first."""
    found: dict[date, list[int]] = defaultdict(list)
    for answer in answers:
        found[answer.school_day].append(answer.intensity)
    return {day: counts_of(found[day]) for day in sorted(found)}


def _cells(answers: Iterable[Answer]) -> dict[tuple[int, int], Cell]:
    found: dict[tuple[int, int], list[int]] = defaultdict(list)
    for answer in answers:
        found[answer.school_day.weekday(), _PART_OF_HOUR[answer.at.hour]].append(answer.intensity)
    return {key: Cell(counts_of(intensities)) for key, intensities in found.items()}


def _stretch(
    half: Period,
    year: Iterable[tuple[date, int | None]],
    year_counts: Mapping[date, Sequence[int]],
    away: frozenset[date],
) -> Stretch:
    days = [day for day, _hardest in year if half.first <= day <= half.last and day not in away]
    answered = [day for day in days if day in year_counts]
    counts = [sum(of_one_step) for of_one_step in zip(*(year_counts[day] for day in answered), strict=True)]
    return Stretch(half, len(days), len(answered), spread_of(counts))


def _around(talk: Talk, answers: Sequence[Answer]) -> AroundTalk:
    same_day = [answer for answer in answers if answer.school_day == talk.school_day]
    before = [answer for answer in same_day if answer.at <= talk.asked_at]
    ended = talk.ended_at
    after = [answer for answer in same_day if ended is not None and talk.was_met and answer.at >= ended]
    return AroundTalk(before[-1] if before else None, after[0] if after else None)


def calmer_after(talks: Iterable[tuple[Talk, AroundTalk]]) -> tuple[int, int, int]:
    """Of the talks with an answer before and after: how many, and after how many it was calmer and harder."""
    both = [
        (around.before.intensity, around.after.intensity)
        for _talk, around in talks
        if around.before and around.after
    ]
    return len(both), sum(after < before for before, after in both), sum(after > before for before, after in both)
