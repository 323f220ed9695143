"""Weeks of answers for tests of pattern pages: a Friday in November, and what children said before it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

from flask import Flask
from sqlalchemy import insert

from kiosk.audit import KEYBOARD
from kiosk.db import writing
from kiosk.feelings.models import CheckIn
from kiosk.feelings.store import current_scale
from kiosk.people.models import Enrolment, Pupil, SchoolClass
from kiosk.school.store import change_setting
from tests.cast import School
from tests.client import LintingClient, lint

FRIDAY = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
TODAY = FRIDAY.date()
SignIn = Callable[[str], LintingClient]


def open_on_weekdays() -> None:
    """School as most schools have it."""
    change_setting("school_days", "mon-fri", KEYBOARD)
    change_setting("school_hours", "08:30-15:30", KEYBOARD)


def weekdays_before(day: date, number: int) -> list[date]:
    """So many weekdays before a date, oldest first."""
    back = (day - timedelta(days=ago) for ago in range(1, 3 * number))
    return [each for each in back if each.weekday() < 5][:number][::-1]


def answered(
    pupil_id: int, class_id: int, intensities: Sequence[int | None], until: date = TODAY, hour: int = 9
) -> None:
    """A child answers once a school day, the last time on the weekday before ``until``; nothing is no answer."""
    scale = current_scale()
    rows = []
    for day, intensity in zip(weekdays_before(until, len(intensities)), intensities, strict=True):
        if intensity is None:
            continue
        at = datetime(day.year, day.month, day.day, hour, 5, tzinfo=UTC)
        rows.append(
            {
                "key": uuid4(),
                "pupil_id": pupil_id,
                "scale_version_id": scale.id,
                "step": intensity,
                "intensity": intensity,
                "felt_at": at,
                "received_at": at,
                "school_day": day,
                "hour": hour,
                "class_id": class_id,
                "clock_odd": False,
            }
        )
    with writing() as session:
        session.execute(insert(CheckIn), rows)


def add_children(class_id: int, names: Sequence[str]) -> list[int]:
    """More children for a class; their ids."""
    ids = []
    with writing() as session:
        for name in names:
            pupil = Pupil(given_name=name, family_name="", picture="cat-1")
            session.add(pupil)
            session.flush()
            session.add(Enrolment(pupil_id=pupil.id, class_id=class_id, home=True))
            ids.append(pupil.id)
    return ids


def add_class(name: str, year: str | None = None) -> int:
    """Another class; its id."""
    with writing() as session:
        room = SchoolClass(name=name, year=year)
        session.add(room)
        session.flush()
        return room.id


def oak_answers(app: Flask, school: School, who: str, intensities: Sequence[int | None]) -> None:
    """A child of Oak answers; see :func:`answered`."""
    with app.app_context():
        answered(school.pupils[who], school.classes["oak"], intensities)


def words_of(client: LintingClient, address: str, status: int = 200) -> str:
    """The text of a page, after it was checked."""
    answer = client.get(address)
    assert answer.status_code == status, answer.status
    return " ".join("".join(lint(answer.get_data(as_text=True)).itertext()).split())
