"""The staff's pages in Welsh: by choice, or by the browser; what is not translated says that it is English."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from flask_babel import gettext
from jinja2 import ChoiceLoader, DictLoader

from kiosk.web.languages import written_in
from tests.client import LintingClient

WELSH = {"Accept-Language": "cy, en;q=0.5"}


@pytest.fixture
def visitor(sqlite_app: Flask) -> LintingClient:
    """Somebody's browser, signed out."""
    return sqlite_app.test_client()  # type: ignore[return-value]


def test_a_welsh_browser_is_asked_to_sign_in_in_welsh(visitor: LintingClient) -> None:
    page = visitor.get("/staff/sign-in", headers=WELSH).get_data(as_text=True)
    assert '<html lang="cy">' in page
    assert "Mewngofnodi" in page


def test_another_browser_is_asked_in_english(visitor: LintingClient) -> None:
    page = visitor.get("/staff/sign-in", headers={"Accept-Language": "ur, fr;q=0.9"}).get_data(as_text=True)
    assert '<html lang="en-GB">' in page
    assert "Sign in</h1>" in page


def test_a_choice_wins_over_the_browser_and_leads_back_to_the_page(visitor: LintingClient) -> None:
    form = {"language": "cy", "page": "/staff/sign-in?next=/staff/alerts"}
    answer = visitor.post_form("/staff/language", form, page="/staff/sign-in")
    assert (answer.status_code, answer.location) == (303, "/staff/sign-in?next=/staff/alerts")
    english = {"Accept-Language": "en"}
    assert "Mewngofnodi" in visitor.get("/staff/sign-in", headers=english).get_data(as_text=True)
    visitor.post_form("/staff/language", {"language": "en"}, page="/staff/sign-in")
    assert "Sign in</h1>" in visitor.get("/staff/sign-in", headers=WELSH).get_data(as_text=True)


@pytest.mark.parametrize("chosen", ["ur", "xx", "", "../cy"])
def test_what_is_not_offered_changes_nothing(visitor: LintingClient, chosen: str) -> None:
    answer = visitor.post_form("/staff/language", {"language": chosen}, page="/staff/sign-in")
    assert answer.status_code == 303
    assert "treetops_language" not in str(answer.headers.getlist("Set-Cookie"))


def test_a_choice_leads_nowhere_else(visitor: LintingClient) -> None:
    form = {"language": "cy", "page": "//elsewhere.example/"}
    assert visitor.post_form("/staff/language", form, page="/staff/sign-in").location == "/staff/home"


def test_the_board_is_in_welsh_and_marks_what_is_english(signed_in: Callable[[str], LintingClient]) -> None:
    ali = signed_in("ali")
    ali.post_form("/staff/language", {"language": "cy"}, page="/staff/alerts")
    page = ali.get("/staff/").get_data(as_text=True)
    assert "Eich bwrdd" in page
    assert "Does neb yn aros amdanoch chi." in page
    assert '<main id="main" tabindex="-1">' in page


def test_a_page_that_is_not_translated_says_that_it_is_english(
    app: Flask, signed_in: Callable[[str], LintingClient], monkeypatch: pytest.MonkeyPatch
) -> None:
    page = (
        '{% extends "layouts/staff.html" %}'
        "{% block title %}New{% endblock %}"
        "{% block main %}<h1>New</h1>{% endblock %}"
    )
    loaders = [DictLoader({"staff/alerts.html": page}), app.jinja_env.loader]
    monkeypatch.setattr(app.jinja_env, "loader", ChoiceLoader(loaders))  # type: ignore[arg-type]
    shown = signed_in("ali").get("/staff/alerts", headers=WELSH).get_data(as_text=True)
    assert '<main id="main" tabindex="-1" lang="en-GB">' in shown
    assert "Allgofnodi" in shown


def test_the_tablet_is_shared_and_begins_in_english_whatever_the_browser_likes(visitor: LintingClient) -> None:
    page = visitor.get("/", headers=WELSH).get_data(as_text=True)
    assert '<html lang="en-GB"' in page
    assert "Who are you?" in page


def test_a_child_and_an_adult_may_be_told_the_same_english_in_other_words(sqlite_app: Flask) -> None:
    with sqlite_app.test_request_context("/tablet/screens/cy"), written_in("cy"):
        assert gettext("Yes") == "Oedd"
    with sqlite_app.test_request_context("/admin/accounts"), written_in("cy"):
        assert gettext("Yes") == "Ie"


def test_the_preview_of_a_childs_tablet_is_in_the_tablets_language(
    signed_in: Callable[[str], LintingClient],
) -> None:
    page = signed_in("bell").get("/staff/children/1/tablet/preview", headers=WELSH).get_data(as_text=True)
    assert '<html lang="en-GB"' in page
    assert "Who are you?" in page


def test_a_childs_screens_are_in_the_childs_language_whoever_asks(visitor: LintingClient) -> None:
    screens = visitor.get("/tablet/screens/cy", headers={"Accept-Language": "en"}).get_json()["screens"]
    assert "Sut wyt ti" in screens
    assert "Oedd" in screens
