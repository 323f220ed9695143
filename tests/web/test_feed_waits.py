"""How long children waited, as programs read it: months that are over, five different children, never changed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import delete, select

from kiosk.audit import Actor, AuditEvent
from kiosk.chats.models import Chat
from kiosk.db import db, writing
from kiosk.patterns.models import WaitMonth
from tests.cast import School
from tests.client import LintingClient
from tests.web.feeds import answers, ask_and_meet, asks, oak_children, read, token_for

pytestmark = pytest.mark.usefixtures("open_weekdays")

OCTOBER = datetime(2026, 10, 14, 9, 0, tzinfo=UTC)
LAST_OF_OCTOBER = datetime(2026, 10, 30, 14, 0, tzinfo=UTC)
FIRST_READING = datetime(2026, 11, 9, 9, 0, tzinfo=UTC)


def test_they_are_told_by_month_when_five_different_children_asked(
    app: Flask, client: LintingClient, lead: Actor, school: School, a_friday: time_machine.Coordinates
) -> None:
    children = oak_children(app, school, 5)
    ask_and_meet(app, school, a_friday, OCTOBER, children)
    a_friday.move_to(FIRST_READING)
    told = read(client, "/feed/waits", token_for(app, lead, "waits"))
    assert told["months"] == [
        {
            "month": "2026-10",
            "requests": 5,
            "met_same_day": 5,
            "minutes_to_seen": {"median": 2, "ninetieth": 2},
            "minutes_to_met": {"median": 5, "ninetieth": 5},
            "left_out": {},
        }
    ]
    assert "fewer than 5 different children" in told["left_out"][0]


def test_one_child_who_asked_fifteen_times_is_not_told_of(
    app: Flask, client: LintingClient, lead: Actor, school: School, a_friday: time_machine.Coordinates
) -> None:
    (child,) = oak_children(app, school, 1)
    ask_and_meet(app, school, a_friday, OCTOBER, [child] * 15)
    a_friday.move_to(FIRST_READING)
    assert read(client, "/feed/waits", token_for(app, lead, "waits"))["months"] == []
    with app.app_context():
        kept = db.session.scalars(select(WaitMonth).where(WaitMonth.month == OCTOBER.date().replace(day=1))).one()
        assert (kept.requests, kept.seen_median) == (None, None), "not kept either"


def test_who_was_not_met_the_same_day_is_left_out_with_its_reason(
    app: Flask, client: LintingClient, lead: Actor, school: School, a_friday: time_machine.Coordinates
) -> None:
    *children, slow = oak_children(app, school, 8)
    ask_and_meet(app, school, a_friday, OCTOBER, children)
    with app.app_context():
        asks(school, slow)
    a_friday.move_to(FIRST_READING)
    (month,) = read(client, "/feed/waits", token_for(app, lead, "waits"))["months"]
    assert (month["requests"], month["met_same_day"]) == (8, None)
    assert list(month["left_out"]) == ["met_same_day"]
    assert "fewer than 5 different children" in month["left_out"]["met_same_day"]


def test_the_running_month_says_nothing_and_an_old_request_changes_nothing(
    app: Flask, client: LintingClient, lead: Actor, school: School, a_friday: time_machine.Coordinates
) -> None:
    """Two readings on two days, and before and after one answer: what differs would be about one child."""
    *children, late = oak_children(app, school, 7)
    ask_and_meet(app, school, a_friday, OCTOBER, children)
    a_friday.move_to(LAST_OF_OCTOBER)
    with app.app_context():
        still_open = asks(school, late)
    a_friday.move_to(FIRST_READING)
    token = token_for(app, lead, "waits", days=100)
    first = read(client, "/feed/waits", token)
    with app.app_context():
        answers(school, still_open, "seen", 1)
        answers(school, still_open, "talked", 2)
    assert read(client, "/feed/waits", token) == first
    ask_and_meet(app, school, a_friday, FIRST_READING + timedelta(hours=1), [*children, late])
    assert read(client, "/feed/waits", token) == first, "November is not over"
    a_friday.move_to(datetime(2026, 12, 7, 9, 0, tzinfo=UTC))
    assert read(client, "/feed/waits", token) == first, "and has not been over for a week"
    a_friday.move_to(datetime(2026, 12, 8, 9, 0, tzinfo=UTC))
    october, november = read(client, "/feed/waits", token)["months"]
    assert october == first["months"][0]
    assert november["month"] == "2026-11"


def test_a_child_who_is_erased_leaves_the_months_as_they_are(
    app: Flask, client: LintingClient, lead: Actor, school: School, a_friday: time_machine.Coordinates
) -> None:
    children = oak_children(app, school, 6)
    ask_and_meet(app, school, a_friday, OCTOBER, children)
    a_friday.move_to(FIRST_READING)
    token = token_for(app, lead, "waits")
    before = read(client, "/feed/waits", token)
    with app.app_context(), writing() as session:
        session.execute(delete(Chat).where(Chat.pupil_id == children[0]))
    assert read(client, "/feed/waits", token) == before


def test_a_month_is_not_cut_and_a_year_of_them_is_told(
    app: Flask, client: LintingClient, lead: Actor, school: School, a_friday: time_machine.Coordinates
) -> None:
    children = oak_children(app, school, 5)
    ask_and_meet(app, school, a_friday, datetime(2025, 11, 3, 9, 0, tzinfo=UTC), children)
    ask_and_meet(app, school, a_friday, datetime(2026, 10, 1, 9, 0, tzinfo=UTC), children)
    ask_and_meet(app, school, a_friday, datetime(2026, 10, 30, 9, 0, tzinfo=UTC), children)
    a_friday.move_to(FIRST_READING)
    token = token_for(app, lead, "waits", days=60)
    assert [(one["month"], one["requests"]) for one in read(client, "/feed/waits", token)["months"]] == [
        ("2025-11", 5),
        ("2026-10", 10),
    ]
    a_friday.move_to(datetime(2026, 12, 8, 9, 0, tzinfo=UTC))
    assert [one["month"] for one in read(client, "/feed/waits", token)["months"]] == ["2026-10"]


def test_each_month_is_made_once_and_it_is_written_down(
    app: Flask, client: LintingClient, lead: Actor, school: School, a_friday: time_machine.Coordinates
) -> None:
    token = token_for(app, lead, "waits")
    for _ in range(2):
        read(client, "/feed/waits", token)
    with app.app_context():
        made = db.session.scalars(select(AuditEvent.details).where(AuditEvent.name == "wait_month_made")).all()
        looks = db.session.scalars(select(AuditEvent.details).where(AuditEvent.name == "pattern_exported")).all()
    assert [one["month"] for one in made] == [f"2025-{month}" for month in (11, 12)] + [
        f"2026-{month:02}" for month in range(1, 11)
    ]
    assert looks == [{"view": "connections", "what": ["2025-11", "2026-10"], "form": "feed 1"}] * 2
