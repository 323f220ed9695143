"""After "We talked": the page to write on, what stood there before, and the child who needs us again."""

from __future__ import annotations

import re
from collections.abc import Callable
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import select

from kiosk.chats.models import ChatEvent
from kiosk.chats.outcome_rules import DID
from kiosk.db import db
from tests.cast import School
from tests.client import LintingClient
from tests.web.a_talk import kept, mark_on, state_of, talk_with, words_of, write
from tests.web.board import ask, look, on_tablet

SignIn = Callable[[str], LintingClient]


def test_we_talked_leads_to_the_page_to_write_on(
    client: LintingClient, ali: LintingClient, school: School
) -> None:
    chat = ask(client, school, "amir", "ali")
    answer = look(ali).card("Amir Khan").form("talked").press(ali)
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/staff/chats/{chat}/outcome")
    page = words_of(ali.get(answer.headers["Location"]))
    assert "Thank you for talking. The request has ended." in page
    assert "After the talk with Amir Khan" in page


def test_our_script_is_told_where_to_go(client: LintingClient, ali: LintingClient, school: School) -> None:
    chat = ask(client, school, "amir", "ali")
    form = look(ali).card("Amir Khan").form("talked")
    answer = ali.post(form.action, data=form.carried, headers={"X-Treetops-Board": "1"})
    assert answer.headers["X-Treetops-Next"] == f"/staff/chats/{chat}/outcome"
    assert "Amir" not in answer.get_data(as_text=True)


def test_what_is_written_is_kept_and_closes_the_request(
    app: Flask, ali: LintingClient, school: School, talk: str
) -> None:
    answer = write(ali, talk, did=["drew", "walked"], helped=["walked"], note="Lions help.")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/staff/")
    outcome = kept(app, talk)
    assert outcome is not None
    assert (outcome.did, outcome.helped, outcome.note) == (["drew", "walked"], ["walked"], "Lions help.")
    assert outcome.follow_up_on is None
    assert state_of(app, talk) == "closed"
    again = ali.get(f"/staff/chats/{talk}/outcome").get_data(as_text=True)
    assert "Lions help." in again
    assert "Mrs Ali wrote this today" in words_of(ali.get(f"/staff/chats/{talk}/outcome"))


def test_each_thing_stands_once_with_a_tick_for_whether_it_helped(ali: LintingClient, talk: str) -> None:
    write(ali, talk, did=["drew", "walked"], helped=["walked"])
    page = ali.get(f"/staff/chats/{talk}/outcome").get_data(as_text=True)
    ticks = re.findall(r'name="(did|helped)" value="(\w+)"( checked)?', page)
    assert [(name, code) for name, code, _ in ticks] == [
        (name, code) for code in DID for name in ("did", "helped")
    ]
    assert [(name, code) for name, code, checked in ticks if checked] == [
        ("did", "drew"),
        ("did", "walked"),
        ("helped", "walked"),
    ]
    assert "Drew together Drew together: it helped" in words_of(ali.get(f"/staff/chats/{talk}/outcome"))


def test_what_helped_was_done(app: Flask, ali: LintingClient, talk: str) -> None:
    write(ali, talk, did=["drew"], helped=["walked", "drew"])
    outcome = kept(app, talk)
    assert outcome is not None
    assert (outcome.did, outcome.helped) == (["drew", "walked"], ["walked", "drew"])


def test_later_is_allowed_and_it_waits_under_to_do(app: Flask, ali: LintingClient, talk: str) -> None:
    assert kept(app, talk) is None
    page = words_of(ali.get("/staff/todo"))
    assert "To write down Amir Khan" in page
    assert "To do 1 waiting" in page
    write(ali, talk, did=["drew"])
    page = words_of(ali.get("/staff/todo"))
    assert "To write down" not in page
    assert "Nothing waits for you." in page
    assert "1 waiting" not in page


def test_of_two_who_write_at_once_nobody_loses_a_word(
    app: Flask, ali: LintingClient, signed_in: SignIn, talk: str
) -> None:
    page = f"/staff/chats/{talk}/outcome"
    both = {"note": "He drew.", "did": ["drew", "drew"], "over": mark_on(ali, page)}
    assert write(signed_in("novak"), talk, note="He walked.", did=["walked"]).status_code == 303
    answer = ali.post_form(page, both, page=page)
    assert answer.status_code == 409
    assert "What Ms Novak wrote Did: Went for a walk He walked." in words_of(answer)
    assert ">He drew.</textarea>" in answer.get_data(as_text=True)
    first = kept(app, talk)
    assert first is not None
    assert first.note == "He walked."

    seen = re.findall(r'name="over" value="([^"]+)"', answer.get_data(as_text=True))[0]
    assert ali.post_form(page, both | {"over": seen}, page=page).status_code == 303
    assert ali.post_form(page, both | {"over": seen}, page=page).status_code == 303, "pressed twice"
    last = kept(app, talk)
    assert last is not None
    assert (last.note, last.did) == ("He drew.", ["drew"])


