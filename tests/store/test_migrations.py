"""The migrations make the very tables the models speak of, and can be undone."""

from __future__ import annotations

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from flask import Flask
from flask_migrate import downgrade
from sqlalchemy import inspect, text
from sqlalchemy.exc import IntegrityError

from kiosk.db import db
from kiosk.migrations import HERE, is_migrated, migrate_database
from tests.cast import School


def test_migrated_tables_are_those_of_the_models(empty_app: Flask) -> None:
    with empty_app.app_context(), db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, db.metadata) == []


def test_down_and_up_again(empty_app: Flask) -> None:
    with empty_app.app_context():
        downgrade(directory=str(HERE), revision="base")
        assert set(inspect(db.engine).get_table_names()) <= {"alembic_version"}
        migrate_database()
        assert is_migrated()


def test_nobody_is_lost_on_the_way_down_and_up_again(app: Flask, school: School) -> None:
    with app.app_context():
        before = _rows()
        downgrade(directory=str(HERE), revision="0001")
        migrate_database()
        assert _rows() == before
        assert before["high5"] == 4


def test_what_a_list_said_stays_as_it_was_and_what_is_kept_now_stays_english_on_the_way_down(
    app: Flask, school: School
) -> None:
    old = {
        "kind": "different",
        "sentence": "On four of the last five school days …",
        "pupil": school.pupils["amir"],
    }
    new = old | {"kind": "rule", "sentence": "On each of the last three days …", "made_of": '{"says": "Three"}'}
    with app.app_context():
        downgrade(directory=str(HERE), revision="0022")
        assert "made_of" not in _columns("list_entry")
        _run(
            "INSERT INTO weekly_list (id, shown_from, last_day, left_out, made_at)"
            " VALUES (1, '2026-11-16', '2026-11-13', 0, '2026-11-16 00:00:00')"
        )
        _run(
            "INSERT INTO list_entry (list_id, pupil_id, kind, place, sentence)"
            " VALUES (1, :pupil, :kind, 0, :sentence)",
            **old,
        )
        migrate_database()
        assert _said() == [(old["sentence"], None)]
        _run(
            "INSERT INTO list_entry (list_id, pupil_id, kind, place, sentence, made_of)"
            " VALUES (1, :pupil, :kind, 1, :sentence, :made_of)",
            **new,
        )
        downgrade(directory=str(HERE), revision="0022")
        migrate_database()
        assert _said() == [(old["sentence"], None), (new["sentence"], None)]
        with pytest.raises(IntegrityError):
            _run("UPDATE list_entry SET kind = 'judged'")


def _columns(table: str) -> set[str]:
    return {column["name"] for column in inspect(db.engine).get_columns(table)}


def _run(statement: str, **values: object) -> None:
    with db.engine.begin() as connection:
        connection.execute(text(statement), values)


def _said() -> list[tuple[str, str | None]]:
    with db.engine.connect() as connection:
        rows = connection.execute(text("SELECT sentence, made_of FROM list_entry ORDER BY place"))
        return [(row.sentence, row.made_of) for row in rows]


def _rows() -> dict[str, int]:
    with db.engine.connect() as connection:
        tables = ("adult", "pupil", "high5", "enrolment", "account", "account_role", "tablet", "audit_event")
        return {name: connection.execute(text(f"SELECT count(*) FROM {name}")).scalar_one() for name in tables}
