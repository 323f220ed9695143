"""Signing off: in a school that wants it, a second person reads what was written before a request is closed."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask

from kiosk.audit import KEYBOARD
from kiosk.people.accounts import add_staff
from kiosk.school.store import change_setting
from tests.cast import PASSWORD, School
from tests.client import LintingClient
from tests.web.a_talk import state_of, words_of, write
from tests.web.board import ask, look

SignIn = Callable[[str], LintingClient]

pytestmark = pytest.mark.usefixtures("second_person_signs_off")


@pytest.fixture
def second_person_signs_off(app: Flask) -> None:
    """A school in which nobody closes a request alone."""
    with app.app_context():
        change_setting("two_person_close", "yes", KEYBOARD)


def test_a_second_person_signs_off_with_the_outcome_before_them(
    app: Flask, ali: LintingClient, signed_in: SignIn, school: School, talk: str
) -> None:
    write(ali, talk, did=["drew"], helped=["drew"], note="Lions help.")
    assert state_of(app, talk) == "talked"
    green = signed_in("green")
    page = words_of(green.get("/staff/todo"))
    assert "To sign off Amir Khan Mrs Ali talked" in page
    assert "Did: drew together Helped: drew together Lions help." in page
    assert green.post_form(f"/staff/chats/{talk}/sign-off", {}, page="/staff/todo").status_code == 303
    assert state_of(app, talk) == "closed"
    assert "To sign off" not in words_of(green.get("/staff/todo"))


def test_nothing_is_signed_off_before_it_is_written(
    app: Flask, ali: LintingClient, signed_in: SignIn, talk: str
) -> None:
    green = signed_in("green")
    page = green.get("/staff/todo")
    assert "It can be signed off when it is: ask Mrs Ali" in words_of(page)
    assert f"/staff/chats/{talk}/sign-off" not in page.get_data(as_text=True)
    green.post_form(f"/staff/chats/{talk}/sign-off", {}, page="/staff/todo")
    assert "Nothing is written about this talk yet." in words_of(green.get("/staff/todo"))
    assert state_of(app, talk) == "talked"


def test_whoever_talked_cannot_sign_off_and_others_may_not(
    app: Flask, client: LintingClient, signed_in: SignIn, school: School
) -> None:
    chat = ask(client, school, "amir", "ali")
    green = signed_in("green")
    look(green).card("Amir Khan").form("talked").press(green)
    assert "To sign off" not in words_of(green.get("/staff/todo"))
    green.post_form(f"/staff/chats/{chat}/sign-off", {}, page="/staff/todo")
    assert state_of(app, chat) == "talked"
    assert signed_in("novak").post_form(f"/staff/chats/{chat}/sign-off", {}).status_code == 403


def test_a_talk_that_only_its_own_adult_could_sign_off_says_that_it_is_not(
    app: Flask, client: LintingClient, signed_in: SignIn, school: School
) -> None:
    green = signed_in("green")
    chat = ask(client, school, "amir", "ali", cannot_wait=True)
    look(green).card("Amir Khan").form("talked").press(green)
    write(green, chat, note="He drew.")
    assert "not signed off yet" in words_of(green.get("/staff/todo"))
    with app.app_context():
        change_setting("two_person_close", "no", KEYBOARD)
    assert "not signed off yet" not in words_of(green.get("/staff/todo"))


def test_with_a_single_lead_their_own_talk_says_that_it_waits_for_a_second_person(
    app: Flask, client: LintingClient, signed_in: SignIn, school: School
) -> None:
    green = signed_in("green")
    chat = ask(client, school, "amir", "ali", cannot_wait=True)
    look(green).card("Amir Khan").form("talked").press(green)
    assert "Waits for a second person" not in words_of(green.get("/staff/todo")), "it is to be written first"
    write(green, chat, note="He drew.")
    assert "there is no safeguarding lead but you. Ask the office to make a deputy" in words_of(
        green.get("/staff/todo")
    )
    patel = signed_in("patel")
    assert "there are not two safeguarding leads" in words_of(patel.get("/admin/"))
    with app.app_context():
        add_staff("Mr Marsh", "marsh@hazelwood.example", ["dsl"], KEYBOARD, password=PASSWORD)
    assert "Waits for a second person" not in words_of(green.get("/staff/todo"))
    assert "there are not two safeguarding leads" not in words_of(patel.get("/admin/"))
    assert "To sign off Amir Khan Mrs Green talked" in words_of(signed_in("marsh").get("/staff/todo"))
