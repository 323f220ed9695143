"""Plain rules that a school can switch on beside the list: anybody can check them on their fingers. Pure.

Each looks at one value a school day, the hardest, and says in a sentence on how many days it was what. None of
them knows what is usual for a child, so a child who is often upset is named often: they find more and mean less
than "different from usual", and a school switches on those it wants to talk about.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache, lru_cache
from statistics import median

from kiosk.feelings.rules import HARD, step_of
from kiosk.patterns.different.usual import Day
from kiosk.patterns.words import count_in_words, number_words, steps_words
from kiosk.school.calendar import parse_weekdays
from kiosk.school.settings import hard_in_days, off_or_number
from kiosk.wording import N_, Sentence

SUDDEN_LAST = 3
SUDDEN_BEFORE = 10
STALE = 3
"""Answers that took more than so many times their number of school days say nothing of now: silence does."""
WEEKS_OF_EDGES = 8
LEAST_EDGES = 4
A_DAY = timedelta(days=1)
LOOKS_BACK = 50
"""School days after which no rule asks: those of the list."""


@dataclass(frozen=True, slots=True)
class DayOfChild:
    """One school day of one child."""

    day: date
    hardest: Day


def sentences(days: Sequence[DayOfChild], values: Mapping[str, str]) -> list[Sentence]:
    """What the rules that are switched on say about one child; nothing when they say nothing.

    Args:
        days: school days, oldest first, the last of them just over.
        values: the school's settings.
    """
    words = steps_words(HARD, values["scale_direction"])
    answers = [one.hardest for one in days]
    said: list[Sentence | None] = []
    if setting := hard_in_days(values["rule_hard_answers"]):
        said.append(hard_answers(answers, *setting, words))
    if number := off_or_number(values["rule_hard_running"]):
        said.append(hard_running(answers, number, words))
    if number := off_or_number(values["rule_always_same"]):
        said.append(always_same(answers, number, values["scale_direction"]))
    if number := off_or_number(values["rule_sudden_move"]):
        said.append(sudden_move(answers, number))
    if values["rule_weekends"] == "yes":
        said.append(around_weekends(days, words, parse_weekdays(values["school_days"])))
    return [one for one in said if one]


def hard_answers(answers: Sequence[Day], least: int, among: int, words: str) -> Sentence | None:
    """N hard answers in M school days."""
    last = answers[-among:]
    hard = _hard(last)
    if hard < least:
        return None
    return Sentence(
        "On %(hard)s of the last %(days)s the hardest answer was %(steps)s.",
        hard=number_words(hard),
        days=count_in_words(among, "school day"),
        steps=words,
    )


def hard_running(answers: Sequence[Day], least: int, words: str) -> Sentence | None:
    """Hard days running. A day without an answer neither breaks the run nor adds to it."""
    run = 0
    for answer in reversed([one for one in answers[-STALE * least :] if one is not None]):
        if answer < HARD:
            break
        run += 1
    return None if run < least else _on_each(run, words)


def always_same(answers: Sequence[Day], least: int, direction: str) -> Sentence | None:
    """The same hardest answer every day: calm, or somebody who no longer chooses."""
    given = [one for one in answers[-STALE * least :] if one is not None]
    if len(given) < least or len(set(given[-least:])) > 1 or answers[-least:].count(None) == least:
        return None
    return _on_each(least, str(step_of(given[-1], direction)))


def _on_each(days: int, words: str) -> Sentence:
    return Sentence(
        "On each of the last %(days)s the hardest answer was %(steps)s.",
        days=count_in_words(days, "day with an answer"),
        steps=words,
    )


def sudden_move(answers: Sequence[Day], steps: int) -> Sentence | None:
    """The middle of the last three days' hardest answers lies some steps from that of the ten before."""
    given = [one for one in answers if one is not None]
    last, before = given[-SUDDEN_LAST:], given[-SUDDEN_LAST - SUDDEN_BEFORE : -SUDDEN_LAST]
    lately = answers[-STALE * SUDDEN_LAST :]
    if len(before) < SUDDEN_BEFORE or len(lately) - lately.count(None) < SUDDEN_LAST:
        return None
    moved = median(last) - median(before)
    if abs(moved) < steps:
        return None
    moved_by = count_in_words(int(abs(moved)), "step")
    if moved > 0:
        return Sentence(
            "The middle of the hardest answers of the last three days with an answer lies %(steps)s harder than "
            "that of the ten such days before.",
            steps=moved_by,
        )
    return Sentence(
        "The middle of the hardest answers of the last three days with an answer lies %(steps)s calmer than that "
        "of the ten such days before.",
        steps=moved_by,
    )


