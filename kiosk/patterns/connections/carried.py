"""What each adult carries: who asked for them, what they answered and met, and their own times. Pure.

It is there to share and to support, never to rank. So an adult's times begin when a request reached this adult and
not when the child asked, what somebody else took is nobody's wait, and what came while the adult was away is not
counted at all.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import NamedTuple, Protocol

from kiosk.patterns.connections.silence import Wait, wait_of

ANSWERS = frozenset({"seen", "coming", "handed_over", "talked", "escalated"})
"""What an adult does with a request that counts as an answer."""
GIVES = frozenset({"handed_over", "escalated", "passed_on"})
"""What brings a request that somebody has answered to another adult."""
LEAST_TIMES = 5
"""Of fewer times than this no middle is told: one afternoon says nothing about an adult."""

Passed = Callable[[datetime, datetime], timedelta]
"""How much school time passed between two instants."""


Happened = tuple[str, datetime, int | None, int | None]
"""One thing that happened to a request, as far as adults go: what, when, who did it, and whom it went to."""


class Part(NamedTuple):
    """What one adult did about one request."""

    adult_id: int
    has_met: bool
    """They talked with the child."""
    to_seen: timedelta | None
    """From when it reached them until they answered; nothing when it never reached them, but they took it."""
    to_met: timedelta | None


class Request(Protocol):
    """A request, as far as adults go."""

    @property
    def school_day(self) -> date:
        """The day on which the child asked."""

    @property
    def asked_for_id(self) -> int | None:
        """Whom the child named; nobody means whoever is on duty."""

    @property
    def while_away(self) -> bool:
        """Whether the adult named was away, so that it went to somebody else."""

    @property
    def without_account(self) -> bool:
        """Whether it went to somebody else because the adult named has no account."""

    @property
    def is_unanswered(self) -> bool:
        """Whether it ended without an answer of anybody."""

    @property
    def parts(self) -> Sequence[Part]:
        """What adults did about it; whoever answered first stands first."""


@dataclass
class Carried:
    """What one adult had of the requests of some time."""

    asked: int = 0
    """Requests that named this adult."""
    while_away: int = 0
    """Of those, the ones that came while the adult was away."""
    without_account: int = 0
    """Of those, the ones that went to somebody else because this adult has no account."""
    taken: int = 0
    """Of those, the ones that somebody else answered first."""
    unanswered: int = 0
    """Of those, the ones that ended before anybody had answered, though the adult was there."""
    answered: int = 0
    """Requests of anybody's that this adult was the first to answer."""
    met: int = 0
    """Requests of anybody's about which this adult talked with the child."""
    seen_after: list[timedelta] = field(default_factory=list)
    """The adult's own times until they answered, in school time."""
    met_after: list[timedelta] = field(default_factory=list)

    @property
    def to_seen(self) -> Wait | None:
        """The middle and nine in ten of their times until they answered; nothing of fewer than five."""
        return wait_of(self.seen_after) if len(self.seen_after) >= LEAST_TIMES else None

    @property
    def to_met(self) -> Wait | None:
        """The same until they talked."""
        return wait_of(self.met_after) if len(self.met_after) >= LEAST_TIMES else None

    def add(self, other: Carried) -> None:
        """Count what another time brought as well."""
        self.asked += other.asked
        self.while_away += other.while_away
        self.without_account += other.without_account
        self.taken += other.taken
        self.unanswered += other.unanswered
        self.answered += other.answered
        self.met += other.met
        self.seen_after += other.seen_after
        self.met_after += other.met_after


@dataclass(frozen=True)
class Load:
    """What one adult carries."""

    adult_id: int
    called: str
    is_here: bool
    """False for somebody who has left."""
    is_away_long: bool
    """They work here, and no child can count on them for two school weeks or more."""
    has_account: bool
    """Without one they cannot be asked."""
    named_by: int
    """How many children name this adult now."""
    months: Mapping[date, Carried]
    """By the first day of each month that brought something."""

    @property
    def total(self) -> Carried:
        """All of the time looked at."""
        return total_of(self.months.values())


def total_of(times: Iterable[Carried]) -> Carried:
    """What several times brought together."""
    total = Carried()
    for time in times:
        total.add(time)
    return total


def parts_of(story: Iterable[Happened], reached_at: datetime | None, passed: Passed) -> list[Part]:
    """What each adult did about a request.

    Args:
        story: what happened to it, in order; things that are no answer and give it to nobody may be missing.
        reached_at: when it had reached whoever answered first; nothing when it had not reached them.
        passed: how much school time lies between two instants.
    """
    reached: dict[int, datetime] = {}
    answered: dict[int, datetime] = {}
    met: dict[int, datetime] = {}
    for kind, at, adult_id, to_adult_id in story:
        if adult_id is not None and kind in ANSWERS:
            if not answered and reached_at is not None and reached_at < at:
                reached[adult_id] = reached_at
            answered.setdefault(adult_id, at)
            if kind == "talked":
                met.setdefault(adult_id, at)
        # Once somebody has it, it is a wait for another adult only from when it was given to that adult.
        if to_adult_id is not None and kind in GIVES and answered and to_adult_id not in answered:
            reached[to_adult_id] = at
    return [
        Part(
            adult_id,
            adult_id in met,
            passed(reached[adult_id], at) if adult_id in reached else None,
            passed(reached[adult_id], met[adult_id]) if adult_id in reached and adult_id in met else None,
        )
        for adult_id, at in answered.items()
    ]


def carried_by(requests: Iterable[Request]) -> dict[int, dict[date, Carried]]:
    """For each adult who was asked or answered, what each month brought, by its first day.

    Args:
        requests: of the time looked at, in the order of their days.
    """
    found: dict[int, dict[date, Carried]] = defaultdict(dict)
    for request in requests:
        month, named = request.school_day.replace(day=1), request.asked_for_id
        parts, went_elsewhere = request.parts, request.while_away or request.without_account
        if named is not None:
            one = _of(found[named], month)
            one.asked += 1
            one.while_away += request.while_away
            one.without_account += request.without_account
            one.unanswered += request.is_unanswered and not went_elsewhere
            one.taken += bool(parts) and not went_elsewhere and parts[0].adult_id != named
        for place, (adult_id, has_met, to_seen, to_met) in enumerate(parts):
            one = _of(found[adult_id], month)
            one.answered += place == 0
            one.met += has_met
            if adult_id == named and went_elsewhere:
                continue
            if to_seen is not None:
                one.seen_after.append(to_seen)
            if to_met is not None:
                one.met_after.append(to_met)
    return dict(found)


def _of(months: dict[date, Carried], month: date) -> Carried:
    carried = months.get(month)
    if carried is None:
        carried = months[month] = Carried()
    return carried


def every_month(months: Mapping[date, Carried], first: date, last: date) -> dict[date, Carried]:
    """The months from one day to another, oldest first, also those that brought nothing."""
    found, month = {}, first.replace(day=1)
    while month <= last:
        found[month] = months.get(month) or Carried()
        month = (month + timedelta(days=31)).replace(day=1)
    return found
