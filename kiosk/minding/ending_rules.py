"""When a child needs a proper ending with a trusted adult, and when it is done. Pure.

A trusted adult who is simply not there any more teaches a child that trusting is not worth it. So whenever
somebody of a High 5 leaves, or is away for long, there is a task: somebody tells the child, and the child meets
whoever comes next.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from kiosk.people.here import LONG_ABSENCE_SCHOOL_DAYS
from kiosk.people.rules import Presence
from kiosk.refusal import Refusal
from kiosk.school.calendar import Span
from kiosk.wording import Day

AHEAD = timedelta(days=28)
"""So long before somebody leaves or goes away they can still say goodbye themselves."""
FURTHEST = timedelta(days=366)
LONGEST_NOTE = 400

Why = Literal["left", "away"]


class EndingRefused(Refusal):
    """An ending that cannot be kept so; the message is a sentence saying why."""


@dataclass(frozen=True)
class Going:
    """That somebody leaves, or is away for long."""

    why: Why
    since: date
    """The day they left, or the first day away: a later absence is another ending."""
    until: date | None = None
    """The last day away; nothing when nobody knows it, or when they left."""


@dataclass(frozen=True)
class EndingPlan:
    """What is planned or done so that a child has a proper ending."""

    told_by_id: int | None = None
    told_on: date | None = None
    new_adult_id: int | None = None
    no_new_adult: bool = False
    """The child wants no new adult now, or has enough."""
    met_on: date | None = None
    note: str | None = None


def going(presence: Presence, today: date, school_days_in: Callable[[Span], int]) -> Going | None:
    """Whether an adult is going from the children who trust them; nothing while they are simply here.

    Args:
        presence: when they are in school.
        today: the school's date.
        school_days_in: how many school days there are in some days.
    """
    if presence.left_on is not None:
        return Going("left", presence.left_on) if presence.left_on <= today + AHEAD else None
    first, last = presence.away_from, presence.away_until
    if first is None or first > today + AHEAD or (last is not None and last < today):
        return None
    if last is not None and (last < first or school_days_in(Span(first, last)) < LONG_ABSENCE_SCHOOL_DAYS):
        return None
    return Going("away", first, last)


def check_plan(plan: EndingPlan, today: date) -> None:
    """Whether a plan can be kept at all, finished or not.

    Raises:
        EndingRefused: something in it cannot be.
    """
    if plan.no_new_adult and (plan.new_adult_id is not None or plan.met_on is not None):
        raise EndingRefused("Choose a new adult, or that none is wanted: not both.")
    if plan.met_on is not None and plan.new_adult_id is None:
        raise EndingRefused("Choose the new adult whom the child meets on that day.")
    for day in (plan.told_on, plan.met_on):
        if day is not None and abs(day - today) > FURTHEST:
            raise EndingRefused("%(date)s is more than a year away. Look at the year once more.", date=Day(day))
    if plan.note is not None and len(plan.note) > LONGEST_NOTE:
        raise EndingRefused("Keep the note to %(most)s characters.", most=LONGEST_NOTE)


def check_done(plan: EndingPlan, today: date) -> None:
    """Whether an ending is done: the child was told, and met the new adult or wants none.

    Raises:
        EndingRefused: what is still missing, in a sentence.
    """
    if plan.told_by_id is None or plan.told_on is None:
        raise EndingRefused("Not done yet: say who told the child, and on which day.")
    if plan.told_on > today:
        raise EndingRefused(
            "Not done yet: the day on which the child is told is still to come. Save it as planned."
        )
    if plan.no_new_adult:
        return
    if plan.new_adult_id is None:
        raise EndingRefused("Not done yet: choose the new adult, or that none is wanted.")
    if plan.met_on is None:
        raise EndingRefused("Not done yet: give the day on which the child and the new adult met together.")
    if plan.met_on > today:
        raise EndingRefused("Not done yet: the day on which they meet is still to come. Save it as planned.")


def merged(kept: EndingPlan, more: EndingPlan) -> EndingPlan:
    """A plan with what was said for several children together: what was left empty stays as it was for each."""
    told = replace(kept, told_by_id=more.told_by_id or kept.told_by_id, told_on=more.told_on or kept.told_on)
    told = replace(told, note=more.note or kept.note)
    if more.no_new_adult:
        return replace(told, no_new_adult=True, new_adult_id=None, met_on=None)
    if more.new_adult_id is None:
        return told
    return replace(told, no_new_adult=False, new_adult_id=more.new_adult_id, met_on=more.met_on or kept.met_on)


def high5_after(
    named: Sequence[int], works_here: Collection[int], adult: int, new: int, why: Why, *, most: int
) -> list[int]:
    """A High 5 in which the new adult has the place of the one who goes.

    Whoever left makes room. Whoever comes back stays, just behind. So does whoever has not left yet, unless five
    are in it: a child keeps them until their last day.

    Args:
        named: the child's High 5 as it is kept, in the child's order, with those who have left.
        works_here: who may be chosen.
        adult: who goes.
        new: who comes.
        why: whether the adult left.
        most: how many a High 5 may have.

    Raises:
        EndingRefused: there are as many already, and nobody of them has left.
    """
    stay = [one for one in named if one in works_here]
    if new in stay:
        return stay
    if why == "left" and len(stay) >= most:
        stay = [one for one in stay if one != adult]
    place = sum(one in stay for one in named[: named.index(adult)]) if adult in named else len(stay)
    if len(stay) >= most:
        raise EndingRefused(
            "This High 5 has %(most)s adults already. Choose on the High 5 page who makes room.", most=most
        )
    return [*stay[:place], new, *stay[place:]]
