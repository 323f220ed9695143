"""A board that looks again and again costs little, keeps nobody signed in, and leaves a record of each child."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import html5lib
import time_machine
from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from kiosk.audit import AuditEvent
from kiosk.db import db, utc_now
from tests.cast import School
from tests.client import LintingClient
from tests.web.board import ask, look

SignIn = Callable[[str], LintingClient]


def again(browser: LintingClient, first: TestResponse) -> TestResponse:
    return browser.get("/staff/board", headers={"If-None-Match": first.headers["ETag"]})


def looks(app: Flask) -> list[tuple[int | None, list[str]]]:
    """Who was shown which requests, as the audit has it."""
    with app.app_context():
        rows = db.session.execute(
            select(AuditEvent.account_id, AuditEvent.details)
            .where(AuditEvent.name == "board_seen")
            .order_by(AuditEvent.id)
        )
        return [(account, details["chats"]) for account, details in rows]


def test_an_unchanged_board_is_304_whatever_the_time(
    client: LintingClient, signed_in: SignIn, school: School
) -> None:
    ask(client, school, "amir", "ali")
    ali = signed_in("ali")
    first = ali.get("/staff/board")
    with time_machine.travel(utc_now() + timedelta(minutes=2)):
        unchanged = again(ali, first)
    assert (unchanged.status_code, unchanged.get_data()) == (304, b"")


def test_a_new_request_an_answer_and_being_overdue_each_change_it(
    client: LintingClient, signed_in: SignIn, school: School
) -> None:
    ali = signed_in("ali")
    empty = ali.get("/staff/board")
    ask(client, school, "amir", "ali")
    asked = again(ali, empty)
    assert asked.status_code == 200
    with time_machine.travel(utc_now() + timedelta(minutes=11)):
        assert again(ali, asked).status_code == 200
    look(ali).card("Amir Khan").form("seen").press(ali)
    assert again(ali, asked).status_code == 200


def test_what_happens_to_others_changes_nothing_here(
    client: LintingClient, signed_in: SignIn, school: School
) -> None:
    shah = signed_in("shah")
    first = shah.get("/staff/board")
    chat = ask(client, school, "amir", "ali")
    novak = signed_in("novak")
    look(novak).card("Amir Khan").form("coming").press(novak)
    client.post(f"/tablet/chats/{chat}/cannot-wait", headers=school.bearer())
    assert again(shah, first).status_code == 304


def test_looking_never_extends_the_session(client: LintingClient, signed_in: SignIn, school: School) -> None:
    ask(client, school, "amir", "ali")
    ali = signed_in("ali")
    look(ali)
    begun = utc_now()
    with time_machine.travel(begun + timedelta(hours=5)):
        shown = ali.get("/staff/board")
        assert "Set-Cookie" not in shown.headers
        assert "Set-Cookie" not in again(ali, shown).headers
        with ali.get("/staff/doorbell", buffered=False) as stream:
            assert "Set-Cookie" not in stream.headers
    with time_machine.travel(begun + timedelta(hours=11)):
        assert ali.get("/staff/board").status_code == 401


def test_each_look_at_a_child_is_recorded_and_no_other(
    app: Flask, client: LintingClient, signed_in: SignIn, school: School
) -> None:
    ali = signed_in("ali")
    look(ali)
    assert looks(app) == []
    chat = ask(client, school, "amir", "ali")
    look(ali)
    fragment = ali.get("/staff/board")
    again(ali, fragment)
    assert [shown for _account, shown in looks(app)] == [[chat], [chat]]
    assert len({account for account, _shown in looks(app)} - {None}) == 1


def test_neither_the_page_nor_an_answer_makes_our_script_fetch_the_same_again(
    client: LintingClient, signed_in: SignIn, school: School
) -> None:
    ask(client, school, "amir", "ali")
    ali = signed_in("ali")
    page = html5lib.parse(ali.get("/staff/").get_data(as_text=True), namespaceHTMLElements=False)
    known = page.find(".//h1").get("data-etag")
    assert ali.get("/staff/board", headers={"If-None-Match": known}).status_code == 304
    form = look(ali).card("Amir Khan").form("seen")
    answered = ali.post(form.action, data=form.carried, headers={"X-Treetops-Board": "1"})
    newer = answered.headers["X-Treetops-Board"]
    assert newer != known
    assert ali.get("/staff/board", headers={"If-None-Match": newer}).status_code == 304
