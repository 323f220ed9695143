"""The database: typed models, named constraints, UTC instants, and one writer at a time.

SQLite (measured here, see docs/decisions.md): several writers busy-wait on each other and the slowest waits
600 ms, so a process lets one writer in at a time and opens its transaction with ``BEGIN IMMEDIATE``.
``synchronous=FULL`` makes a 201 mean "on disk". On PostgreSQL the server does all of this itself.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any, cast

from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import DateTime, Dialect, Engine, MetaData, event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection
from sqlalchemy.orm import DeclarativeBase, Session, registry
from sqlalchemy.types import TypeDecorator

WAIT_FOR_WRITER_SECONDS = 10.0


class Busy(Exception):
    """The database could not be written just now; nothing was stored and trying again is right."""


class UTCDateTime(TypeDecorator[datetime]):
    """An instant. Goes in aware, is kept in UTC, comes back aware (SQLite alone would drop the zone)."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """Refuse a naive time: nobody could say later which instant it meant."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("An instant needs its time zone.")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """In UTC, whatever zone the server speaks of."""
        return None if value is None else value.astimezone(UTC)

    def result_processor(self, dialect: Dialect, coltype: object) -> Any:
        """SQLite's text is read with its zone at once: giving it to a time later takes seven times as long."""
        return _read_utc if dialect.name == "sqlite" else super().result_processor(dialect, coltype)


def _read_utc(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(f"{text}+00:00")


class Base(DeclarativeBase):
    """Base of every model; constraints get names, so that an error names the rule that was broken."""

    registry = registry(
        metadata=MetaData(
            naming_convention={
                "ix": "ix_%(column_0_N_label)s",
                "uq": "uq_%(table_name)s_%(column_0_N_name)s",
                "ck": "ck_%(table_name)s_%(constraint_name)s",
                "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
                "pk": "pk_%(table_name)s",
            }
        ),
        type_annotation_map={datetime: UTCDateTime},
    )


Upsert = postgresql.Insert | sqlite.Insert
_INSERT: dict[str, Callable[[type[Base]], Upsert]] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}

db = SQLAlchemy(model_class=Base, session_options={"expire_on_commit": False})
migrate = Migrate()

_writer = threading.RLock()


def utc_now() -> datetime:
    """This instant, aware. The one place that reads the clock for what is stored."""
    return datetime.now(UTC)


@contextmanager
def writing() -> Iterator[Session]:
    """One transaction: all of it is on disk when the block ends, or none of it.

    Blocks inside blocks join the outermost, so a store function may call another. What was handed to
    :func:`after_commit` runs once the outermost block is on disk.

    Raises:
        Busy: another writer held the database for too long; nothing was stored.
    """
    session = cast(Session, db.session())
    if session.info.get("writing"):
        yield session
        return
    done: list[Callable[[], None]] = []
    with _turn_to_write(session):
        session.info.update(writing=True, after_commit=done)
        try:
            _begin(session)
            yield session
            session.commit()
        except BaseException:
            session.rollback()
            raise
        finally:
            session.info.update(writing=False, after_commit=None)
    for call in done:
        call()


def insert_for(connection: Connection, model: type[Base]) -> Upsert:
    """An insert that may say what to do about a row that is there already, on either database."""
    make = _INSERT[connection.dialect.name]
    return make(model)


def after_commit(call: Callable[[], None]) -> None:
    """Run ``call`` when the transaction being written is on disk; never when it is rolled back."""
    calls = db.session().info.get("after_commit")
    if calls is None:
        raise RuntimeError("after_commit belongs inside writing().")
    calls.append(call)


@contextmanager
def _turn_to_write(session: Session) -> Iterator[None]:
    if session.get_bind().dialect.name != "sqlite":
        yield
        return
    if not _writer.acquire(timeout=WAIT_FOR_WRITER_SECONDS):
        raise Busy
    try:
        yield
    finally:
        _writer.release()


def _begin(session: Session) -> None:
    """Become the writer from the first statement on.

    On SQLite a reading session has no transaction open (each of its statements is one by itself), so it holds no
    old snapshot that could not be turned into a writer's.
    """
    if session.new or session.dirty or session.deleted:
        raise RuntimeError("Changes were made outside writing().")
    connection = session.connection()
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN IMMEDIATE")


@event.listens_for(Engine, "connect")
def _prepare_sqlite(connection: Any, _record: object) -> None:
    if not isinstance(connection, sqlite3.Connection):
        return
    connection.isolation_level = None  # no transaction but the one that writing() opens
    cursor = connection.cursor()
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "busy_timeout=5000",
        "cache_size=-16384",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()
