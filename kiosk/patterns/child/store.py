"""One child over time, read from the database: six statements, none of which grows with the school's history.

For roles that may see every child's feelings (nurture staff and safeguarding leads); the gate lets nobody else
as far as this. What an adult wrote about a talk in their own words is not read here; what they wrote down of the
child's own telling is, for whoever may read it on the page of the talk (:func:`with_tellings`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import BindParameter, Date, Executable, Integer, and_, bindparam, case, exists, or_, select
from sqlalchemy.orm import aliased

from kiosk.chats.models import Chat, ChatEvent, Outcome
from kiosk.chats.store import Asker, outcomes_of
from kiosk.chats.store.helping import said_of_newest_talk
from kiosk.db import UTCDateTime, db
from kiosk.feelings.models import FELT_AT, CheckIn
from kiosk.feelings.store import scales
from kiosk.minding.models import Card
from kiosk.patterns.child.over_time import Answer, LeftCard, Talk, Telling
from kiosk.patterns.models import Hello, NotInPatterns, PupilDay
from kiosk.people.models import Account, Adult, Pupil, PupilTablet, SchoolClass
from kiosk.people.rules import full_name
from kiosk.people.store import home_class_id
from kiosk.people.tablet_settings import tablet_of
from kiosk.school.store import local_now, school_calendar


class NoSuchChild(Exception):
    """Nobody knows this child."""


@dataclass(frozen=True, slots=True)
class KnownChild:
    """A child as the head of the page names them."""

    id: int
    name: str
    class_name: str
    left_on: date | None
    left_out_since: datetime | None
    """Since when the child is left out of patterns; nothing for a child who is in them."""
    left_out_why: str | None
    left_out_by: str | None
    own_words: Mapping[int, str]
    """The child's own words for steps, by intensity; most children use the school's."""
    greeted_until: date | None
    """The last day on which the child is on the friendly-hello list; nothing when they are not."""


# The statements are made once: making one takes longer than the database needs to answer it.
_PUPIL = bindparam("pupil_id", type_=Integer())
_FIRST: BindParameter[date] = bindparam("first", type_=Date())
_LAST: BindParameter[date] = bindparam("last", type_=Date())
_HOME, _LEFT_OUT_BY = aliased(SchoolClass), aliased(Adult)
_KNOWN = (
    select(
        Pupil.given_name,
        Pupil.known_as,
        Pupil.family_name,
        Pupil.left_on,
        _HOME.name,
        NotInPatterns.since,
        NotInPatterns.why,
        Account.email,
        _LEFT_OUT_BY.called,
        PupilTablet.choices,
        Hello.last_day.label("greeted_until"),
    )
    .select_from(Pupil)
    .outerjoin(_HOME, _HOME.id == home_class_id())
    .outerjoin(NotInPatterns, NotInPatterns.pupil_id == Pupil.id)
    .outerjoin(Account, Account.id == NotInPatterns.by_id)
    .outerjoin(_LEFT_OUT_BY, _LEFT_OUT_BY.id == Account.adult_id)
    .outerjoin(PupilTablet, PupilTablet.pupil_id == Pupil.id)
    .outerjoin(Hello, and_(Hello.pupil_id == Pupil.id, Hello.last_day >= bindparam("today", type_=Date())))
    .where(Pupil.id == _PUPIL)
)


def known_child(pupil_id: int) -> KnownChild:
    """A child by id.

    Raises:
        NoSuchChild: there is none.
    """
    rows = _read(_KNOWN, pupil_id=pupil_id, today=local_now().date())
    if not rows:
        raise NoSuchChild
    (row,) = rows
    return KnownChild(
        id=pupil_id,
        name=full_name(row.given_name, row.known_as, row.family_name),
        class_name=row.name or "",
        left_on=row.left_on,
        left_out_since=row.since,
        left_out_why=row.why,
        left_out_by=row.called or row.email,
        own_words={
            intensity: own.word for intensity, own in sorted(tablet_of(row.choices).own_steps.items()) if own.word
        },
        greeted_until=row.greeted_until,
    )


_ANSWERS = (
    select(
        CheckIn.id,
        CheckIn.school_day,
        CheckIn.step,
        CheckIn.intensity,
        CheckIn.scale_version_id,
        FELT_AT,
        Adult.called.label("entered_by"),
    )
    .outerjoin(Adult, Adult.id == CheckIn.entered_by_id)
    .where(CheckIn.pupil_id == _PUPIL, CheckIn.school_day.between(_FIRST, _LAST))
    .order_by(FELT_AT, CheckIn.id)
)


def answers_of(pupil_id: int, first: date, last: date) -> list[Answer]:
    """A child's check-ins between two school days, in the order the child felt them, in the words of then."""
    versions, zone = scales(), school_calendar().zone
    rows = _read(_ANSWERS, pupil_id=pupil_id, first=first, last=last)
    return [
        Answer(
            number, day, step, intensity, versions[version].words[intensity - 1], at.astimezone(zone), entered_by
        )
        for number, day, step, intensity, version, at, entered_by in rows
    ]


