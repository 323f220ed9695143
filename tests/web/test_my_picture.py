"""By which picture children know an adult: their own choice, and the office's or duty's for them."""

from __future__ import annotations

from collections.abc import Callable

from flask import Flask

from kiosk.db import db
from kiosk.people.look_store import looks_taken
from kiosk.people.looks import LOOKS
from kiosk.people.models import Adult
from tests.cast import School
from tests.client import LintingClient, lint

SignIn = Callable[[str], LintingClient]
MINE = "/staff/picture"


def look_of(app: Flask, school: School, who: str) -> str:
    with app.app_context():
        return db.session.get_one(Adult, school.adults[who]).picture


def free_look(app: Flask, school: School, who: str) -> str:
    with app.app_context():
        taken = looks_taken(school.adults[who])
    return next(look for look in LOOKS if look not in taken and look != look_of(app, school, who))


def test_an_adult_chooses_a_leaf_and_children_see_it(
    app: Flask, client: LintingClient, school: School, signed_in: SignIn
) -> None:
    ali, wanted = signed_in("ali"), free_look(app, school, "ali")
    answer = ali.post_form(MINE, {"what": "leaf", "look": wanted}, MINE)
    assert (answer.status_code, answer.headers["Location"]) == (303, MINE)
    roster = client.get("/tablet/roster", headers=school.bearer()).get_json()
    (amir,) = [child for child in roster["pupils"] if child["name"] == "Amir"]
    assert amir["high5"][0]["picture"] == wanted


def test_what_somebody_beside_them_has_cannot_be_chosen(app: Flask, school: School, signed_in: SignIn) -> None:
    ali, before, of_okafor = signed_in("ali"), look_of(app, school, "ali"), look_of(app, school, "okafor")
    page = lint(ali.get(MINE).get_data(as_text=True))
    shown = {one.get("value"): one for one in page.iterfind(".//input[@type='radio']")}
    assert set(shown) == set(LOOKS)
    assert [look for look, one in shown.items() if "disabled" in one.attrib] == [of_okafor]
    assert [look for look, one in shown.items() if "checked" in one.attrib] == [before]
    answer = ali.post_form(MINE, {"what": "leaf", "look": of_okafor}, MINE)
    assert answer.status_code == 422
    assert "Somebody whom the same children can ask for has this one." in answer.get_data(as_text=True)
    assert look_of(app, school, "ali") == before


def test_the_office_chooses_for_a_colleague_and_a_colleague_does_not(
    app: Flask, school: School, signed_in: SignIn
) -> None:
    ali, wanted = school.adults["ali"], free_look(app, school, "ali")
    address = f"{MINE}/{ali}"
    assert signed_in("okafor").get(address).status_code == 403
    assert signed_in("okafor").post_form(address, {"what": "leaf", "look": wanted}, MINE).status_code == 403
    assert signed_in("patel").post_form(address, {"what": "leaf", "look": wanted}, address).status_code == 303
    assert look_of(app, school, "ali") == wanted
    assert signed_in("novak").get(f"{MINE}/999999").status_code == 404
