"""Mrs Ali and Mr Okafor write at the same time: nothing of either is lost."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from xml.etree.ElementTree import Element

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from kiosk.minding.scripts import script_of
from tests.cast import School
from tests.client import LintingClient, lint
from tests.web.children import page_of, read, said
from tests.web.test_answers_at_once import press_together

SignIn = Callable[[str], LintingClient]


def save(browser: LintingClient, school: School, who: str = "amir", **fields: Any) -> TestResponse:
    return browser.post_form(page_of(school, who, "/script"), {"seen_version": "0", **fields}, page="/help/")


def filled(tree: Element) -> dict[str, str]:
    """What stands in the form."""
    areas = {str(area.get("name")): area.text or "" for area in tree.iter("textarea")}
    return areas | {str(field.get("name")): field.get("value") or "" for field in tree.iter("input")}


def test_what_is_saved_is_what_the_next_adult_finds(school: School, signed_in: SignIn) -> None:
    answer = save(
        signed_in("ali"), school, **{"say": "I am here.", "plan-5": "Treetops", "review_on": "2027-03-01"}
    )
    assert answer.status_code == 303
    form = filled(lint(signed_in("okafor").get(page_of(school, "amir", "/script")).get_data(as_text=True)))
    assert (form["say"], form["plan-5"], form["review_on"]) == ("I am here.", "Treetops", "2027-03-01")
    assert form["seen_version"] == "1"


def test_a_first_script_is_to_be_looked_at_again_after_a_term(school: School, signed_in: SignIn) -> None:
    form = filled(lint(signed_in("ali").get(page_of(school, "amir", "/script")).get_data(as_text=True)))
    assert form["seen_version"] == "0"
    assert form["review_on"] > "2026-01-01"


def test_whoever_is_second_keeps_their_words_and_sees_the_others(
    app: Flask, school: School, signed_in: SignIn
) -> None:
    save(signed_in("ali"), school, say="Hello, lion.", helps="A walk", **{"plan-3": "The tree"})
    answer = save(signed_in("okafor"), school, say="Good morning.", helps="A walk", **{"plan-3": "The hall"})
    assert answer.status_code == 409
    page = answer.get_data(as_text=True)
    assert filled(lint(page))["say"] == "Good morning."
    assert "Mrs Ali wrote here: Hello, lion." in said(page)
    assert "Mrs Ali wrote here: The tree" in said(page)
    assert said(page).count("Mrs Ali wrote here:") == 2
    with app.app_context():
        script = script_of(school.pupils["amir"])
        assert script is not None
        assert script.entry.say == "Hello, lion."
    together = filled(lint(page)) | {"say": "Hello, lion. Good morning."}
    assert save(signed_in("okafor"), school, **together).status_code == 303
    assert "Hello, lion. Good morning." in read(signed_in("ali"), page_of(school))


def test_what_is_refused_stands_there_still_with_the_reason(school: School, signed_in: SignIn) -> None:
    long = "x" * 601
    answer = save(signed_in("ali"), school, say=long, helps="A walk")
    assert answer.status_code == 422
    page = answer.get_data(as_text=True)
    assert filled(lint(page))["say"] == long
    assert "What to say to me: there is room for 600 letters, and 601 are written." in said(page)


def test_refused_after_somebody_else_wrote_the_writer_still_has_not_seen_theirs(
    school: School, signed_in: SignIn
) -> None:
    save(signed_in("ali"), school, say="Hello, lion.")
    answer = save(signed_in("okafor"), school, say="x" * 601)
    assert answer.status_code == 409
    assert "Hello, lion." in said(answer.get_data(as_text=True))


def test_earlier_versions_say_what_was_changed_and_by_whom(school: School, signed_in: SignIn) -> None:
    ali = signed_in("ali")
    save(ali, school, say="Hello, lion.")
    save(ali, school, say="Hello, Amir.", seen_version="1", **{"plan-1": "Ask him"})
    page = read(ali, page_of(school, "amir", "/script/versions"))
    assert "Version 2 , Mrs Ali, today Changed: What to say to me, The plan" in page
    assert "Hello, lion." in page


@pytest.mark.parametrize("who", ["shah", "patel"])
def test_nobody_else_writes_it(app: Flask, school: School, signed_in: SignIn, who: str) -> None:
    answer = save(signed_in(who), school, say="Mine")
    assert answer.status_code in (403, 404)
    with app.app_context():
        assert script_of(school.pupils["amir"]) is None


def test_words_are_shown_as_words(school: School, signed_in: SignIn) -> None:
    save(signed_in("ali"), school, say='<b>Hello</b> & "you"')
    assert '<b>Hello</b> & "you"' in read(signed_in("ali"), page_of(school))


@pytest.mark.parametrize("_time", range(3))
def test_of_adults_who_save_in_the_same_moment_one_is_first_and_the_others_see_it(
    app: Flask, school: School, signed_in: SignIn, _time: int
) -> None:
    people = {who: signed_in(who) for who in ("ali", "okafor", "green")}
    tokens = {who: browser.csrf("/help/") for who, browser in people.items()}
    address = page_of(school, "amir", "/script")

    def press(who: str) -> TestResponse:
        form = {"seen_version": "0", "say": f"Words of {who}.", "csrf_token": tokens[who]}
        return people[who].post(address, data=form)

    answers = dict(zip(people, press_together(*(lambda n=n: press(n) for n in people)), strict=True))  # type: ignore[misc]
    (first,) = (who for who, answer in answers.items() if answer.status_code == 303)
    for who in people.keys() - {first}:
        assert answers[who].status_code == 409
        assert f"Words of {first}." in said(answers[who].get_data(as_text=True))
    with app.app_context():
        script = script_of(school.pupils["amir"])
        assert script is not None
        assert (script.version, script.entry.say) == (1, f"Words of {first}.")
