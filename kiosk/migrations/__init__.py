"""The database's versions, and bringing a database up to the newest."""

from __future__ import annotations

from pathlib import Path

from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from flask_migrate import upgrade

from kiosk.db import db
from kiosk.refusal import Refusal

HERE = Path(__file__).parent


class FromTheFuture(Refusal):
    """The database has a version that this program does not know; the message is a sentence."""


def newest_version() -> str | None:
    """The version this program was written for."""
    return _versions().get_current_head()


def is_migrated() -> bool:
    """Whether the database answers and has the newest version."""
    return _version_there() == newest_version()


def migrate_database() -> None:
    """Bring the database up to the newest version; safe to do again.

    Raises:
        FromTheFuture: a newer program has migrated it; nothing was changed.
    """
    there = _version_there()
    if there is not None and not _is_known(there):
        raise FromTheFuture(
            f"The database is at version {there}, which this program does not know. "
            "Install the Treetops that made it, or a newer one."
        )
    upgrade(directory=str(HERE))


def _version_there() -> str | None:
    with db.engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def _is_known(version: str) -> bool:
    try:
        return _versions().get_revision(version) is not None
    except CommandError:
        return False


def _versions() -> ScriptDirectory:
    config = Config()
    config.set_main_option("script_location", str(HERE))
    return ScriptDirectory.from_config(config)
