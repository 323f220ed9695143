"""Telling the safeguarding lead: anybody may, only leads read it, and never whoever it is about."""

from __future__ import annotations

import re
from collections.abc import Callable
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import delete, func, insert, select
from werkzeug.test import TestResponse

from kiosk.alerts.models import Alert
from kiosk.audit import KEYBOARD
from kiosk.chats.models import ChatEvent, Concern
from kiosk.db import db, writing
from kiosk.people.accounts import add_staff
from kiosk.people.models import Account, Role, account_role
from tests.cast import PASSWORD, School
from tests.client import LintingClient
from tests.web.board import ask, look, on_tablet

SignIn = Callable[[str], LintingClient]
NEW = "/staff/concerns/new"
WORRY = "He flinched when the door banged."


@pytest.fixture
def reid(app: Flask, school: School) -> LintingClient:
    """Mr Reid, a deputy safeguarding lead, signed in."""
    with app.app_context():
        account = add_staff("Mr Reid", "reid@hazelwood.example", ["dsl"], KEYBOARD, password=PASSWORD)
        assert account.adult_id is not None
        school.adults["reid"] = account.adult_id
    browser: LintingClient = app.test_client()  # type: ignore[assignment]
    browser.sign_in("reid")
    yield browser
    del school.adults["reid"]


def words_of(answer: TestResponse) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.get_data(as_text=True)).split())


def tell(browser: LintingClient, **filled: object) -> TestResponse:
    return browser.post_form(NEW, {"words": WORRY} | filled, page=NEW)


def concerns(app: Flask) -> list[Concern]:
    with app.app_context():
        return list(db.session.scalars(select(Concern).order_by(Concern.id)))


@pytest.mark.parametrize("who", ["ali", "shah", "novak", "bell", "green"])
def test_every_adult_can_tell(app: Flask, signed_in: SignIn, who: str, reid: LintingClient) -> None:
    answer = tell(signed_in(who))
    assert (answer.status_code, answer.headers["Location"]) == (303, NEW)
    (kept,) = concerns(app)
    assert (kept.words, kept.pupil_id, kept.about_adult_id) == (WORRY, None, None)
    assert WORRY not in words_of(reid.get("/staff/concerns/"))
    assert WORRY in words_of(reid.get(f"/staff/concerns/{kept.id}"))


def test_the_page_says_plainly_what_happens(signed_in: SignIn) -> None:
    page = words_of(signed_in("ali").get(NEW))
    assert "Mrs Green will see what you write, and that it comes from you." in page
    assert "The person it is about is never told by Treetops and cannot see it." in page
    assert "Do not wait for a screen." in page


def test_whoever_told_learns_that_it_was_received_and_seen(app: Flask, signed_in: SignIn, school: School) -> None:
    ali, green = signed_in("ali"), signed_in("green")
    tell(ali)
    assert "Mrs Green has not seen it yet" in words_of(ali.get(NEW))
    green.get(f"/staff/concerns/{concerns(app)[0].id}")
    assert "Mrs Green has seen it" in words_of(ali.get(NEW))
    assert WORRY not in words_of(ali.get(NEW))
    assert "What you told before" not in words_of(signed_in("shah").get(NEW))


@pytest.mark.parametrize("who", ["ali", "okafor", "novak", "bell", "patel"])
def test_nobody_but_leads_reads_it(app: Flask, signed_in: SignIn, who: str) -> None:
    tell(signed_in("shah"))
    browser = signed_in(who)
    for address in ("/staff/concerns/", f"/staff/concerns/{concerns(app)[0].id}"):
        assert browser.get(address).status_code == 403


