"""The office (Ms Patel) runs tablets, accounts and settings, and sees no child's step, request or talk."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from urllib.parse import urldefrag, urljoin
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import event

from kiosk.chats.rules import NewChat
from kiosk.chats.store import ask
from kiosk.db import db, utc_now
from kiosk.feelings.rules import FIRST_WORDS, NewCheckIn
from kiosk.feelings.store import add_check_in
from kiosk.people.tablets import recognise
from tests.cast import School
from tests.client import LintingClient, lint

SignIn = Callable[[str], LintingClient]
PAGES = (
    "/admin/",
    "/admin/tablets",
    "/admin/tablets/invite",
    "/admin/tablets/invited",
    "/admin/tablets/1/remove",
    "/admin/accounts",
    "/admin/accounts/add",
    "/admin/accounts/1/switch-off",
    "/admin/accounts/1/new-password",
    "/admin/settings",
)
ACTS = (
    "/admin/tablets/invite",
    "/admin/tablets/1/remove",
    "/admin/accounts/add",
    "/admin/accounts/1/switch-off",
    "/admin/accounts/1/switch-on",
    "/admin/accounts/1/new-password",
    "/admin/settings/school_name",
)
ABOUT_CHILDREN = ("check_in", "chat", "chat_event", "chat_audience", "alert", "pupil", "high5")


@pytest.fixture
def a_hard_day(app: Flask, school: School) -> None:
    """Amir chose "I need help" and asked for Mrs Ali."""
    with app.app_context():
        tablet = recognise(school.oak_token)
        assert tablet
        key = uuid4()
        add_check_in(NewCheckIn(key, school.pupils["amir"], 5, utc_now()), tablet)
        ask(NewChat(uuid4(), school.pupils["amir"], school.adults["ali"], key, utc_now()), tablet)


@pytest.fixture
def statements(app: Flask) -> Iterator[list[str]]:
    """Everything that is asked of the database from now on."""
    heard: list[str] = []
    with app.app_context():
        engine = db.engine
    listen = ("before_cursor_execute", lambda *said: heard.append(said[2]))
    event.listen(engine, *listen)
    yield heard
    event.remove(engine, *listen)


def walk(browser: LintingClient) -> dict[str, str]:
    """Every page of the office that can be reached by links, and what it says."""
    to_walk, said = set(PAGES), {}
    while to_walk:
        address = to_walk.pop()
        page = browser.get(address, follow_redirects=True).get_data(as_text=True)
        said[address] = page
        tree = lint(page)
        found = {urldefrag(urljoin(address, link.get("href", ""))).url for link in tree.iter("a")}
        to_walk |= {link for link in found if link.startswith("/admin")} - said.keys()
    return said


class TestTheOfficeSeesNoFeelings:
    def test_no_page_names_a_child_a_step_or_a_request(self, signed_in: SignIn, a_hard_day: None) -> None:
        said = walk(signed_in("patel"))
        assert len(said) >= 20
        for address, page in said.items():
            words = " ".join("".join(lint(page).find(".//main").itertext()).split())  # type: ignore[union-attr]
            for private in ("Amir", "Khan", "Zofia", "Nowak", "Tomi", "Adeyemi", *FIRST_WORDS):
                assert not re.search(rf"\b{private}\b", words), f"{address} says {private}"

    def test_no_page_even_asks_the_database_about_a_child(
        self, signed_in: SignIn, a_hard_day: None, statements: list[str]
    ) -> None:
        patel = signed_in("patel")
        statements.clear()
        walk(patel)
        assert len(statements) > 20
        for statement in statements:
            tables = re.findall(r"(?:FROM|JOIN|INTO|UPDATE)\s+\"?(\w+)", statement)
            assert not set(tables) & set(ABOUT_CHILDREN), statement

    def test_the_administrator_is_refused_where_feelings_are(self, signed_in: SignIn, a_hard_day: None) -> None:
        patel = signed_in("patel")
        for address in ("/patterns/", "/staff/", "/staff/board"):
            assert patel.get(address).status_code == 403


class TestNobodyElseMayRunTheOffice:
    @pytest.mark.parametrize("who", ["ali", "novak", "bell", "green"])
    def test_not_an_adult_nor_duty_nor_nurture_nor_the_safeguarding_lead(
        self, app: Flask, signed_in: SignIn, who: str
    ) -> None:
        browser = signed_in(who)
        token = browser.csrf("/help/")
        assert {browser.get(address).status_code for address in PAGES} == {403}
        posted = {browser.post(address, data={"csrf_token": token}).status_code for address in ACTS}
        assert posted == {403}

    def test_not_somebody_signed_out_nor_a_tablet(self, client: LintingClient, school: School) -> None:
        for address in PAGES:
            assert client.get(address).status_code == 303
            assert client.get(address, headers=school.bearer()).status_code == 303

    @pytest.mark.parametrize("address", ACTS)
    def test_no_act_without_the_forms_own_token(self, signed_in: SignIn, address: str) -> None:
        assert signed_in("patel").post(address, data={"value": "Ours", "name": "x"}).status_code == 400


@pytest.mark.parametrize("number", ["0", "999", "-1", "1x", "9" * 40, "%00", "²"])
def test_what_is_not_there_is_not_found(signed_in: SignIn, number: str) -> None:
    patel = signed_in("patel")
    for address in (f"/admin/tablets/{number}/remove", f"/admin/accounts/{number}/switch-off"):
        assert patel.get(address).status_code == 404


def test_a_school_without_a_roster_is_told_how_to_begin(empty_app: Flask) -> None:
    from kiosk.audit import KEYBOARD
    from kiosk.people.accounts import add_staff
    from tests.cast import PASSWORD, email_of

    with empty_app.app_context():
        add_staff("Ms Patel", email_of("patel"), ["admin"], KEYBOARD, password=PASSWORD)
    browser: LintingClient = empty_app.test_client()  # type: ignore[assignment]
    browser.sign_in("patel")
    for address in ("/admin/", "/admin/tablets/invite"):
        assert "kiosk import-roster PATH" in browser.get(address).get_data(as_text=True)
