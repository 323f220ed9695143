"""The page on which adults enter what children show on their fingers."""

from __future__ import annotations

import re
from collections.abc import Callable
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import select

from kiosk.db import db, writing
from kiosk.feelings.models import CheckIn
from kiosk.people.models import Teaching
from tests.cast import School
from tests.client import LintingClient
from tests.web.board import ask, check_in, look

SignIn = Callable[[str], LintingClient]


@pytest.fixture
def teacher(app: Flask, school: School, signed_in: SignIn) -> LintingClient:
    """Mrs Ali, who teaches Oak."""
    with app.app_context(), writing() as session:
        session.add(Teaching(adult_id=school.adults["ali"], class_id=school.classes["oak"]))
    return signed_in("ali")


def enter(browser: LintingClient, school: School, who: str = "amir", step: str = "4") -> str:
    """Press a button as the page has it; the key of what was entered."""
    page = browser.get(f"/staff/fingers?class_id={school.classes['oak']}").get_data(as_text=True)
    form = page.split(f'action="/staff/fingers/{school.pupils[who]}"', 1)[1].split("</form>", 1)[0]
    found = re.search(r'name="key" value="([^"]+)"', form)
    assert found
    data = {"key": found[1], "step": step}
    answer = browser.post_form(f"/staff/fingers/{school.pupils[who]}", data, "/staff/fingers")
    assert answer.status_code == 303
    assert answer.headers["Location"].endswith(f"#pupil-{school.pupils[who]}")
    return found[1]


def kept(app: Flask) -> list[tuple[int, int]]:
    with app.app_context():
        return [(row.pupil_id, row.step) for row in db.session.scalars(select(CheckIn).order_by(CheckIn.id))]


def test_one_tap_enters_and_one_takes_back(app: Flask, school: School, teacher: LintingClient) -> None:
    key = enter(teacher, school)
    assert kept(app) == [(school.pupils["amir"], 4)]
    page = teacher.get("/staff/fingers").get_data(as_text=True)
    assert "entered by you" in page
    answer = teacher.post_form(f"/staff/fingers/entries/{key}/take-back", {}, "/staff/fingers")
    assert answer.status_code == 303
    assert kept(app) == []
    assert "entered by you" not in teacher.get("/staff/fingers").get_data(as_text=True)


def test_what_was_another_childs_is_given_to_that_child(
    app: Flask, school: School, teacher: LintingClient
) -> None:
    key = enter(teacher, school)
    move = f"/staff/fingers/entries/{key}/move"
    answer = teacher.post_form(move, {"to": str(school.pupils["zofia"])}, "/staff/fingers")
    assert answer.headers["Location"].endswith(f"#pupil-{school.pupils['zofia']}")
    assert kept(app) == [(school.pupils["zofia"], 4)]
    assert "at first with Amir" in teacher.get("/staff/fingers").get_data(as_text=True)


def test_a_teacher_has_her_own_class_and_reads_no_step_she_did_not_enter(
    app: Flask, school: School, teacher: LintingClient, signed_in: SignIn
) -> None:
    duty = signed_in("novak")
    enter(duty, school)
    page = teacher.get(f"/staff/fingers?class_id={school.classes['birch']}").get_data(as_text=True)
    assert "Amir" in page
    assert "Tomi" not in page
    assert "entered by Ms Novak" in page
    assert "step-4" not in page
    assert "entered by you" in duty.get("/staff/fingers?class_id=" + str(school.classes["oak"])).get_data(
        as_text=True
    )


class TestTappedUnderTheWrongPicture:
    def test_the_teacher_gives_it_to_another_child_of_the_class_and_reads_no_step(
        self, app: Flask, client: LintingClient, school: School, teacher: LintingClient
    ) -> None:
        key = check_in(client, school, "amir", 5)
        page = teacher.get("/staff/fingers").get_data(as_text=True)
        assert "tapped on a tablet" in page
        assert "step-5" not in page
        assert "A child of another class" not in page, "she teaches one"
        move = f"/staff/fingers/entries/{key}/move"
        assert teacher.post_form(move, {"to": str(school.pupils["zofia"])}, "/staff/fingers").status_code == 303
        assert kept(app) == [(school.pupils["zofia"], 5)]

    def test_by_search_to_a_child_of_another_class_she_teaches(
        self, app: Flask, client: LintingClient, school: School, teacher: LintingClient
    ) -> None:
        with app.app_context(), writing() as session:
            session.add(Teaching(adult_id=school.adults["ali"], class_id=school.classes["birch"]))
        key = check_in(client, school, "amir", 5)
        whose = f"/staff/fingers/entries/{key}/whose"
        assert whose in teacher.get("/staff/fingers?class_id=" + str(school.classes["oak"])).get_data(as_text=True)
        everybody = teacher.get(whose).get_data(as_text=True)
        assert everybody.index("Zofia Nowak") < everybody.index("Tomi Adeyemi"), "the same class comes first"
        found = teacher.get(f"{whose}?called=ade+to").get_data(as_text=True)
        assert "Tomi Adeyemi" in found
        assert "Zofia" not in found
        assert "No child of yours is called like that." in teacher.get(f"{whose}?called=x").get_data(as_text=True)
        move = f"/staff/fingers/entries/{key}/move"
        assert teacher.post_form(move, {"to": str(school.pupils["tomi"])}, whose).status_code == 303
        assert kept(app) == [(school.pupils["tomi"], 5)]

    def test_who_does_not_teach_the_child_finds_nothing(
        self, app: Flask, client: LintingClient, school: School, signed_in: SignIn
    ) -> None:
        with app.app_context(), writing() as session:
            session.add(Teaching(adult_id=school.adults["shah"], class_id=school.classes["birch"]))
        key = check_in(client, school, "amir", 5)
        for who in ("shah", "okafor", "novak"):
            browser = signed_in(who)
            for address in (f"/staff/fingers/entries/{key}/whose", "/staff/fingers/entries/x/whose"):
                assert browser.get(address).status_code == 404
            move, form = f"/staff/fingers/entries/{key}/move", {"to": str(school.pupils["zofia"])}
            assert browser.post_form(move, form, "/staff/fingers").status_code == 404
        assert kept(app) == [(school.pupils["amir"], 5)]


