"""Mrs Ali is in, with no board open and no phone: it is said on her own board, and to those who can help her."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select, update

from kiosk.alerts import channels
from kiosk.audit import KEYBOARD, AuditEvent
from kiosk.chats.store import tick
from kiosk.db import db, writing
from kiosk.people.models import Account, Pupil
from kiosk.school.store import local_now
from tests.cast import School
from tests.client import LintingClient, lint
from tests.pushes import PushService
from tests.web.board import ask

SignIn = Callable[[str], LintingClient]
ON_MY_BOARD = "You hear of a request only while this page is open"


def words_of(browser: LintingClient, address: str) -> str:
    page = lint(browser.get(address).get_data(as_text=True)).find(".//main")
    assert page is not None
    return " ".join(" ".join(page.itertext()).split())


def test_ones_own_board_says_so_until_there_is_a_phone(app: Flask, school: School, signed_in: SignIn) -> None:
    ali = signed_in("ali")
    assert ON_MY_BOARD in words_of(ali, "/staff/")
    with app.app_context():
        channels.add_phone(school.adults["ali"], PushService(port=9).phone("ali"), "", KEYBOARD)
    assert ON_MY_BOARD not in words_of(ali, "/staff/")


def test_those_who_mark_who_is_in_read_who_it_is(signed_in: SignIn) -> None:
    signed_in("ali").get("/staff/")
    for who in ("novak", "green", "patel"):
        page = words_of(signed_in(who), "/staff/here")
        assert "Nothing tells" in page
        assert "Mr Okafor the blue room By the timetable. No board is open, and no phone" in page
        assert "Mrs Ali Oak classroom By the timetable. No board" not in page, "hers is open"
    assert "Nothing tells" not in words_of(signed_in("shah"), "/staff/here")


@pytest.mark.parametrize(
    ("who", "address"), [("novak", "/staff/todo"), ("green", "/staff/todo"), ("patel", "/admin/")]
)
def test_how_many_they_are_stands_where_one_looks_first(signed_in: SignIn, who: str, address: str) -> None:
    assert "Nothing tells" in words_of(signed_in(who), address)


def test_it_is_nothing_to_do_for_anybody_else(signed_in: SignIn) -> None:
    assert "Nothing tells" not in words_of(signed_in("ali"), "/staff/todo")


class TestAChildWhoLeft:
    """What she had has ended by itself: her board says why, and nobody else's does."""

    @pytest.fixture(autouse=True)
    def amir_has_left(self, app: Flask, client: LintingClient, school: School) -> date:
        ask(client, school, "amir", "ali")
        with app.app_context():
            today = local_now().date()
            with writing() as session:
                session.execute(update(Pupil).where(Pupil.id == school.pupils["amir"]).values(left_on=today))
            tick()
        return today

    def test_her_board_says_it_and_the_look_is_on_record(
        self, app: Flask, school: School, signed_in: SignIn
    ) -> None:
        ali, shah = signed_in("ali"), signed_in("shah")
        assert "Amir Khan has left the school: the request has ended." in words_of(ali, "/staff/")
        with app.app_context():
            looks = select(AuditEvent.account_id).where(AuditEvent.name == "board_seen")
            hers = select(Account.id).where(Account.adult_id == school.adults["ali"])
            assert db.session.scalars(looks).all() == [db.session.scalar(hers)]
        assert "has left the school" not in words_of(shah, "/staff/")

    def test_with_names_hidden_it_names_nobody(self, signed_in: SignIn) -> None:
        ali = signed_in("ali")
        ali.post_form("/staff/names", {"hide": "yes"})
        page = words_of(ali, "/staff/")
        assert "A child has left the school: their request has ended." in page
        assert "Amir" not in page
