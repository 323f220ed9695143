"""Registers brought in at the keyboard: shown first, written at once, the same again changes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import time_machine
from flask import Flask
from sqlalchemy import delete, func, inspect, select

from kiosk.audit import KEYBOARD, AuditEvent
from kiosk.db import db, writing
from kiosk.people.attendance.command import import_attendance
from kiosk.people.attendance.models import Attendance
from kiosk.people.attendance.store import days_away, here_by_day, last_register
from kiosk.people.models import Pupil
from kiosk.school.store import change_setting
from tests.cast import School
from tests.web.patterns_school import FRIDAY

MONDAY, TUESDAY, WEDNESDAY = date(2026, 11, 16), date(2026, 11, 17), date(2026, 11, 18)


@pytest.fixture(autouse=True)
def a_friday(app: Flask, school: School) -> Iterator[None]:
    with time_machine.travel(FRIDAY, tick=False), app.app_context():
        with writing() as session:
            for who, upn in (("amir", "A1"), ("zofia", "A2")):
                pupil = session.get(Pupil, school.pupils[who])
                assert pupil is not None
                pupil.upn = upn
        yield


def bring(tmp_path: Path, content: str, *, apply: bool = True) -> str:
    file = tmp_path / "registers.csv"
    file.write_text("UPN,Date,AM,PM\n" + content, "utf-8")
    said: list[str] = []
    assert import_attendance(file, apply=apply, echo=lambda line: said.append(str(line))) == 0
    return "\n".join(said)


def kept() -> list[tuple[date, int, bool | None, bool | None]]:
    rows = db.session.execute(
        select(Attendance.school_day, Attendance.pupil_id, Attendance.morning, Attendance.afternoon).order_by(
            Attendance.school_day, Attendance.pupil_id
        )
    )
    return [tuple(row) for row in rows]  # type: ignore[misc]


def events() -> list[dict[str, object]]:
    return list(
        db.session.scalars(select(AuditEvent.details).where(AuditEvent.name == "attendance_imported")).all()
    )


def test_it_is_only_shown_until_asked_to_be_written(tmp_path: Path, school: School) -> None:
    said = bring(tmp_path, "A1,16/11/2026,/,I\nX9,16/11/2026,/,/\n", apply=False)
    assert "registers.csv: 1 child, 16/11/2026 to 16/11/2026" in said
    assert "Half-days that are new: 2; changed: 0; known already: 0" in said
    assert "Not on the roster: 1, in 1 rows, which are not taken\n  X9: 1" in said
    assert "give the same command with --apply" in said
    assert (kept(), events()) == ([], [])


def test_it_is_written_once_recorded_and_the_same_again_changes_nothing(tmp_path: Path, school: School) -> None:
    registers = "A1,16/11/2026,/,I\nA2,16/11/2026,M,L\n"
    assert "Done" in bring(tmp_path, registers)
    rows = [(MONDAY, school.pupils["amir"], True, False), (MONDAY, school.pupils["zofia"], False, True)]
    assert kept() == rows
    assert "Nothing has changed" in bring(tmp_path, registers)
    assert kept() == rows
    counts = {"new": 4, "changed": 0, "children": 2}
    assert events() == [{"source": "registers.csv", "counts": counts}]


def test_a_register_that_was_corrected_corrects(tmp_path: Path, school: School) -> None:
    bring(tmp_path, "A1,16/11/2026,N,N\n")
    assert "changed: 1" in bring(tmp_path, "A1,16/11/2026,L,\n")
    assert kept() == [(MONDAY, school.pupils["amir"], True, False)]


def test_why_a_child_was_not_here_is_kept_nowhere(tmp_path: Path) -> None:
    bring(tmp_path, "A1,16/11/2026,I,M\n")
    columns = {column["name"] for column in inspect(db.engine).get_columns("attendance")}
    assert columns == {"school_day", "pupil_id", "morning", "afternoon"}
    assert "'I'" not in str(kept())
    assert "I" not in str(events()[0]["counts"])


def test_who_was_away_for_whole_days(tmp_path: Path, school: School) -> None:
    bring(tmp_path, "A1,16/11/2026,I,I\nA1,17/11/2026,I,\\\nA1,18/11/2026,I,\nA2,16/11/2026,/,\\\n")
    amir = school.pupils["amir"]
    assert days_away([MONDAY, TUESDAY, WEDNESDAY]) == {amir: {MONDAY, WEDNESDAY}}
    assert here_by_day([amir, school.pupils["tomi"]], MONDAY, TUESDAY) == {
        amir: {MONDAY: False, TUESDAY: True},
        school.pupils["tomi"]: {},
    }
    assert last_register(date(2026, 11, 1), TUESDAY) == TUESDAY
    assert last_register(date(2026, 11, 1), date(2026, 11, 15)) is None
    assert days_away([]) == {}


def test_it_goes_with_the_child_and_with_the_years(tmp_path: Path, school: School) -> None:
    bring(tmp_path, "A1,16/11/2026,/,/\nA2,16/11/2026,/,/\n")
    with writing() as session:
        session.execute(delete(Pupil).where(Pupil.id == school.pupils["zofia"]))
    assert [pupil for _day, pupil, _am, _pm in kept()] == [school.pupils["amir"]]
    change_setting("retention_checkins_days", "30", KEYBOARD)
    with time_machine.travel(FRIDAY.replace(month=12, day=31), tick=False):
        bring(tmp_path, "A1,30/12/2026,/,/\n")
    assert [day for day, *_rest in kept()] == [date(2026, 12, 30)]


def test_a_big_school_in_one_go(tmp_path: Path) -> None:
    days = [date(2026, 11, day) for day in range(2, 20)]
    with writing() as session:
        session.add_all(
            Pupil(given_name=f"Child {n}", family_name="", picture="cat-1", upn=f"B{n}") for n in range(200)
        )
    bring(tmp_path, "".join(f"B{n},{day:%d/%m/%Y},/,\\\n" for n in range(200) for day in days))
    assert db.session.scalar(select(func.count()).select_from(Attendance)) == 200 * len(days)