_COUNTS = (
    select(PupilDay.school_day, PupilDay.n1, PupilDay.n2, PupilDay.n3, PupilDay.n4, PupilDay.n5)
    .where(PupilDay.pupil_id == _PUPIL, PupilDay.school_day.between(_FIRST, _LAST))
    .order_by(PupilDay.school_day)
)


def counts_by_day(pupil_id: int, first: date, last: date) -> dict[date, tuple[int, ...]]:
    """For each day with an answer, how many of each intensity, calm first."""
    rows = _read(_COUNTS, pupil_id=pupil_id, first=first, last=last)
    return {row[0]: tuple(row[1:]) for row in rows}


_ASKED_FOR, _OWNER = aliased(Adult), aliased(Adult)
_CHILD_LEFT = exists(1).where(ChatEvent.chat_id == Chat.id, ChatEvent.kind == "child_left").correlate(Chat)
_TALKS = (
    select(
        Chat.school_day,
        case((Chat.clock_odd, Chat.received_at), else_=Chat.asked_at).label("at"),
        _ASKED_FOR.called.label("asked_for"),
        _OWNER.called.label("owner"),
        Chat.wants,
        case((_CHILD_LEFT, "child_left"), else_=Chat.state).label("state"),
        Chat.answered_at,
        Chat.ended_at,
        Outcome.helped,
        Chat.key,
        Chat.about,
        Chat.about_maybe,
        Chat.about_not_today,
        or_(Outcome.happened.is_not(None), Outcome.agreed.is_not(None)).label("is_told"),
        said_of_newest_talk().label("said"),
    )
    .outerjoin(_ASKED_FOR, _ASKED_FOR.id == Chat.asked_for_id)
    .outerjoin(_OWNER, _OWNER.id == Chat.owner_id)
    .outerjoin(Outcome, Outcome.chat_id == Chat.id)
    .where(Chat.pupil_id == _PUPIL, Chat.school_day.between(_FIRST, _LAST))
    .order_by(Chat.received_at.desc(), Chat.id.desc())
)


def talks_of(pupil_id: int, first: date, last: date) -> list[Talk]:
    """A child's chat requests between two school days, newest first."""
    zone = school_calendar().zone
    rows = _read(_TALKS, pupil_id=pupil_id, first=first, last=last)

    def local(at: datetime | None) -> datetime | None:
        return at.astimezone(zone) if at else None

    return [
        Talk(
            school_day=row.school_day,
            asked_at=row.at.astimezone(zone),
            asked_for=row.asked_for,
            owner=row.owner,
            wants=row.wants,
            state=row.state,
            answered_at=local(row.answered_at),
            ended_at=local(row.ended_at),
            helped=tuple(row.helped or ()),
            said=row.said,
            about=tuple(row.about),
            about_maybe=tuple(row.about_maybe),
            about_not_today=tuple(row.about_not_today),
            key=row.key,
            is_told=bool(row.is_told),
        )
        for row in rows
    ]


_TOPICS = select(Chat.about, Chat.about_maybe, Chat.about_not_today).where(
    Chat.pupil_id == _PUPIL, Chat.school_day.between(_FIRST, _LAST)
)


def topics_of(pupil_id: int, first: date, last: date) -> set[str]:
    """Every topic that a child laid anywhere on the talking mat between two school days."""
    rows = _read(_TOPICS, pupil_id=pupil_id, first=first, last=last)
    return {topic for piles in rows for pile in piles for topic in pile}


def with_tellings(talks: Sequence[Talk], asker: Asker) -> list[Talk]:
    """The same talks, with what the child told where this adult may read what was written about a talk.

    By the rules of the talk itself, as on its own page; each that is read is recorded.
    """
    written = outcomes_of([talk.key for talk in talks if talk.is_told and talk.key], asker)
    tellings = {key: Telling(one.entry.happened, one.entry.agreed) for key, one in written.items() if one}
    return [replace(talk, telling=tellings[talk.key]) if talk.key in tellings else talk for talk in talks]


_CARDS = (
    select(Card.left_at, Adult.called, Card.kind, Card.words, Card.found_at)
    .join(Adult, Adult.id == Card.adult_id)
    .where(
        Card.pupil_id == _PUPIL,
        Card.left_at >= bindparam("begins", type_=UTCDateTime()),
        Card.left_at < bindparam("ends", type_=UTCDateTime()),
        Card.taken_back_at.is_(None),
    )
    .order_by(Card.left_at.desc(), Card.id.desc())
)


def cards_of(pupil_id: int, first: date, last: date) -> list[LeftCard]:
    """The cards left for a child between two days and not taken back, newest first."""
    zone = school_calendar().zone
    begins = datetime.combine(first, time.min, zone)
    ends = datetime.combine(last + timedelta(days=1), time.min, zone)
    rows = _read(_CARDS, pupil_id=pupil_id, begins=begins, ends=ends)
    return [
        LeftCard(
            left_at=row.left_at.astimezone(zone),
            adult=row.called,
            kind=row.kind,
            words=row.words,
            found_at=row.found_at.astimezone(zone) if row.found_at else None,
        )
        for row in rows
    ]


def _read(statement: Executable, **values: object) -> Sequence[Any]:
    return db.session().connection().execute(statement, values).all()
