"""Concerns that no safeguarding lead has read yet are brought back to them, by the clock."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy import func, select

from kiosk.alerts.models import Alert
from kiosk.alerts.store import ring, tell_of_concern_again
from kiosk.audit import Actor, record
from kiosk.chats.concern_rules import OpenConcern, still_to_read, whom_to_tell_again
from kiosk.chats.models import Concern, ConcernAudience
from kiosk.db import db, writing
from kiosk.people.store import TrustedAdult, adults_with_role
from kiosk.school.store import local_now, school_calendar, settings

THE_CLOCK = Actor()


def concerns_to_tell_again(now: datetime) -> list[int]:
    """The concerns that have to be brought back to somebody now, the oldest first."""
    if db.session.scalar(select(Concern.id).where(Concern.closed_at.is_(None)).limit(1)) is None:
        return []
    leads = adults_with_role("dsl")
    return [concern.id for concern in _open_concerns() if _whom(concern, leads, now)]


def tell_of_it_again(concern_id: int, now: datetime) -> bool:
    """Tell the leads of a concern again; nothing when one has read it meanwhile, or was told just now."""
    with writing() as session:
        locked = select(Concern.id).where(Concern.id == concern_id, Concern.closed_at.is_(None))
        if session.scalar(locked.with_for_update(of=Concern, skip_locked=True)) is None:
            return False
        (concern,) = _open_concerns(concern_id)
        tell = _whom(concern, adults_with_role("dsl"), now)
        if not tell:
            return False
        tell_of_concern_again(concern_id, tell, now)
        record("concern_told_again", THE_CLOCK, concern=concern_id)
        ring(tell)
        return True


def _whom(concern: OpenConcern, leads: Sequence[TrustedAdult], now: datetime) -> frozenset[int]:
    local = local_now(now)
    return whom_to_tell_again(
        still_to_read(concern, [lead.id for lead in leads]),
        concern.told_at,
        now,
        here=[lead.id for lead in leads if lead.can_receive(local)],
        calendar=school_calendar(),
        answer_within=float(settings()["answer_within_seconds"]),
    )


def _open_concerns(concern_id: int | None = None) -> list[OpenConcern]:
    """Every open concern with whom it was given to; or one of them. Not their words."""
    which = Concern.closed_at.is_(None) if concern_id is None else Concern.id == concern_id
    told_last = select(func.max(Alert.created_at)).where(Alert.concern_id == Concern.id).correlate(Concern)
    rows = db.session.execute(
        select(
            Concern.id,
            Concern.raised_by_id,
            Concern.about_adult_id,
            func.coalesce(told_last.scalar_subquery(), Concern.raised_at).label("told_at"),
            ConcernAudience.adult_id,
            ConcernAudience.seen_at,
        )
        .join(ConcernAudience, ConcernAudience.concern_id == Concern.id)
        .where(which)
        .order_by(Concern.raised_at, Concern.id)
    ).all()
    return [_open_concern(given) for _id, given in groupby(rows, key=lambda row: row.id)]


def _open_concern(rows: Iterable[Any]) -> OpenConcern:
    """A concern from its rows: one for each lead it was given to."""
    given = list(rows)
    concern = given[0]
    return OpenConcern(
        concern.id,
        concern.raised_by_id,
        concern.about_adult_id,
        concern.told_at,
        given_to=frozenset(row.adult_id for row in given),
        read_by=frozenset(row.adult_id for row in given if row.seen_at is not None),
    )
