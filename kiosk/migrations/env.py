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
    with db.engine.connect() as connection:
        on_sqlite = connection.dialect.name == "sqlite"
        if on_sqlite:
            # Changing a table there means copying it and dropping the old one; with foreign keys on, dropping a
            # table would delete everything that points to it.
            connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        try:
            context.configure(
                connection=connection,
                target_metadata=db.metadata,
                render_as_batch=True,
                compare_type=True,
                render_item=plain_type,
            )
            with context.begin_transaction():
                context.run_migrations()
            if on_sqlite and (broken := connection.exec_driver_sql("PRAGMA foreign_key_check").first()):
                raise RuntimeError(f"The migration left a row that points nowhere: {tuple(broken)}.")
            connection.commit()
        finally:
            connection.invalidate()  # never back into the pool with foreign keys off


run()
