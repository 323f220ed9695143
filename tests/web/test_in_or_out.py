"""Mrs Ali says that she is out today, with one tap. Ms Novak marks a colleague who telephones; Mr Shah cannot."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from xml.etree.ElementTree import Element

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from kiosk.alerts.store import revision_of
from kiosk.audit import KEYBOARD, AuditEvent
from kiosk.db import db
from kiosk.people.presence import colleague
from kiosk.people.rules import Presence
from kiosk.people.store import set_presence
from kiosk.school.calendar import WEEKDAYS
from kiosk.school.store import change_setting, local_now
from tests.cast import School
from tests.client import LintingClient, lint
from tests.web.board import Form, ask, look, read

SignIn = Callable[[str], LintingClient]
HERE, DAYS = "/staff/here", "/staff/days"


def words(element: Element | None) -> str:
    assert element is not None
    return " ".join(" ".join(element.itertext()).replace(" ,", ",").split())


def main_of(answer: TestResponse) -> str:
    return words(lint(answer.get_data(as_text=True)).find(".//main"))


def menu(browser: LintingClient, address: str = "/help/") -> str:
    return words(lint(browser.get(address).get_data(as_text=True)).find(".//details[@class='me']"))


def switch_form(browser: LintingClient, address: str, action: str) -> Form:
    """The one-tap form on a page, with what its button says."""
    page = lint(browser.get(address).get_data(as_text=True))
    (form,) = [form for form in page.iter("form") if form.get("action") == action]
    carried = {i.get("name") or "": i.get("value") or "" for i in form.iter("input")}
    (button,) = form.iter("button")
    return Form(action, carried | {button.get("name") or "": button.get("value") or ""}, set())


def presence(app: Flask, school: School, who: str) -> Presence:
    with app.app_context():
        return colleague(school.adults[who]).presence


class TestMyself:
    def test_the_menu_says_it_and_one_tap_switches_it_on_whatever_page_i_am(
        self, app: Flask, school: School, signed_in: SignIn
    ) -> None:
        ali = signed_in("ali")
        assert "You are in today , by the timetable." in menu(ali).replace("today,", "today ,")
        answer = switch_form(ali, "/help/", "/staff/in-or-out").press(ali)
        assert (answer.status_code, answer.headers["Location"]) == (303, "/help/")
        assert "You are out today" in menu(ali)
        assert presence(app, school, "ali").has_gone(local_day(app))
        switch_form(ali, "/help/", "/staff/in-or-out").press(ali)
        assert presence(app, school, "ali") == Presence(), "the timetable holds again"

    def test_the_board_says_it_and_follows(self, school: School, signed_in: SignIn) -> None:
        ali = signed_in("ali")
        assert "You are in today" in look(ali).words
        answer = switch_form(ali, "/staff/", "/staff/in-or-out/board").press(ali)
        assert answer.headers["Location"] == "/staff/"
        board = look(ali)
        assert "You are out today. Children who ask for you reach somebody who stands in." in board.notice
        assert "You are out today" in board.words

    def test_our_script_gets_the_board_in_place(self, signed_in: SignIn) -> None:
        ali = signed_in("ali")
        form = switch_form(ali, "/staff/", "/staff/in-or-out/board")
        answer = ali.post(form.action, data=form.carried, headers={"X-Treetops-Board": "1"})
        assert answer.status_code == 200
        assert answer.headers["X-Treetops-Board"]
        assert "You are out today" in read(answer).words

    def test_what_waits_reaches_who_stands_in(
        self, client: LintingClient, school: School, signed_in: SignIn
    ) -> None:
        ali = signed_in("ali")
        switch_form(ali, "/staff/", "/staff/in-or-out/board").press(ali)
        ask(client, school, "amir", "ali")
        assert look(signed_in("okafor")).card("Amir Khan").rings

    def test_it_says_why(self, app: Flask, school: School, signed_in: SignIn) -> None:
        ali = signed_in("ali")
        with app.app_context():
            until = local_now().date() + timedelta(days=3)
            set_presence(school.adults["ali"], Presence(away_from=local_now().date(), away_until=until), KEYBOARD)
        assert f"away until {until:%A} {until.day} {until:%B}" in menu(ali)
        assert f"away until {until:%A}" in look(ali).words

    def test_on_a_closed_day_there_is_nothing_to_press(self, app: Flask, signed_in: SignIn) -> None:
        ali = signed_in("ali")
        with app.app_context():
            change_setting("school_days", WEEKDAYS[(local_now().weekday() + 1) % 7], KEYBOARD)
        assert "in-or-out" not in ali.get("/staff/").get_data(as_text=True)
        assert "School is closed today." in look(ali).words

    def test_an_administrator_is_asked_nothing(self, signed_in: SignIn) -> None:
        patel = signed_in("patel")
        assert "You are" not in menu(patel)
        assert patel.post_form("/staff/in-or-out", {"here": "no"}, "/help/").status_code == 403

    @pytest.mark.parametrize(
        "page", ["https://elsewhere.example/", "//elsewhere.example", "/\\elsewhere", "", "x"]
    )
    def test_it_leads_to_no_other_site(self, signed_in: SignIn, page: str) -> None:
        answer = signed_in("ali").post_form("/staff/in-or-out", {"here": "no", "page": page}, "/help/")
        assert answer.headers["Location"] == "/staff/home"


class TestColleagues:
    def test_everybody_sees_who_is_in_and_when_the_others_are_back(
        self, app: Flask, school: School, signed_in: SignIn
    ) -> None:
        with app.app_context():
            today = local_now().date()
            back = today + timedelta(days=1)
            set_presence(school.adults["okafor"], Presence(tapped_on=today, tapped_here=False), KEYBOARD)
        page = main_of(signed_in("shah").get(HERE))
        inside, outside = page.split("Out 1")
        assert "Mrs Ali" in inside
        assert "Mr Okafor" not in inside
        assert f"Mr Okafor the blue room Said today, back on {back:%A}" in outside
        assert "Out today" not in page, "Mr Shah changes nobody's"

    @pytest.mark.parametrize("who", ["novak", "green", "patel"])
    def test_who_answers_the_telephone_marks_a_colleague(
        self, app: Flask, school: School, signed_in: SignIn, who: str
    ) -> None:
        browser = signed_in(who)
        address = f"{HERE}/{school.adults['ali']}"
        with app.app_context():
            before = revision_of(school.adults["ali"])
        answer = switch_form(browser, HERE, address).press(browser)
        assert answer.headers["Location"] == f"{HERE}#adult-{school.adults['ali']}"
        assert "Mrs Ali is out today." in main_of(browser.get(HERE))
        with app.app_context():
            assert revision_of(school.adults["ali"]) > before, "her open board follows"
        switch_form(browser, HERE, address).press(browser)
        assert presence(app, school, "ali") == Presence()

    @pytest.mark.parametrize("who", ["shah", "bell"])
    def test_others_cannot(self, app: Flask, school: School, signed_in: SignIn, who: str) -> None:
        browser, ali = signed_in(who), school.adults["ali"]
        assert browser.post_form(f"{HERE}/{ali}", {"here": "no"}, "/help/").status_code == 403
        assert browser.get(f"{DAYS}/{ali}").status_code == 403
        assert presence(app, school, "ali") == Presence()

    def test_whoever_left_is_not_on_the_list_and_cannot_be_marked(
        self, app: Flask, school: School, signed_in: SignIn
    ) -> None:
        with app.app_context():
            set_presence(school.adults["okafor"], Presence(left_on=local_now().date()), KEYBOARD)
        novak = signed_in("novak")
        assert "Okafor" not in novak.get(HERE).get_data(as_text=True)
        for gone in (school.adults["okafor"], 999, "x", 2**40):
            assert novak.post_form(f"{HERE}/{gone}", {"here": "no"}, "/help/").status_code == 404
            assert novak.get(f"{DAYS}/{gone}").status_code == 404

    def test_with_nobody_on_duty_the_list_says_so(self, app: Flask, school: School, signed_in: SignIn) -> None:
        green = signed_in("green")
        assert "Nobody on duty" not in main_of(green.get(HERE))
        with app.app_context():
            out = Presence(tapped_on=local_now().date(), tapped_here=False)
            set_presence(school.adults["novak"], out, KEYBOARD)
        assert "Nobody on duty in Treetops is in now." in main_of(green.get(HERE))

    def test_who_changed_it_is_written_down(self, app: Flask, school: School, signed_in: SignIn) -> None:
        patel = signed_in("patel")
        patel.post_form(f"{HERE}/{school.adults['ali']}", {"here": "no"}, HERE)
        with app.app_context():
            (event,) = db.session.scalars(select(AuditEvent).where(AuditEvent.name == "availability_changed"))
            assert event.details["adult"] == school.adults["ali"]
            assert event.details["change"]["tapped_here"] is False
            assert event.account_id is not None


def local_day(app: Flask) -> Any:
    with app.app_context():
        return local_now().date()
