"""Mrs Ali leaves Amir a card, and may take it back until he found it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import update
from werkzeug.test import TestResponse

from kiosk.db import utc_now, writing
from kiosk.minding.cards import LeftCard, cards_of
from kiosk.minding.found import cards_waiting, found
from kiosk.minding.rules import KINDS, READY
from kiosk.people.models import Pupil
from kiosk.people.tablets import recognise
from tests.cast import School
from tests.client import LintingClient, lint
from tests.store.near import near_adult
from tests.web.children import page_of, read, said

SignIn = Callable[[str], LintingClient]


def leave(browser: LintingClient, school: School, who: str = "amir", **fields: Any) -> TestResponse:
    form = {"kind": "held_in_mind", "picture": "sun-1", "ready": READY["held_in_mind"][0]} | fields
    return browser.post_form(page_of(school, who, "/card"), form, page="/help/")


def take_back(browser: LintingClient, school: School, card: LeftCard, who: str = "amir") -> TestResponse:
    return browser.post_form(page_of(school, who, f"/cards/{card.key}/take-back"), {}, page="/help/")


def cards(app: Flask, school: School, who: str = "amir") -> list[LeftCard]:
    with app.app_context():
        return cards_of(school.pupils[who], near_adult(school, "green"))


def test_ready_words_need_one_press_more_than_the_picture_that_is_chosen_already(
    school: School, signed_in: SignIn
) -> None:
    for kind in KINDS:
        tree = lint(signed_in("ali").get(page_of(school, "amir", f"/card?kind={kind}")).get_data(as_text=True))
        chosen = {
            field.get("name"): field.get("value") for field in tree.iter("input") if "checked" in field.attrib
        }
        assert chosen["ready"] == READY[kind][0]
        assert chosen["picture"]


def test_it_waits_on_the_childs_tablet(app: Flask, school: School, signed_in: SignIn) -> None:
    answer = leave(signed_in("ali"), school)
    assert answer.status_code == 303
    with app.app_context():
        tablet = recognise(school.oak_token)
        assert tablet is not None
        (card,) = cards_waiting(school.pupils["amir"], tablet)
    assert (card.words, card.picture, card.adult) == ("I thought of you today.", "sun-1", "Mrs Ali")


def test_an_adults_own_words_count_before_ready_ones(app: Flask, school: School, signed_in: SignIn) -> None:
    leave(signed_in("ali"), school, words="  Your lion is on my desk.  ")
    assert [card.words for card in cards(app, school)] == ["Your lion is on my desk."]


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"words": "You were not naughty."}, "A card never says “naughty”."),
        ({"words": "This is our secret."}, "A card never says “secret”."),
        ({"words": "x" * 121}, "A card has room for 120 letters"),
        ({"ready": ""}, "Write a few words"),
        ({"picture": "dragon-1"}, "Choose one of the pictures."),
        ({"picture": ""}, "Choose one of the pictures."),
    ],
)
def test_what_cannot_be_comes_back_with_the_reason(
    app: Flask, school: School, signed_in: SignIn, fields: dict[str, str], reason: str
) -> None:
    answer = leave(signed_in("ali"), school, **fields)
    assert answer.status_code == 422
    page = answer.get_data(as_text=True)
    assert reason in said(page)
    area = next(lint(page).iter("textarea"))
    assert (area.text or "") == fields.get("words", "")
    assert cards(app, school) == []


@pytest.mark.parametrize("who", ["shah", "patel"])
def test_nobody_else_leaves_one(app: Flask, school: School, signed_in: SignIn, who: str) -> None:
    assert leave(signed_in(who), school).status_code in (403, 404)
    assert cards(app, school) == []


class TestTakingBack:
    def test_it_is_gone_from_the_tablet_and_the_page_says_so(
        self, app: Flask, school: School, signed_in: SignIn
    ) -> None:
        ali = signed_in("ali")
        leave(ali, school)
        (card,) = cards(app, school)
        assert take_back(ali, school, card).status_code == 303
        assert "Taken back" in read(ali, page_of(school))

    def test_what_was_found_stays(self, app: Flask, school: School, signed_in: SignIn) -> None:
        ali = signed_in("ali")
        leave(ali, school)
        (card,) = cards(app, school)
        with app.app_context():
            tablet = recognise(school.oak_token)
            assert tablet is not None
            found(card.key, tablet, "kept", utc_now())
        take_back(ali, school, card)
        page = read(ali, page_of(school))
        assert "It is theirs now." in page
        assert "Kept it today" in page

    def test_another_adult_is_offered_no_such_button_and_cannot(
        self, app: Flask, school: School, signed_in: SignIn
    ) -> None:
        leave(signed_in("ali"), school)
        (card,) = cards(app, school)
        okafor = signed_in("okafor")
        assert "Take back" not in read(okafor, page_of(school))
        assert take_back(okafor, school, card).status_code == 404
        assert "Take back" in read(signed_in("novak"), page_of(school))


def test_an_adult_is_told_before_leaving_a_card_where_the_child_cannot_find_it(
    app: Flask, school: School, signed_in: SignIn
) -> None:
    ali = signed_in("ali")
    assert "not shown on the tablets" not in read(ali, page_of(school, "amir", "/card"))
    with app.app_context(), writing() as session:
        session.execute(update(Pupil).where(Pupil.id == school.pupils["amir"]).values(on_tablet=False))
    assert "Amir is not shown on the tablets" in read(ali, page_of(school, "amir", "/card"))