def test_nurture_and_lead_see_who_entered_what(school: School, teacher: LintingClient, signed_in: SignIn) -> None:
    enter(teacher, school)
    for who in ("bell", "green"):
        page = signed_in(who).get(f"/staff/fingers?class_id={school.classes['oak']}").get_data(as_text=True)
        assert "entered by Mrs Ali" in page


def test_who_teaches_nobody_finds_nobody(school: School, signed_in: SignIn) -> None:
    page = signed_in("okafor").get("/staff/fingers").get_data(as_text=True)
    assert "The roster links no class to you" in page
    assert "Amir" not in page


@pytest.mark.parametrize("form", [{}, {"step": "3"}, {"key": "x", "step": "3"}, {"step": "6"}, {"step": "three"}])
def test_a_form_that_does_not_fit_enters_nothing(
    app: Flask, school: School, teacher: LintingClient, form: dict[str, str]
) -> None:
    data = {"key": str(uuid4())} | form if form.get("step") in ("6", "three") else form
    answer = teacher.post_form(f"/staff/fingers/{school.pupils['amir']}", data, "/staff/fingers")
    assert answer.status_code == 422
    assert "Nothing was entered" in answer.get_data(as_text=True)
    assert kept(app) == []


def test_a_key_that_was_used_for_another_child_enters_nothing_more(
    app: Flask, school: School, teacher: LintingClient
) -> None:
    key = enter(teacher, school)
    data = {"key": key, "step": "4"}
    answer = teacher.post_form(f"/staff/fingers/{school.pupils['zofia']}", data, "/staff/fingers")
    assert answer.status_code == 422
    assert kept(app) == [(school.pupils["amir"], 4)]


def test_a_child_of_another_class_and_one_there_is_not_look_the_same(
    app: Flask, school: School, teacher: LintingClient, signed_in: SignIn
) -> None:
    key = enter(signed_in("novak"), school)
    before = kept(app)
    for address in (f"/staff/fingers/{school.pupils['tomi']}", "/staff/fingers/999", "/staff/fingers/x"):
        form = {"key": str(uuid4()), "step": "3"}
        assert teacher.post_form(address, form, "/staff/fingers").status_code == 404
    zofia = str(school.pupils["zofia"])
    for entry, act in (
        (key, "take-back"),
        *((none, act) for none in (str(uuid4()), "x") for act in ("take-back", "move")),
    ):
        answer = teacher.post_form(f"/staff/fingers/entries/{entry}/{act}", {"to": zofia}, "/staff/fingers")
        assert answer.status_code == 404, (entry, act)
    assert kept(app) == before


def test_moving_needs_a_child_of_ones_own(app: Flask, school: School, teacher: LintingClient) -> None:
    key = enter(teacher, school)
    for to in ("", "999", str(school.pupils["tomi"])):
        answer = teacher.post_form(f"/staff/fingers/entries/{key}/move", {"to": to}, "/staff/fingers")
        assert answer.status_code == 422
        assert "Nothing was changed" in answer.get_data(as_text=True)
    assert kept(app) == [(school.pupils["amir"], 4)]


def test_today_says_who_entered_a_step(school: School, teacher: LintingClient, signed_in: SignIn) -> None:
    enter(teacher, school)
    page = signed_in("bell").get("/patterns/").get_data(as_text=True)
    assert "entered by Mrs Ali" in page


class TestWhereItIsShown:
    def test_the_card_of_a_request_that_came_with_it_says_who_entered_it(
        self, client: LintingClient, school: School, teacher: LintingClient
    ) -> None:
        key = enter(teacher, school)
        ask(client, school, "amir", "ali", check_in=key)
        assert "Upset Shown on the fingers; entered by Mrs Ali" in look(teacher).card("Amir Khan").words

    def test_what_the_child_tapped_has_no_such_line(
        self, client: LintingClient, school: School, teacher: LintingClient
    ) -> None:
        ask(client, school, "amir", "ali", check_in=check_in(client, school, "amir", 4))
        assert "entered by" not in look(teacher).card("Amir Khan").words

    def test_with_names_hidden_neither_the_step_nor_who_entered_it(
        self, client: LintingClient, school: School, teacher: LintingClient
    ) -> None:
        ask(client, school, "amir", "ali", check_in=enter(teacher, school))
        teacher.post("/staff/names", data={"hide": "yes", "csrf_token": teacher.csrf()})
        assert "entered by" not in look(teacher).card("A pupil in Oak").words

    def test_the_childs_page_over_time_says_to_whom_it_was_shown_and_the_parents_paper_names_nobody(
        self, school: School, teacher: LintingClient, signed_in: SignIn
    ) -> None:
        enter(teacher, school)
        address = f"/patterns/children/{school.pupils['amir']}"
        bell = signed_in("bell")
        assert "shown on the fingers to Mrs Ali" in bell.get(address).get_data(as_text=True)
        assert "Shown to\r\n" in bell.get(f"{address}/export.csv").get_data(as_text=True)
        assert ",Mrs Ali\r\n" in bell.get(f"{address}/export.csv").get_data(as_text=True)
        assert "Mrs Ali" not in bell.get(f"{address}?paper=parents").get_data(as_text=True)
        assert teacher.get(address).status_code == 403
