"""``make bench``: prints the table. Ratios are what counts: absolute times differ from machine to machine."""

from __future__ import annotations

import argparse
import http.client
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from itertools import cycle, islice
from pathlib import Path

from tests.bench.boards import Boards
from tests.bench.paints import measure_paints
from tests.bench.patterns import measure
from tests.bench.school import BenchSchool, make_school
from tests.bench.servers import free_port, resident_megabytes, running
from tests.bench.ten_years import measure_ten_years
from tests.bench.writes import measure_writes
from tests.bench.years import live

WARM_UP = 100
TAPS = 1_000
TABLETS = 8
TAPS_EACH = 150
RINGS = 30
PUPILS = 240
YEARS = (1, 3)
"""What a page costs must not grow with them."""
END_OF_A_SCHOOL_YEAR = date(2026, 7, 17)
"""So that "this school year" is a whole one, of one answer a day: 45,600 of them."""
BOARDS = (1, 50, 300)
ON_DUTY = 30
"""Adults who are told of the same request; each has several boards open (a phone, a classroom PC …)."""


@dataclass
class Tablet:
    """A device that keeps its connection open."""

    port: int
    headers: dict[str, str]
    address: str = "/tablet/check-ins"

    def __post_init__(self) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", self.port)

    def send(self, body: bytes) -> float:
        """Send one entry; seconds until it is on disk and answered."""
        start = time.perf_counter()
        self._connection.request("POST", self.address, body, self.headers)
        answer = self._connection.getresponse()
        answer.read()
        took = time.perf_counter() - start
        if answer.status != 201:
            raise RuntimeError(f"Answered {answer.status} instead of 201.")
        return took


def main() -> None:
    """Measure and print."""
    asked = _arguments()
    if asked.ten_years:
        with tempfile.TemporaryDirectory(prefix="treetops-bench-", dir=_disk()) as folder:
            measure_ten_years(asked.keep or Path(folder), _line)
        return
    with (
        tempfile.TemporaryDirectory(prefix="treetops-bench-", dir=_disk()) as folder,
        _servers(Path(folder)) as run,
    ):
        print(f"{'what':<62}{'ours':>15}{'floor':>15}{'ratio':>8}", flush=True)
        slow_tablet(run)
        one_tap(run)
        eight_tablets(run)
        doorbells(run)
    with tempfile.TemporaryDirectory(prefix="treetops-bench-", dir=_disk()) as folder:
        for years in YEARS:
            measure(live(Path(folder) / f"{years}", PUPILS, years), _line)
        once = live(Path(folder) / "once a day", PUPILS, 1, a_day=1, until=END_OF_A_SCHOOL_YEAR)
        measure(once, _line)
        measure_writes(once, live(Path(folder) / "bare", PUPILS, 1, a_day=1), _line)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--ten-years", action="store_true", help="2,000 pupils over ten years, on both databases")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="build the ten years there, or find them")
    return parser.parse_args()


@dataclass
class Run:
    """Both servers of one run, and the school in ours."""

    school: BenchSchool
    ours: int
    floor: int
    memory: Callable[[], tuple[float, float]]

    def tablet(self, *, floor: bool = False, address: str = "/tablet/check-ins") -> Tablet:
        """A paired device."""
        headers = {"Content-Type": "application/json"} | self.school.cast.bearer()
        return Tablet(self.floor if floor else self.ours, headers, address)


def slow_tablet(run: Run) -> None:
    """From a child's tap to the next picture, on a tablet a sixth as fast as this machine."""
    measure_paints(f"http://127.0.0.1:{run.ours}", run.school.cast.oak_token, _line)


def one_tap(run: Run) -> None:
    """One check-in at a time, ours and the floor in turn."""
    ours, floor = _in_turn(run, TAPS)
    _row("one check-in, median", _ms(statistics.median(ours)), _ms(statistics.median(floor)), ours, floor)


