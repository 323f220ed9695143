"""Terms and closures in the database, and what they do to the school's calendar."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select

from kiosk.audit import KEYBOARD, AuditEvent
from kiosk.db import db
from kiosk.school.calendar import Span
from kiosk.school.date_rules import DatesRefused, SchoolSpan
from kiosk.school.dates import NoSuchDates, add_dates, all_dates, close_today, dates_of, remove_dates
from kiosk.school.store import school_calendar

AUTUMN = SchoolSpan("term", Span(date(2026, 9, 2), date(2026, 12, 18), "Autumn term"))
TRAINING = SchoolSpan("closed", Span(date(2026, 11, 2), date(2026, 11, 2), "Training day"))
FRIDAY = date(2026, 11, 20)


@pytest.fixture(autouse=True)
def inside(empty_app: Flask) -> Iterator[None]:
    with empty_app.app_context():
        yield


def events() -> list[tuple[str, dict[str, str]]]:
    return [(row.name, row.details) for row in db.session.scalars(select(AuditEvent).order_by(AuditEvent.id))]


def test_the_calendar_follows_at_once() -> None:
    assert school_calendar().is_school_day(date(2026, 12, 21))
    add_dates(AUTUMN, KEYBOARD)
    add_dates(TRAINING, KEYBOARD)
    assert school_calendar().why_closed(date(2026, 12, 21)) == "holidays"
    assert school_calendar().why_closed(date(2026, 11, 2)) == "Training day"
    assert school_calendar().is_school_day(date(2026, 11, 3))


def test_they_come_back_in_the_order_of_their_days() -> None:
    second, first = add_dates(TRAINING, KEYBOARD), add_dates(AUTUMN, KEYBOARD)
    assert [(kept.id, kept.dates) for kept in all_dates()] == [(first, AUTUMN), (second, TRAINING)]


def test_what_overlaps_is_refused_and_changes_nothing() -> None:
    add_dates(AUTUMN, KEYBOARD)
    with pytest.raises(DatesRefused, match="Autumn term"):
        add_dates(SchoolSpan("term", Span(date(2026, 12, 18), date(2027, 3, 25), "Spring term")), KEYBOARD)
    assert [kept.dates for kept in all_dates()] == [AUTUMN]
    assert [name for name, _details in events()] == ["school_dates_added"]


def test_today_is_closed_with_one_tap_once_and_open_again() -> None:
    closed = close_today(FRIDAY, KEYBOARD)
    assert not school_calendar().is_school_day(FRIDAY)
    with pytest.raises(DatesRefused):
        close_today(FRIDAY, KEYBOARD)
    remove_dates(closed, KEYBOARD)
    assert school_calendar().is_school_day(FRIDAY)


def test_every_change_is_written_down() -> None:
    remove_dates(add_dates(TRAINING, KEYBOARD), KEYBOARD)
    what = {"kind": "closed", "first": "2026-11-02", "last": "2026-11-02", "what": "Training day"}
    assert events() == [("school_dates_added", what), ("school_dates_removed", what)]


@pytest.mark.parametrize("number", [None, 1, 2**31 - 1])
def test_what_is_not_there_cannot_be_removed(number: int | None) -> None:
    with pytest.raises(NoSuchDates):
        remove_dates(number, KEYBOARD)
    with pytest.raises(NoSuchDates):
        dates_of(number)
