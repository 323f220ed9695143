"""What the weekly list says about a child, in one sentence with its counts. Pure."""

from __future__ import annotations

from kiosk.patterns.different.usual import ENOUGH_TO_COMPARE, Different
from kiosk.patterns.words import calm_steps_words, number_words, steps_words

_RARE = 40


def different_words(found: Different, direction: str) -> str:
    """``On four of the last five school days the hardest answer was 4 or 5; usually on one day in ten.``

    It counts days, as the method does, and not answers: a child may answer twice a day, and whoever looks at the
    child's own page must find what the sentence says.

    Args:
        found: the counts.
        direction: which end of the school's own scale is calm; the steps are named as the children see them.
    """
    steps = calm_steps_words(6 - found.least, direction) if found.calmer else steps_words(found.least, direction)
    return f"On {_last(found)} the hardest answer was {steps}; {_usually(found)}."


def _last(found: Different) -> str:
    """``four of the last five school days``; of days without an answer it says that there are some."""
    days = f"the last {number_words(found.days)} school days"
    number = "each" if found.hard == found.answered else number_words(found.hard)
    if found.answered == found.days:
        return f"{number} of {days}"
    answered = f"{number_words(found.answered)} days with an answer among {days}"
    return f"{number} of the {answered}"


def _usually(found: Different) -> str:
    if found.usual_answered >= ENOUGH_TO_COMPARE:
        return f"usually on {share_of_days(found.usual_hard, found.usual_answered)}"
    school = (
        f"on one day in {number_words(max(2, round(1 / found.school_share)))}"
        if found.school_share > 1 / _RARE
        else "on hardly any day"
    )
    earlier = number_words(found.usual_answered)
    return f"there are only {earlier} earlier days to compare with, in the whole school it is {school}"


def share_of_days(number: int, of: int) -> str:
    """``one day in ten``, ``six days in ten``, ``none of 38 days``, ``all 38 days``: a share as people say it."""
    if number == 0:
        return f"none of {of} days"
    if number == of:
        return f"all {of} days"
    if number * 2 <= of:
        return f"one day in {number_words(round(of / number))}"
    return f"{number_words(min(9, round(10 * number / of)))} days in ten"
