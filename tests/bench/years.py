"""A school that has lived for years: classes, children with their High 5, check-ins by the million, requests.

Made fast and always the same. ``make bench ARGS=--ten-years`` makes the one of the bar (2,000 pupils, six
check-ins a day over ten years of 190 school days: 22.8 million) on both kinds of database; ``make bench`` makes
one and three years of 240 pupils.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID

from flask import Flask
from sqlalchemy import func, insert, select

from kiosk import create_app
from kiosk.audit import KEYBOARD
from kiosk.chats.models import Chat, ChatAudience, ChatEvent
from kiosk.config import load_settings
from kiosk.db import db, utc_now, writing
from kiosk.feelings.store import current_scale
from kiosk.migrations import migrate_database
from kiosk.patterns.models import PupilDay
from kiosk.people.accounts import add_staff
from kiosk.people.models import Adult, Enrolment, High5, Pupil, SchoolClass, Tablet
from kiosk.school.store import change_setting
from tests.bench.bulk import Row, bring_in

CLASS_SIZE = 30
SIX_A_DAY = ((8, 50), (10, 20), (11, 40), (13, 10), (14, 20), (15, 10))
SECONDS = range(600)
"""Children answer within ten minutes of these."""
SCHOOL_DAYS_A_YEAR = 190
SEED = 2026
SHARES = (55, 25, 12, 6, 2)
"""Of a hundred answers, how many are calm, okay, wobbly, upset, and need help."""
ASKS = 0.03
"""The share of the children who ask for a chat on a day."""
STILL_WAITING = 4
"""How many requests of the last day nobody has answered yet."""
TABLET = "only-for-the-benchmark"


@dataclass(frozen=True)
class LivedSchool:
    """A school under measurement."""

    app: Flask
    pupil_ids: list[int]
    class_ids: list[int]
    last_day: date


def live(
    folder: Path,
    pupils: int,
    years: int,
    *,
    a_day: int = 6,
    until: date | None = None,
    database_url: str | None = None,
) -> LivedSchool:
    """Build such a school in a folder.

    Args:
        folder: becomes the instance folder.
        pupils: how many children.
        years: of ``SCHOOL_DAYS_A_YEAR`` school days each.
        a_day: check-ins of each child on a school day, at most six.
        until: the last of these days or a day after it; today when not given.
        database_url: an empty PostgreSQL database; a SQLite file in the folder when not given.
    """
    app = _app(folder, database_url)
    with app.app_context():
        migrate_database()
        change_setting("school_hours", "08:30-15:30", KEYBOARD)
        change_setting("timezone", "UTC", KEYBOARD)
        add_staff("Mr Bell", "bell@hazelwood.example", ["nurture"], KEYBOARD, password="only-for-the-benchmark")
        people = _people(pupils)
        days = school_days(years * SCHOOL_DAYS_A_YEAR, until or utc_now().date())
        _requests(days, people)
        total = len(days) * pupils * a_day
        for done in bring_in(_rows(days, people, SIX_A_DAY[:a_day], current_scale().id)):
            _say(f"{done / total:4.0%} of {total:,} check-ins")
        _say("")
        db.session.remove()
        db.engine.dispose()
    return LivedSchool(app, people.pupil_ids, people.class_ids, days[-1])


def found(folder: Path, *, database_url: str | None = None) -> LivedSchool:
    """A school that was built before."""
    app = _app(folder, database_url)
    with app.app_context():
        migrate_database()
        session = db.session()
        last_day = session.scalar(select(func.max(PupilDay.school_day)))
        if last_day is None:
            raise RuntimeError(f"Nobody has checked in at {folder}.")
        pupil_ids = list(session.scalars(select(Pupil.id).order_by(Pupil.id)))
        class_ids = list(session.scalars(select(SchoolClass.id).order_by(SchoolClass.id)))
        db.session.remove()
    return LivedSchool(app, pupil_ids, class_ids, last_day)


def _app(folder: Path, database_url: str | None) -> Flask:
    folder.mkdir(parents=True, exist_ok=True)
    environ = {"KIOSK_INSTANCE": str(folder)}
    if database_url:
        environ["KIOSK_DATABASE_URL"] = database_url
    return create_app(load_settings(environ))


def school_days(number: int, until: date) -> list[date]:
    """So many weekdays, oldest first: 190 of each year's, the others are holidays."""
    days: list[date] = []
    day = until
    while len(days) < number:
        if day.weekday() < 5 and (day.timetuple().tm_yday % 100) < 73:
            days.append(day)
        day -= timedelta(days=1)
    return days[::-1]


@dataclass(frozen=True)
class _People:
    pupil_ids: list[int]
    class_ids: list[int]
    adult_ids: list[int]
    high5: dict[int, list[int]]


