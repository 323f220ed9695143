"""Alembic's way in: runs migrations with the application's own engine."""

from __future__ import annotations

from typing import Literal

from alembic import context
from flask import current_app

from kiosk.db import UTCDateTime

db = current_app.extensions["migrate"].db


def plain_type(kind: str, item: object, _context: object) -> str | Literal[False]:
    """Write our own type as SQLAlchemy's: a migration must run when the models have long moved on."""
    return "sa.DateTime(timezone=True)" if kind == "type" and isinstance(item, UTCDateTime) else False


def run() -> None:
    """Run inside one transaction: a migration that fails leaves the database as it was."""
    with db.engine.begin() as connection:
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        context.configure(
            connection=connection,
            target_metadata=db.metadata,
            render_as_batch=True,
            compare_type=True,
            render_item=plain_type,
        )
        with context.begin_transaction():  # joins ours, which commits all of it
            context.run_migrations()


run()
