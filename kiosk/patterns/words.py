"""How steps and their middle, times and numbers of things are said in every room. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from kiosk.feelings.rules import step_of
from kiosk.patterns.days import day_words
from kiosk.patterns.figures.minutes import minutes_about, minutes_passed, minutes_within
from kiosk.patterns.figures.spread import Spread
from kiosk.wording import N_, Day, Sentence, counted, forms, joined

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
_FAR = timedelta(days=6)
_DAY = 24 * 60
"""In minutes."""


def steps_words(least: int, direction: str) -> str:
    """The steps that stand for an intensity and all harder ones: ``5``, ``4 or 5``, ``3 or harder``.

    ``3 to 5`` would read as if the answers went from 3 to 5, where all of them may have been 3.
    """
    if least < 4:
        return Sentence("%(step)s or harder", step=step_of(least, direction))
    return _steps(range(least, 6), direction)


def calm_steps_words(most: int, direction: str) -> str:
    """The steps that stand for an intensity and all calmer ones: ``1``, ``1 or 2``, ``3 or calmer``."""
    if most > 2:
        return Sentence("%(step)s or calmer", step=step_of(most, direction))
    return _steps(range(1, most + 1), direction)


def _steps(intensities: Iterable[int], direction: str) -> str:
    steps = sorted(step_of(intensity, direction) for intensity in intensities)
    if len(steps) == 1:
        return str(steps[0])
    return Sentence("%(one)s or %(other)s", one=steps[0], other=steps[1])


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


def wait_words(since: datetime, until: datetime) -> str:
    """How long somebody has waited: ``for 12 minutes``, or ``since Friday 15:29`` when it began on another day."""
    if since.date() == until.date():
        return Sentence("for %(length)s", length=length_words(until - since))
    return Sentence("since %(moment)s", moment=moment(since, until))


def moment(at: datetime, now: datetime) -> str:
    """``09:12``, ``Friday 15:29`` or ``Friday 13 November 15:29``: as near as ``now`` lets it be said shortly."""
    if at.date() == now.date():
        return f"{at:%H:%M}"
    day = Day(at.date(), "EEEE") if abs(now - at) < _FAR else day_words(at.date(), now.date())
    return joined([day, f"{at:%H:%M}"], " ")


def length_words(length: timedelta) -> str:
    """``less than a minute``, ``12 minutes``, ``1 hour 5 minutes``, ``2 days``: whole units that have passed.

    It is for who waits now. What is over, or tells of many, is said by the two below.
    """
    minutes = minutes_passed(length)
    return count(minutes // _DAY, "day") if minutes >= _DAY else _minutes_words(minutes)


def about_words(length: timedelta) -> str:
    """``3 minutes``, ``26 hours 5 minutes``: to the nearest minute, for a middle or a wait that is over."""
    return _minutes_words(minutes_about(length))


def within_words(length: timedelta) -> str:
    """The same, but no shorter than it is: for the time within which nine in ten lie."""
    return _minutes_words(minutes_within(length))


def _minutes_words(minutes: int) -> str:
    hours, rest = divmod(minutes, 60)
    if not minutes:
        return N_("less than a minute")
    return joined([count(n, unit) for n, unit in ((hours, "hour"), (rest, "minute")) if n], " ")


_THINGS = {
    "answer": forms("%(count)s answer", "%(count)s answers"),
    "child": forms("%(count)s child", "%(count)s children"),
    "day": forms("%(count)s day", "%(count)s days"),
    "day with an answer": forms("%(count)s day with an answer", "%(count)s days with an answer"),
    "earlier day": forms("%(count)s earlier day", "%(count)s earlier days"),
    "hour": forms("%(count)s hour", "%(count)s hours"),
    "minute": forms("%(count)s minute", "%(count)s minutes"),
    "request": forms("%(count)s request", "%(count)s requests"),
    "school day": forms("%(count)s school day", "%(count)s school days"),
    "step": forms("%(count)s step", "%(count)s steps"),
    "week": forms("%(count)s week", "%(count)s weeks"),
}


def count(number: int, thing: str) -> Sentence:
    """``1 child``, ``2 children``.

    Args:
        number: how many.
        thing: one of those that are counted here, in English and for one.
    """
    return counted(*_THINGS[thing], number)


def count_in_words(number: int, thing: str) -> Sentence:
    """``one child``, ``four children``: a word as far as :func:`number_words` has one."""
    return counted(*_THINGS[thing], number, count=number_words(number))
