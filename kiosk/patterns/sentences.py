"""What the lists say about a child, in one sentence with its counts. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from kiosk.feelings.rules import step_of
from kiosk.patterns.different import ENOUGH_TO_COMPARE, Different
from kiosk.patterns.spread import Spread
from kiosk.wording import N_, Sentence

_WORDS = (
    N_("none"),
    N_("one"),
    N_("two"),
    N_("three"),
    N_("four"),
    N_("five"),
    N_("six"),
    N_("seven"),
    N_("eight"),
    N_("nine"),
    N_("ten"),
    N_("eleven"),
    N_("twelve"),
)
"""Digits in a language whose number words change with what they count."""
_RARE = 40


def different_words(found: Different, direction: str) -> str:
    """``Four of the last five answers were 4 or 5; usually one in ten.``

    Args:
        found: the counts.
        direction: which end of the school's own scale is calm; the steps are named as the children see them.
    """
    verb = "was" if found.hard == 1 else "were"
    steps = calm_steps_words(6 - found.least, direction) if found.calmer else steps_words(found.least, direction)
    return f"{_last(found)} {verb} {steps}; {_usually(found)}."


def steps_words(least: int, direction: str) -> str:
    """The steps that stand for an intensity and all harder ones: ``5``, ``4 or 5``, ``3 to 5``."""
    return _steps(range(least, 6), direction)


def calm_steps_words(most: int, direction: str) -> str:
    """The steps that stand for an intensity and all calmer ones: ``1``, ``1 or 2``."""
    return _steps(range(1, most + 1), direction)


def _steps(intensities: Iterable[int], direction: str) -> str:
    steps = sorted(step_of(intensity, direction) for intensity in intensities)
    if len(steps) == 1:
        return str(steps[0])
    if len(steps) == 2:
        return Sentence("%(one)s or %(other)s", one=steps[0], other=steps[1])
    return Sentence("%(first)s to %(last)s", first=steps[0], last=steps[-1])


def median_words(spread: Spread, direction: str) -> str:
    """``2``, or ``between 2 and 3``: there is no 2.5 on a hand."""
    low, high = sorted(step_of(each, direction) for each in (spread.median_low, spread.median_high))
    return str(low) if low == high else Sentence("between %(low)s and %(high)s", low=low, high=high)


def half_words(spread: Spread, direction: str) -> str:
    """Where the middle half of the answers lies, with its counts: ``1 to 3 (18 of 30 answers)``."""
    low, high = sorted(step_of(each, direction) for each in (spread.from_, spread.to))
    return Sentence(
        "%(steps)s (%(inside)s of %(all)s answers)",
        steps=low if low == high else Sentence("%(first)s to %(last)s", first=low, last=high),
        inside=spread.inside,
        all=spread.number,
    )


def middle_words(spread: Spread, direction: str) -> str:
    """The median and the middle half, in a sentence."""
    return Sentence(
        "The middle answer is %(middle)s; half of the answers or more lie at %(half)s.",
        middle=median_words(spread, direction),
        half=half_words(spread, direction),
    )


def number_words(number: int) -> str:
    """``four``; digits past twelve."""
    return _WORDS[number] if number < len(_WORDS) else str(number)


def share_words(number: int, of: int) -> str:
    """``one in ten``, ``six in ten``, ``none of 38``, ``all 38``: a share as people say it."""
    if number == 0:
        return f"none of {of}"
    if number == of:
        return f"all {of}"
    if number * 2 <= of:
        return f"one in {number_words(round(of / number))}"
    return f"{number_words(min(9, round(10 * number / of)))} in ten"


def _last(found: Different) -> str:
    days = f"the last {number_words(found.days)} school days"
    if found.answered < found.days:
        return (
            f"All {number_words(found.answered)} answers of {days}"
            if found.hard == found.answered
            else f"{number_words(found.hard).capitalize()} of the {number_words(found.answered)} answers of {days}"
        )
    if found.hard == found.answered:
        return f"All of the last {number_words(found.days)} answers"
    return f"{number_words(found.hard).capitalize()} of the last {number_words(found.days)} answers"


def _usually(found: Different) -> str:
    if found.usual_answered >= ENOUGH_TO_COMPARE:
        return f"usually {share_words(found.usual_hard, found.usual_answered)}"
    school = (
        f"one in {number_words(max(2, round(1 / found.school_share)))}"
        if found.school_share > 1 / _RARE
        else "hardly ever"
    )
    earlier = number_words(found.usual_answered)
    return f"there are only {earlier} earlier answers to compare with, in the whole school it is {school}"
