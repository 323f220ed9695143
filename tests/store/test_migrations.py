"""The migrations make the very tables the models speak of, and can be undone."""

from __future__ import annotations

from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from flask import Flask
from flask_migrate import downgrade
from sqlalchemy import inspect, text

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


def _rows() -> dict[str, int]:
    with db.engine.connect() as connection:
        tables = ("adult", "pupil", "high5", "enrolment", "account", "account_role", "tablet", "audit_event")
        return {name: connection.execute(text(f"SELECT count(*) FROM {name}")).scalar_one() for name in tables}
