"""The adult who sets a tablet up: a code, what it would make of this device, one button."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from flask import Flask

from kiosk.audit import KEYBOARD
from kiosk.db import utc_now
from kiosk.people.tablets import all_tablets, invite_tablet
from tests.cast import School
from tests.client import LintingClient, lint

Invite = Callable[..., str]
REFUSED = "This code does not work any more."


@pytest.fixture
def invited(app: Flask) -> Invite:
    """A code for a tablet: ``invited("Oak")``."""

    def invite(*classes: str) -> str:
        with app.app_context():
            return invite_tablet("Window tablet", classes or ("Oak",), KEYBOARD)

    return invite


def said(page: str) -> str:
    return " ".join("".join(lint(page).find(".//main").itertext()).split())  # type: ignore[union-attr]


def test_it_asks_for_a_code_in_large_capital_letters(client: LintingClient) -> None:
    tree = lint(client.get("/pair").get_data(as_text=True))
    code = tree.find(".//input[@name='code']")
    assert code is not None
    assert code.get("autocapitalize") == "characters"
    assert code.get("autocomplete") == "off"
    assert tree.find(".//form[@method='post']") is None  # nothing to pair with yet


@pytest.mark.parametrize("spelling", ["{0}{1}", "{0} {1}", "{0}-{1}"])
def test_a_code_may_be_typed_as_it_comes(client: LintingClient, invited: Invite, spelling: str) -> None:
    code = invited("Oak")
    typed = spelling.format(code[:4], code[4:]).lower()
    page = client.get("/pair", query_string={"code": typed}).get_data(as_text=True)
    assert "This will be the tablet “Window tablet” for Oak." in said(page)
    assert client.post_form("/pair", {"code": typed}, page=f"/pair?code={code}").status_code == 303
    assert [pupil["name"] for pupil in client.get("/tablet/roster").get_json()["pupils"]] == ["Amir", "Zofia"]


@pytest.mark.parametrize(
    ("classes", "named"), [(("Oak", "Birch"), "for Birch, Oak."), (("all",), "for every class.")]
)
def test_it_says_whose_children_it_will_show(
    client: LintingClient, invited: Invite, classes: tuple[str, ...], named: str
) -> None:
    assert named in said(client.get(f"/pair?code={invited(*classes)}").get_data(as_text=True))


def test_opening_the_address_pairs_nothing_and_names_no_child(
    app: Flask, client: LintingClient, invited: Invite
) -> None:
    code = invited("Oak")
    for _ in "twice":
        page = client.get(f"/pair?code={code}").get_data(as_text=True)
        assert "Pair this tablet" in page
        assert "Amir" not in page
    with app.app_context():
        assert "Window tablet" not in [tablet.name for tablet in all_tablets()]


def test_a_code_works_once(app: Flask, client: LintingClient, invited: Invite) -> None:
    code = invited("Oak")
    client.post_form("/pair", {"code": code}, page=f"/pair?code={code}")
    second: LintingClient = app.test_client()  # type: ignore[assignment]
    assert REFUSED in said(second.get(f"/pair?code={code}").get_data(as_text=True))
    form = {"code": code, "csrf_token": second.csrf(f"/pair?code={_fresh(app)}")}
    answer = second.post("/pair", data=form)
    assert answer.status_code == 422
    assert REFUSED in said(answer.get_data(as_text=True))
    assert second.get("/tablet/roster").status_code == 401


def test_a_code_works_for_ten_minutes(client: LintingClient, invited: Invite) -> None:
    code = invited("Oak")
    with time_machine.travel(utc_now() + timedelta(minutes=9, seconds=58)):
        assert "This will be" in said(client.get(f"/pair?code={code}").get_data(as_text=True))
    with time_machine.travel(utc_now() + timedelta(minutes=10, seconds=1)):
        assert REFUSED in said(client.get(f"/pair?code={code}").get_data(as_text=True))


@pytest.mark.parametrize(
    "code", ["ABCD2345", "x", "AB%00", "%F0%9F%8C%B3", "%22%3E%3Cscript%3E", "A" * 5000, "AB%EF%BF%BF"]
)
def test_what_is_no_code_is_refused_with_the_same_sentence(client: LintingClient, code: str) -> None:
    answer = client.get(f"/pair?code={code}")
    assert answer.status_code == 200
    assert REFUSED in said(answer.get_data(as_text=True))


def test_pairing_needs_the_forms_own_token(client: LintingClient, invited: Invite) -> None:
    assert client.post("/pair", data={"code": invited("Oak")}).status_code == 400
    assert client.get("/tablet/roster").status_code == 401


def test_guessing_is_slowed_down(client: LintingClient) -> None:
    statuses = [client.get(f"/pair?code=GUESS{number:03}").status_code for number in range(22)]
    assert statuses[0] == 200
    assert statuses[-1] == 429


def test_a_device_that_is_a_tablet_already_is_told_so(
    client: LintingClient, school: School, invited: Invite
) -> None:
    client.set_cookie("treetops_tablet", school.oak_token)
    already = "This device is already the tablet “Oak tablet”."
    assert already in said(client.get("/pair").get_data(as_text=True))
    assert already in said(client.get(f"/pair?code={invited('Birch')}").get_data(as_text=True))


def _fresh(app: Flask) -> str:
    with app.app_context():
        return invite_tablet("Another tablet", ["Oak"], KEYBOARD)
