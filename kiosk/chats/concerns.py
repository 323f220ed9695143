"""Concerns: raised by any adult, seen and closed by the safeguarding leads they were given to, and by nobody else.

An adult whom a concern is about is never among those who see it, and nothing on any page or in any alert of theirs
differs because of it. Every statement carries the asker's scope.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, false, func, or_, select, update
from sqlalchemy.orm import aliased

from kiosk.alerts.store import concern_closed, concern_seen, ring, ringing_concerns
from kiosk.audit import record
from kiosk.chats.models import Chat, Concern, ConcernAudience
from kiosk.chats.store.raising import ConcernRefused, NobodyToTell, raise_concern
from kiosk.chats.store.scope import Asker
from kiosk.db import db, insert_for, utc_now, writing
from kiosk.people.leaving import works_here
from kiosk.people.models import Account, Adult, Pupil, Role, account_role
from kiosk.people.rules import full_name

__all__ = [
    "ConcernRefused",
    "ConcernShown",
    "LeadTold",
    "NoSuchConcern",
    "NobodyToTell",
    "RaisedConcern",
    "close_concern",
    "concern",
    "concerns_for",
    "count_new",
    "raise_concern",
    "raised_by",
    "ringing_concerns",
]
LONGEST_DONE = 2000


class NoSuchConcern(Exception):
    """A concern that is not there, or not for this asker: the two must look the same."""


@dataclass(frozen=True)
class ConcernShown:
    """A concern as a safeguarding lead sees it."""

    id: int
    words: str | None
    """Nothing in a list: the words are on a page of their own."""
    pupil_id: int | None
    pupil_name: str | None
    chat_key: UUID | None
    about_adult: str | None
    raised_by: str
    raised_at: datetime
    is_new: bool
    """The lead who looks has not opened it before."""
    done: str | None
    closed_at: datetime | None
    closed_by: str | None
    may_close: bool
    """Whether the lead who looks may close it: not their own, while there is another lead to do so."""


@dataclass(frozen=True)
class LeadTold:
    """A lead who was told of a concern, as whoever raised it may know."""

    name: str
    seen_at: datetime | None


@dataclass(frozen=True)
class RaisedConcern:
    """A concern as whoever raised it may know of it: that it was received, and by whom it was seen."""

    id: int
    raised_at: datetime
    leads_told: tuple[LeadTold, ...]


def concerns_for(asker: Asker) -> list[ConcernShown]:
    """The concerns of this lead, without their words: the open ones first, the newest first among them."""
    rows = db.session.execute(
        _shown(asker).order_by(Concern.closed_at.is_not(None), Concern.raised_at.desc(), Concern.id.desc())
    ).all()
    if rows:
        with writing():
            record("concerns_seen", asker.actor, concerns=[row.id for row in rows])
    return [_from(row, asker, with_words=False) for row in rows]


def count_new(asker: Asker) -> int:
    """How many open concerns this lead has not read, also those that rang for leads who have all gone."""
    if not asker.is_lead:
        return 0
    read = exists(1).where(
        ConcernAudience.concern_id == Concern.id,
        ConcernAudience.adult_id == asker.adult_id,
        ConcernAudience.seen_at.is_not(None),
    )
    new = select(func.count()).select_from(Concern).where(_is_theirs(asker), Concern.closed_at.is_(None), ~read)
    return db.session.scalar(new) or 0


def concern(concern_id: int, asker: Asker) -> ConcernShown:
    """One concern with its words; from now on this lead has seen it.

    Raises:
        NoSuchConcern: not there, or not for this adult.
    """
    with writing():
        row = _load(concern_id, asker)
        now = utc_now()
        _mark_seen(concern_id, asker.adult_id, now)
        concern_seen(concern_id, asker.adult_id, now)
        record("concern_seen", asker.actor, concern=concern_id)
        ring({asker.adult_id})
        return _from(row, asker, with_words=True)


def close_concern(concern_id: int, asker: Asker, done: str) -> None:
    """Close a concern, saying what was done.

    Raises:
        NoSuchConcern: not there, or not for this adult.
        ConcernRefused: closed already, nothing said, or raised by this lead while there is another.
    """
    done = done.strip()
    with writing() as session:
        row = _load(concern_id, asker)
        if row.closed_at is not None:
            raise ConcernRefused("This is closed already.")
        if not _may_close(row, asker):
            raise ConcernRefused("You raised this yourself, so another safeguarding lead has to close it.")
        if not done or len(done) > LONGEST_DONE:
            raise ConcernRefused("Say what was done, in at most %(most)s characters.", most=LONGEST_DONE)
        now = utc_now()
        session.execute(
            update(Concern)
            .where(Concern.id == concern_id)
            .values(done=done, closed_at=now, closed_by_id=asker.adult_id)
        )
        _mark_seen(concern_id, asker.adult_id, now)
        given = select(ConcernAudience.adult_id).where(ConcernAudience.concern_id == concern_id)
        told = concern_closed(concern_id, now)
        record("concern_closed", asker.actor, concern=concern_id)
        ring({*session.scalars(given), *told})


def raised_by(asker: Asker) -> list[RaisedConcern]:
    """The concerns this adult raised, newest first: which leads were told and which have seen it, nothing else."""
    rows = db.session.execute(
        select(Concern.id, Concern.raised_at, Adult.called, ConcernAudience.seen_at)
        .join(ConcernAudience, ConcernAudience.concern_id == Concern.id)
        .join(Adult, Adult.id == ConcernAudience.adult_id)
        .where(Concern.raised_by_id == asker.adult_id)
        .order_by(Concern.raised_at.desc(), Concern.id.desc(), Adult.id)
    ).all()
    when = {row.id: row.raised_at for row in rows}
    return [
        RaisedConcern(
            concern_id, raised_at, tuple(LeadTold(row.called, row.seen_at) for row in rows if row.id == concern_id)
        )
        for concern_id, raised_at in when.items()
    ]


def _shown(asker: Asker) -> Any:
    about, raiser, closer = aliased(Adult), aliased(Adult), aliased(Adult)
    mine = aliased(ConcernAudience)
    return (
        select(
            Concern.id,
            Concern.words,
            Concern.pupil_id,
            Pupil.given_name,
            Pupil.known_as,
            Pupil.family_name,
            Chat.key.label("chat_key"),
            about.called.label("about"),
            Concern.raised_by_id,
            raiser.called.label("raised_by"),
            Concern.raised_at,
            Concern.done,
            Concern.closed_at,
            closer.called.label("closed_by"),
            mine.seen_at,
            _other_leads(asker).label("other_leads"),
        )
        .outerjoin(Pupil, Pupil.id == Concern.pupil_id)
        .outerjoin(Chat, Chat.id == Concern.chat_id)
        .outerjoin(about, about.id == Concern.about_adult_id)
        .join(raiser, raiser.id == Concern.raised_by_id)
        .outerjoin(closer, closer.id == Concern.closed_by_id)
        .outerjoin(mine, and_(mine.concern_id == Concern.id, mine.adult_id == asker.adult_id))
        .where(_is_theirs(asker))
    )


def _load(concern_id: int, asker: Asker) -> Any:
    row = db.session.execute(
        _shown(asker).where(Concern.id == concern_id).with_for_update(of=Concern)
    ).one_or_none()
    if row is None:
        raise NoSuchConcern
    return row


def _from(row: Any, asker: Asker, *, with_words: bool) -> ConcernShown:
    pupil = full_name(row.given_name, row.known_as, row.family_name) if row.pupil_id is not None else None
    return ConcernShown(
        row.id,
        row.words if with_words else None,
        row.pupil_id,
        pupil,
        row.chat_key,
        row.about,
        row.raised_by,
        row.raised_at,
        row.seen_at is None,
        row.done if with_words else None,
        row.closed_at,
        row.closed_by,
        row.closed_at is None and _may_close(row, asker),
    )


def _may_close(row: Any, asker: Asker) -> bool:
    return bool(row.raised_by_id != asker.adult_id or row.other_leads == 0)


def _is_theirs(asker: Asker) -> ColumnElement[bool]:
    """The scope of a lead: concerns given to them, and those whose leads have all gone; never one about them.

    Without the second a concern would be lost with the last lead who saw it.
    """
    if not asker.is_lead:
        return false()
    given = exists(1).where(ConcernAudience.concern_id == Concern.id, ConcernAudience.adult_id == asker.adult_id)
    not_about_them = or_(Concern.about_adult_id.is_(None), Concern.about_adult_id != asker.adult_id)
    return or_(given, and_(_leads_who_see_it() == 0, not_about_them))


def _leads_who_see_it() -> ColumnElement[int]:
    return (
        select(func.count())
        .select_from(ConcernAudience)
        .where(ConcernAudience.concern_id == Concern.id, _is_lead_now(ConcernAudience.adult_id))
        .correlate(Concern)
        .scalar_subquery()
    )


def _other_leads(asker: Asker) -> ColumnElement[int]:
    """How many other leads could close it."""
    return (
        select(func.count())
        .select_from(ConcernAudience)
        .where(
            ConcernAudience.concern_id == Concern.id,
            ConcernAudience.adult_id != asker.adult_id,
            _is_lead_now(ConcernAudience.adult_id),
        )
        .correlate(Concern)
        .scalar_subquery()
    )


def _is_lead_now(adult_id: Any) -> ColumnElement[bool]:
    return exists(1).where(
        Account.adult_id == adult_id,
        Account.active,
        Adult.id == Account.adult_id,
        works_here(),
        account_role.c.account_id == Account.id,
        Role.id == account_role.c.role_id,
        Role.name == "dsl",
    )


def _mark_seen(concern_id: int, adult_id: int, at: datetime) -> None:
    connection = db.session().connection()
    connection.execute(
        insert_for(connection, ConcernAudience)
        .values(concern_id=concern_id, adult_id=adult_id, seen_at=at)
        .on_conflict_do_update(
            index_elements=["concern_id", "adult_id"],
            set_={"seen_at": at},
            where=ConcernAudience.seen_at.is_(None),
        )
    )
