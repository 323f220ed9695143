"""Room in the safe space: said with one tap, written down, and forgotten overnight."""

from __future__ import annotations

from datetime import datetime

import time_machine
from flask import Flask
from sqlalchemy import func, select

from kiosk.audit import Actor, AuditEvent
from kiosk.db import db
from kiosk.school.models import SafeSpace
from kiosk.school.safe_space import room_in_safe_space, say_safe_space_is
from tests.cast import School

MORNING = datetime.fromisoformat("2026-09-14T09:05:00+01:00")
SAME_DAY_LATE = datetime.fromisoformat("2026-09-14T23:59:00+01:00")
NEXT_DAY = datetime.fromisoformat("2026-09-15T00:01:00+01:00")


def told() -> list[bool]:
    found = db.session.scalars(select(AuditEvent.details).where(AuditEvent.name == "safe_space_switched"))
    return [details["full"] for details in found]


def test_a_new_school_has_room(app: Flask, school: School) -> None:
    with app.app_context():
        assert not room_in_safe_space().is_full


def test_full_and_free_again_with_who_said_so(app: Flask, school: School) -> None:
    novak = Actor(account_id=None, adult_id=school.adults["novak"])
    with app.app_context():
        assert say_safe_space_is(full=True, by=novak)
        assert room_in_safe_space().is_full
        assert db.session.scalars(select(SafeSpace.changed_by_id)).one() == school.adults["novak"]
        assert say_safe_space_is(full=False, by=novak)
        assert not room_in_safe_space().is_full
        assert db.session.scalar(select(func.count()).select_from(SafeSpace)) == 1
        assert told() == [True, False]


def test_saying_the_same_again_changes_and_records_nothing(app: Flask, school: School) -> None:
    novak = Actor(adult_id=school.adults["novak"])
    with app.app_context():
        assert say_safe_space_is(full=True, by=novak)
        assert not say_safe_space_is(full=True, by=novak)
        assert told() == [True]


def test_it_holds_until_midnight_on_the_schools_clock(app: Flask, school: School) -> None:
    with app.app_context():
        with time_machine.travel(MORNING, tick=False):
            say_safe_space_is(full=True, by=Actor(adult_id=school.adults["novak"]))
        with time_machine.travel(SAME_DAY_LATE, tick=False):
            assert room_in_safe_space().is_full
        with time_machine.travel(NEXT_DAY, tick=False):
            assert not room_in_safe_space().is_full
            assert say_safe_space_is(full=True, by=Actor(adult_id=school.adults["novak"]))
            assert room_in_safe_space().is_full
