"""The weekly lists on a child's page over time and on the team's paper; never on the parents'."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from kiosk.audit import KEYBOARD
from kiosk.db import db
from kiosk.patterns.models import ListEntry
from kiosk.school.store import change_setting
from tests.cast import School
from tests.web.patterns_school import SignIn, oak_answers, words_of

HARDER: list[int | None] = [*([1, 2, 1, 1, 2, 1, 1, 4, 2, 1] * 4), 1, 1, 2, 1, 1, 4, 5, 1, 4, 4]
LIST = "/patterns/different"
SENTENCE = "On four of the last five school days the hardest answer was 4 or 5; usually on 4 of 40 days."
HEAD = "On the weekly lists"

pytestmark = pytest.mark.usefixtures("lists_on_friday")


@pytest.fixture
def amir(app: Flask, school: School, signed_in: SignIn, a_friday: time_machine.Coordinates) -> str:
    """Mr Bell met about Amir, who stood on this week's list; Mrs Green wrote on Monday what came of it."""
    oak_answers(app, school, "amir", HARDER)
    oak_answers(app, school, "zofia", [1] * 50)
    bell = signed_in("bell")
    bell.get(LIST)
    with app.app_context():
        entry = db.session.scalars(select(ListEntry.id)).one()
    bell.post_form(f"{LIST}/{entry}", {"kind": "seen"}, page=LIST)
    bell.post_form(f"{LIST}/{entry}", {"kind": "decided", "words": "Mrs Ali has breakfast with him."}, page=LIST)
    a_friday.shift(timedelta(days=3))
    signed_in("green").post_form(f"{LIST}/{entry}", {"kind": "outcome", "words": "He laughs again."}, page=LIST)
    return f"/patterns/children/{school.pupils['amir']}"


def test_the_page_tells_them_with_what_was_decided_and_leads_to_the_list(signed_in: SignIn, amir: str) -> None:
    browser = signed_in("bell")
    said = words_of(browser, amir).partition(HEAD)[2]
    assert f"Harder than usual List from Friday 20 November {SENTENCE}" in said
    assert "Seen Mr Bell, Friday 20 November" in said
    assert "Decided: Mrs Ali has breakfast with him. Mr Bell, Friday 20 November" in said
    assert "What came of it: He laughs again. Mrs Green, Monday 23 November" in said
    assert f'href="{LIST}?week=2026-11-20"' in browser.get(amir).get_data(as_text=True)


def test_of_what_nobody_wrote_about_it_says_so(app: Flask, school: School, signed_in: SignIn) -> None:
    oak_answers(app, school, "amir", HARDER)
    signed_in("bell").get(LIST)
    said = words_of(signed_in("bell"), f"/patterns/children/{school.pupils['amir']}")
    assert f"{SENTENCE} Nobody has written anything about it yet." in said


def test_the_teams_paper_tells_them_and_the_parents_does_not(signed_in: SignIn, amir: str) -> None:
    team = words_of(signed_in("bell"), f"{amir}?paper=team").partition(HEAD)[2]
    assert SENTENCE in team
    assert "Decided: Mrs Ali has breakfast with him." in team
    for choice in ("", "&requests=yes"):
        parents = words_of(signed_in("bell"), f"{amir}?paper=parents{choice}")
        assert HEAD not in parents
        assert "usual" not in parents
        assert "breakfast" not in parents


def test_another_childs_page_has_none(school: School, signed_in: SignIn, amir: str) -> None:
    said = words_of(signed_in("bell"), f"/patterns/children/{school.pupils['zofia']}")
    assert HEAD not in said
    assert "breakfast" not in said


def test_a_child_who_is_left_out_is_on_none(signed_in: SignIn, amir: str) -> None:
    browser = signed_in("bell")
    browser.post_form(f"{amir}/leave-out", {"why": "Agreed with his parents."}, page=amir)
    for address in (amir, f"{amir}?paper=team"):
        said = words_of(browser, address)
        assert HEAD not in said
        assert "breakfast" not in said


def test_a_school_that_has_switched_the_list_off_shows_none(app: Flask, signed_in: SignIn, amir: str) -> None:
    with app.app_context():
        change_setting("patterns_different", "no", KEYBOARD)
    for address in (amir, f"{amir}?paper=team"):
        said = words_of(signed_in("bell"), address)
        assert HEAD not in said
        assert "breakfast" not in said


@pytest.mark.parametrize("who", ["ali", "okafor", "shah", "novak", "patel"])
def test_nobody_else_sees_them(signed_in: SignIn, amir: str, who: str) -> None:
    for address in (amir, f"{amir}?paper=team"):
        assert signed_in(who).get(address).status_code == 403
