"""What is worth noticing on a school day, read from the database: two statements, however many children."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Any

from sqlalchemy import Date, Integer, Select, String, bindparam, exists, literal, null, select, union_all
from sqlalchemy.orm import aliased

from kiosk.chats.models import Chat, Helped
from kiosk.chats.rules import TALKED
from kiosk.db import UTCDateTime, db
from kiosk.minding.models import Card
from kiosk.patterns.child.left_out import left_out
from kiosk.patterns.different.weeks import A_WEEK
from kiosk.patterns.models import ListEntry, PupilDay, WeeklyList
from kiosk.patterns.today.good_news import WEEKS_SILENT, Found, GoodNews, chosen, told
from kiosk.people.models import Adult, Pupil, SchoolClass
from kiosk.people.rules import full_name
from kiosk.people.store import home_class_id
from kiosk.school.store import school_calendar

SAID_WITHIN = timedelta(days=14)
"""So long after a talk a child is asked whether it helped (``chats.store.helping.ASK_WITHIN``)."""


def good_news_of(day: date, kinds: Collection[str]) -> tuple[GoodNews, ...]:
    """A few good things that are known of a school day and the one before it, by name.

    For roles that may see every child's feelings. Whoever is left out of patterns or has left the school is not
    among them.

    Args:
        day: the day.
        kinds: what is told: of ``kiosk.patterns.today.good_news.KINDS``.
    """
    calendar = school_calendar()
    since = calendar.previous_school_day(day)
    asked = {
        "since": since,
        "day": day,
        "begins": datetime.combine(since, time.min, calendar.zone),
        "ends": datetime.combine(day, time.max, calendar.zone),
        "talks_since": since - SAID_WITHIN,
        "week_begins": day - A_WEEK,
        "silent_since": since - timedelta(weeks=WEEKS_SILENT),
    }
    rows = db.session().connection().execute(_found(frozenset(kinds)), asked).all()
    few = chosen((Found(*row) for row in rows), day)
    if not few:
        return ()
    named = db.session().connection().execute(_NAMES, {"pupils": list(few)}).all()
    news = [
        GoodNews(
            row.id, full_name(row.given_name, row.known_as, row.family_name), row.name or "", told(few[row.id])
        )
        for row in named
    ]
    return tuple(sorted(news, key=lambda one: (one.name.casefold(), one.pupil_id)))


_SINCE, _DAY = bindparam("since", type_=Date()), bindparam("day", type_=Date())
_WITHIN = bindparam("begins", type_=UTCDateTime()), bindparam("ends", type_=UTCDateTime())
_NOTHING: Any = null().cast(String)
_Rows = Select[str, int, str, str]


def _noticed() -> _Rows:
    """What adults noticed, on cards that were not taken back; who did is looked up for these alone."""
    adult = select(Adult.called).where(Adult.id == Card.adult_id).correlate(Card).scalar_subquery()
    return select(Card.kind, Card.pupil_id, adult, Card.words).where(
        Card.left_at.between(*_WITHIN), Card.kind != "held_in_mind", Card.taken_back_at.is_(None)
    )


def _helped() -> _Rows:
    """Talks of which the child said that they helped."""
    return (
        select(literal("helped"), Chat.pupil_id, Adult.called, _NOTHING)
        .join(Helped, Helped.chat_id == Chat.id)
        .join(Adult, Adult.id == Chat.owner_id)
        .where(
            Chat.school_day.between(bindparam("talks_since", type_=Date()), _DAY),
            Helped.said == "yes",
            Helped.said_at.between(*_WITHIN),
        )
    )


def _first_talk() -> _Rows:
    """Talks of children who asked for nobody in the weeks before, though they used the tablet then already."""
    earlier = aliased(Chat)
    silent_since = bindparam("silent_since", type_=Date())
    asked_before = exists(1).where(
        earlier.pupil_id == Chat.pupil_id, earlier.school_day >= silent_since, earlier.school_day < Chat.school_day
    )
    was_here = exists(1).where(PupilDay.pupil_id == Chat.pupil_id, PupilDay.school_day < silent_since)
    return select(literal("first_talk"), Chat.pupil_id, _NOTHING, _NOTHING).where(
        Chat.school_day.between(_SINCE, _DAY),
        Chat.state.in_(TALKED),
        ~asked_before.correlate(Chat),
        was_here.correlate(Chat),
    )


def _calmer() -> _Rows:
    """Who is on the list of the week as calmer than usual."""
    return (
        select(literal("calmer"), ListEntry.pupil_id, _NOTHING, _NOTHING)
        .join(WeeklyList, WeeklyList.id == ListEntry.list_id)
        .where(
            WeeklyList.shown_from > bindparam("week_begins", type_=Date()),
            WeeklyList.shown_from <= _DAY,
            ListEntry.kind == "calmer",
        )
    )


@cache
def _found(kinds: frozenset[str]) -> _Rows:
    """Made once for each choice of the school's: making a statement takes longer than answering it."""
    parts = [_noticed(), _helped()]
    parts += [_first_talk()] if "first_talk" in kinds else []
    parts += [_calmer()] if "calmer" in kinds else []
    found = union_all(*parts).subquery()
    _kind, pupil_id, _adult, _words = found.c
    return (
        select(*found.c)
        .join(Pupil, Pupil.id == pupil_id)
        .where(Pupil.left_on.is_(None), pupil_id.not_in(left_out()))
    )


_NAMES = (
    select(Pupil.id, Pupil.given_name, Pupil.known_as, Pupil.family_name, SchoolClass.name)
    .outerjoin(SchoolClass, SchoolClass.id == home_class_id())
    .where(Pupil.id.in_(bindparam("pupils", type_=Integer(), expanding=True)))
)
