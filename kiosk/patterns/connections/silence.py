"""Who is not heard from, and whose adults are few: what a list of feelings cannot show. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil
from types import MappingProxyType

ASKS_OFTEN = 8
"""Requests in the time looked at from which a child needs planned time, so that they need not ask."""


@dataclass(frozen=True, slots=True)
class Connected:
    """A child and who is named for them."""

    id: int
    name: str
    class_name: str
    adults: tuple[int, ...]
    """The High 5, in the child's order."""
    last_heard: date | None
    """The last day with a check-in or a request; nothing when there never was one."""
    asked: int
    """Requests in the time looked at."""
    has_planned_time: bool
    on_tablet: bool
    joined_on: date | None = None
    is_left_out: bool = False
    """Left out of patterns: on no list of what a child does, and on every list of what the school owes them."""


@dataclass(frozen=True)
class Silence:
    """Children whom nobody hears from or whom few adults hold; each list by name, none of them a ranking.

    The first three say something about a child, and whoever is left out of patterns is on none of them. The others
    say what the school has not done yet, and hold everybody.
    """

    not_heard: tuple[Connected, ...]
    """No check-in and no request for N school days."""
    never_asks: tuple[Connected, ...]
    """Heard from, but has not asked for anybody."""
    asks_often: tuple[Connected, ...]
    """Asks often and has no planned time: what they need is a time that comes without asking."""
    nobody_named: tuple[Connected, ...]
    only_one: tuple[Connected, ...]
    with_leaver: tuple[Connected, ...]
    """The High 5 names somebody who has left."""
    without_account: tuple[Connected, ...] = ()
    """The High 5 names somebody who works here and cannot be asked, because they have no account."""
    left_out: int = 0
    """How many children are left out of patterns, whichever list they would be on."""


def silence(
    children: Iterable[Connected],
    school_days: Sequence[date],
    *,
    quiet_days: int,
    leavers: frozenset[int],
    away_long: frozenset[int] = frozenset(),
    no_account: frozenset[int] = frozenset(),
    away: Mapping[int, frozenset[date]] = MappingProxyType({}),
) -> Silence:
    """Sort children into the lists they belong on.

    Args:
        children: everyone who is in school.
        school_days: the latest school days, oldest first, today included once it is over.
        quiet_days: after how many school days without a word a child is on the list.
        leavers: adults who have left.
        away_long: adults who are away for so long that a child cannot count on them.
        no_account: adults who work here and cannot be asked.
        away: for each child the days on which a register says they were not in school; those do not count.
    """
    everyone = sorted(children, key=lambda child: (child.name.casefold(), child.id))
    shown = [child for child in everyone if not child.is_left_out]
    not_here = leavers | away_long
    still_here = [(child, [adult for adult in child.adults if adult not in not_here]) for child in everyone]
    return Silence(
        not_heard=tuple(
            child for child in shown if _is_quiet(child, school_days, away.get(child.id, frozenset()), quiet_days)
        ),
        never_asks=tuple(child for child in shown if child.on_tablet and child.last_heard and not child.asked),
        asks_often=tuple(child for child in shown if child.asked >= ASKS_OFTEN and not child.has_planned_time),
        nobody_named=tuple(child for child, adults in still_here if not adults),
        only_one=tuple(child for child, adults in still_here if len(adults) == 1),
        with_leaver=tuple(child for child in everyone if leavers & set(child.adults)),
        without_account=tuple(child for child in everyone if no_account & set(child.adults)),
        left_out=len(everyone) - len(shown),
    )


def _is_quiet(child: Connected, school_days: Sequence[date], away: frozenset[date], quiet_days: int) -> bool:
    """A child who is kept off the tablet, came only now, or was not in school for long enough, is not silent."""
    if not child.on_tablet:
        return False
    here = [day for day in school_days if day not in away] if away else school_days
    if len(here) < quiet_days:
        return False
    since = here[-quiet_days]
    if child.joined_on is not None and child.joined_on > since:
        return False
    return child.last_heard is None or child.last_heard < since


@dataclass(frozen=True, slots=True)
class Here:
    """How often a child of whom nothing was heard was in school."""

    days: int
    known: int
    """Of so many school days a register says whether the child was in school."""


def here_since(child: Connected, school_days: Iterable[date], known: Mapping[date, bool]) -> Here | None:
    """On how many of the school days since a child was last heard of they were in school.

    Args:
        child: somebody nothing was heard of.
        school_days: the latest school days.
        known: for each day that a register knows of this child, whether they were in school.

    Returns:
        Nothing when no register knows any of these days.
    """
    days = [day for day in school_days if (not child.last_heard or day > child.last_heard) and day in known]
    return Here(sum(known[day] for day in days), len(days)) if days else None


def named_by(children: Iterable[Connected]) -> dict[int, int]:
    """How many children name each adult."""
    return dict(Counter(adult for child in children for adult in child.adults))


@dataclass(frozen=True, slots=True)
class Wait:
    """How long children waited, in school time; to support adults, never to rank them."""

    number: int
    median: timedelta
    ninetieth: timedelta
    """Nine in ten waited no longer than this."""


def wait_of(lengths: Sequence[timedelta]) -> Wait | None:
    """The middle and the ninetieth percentile of some waits; nothing when nobody waited."""
    if not lengths:
        return None
    ordered = sorted(lengths)
    return Wait(len(ordered), _middle(ordered), ordered[ceil(0.9 * len(ordered)) - 1])


def _middle(ordered: Sequence[timedelta]) -> timedelta:
    at = len(ordered)
    return (ordered[(at - 1) // 2] + ordered[at // 2]) / 2
