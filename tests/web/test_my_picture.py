"""By which picture children know an adult: their own choice, and the office's or duty's for them."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from kiosk.db import db, utc_now, writing
from kiosk.people.look_store import looks_taken
from kiosk.people.looks import LOOKS
from kiosk.people.models import Adult, OwnPicture, Teaching
from tests.cast import School
from tests.client import LintingClient, lint
from tests.photos import WHERE, photo, says_it_is_huge

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


def send(browser: LintingClient, sent: bytes, address: str = MINE, **form: str) -> TestResponse:
    """Send a photo as the form does; ``agreed`` is ticked unless it is said otherwise."""
    fields = {"what": "photo", "agreed": "yes"} | form
    data = {name: value for name, value in fields.items() if value} | {"photo": (BytesIO(sent), "me.jpg")}
    return browser.post_form(address, data, address)


def photos(client: LintingClient, school: School, tablet: str = "oak") -> dict[str, str]:
    found: dict[str, str] = client.get("/tablet/pictures", headers=school.bearer(tablet)).get_json()["photos"]
    return found


class TestAPhoto:
    def test_a_child_who_can_ask_for_them_sees_it_and_no_other_tablet_does(
        self, client: LintingClient, school: School, signed_in: SignIn
    ) -> None:
        ali = signed_in("ali")
        answer = send(ali, photo())
        assert (answer.status_code, answer.headers["Location"]) == (303, MINE)
        name = photos(client, school)[str(school.adults["ali"])]
        shown = client.get(f"/tablet/pictures/{name}", headers=school.bearer())
        assert (shown.status_code, shown.mimetype) == (200, "image/jpeg")
        assert shown.headers["Cache-Control"] == "private, max-age=31536000, immutable"
        assert WHERE not in shown.data
        assert photos(client, school, "birch") == {}
        assert client.get(f"/tablet/pictures/{name}", headers=school.bearer("birch")).status_code == 404
        assert client.get(f"/tablet/pictures/{name}").status_code == 401
        assert f'src="/staff/pictures/{name}"' in ali.get(MINE).get_data(as_text=True)
        assert signed_in("shah").get(f"/staff/pictures/{name}").data == shown.data
        assert client.get(f"/staff/pictures/{name}").status_code == 303

    def test_a_list_that_did_not_change_is_not_sent_again(
        self, client: LintingClient, school: School, signed_in: SignIn
    ) -> None:
        tag = client.get("/tablet/pictures", headers=school.bearer()).headers["ETag"]
        again = {**school.bearer(), "If-None-Match": tag}
        assert client.get("/tablet/pictures", headers=again).status_code == 304
        send(signed_in("ali"), photo())
        assert client.get("/tablet/pictures", headers=again).status_code == 200

    def test_pressing_twice_keeps_one_and_it_can_be_removed(
        self, client: LintingClient, school: School, signed_in: SignIn
    ) -> None:
        ali = signed_in("ali")
        assert [send(ali, photo()).status_code for _ in range(2)] == [303, 303]
        assert len(photos(client, school)) == 1
        assert [ali.post_form(MINE, {"what": "remove_photo"}, MINE).status_code for _ in range(2)] == [303, 303]
        assert photos(client, school) == {}

    @pytest.mark.parametrize(
        ("sent", "form", "why"),
        [
            (b"", {}, "There is no picture yet"),
            (b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>", {}, "not a picture we can read"),
            (says_it_is_huge(), {}, "not a picture we can read"),
            (says_it_is_huge(9_000, 9_000), {}, "too many pixels"),
            (photo()[:500], {}, "not a picture we can read"),
            (photo(), {"agreed": ""}, "when the person on it agrees"),
        ],
    )
    def test_what_cannot_be_kept_comes_back_with_the_reason_and_changes_nothing(
        self, client: LintingClient, school: School, signed_in: SignIn, sent: bytes, form: dict[str, str], why: str
    ) -> None:
        ali = signed_in("ali")
        send(ali, photo())
        before = photos(client, school)
        answer = send(ali, sent, **form)
        assert answer.status_code == 422
        assert why in answer.get_data(as_text=True)
        assert photos(client, school) == before

    def test_the_office_keeps_one_for_a_colleague(
        self, client: LintingClient, school: School, signed_in: SignIn
    ) -> None:
        address = f"{MINE}/{school.adults['ali']}"
        assert "Mrs Ali agreed that children see it" in signed_in("patel").get(address).get_data(as_text=True)
        assert send(signed_in("patel"), photo(), address).status_code == 303
        assert set(photos(client, school)) == {str(school.adults["ali"])}

    def test_a_name_that_is_none_finds_nothing(self, school: School, signed_in: SignIn) -> None:
        for name in ("x", "0" * 32, "0" * 5000, "%00"):
            assert signed_in("ali").get(f"/staff/pictures/{name}").status_code == 404


class TestAChildsOwnPicture:
    def test_its_teacher_sends_one_chooses_it_for_a_step_and_takes_it_away(
        self, app: Flask, client: LintingClient, school: School, signed_in: SignIn
    ) -> None:
        teach_oak(app, school)
        ali, page = signed_in("ali"), f"/staff/children/{school.pupils['amir']}/tablet"
        form = {"what": "", "change": "add_picture", "words": "My trampoline"}
        assert send(ali, photo(), page, **form).headers["Location"] == f"{page}#own_pictures"
        found = re.search(r'name="picture" value="own-([0-9a-f]{32})"', ali.get(page).get_data(as_text=True))
        assert found
        own = {"change": "own_step", "intensity": "2", "word": "Bouncy", "picture": f"own-{found[1]}"}
        assert ali.post_form(page, own, page).status_code == 303
        roster = client.get("/tablet/roster", headers=school.bearer()).get_json()
        (amir,) = [child for child in roster["pupils"] if child["name"] == "Amir"]
        assert amir["tablet"]["own_steps"]["2"]["picture"] == f"own-{found[1]}"
        assert client.get(f"/tablet/pictures/{found[1]}", headers=school.bearer()).status_code == 200
        assert client.get(f"/tablet/pictures/{found[1]}", headers=school.bearer("birch")).status_code == 404
        assert ali.get(f"/staff/pictures/{found[1]}").status_code == 200
        for nobody in ("okafor", "patel"):
            assert signed_in(nobody).get(f"/staff/pictures/{found[1]}").status_code == 404
        assert ali.post_form(page, {"change": "remove_picture", "name": found[1]}, page).status_code == 303
        assert client.get(f"/tablet/pictures/{found[1]}", headers=school.bearer()).status_code == 404

    @pytest.mark.parametrize(
        ("sent", "form", "why"),
        [
            (b"", {}, "There is no picture yet"),
            (b"<svg/>", {}, "not a picture we can read"),
            (photo(), {"agreed": ""}, "when no other child is on it"),
            (photo(), {"words": ""}, "Write what is on the picture"),
            (photo(), {"words": "My bad corner"}, "The tablet never says"),
        ],
    )
    def test_what_cannot_be_kept_comes_back_with_the_reason(
        self, app: Flask, school: School, signed_in: SignIn, sent: bytes, form: dict[str, str], why: str
    ) -> None:
        teach_oak(app, school)
        ali, page = signed_in("ali"), f"/staff/children/{school.pupils['amir']}/tablet"
        answer = send(ali, sent, page, **{"what": "", "change": "add_picture", "words": "Mine"} | form)
        assert answer.status_code == 422
        assert why in answer.get_data(as_text=True)
        assert 'value="own-' not in ali.get(page).get_data(as_text=True)

    def test_the_child_says_of_the_card_whether_it_helped(
        self, app: Flask, client: LintingClient, school: School, signed_in: SignIn
    ) -> None:
        teach_oak(app, school)
        ali, page = signed_in("ali"), f"/staff/children/{school.pupils['amir']}/tablet"
        send(ali, photo(), page, what="", change="add_picture", words="My trampoline")
        with app.app_context():
            (own,) = db.session.scalars(select(OwnPicture.name))
        ali.post_form(page, {"change": "add_card", "picture": f"own-{own}", "words": ""}, page)
        said = {"pupil": str(school.pupils["amir"]), "picture": f"own-{own}", "said": "helped"}
        sent = {"id": str(uuid4()), "at": utc_now().isoformat()} | said
        answers = [client.post("/tablet/strategies", json=sent, headers=school.bearer()) for _ in range(2)]
        assert [answer.status_code for answer in answers] == [201, 200]
        assert "My trampoline" in ali.get(page).get_data(as_text=True)
        wrong = client.post("/tablet/strategies", json=sent | {"picture": "own-x"}, headers=school.bearer())
        assert wrong.status_code == 422


def teach_oak(app: Flask, school: School) -> None:
    with app.app_context(), writing() as session:
        session.add(Teaching(adult_id=school.adults["ali"], class_id=school.classes["oak"]))