def test_a_lead_it_is_about_finds_nothing_of_it(
    app: Flask, signed_in: SignIn, school: School, reid: LintingClient
) -> None:
    green = signed_in("green")
    before = {address: words_of(green.get(address)) for address in ("/staff/", "/staff/todo", "/staff/concerns/")}
    tell(signed_in("ali"), about=str(school.adults["green"]))
    (kept,) = concerns(app)
    for address, words in before.items():
        assert words_of(green.get(address)) == words
    assert green.get(f"/staff/concerns/{kept.id}").status_code == 404
    assert green.post_form(f"/staff/concerns/{kept.id}", {"done": "Nothing"}).status_code == 404
    page = words_of(reid.get(f"/staff/concerns/{kept.id}"))
    assert "About Mrs Green , who is not told of it" in page


def test_an_adult_it_is_about_finds_nothing_of_it(
    client: LintingClient, app: Flask, signed_in: SignIn, school: School
) -> None:
    chat = ask(client, school, "amir", "ali")
    ali = signed_in("ali")
    addresses = ("/staff/", "/staff/todo", NEW, f"/staff/children/{school.pupils['amir']}")
    before = [words_of(ali.get(address)) for address in addresses]
    tell(signed_in("novak"), about=str(school.adults["ali"]), chat=chat)
    assert len(concerns(app)) == 1
    assert [words_of(ali.get(address)) for address in addresses] == before


def test_with_nobody_to_tell_it_says_whom_to_go_to_and_keeps_the_words(
    app: Flask, signed_in: SignIn, school: School
) -> None:
    answer = tell(signed_in("ali"), about=str(school.adults["green"]))
    assert answer.status_code == 422
    page = words_of(answer)
    assert "the only safeguarding lead is the one it is about" in page
    assert "head teacher or the chair of governors" in page
    assert WORRY in page
    assert f'value="{school.adults["green"]}" selected' in answer.get_data(as_text=True)
    assert concerns(app) == []


def test_a_button_pressed_twice_tells_once(
    app: Flask, client: LintingClient, signed_in: SignIn, school: School
) -> None:
    novak, chat = signed_in("novak"), ask(client, school, "amir", "ali", cannot_wait=True)
    for _ in range(2):
        assert tell(novak).status_code == 303
    assert len(concerns(app)) == 1
    tell(novak, words="Something else.")
    assert len(concerns(app)) == 2
    address = f"/staff/chats/{chat}/tell-lead"
    for _ in range(2):
        assert novak.post_form(address, {"why": WORRY}, page=address).status_code == 303
    with app.app_context():
        escalated = select(func.count()).select_from(ChatEvent).where(ChatEvent.kind == "escalated")
        assert db.session.scalar(escalated) == 1
        told = select(func.count()).select_from(Alert).where(Alert.reason == "escalated")
        assert db.session.scalar(told) == 1


def test_the_only_lead_is_not_told_that_somebody_else_was(signed_in: SignIn) -> None:
    green = signed_in("green")
    tell(green)
    page = words_of(green.get(NEW))
    assert "Nobody else is told: you are the only safeguarding lead." in page
    assert "has been told" not in page


def test_what_no_lead_has_is_counted_for_whoever_leads_next_and_not_for_who_led_before(
    app: Flask, signed_in: SignIn, school: School
) -> None:
    tell(signed_in("ali"))
    green = signed_in("green")
    assert "To do 1 waiting" in words_of(green.get("/help/"))
    with app.app_context():
        add_staff("Mr Reid", "reid@hazelwood.example", ["dsl"], KEYBOARD, password=PASSWORD)
        with writing() as session:
            session.execute(delete(account_role).where(account_role.c.account_id == account_of(school, "green")))
            adult = select(Role.id).where(Role.name == "adult").scalar_subquery()
            session.execute(insert(account_role).values(account_id=account_of(school, "green"), role_id=adult))
    assert "concern" not in words_of(green.get("/staff/todo"))
    assert "waiting" not in words_of(green.get("/help/"))
    browser: LintingClient = app.test_client()  # type: ignore[assignment]
    browser.sign_in("reid")
    assert "To do 1 waiting" in words_of(browser.get("/help/"))
    assert "A concern you have not read" in words_of(browser.get("/staff/todo"))


