"""A child's set-up in the roster, and what a tablet sends of the child's own cards."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

import pytest
from flask import Flask

from kiosk.audit import KEYBOARD
from kiosk.db import utc_now
from kiosk.people.high5 import AT_THE_KEYBOARD
from kiosk.people.set_up_tablet import WhoSetsUp, add_strategy, choose
from tests.cast import School
from tests.client import LintingClient

ANYONE = WhoSetsUp(AT_THE_KEYBOARD, KEYBOARD)


def sent(school: School, **other: object) -> dict[str, object]:
    entry = {
        "id": str(uuid4()),
        "pupil": str(school.pupils["amir"]),
        "picture": "sym-drink",
        "said": "helped",
        "at": utc_now().isoformat(),
    }
    return entry | other


def test_the_roster_says_how_it_is_set_up_and_has_another_tag_when_that_changes(
    app: Flask, client: LintingClient, school: School
) -> None:
    before = client.get("/tablet/roster", headers=school.bearer())
    assert [pupil["tablet"] for pupil in before.json["pupils"]] == [{}, {}]  # type: ignore[index]
    with app.app_context():
        choose(school.pupils["amir"], "steps", "3", ANYONE)
        choose(school.pupils["amir"], "theme", "zones", ANYONE)
        add_strategy(school.pupils["amir"], "sym-drink", "", ANYONE)
    after = client.get("/tablet/roster", headers=school.bearer())
    amir, zofia = after.json["pupils"]  # type: ignore[index]
    assert (amir["steps"], zofia["steps"]) == ([1, 3, 5], [1, 2, 3, 4, 5])
    assert amir["tablet"] == {
        "theme": "zones",
        "strategies": [{"picture": "sym-drink", "words": "Have a drink"}],
    }
    assert zofia["tablet"] == {}
    assert after.headers["ETag"] != before.headers["ETag"]
    assert after.json["version"] != before.json["version"]  # type: ignore[index]


def test_what_helped_is_201_and_then_200(client: LintingClient, school: School) -> None:
    entry = sent(school)
    answers = [client.post("/tablet/strategies", json=entry, headers=school.bearer()) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 200]
    assert [answer.json for answer in answers] == [{"id": entry["id"]}] * 2
    other = client.post("/tablet/strategies", json=entry | {"said": "a_bit"}, headers=school.bearer())
    assert other.status_code == 409


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("id", "7"),
        ("id", None),
        ("pupil", 1),
        ("picture", "sym-bell"),
        ("picture", ["sym-drink"]),
        ("said", "yes"),
        ("said", None),
        ("at", "today"),
        ("at", "2020-01-01T09:00:00Z"),
    ],
)
def test_a_field_that_does_not_fit_is_named(
    client: LintingClient, school: School, field: str, value: object
) -> None:
    answer = client.post("/tablet/strategies", json=sent(school, **{field: value}), headers=school.bearer())
    assert (answer.status_code, list(answer.json["errors"])) == (422, [field])  # type: ignore[index]


def test_a_child_who_is_not_this_tablets_is_not_there(client: LintingClient, school: School) -> None:
    tomi, unknown = str(school.pupils["tomi"]), "999"
    answers = [
        client.post("/tablet/strategies", json=sent(school, pupil=pupil), headers=school.bearer())
        for pupil in (tomi, unknown, "tomi")
    ]
    assert [answer.status_code for answer in answers] == [404, 404, 404]
    assert len({answer.data for answer in answers}) == 1


def test_the_childs_adults_see_what_helped(
    client: LintingClient, school: School, signed_in: Callable[[str], LintingClient]
) -> None:
    for said in ("helped", "helped", "not_today"):
        client.post("/tablet/strategies", json=sent(school, said=said), headers=school.bearer())
    page = signed_in("okafor").get(f"/staff/children/{school.pupils['amir']}").get_data(as_text=True)
    assert "helped 2, a bit 0, not today 1" in page
    assert "says helps" not in signed_in("okafor").get(f"/staff/children/{school.pupils['zofia']}").text


def test_nobody_sends_without_being_paired(client: LintingClient, school: School) -> None:
    assert client.post("/tablet/strategies", json=sent(school)).status_code == 401
    client.set_cookie("treetops_tablet", school.oak_token)
    assert client.post("/tablet/strategies", json=sent(school)).status_code == 400