def test_putting_right_asks_its_questions(
    app: Flask, client: LintingClient, ali: LintingClient, school: School
) -> None:
    chat = talk_with(client, ali, school, about=["put_right"])
    page = ali.get(f"/staff/chats/{chat}/outcome").get_data(as_text=True)
    fold = page[page.index('<details class="writing-fold"') :]
    assert fold.startswith('<details class="writing-fold" open>')
    for asked in (
        "What happened?",
        "Who was affected, and how?",
        "What would make it right, and what was agreed?",
    ):
        assert asked in page
    write(ali, chat, happened="A push", affected="Zofia", agreed="They build it again")
    outcome = kept(app, chat)
    assert outcome is not None
    assert (outcome.happened, outcome.affected, outcome.agreed) == ("A push", "Zofia", "They build it again")


def test_otherwise_they_are_folded(ali: LintingClient, talk: str) -> None:
    page = ali.get(f"/staff/chats/{talk}/outcome").get_data(as_text=True)
    assert '<details class="writing-fold" open>' not in page


@pytest.mark.parametrize(
    ("filled", "sentence"),
    [
        ({"what": "Ring home"}, "Say who does what is still to do."),
        ({"what": "Ring home", "by": "me", "on": "soon"}, "Choose by which day it is to be done."),
        ({"by": "me", "on": "2020-01-01"}, "Choose today or a later day."),
        ({"did": ["sang"]}, "Choose from what is listed."),
    ],
)
def test_what_cannot_be_kept_comes_back_as_it_was_written(
    app: Flask, ali: LintingClient, school: School, talk: str, filled: dict[str, object], sentence: str
) -> None:
    if filled.get("by") == "me":
        filled = filled | {"by": str(school.adults["ali"])}
    answer = write(ali, talk, note="A long morning.", **filled)
    assert answer.status_code == 422
    assert sentence in words_of(answer)
    assert "A long morning." in answer.get_data(as_text=True)
    assert kept(app, talk) is None


@pytest.mark.parametrize("who", ["shah", "okafor"])
def test_whoever_was_not_told_of_the_request_finds_nothing(signed_in: SignIn, talk: str, who: str) -> None:
    browser = signed_in(who)
    assert browser.get(f"/staff/chats/{talk}/outcome").status_code == 404
    for what in ("outcome", "reopen", "followed-up"):
        assert (
            browser.post_form(f"/staff/chats/{talk}/{what}", {"why": "Because", "did": "drew"}).status_code == 404
        )
    assert "Amir" not in words_of(browser.get("/staff/todo"))


def test_a_request_that_is_open_or_unknown_has_no_such_page(
    client: LintingClient, ali: LintingClient, school: School
) -> None:
    chat = ask(client, school, "amir", "ali")
    assert ali.get(f"/staff/chats/{chat}/outcome").status_code == 404
    assert ali.get(f"/staff/chats/{uuid4()}/outcome").status_code == 404


def test_the_child_needs_us_again(
    app: Flask, client: LintingClient, ali: LintingClient, school: School, talk: str
) -> None:
    assert "The child needs us again" in words_of(ali.get("/staff/todo"))
    answer = ali.post_form(f"/staff/chats/{talk}/reopen", {"why": "He came back crying"}, page="/staff/todo")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/staff/")
    assert on_tablet(client, school, talk)["state"] in ("asked", "seen", "coming")
    assert "Amir Khan" in look(ali).names("mine")
    with app.app_context():
        notes = db.session.scalars(select(ChatEvent.note).where(ChatEvent.kind == "reopened"))
        assert list(notes) == ["He came back crying"]


def test_to_open_again_needs_a_reason_and_a_talk_that_ended(
    app: Flask, client: LintingClient, ali: LintingClient, school: School, talk: str
) -> None:
    ali.post_form(f"/staff/chats/{talk}/reopen", {"why": "  "}, page="/staff/todo")
    assert "why the child needs us again" in words_of(ali.get("/staff/todo"))
    assert state_of(app, talk) == "talked"
    ali.post_form(f"/staff/chats/{talk}/reopen", {"why": "Again"}, page="/staff/todo")
    ali.post_form(f"/staff/chats/{talk}/reopen", {"why": "Twice"}, page="/staff/todo")
    assert "waiting already" in words_of(ali.get("/staff/todo"))


def test_what_stood_there_before_is_shown_with_who_and_when(
    ali: LintingClient, signed_in: SignIn, talk: str
) -> None:
    write(ali, talk, note="He cried.", did=["listened"])
    page = f"/staff/chats/{talk}/outcome"
    assert "what stood here before" not in words_of(ali.get(page))
    novak = signed_in("novak")
    assert write(novak, talk, note="He drew a lion.", over=mark_on(novak, page)).status_code == 303
    shown = words_of(ali.get(page))
    assert re.search(r"Changed today at \d\d:\d\d by Ms Novak: what stood here before", shown)
    assert re.search(r"Mrs Ali, today at \d\d:\d\d Did: Listened He cried\.", shown)


def test_names_that_are_hidden_are_hidden_here_too(ali: LintingClient, talk: str) -> None:
    ali.post_form("/staff/names", {"hide": "yes"})
    for address in ("/staff/todo", f"/staff/chats/{talk}/outcome"):
        assert "Amir" not in ali.get(address).get_data(as_text=True)