def account_of(school: School, who: str) -> int:
    account_id = db.session.scalar(select(Account.id).where(Account.adult_id == school.adults[who]))
    assert account_id is not None
    return account_id


def test_without_words_nothing_is_told(app: Flask, signed_in: SignIn) -> None:
    assert tell(signed_in("ali"), words=" ").status_code == 422
    assert concerns(app) == []


def test_a_child_is_chosen_from_those_who_are_near(app: Flask, signed_in: SignIn, school: School) -> None:
    ali = signed_in("ali")
    page = ali.get(NEW).get_data(as_text=True)
    assert "Amir Khan" in page
    assert "Tomi" not in page
    assert tell(ali, child=str(school.pupils["amir"])).status_code == 303
    assert concerns(app)[0].pupil_id == school.pupils["amir"]
    assert tell(ali, child=str(school.pupils["tomi"])).status_code == 404


def test_out_of_a_talk_it_carries_the_child(
    app: Flask, client: LintingClient, signed_in: SignIn, school: School
) -> None:
    chat, ali = ask(client, school, "amir", "ali"), signed_in("ali")
    look(ali).card("Amir Khan").form("talked").press(ali)
    page = f"/staff/chats/{chat}/outcome"
    answer = ali.post_form(page, {"did": "drew", "then": "tell_lead"}, page=page)
    assert answer.headers["Location"] == f"{NEW}?chat={chat}"
    assert tell(ali, chat=chat).status_code == 303
    (kept,) = concerns(app)
    assert (kept.pupil_id, kept.chat_id is not None) == (school.pupils["amir"], True)
    assert "About Amir Khan, out of a request" in words_of(signed_in("green").get(f"/staff/concerns/{kept.id}"))


def test_a_talk_of_others_carries_nothing(
    app: Flask, client: LintingClient, signed_in: SignIn, school: School
) -> None:
    chat = ask(client, school, "amir", "ali")
    for given in (chat, str(uuid4()), "nonsense"):
        assert tell(signed_in("shah"), chat=given).status_code == 404
    assert concerns(app) == []


def test_a_lead_closes_it_by_saying_what_was_done(app: Flask, signed_in: SignIn) -> None:
    tell(signed_in("ali"))
    green, address = signed_in("green"), f"/staff/concerns/{concerns(app)[0].id}"
    assert green.post_form(address, {"done": " "}, page=address).status_code == 422
    assert green.post_form(address, {"done": "Rang his mother."}, page=address).status_code == 303
    page = words_of(green.get(address))
    assert "Rang his mother." in page
    assert "by Mrs Green" in page
    assert green.post_form(address, {"done": "Again"}).status_code == 422


def test_a_lead_finds_again_what_was_read_and_nobody_else_has_the_way_there(app: Flask, signed_in: SignIn) -> None:
    tell(signed_in("ali"))
    green, address = signed_in("green"), f"/staff/concerns/{concerns(app)[0].id}"
    green.get(address)
    page = green.get("/staff/todo").get_data(as_text=True)
    assert "have not read" not in page
    assert 'href="/staff/concerns/"' in page
    assert address in green.get("/staff/concerns/").get_data(as_text=True)
    for who in ("ali", "novak", "bell"):
        assert '/staff/concerns/"' not in signed_in(who).get("/staff/todo").get_data(as_text=True), who


def test_ones_own_is_closed_by_another(app: Flask, signed_in: SignIn, reid: LintingClient) -> None:
    tell(reid)
    page = words_of(reid.get(f"/staff/concerns/{concerns(app)[0].id}"))
    assert "another safeguarding lead closes it" in page


def test_a_new_one_rings_on_the_leads_board_in_words_that_say_nothing(app: Flask, signed_in: SignIn) -> None:
    ali, green = signed_in("ali"), signed_in("green")
    tell(ali)
    board = green.get("/staff/")
    assert 'data-alert="concern-' in board.get_data(as_text=True)
    assert "Something new waits for you" in words_of(board)
    assert "A concern you have not read" in words_of(green.get("/staff/todo"))
    assert "To do 1 waiting" in words_of(green.get("/help/"))
    assert "Something new" not in words_of(ali.get("/staff/"))
    green.get(f"/staff/concerns/{concerns(app)[0].id}")
    assert "Something new" not in words_of(green.get("/staff/"))


