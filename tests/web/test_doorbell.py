"""The doorbell tells each adult's live boards "look again", and tells nobody else that anything happened."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import update

from kiosk.alerts.doorbell import Doorbell
from kiosk.alerts.listener import RingListener
from kiosk.alerts.reaching import can_be_told
from kiosk.alerts.store import doorbell
from kiosk.db import db, utc_now, writing
from kiosk.people.models import Account
from kiosk.web.serving import say_who_listens
from kiosk.web.staff import live
from tests.cast import School, email_of
from tests.client import LintingClient
from tests.web.board import ask, look, say_on_tablet

SOMEBODY = 0

SignIn = Callable[[str], LintingClient]
PATIENCE = 20.0
"""Seconds until a line that never comes fails the test; lines come in milliseconds."""


@pytest.fixture(autouse=True)
def _rings_arrive(app: Flask) -> Iterator[None]:
    """What every server process does: hear rings from the database and pass them on."""
    with app.app_context():
        listener = RingListener(db.engine, doorbell())
    listener.start()
    yield
    listener.stop()


@pytest.fixture
def bell(app: Flask) -> Doorbell:
    """The doorbell of this process."""
    found = app.extensions["doorbell"]
    assert isinstance(found, Doorbell)
    return found


class Stream:
    """Somebody's live board, listening in a thread of its own as a browser does."""

    def __init__(self, browser: LintingClient) -> None:
        self._gone = threading.Event()
        self.answer = browser.get(
            "/staff/doorbell",
            buffered=False,
            environ_overrides={"waitress.client_disconnected": self._gone.is_set},
        )
        self._heard: queue.Queue[str] = queue.Queue()
        self._thread = threading.Thread(target=self._listen, daemon=True)
        self._thread.start()

    def next_revision(self) -> int:
        """The next revision, which must come."""
        said = self._heard.get(timeout=PATIENCE)
        return int(said.rpartition("data: ")[2])

    def revisions(self) -> list[int]:
        """Leave, and say what was heard and not yet asked for."""
        self.leave()
        return [int(said.rpartition("data: ")[2]) for said in list(self._heard.queue) if "data: " in said]

    def leave(self) -> None:
        """Disconnect, as a closed tab does; returns when the server has noticed."""
        self._gone.set()
        self._thread.join(PATIENCE)
        assert not self._thread.is_alive(), "The stream did not notice that its client has gone."
        self.answer.close()

    def _listen(self) -> None:
        for said in self.answer.iter_encoded():
            self._heard.put(said.decode())


@contextmanager
def listening(browser: LintingClient) -> Iterator[Stream]:
    stream = Stream(browser)
    try:
        yield stream
    finally:
        stream.leave()


def test_the_revision_comes_at_once_and_then_whenever_the_board_changes(
    client: LintingClient, signed_in: SignIn, school: School
) -> None:
    with listening(signed_in("ali")) as ali:
        first = ali.next_revision()
        chat = ask(client, school, "amir", "ali")
        asked = ali.next_revision()
        say_on_tablet(client, school, chat, "cancel")
        cancelled = ali.next_revision()
    assert first < asked < cancelled


def test_nobody_hears_of_what_is_not_theirs(client: LintingClient, signed_in: SignIn, school: School) -> None:
    streams = [listening(signed_in(who)) for who in ("shah", "okafor", "ali")]
    with streams[0] as shah, streams[1] as okafor, streams[2]:
        begins = shah.next_revision(), okafor.next_revision()
        ask(client, school, "amir", "ali")
        ask(client, school, "zofia", "okafor")  # came after: who hears this could have heard the other
        assert okafor.next_revision() == begins[1] + 1
        assert shah.revisions() == []
        assert okafor.revisions() == []


def test_it_says_a_number_and_nothing_else(client: LintingClient, signed_in: SignIn, school: School) -> None:
    ask(client, school, "amir", "ali")
    with signed_in("ali").get("/staff/doorbell", buffered=False) as answer:
        said = next(iter(answer.iter_encoded())).decode()
    assert said == "retry: 2000\ndata: 1\n\n"


