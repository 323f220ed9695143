"""Check-ins by the million, brought in the way each database takes them fastest.

What slows a single row down rests meanwhile (indexes, foreign keys, and the triggers that count), and comes back
in the same words the database itself had for it. The past is counted once at the end, by the very statement with
which the migration counted what was there.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from importlib import import_module
from itertools import islice

import psycopg
from sqlalchemy import text

from kiosk.db import db
from kiosk.patterns.models import ClassHour, PupilDay

CHUNK = 60_000
COLUMNS = (
    "key",
    "pupil_id",
    "scale_version_id",
    "step",
    "intensity",
    "felt_at",
    "received_at",
    "school_day",
    "hour",
    "class_id",
    "clock_odd",
)
Row = tuple[str, int, int, int, int, str, str, str, int, int, int]
"""One check-in as both databases read it: the key in hexadecimal, instants in UTC, days and instants as text."""
SUMMARIES = (PupilDay, ClassHour)
"""The school's hours follow the classes' by themselves."""


def bring_in(rows: Iterable[Row]) -> Iterator[int]:
    """Fill ``check_in``, which is empty, and everything counted from it; how many rows so far, now and then."""
    db.session.remove()
    into = _sqlite if db.engine.dialect.name == "sqlite" else _postgresql
    yield from into(iter(rows))


def _sqlite(rows: Iterator[Row]) -> Iterator[int]:
    db.engine.dispose()
    connection = sqlite3.connect(str(db.engine.url.database), isolation_level=None)
    resting = connection.execute(
        "SELECT type, name, sql FROM sqlite_master WHERE tbl_name = 'check_in' AND type IN ('trigger', 'index')"
        " AND sql IS NOT NULL ORDER BY type, name"
    ).fetchall()
    try:
        # Whatever goes wrong meanwhile, the file is made anew.
        for pragma in ("journal_mode=OFF", "synchronous=OFF", "cache_size=-2000000", "temp_store=MEMORY"):
            connection.execute(f"PRAGMA {pragma}")
        connection.execute("BEGIN IMMEDIATE")
        for kind, name, _sql in resting:
            connection.execute(f"DROP {kind} {name}")
        add = f"INSERT INTO check_in ({', '.join(COLUMNS)}) VALUES ({', '.join('?' * len(COLUMNS))})"
        done = 0
        while chunk := list(islice(rows, CHUNK)):
            connection.executemany(add, chunk)
            done += len(chunk)
            yield done
        for _kind, _name, sql in resting:
            connection.execute(sql)
        for statement in _counted():
            connection.execute(statement)
        connection.execute("COMMIT")
        connection.execute("ANALYZE")
        connection.execute("PRAGMA journal_mode=WAL")
    finally:
        connection.close()


def _postgresql(rows: Iterator[Row]) -> Iterator[int]:
    address = db.engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(address, autocommit=True) as connection:
        run = connection.execute
        for setting in ("maintenance_work_mem = '1GB'", "work_mem = '512MB'", "TimeZone = 'UTC'"):
            run(f"SET {setting}")  # type: ignore[arg-type]
        constraints = run(
            "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint"
            " WHERE conrelid = 'check_in'::regclass AND contype IN ('u', 'f')"
        ).fetchall()
        indexes = run(
            "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = 'check_in' AND indexname LIKE 'ix\\_%'"
        ).fetchall()
        run("ALTER TABLE check_in DISABLE TRIGGER USER")
        for name, _definition in constraints:
            run(f"ALTER TABLE check_in DROP CONSTRAINT {name}")
        for name, _definition in indexes:
            run(f"DROP INDEX {name}")
        done = 0
        with connection.cursor().copy(f"COPY check_in ({', '.join(COLUMNS)}) FROM STDIN") as copy:  # type: ignore[arg-type]
            while chunk := list(islice(rows, CHUNK)):
                copy.write("".join("\t".join(map(str, row)) + "\n" for row in chunk))
                done += len(chunk)
                yield done
        for name, definition in constraints:
            run(f"ALTER TABLE check_in ADD CONSTRAINT {name} {definition}")
        for _name, definition in indexes:
            run(definition)
        for statement in _counted():
            run(statement)  # type: ignore[arg-type]
        run("ALTER TABLE check_in ENABLE TRIGGER USER")
        run("VACUUM ANALYZE")


def _counted() -> Sequence[str]:
    """The statements of the migration that count what is there already."""
    migration = import_module("kiosk.migrations.versions.0006_patterns")
    return [migration._counted_anew(table.__tablename__) for table in SUMMARIES]


def without_counting() -> None:
    """Take the triggers off for good: the same database as if there were no summaries, to compare writes with."""
    with db.engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            names = connection.execute(
                text("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'check_in'")
            ).scalars()
            for name in list(names):
                connection.exec_driver_sql(f"DROP TRIGGER {name}")
        else:
            connection.exec_driver_sql("ALTER TABLE check_in DISABLE TRIGGER USER")
            connection.commit()