def _people(pupils: int) -> _People:
    rng = Random(SEED)
    with writing() as session:
        classes = [
            SchoolClass(name=f"Class {number + 1}", year=str(number * 7 * CLASS_SIZE // max(pupils, 1)))
            for number in range(-(-pupils // CLASS_SIZE))
        ]
        adults = [
            Adult(given_name="Adult", family_name=str(number), called=f"Adult {number}", picture="oak-1")
            for number in range(2 * len(classes))
        ]
        children = [
            Pupil(given_name=f"Child {number}", family_name="of the benchmark", picture="cat-1")
            for number in range(pupils)
        ]
        tablet = Tablet(name="Bench", token_hash=_hash(TABLET), all_classes=True, paired_at=utc_now())
        session.add_all([*classes, *adults, *children, tablet])
        session.flush()
        session.add_all(
            Enrolment(pupil_id=child.id, class_id=classes[number // CLASS_SIZE].id, home=True)
            for number, child in enumerate(children)
        )
        adult_ids = [adult.id for adult in adults]
        high5 = {child.id: rng.sample(adult_ids, min(5, len(adult_ids))) for child in children}
        session.add_all(
            High5(pupil_id=pupil_id, adult_id=adult_id, position=position)
            for pupil_id, named in high5.items()
            for position, adult_id in enumerate(named, 1)
        )
        return _People([child.id for child in children], [room.id for room in classes], adult_ids, high5)


def _hash(token: str) -> str:
    return sha256(token.encode()).hexdigest()


def _requests(days: Sequence[date], people: _People) -> None:
    """A few children ask on each day; all but the last were met within the hour, one in ten by somebody else."""
    rng = Random(SEED)
    chats, audience = [], []
    number_a_day = max(1, round(ASKS * len(people.pupil_ids)))
    for day in days:
        for pupil_id in rng.sample(people.pupil_ids, number_a_day):
            at = datetime(day.year, day.month, day.day, 9, tzinfo=UTC) + timedelta(seconds=rng.randrange(18_000))
            asked_for = rng.choice(people.high5[pupil_id])
            covered = rng.random() < 0.1
            seen, met = at + timedelta(minutes=rng.randrange(1, 40)), at + timedelta(minutes=60)
            chats.append(
                {
                    "id": len(chats) + 1,
                    "key": UUID(int=rng.getrandbits(128), version=4),
                    "pupil_id": pupil_id,
                    "asked_for_id": asked_for,
                    "wants": "chat",
                    "when": "now",
                    "about": [],
                    "asked_at": at,
                    "received_at": at,
                    "school_day": day,
                    "state": "talked",
                    "owner_id": rng.choice(people.adult_ids) if covered else asked_for,
                    "since": met,
                    "due_at": at + timedelta(minutes=10),
                    "answered_at": seen,
                    "ended_at": met,
                }
            )
            audience.append(
                {
                    "chat_id": len(chats),
                    "adult_id": chats[-1]["owner_id"],
                    "why": "cover" if covered else "asked",
                    "since": at,
                }
            )
    for chat in chats[-STILL_WAITING:]:
        chat.update(state="asked", since=chat["asked_at"], answered_at=None, ended_at=None)
    with writing() as session:
        session.execute(insert(Chat), chats)
        session.execute(insert(ChatAudience), audience)
        session.execute(insert(ChatEvent), [event for chat in chats for event in _what_happened(chat)])


def _what_happened(chat: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Asked, seen and talked about: the rows that a request leaves behind, as far as it has come."""
    owner = chat["owner_id"]
    happened = (
        ("asked", chat["asked_at"], None, owner, "asked"),
        ("seen", chat["answered_at"], owner, None, None),
        ("talked", chat["ended_at"], owner, None, None),
    )
    return [
        {
            "chat_id": chat["id"],
            "number": number,
            "at": at,
            "kind": kind,
            "adult_id": adult_id,
            "to_adult_id": to_adult_id,
            "level": level,
        }
        for number, (kind, at, adult_id, to_adult_id, level) in enumerate(happened, 1)
        if at is not None
    ]


def _rows(days: Sequence[date], people: _People, times: Sequence[tuple[int, int]], scale_id: int) -> Iterator[Row]:
    """Every child's answers of every day, oldest first; what need not be done twenty million times is not."""
    rng = Random(SEED)
    number = len(people.pupil_ids)
    places = [(pupil_id, people.class_ids[at // CLASS_SIZE]) for at, pupil_id in enumerate(people.pupil_ids)]
    for day in days:
        said_day = day.isoformat()
        for hour, minute in times:
            begins = datetime(day.year, day.month, day.day, hour, minute, tzinfo=UTC)
            instants = [f"{begins + timedelta(seconds=second):%Y-%m-%d %H:%M:%S.000000}" for second in SECONDS]
            keys = rng.randbytes(16 * number).hex()
            intensities = rng.choices((1, 2, 3, 4, 5), SHARES, k=number)
            felt = rng.choices(instants, k=number)
            for at, (pupil_id, class_id) in enumerate(places):
                key, step, instant = keys[32 * at : 32 * at + 32], intensities[at], felt[at]
                yield key, pupil_id, scale_id, step, step, instant, instant, said_day, hour, class_id, 0


def _say(words: str) -> None:
    if sys.stderr.isatty():
        print(f"\r\x1b[K{words}", end="", file=sys.stderr, flush=True)


Line = Callable[[str, str, str, "float | None"], None]
