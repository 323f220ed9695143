"""Plain rules that a school can switch on beside the list: anybody can check them on their fingers. Pure.

Each looks at one value a school day, the hardest, and says in a sentence what it saw. None of them knows what is
usual for a child, so a child who is often upset is named often: they find more and mean less than "different from
usual", and a school switches on those it wants to talk about.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median

from kiosk.patterns.different import Day
from kiosk.patterns.sentences import number_words, steps_words
from kiosk.school.settings import hard_in_days, off_or_number

HARD = 4
SUDDEN_LAST = 3
SUDDEN_BEFORE = 10
WEEKS_OF_EDGES = 8
LEAST_EDGES = 4
LOOKS_BACK = 50
"""School days after which no rule asks: those of the list."""


@dataclass(frozen=True, slots=True)
class DayOfChild:
    """One school day of one child."""

    day: date
    hardest: Day


def sentences(days: Sequence[DayOfChild], values: Mapping[str, str]) -> list[str]:
    """What the rules that are switched on say about one child; nothing when they say nothing.

    Args:
        days: school days, oldest first, the last of them just over.
        values: the school's settings.
    """
    words = steps_words(HARD, values["scale_direction"])
    answers = [one.hardest for one in days]
    said: list[str | None] = []
    if setting := hard_in_days(values["rule_hard_answers"]):
        said.append(hard_answers(answers, *setting, words))
    if number := off_or_number(values["rule_hard_running"]):
        said.append(hard_running(answers, number, words))
    if number := off_or_number(values["rule_always_same"]):
        said.append(always_same(answers, number))
    if number := off_or_number(values["rule_sudden_move"]):
        said.append(sudden_move(answers, number))
    if values["rule_weekends"] == "yes":
        said.append(around_weekends(days, words))
    return [one for one in said if one]


def hard_answers(answers: Sequence[Day], least: int, among: int, words: str) -> str | None:
    """N hard answers in M school days."""
    last = answers[-among:]
    hard = _hard(last)
    if hard < least:
        return None
    return f"{number_words(hard).capitalize()} answers in the last {number_words(among)} school days were {words}."


def hard_running(answers: Sequence[Day], least: int, words: str) -> str | None:
    """Hard days running. A day without an answer neither breaks the run nor adds to it."""
    run = 0
    for answer in reversed([one for one in answers[-3 * least :] if one is not None]):
        if answer < HARD:
            break
        run += 1
    return f"The last {number_words(run)} answers were all {words}." if run >= least else None


def always_same(answers: Sequence[Day], least: int) -> str | None:
    """The same answer every day: calm, or somebody who no longer chooses."""
    given = [one for one in answers if one is not None]
    if len(given) < least or len(set(given[-least:])) > 1:
        return None
    return f"The last {number_words(least)} answers were all the same."


def sudden_move(answers: Sequence[Day], steps: int) -> str | None:
    """The middle of the last three answers lies some steps harder or calmer than that of the ten before."""
    given = [one for one in answers if one is not None]
    last, before = given[-SUDDEN_LAST:], given[-SUDDEN_LAST - SUDDEN_BEFORE : -SUDDEN_LAST]
    if len(before) < SUDDEN_BEFORE:
        return None
    moved = median(last) - median(before)
    if abs(moved) < steps:
        return None
    towards = "harder" if moved > 0 else "calmer"
    whole = int(abs(moved))
    return (
        f"The last three answers lie {number_words(whole)} {'step' if whole == 1 else 'steps'} {towards} "
        "than the ten before them."
    )


def around_weekends(days: Sequence[DayOfChild], words: str) -> str | None:
    """Hard before or after weekends and not between: the first or the last school day of weeks, half of them."""
    weeks = _weeks(days)[-WEEKS_OF_EDGES:]
    inside = [one for week in weeks for one in week[1:-1]]
    for name, edge in (("after", 0), ("before", -1)):
        at_edge: list[Day] = [week[edge] for week in weeks]
        others = [one for one in inside if one is not None]
        given = [one for one in at_edge if one is not None]
        often = len(given) >= LEAST_EDGES and 2 * _hard(given) >= len(given)
        if often and len(others) >= 2 * LEAST_EDGES and 5 * _hard(others) <= len(others):
            number = f"{number_words(_hard(given)).capitalize()} of the last {number_words(len(given))}"
            between = f"{_hard(others)} of {len(others)}"
            return f"{number} answers {name} a weekend were {words}; of those between {between}."
    return None


def _weeks(days: Sequence[DayOfChild]) -> list[list[Day]]:
    """The answers week by week; only weeks with a day between the first and the last."""
    weeks: dict[tuple[int, int], list[Day]] = {}
    for one in days:
        weeks.setdefault(one.day.isocalendar()[:2], []).append(one.hardest)
    return [week for week in weeks.values() if len(week) > 2]


def _hard(answers: Sequence[Day]) -> int:
    return sum(one is not None and one >= HARD for one in answers)
