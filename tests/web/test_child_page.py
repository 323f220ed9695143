"""One page about Amir, for the adults near him. Mr Shah finds nothing, until Amir asks for him."""

from __future__ import annotations

from collections.abc import Callable
from datetime import time, timedelta

import pytest
from flask import Flask

from kiosk.chats.store import answer, ask
from kiosk.db import utc_now
from kiosk.minding.cards import leave_card
from kiosk.minding.found import found
from kiosk.minding.planned import promise
from kiosk.minding.rules import NewTime, ScriptEntry
from kiosk.minding.scripts import write_script
from kiosk.people.tablets import recognise
from kiosk.school.store import local_now
from tests.cast import School
from tests.client import LintingClient
from tests.store.conftest import asker, new_chat
from tests.store.near import near_adult
from tests.web.children import looks, page_of, read

SignIn = Callable[[str], LintingClient]
ENTRY = ScriptEntry(likes="Lions", say="I am here.", plan={"5": "Treetops, with the door open."})
PARTS = ("", "/script", "/script/versions", "/script/paper", "/card", "/book", "/time")


@pytest.fixture(autouse=True)
def what_is_known_of_amir(app: Flask, school: School) -> None:
    with app.app_context():
        ali, amir = near_adult(school, "ali"), school.pupils["amir"]
        write_script(amir, ENTRY, ali, seen_version=0)
        leave_card(ali, amir, "kindness", "robin-6", "You held the door.")
        today = local_now().date()
        promise(amir, NewTime(school.adults["okafor"], today.weekday(), time(23, 59), "draw", today), ali)


def test_the_script_the_plan_the_high_5_the_times_and_the_cards_are_there(
    school: School, signed_in: SignIn
) -> None:
    page = read(signed_in("ali"), page_of(school))
    for words in (
        "What I like and am good at Lions",
        "What to say to me I am here.",
        "5 I need help Treetops, with the door open.",
        "Version 1, written by Mrs Ali, today.",
        "Mr Okafor the blue room",
        "s at 23:59, draw together with Mr Okafor",
        "You held the door. A kindness, Mrs Ali, today Waiting for the next check-in",
    ):
        assert words in page, words


def test_what_the_child_did_with_a_card_is_there(app: Flask, school: School, signed_in: SignIn) -> None:
    with app.app_context():
        tablet = recognise(school.oak_token)
        assert tablet is not None
        card = leave_card(near_adult(school, "okafor"), school.pupils["amir"], "held_in_mind", "sun-1", "Hello.")
        found(card.key, tablet, "waved", utc_now())
    assert "Hello. Held in mind, Mr Okafor, today Waved today" in read(signed_in("ali"), page_of(school))


def test_no_step_a_child_chose_is_shown(app: Flask, school: School, signed_in: SignIn) -> None:
    entry = {
        "id": "3f0e8f0c-5d7a-4c37-9f4e-0a6f2f1f7a10",
        "pupil": str(school.pupils["amir"]),
        "step": 4,
        "felt_at": utc_now().isoformat(),
    }
    sent = app.test_client().post("/tablet/check-ins", json=entry, headers=school.bearer())
    assert sent.status_code == 201
    assert "Upset" not in read(signed_in("ali"), page_of(school))


@pytest.mark.parametrize("part", PARTS)
def test_not_near_looks_exactly_like_not_there(school: School, signed_in: SignIn, part: str) -> None:
    shah = signed_in("shah")
    not_mine = shah.get(page_of(school, "amir", part))
    not_there = shah.get(f"/staff/children/999999{part}")
    assert not_mine.status_code == not_there.status_code == 404
    assert not_mine.get_data() == not_there.get_data()


@pytest.mark.parametrize("name", ["0", "-1", "amir", "99999999999999999999", "1%00"])
def test_an_address_that_names_nobody_is_not_there(signed_in: SignIn, name: str) -> None:
    assert signed_in("green").get(f"/staff/children/{name}").status_code == 404


@pytest.mark.parametrize("part", PARTS)
def test_every_look_is_on_record(app: Flask, school: School, signed_in: SignIn, part: str) -> None:
    signed_in("bell").get(page_of(school, "amir", part))
    (look,) = looks(app)
    assert look[0] == school.pupils["amir"]


def test_an_adult_told_of_an_open_request_is_near_until_it_ends(
    app: Flask, school: School, signed_in: SignIn
) -> None:
    shah = signed_in("shah")
    with app.app_context():
        tablet = recognise(school.oak_token)
        assert tablet is not None
        entry = new_chat(school, "amir", "ali")
        ask(entry, tablet)
        answer(
            entry.key,
            "handed_over",
            asker(school, "ali"),
            seen_number=1,
            to_adult_id=school.adults["shah"],
        )
    assert "Lions" in read(shah, page_of(school))
    with app.app_context():
        answer(entry.key, "talked", asker(school, "shah"), seen_number=2)
    assert shah.get(page_of(school)).status_code == 404


def test_an_adult_to_whom_a_time_is_promised_is_near(app: Flask, school: School, signed_in: SignIn) -> None:
    shah = signed_in("shah")
    assert shah.get(page_of(school)).status_code == 404
    with app.app_context():
        tomorrow = local_now().date() + timedelta(days=1)
        entry = NewTime(school.adults["shah"], tomorrow.weekday(), time(9, 10), None, tomorrow)
        promise(school.pupils["amir"], entry, near_adult(school, "ali"))
    assert "with Mr Shah" in read(shah, page_of(school))


def test_on_paper_the_child_has_no_family_name(school: School, signed_in: SignIn) -> None:
    page = signed_in("ali").get(page_of(school, "amir", "/script/paper")).get_data(as_text=True)
    paper = page[page.index('<article class="paper">') :]
    assert "How to be with Amir" in paper
    assert "Khan" not in paper


def test_without_a_script_there_is_nothing_to_hang_up_and_a_way_to_begin(
    school: School, signed_in: SignIn
) -> None:
    green = signed_in("green")
    assert green.get(page_of(school, "zofia", "/script/paper")).status_code == 404
    assert "Nothing is written for Zofia yet." in read(green, page_of(school, "zofia"))


def test_the_book_holds_what_was_noticed_and_is_empty_kindly(school: School, signed_in: SignIn) -> None:
    green = signed_in("green")
    assert "A kindness You held the door. Mrs Ali, today" in read(green, page_of(school, "amir", "/book"))
    assert "The first page is still empty." in read(green, page_of(school, "zofia", "/book"))
