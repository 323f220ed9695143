"""Mrs Ali promises Amir a regular time, says that they met, and ends it. Mr Shah can do none of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, update
from werkzeug.test import TestResponse

from kiosk.db import db, writing
from kiosk.minding.models import PlannedMeeting, PlannedTime
from kiosk.school.store import local_now
from tests.cast import School
from tests.client import LintingClient, lint
from tests.web.children import looks, page_of, read, said

SignIn = Callable[[str], LintingClient]


@pytest.fixture
def today(app: Flask) -> date:
    with app.app_context():
        return local_now().date()


def plan(browser: LintingClient, school: School, today: date, **fields: Any) -> TestResponse:
    form = {
        "adult": str(school.adults["ali"]),
        "weekday": str(today.weekday()),
        "at": "23:59",
        "how": "draw",
        "first_day": today.isoformat(),
    }
    return browser.post_form(page_of(school, "amir", "/time"), form | fields, page="/help/")


def say(browser: LintingClient, day: date, became: str, **fields: str) -> TestResponse:
    form = {"day": day.isoformat(), "became": became, **fields}
    return browser.post_form("/staff/planned/1/became", form, page="/help/")


def became(app: Flask) -> list[tuple[date, str, str | None]]:
    with app.app_context():
        rows = db.session.execute(select(PlannedMeeting.day, PlannedMeeting.became, PlannedMeeting.why))
        return [(day, how, why) for day, how, why in rows]


def test_what_is_promised_stands_on_the_childs_page(school: School, signed_in: SignIn, today: date) -> None:
    ali = signed_in("ali")
    assert plan(ali, school, today).status_code == 303
    page = read(ali, page_of(school))
    assert "s at 23:59, draw together with Mrs Ali" in page
    assert "Today 23:59, Mrs Ali: Later today" in page


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"adult": ""}, "Choose an adult"),
        ({"weekday": ""}, "Choose a day of the week."),
        ({"weekday": "12"}, "Choose a day of the week."),
        ({"at": "half past nine"}, "Choose a time, such as 09:10."),
        ({"at": "09:10+02:00"}, "Choose a time, such as 09:10."),
        ({"how": "fly"}, "Choose what you will do together."),
        ({"first_day": ""}, "Choose the day from which on"),
        ({"first_day": "2020-01-01"}, "Choose today or a later day"),
    ],
)
def test_what_cannot_be_comes_back_with_the_reason_and_as_filled_in(
    school: School, signed_in: SignIn, today: date, fields: dict[str, str], reason: str
) -> None:
    answer = plan(signed_in("ali"), school, today, **fields)
    assert answer.status_code == 422
    page = answer.get_data(as_text=True)
    assert reason in said(page)
    if "how" not in fields:
        chosen = {f.get("name"): f.get("value") for f in lint(page).iter("input") if "checked" in f.attrib}
        assert chosen["how"] == "draw"


def test_we_met_and_not_today_with_a_reason(app: Flask, school: School, signed_in: SignIn, today: date) -> None:
    ali = signed_in("ali")
    plan(ali, school, today)
    say(ali, today, "missed", why="Fire drill")
    assert "Did not happen (Fire drill)" in read(ali, page_of(school))
    answer = say(ali, today, "met")
    assert answer.headers["Location"] == f"{page_of(school)}#planned"
    assert became(app) == [(today, "met", None)]


def test_a_past_day_of_which_nobody_spoke_is_missed_and_can_still_be_mended(
    app: Flask, school: School, signed_in: SignIn, today: date
) -> None:
    ali, last_week = signed_in("ali"), today - timedelta(days=7)
    plan(ali, school, today)
    with app.app_context(), writing() as session:
        session.execute(update(PlannedTime).values(first_day=last_week))
    assert "Missed: nobody said that they met" in read(ali, page_of(school))
    say(ali, last_week, "met")
    assert "Missed" not in read(ali, page_of(school))


def test_ended_it_names_its_last_day_and_is_not_ended_in_the_past(
    school: School, signed_in: SignIn, today: date
) -> None:
    ali = signed_in("ali")
    plan(ali, school, today)
    yesterday = (today - timedelta(days=1)).isoformat()
    ali.post_form("/staff/planned/1/end", {"last_day": yesterday}, page="/help/")
    assert "Choose today or a later day: what has been stays as it was." in read(ali, "/staff/children/")
    ali.post_form("/staff/planned/1/end", {"last_day": today.isoformat()}, page="/help/")
    assert "the last time on" in read(ali, page_of(school))


def test_somebody_who_is_not_near_plans_ends_and_answers_nothing(
    app: Flask, school: School, signed_in: SignIn, today: date
) -> None:
    plan(signed_in("ali"), school, today)
    shah = signed_in("shah")
    assert plan(shah, school, today).status_code == 404
    assert shah.post_form("/staff/planned/1/end", {}, page="/help/").status_code == 404
    assert say(shah, today, "met").status_code == 404
    assert say(signed_in("ali"), today, "perhaps").status_code == 404
    assert became(app) == []


class TestOnTheBoard:
    def test_my_day_stands_on_my_board_and_nobody_elses(
        self, app: Flask, school: School, signed_in: SignIn, today: date
    ) -> None:
        ali = signed_in("ali")
        assert "Today with you" not in read(ali, "/staff/")
        plan(ali, school, today)
        assert "Today with you 23:59 Amir Khan , draw together We met" in read(ali, "/staff/")
        assert "Today with you" not in read(signed_in("novak"), "/staff/")
        (look,) = looks(app, "my_day_seen")
        assert look == (None, {"planned_times": [1]})

    def test_the_child_is_not_named_while_names_are_hidden(
        self, school: School, signed_in: SignIn, today: date
    ) -> None:
        ali = signed_in("ali")
        plan(ali, school, today)
        ali.post_form("/staff/names", {"hide": "yes"})
        page = ali.get("/staff/").get_data(as_text=True)
        assert "A child, draw together" in said(page)
        assert "Amir" not in page

    def test_it_is_answered_there(self, app: Flask, school: School, signed_in: SignIn, today: date) -> None:
        ali, form = signed_in("ali"), {"day": today.isoformat(), "became": "met"}
        plan(ali, school, today)
        answer = ali.post_form("/staff/planned/1/today", form)
        assert answer.headers["Location"] == "/staff/"
        assert "You met" in read(ali, "/staff/")
        assert signed_in("shah").post_form("/staff/planned/1/today", form).status_code == 404
        answer = ali.post_form("/staff/planned/1/today", form | {"day": "2020-01-07"})
        assert answer.status_code == 422
        assert "There was no planned time on this day." in said(answer.get_data(as_text=True))
        assert became(app) == [(today, "met", None)]
