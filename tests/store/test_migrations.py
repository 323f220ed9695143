"""The migrations make the very tables the models speak of, and can be undone."""

from __future__ import annotations

from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from flask import Flask
from flask_migrate import downgrade
from sqlalchemy import inspect

from kiosk.db import db
from kiosk.migrations import HERE, is_migrated, migrate_database


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
