"""What a child laid on the talking mat reaches the adults who see the request, and nobody else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from kiosk.db import utc_now
from tests.cast import School
from tests.client import LintingClient

SignIn = Callable[[str], LintingClient]
LAID = {"about": ["friends"], "maybe": ["home", "playtime"], "not_today": ["learning"]}


def asks(app: Flask, school: School, **more: Any) -> TestResponse:
    """Amir asks Mrs Ali."""
    entry = {"id": str(uuid4()), "pupil": str(school.pupils["amir"]), "adult": str(school.adults["ali"])}
    body = entry | {"asked_at": utc_now().isoformat(), "when": "now"} | more
    return app.test_client().post("/tablet/chats", json=body, headers=school.bearer())


def test_the_adult_who_is_asked_and_duty_read_what_lies_where(
    app: Flask, school: School, signed_in: SignIn
) -> None:
    assert asks(app, school, **LAID).status_code == 201
    for who in ("ali", "novak"):
        board = signed_in(who).get("/staff/").get_data(as_text=True)
        assert "About friends" in board
        assert "Maybe about home, playtime" in board
        assert "Not today about learning" in board


def test_others_read_nothing_of_it_and_neither_does_a_room(app: Flask, school: School, signed_in: SignIn) -> None:
    asks(app, school, **LAID)
    assert "learning" not in signed_in("shah").get("/staff/").get_data(as_text=True)
    ali = signed_in("ali")
    ali.post_form("/staff/names", {"hide": "yes"}, "/staff/")
    hidden = ali.get("/staff/").get_data(as_text=True)
    assert "Not today about" not in hidden
    assert "Maybe about" not in hidden


def test_a_request_without_the_mat_says_nothing_of_it(app: Flask, school: School, signed_in: SignIn) -> None:
    assert asks(app, school).status_code == 201
    board = signed_in("ali").get("/staff/").get_data(as_text=True)
    assert "Maybe about" not in board
    assert "Not today about" not in board


@pytest.mark.parametrize("name", ["maybe", "not_today"])
@pytest.mark.parametrize("value", ["home", ["nonsense"], [["home"]], {"home": True}, 5])
def test_what_is_no_topic_is_refused_by_its_name(app: Flask, school: School, name: str, value: Any) -> None:
    answered = asks(app, school, **{name: value})
    assert answered.status_code == 422
    assert list(answered.get_json()["errors"]) == [name]


def test_sent_again_it_is_the_same_and_laid_otherwise_it_is_another(app: Flask, school: School) -> None:
    same: dict[str, Any] = {"id": str(uuid4()), "asked_at": utc_now().isoformat(), **LAID}
    assert [asks(app, school, **same).status_code for _ in range(2)] == [201, 200]
    assert asks(app, school, **same | {"maybe": ["home"]}).status_code == 409