def test_a_second_one_rings_also_while_the_first_is_unread(app: Flask, signed_in: SignIn) -> None:
    ali, green = signed_in("ali"), signed_in("green")
    rings = []
    for words in ("One worry.", "Another worry."):
        tell(ali, words=words)
        rings += re.findall(r'data-alert="(concern-[0-9]+)"', green.get("/staff/").get_data(as_text=True))
    first, second = rings
    assert first != second


def test_an_open_request_is_given_to_the_lead_with_a_reason_that_only_leads_read(
    app: Flask, client: LintingClient, signed_in: SignIn, school: School
) -> None:
    chat, ali = ask(client, school, "amir", "ali"), signed_in("ali")
    assert f"/staff/chats/{chat}/tell-lead" in ali.get("/staff/").get_data(as_text=True)
    address = f"/staff/chats/{chat}/tell-lead"
    assert "The request of Amir Khan goes to the safeguarding lead" in words_of(ali.get(address))
    assert ali.post_form(address, {"why": " "}, page=address).status_code == 422
    assert ali.post_form(address, {"why": WORRY}, page=address).status_code == 303
    card = look(signed_in("green")).card("Amir Khan")
    assert (card.section, card.rings) == ("mine", True)
    assert WORRY in card.words
    for other in (ali, signed_in("novak")):
        assert WORRY not in look(other).words
    assert (
        "The safeguarding lead was told: it is with Mrs Green, no answer yet" in look(ali).card("Amir Khan").words
    )
    assert on_tablet(client, school, chat)["state"] == "asked"


def test_a_reason_about_an_adult_becomes_a_concern_that_they_cannot_read(
    app: Flask, client: LintingClient, signed_in: SignIn, school: School, reid: LintingClient
) -> None:
    chat = ask(client, school, "amir", "ali")
    address = f"/staff/chats/{chat}/tell-lead"
    novak = signed_in("novak")
    novak.post_form(address, {"why": WORRY, "about": str(school.adults["green"])}, page=address)
    (kept,) = concerns(app)
    assert WORRY in words_of(reid.get(f"/staff/concerns/{kept.id}"))
    green = signed_in("green")
    assert green.get(f"/staff/concerns/{kept.id}").status_code == 404
    assert WORRY not in green.get("/staff/").get_data(as_text=True)
    seen = look(green).card("Amir Khan").words
    assert "Handed over to Mr Reid, no answer yet" in seen
    assert "lead was told" not in seen, "told of, with no reason to read, she would know whom it is about"


def test_who_may_not_see_the_request_cannot_give_it(
    client: LintingClient, signed_in: SignIn, school: School
) -> None:
    chat, shah = ask(client, school, "amir", "ali"), signed_in("shah")
    address = f"/staff/chats/{chat}/tell-lead"
    assert shah.get(address).status_code == 404
    assert shah.post_form(address, {"why": WORRY}).status_code == 404


def test_with_no_lead_at_all_the_words_stay(
    app: Flask, client: LintingClient, signed_in: SignIn, school: School
) -> None:
    chat, ali = ask(client, school, "amir", "ali"), signed_in("ali")
    with app.app_context(), writing() as session:
        lead = select(Role.id).where(Role.name == "dsl")
        session.execute(delete(account_role).where(account_role.c.role_id.in_(lead)))
        assert session.scalar(select(func.count()).select_from(Account)) == 7
    address = f"/staff/chats/{chat}/tell-lead"
    answer = ali.post_form(address, {"why": WORRY}, page=address)
    assert answer.status_code == 422
    assert "no other safeguarding lead" in words_of(answer)
    assert WORRY in words_of(answer)
    assert tell(ali).status_code == 422
