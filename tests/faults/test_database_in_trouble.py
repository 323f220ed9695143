"""The disk is full, or another program holds the database: 503, nothing stored, and it works again afterwards."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event, text

from kiosk.chats.models import Chat
from kiosk.db import db
from kiosk.feelings.models import CheckIn
from tests.cast import School
from tests.client import LintingClient
from tests.conftest import Templates
from tests.web.test_protocol_statuses import check_in, kept, request_for


@pytest.fixture
def cast(sqlite_templates: Templates) -> School:
    return sqlite_templates.school


@pytest.fixture
def tablet(sqlite_app: Flask) -> LintingClient:
    return sqlite_app.test_client()  # type: ignore[return-value]


@pytest.fixture
def full_disk(sqlite_app: Flask) -> Callable[[bool], None]:
    """Lets the database file grow no further: SQLite then says what it says on a full disk."""
    limit = {"pages": 1_073_741_823}

    def set_limit(connection: sqlite3.Connection, *_more: object) -> None:
        connection.execute(f"PRAGMA max_page_count={limit['pages']}")

    with sqlite_app.app_context():
        event.listen(db.engine, "checkout", set_limit)

    def switch(full: bool) -> None:
        limit["pages"] = 1 if full else 1_073_741_823

    return switch


def test_on_a_full_disk_nothing_is_half_kept_and_it_works_again_after(
    sqlite_app: Flask, tablet: LintingClient, cast: School, full_disk: Callable[[bool], None]
) -> None:
    full_disk(True)
    taps = send_until_refused(tablet, cast, "/tablet/check-ins", check_in)
    requests = send_until_refused(tablet, cast, "/tablet/chats", request_for)
    assert kept(sqlite_app, CheckIn) == taps
    assert kept(sqlite_app, Chat) == requests
    full_disk(False)
    assert tablet.post("/tablet/chats", json=request_for(cast), headers=cast.bearer()).status_code == 201


def send_until_refused(
    tablet: LintingClient, cast: School, address: str, entry: Callable[[School], dict[str, Any]]
) -> int:
    """Send new entries until the free room in the last pages is used up; how many were kept."""
    for sent in range(2_000):
        answer = tablet.post(address, json=entry(cast), headers=cast.bearer())
        if answer.status_code != 201:
            assert answer.status_code == 503
            assert "Try again" in answer.get_json()["error"]
            return sent
    raise AssertionError("the disk never filled up")


def test_while_another_program_writes_it_is_503_and_then_works(
    sqlite_app: Flask, tablet: LintingClient, cast: School, tmp_path: Path
) -> None:
    with sqlite_app.app_context():
        file = db.engine.url.database
        event.listen(db.engine, "checkout", lambda connection, *_: connection.execute("PRAGMA busy_timeout=50"))
    assert file
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    entry = check_in(cast)
    answer = tablet.post("/tablet/check-ins", json=entry, headers=cast.bearer())
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "2")
    other.execute("COMMIT")
    assert tablet.post("/tablet/check-ins", json=entry, headers=cast.bearer()).status_code == 201


def test_a_fault_of_ours_is_503_on_the_protocol_and_leaves_nothing_behind(
    sqlite_app: Flask, tablet: LintingClient, cast: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_args: object, **_kwargs: object) -> None:
        raise RuntimeError("a slip of ours")

    monkeypatch.setattr("kiosk.chats.store.changing.tell", broken)
    assert tablet.post("/tablet/chats", json=request_for(cast), headers=cast.bearer()).status_code == 503
    assert kept(sqlite_app, Chat) == 0


def test_a_database_that_is_not_migrated_is_not_ready(sqlite_app: Flask, tablet: LintingClient) -> None:
    assert tablet.get("/readyz").status_code == 200
    with sqlite_app.app_context(), db.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = 'older'"))
    answer = tablet.get("/readyz")
    assert (answer.status_code, tablet.get("/healthz").status_code) == (503, 200)
    assert "kiosk migrate" in answer.get_json()["advice"]
