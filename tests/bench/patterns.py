"""Pages of patterns: how long the server takes for each, beside the same question asked of every row.

The floor here is what a spreadsheet or a script over an exported file does: the check-ins are read from a CSV
file and grouped, in plain Python and in pandas. Ours answers from the counts that are kept as children answer,
and does not slow down as the file grows.
"""

from __future__ import annotations

import csv
import statistics
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from datetime import time as clock
from pathlib import Path

import pandas
import time_machine
from flask.testing import FlaskClient
from sqlalchemy import select, text

from kiosk.db import db
from kiosk.people.models import Account
from kiosk.web.serving import collect_garbage_seldom
from tests.bench.furnish import LEAD, NURTURE, TOKEN, furnish
from tests.bench.years import Line, LivedSchool

RUNS = 40
WARM_UP = 3
LOOKED_AT = timedelta(days=30)
EVENING = clock(18)
"""The pages are looked at on the last school day, at this hour."""


@dataclass(frozen=True)
class Page:
    """A page under measurement."""

    name: str
    address: str
    bar: int
    """Milliseconds within which the 95th percentile of its answers has to be, in a school of 2,000 pupils."""
    who: str = NURTURE
    """Who looks."""
    is_feed: bool = False
    """Whether a program of the school reads it."""


def pages_of(school: LivedSchool) -> list[Page]:
    """Every page, paper and file of patterns, and what the school's own programs read."""
    furnish(school)
    pupil, room = school.pupil_ids[len(school.pupil_ids) // 2], school.class_ids[0]
    one_child, one_class = f"/patterns/children/{pupil}", f"class-{room}"
    return [
        Page("today", "/patterns/", 50),
        Page("today, one class", "/patterns/?class=Class+1", 50),
        Page("heat map and chart of the school, 12 weeks", "/patterns/school", 50),
        Page("heat map and chart of the school, the year", "/patterns/school?period=year", 150),
        Page("heat map and chart of the school, 30 days", "/patterns/school?period=days", 50),
        Page("heat map and chart of one class, 12 weeks", f"/patterns/school?group={one_class}", 150),
        Page("heat map and chart of one class, the year", f"/patterns/school?group={one_class}&period=year", 150),
        Page("heat map and chart of a year group, 12 weeks", "/patterns/school?group=year-0", 150),
        Page("a house by weeks, the year", "/patterns/school?group=house-House+1&period=year", 150),
        Page("a list by weeks, the year", "/patterns/school?group=list-1&period=year", 150),
        Page("lists", "/patterns/lists", 150),
        Page("one list", "/patterns/lists/1", 150),
        Page("one child, 12 weeks", one_child, 150),
        Page("one child, 30 days", f"{one_child}?period=days", 150),
        Page("one child, the school year", f"{one_child}?period=year", 150),
        Page("one child, paper for parents", f"{one_child}?paper=parents", 150),
        Page("one child, paper for the team", f"{one_child}?paper=team", 150),
        Page("every child by class", "/patterns/children/", 150),
        Page("different from usual, the list made before", "/patterns/different", 150),
        Page("how different from usual is made", "/patterns/different/method", 150),
        Page("silence and connections", "/patterns/connections", 150),
        Page("who is named by whom, the school", "/patterns/connections/map", 150),
        Page("who is named by whom, one class", f"/patterns/connections/map?class={room}", 150),
        Page("who is named by whom, one adult", "/patterns/connections/map?adult=1", 150),
        Page("a friendly hello", "/patterns/hello", 150),
        Page("a spreadsheet of the school, the year", "/patterns/school/export.xlsx?period=year", 150),
        Page("CSV of one class, the year", f"/patterns/school/export.csv?group={one_class}&period=year", 150),
        Page("a spreadsheet of one child, the year", f"{one_child}/export.xlsx?period=year", 150),
        Page("a spreadsheet of the weekly list", "/patterns/different/export.xlsx", 150),
        Page("a spreadsheet of silence and connections", "/patterns/connections/export.xlsx", 150),
        Page("a child's chronology", f"{one_child}/chronology.csv", 150, who=LEAD),
        Page("for other programs", "/patterns/feeds", 150, who=LEAD),
        Page("a program reads the school", "/feed/school", 150, is_feed=True),
        Page("a program reads one class", f"/feed/classes/{one_class}", 150, is_feed=True),
        Page("a program reads how long children wait", "/feed/waits", 150, is_feed=True),
    ]


@dataclass(frozen=True)
class Took:
    """How long the answers of one page took, in milliseconds."""

    answers: list[float]
    cpu: list[float]
    """Of this process alone: what is left when others are at work on the machine."""
    kilobytes: float

    @property
    def median(self) -> float:
        """The middle one."""
        return statistics.median(self.answers)

    @property
    def p95(self) -> float:
        """The 95th percentile."""
        return statistics.quantiles(self.answers, n=20)[18]


def measure(school: LivedSchool, line: Line) -> None:
    """Print a line for each page, and the heat map of thirty days beside the same from a file."""
    line(f"{_of(school)}: p95 and processor time, ms", "p95", "processor", None)
    with on_the_last_day(school):
        for page in pages_of(school):
            (took,) = in_turn([school], page)
            line(f"  {page.name}, {took.kilobytes:.0f} KB", f"{took.p95:.1f}", f"{min(took.cpu):.1f}", None)
    beside_a_file(school, line)


@contextmanager
def on_the_last_day(school: LivedSchool) -> Iterator[None]:
    """It is the evening of the school's last day; garbage is collected as in a server.

    Pandas brings a million objects along that no server has, and the collector would look at each.
    """
    collect_garbage_seldom()
    with time_machine.travel(datetime.combine(school.last_day, EVENING, UTC)):
        yield


def in_turn(schools: Sequence[LivedSchool], page: Page, runs: int = RUNS) -> list[Took]:
    """Ask several schools for the same page, one after the other again and again."""
    for school in schools:
        furnish(school)
    browsers = [school.app.test_client() if page.is_feed else signed_in(school, page.who) for school in schools]
    headers = {"Authorization": f"Bearer {TOKEN}"} if page.is_feed else {}
    taken = [Took([], [], 0) for _ in schools]
    for run in range(runs + WARM_UP):
        for at, browser in enumerate(browsers):
            schools[at].app.extensions["limits"].storage.reset()  # how often a program may ask is not measured
            start, cpu = time.perf_counter(), time.process_time()
            answer = browser.get(page.address, headers=headers)
            size = len(answer.get_data())
            took, spent = time.perf_counter() - start, time.process_time() - cpu
            if answer.status_code != 200:
                raise RuntimeError(f"{page.address} answered {answer.status_code}.")
            if run >= WARM_UP:
                taken[at].answers.append(1000 * took)
                taken[at].cpu.append(1000 * spent)
            taken[at] = replace(taken[at], kilobytes=size / 1000)
    return taken


def _of(school: LivedSchool) -> str:
    with school.app.app_context():
        total = db.session.execute(text("SELECT count(*) FROM check_in")).scalar_one()
        db.session.remove()
    return f"{len(school.pupil_ids)} pupils, {total:,} check-ins"


def beside_a_file(school: LivedSchool, line: Line, runs: int = 3) -> None:
    """Weekday and hour over thirty days, from the counts and from a file of every row."""
    from kiosk.patterns.figures.periods import Period
    from kiosk.patterns.school.store import _of_whole

    first = school.last_day - LOOKED_AT
    period = Period("bench", "", first, school.last_day)
    with tempfile.TemporaryDirectory() as folder, school.app.app_context():
        file = Path(folder) / "check_ins.csv"
        _write(file)

        def ours() -> object:
            counts = _of_whole(period, school.last_day + timedelta(days=1)).counts
            db.session.remove()
            return sum(map(sum, counts.values()))

        mine, expected = _timed(ours, RUNS)
        asked: dict[str, Callable[[], object]] = {
            "plain Python": lambda: _plain(file, first),
            "pandas": lambda: _pandas(file, first),
        }
        for name, ask in asked.items():
            theirs, found = _timed(ask, runs)
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


def signed_in(school: LivedSchool, who: str = NURTURE) -> FlaskClient:
    """A browser of somebody who may see every child."""
    with school.app.app_context():
        account = db.session.scalars(select(Account).where(Account.email == who)).one()
        key = account.fs_uniquifier
        db.session.remove()
    browser = school.app.test_client()
    with browser.session_transaction() as session:
        session.update(_user_id=key, _fresh=True, _permanent=True)
    return browser
