"""What the weekly list says about a child, in one sentence with its counts. Pure."""

from __future__ import annotations

from kiosk.patterns.different.method import BY_CHANCE
from kiosk.patterns.different.usual import ENOUGH_TO_COMPARE, Different
from kiosk.patterns.words import calm_steps_words, count, number_words, steps_words
from kiosk.wording import Sentence, joined


def different_words(found: Different, direction: str) -> str:
    """``On four of the last five school days the hardest answer was 4 or 5; usually on 4 of 40 days.``

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
        return f"usually on {days_of(found.usual_hard, found.usual_answered)}"
    hundredths = round(100 * found.school_share)
    school = f"on {hundredths} of 100 days" if hundredths else "on fewer than 1 of 100 days"
    earlier = number_words(found.usual_answered)
    return f"there are only {earlier} earlier days to compare with, in the whole school it is {school}"


def days_of(number: int, of: int) -> str:
    """``14 of 35 days``, ``none of 38 days``, ``all 38 days``: counts, and no share that was rounded."""
    if number == 0:
        return f"none of {of} days"
    return f"all {of} days" if number == of else f"{number} of {of} days"


def chance_words(compared: int | None, found: int) -> Sentence:
    """How many names chance alone puts on a list of so many children: ``about 1``, ``about 10``.

    Args:
        compared: how many children were compared; nothing where that was not counted.
        found: how many were found, with those whom the list had no room for.
    """
    if compared is None:
        return Sentence(
            "By chance alone about one in every %(children)s children compared stands here each week.",
            children=round(1 / BY_CHANCE),
        )
    if not compared:
        return Sentence("No child has answered often enough yet to be compared with themselves.")
    children, expected = count(compared, "child"), compared * BY_CHANCE
    number = round(expected)
    if not number:
        return Sentence(
            "Of %(children)s compared, about one stands here every %(weeks)s weeks by chance alone.",
            children=children,
            weeks=round(1 / expected),
        )
    if number == 1:
        stand = Sentence(
            "Of %(children)s compared, about one stands here each week by chance alone.", children=children
        )
    else:
        stand = Sentence(
            "Of %(children)s compared, about %(number)s stand here each week by chance alone.",
            children=children,
            number=number,
        )
    if not 0 < found <= number:
        return stand
    may_be_all = Sentence("No more than that were found for this list: chance may explain them all.")
    return joined([stand, may_be_all], " ")
