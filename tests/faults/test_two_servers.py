"""Two servers on one PostgreSQL run the clock and the outbox: each alert goes out once, also when one is killed.

What a sender had sent in the very moment it was killed, and had not written down yet, goes out once more under the
same number: nobody can know whether it arrived. By that number the phone rings once (see the service worker).
"""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from subprocess import Popen
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import Row, func, insert, select

from kiosk import create_app
from kiosk.alerts import channels
from kiosk.alerts.models import Alert, Delivery
from kiosk.audit import KEYBOARD
from kiosk.chats.models import Chat, ChatAudience, ChatEvent
from kiosk.db import db, utc_now, writing
from kiosk.school.store import change_setting
from kiosk.web.serving import SENDERS
from tests.bench.servers import free_port, running
from tests.cast import School
from tests.conftest import Templates, settings_for
from tests.pushes import PushService, push_service

REQUESTS = 2_000
PATIENCE_SECONDS = 900  # a machine that is busy with other tests takes minutes for so many
LOST_AT_MOST = timedelta(seconds=30)


@dataclass
class Scene:
    """A school whose requests all wait too long for Mrs Ali; Mr Okafor is next, and has a phone."""

    url: str
    folder: Path
    school: School
    service: PushService

    def server(self) -> tuple[list[str], int, dict[str, str]]:
        port = free_port()
        environ = {
            "KIOSK_DATABASE_URL": self.url,
            "KIOSK_INSTANCE": str(self.folder),
            "KIOSK_STREAMS": "4",
            "NO_PROXY": "127.0.0.1",
        }
        return ["-m", "tests.faults.loopback_server", str(port)], port, environ

    def times_sent(self) -> Counter[int]:
        """How often each message arrived at the phone, by its number."""
        return Counter(message["id"] for message in self.service.read("okafor"))

    def deliveries(self) -> list[Row[Any]]:
        with db.session.begin():
            return list(
                db.session.execute(select(Delivery.id, Delivery.state, Delivery.attempts, Delivery.sent_at))
            )


@pytest.fixture
def scene(postgresql_templates: Templates, copy_database: Callable[[str], str], tmp_path: Path) -> Iterator[Scene]:
    school, url = postgresql_templates.school, copy_database(postgresql_templates.with_cast)
    app = create_app(settings_for(tmp_path, url))
    with push_service() as service, app.app_context():
        change_setting("answer_within_seconds", "86400", KEYBOARD)  # they pass on once and then stay
        channels.add_phone(school.adults["okafor"], service.phone("okafor"), "", KEYBOARD)
        add_requests_that_wait_too_long(school)
        yield Scene(url, tmp_path, school, service)
        db.session.remove()
        db.engine.dispose()


def test_each_request_moves_once_and_each_alert_goes_out_once(scene: Scene) -> None:
    with ExitStack() as servers:
        for _ in range(2):
            command, port, environ = scene.server()
            servers.enter_context(running(command, port, **environ))
        wait_until(all_sent)
    check_each_moved_once(scene.school)
    assert scene.times_sent() == {row.id: 1 for row in scene.deliveries()}
    assert {row.attempts for row in scene.deliveries()} == {1}


def test_one_is_killed_and_nothing_is_lost_nor_late_nor_told_twice_over(scene: Scene) -> None:
    wanted = random.randrange(1, REQUESTS // 2)
    with ExitStack() as servers:
        processes: list[Popen[bytes]] = []
        for _ in range(2):
            command, port, environ = scene.server()
            processes.append(servers.enter_context(running(command, port, **environ)))
        wait_until(lambda: scene.service.asked >= wanted)
        random.choice(processes).kill()
        killed_at = utc_now()
        wait_until(all_sent)
    check_each_moved_once(scene.school)
    times, deliveries = scene.times_sent(), scene.deliveries()
    assert set(times) == {row.id for row in deliveries}, f"nothing is lost (killed after {wanted})"
    twice = {number for number, count in times.items() if count > 1}
    claimed_again = [row for row in deliveries if row.attempts > 1]
    assert max(times.values()) <= 2
    assert twice <= {row.id for row in claimed_again}, "only what was on its way when the server was killed"
    assert len(claimed_again) <= SENDERS
    others_sent = max(row.sent_at for row in deliveries if row.attempts == 1)  # all of them were due before it
    for row in claimed_again:
        assert row.sent_at - max(killed_at, others_sent) <= LOST_AT_MOST


def all_sent() -> bool:
    sent = select(func.count(Delivery.id)).where(Delivery.state == "sent")
    with db.session.begin():
        return db.session.scalars(sent).one() == REQUESTS


def check_each_moved_once(school: School) -> None:
    with db.session.begin():
        kinds = Counter(db.session.scalars(select(ChatEvent.kind)))
        assert kinds == {"asked": REQUESTS, "passed_on": REQUESTS}
        told = Counter(tuple(row) for row in db.session.execute(select(Alert.adult_id, Alert.reason)))
        assert told == {
            (school.adults["okafor"], "passed_on"): REQUESTS,
            (school.adults["ali"], "moved_on"): REQUESTS,
        }
        assert db.session.scalars(select(func.max(ChatEvent.number))).one() == 2


def add_requests_that_wait_too_long(school: School) -> None:
    """As ``ask`` keeps them, but all in three statements."""
    long_ago, ali = utc_now() - timedelta(hours=1), school.adults["ali"]
    with writing() as session:
        chat = {
            "pupil_id": school.pupils["amir"],
            "asked_for_id": ali,
            "wants": "chat",
            "when": "now",
            "about": [],
            "asked_at": long_ago,
            "received_at": long_ago,
            "school_day": long_ago.date(),
            "state": "asked",
            "owner_id": ali,
            "since": long_ago,
            "due_at": long_ago + timedelta(minutes=10),
        }
        session.execute(insert(Chat), [chat | {"key": uuid4()} for _ in range(REQUESTS)])
        ids = session.scalars(select(Chat.id)).all()
        asked = {"number": 1, "at": long_ago, "kind": "asked", "to_adult_id": ali, "level": "asked"}
        session.execute(insert(ChatEvent), [asked | {"chat_id": chat_id} for chat_id in ids])
        seat = {"adult_id": ali, "why": "asked", "since": long_ago}
        session.execute(insert(ChatAudience), [seat | {"chat_id": chat_id} for chat_id in ids])


def wait_until(true: Callable[[], bool]) -> None:
    until = time.monotonic() + PATIENCE_SECONDS
    while not true():
        assert time.monotonic() < until, "it never came to that"
        time.sleep(0.5)
