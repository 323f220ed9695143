"""What the pages of patterns ask of the database does not grow with the school or its years.

No clock runs here: counted are statements, and looked at is whether each finds its rows by an index. How long they
take is measured by ``make bench``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from random import Random
from uuid import UUID

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, insert, select, text

from kiosk.audit import KEYBOARD
from kiosk.chats.models import Chat, ChatAudience, ChatEvent
from kiosk.db import db, writing
from kiosk.feelings.models import CheckIn
from kiosk.feelings.store import current_scale
from kiosk.people.models import Enrolment, High5, Pupil
from kiosk.school.store import change_setting
from tests.cast import School

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
PAGES = (
    "/patterns/",
    "/patterns/?class=Oak",
    "/patterns/school",
    "/patterns/school?group=class-1&period=year",
    "/patterns/children/",
    "/patterns/children/1",
    "/patterns/children/1?period=year",
    "/patterns/different",
    "/patterns/connections",
    "/patterns/connections/map?adult=1",
    "/patterns/hello",
)
GROWS = (
    "check_in",
    "pupil_day",
    "class_hour",
    "school_hour",
    "chat",
    "chat_event",
    "chat_audience",
    "audit_event",
)
"""What has more rows every day. The children and adults of a school are read whole: their number has an end."""
Ask = Callable[[str], list[tuple[str, object]]]


@pytest.fixture(autouse=True)
def noon(app: Flask) -> Iterator[None]:
    with time_machine.travel(NOON, tick=False):
        with app.app_context():
            change_setting("school_days", "mon-fri", KEYBOARD)
        yield


@pytest.fixture
def asks(app: Flask, signed_in: Callable[[str], FlaskClient]) -> Ask:
    """The statements a page is made of, with what fills their places."""
    bell = signed_in("bell")

    def said_for(address: str) -> list[tuple[str, object]]:
        with _heard(app) as said:
            assert bell.get(address).status_code == 200
        return said

    return said_for


@contextmanager
def _heard(app: Flask) -> Iterator[list[tuple[str, object]]]:
    said: list[tuple[str, object]] = []
    with app.app_context():
        engine = db.engine

    def hear(_connection: object, _cursor: object, statement: str, values: object, *_more: object) -> None:
        said.append((statement, values))

    event.listen(engine, "before_cursor_execute", hear)
    yield said
    event.remove(engine, "before_cursor_execute", hear)


def live_on(app: Flask, school: School, *, pupils: int, days: int) -> None:
    """More children, and days on which all of them answer and some ask."""
    rng = Random(pupils)
    with app.app_context(), writing() as session:
        scale = current_scale()
        children = [Pupil(given_name=f"Child {at}", family_name="", picture="cat-1") for at in range(pupils)]
        session.add_all(children)
        session.flush()
        oak, ali = school.classes["oak"], school.adults["ali"]
        session.add_all(Enrolment(pupil_id=child.id, class_id=oak, home=True) for child in children)
        session.add_all(High5(pupil_id=child.id, adult_id=ali, position=1) for child in children)
        session.flush()
        ids = list(session.scalars(select(Pupil.id)))
        for ago in range(days):
            day = NOON.date() - timedelta(days=ago)
            at = datetime.combine(day, NOON.time().replace(hour=9), UTC)
            if day.weekday() < 5:
                answered = [_check_in(rng, pupil_id, (scale.id, oak), at) for pupil_id in ids]
                session.execute(insert(CheckIn), answered)
                session.execute(insert(Chat), [_request(rng, pupil_id, ali, at) for pupil_id in ids[:3]])
        _what_happened(school)


def _check_in(rng: Random, pupil_id: int, scale_and_class: tuple[int, int], at: datetime) -> dict[str, object]:
    intensity = rng.randint(1, 5)
    return {
        "key": UUID(int=rng.getrandbits(128)),
        "pupil_id": pupil_id,
        "scale_version_id": scale_and_class[0],
        "step": intensity,
        "intensity": intensity,
        "felt_at": at,
        "received_at": at,
        "school_day": at.date(),
        "hour": at.hour,
        "class_id": scale_and_class[1],
        "clock_odd": False,
    }


def _request(rng: Random, pupil_id: int, adult_id: int, at: datetime) -> dict[str, object]:
    return {
        "key": UUID(int=rng.getrandbits(128)),
        "pupil_id": pupil_id,
        "asked_for_id": adult_id,
        "wants": "chat",
        "when": "now",
        "about": [],
        "asked_at": at,
        "received_at": at,
        "school_day": at.date(),
        "state": "talked",
        "owner_id": adult_id,
        "since": at,
        "due_at": at,
        "answered_at": at,
        "ended_at": at,
    }


def _what_happened(school: School) -> None:
    """Each request that has no story yet is passed on, handed over and talked about."""
    session, novak = db.session(), school.adults["novak"]
    told = select(ChatEvent.id).where(ChatEvent.chat_id == Chat.id).exists()
    for chat in session.scalars(select(Chat).where(~told)).all():
        story = [
            {"kind": "asked", "to_adult_id": chat.asked_for_id},
            {"kind": "passed_on"},
            {"kind": "handed_over", "adult_id": novak, "to_adult_id": chat.asked_for_id},
            {"kind": "talked", "adult_id": chat.asked_for_id},
        ]
        session.add_all(
            ChatEvent(chat_id=chat.id, number=number, at=chat.received_at, **event)
            for number, event in enumerate(story, 1)
        )
        for adult_id, why in ((chat.asked_for_id, "asked"), (novak, "duty")):
            session.add(ChatAudience(chat_id=chat.id, adult_id=adult_id, why=why, since=chat.received_at))


def test_no_page_asks_more_often_of_a_larger_or_older_school(app: Flask, school: School, asks: Ask) -> None:
    live_on(app, school, pupils=3, days=30)
    few = _asked_by_each(asks)
    live_on(app, school, pupils=40, days=120)
    assert _asked_by_each(asks) == few


def _asked_by_each(asks: Ask) -> dict[str, int]:
    """How many statements each page is made of, once the week's list is made and past days are worked out."""
    for address in PAGES:
        asks(address)
    return {address: len(asks(address)) for address in PAGES}


def test_nothing_that_grows_is_read_from_end_to_end(app: Flask, school: School, asks: Ask) -> None:
    """SQLite says how it finds the rows; PostgreSQL would read so few of them whole, and be right."""
    live_on(app, school, pupils=30, days=60)
    with app.app_context():
        if db.engine.dialect.name != "sqlite":
            return
        db.session.execute(text("ANALYZE"))
        db.session.commit()
    read_whole = [found for address in PAGES for found in _read_whole(app, asks(address))]
    assert read_whole == []


def test_the_ear_hears_a_table_that_is_read_whole(app: Flask) -> None:
    with app.app_context():
        if db.engine.dialect.name == "sqlite":
            assert _read_whole(app, [("SELECT count(*) FROM chat WHERE wants = ?", ("chat",))])


def _read_whole(app: Flask, said: list[tuple[str, object]]) -> list[str]:
    found = []
    with app.app_context(), db.engine.connect() as connection:
        for statement, values in said:
            if not statement.startswith("SELECT"):
                continue
            for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values):  # type: ignore[arg-type]
                if (scan := re.match(r"SCAN (\w+)", row[3])) and scan[1] in _names(statement):
                    found.append(f"{row[3]}: {statement[:200]}")
    return found


def _names(statement: str) -> set[str]:
    """What a statement calls the tables that grow."""
    tables = "|".join(GROWS)
    return {named[2] or named[1] for named in re.finditer(rf"\b({tables})\b(?: AS (\w+))?", statement)}
