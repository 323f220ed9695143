"""What there is to be said besides the tablet's own phrases, as few recordings as say it all. Pure.

What a recording is ``about`` stays the same as long as the same is to be said: a place that two adults share is
recorded once.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import time

from kiosk.feelings.rules import FIRST_WORDS
from kiosk.people.tablet_settings import STRATEGY_PICTURES, ChildsTablet

EVERY_LANGUAGE = "*"
"""For names and whatever else a school calls its own: they are the same in every language."""
MINUTES = tuple(range(0, 60, 5))
"""Times are said to five minutes, as schools make them."""
_HOURS_ROUND = 12
_PLACE = re.compile(r"\{\w+\}")


@dataclass(frozen=True)
class Saying:
    """Something to be said: what it is about, and the words that stand on the screen."""

    language: str
    about: str
    words: str
    pupil_id: int | None = None
    adult_id: int | None = None


def is_sayable(phrase: str) -> bool:
    """Whether a phrase has words of its own. One that only puts a day and a time side by side is said by them."""
    return any(letter.isalpha() for letter in _PLACE.sub("", phrase))


def of_the_school(words: Iterable[str]) -> list[Saying]:
    """What a school calls its own: the safe space, places, classes; each once, in their order."""
    return [Saying(EVERY_LANGUAGE, f"words:{one}", one) for one in dict.fromkeys(words) if is_sayable(one)]


def of_a_child(pupil_id: int, tablet: ChildsTablet) -> list[Saying]:
    """A child's own words for steps and on cards. Those that stand ready are phrases, in the child's language."""
    steps = [own.word for _, own in sorted(tablet.own_steps.items()) if own.word]
    cards = [card.words for card in tablet.strategies]
    ready = {*FIRST_WORDS, *STRATEGY_PICTURES.values()}
    own = dict.fromkeys(words for words in steps + cards if words not in ready and is_sayable(words))
    return [Saying(EVERY_LANGUAGE, f"own:{pupil_id}:{words}", words, pupil_id=pupil_id) for words in own]


def of_times(language: str, opens: time, closes: time) -> list[Saying]:
    """Hours as a clock face shows them, then minutes: together they say every time while school is open.

    Args:
        language: whose words they are said in.
        opens: when school opens.
        closes: when it closes; the same as ``opens`` when it always is open.
    """
    open_hours = range(24) if opens == closes else range(opens.hour, closes.hour + 1)
    hours = dict.fromkeys((hour - 1) % _HOURS_ROUND + 1 for hour in open_hours)
    return [Saying(language, f"hour:{hour}", f"{hour}:") for hour in hours] + [
        Saying(language, f"minute:{minute}", f":{minute:02}") for minute in MINUTES
    ]
