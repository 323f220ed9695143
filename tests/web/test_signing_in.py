"""Signing in says in one sentence what is wrong, tires guessers, leads only to our pages, and ends by a button."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select, update

from kiosk.audit import AuditEvent
from kiosk.db import db, writing
from kiosk.people.models import Account
from tests.cast import PASSWORD, email_of
from tests.client import LintingClient

SignIn = Callable[[str], LintingClient]
PAGE = "/staff/sign-in"
SENTENCE = "That e-mail address and password do not go together."
ELSEWHERE = [
    "//evil.example/",
    "/\\evil.example",
    "\\\\evil.example",
    "https://evil.example/",
    "http:evil.example",
    "/\t/evil.example",
    " //evil.example",
    "///evil.example",
    "javascript:alert(1)",
    "http://localhost\\@evil.example",
    "/staff/\r\nX-Added: yes",
]


def try_with(browser: LintingClient, email: str, password: str, page: str = PAGE, **more: str):  # type: ignore[no-untyped-def]
    return browser.post(
        page, data={"email": email, "password": password, "csrf_token": browser.csrf(page), **more}
    )


def events(app: Flask, name: str) -> list[AuditEvent]:
    with app.app_context():
        return list(db.session.scalars(select(AuditEvent).where(AuditEvent.name == name)))


def test_the_form_suits_password_managers(client: LintingClient) -> None:
    page = client.get(PAGE).get_data(as_text=True)
    for part in ('autocomplete="username"', 'autocomplete="current-password"', 'type="email"', 'name="password"'):
        assert part in page
    assert "onpaste" not in page


@pytest.mark.parametrize(
    ("email", "password"),
    [
        (email_of("ali"), "not-the-password"),
        (email_of("nobody"), PASSWORD),
        ("not an address", PASSWORD),
        (email_of("ali"), ""),
        ("", ""),
        ("\x00@x.example", PASSWORD),
        ("a" * 5000 + "@x.example", PASSWORD),
        (email_of("ali"), "x" * 5000),
    ],
)
def test_whatever_is_wrong_is_said_in_the_same_sentence(client: LintingClient, email: str, password: str) -> None:
    answer = try_with(client, email, password)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 200
    assert page.count(SENTENCE) == 1
    assert client.get("/staff/board").status_code == 401


def test_the_address_may_be_typed_in_capitals(client: LintingClient) -> None:
    assert try_with(client, email_of("ali").upper(), PASSWORD).status_code == 302
    assert client.get("/staff/").status_code == 200


def test_each_try_is_recorded(app: Flask, client: LintingClient) -> None:
    try_with(client, email_of("ali"), "not-the-password")
    try_with(client, email_of("ali"), PASSWORD)
    assert [event.details["email"] for event in events(app, "sign_in_refused")] == [email_of("ali")]
    assert len(events(app, "signed_in")) == 1


def test_guessing_is_tired_out_and_says_how_long_to_wait(app: Flask, client: LintingClient) -> None:
    with time_machine.travel("2026-06-03 10:00:10", tick=False):
        statuses = [try_with(client, email_of("ali"), f"guess-{n}").status_code for n in range(11)]
        assert statuses == [200] * 10 + [429]
        refused = try_with(client, email_of("ali"), PASSWORD)
        assert refused.status_code == 429
        assert "Wait a minute, then try again." in refused.get_data(as_text=True)
        assert 0 < int(refused.headers["Retry-After"]) <= 60
        assert try_with(client, email_of("novak"), PASSWORD).status_code == 302
    with time_machine.travel("2026-06-03 10:01:30"):
        assert try_with(app.test_client(), email_of("ali"), PASSWORD).status_code == 302  # type: ignore[arg-type]


def test_it_leads_back_to_the_page_that_was_asked_for(client: LintingClient) -> None:
    sent = client.get("/staff/?from=mail").headers["Location"]
    assert try_with(client, email_of("ali"), PASSWORD, page=sent).headers["Location"] == "/staff/?from=mail"


@pytest.mark.parametrize("elsewhere", ELSEWHERE)
@pytest.mark.parametrize("way", ["in the address", "in the form", "signed in already"])
def test_it_never_leads_to_anybody_elses_page(sqlite_app: Flask, elsewhere: str, way: str) -> None:
    browser: LintingClient = sqlite_app.test_client()  # type: ignore[assignment]
    if way == "signed in already":
        browser.sign_in("ali")
        answer = browser.get(PAGE, query_string={"next": elsewhere})
    else:
        data = {"email": email_of("ali"), "password": PASSWORD, "csrf_token": browser.csrf(PAGE)}
        if way == "in the form":
            answer = browser.post(PAGE, data={**data, "next": elsewhere})
        else:
            answer = browser.post(PAGE, data=data, query_string={"next": elsewhere})
    assert answer.headers["Location"] == PAGE


def test_an_account_that_was_closed_cannot_sign_in_or_stay(app: Flask, signed_in: SignIn) -> None:
    ali = signed_in("ali")
    with app.app_context(), writing() as session:
        session.execute(update(Account).where(Account.email == email_of("ali")).values(active=False))
    assert ali.get("/staff/board").status_code == 401
    fresh: LintingClient = app.test_client()  # type: ignore[assignment]
    assert SENTENCE in try_with(fresh, email_of("ali"), PASSWORD).get_data(as_text=True)


def test_signing_out_takes_a_press_and_is_recorded(app: Flask, signed_in: SignIn) -> None:
    ali = signed_in("ali")
    assert ali.get("/staff/sign-out").status_code == 405
    assert ali.post("/staff/sign-out").status_code == 400
    assert ali.get("/staff/").status_code == 200
    assert ali.post_form("/staff/sign-out", {}).headers["Location"] == PAGE
    assert ali.get("/staff/").status_code == 303
    assert len(events(app, "signed_out")) == 1


def test_the_session_cookie_is_kept_from_scripts_and_other_sites(client: LintingClient) -> None:
    plain = try_with(client, email_of("ali"), PASSWORD).headers["Set-Cookie"]
    assert "HttpOnly" in plain
    assert "SameSite=Lax" in plain
    assert "Secure" not in plain


def test_over_https_it_never_travels_in_the_clear(client: LintingClient) -> None:
    assert "Secure" in client.get(PAGE, base_url="https://localhost").headers["Set-Cookie"]


def test_a_name_nobody_has_is_recorded_too(app: Flask, client: LintingClient) -> None:
    data = {"email": "nobody@hazelwood.example", "password": "x" * 12, "csrf_token": client.csrf("/staff/sign-in")}
    client.post("/staff/sign-in", data=data)
    with app.app_context():
        refused = select(AuditEvent).where(AuditEvent.name == "sign_in_refused")
        assert db.session.scalars(refused).one().details["email"] == "nobody@hazelwood.example"


def test_one_address_cannot_try_names_without_end(client: LintingClient) -> None:
    data = {"password": "x", "csrf_token": client.csrf("/staff/sign-in")}
    statuses = [client.post("/staff/sign-in", data={**data, "email": f"x{n}"}).status_code for n in range(125)]
    assert statuses[:100] == [200] * 100
    assert statuses[-1] == 429


def test_there_is_no_token_that_outlives_signing_out(app: Flask, client: LintingClient) -> None:
    data = {"email": email_of("ali"), "password": PASSWORD, "csrf_token": client.csrf("/staff/sign-in")}
    header = {"X-CSRF-Token": data["csrf_token"]}
    assert client.post("/staff/sign-in?include_auth_token", json=data, headers=header).status_code == 415
    with app.app_context():
        token = db.session.scalars(select(Account).where(Account.email == email_of("ali"))).one().get_auth_token()
    assert client.get("/staff/board", headers={"Authentication-Token": token}).status_code == 401
    assert client.get(f"/staff/board?auth_token={token}").status_code == 401
