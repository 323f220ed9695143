"""A concern comes back to the safeguarding leads until one of them has read it. Pure."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from kiosk.school.calendar import SchoolCalendar


@dataclass(frozen=True)
class OpenConcern:
    """A concern that is not closed, and whom it was given to."""

    id: int
    raised_by_id: int
    about_adult_id: int | None
    told_at: datetime
    """When leads were last told of it; before that, when it was raised."""
    given_to: frozenset[int]
    """The leads who were told when it was raised, and whoever has read it since."""
    read_by: frozenset[int]


def still_to_read(concern: OpenConcern, leads: Collection[int]) -> frozenset[int]:
    """The leads who may read a concern, while none of them has; whoever raised it knows it, and does not count.

    Args:
        concern: a concern that is open.
        leads: who leads now and can sign in. When all it was given to have gone it is theirs, but never that of
            whom it is about.
    """
    may_read = concern.given_to.intersection(leads) or frozenset(leads)
    others = frozenset(adult for adult in may_read if adult not in (concern.about_adult_id, concern.raised_by_id))
    return frozenset() if concern.read_by & others else others


def whom_to_tell_again(
    unread_by: frozenset[int],
    told_at: datetime,
    now: datetime,
    *,
    here: Collection[int],
    calendar: SchoolCalendar,
    answer_within: float,
) -> frozenset[int]:
    """Whom a concern that nobody has read is brought back to at this moment.

    Those leads who are here, at the pace at which a child's request passes on. While none of them is here, all of
    them, once each school day: a phone that rings every ten minutes at home would be switched off.

    Args:
        unread_by: the leads who may read it.
        told_at: when leads were last told of it.
        now: this instant.
        here: who of the leads is here now.
        calendar: when the school is open; at other times nobody is told.
        answer_within: seconds of school time between one time and the next.
    """
    if not calendar.is_open(now):
        return frozenset()
    if present := unread_by.intersection(here):
        return present if now >= calendar.add_open_seconds(told_at, answer_within) else frozenset()
    return unread_by if calendar.day(told_at) < calendar.day(now) else frozenset()
