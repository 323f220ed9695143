"""Who had it hard on a day: whoever chose one of the two hardest steps, before noon or after it. Pure.

Nobody is out of sight because the morning is over: at ten to two it is the child who said "I need help" at twenty
past one, and asked nobody, whom somebody should look for.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from kiosk.feelings.rules import HARD
from kiosk.patterns.today.told import Child, Request, Step

SAME_MOMENT = timedelta(minutes=15)
"""A request so shortly before an answer belongs to it: an adult may enter a step after the child has asked."""

Asked = Literal["asked", "not_since", "nobody"]
"""Whether the child waited when it was hard, or asked with it or later; not since a request that was over by then;
nobody on the whole day."""


@dataclass(frozen=True, slots=True)
class HardDay:
    """A child who chose one of the two hardest steps on a day."""

    child: Child
    answer: Step
    """The one that stands for the others: of the afternoon if there is one, the hardest, the last."""
    asked: Asked

    @property
    def is_since_noon(self) -> bool:
        """Whether there is one of the afternoon."""
        return not self.answer.is_morning


def hard_days(
    children: Iterable[Child], answers: Iterable[Step], requests: Iterable[Request], day: date
) -> list[HardDay]:
    """Everybody who chose one of the two hardest steps on a day, each once.

    First those of the afternoon, as they are the newest; then the hardest, then those who asked nobody, by name.
    Whoever is left out of patterns is not among them.

    Args:
        children: everybody who was in school.
        answers: check-ins of that day; those that are not hard do not matter.
        requests: those of that day and those that are still open.
        day: the day.
    """
    hard: dict[int, list[Step]] = defaultdict(list)
    for answer in answers:
        if answer.intensity >= HARD:
            hard[answer.pupil_id].append(answer)
    requests_by = _until(day, requests)
    found = [
        _hard_day(child, hard[child.id], requests_by.get(child.id, ()))
        for child in children
        if child.id in hard and not child.is_left_out
    ]
    return sorted(found, key=_most_pressing_first)


def _until(day: date, requests: Iterable[Request]) -> Mapping[int, list[Request]]:
    """Those of a day, and those of days before it on which the child still waited."""
    by_child: dict[int, list[Request]] = defaultdict(list)
    for request in requests:
        if request.school_day == day or (request.school_day < day and not _was_over(request, day)):
            by_child[request.pupil_id].append(request)
    return by_child


def _was_over(request: Request, day: date) -> bool:
    """Whether a request ended before a day; one that ended on it was on somebody's mind in its hard hour."""
    return not request.is_open and (request.ended_at is None or request.ended_at.date() < day)


def _hard_day(child: Child, hard: Sequence[Step], requests: Sequence[Request]) -> HardDay:
    half = [one for one in hard if not one.is_morning] or hard
    speaks = max(half, key=lambda one: (one.intensity, one.at))
    last = max(one.at for one in half)  # a talk about the first of them is none about this one
    if any(_is_about(one, last) for one in requests):
        return HardDay(child, speaks, "asked")
    return HardDay(child, speaks, "not_since" if requests else "nobody")


def _is_about(request: Request, at: datetime) -> bool:
    """Whether the child waited when it was hard, or asked with it or later; a talk since then answered it."""
    waited = request.is_open or (request.ended_at is not None and request.ended_at >= at)
    return waited or request.said_at >= at - SAME_MOMENT


def _most_pressing_first(one: HardDay) -> tuple[bool, int, bool, str, int]:
    child = one.child
    return not one.is_since_noon, -one.answer.intensity, one.asked == "asked", child.name.casefold(), child.id
