"""What the weekly list says about a child, in one sentence with its counts. Pure."""

from __future__ import annotations

from kiosk.patterns.different.method import BY_CHANCE
from kiosk.patterns.different.usual import ENOUGH_TO_COMPARE, Different
from kiosk.patterns.words import calm_steps_words, count, count_in_words, number_words, steps_words
from kiosk.wording import Sentence, joined


def different_words(found: Different, direction: str) -> Sentence:
    """``On four of the last five school days the hardest answer was 4 or 5; usually on 4 of 40 days.``

    It counts days, as the method does, and not answers: a child may answer twice a day, and whoever looks at the
    child's own page must find what the sentence says.

    Args:
        found: the counts.
        direction: which end of the school's own scale is calm; the steps are named as the children see them.
    """
    steps = calm_steps_words(6 - found.least, direction) if found.calmer else steps_words(found.least, direction)
    return Sentence("%(lately)s; %(usually)s.", lately=_lately(found, steps), usually=_usually(found))


def _lately(found: Different, steps: str) -> Sentence:
    """How the last days were; where there are days without an answer it says that there are some."""
    days = count_in_words(found.days, "school day")
    answered = count_in_words(found.answered, "day with an answer")
    on_each, hard = found.hard == found.answered, number_words(found.hard)
    if found.answered == found.days and on_each:
        return Sentence("On each of the last %(days)s the hardest answer was %(steps)s", days=days, steps=steps)
    if found.answered == found.days:
        return Sentence(
            "On %(hard)s of the last %(days)s the hardest answer was %(steps)s", hard=hard, days=days, steps=steps
        )
    if on_each:
        return Sentence(
            "On each of the %(answered)s among the last %(days)s the hardest answer was %(steps)s",
            answered=answered,
            days=days,
            steps=steps,
        )
    return Sentence(
        "On %(hard)s of the %(answered)s among the last %(days)s the hardest answer was %(steps)s",
        hard=hard,
        answered=answered,
        days=days,
        steps=steps,
    )


def _usually(found: Different) -> Sentence:
    """How it is else, in counts and no share that was rounded: of the child's own days, or where they are few the
    whole school's."""
    if found.usual_answered < ENOUGH_TO_COMPARE:
        return _usually_in_school(found)
    days = count(found.usual_answered, "day")
    if not found.usual_hard:
        return Sentence("usually on none of %(days)s", days=days)
    if found.usual_hard == found.usual_answered:
        return Sentence("usually on all %(days)s", days=days)
    return Sentence("usually on %(number)s of %(days)s", number=found.usual_hard, days=days)


def _usually_in_school(found: Different) -> Sentence:
    earlier = count_in_words(found.usual_answered, "earlier day")
    hundredths = round(100 * found.school_share)
    if not hundredths:
        return Sentence(
            "there are only %(earlier)s to compare with, in the whole school it is on fewer than 1 of 100 days",
            earlier=earlier,
        )
    return Sentence(
        "there are only %(earlier)s to compare with, in the whole school it is on %(hundredths)s of 100 days",
        earlier=earlier,
        hundredths=hundredths,
    )


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