def around_weekends(days: Sequence[DayOfChild], words: str, taught: frozenset[int]) -> Sentence | None:
    """Hard on the day before or after weekends and not on those between; of the last weeks that are over.

    Args:
        days: school days, oldest first.
        words: the hard steps as the children see them.
        taught: the weekdays on which there is school, Monday is 0. A school that never closes has no weekends.
    """
    weeks = _weeks(days, taught)[-WEEKS_OF_EDGES:]
    between = [answer for week in weeks for answer in week.between]
    for name in ("after", "before"):
        edge = [week.after if name == "after" else week.before for week in weeks]
        given = [answer for answer in edge if answer is not None]
        often = len(given) >= LEAST_EDGES and 2 * _hard(given) >= len(given)
        if often and len(between) >= 2 * LEAST_EDGES and 5 * _hard(between) <= len(between):
            return Sentence(
                str(_AT_WEEKENDS[name, _hard(between) > 0]),
                hard=number_words(_hard(given)),
                days=count_in_words(len(given), "day with an answer"),
                steps=words,
                often=number_words(_hard(between)),
                between=len(between),
            )
    return None


_AT_WEEKENDS = {
    ("after", True): N_(
        "On %(hard)s of the last %(days)s just after a weekend the hardest answer was %(steps)s; on the days "
        "between weekends on %(often)s of %(between)s."
    ),
    ("after", False): N_(
        "On %(hard)s of the last %(days)s just after a weekend the hardest answer was %(steps)s; on the days "
        "between weekends on none of %(between)s."
    ),
    ("before", True): N_(
        "On %(hard)s of the last %(days)s just before a weekend the hardest answer was %(steps)s; on the days "
        "between weekends on %(often)s of %(between)s."
    ),
    ("before", False): N_(
        "On %(hard)s of the last %(days)s just before a weekend the hardest answer was %(steps)s; on the days "
        "between weekends on none of %(between)s."
    ),
}
"""By which day next to a weekend it is, and whether any day between weekends was hard."""


@dataclass
class _Week:
    """The school days from one weekend to the next; a day without an answer, or without school, is missing."""

    after: Day = None
    """Of the first weekday after the weekend, and of no other: a Wednesday after a holiday is none."""
    before: Day = None
    between: list[int] = field(default_factory=list)


def _weeks(days: Sequence[DayOfChild], taught: frozenset[int]) -> list[_Week]:
    """The weeks that are over, oldest first."""
    weekend = _weekend(taught)
    weeks: dict[date, _Week] = {}
    for one in days:
        if not weekend or one.day.weekday() not in taught:
            continue
        first, last = _edges(one.day, weekend)
        if last > days[-1].day:
            break
        week = weeks.setdefault(first, _Week())
        if one.day == first:
            week.after = one.hardest
        elif one.day == last:
            week.before = one.hardest
        elif one.hardest is not None:
            week.between.append(one.hardest)
    return list(weeks.values())


@cache
def _weekend(taught: frozenset[int]) -> frozenset[int]:
    """Saturday and Sunday as far as they are free, and free weekdays next to them; a free Wednesday is none."""
    free = set(range(7)) - taught
    weekend = free & {5, 6}
    while grown := {each for each in free - weekend if {(each - 1) % 7, (each + 1) % 7} & weekend}:
        weekend |= grown
    return frozenset(weekend)


@lru_cache(maxsize=500)
def _edges(day: date, weekend: frozenset[int]) -> tuple[date, date]:
    """The first weekday after the weekend before a day, and the last one before the weekend that follows."""
    first = last = day
    while (first - A_DAY).weekday() not in weekend:
        first -= A_DAY
    while (last + A_DAY).weekday() not in weekend:
        last += A_DAY
    return first, last


def _hard(answers: Sequence[Day]) -> int:
    return sum(one is not None and one >= HARD for one in answers)
