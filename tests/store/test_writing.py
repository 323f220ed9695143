"""One transaction: all of it is on disk when the block ends, or none of it."""

from __future__ import annotations

import threading
from datetime import datetime

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError, StatementError

from kiosk.audit import KEYBOARD, record
from kiosk.db import after_commit, db, utc_now, writing
from kiosk.people.models import Enrolment, Tablet
from kiosk.people.tablets import all_tablets
from kiosk.school.models import Setting
from tests.cast import School


def setting(name: str) -> str | None:
    found: str | None = db.session.scalar(text("SELECT value FROM setting WHERE name = :name"), {"name": name})
    return found


def test_a_block_inside_a_block_joins_it(app: Flask) -> None:
    with app.app_context():
        with pytest.raises(RuntimeError, match="outer"), writing() as session:
            with writing():
                session.add(Setting(name="inner", value="1"))
            raise RuntimeError("outer")
        assert setting("inner") is None


def test_what_waits_for_the_commit_runs_after_it_and_never_after_a_rollback(app: Flask) -> None:
    rung: list[str | None] = []
    with app.app_context():
        with writing() as session:
            session.add(Setting(name="kept", value="1"))
            after_commit(lambda: rung.append(setting("kept")))
            assert rung == []
        with pytest.raises(RuntimeError, match="no"), writing():
            after_commit(lambda: rung.append("never"))
            raise RuntimeError("no")
        with pytest.raises(RuntimeError, match="inside"):
            after_commit(lambda: None)
    assert rung == ["1"]


def test_changes_made_outside_a_block_are_refused(app: Flask) -> None:
    with app.app_context():
        db.session.add(Setting(name="loose", value="1"))
        with pytest.raises(RuntimeError, match="outside"), writing():
            pass


def test_many_writers_at_once_lose_nothing(app: Flask, school: School) -> None:
    faults: list[BaseException] = []

    def write(number: int) -> None:
        try:
            for turn in range(10):
                with app.app_context(), writing() as session:
                    all_tablets()
                    session.add(Setting(name=f"{number}-{turn}", value="1"))
        except BaseException as fault:
            faults.append(fault)

    threads = [threading.Thread(target=write, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with app.app_context():
        assert db.session.scalar(text("SELECT count(*) FROM setting WHERE value = '1'")) == 80
    assert faults == []


def test_foreign_keys_hold_on_both_databases(app: Flask, school: School) -> None:
    with app.app_context(), pytest.raises(IntegrityError), writing() as session:
        session.add(Enrolment(pupil_id=999_999, class_id=school.classes["oak"]))
        session.flush()


def test_an_instant_needs_its_zone_and_comes_back_in_utc(app: Flask, school: School) -> None:
    with app.app_context():
        tablet = db.session.get(Tablet, 1)
        assert tablet is not None
        assert tablet.paired_at.utcoffset() is not None
        with pytest.raises(StatementError, match="zone"), writing() as session:
            session.add(Tablet(name="x", token_hash="x", paired_at=datetime(2026, 9, 14)))  # noqa: DTZ001
            session.flush()


def test_an_audit_event_carries_exactly_its_keys(app: Flask) -> None:
    with app.app_context(), writing():
        record("tablet_revoked", KEYBOARD, tablet=1)
        with pytest.raises(ValueError, match="must carry"):
            record("tablet_revoked", KEYBOARD)
        with pytest.raises(ValueError, match="must carry"):
            record("tablet_revoked", KEYBOARD, tablet=1, more=2)
        with pytest.raises(ValueError, match="must carry"):
            record("never_declared", KEYBOARD)
    assert utc_now().tzinfo is not None


def test_sqlite_keeps_what_it_says_it_kept(sqlite_app: Flask) -> None:
    with sqlite_app.app_context():
        asked = ("journal_mode", "synchronous", "foreign_keys")
        assert [db.session.scalar(text(f"PRAGMA {name}")) for name in asked] == ["wal", 2, 1]
