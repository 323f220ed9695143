"""With one tap a screen that others can see holds no child's name, picture, step or reason."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.cast import School
from tests.client import LintingClient
from tests.web.board import ask, check_in, look, read

SignIn = Callable[[str], LintingClient]
OF_AMIR = ("Amir", "Khan", "pic-fox", "#hand-", "#face-", "Upset", "About")


@pytest.fixture
def ali(client: LintingClient, signed_in: SignIn, school: School) -> LintingClient:
    """Mrs Ali's classroom computer, with a request from Amir that rings."""
    ask(client, school, "amir", "ali", check_in=check_in(client, school, "amir", 4), about=["home"])
    return signed_in("ali")


def board_part(page: str) -> str:
    """The board without the drawings that every page brings."""
    return page[page.index('<div id="board"') :]


def set_names(browser: LintingClient, hide: str, **headers: str) -> str:
    data = {"hide": hide, "csrf_token": browser.csrf()}
    return browser.post("/staff/names", data=data, headers=headers, follow_redirects=True).get_data(as_text=True)


def test_a_screen_with_hidden_names_holds_nothing_of_the_child(ali: LintingClient) -> None:
    hidden = set_names(ali, "yes")
    for told in OF_AMIR:
        assert told not in board_part(hidden)
    assert "Amir" not in hidden
    assert "A pupil in Oak" in hidden
    fragment = ali.get("/staff/board").get_data(as_text=True)
    assert not [told for told in OF_AMIR if told in fragment]


def test_it_can_still_be_answered(ali: LintingClient) -> None:
    set_names(ali, "yes")
    answer = look(ali).card("A pupil in Oak").form("seen").press(ali)
    assert answer.status_code == 303
    after = look(ali)
    assert "The child can see that you have seen it." in after.notice
    assert "Amir" not in after.words


def test_it_is_remembered_on_this_device_alone(ali: LintingClient, signed_in: SignIn) -> None:
    set_names(ali, "yes")
    assert look(ali).names() == ["A pupil in Oak"]
    assert look(signed_in("ali")).names() == ["Amir Khan"]


def test_names_come_back_with_one_tap(ali: LintingClient) -> None:
    set_names(ali, "yes")
    set_names(ali, "no")
    assert look(ali).names() == ["Amir Khan"]


def test_by_script_the_board_alone_comes_back(ali: LintingClient) -> None:
    data = {"hide": "yes", "csrf_token": ali.csrf()}
    answer = ali.post("/staff/names", data=data, headers={"X-Treetops-Board": "1"})
    assert "<html" not in answer.get_data(as_text=True)
    assert read(answer).names() == ["A pupil in Oak"]
    assert look(ali).names() == ["A pupil in Oak"]
