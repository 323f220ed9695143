"""What keeping the counts costs a check-in: the same taps into two schools in turn, one without triggers."""

from __future__ import annotations

import statistics
import time
from datetime import UTC, datetime
from uuid import uuid4

from flask.testing import FlaskClient
from sqlalchemy import event

from kiosk.db import db
from tests.bench.bulk import without_counting
from tests.bench.years import TABLET, Line, LivedSchool

TAPS = 400
WARM_UP = 40


def measure_writes(counting: LivedSchool, bare: LivedSchool, line: Line) -> None:
    """Print what a check-in takes with the counts and without, and how many statements one is.

    Args:
        counting: a school as it is.
        bare: one just like it, whose triggers are taken off here, for good.
        line: prints.
    """
    with bare.app.app_context():
        without_counting()
    schools = [(school, school.app.test_client()) for school in (counting, bare)]
    took: tuple[list[float], list[float]] = ([], [])
    for tap in range(TAPS + WARM_UP):
        for (school, tablet), times in zip(schools, took, strict=True):
            start = time.perf_counter()
            _tap(tablet, school.pupil_ids[tap % len(school.pupil_ids)])
            if tap >= WARM_UP:
                times.append(1000 * (time.perf_counter() - start))
    mine, theirs = statistics.median(took[0]), statistics.median(took[1])
    name = f"one check-in with the counts and without, {_kind(counting)} (ms)"
    line(name, f"{mine:.2f}", f"{theirs:.2f}", mine / theirs)
    line("  statements of one check-in", str(_statements(*schools[0])), "", None)


def _tap(tablet: FlaskClient, pupil_id: int) -> None:
    entry = {"id": str(uuid4()), "pupil": str(pupil_id), "step": 3, "felt_at": datetime.now(UTC).isoformat()}
    answer = tablet.post("/tablet/check-ins", json=entry, headers={"Authorization": f"Bearer {TABLET}"})
    if answer.status_code != 201:
        raise RuntimeError(f"Answered {answer.status_code} instead of 201: {answer.get_data(as_text=True)}")


def _statements(school: LivedSchool, tablet: FlaskClient) -> int:
    said: list[str] = []
    with school.app.app_context():
        engine = db.engine

    def heard(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        said.append(statement)

    event.listen(engine, "before_cursor_execute", heard)
    _tap(tablet, school.pupil_ids[0])
    event.remove(engine, "before_cursor_execute", heard)
    return len(said)


def _kind(school: LivedSchool) -> str:
    with school.app.app_context():
        return "SQLite" if db.engine.dialect.name == "sqlite" else "PostgreSQL"
