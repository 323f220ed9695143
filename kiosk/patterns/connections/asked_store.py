"""Reading requests with how long they waited and what each adult did about them; two statements, by their days."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import (
    Date,
    Executable,
    Integer,
    ScalarSelect,
    Select,
    and_,
    bindparam,
    case,
    func,
    or_,
    select,
)
from sqlalchemy.orm import aliased

from kiosk.chats.models import Chat, ChatAudience, ChatEvent
from kiosk.chats.rules import OPEN, TALKED
from kiosk.db import UTCDateTime, db
from kiosk.patterns.connections.carried import ANSWERS, GIVES, Happened, Part, parts_of
from kiosk.people.leaving import can_sign_in, works_here
from kiosk.people.models import Adult
from kiosk.school.calendar import SchoolCalendar
from kiosk.school.store import local_now, school_calendar


class Asked(NamedTuple):
    """One request, with how much school time passed until it was seen and met."""

    pupil_id: int
    school_day: date
    asked_for_id: int | None
    """Whom the child named; nobody means whoever is on duty."""
    to_seen: timedelta | None
    """Until anybody had answered; nothing when nobody had."""
    to_met: timedelta | None
    """Until the first talk."""
    met_same_day: bool
    while_away: bool
    """The adult named was away, so that it went to somebody else."""
    without_account: bool
    """It went to somebody else because the adult named has no account and cannot be asked."""
    is_unanswered: bool
    """It ended before anybody had answered."""
    parts: Sequence[Part]
    """What adults did about it; whoever answered first stands first."""


def asked_between(first: date, last: date) -> list[Asked]:
    """Every request of some days, the first and the last included, in their order."""
    rows = _read(_REQUESTS.where(Chat.school_day.between(first, last)).order_by(Chat.school_day, Chat.id))
    ids = [row.id for row in rows]
    stories = _longer_stories(min(ids, default=0), max(ids, default=0))
    time, no_account = (
        SchoolTime(school_calendar()),
        {row.id for row in _read(_NO_ACCOUNT, today=local_now().date())},
    )
    return [_asked(row, stories.get(row.id), time, no_account) for row in rows]


def _asked(row: Any, story: Sequence[Happened] | None, time: SchoolTime, no_account: set[int]) -> Asked:
    day, asked_at = row.school_day, row.received_at

    def passed(start: datetime, end: datetime) -> timedelta:
        return time.between(start, end, day)

    if story is None:
        story, met_at = _short_story(row), row.ended_at if row.state in TALKED else None
    else:
        met_at = next((at for kind, at, _by, _to in story if kind == "talked"), None)
    parts = parts_of(story, row.reached_later_at or asked_at, passed)
    # Most requests reach at once whoever answers and talks: then the child's wait is that adult's time.
    first = parts[0] if parts and row.reached_later_at is None else _NOBODY
    to_met = first.to_met if len(parts) == 1 else None
    return Asked(
        pupil_id=row.pupil_id,
        school_day=day,
        asked_for_id=row.asked_for_id,
        to_seen=first.to_seen or (passed(asked_at, row.answered_at) if row.answered_at else None),
        to_met=to_met or (passed(asked_at, met_at) if met_at else None),
        met_same_day=met_at is not None and time.is_on(met_at, day),
        while_away=bool(row.elsewhere) and row.asked_for_id not in no_account,
        without_account=bool(row.elsewhere) and row.asked_for_id in no_account,
        is_unanswered=row.answered_at is None and row.state not in OPEN,
        parts=parts,
    )


def _short_story(row: Any) -> list[Happened]:
    """What happened to a request that stayed with whoever took it: an answer, and a talk."""
    if row.first_by is None:
        return []
    answer: Happened = ("seen", row.answered_at, row.first_by, None)
    return [answer, ("talked", row.ended_at, row.owner_id, None)] if row.state in TALKED else [answer]


def _longer_stories(first_id: int, last_id: int) -> dict[int, list[Happened]]:
    """What happened to those of some requests that somebody gave to another adult, or opened again.

    Found among neighbouring ids, so that neither database reads what happened in other years.
    """
    stories: dict[int, list[Happened]] = {}
    for row in _read(_STORIES, first_id=first_id, last_id=last_id):
        stories.setdefault(row.chat_id, []).append((row.kind, row.at, row.adult_id, row.to_adult_id))
    return stories


_NOBODY = Part(0, has_met=False, to_seen=None, to_met=None)


class SchoolTime:
    """School time between instants, quick where both lie within the hours of one day, as most do."""

    def __init__(self, calendar: SchoolCalendar) -> None:
        self._calendar = calendar
        self._hours: dict[date, tuple[datetime, datetime] | None] = {}

    def between(self, start: datetime, end: datetime, day: date) -> timedelta:
        """How much school time lies between two instants, the first of which is probably on this day."""
        hours = self._hours_of(day)
        if hours is not None and hours[0] <= start and end <= hours[1]:
            return end - start
        return self._calendar.open_between(start, end)

    def is_on(self, at: datetime, day: date) -> bool:
        """Whether an instant belongs to this day."""
        hours = self._hours_of(day)
        return (hours is not None and hours[0] <= at < hours[1]) or self._calendar.day(at) == day

    def _hours_of(self, day: date) -> tuple[datetime, datetime] | None:
        if day not in self._hours:
            opens, closes = (at.astimezone(UTC) for at in self._calendar.hours_of(day))
            self._hours[day] = (opens, closes) if self._calendar.is_school_day(day) else None
        return self._hours[day]


def _first_answer() -> ScalarSelect[int | None]:
    """Who answered first; for statements about ``Chat``."""
    answer = aliased(ChatEvent)
    return (
        select(answer.adult_id)
        .where(answer.chat_id == Chat.id, answer.kind.in_(ANSWERS))
        .order_by(answer.number)
        .limit(1)
        .correlate(Chat)
        .scalar_subquery()
    )


def _reached_later_at() -> ScalarSelect[datetime | None]:
    """When it reached whoever answered first, where that was not at once.

    Whoever was told only because nobody was here, was not: it reached them when they saw it.
    """
    later = case(
        (ChatAudience.why == "nobody_here", Chat.answered_at),
        else_=func.nullif(ChatAudience.since, Chat.received_at, type_=UTCDateTime()),
    )
    return (
        select(later)
        .where(ChatAudience.chat_id == Chat.id, ChatAudience.adult_id == _first_answer())
        .correlate(Chat)
        .scalar_subquery()
    )


def _went_to_somebody_else() -> ScalarSelect[bool]:
    """Whether it went to somebody else from the start, because the adult named was away or has no account."""
    return (
        select(func.coalesce(ChatEvent.to_adult_id, 0) != Chat.asked_for_id)
        .where(ChatEvent.chat_id == Chat.id, ChatEvent.number == 1)
        .correlate(Chat)
        .scalar_subquery()
    )


def _stories() -> Select[int, str, datetime, int | None, int | None]:
    moved, answer = aliased(ChatEvent), aliased(ChatEvent)
    answered = (
        select(func.min(answer.number))
        .where(answer.chat_id == moved.chat_id, answer.kind.in_(ANSWERS))
        .correlate(moved)
        .scalar_subquery()
    )
    ids = bindparam("first_id", type_=Integer()), bindparam("last_id", type_=Integer())
    given_or_again = moved.kind.in_(("handed_over", "escalated", "reopened"))
    moved_ids = (
        select(moved.chat_id)
        .where(
            moved.chat_id.between(*ids),
            or_(given_or_again, and_(moved.kind == "passed_on", answered < moved.number)),
        )
        .distinct()
        .cte("moved_ids")
        .prefix_with("MATERIALIZED", dialect="postgresql")  # found once, not again for all that happened
    )
    return (
        select(ChatEvent.chat_id, ChatEvent.kind, ChatEvent.at, ChatEvent.adult_id, ChatEvent.to_adult_id)
        .where(
            ChatEvent.chat_id.between(*ids),
            ChatEvent.chat_id.in_(select(moved_ids.c.chat_id)),
            ChatEvent.kind.in_(ANSWERS | GIVES),
        )
        .order_by(ChatEvent.chat_id, ChatEvent.number)
    )


_REQUESTS = select(
    Chat.id,
    Chat.pupil_id,
    Chat.school_day,
    Chat.asked_for_id,
    Chat.received_at,
    Chat.answered_at,
    Chat.ended_at,
    Chat.state,
    Chat.owner_id,
    _first_answer().label("first_by"),
    _reached_later_at().label("reached_later_at"),
    _went_to_somebody_else().label("elsewhere"),
)
_STORIES = _stories()
_NO_ACCOUNT = select(Adult.id).where(
    # As it is now: since when nobody could sign in is kept nowhere. Who has left had one until then.
    works_here(bindparam("today", type_=Date())),
    ~can_sign_in(),
)


def _read(statement: Executable, **values: object) -> Sequence[Any]:
    return db.session().connection().execute(statement, values).all()