def test_everyone_concerned_hears_an_answer(client: LintingClient, signed_in: SignIn, school: School) -> None:
    ask(client, school, "amir", "ali")
    browser = signed_in("ali")
    with listening(signed_in("novak")) as novak, listening(signed_in("ali")) as ali:
        before = novak.next_revision(), ali.next_revision()
        look(browser).card("Amir Khan").form("coming").press(browser)
        assert (novak.next_revision(), ali.next_revision()) > before


def test_its_headers_keep_it_flowing_and_uncached(signed_in: SignIn) -> None:
    with signed_in("ali").get("/staff/doorbell", buffered=False) as answer:
        assert answer.mimetype == "text/event-stream"
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["X-Accel-Buffering"] == "no"
        assert answer.content_length is None


def test_past_the_last_place_a_board_is_told_to_poll(signed_in: SignIn, bell: Doorbell) -> None:
    ali = signed_in("ali")
    while bell.sit_down(SOMEBODY):
        pass
    refused = ali.get("/staff/doorbell")
    assert refused.status_code == 503
    assert "/staff/board" in refused.get_data(as_text=True)
    bell.stand_up(SOMEBODY)
    with ali.get("/staff/doorbell", buffered=False) as answer:
        assert answer.status_code == 200


def test_a_client_that_goes_gives_its_place_back(signed_in: SignIn, bell: Doorbell) -> None:
    with listening(signed_in("ali")) as ali:
        ali.next_revision()
        assert bell.listening == 1
    assert bell.listening == 0


def test_a_client_that_goes_before_the_first_line_leaks_no_place(signed_in: SignIn, bell: Doorbell) -> None:
    ali = signed_in("ali")
    ali.get("/staff/doorbell", buffered=False).close()
    assert bell.listening == 0
    ali.head("/staff/doorbell").close()
    assert bell.listening == 0


def test_a_fault_before_the_first_line_leaks_no_place(
    app: Flask, signed_in: SignIn, bell: Doorbell, monkeypatch: pytest.MonkeyPatch
) -> None:
    ali = signed_in("ali")

    def fails(_adult_id: int) -> int:
        raise RuntimeError("the database is gone")

    monkeypatch.setattr(live, "revision_of", fails)
    assert ali.get("/staff/doorbell").status_code == 500
    assert bell.listening == 0


def test_while_waiting_it_holds_nothing_of_the_database(app: Flask, signed_in: SignIn) -> None:
    with listening(signed_in("ali")) as ali:
        ali.next_revision()
        with app.app_context():
            # One is the listener's own.
            assert db.engine.pool.checkedout() <= 1  # type: ignore[attr-defined]


def test_a_silent_stream_says_that_it_is_there(signed_in: SignIn, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live, "LOOK_EVERY_SECONDS", 0.01)
    monkeypatch.setattr(live, "HEARTBEAT_SECONDS", 0.02)
    with signed_in("ali").get("/staff/doorbell", buffered=False) as answer:
        lines = iter(answer.iter_encoded())
        next(lines)
        assert next(lines) == b": still here\n\n"


def test_it_ends_after_a_while_so_that_a_closed_account_hears_no_more(
    app: Flask, signed_in: SignIn, bell: Doorbell, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live, "LOOK_EVERY_SECONDS", 0.01)
    monkeypatch.setattr(live, "LONGEST_SECONDS", 0.05)
    ali = signed_in("ali")
    with ali.get("/staff/doorbell", buffered=False) as answer:
        assert len(list(answer.iter_encoded())) == 1
    assert bell.listening == 0
    with app.app_context(), writing() as session:
        session.execute(update(Account).where(Account.email == email_of("ali")).values(active=False))
    assert ali.get("/staff/doorbell").status_code == 401
    assert ali.get("/staff/board").status_code == 401


def test_a_live_board_is_written_down_for_as_long_as_it_is_live(
    app: Flask, signed_in: SignIn, school: School, bell: Doorbell
) -> None:
    now = utc_now()
    with listening(signed_in("ali")) as ali:
        ali.next_revision()
        with app.app_context(), time_machine.travel(now + timedelta(minutes=10), tick=False):
            assert can_be_told(school.adults.values(), utc_now()) == set(), "the last word is ten minutes old"
            say_who_listens()
            assert can_be_told(school.adults.values(), utc_now()) == {school.adults["ali"]}
