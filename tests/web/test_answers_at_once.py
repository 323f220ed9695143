"""Two adults press at the very same moment: one has it, the other is told who. On both databases, with threads."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from tests.cast import School
from tests.client import LintingClient
from tests.web.board import Form, ask, look, on_tablet, read, say_on_tablet
from tests.web.test_answers import life_of

SignIn = Callable[[str], LintingClient]


def press_together(*presses: Callable[[], TestResponse]) -> list[TestResponse]:
    """Press all at once; the answers in the order of the presses."""
    together = threading.Barrier(len(presses))
    answers: dict[int, TestResponse] = {}

    def press(place: int) -> None:
        together.wait()
        answers[place] = presses[place]()

    threads = [threading.Thread(target=press, args=(place,)) for place in range(len(presses))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [answers[place] for place in range(len(presses))]


@pytest.mark.parametrize("_time", range(5))
def test_of_two_adults_one_has_it(
    app: Flask, client: LintingClient, signed_in: SignIn, school: School, _time: int
) -> None:
    chat = ask(client, school, "amir", "ali")
    people = {"Mrs Ali": signed_in("ali"), "Ms Novak": signed_in("novak"), "Mrs Green": signed_in("green")}
    forms: dict[str, Form] = {
        name: look(browser).card("Amir Khan").form("coming") for name, browser in people.items()
    }
    answers = dict(
        zip(people, press_together(*(lambda n=n: forms[n].press(people[n]) for n in people)), strict=True)  # type: ignore[misc]
    )
    first = [name for name, answer in answers.items() if answer.status_code == 303]
    assert len(first) == 1
    for name, answer in answers.items():
        if name not in first:
            assert answer.status_code == 409
            assert f"{first[0]} has this request and is coming now." in read(answer).notice
    assert life_of(app, chat) == ["asked", "coming"]
    assert on_tablet(client, school, chat)["with"]["name"] == first[0]


@pytest.mark.parametrize("_time", range(5))
def test_the_child_takes_back_while_an_adult_answers(
    app: Flask, client: LintingClient, signed_in: SignIn, school: School, _time: int
) -> None:
    chat = ask(client, school, "amir", "ali")
    ali, tablet = signed_in("ali"), app.test_client()
    form = look(ali).card("Amir Khan").form("coming")
    answer, cancelled = press_together(
        lambda: form.press(ali), lambda: tablet.post(f"/tablet/chats/{chat}/cancel", headers=school.bearer())
    )
    assert cancelled.status_code == 200
    expected = {303: ["asked", "coming", "cancelled"], 409: ["asked", "cancelled"]}
    assert life_of(app, chat) == expected[answer.status_code]
    assert on_tablet(client, school, chat)["state"] == "cancelled"
    assert say_on_tablet(client, school, chat, "cancel") is None  # saying it again changes nothing
    assert life_of(app, chat) == expected[answer.status_code]


def test_of_a_button_pressed_twice_the_answer_happened_once(
    app: Flask, client: LintingClient, signed_in: SignIn, school: School
) -> None:
    chat = ask(client, school, "amir", "ali")
    ali = signed_in("ali")
    form, to = look(ali).card("Amir Khan").form("handed_over"), str(school.adults["okafor"])
    answers = press_together(lambda: form.press(ali, to=to), lambda: form.press(ali, to=to))
    assert [answer.status_code for answer in answers] == [303, 303]
    assert life_of(app, chat) == ["asked", "handed_over"]


def test_a_page_from_before_it_was_opened_again_ends_nothing(
    app: Flask, client: LintingClient, signed_in: SignIn, school: School
) -> None:
    chat = ask(client, school, "amir", "ali")
    ali = signed_in("ali")
    talked = look(ali).card("Amir Khan").form("talked")
    assert talked.press(ali).status_code == 303
    why = {"why": "upset again"}
    assert ali.post_form(f"/staff/chats/{chat}/reopen", why, page="/staff/todo").status_code == 303
    answer = talked.press(ali)
    assert answer.status_code == 409
    assert "This request was opened again: the child is waiting anew." in read(answer).notice
    assert on_tablet(client, school, chat)["state"] == "asked"
    assert look(ali).card("Amir Khan").form("coming").press(ali).status_code == 303
    assert life_of(app, chat) == ["asked", "talked", "reopened", "coming"]
