"""The database's versions, and bringing a database up to the newest."""

from __future__ import annotations

from pathlib import Path

from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask_migrate import upgrade

from kiosk.db import db

HERE = Path(__file__).parent


def newest_version() -> str | None:
    """The version this program was written for."""
    config = Config()
    config.set_main_option("script_location", str(HERE))
    return ScriptDirectory.from_config(config).get_current_head()


def is_migrated() -> bool:
    """Whether the database answers and has the newest version."""
    with db.engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision() == newest_version()


def migrate_database() -> None:
    """Bring the database up to the newest version; safe to do again."""
    upgrade(directory=str(HERE))
