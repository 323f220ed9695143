"""A friendly hello: nurture staff ask for it, every adult sees whom to greet, and nobody sees why."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select, update

from kiosk.audit import AuditEvent
from kiosk.db import db, writing
from kiosk.people.models import Pupil
from tests.cast import School
from tests.web.patterns_school import SignIn, oak_answers, words_of

PAGE = "/patterns/hello"


pytestmark = pytest.mark.usefixtures("a_friday")


@pytest.fixture
def asked(app: Flask, school: School, signed_in: SignIn) -> int:
    """Mr Bell has asked for a hello to Amir, who is upset; Amir's id."""
    oak_answers(app, school, "amir", [5] * 5)
    amir = school.pupils["amir"]
    browser = signed_in("bell")
    page = f"/patterns/children/{amir}"
    assert "Ask every adult for a friendly hello this week" in words_of(browser, page)
    assert browser.post_form(f"{PAGE}/{amir}", {"hello": "ask"}, page=page).status_code == 303
    return amir


@pytest.mark.parametrize("who", ["ali", "shah", "novak", "bell", "green", "patel"])
def test_every_adult_sees_the_name_and_nothing_else(signed_in: SignIn, asked: int, who: str) -> None:
    said = words_of(signed_in(who), PAGE).partition("A friendly hello")[2]
    assert "Amir KhanOak" in said
    assert not [word for word in ("Upset", "help", "5", "hard") if word in said.partition("until")[0]]


def test_the_office_leads_there_and_nowhere_else(signed_in: SignIn, asked: int) -> None:
    """The administrator greets children, too, and sees nothing that was felt."""
    browser = signed_in("patel")
    assert f'href="{PAGE}"' in browser.get("/admin/").get_data(as_text=True)
    page = browser.get(PAGE).get_data(as_text=True)
    assert "/patterns/children/" not in page
    assert "/patterns/different" not in page


def test_a_screen_with_hidden_names_asks_the_administrator_first(signed_in: SignIn, asked: int) -> None:
    browser = signed_in("patel")
    browser.set_cookie("treetops_names", "hidden")
    assert "Amir" not in words_of(browser, PAGE)
    turned = browser.post("/staff/names/turned-away", data={"page": PAGE, "csrf_token": browser.csrf(PAGE)})
    assert turned.headers["Location"] == PAGE
    assert "Amir" in words_of(browser, PAGE)


def test_a_child_who_is_left_out_of_patterns_is_not_on_it(signed_in: SignIn, asked: int) -> None:
    browser = signed_in("bell")
    page = f"/patterns/children/{asked}"
    browser.post_form(f"{page}/leave-out", {"why": "His parents object."}, page=page)
    assert "Amir" not in words_of(signed_in("ali"), PAGE)
    again = browser.post_form(f"{PAGE}/{asked}", {"hello": "ask"}, page="/patterns/different")
    assert again.status_code == 404


@pytest.mark.parametrize("who", ["ali", "novak", "patel"])
def test_only_nurture_and_the_lead_decide(signed_in: SignIn, asked: int, who: str) -> None:
    browser = signed_in(who)
    assert browser.post_form(f"{PAGE}/{asked}", {"hello": "stop"}, page="/help/alerts").status_code == 403
    assert "Take off" not in browser.get(PAGE).get_data(as_text=True)
    assert "Amir" in words_of(signed_in("green"), PAGE)


def test_it_ends_after_a_week(signed_in: SignIn, asked: int, a_friday: time_machine.Coordinates) -> None:
    a_friday.shift(timedelta(days=7))
    assert "Amir" in words_of(signed_in("ali"), PAGE)
    a_friday.shift(timedelta(days=1))
    assert "Nobody in particular this week" in words_of(signed_in("ali"), PAGE)


def test_asking_again_makes_it_longer_and_it_can_be_ended(
    signed_in: SignIn, asked: int, a_friday: time_machine.Coordinates
) -> None:
    a_friday.shift(timedelta(days=5))
    browser = signed_in("green")
    page = f"/patterns/children/{asked}"
    assert "On the friendly-hello list until Friday 27 November" in words_of(browser, page)
    browser.post_form(f"{PAGE}/{asked}", {"hello": "ask"}, page=page)
    assert "until Wednesday 2 December" in words_of(browser, PAGE)
    browser.post_form(f"{PAGE}/{asked}", {"hello": "stop"}, page=PAGE)
    assert "Amir" not in words_of(browser, PAGE).partition("A friendly hello")[2]


def test_who_has_left_or_never_was_is_not_greeted(app: Flask, signed_in: SignIn, asked: int) -> None:
    with app.app_context(), writing() as session:
        session.execute(update(Pupil).where(Pupil.id == asked).values(left_on=date(2026, 11, 20)))
    browser = signed_in("bell")
    assert "Amir" not in words_of(browser, PAGE)
    for id_ in (asked, 999, "x"):
        assert browser.post_form(f"{PAGE}/{id_}", {"hello": "ask"}, page="/patterns/different").status_code == 404


def test_asking_and_looking_are_recorded(app: Flask, signed_in: SignIn, asked: int) -> None:
    words_of(signed_in("ali"), PAGE)
    with app.app_context():
        rows = db.session.execute(
            select(AuditEvent.name, AuditEvent.pupil_id, AuditEvent.details)
            .where(AuditEvent.name.like("hello_%"))
            .order_by(AuditEvent.id)
        ).all()
    assert [tuple(row) for row in rows] == [
        ("hello_asked_for", asked, {"last_day": "2026-11-27"}),
        ("hello_seen", None, {"pupils": [asked]}),
    ]
