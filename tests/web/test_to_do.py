"""To do: what is to be followed up and by whom, the planned times of today, and how much waits."""

from __future__ import annotations

from collections.abc import Callable
from datetime import time, timedelta

import time_machine
from flask import Flask
from sqlalchemy import select, update

from kiosk.audit import AuditEvent
from kiosk.db import db, utc_now, writing
from kiosk.minding.models import PlannedTime
from kiosk.people.models import Adult
from kiosk.school.store import local_now
from tests.cast import School
from tests.client import LintingClient
from tests.web.a_talk import words_of, write

SignIn = Callable[[str], LintingClient]


def test_a_follow_up_waits_for_whoever_does_it_and_is_done_with_one_tap(
    app: Flask, ali: LintingClient, signed_in: SignIn, school: School, talk: str
) -> None:
    shah = signed_in("shah")
    assert "Amir" not in words_of(shah.get("/staff/todo"))
    with app.app_context():
        today = local_now().date()
    write(ali, talk, what="Read with him", by=str(school.adults["shah"]), on=today.isoformat())
    page = words_of(shah.get("/staff/todo"))
    assert "To follow up Amir Khan Read with him by today" in page
    assert "To do 1 waiting" in page
    assert "Read with him" not in words_of(ali.get("/staff/todo"))

    assert shah.post_form(f"/staff/chats/{talk}/followed-up", {}, page="/staff/todo").status_code == 303
    page = words_of(shah.get("/staff/todo"))
    assert "Done today Amir Khan" in page
    assert "To follow up" not in page

    shah.post_form(f"/staff/chats/{talk}/not-followed-up", {}, page="/staff/todo")
    assert "To follow up Amir Khan" in words_of(shah.get("/staff/todo"))


def test_a_follow_up_of_yesterday_is_overdue(
    app: Flask, ali: LintingClient, signed_in: SignIn, school: School, talk: str
) -> None:
    with app.app_context():
        today = local_now().date()
    write(ali, talk, what="Read", by=str(school.adults["ali"]), on=today.isoformat())
    with time_machine.travel(utc_now() + timedelta(days=1)):
        assert "Overdue : by yesterday" in words_of(signed_in("ali").get("/staff/todo"))


def test_only_whoever_does_it_may_say_that_it_is_done(
    app: Flask, ali: LintingClient, signed_in: SignIn, school: School, talk: str
) -> None:
    with app.app_context():
        today = local_now().date()
    write(ali, talk, what="Read", by=str(school.adults["shah"]), on=today.isoformat())
    for other in (ali, signed_in("okafor")):
        assert other.post_form(f"/staff/chats/{talk}/followed-up", {}).status_code == 404
    shah = signed_in("shah")
    shah.post_form(f"/staff/chats/{talk}/followed-up", {})
    assert ali.post_form(f"/staff/chats/{talk}/not-followed-up", {}).status_code == 404


def test_what_somebody_who_left_was_to_do_falls_to_the_lead(
    app: Flask, ali: LintingClient, signed_in: SignIn, school: School, talk: str
) -> None:
    green = signed_in("green")
    with app.app_context():
        today = local_now().date()
    write(ali, talk, what="Ring home", by=str(school.adults["shah"]), on=today.isoformat())
    assert "What others follow up Amir Khan Ring home (Mr Shah)" in words_of(green.get("/staff/todo"))
    assert "waiting" not in words_of(green.get("/help/"))
    with app.app_context(), writing() as session:
        session.execute(update(Adult).where(Adult.id == school.adults["shah"]).values(left_on=today))
    page = words_of(green.get("/staff/todo"))
    assert "To follow up Amir Khan Ring home (it was for Mr Shah, who is gone)" in page
    assert "To do 1 waiting" in page
    assert "waiting" not in words_of(ali.get("/help/"))


def test_todays_planned_times_stand_on_it(
    app: Flask, ali: LintingClient, signed_in: SignIn, school: School
) -> None:
    with app.app_context():
        today = local_now().date()
        promised = PlannedTime(
            pupil_id=school.pupils["amir"],
            adult_id=school.adults["ali"],
            weekday=today.weekday(),
            at=time(9, 10),
            first_day=today,
            made_by_id=school.adults["ali"],
            made_at=utc_now(),
        )
        with writing() as session:
            session.add(promised)
    page = words_of(ali.get("/staff/todo"))
    assert "Today with you 09:10 Amir Khan" in page
    assert "Nothing waits for you." not in page
    assert "Amir" not in words_of(signed_in("novak").get("/staff/todo"))
    with app.app_context():
        looks = db.session.scalars(select(AuditEvent.details).where(AuditEvent.name == "my_day_seen"))
        assert [look["planned_times"] for look in looks] == [[1]]


def test_the_number_beside_to_do_leaves_no_trace_of_a_look(app: Flask, ali: LintingClient, talk: str) -> None:
    def looks() -> int:
        with app.app_context():
            return len(db.session.scalars(select(AuditEvent).where(AuditEvent.name == "ended_seen")).all())

    before = looks()
    assert "To do 1 waiting" in words_of(ali.get("/help/"))
    assert looks() == before