def eight_tablets(run: Run) -> None:
    """Eight tablets without a pause: how far the slowest is from the usual."""
    ours, ours_rate = _together(run, floor=False)
    floor, floor_rate = _together(run, floor=True)
    _line("8 tablets at once, check-ins a second", f"{ours_rate:.0f}", f"{floor_rate:.0f}", floor_rate / ours_rate)
    _line(
        "8 tablets at once, 99th percentile / median",
        f"{_p99(ours) / statistics.median(ours):.1f} x",
        f"{_p99(floor) / statistics.median(floor):.1f} x",
        None,
    )


def doorbells(run: Run) -> None:
    """From the tap to the last board that hears of it; and whether a check-in waits behind open boards."""
    alone = run.memory()
    for count in BOARDS:
        boards = Boards(run.ours, list(islice(cycle(run.school.cookies), count)))
        asking = run.tablet(address="/tablet/chats")
        heard: list[float] = []
        asked: list[float] = []
        for _ in range(RINGS):
            start = time.monotonic()
            asked.append(asking.send(run.school.request()))
            heard += [at - start for at in boards.hear()]
        _line(
            f"request to doorbell, {count} open boards, median (99th) ms",
            f"{_ms(statistics.median(heard))} ({_ms(_p99(heard))})",
            f"{_ms(statistics.median(asked))}",
            statistics.median(heard) / statistics.median(asked),
        )
        if count == BOARDS[-1]:
            ours, floor = _in_turn(run, TAPS // 2)
            name = f"one check-in with {count} open boards, median"
            _row(name, _ms(statistics.median(ours)), _ms(statistics.median(floor)), ours, floor)
            full = run.memory()
            _line(
                f"memory, MB ({count} boards; alone {alone[0]:.0f})",
                f"{full[0]:.0f}",
                f"{full[1]:.0f}",
                full[0] / full[1],
            )
        boards.close()


def _in_turn(run: Run, taps: int) -> tuple[list[float], list[float]]:
    ours, floor = run.tablet(), run.tablet(floor=True)
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(taps + WARM_UP):
        times[0].append(ours.send(run.school.check_in()))
        times[1].append(floor.send(run.school.check_in()))
    return times[0][WARM_UP:], times[1][WARM_UP:]


def _together(run: Run, *, floor: bool) -> tuple[list[float], float]:
    times: list[float] = []

    def tap() -> None:
        tablet = run.tablet(floor=floor)
        mine = [tablet.send(run.school.check_in()) for _ in range(TAPS_EACH)]
        times.extend(mine)

    threads = [threading.Thread(target=tap) for _ in range(TABLETS)]
    start = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if len(times) != TABLETS * TAPS_EACH:
        raise RuntimeError("Some tablets were refused.")
    return times, len(times) / (time.perf_counter() - start)


@contextmanager
def _servers(folder: Path) -> Iterator[Run]:
    school = make_school(folder / "ours", ON_DUTY)
    # Boards that were closed give their places back within seconds, so the next ones need room beside them.
    environ = {"KIOSK_INSTANCE": str(school.folder), "KIOSK_STREAMS": str(sum(BOARDS))}
    (folder / "floor").mkdir()
    ours, floor = free_port(), free_port()
    with (
        running(["-m", "kiosk", "serve", "--port", str(ours)], ours, **environ) as our_process,
        running(["-m", "tests.bench.floor", str(folder / "floor"), str(floor)], floor) as floor_process,
    ):
        yield Run(
            school, ours, floor, lambda: (resident_megabytes(our_process), resident_megabytes(floor_process))
        )


def _row(name: str, ours: str, floor: str, our_times: list[float], floor_times: list[float]) -> None:
    _line(name + " (ms)", ours, floor, statistics.median(our_times) / statistics.median(floor_times))


def _line(name: str, ours: str, floor: str, ratio: float | None) -> None:
    print(f"{name:<62}{ours:>15}{floor:>15}{f'{ratio:.2f}' if ratio is not None else '':>8}", flush=True)


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:.2f}"


def _p99(times: list[float]) -> float:
    return statistics.quantiles(times, n=100)[98]


def _disk() -> str | None:
    """A folder on a real disk: in memory an fsync would cost nothing and every ratio would flatter the floor."""
    return "." if sys.platform == "linux" else None


if __name__ == "__main__":
    main()
