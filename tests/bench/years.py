"""A school that has lived for years: pupils, classes and check-ins by the million, made fast and always the same.

``python -m tests.bench.years FOLDER --pupils 2000 --years 10`` makes the one of the bar (22.8 million
check-ins, half an hour or so and 5 GB on SQLite); ``make bench`` makes one year of 240 pupils. The check-ins of
earlier days are counted once at the end, as the migration does it, and not one by one.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from uuid import UUID

from flask import Flask
from sqlalchemy import insert, text

from kiosk import create_app
from kiosk.audit import KEYBOARD
from kiosk.config import load_settings
from kiosk.db import db, utc_now, writing
from kiosk.feelings.models import CheckIn
from kiosk.feelings.store import current_scale
from kiosk.migrations import migrate_database
from kiosk.people.accounts import add_staff
from kiosk.people.models import Enrolment, Pupil, SchoolClass
from kiosk.school.store import change_setting

CLASS_SIZE = 30
SIX_A_DAY = ((8, 50), (10, 20), (11, 40), (13, 10), (14, 20), (15, 10))
SCHOOL_DAYS_A_YEAR = 190
CHUNK = 20_000
SEED = 2026
CHANCES = (0.55, 0.80, 0.92, 0.98, 1.0)


@dataclass(frozen=True)
class LivedSchool:
    """A school under measurement."""

    app: Flask
    pupil_ids: list[int]
    class_ids: list[int]
    last_day: date


def live(folder: Path, pupils: int, years: int, *, a_day: int = 6, until: date | None = None) -> LivedSchool:
    """Build such a school in a folder.

    Args:
        folder: becomes the instance folder.
        pupils: how many children.
        years: of ``SCHOOL_DAYS_A_YEAR`` school days each.
        a_day: check-ins of each child on a school day, at most six.
        until: the last of these days or a day after it; today when not given.
    """
    folder.mkdir(parents=True, exist_ok=True)
    app = create_app(load_settings({"KIOSK_INSTANCE": str(folder)}))
    with app.app_context():
        migrate_database()
        change_setting("school_hours", "08:30-15:30", KEYBOARD)
        add_staff("Mr Bell", "bell@hazelwood.example", ["nurture"], KEYBOARD, password="only-for-the-benchmark")
        class_ids, pupil_ids = _people(pupils)
        days = school_days(years * SCHOOL_DAYS_A_YEAR, until or utc_now().date())
        _check_ins(days, pupil_ids, class_ids, SIX_A_DAY[:a_day])
        db.session.remove()
        db.engine.dispose()
    return LivedSchool(app, pupil_ids, class_ids, days[-1])


def school_days(number: int, until: date) -> list[date]:
    """So many weekdays, oldest first: 190 of each year's, the others are holidays."""
    days: list[date] = []
    day = until
    while len(days) < number:
        if day.weekday() < 5 and (day.timetuple().tm_yday % 100) < 73:
            days.append(day)
        day -= timedelta(days=1)
    return days[::-1]


def _people(pupils: int) -> tuple[list[int], list[int]]:
    with writing() as session:
        classes = [
            SchoolClass(name=f"Class {number + 1}", year=str(number * 7 * CLASS_SIZE // max(pupils, 1)))
            for number in range(-(-pupils // CLASS_SIZE))
        ]
        children = [
            Pupil(given_name=f"Child {number}", family_name="of the benchmark", picture="cat-1")
            for number in range(pupils)
        ]
        session.add_all([*classes, *children])
        session.flush()
        session.add_all(
            Enrolment(pupil_id=child.id, class_id=classes[number // CLASS_SIZE].id, home=True)
            for number, child in enumerate(children)
        )
        return [room.id for room in classes], [child.id for child in children]


def _check_ins(
    days: Sequence[date], pupil_ids: Sequence[int], class_ids: Sequence[int], times: Sequence[tuple[int, int]]
) -> None:
    """The triggers rest while the past is written, and everything is counted once at the end."""
    scale_id = current_scale().id
    statements = _trigger_statements()
    with writing() as session:
        for name, _create in statements:
            session.execute(text(f"DROP TRIGGER {name}"))
    rows = _rows(days, pupil_ids, class_ids, times, scale_id)
    total, done = len(days) * len(pupil_ids) * len(times), 0
    for chunk in _chunks(rows):
        with writing() as session:
            session.connection().execute(insert(CheckIn), chunk)
        done += len(chunk)
        _say(f"{done / total:4.0%} of {total:,} check-ins")
    _say("")
    with writing() as session:
        for statement in COUNTED_ANEW:
            session.execute(text(statement))
        for _name, create in statements:
            session.connection().exec_driver_sql(create)
        session.execute(text("ANALYZE"))


def _rows(
    days: Sequence[date],
    pupil_ids: Sequence[int],
    class_ids: Sequence[int],
    times: Sequence[tuple[int, int]],
    scale_id: int,
) -> Iterator[dict[str, object]]:
    rng = Random(SEED)
    for day in days:
        for hour, minute in times:
            at = datetime(day.year, day.month, day.day, hour, minute, tzinfo=UTC)
            for number, pupil_id in enumerate(pupil_ids):
                chance = rng.random()
                intensity = 1 + sum(chance > cut for cut in CHANCES[:4])
                felt_at = at + timedelta(seconds=rng.randrange(600))
                yield {
                    "key": UUID(int=rng.getrandbits(128), version=4),
                    "pupil_id": pupil_id,
                    "scale_version_id": scale_id,
                    "step": intensity,
                    "intensity": intensity,
                    "felt_at": felt_at,
                    "received_at": felt_at,
                    "school_day": day,
                    "hour": hour,
                    "class_id": class_ids[number // CLASS_SIZE],
                    "clock_odd": False,
                }


def _chunks(rows: Iterator[dict[str, object]]) -> Iterator[list[dict[str, object]]]:
    chunk: list[dict[str, object]] = []
    for row in rows:
        chunk.append(row)
        if len(chunk) == CHUNK:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


_SUMS = ", ".join(f"sum(CASE WHEN intensity = {n} THEN 1 ELSE 0 END)" for n in range(1, 6))
COUNTED_ANEW = (
    f"INSERT INTO pupil_day SELECT school_day, pupil_id, {_SUMS} FROM check_in GROUP BY school_day, pupil_id",
    f"INSERT INTO class_day SELECT school_day, class_id, count(DISTINCT pupil_id), {_SUMS} FROM check_in"
    " GROUP BY school_day, class_id",
    f"INSERT INTO class_hour SELECT school_day, class_id, hour, count(DISTINCT pupil_id), {_SUMS} FROM check_in"
    " GROUP BY school_day, class_id, hour",
)


def _trigger_statements() -> list[tuple[str, str]]:
    rows = db.session().execute(
        text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'check_in' ORDER BY name")
    )
    return [(str(name), str(sql)) for name, sql in rows]


def _say(words: str) -> None:
    if sys.stderr.isatty():
        print(f"\r\x1b[K{words}", end="", file=sys.stderr, flush=True)


def main() -> None:
    """Make a school, and measure it."""
    from tests.bench.patterns import measure

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--pupils", type=int, default=240)
    parser.add_argument("--years", type=int, default=1)
    asked = parser.parse_args()
    measure(live(asked.folder, asked.pupils, asked.years), print_line)


def print_line(name: str, ours: str, other: str, ratio: float | None) -> None:
    """A line of the table."""
    print(f"{name:<62}{ours:>12}{other:>12}{f'{ratio:.2f}' if ratio is not None else '':>8}", flush=True)


Line = Callable[[str, str, str, "float | None"], None]


if __name__ == "__main__":
    main()
