"""Mrs Ali is away: Amir's tablet names Mr Okafor, and that is who is told. Zofia, who has nobody else, is sent to
the safe space."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from kiosk.audit import KEYBOARD
from kiosk.chats.store import Asker
from kiosk.chats.store.raising import raise_concern
from kiosk.db import db
from kiosk.people.accounts import set_active
from kiosk.people.models import Account
from kiosk.people.rules import Presence
from kiosk.people.store import set_presence
from kiosk.school.store import local_now
from tests.cast import School, email_of
from tests.client import LintingClient
from tests.web.board import ask, look


@pytest.fixture
def away(app: Flask, school: School) -> Any:
    """Say of somebody that they are out today."""

    def tap_out(who: str) -> None:
        with app.app_context():
            out = Presence(tapped_on=local_now().date(), tapped_here=False)
            set_presence(school.adults[who], out, KEYBOARD)

    return tap_out


def high5(client: LintingClient, school: School, who: str) -> list[dict[str, Any]]:
    roster = client.get("/tablet/roster", headers=school.bearer()).get_json()
    (child,) = [child for child in roster["pupils"] if child["id"] == str(school.pupils[who])]
    found: list[dict[str, Any]] = child["high5"]
    return found


def test_nobody_stands_in_for_somebody_who_is_here(client: LintingClient, school: School) -> None:
    assert [(adult["here"], adult["stand_in"]) for adult in high5(client, school, "amir")] == [(True, None)] * 2


def test_the_tablet_names_who_is_then_told(
    client: LintingClient, school: School, away: Any, signed_in: Any
) -> None:
    away("ali")
    ali, okafor = high5(client, school, "amir")
    assert not ali["here"]
    assert ali["stand_in"] == {"id": str(school.adults["okafor"]), "name": "Mr Okafor"}
    assert (okafor["here"], okafor["stand_in"]) == (True, None)
    ask(client, school, "amir", "ali")
    assert look(signed_in("okafor")).card("Amir Khan").rings


def test_a_child_with_nobody_else_is_sent_to_the_safe_space(
    client: LintingClient, school: School, away: Any
) -> None:
    away("okafor")
    (okafor,) = high5(client, school, "zofia")
    assert (okafor["here"], okafor["stand_in"]) == (False, None)


def test_who_cannot_sign_in_cannot_stand_in(app: Flask, client: LintingClient, school: School, away: Any) -> None:
    away("ali")
    with app.app_context():
        account_id = db.session.scalars(select(Account.id).where(Account.email == email_of("okafor"))).one()
        set_active(account_id, False, KEYBOARD)
    assert high5(client, school, "amir")[0]["stand_in"] is None


def test_the_roster_is_a_new_one_when_the_stand_in_changes(
    client: LintingClient, school: School, away: Any
) -> None:
    away("ali")
    before = client.get("/tablet/roster", headers=school.bearer())
    same = {"If-None-Match": before.headers["ETag"]}
    assert client.get("/tablet/roster", headers=school.bearer() | same).status_code == 304
    away("okafor")
    after = client.get("/tablet/roster", headers=school.bearer() | same)
    assert after.status_code == 200
    assert after.get_json()["version"] != before.get_json()["version"]


def test_an_adult_who_would_not_be_asked_alone_is_not_named_and_not_told(
    app: Flask, client: LintingClient, school: School, away: Any, signed_in: Any
) -> None:
    away("ali")
    with app.app_context():
        lead = Asker(school.adults["green"], account_id=1, sees_all=True)
        raise_concern(lead, "Something was said.", about_adult_id=school.adults["okafor"])
    assert high5(client, school, "amir")[0]["stand_in"] is None
    ask(client, school, "amir", "ali")
    assert look(signed_in("novak")).card("Amir Khan").rings
    assert look(signed_in("okafor")).names() == []
