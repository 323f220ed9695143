"""What waits for one adult around the talks that are over: counted for every page, and undone after a slip."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from uuid import UUID

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Date,
    Integer,
    Select,
    and_,
    bindparam,
    exists,
    func,
    literal,
    not_,
    or_,
    select,
    update,
)

from kiosk.audit import record
from kiosk.chats.models import Chat, Outcome
from kiosk.chats.rules import TALKED
from kiosk.chats.store.ending import is_written_up
from kiosk.chats.store.scope import Asker, NoSuchChat
from kiosk.db import UTCDateTime, db, utc_now, writing
from kiosk.people.leaving import can_sign_in, works_here
from kiosk.people.models import Adult, Pupil
from kiosk.people.rules import full_name
from kiosk.school.store import local_now, settings

WRITE_UP_WITHIN = timedelta(days=7)
"""A talk that nobody wrote up for so long is not asked about any more."""


@dataclass(frozen=True)
class Waiting:
    """How much waits, without anything about any child."""

    follow_ups: int
    """Due today or earlier: this adult's, and for a safeguarding lead those whose adult is gone."""
    to_write_up: int
    to_sign_off: int

    @property
    def all(self) -> int:
        """Everything together."""
        return self.follow_ups + self.to_write_up + self.to_sign_off


@dataclass(frozen=True)
class DoneToday:
    """A follow-up that this adult said today was done: it can still be taken back."""

    key: UUID
    pupil_name: str
    what: str | None


def count_waiting(asker: Asker) -> Waiting:
    """How much waits for this adult: three counts in one statement, for a number beside a link."""
    signs = asker.is_lead and settings()["two_person_close"] == "yes"
    asked = {
        "adult": asker.adult_id,
        "today": local_now().date(),
        "not_before": utc_now() - WRITE_UP_WITHIN,
    }
    row = db.session().connection().execute(_counts(asker.is_lead, signs), asked).one()
    return Waiting(row.due, row.write_up, row.sign_off)


@cache
def _counts(is_lead: bool, signs: bool) -> Select[int, int, int]:
    """Built once for each: this is asked for every page."""
    adult: BindParameter[int] = bindparam("adult", type_=Integer())
    today: BindParameter[date] = bindparam("today", type_=Date())
    # From adults to follow-ups, by an index: from children to all their talks it grew with the years.
    theirs = Outcome.follow_up_by_id.in_(_of_whom(adult, today)) if is_lead else Outcome.follow_up_by_id == adult
    is_here = exists(1).where(Chat.id == Outcome.chat_id, Pupil.id == Chat.pupil_id, Pupil.left_on.is_(None))
    due = (
        select(func.count())
        .select_from(Outcome)
        .where(
            theirs,
            Outcome.followed_up_at.is_(None),
            Outcome.follow_up_on <= today,
            is_here.correlate(Outcome),
        )
        .scalar_subquery()
    )
    mine = and_(
        Chat.owner_id == adult,
        or_(*(Chat.state == state for state in sorted(TALKED))),  # a list would be written out at each look
        Chat.ended_at >= bindparam("not_before", type_=UTCDateTime()),
        ~is_written_up(),
    )
    others = and_(Chat.state == "talked", Chat.owner_id != adult, is_written_up())
    return select(
        due.label("due"),
        _how_many(mine).label("write_up"),
        (_how_many(others) if signs else literal(0)).label("sign_off"),
    )


def _of_whom(lead: BindParameter[int], today: BindParameter[date]) -> Select[int]:
    """The lead, and every adult who follows up nothing any more; see ``nobody_does_it`` in outcomes.py."""
    return select(Adult.id).where(or_(Adult.id == lead, not_(and_(works_here(today), can_sign_in()))))


def followed_up_today(asker: Asker) -> list[DoneToday]:
    """What this adult followed up today, newest first."""
    rows = db.session.execute(
        select(Chat.key, Pupil.given_name, Pupil.known_as, Pupil.family_name, Outcome.follow_up_what)
        .join(Outcome, Outcome.chat_id == Chat.id)
        .join(Pupil, Pupil.id == Chat.pupil_id)
        .where(_done_today(asker))
        .order_by(Outcome.followed_up_at.desc(), Chat.id)
    ).all()
    if rows:
        with writing():
            record("ended_seen", asker.actor, chats=[str(row.key) for row in rows])
    return [
        DoneToday(row.key, full_name(row.given_name, row.known_as, row.family_name), row.follow_up_what)
        for row in rows
    ]


def follow_up_not_done(key: UUID, asker: Asker) -> None:
    """It was not done after all: whoever said so today takes it back.

    Raises:
        NoSuchChat: this adult said nothing of the kind today.
    """
    with writing() as session:
        row = session.execute(
            select(Chat.id, Chat.pupil_id)
            .join(Outcome, Outcome.chat_id == Chat.id)
            .where(Chat.key == key, _done_today(asker))
            .with_for_update(of=Outcome)
        ).one_or_none()
        if row is None:
            raise NoSuchChat
        undone = {"followed_up_at": None, "followed_up_by_id": None}
        session.execute(update(Outcome).where(Outcome.chat_id == row.id).values(**undone))
        record("follow_up_undone", asker.actor, pupil=row.pupil_id, chat=str(key))


def _how_many(which: ColumnElement[bool]) -> ColumnElement[int]:
    return select(func.count()).select_from(Chat).where(which).scalar_subquery()


def _done_today(asker: Asker) -> ColumnElement[bool]:
    return and_(Outcome.followed_up_by_id == asker.adult_id, Outcome.followed_up_at >= _midnight())


def _midnight() -> datetime:
    now = local_now()
    return datetime.combine(now.date(), time(0), now.tzinfo)
