"""Pages of patterns: how long the server takes for each, beside the same question asked of every row.

The floor here is what a spreadsheet or a script over an exported file does: the check-ins are read from a CSV
file and grouped, in plain Python and in pandas. Ours answers from the counts that are kept as children answer,
and does not slow down as the file grows.
"""

from __future__ import annotations

import csv
import gc
import statistics
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pandas
from flask.testing import FlaskClient
from sqlalchemy import select, text

from kiosk.db import db
from kiosk.people.models import Account
from tests.bench.years import Line, LivedSchool

RUNS = 40
WARM_UP = 3
LOOKED_AT = timedelta(days=30)


def measure(school: LivedSchool, line: Line) -> None:
    """Print a line for each page, and the heat map of thirty days beside the same from a file."""
    gc.collect()
    gc.freeze()  # pandas brings a million objects along that no server has, and the collector would look at each
    browser = _signed_in(school)
    pupil, room = school.pupil_ids[len(school.pupil_ids) // 2], school.class_ids[0]
    with school.app.app_context():
        total = db.session.execute(text("SELECT count(*) FROM check_in")).scalar_one()
    line(f"{len(school.pupil_ids)} pupils, {total:,} check-ins: 95th percentile", "ms", "KB", None)
    for name, address in (
        ("today", f"/patterns/?day={school.last_day}"),
        ("heat map and chart of the school, 12 weeks", "/patterns/school"),
        ("heat map and chart of one class, 12 weeks", f"/patterns/school?group=class-{room}"),
        ("one child, 12 weeks", f"/patterns/children/{pupil}"),
        ("one child, the school year", f"/patterns/children/{pupil}?period=year"),
        ("different from usual, the list made before", "/patterns/different"),
        ("silence and connections", "/patterns/connections"),
    ):
        took, size = _page(browser, address)
        line(f"  {name}", f"{1000 * statistics.quantiles(took, n=20)[18]:.1f}", f"{size / 1000:.0f}", None)
    _beside_a_file(school, line)


def _page(browser: FlaskClient, address: str) -> tuple[list[float], int]:
    took, size = [], 0
    for _ in range(RUNS + WARM_UP):
        start = time.perf_counter()
        answer = browser.get(address)
        took.append(time.perf_counter() - start)
        if answer.status_code != 200:
            raise RuntimeError(f"{address} answered {answer.status_code}.")
        size = len(answer.get_data())
    return took[WARM_UP:], size


def _beside_a_file(school: LivedSchool, line: Line) -> None:
    from kiosk.patterns.periods import Period
    from kiosk.patterns.school_store import _whole_by_hour

    first = school.last_day - LOOKED_AT
    period = Period("bench", "", first, school.last_day)
    with tempfile.TemporaryDirectory() as folder, school.app.app_context():
        file = Path(folder) / "check_ins.csv"
        _write(file)

        def ours() -> object:
            counts = _whole_by_hour(period).counts
            db.session.remove()
            return sum(map(sum, counts.values()))

        mine, expected = _timed(ours, RUNS)
        asked: dict[str, Callable[[], object]] = {
            "plain Python": lambda: _plain(file, first),
            "pandas": lambda: _pandas(file, first),
        }
        for name, ask in asked.items():
            theirs, found = _timed(ask, 3)
            if found != expected:
                raise RuntimeError(f"{name} counts {found} check-ins and ours {expected}.")
            line(
                f"  weekday and hour over 30 days, ms, and {name} over CSV",
                f"{1000 * mine:.1f}",
                f"{1000 * theirs:.0f}",
                mine / theirs,
            )


def _timed(ask: Callable[[], object], runs: int) -> tuple[float, object]:
    took, found = [], None
    for _ in range(runs):
        start = time.perf_counter()
        found = ask()
        took.append(time.perf_counter() - start)
    return statistics.median(took), found


def _write(file: Path) -> None:
    with file.open("w", newline="", encoding="utf-8") as sheet:
        writer = csv.writer(sheet)
        writer.writerow(["school_day", "hour", "pupil_id", "intensity"])
        rows = db.session.connection().execution_options(stream_results=True)
        writer.writerows(rows.execute(text("SELECT school_day, hour, pupil_id, intensity FROM check_in")))


def _plain(file: Path, first: date) -> int:
    cells: Counter[tuple[int, str, str]] = Counter()
    since = first.isoformat()
    with file.open(newline="", encoding="utf-8") as sheet:
        for row in csv.DictReader(sheet):
            if row["school_day"] >= since:
                weekday = date.fromisoformat(row["school_day"]).weekday()
                cells[weekday, row["hour"], row["intensity"]] += 1
    return cells.total()


def _pandas(file: Path, first: date) -> int:
    table = pandas.read_csv(file, parse_dates=["school_day"])
    table = table[table.school_day >= first.isoformat()]
    weekday = table.school_day.dt.weekday.rename("weekday")
    return int(table.groupby([weekday, "hour", "intensity"]).size().sum())


def _signed_in(school: LivedSchool) -> FlaskClient:
    with school.app.app_context():
        account = db.session.scalars(select(Account)).one()
        key = account.fs_uniquifier
        db.session.remove()
    browser = school.app.test_client()
    with browser.session_transaction() as session:
        session.update(_user_id=key, _fresh=True, _permanent=True)
    return browser
