"""Figures that stand once they are made are made by whoever asks first, and whoever asks at once finds them."""

from __future__ import annotations

import threading
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from kiosk.db import db, utc_now
from kiosk.patterns.models import WaitMonth
from kiosk.patterns.once import see_to

OCTOBER, NOVEMBER = date(2026, 10, 1), date(2026, 11, 1)


def make(month: date) -> None:
    session = db.session()
    session.add(WaitMonth(month=month, made_at=utc_now()))
    session.flush()


def months() -> list[date]:
    return list(db.session.scalars(select(WaitMonth.month).order_by(WaitMonth.month)))


def test_what_is_made_stands_and_only_the_rest_is_made(app: Flask) -> None:
    made: list[date] = []

    def make_and_note(month: date) -> None:
        made.append(month)
        make(month)

    with app.app_context():
        see_to(WaitMonth.month, [OCTOBER], make_and_note)
        see_to(WaitMonth.month, [NOVEMBER, OCTOBER], make_and_note)
        see_to(WaitMonth.month, [], make_and_note)
        assert made == months() == [OCTOBER, NOVEMBER]


def test_two_who_ask_at_once_both_find_it(app: Flask) -> None:
    with app.app_context():
        one_writer = db.engine.dialect.name == "sqlite"
    both = threading.Barrier(2)
    found: list[list[date]] = []

    def make_amid_the_other(month: date) -> None:
        if not one_writer:  # both are past the look whether it is there, and the second must bear the first's row
            both.wait(timeout=10)
        make(month)

    def run() -> None:
        with app.app_context():
            see_to(WaitMonth.month, [OCTOBER], make_amid_the_other)
            found.append(months())

    askers = [threading.Thread(target=run) for _ in range(2)]
    for asker in askers:
        asker.start()
    for asker in askers:
        asker.join()
    assert found == [[OCTOBER], [OCTOBER]]


def test_what_else_the_database_refuses_is_not_taken_for_it(app: Flask) -> None:
    def make_without_a_time(month: date) -> None:
        session = db.session()
        session.add(WaitMonth(month=month))
        session.flush()

    with app.app_context():
        with pytest.raises(IntegrityError):
            see_to(WaitMonth.month, [OCTOBER], make_without_a_time)
        assert months() == []
