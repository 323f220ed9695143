"""Mrs Ali teaches Oak and sees to its children's endings. Mr Shah teaches nobody and finds nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time, timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from kiosk.audit import KEYBOARD, AuditEvent
from kiosk.db import db, utc_now, writing
from kiosk.minding.endings import endings_due
from kiosk.minding.models import PlannedTime
from kiosk.people.high5 import AT_THE_KEYBOARD
from kiosk.people.models import Teaching
from kiosk.people.rules import Presence
from kiosk.people.store import high5_of, set_high5, set_presence
from kiosk.school.store import local_now
from tests.cast import School
from tests.client import LintingClient, lint

SignIn = Callable[[str], LintingClient]
LIST = "/staff/endings"


@pytest.fixture
def today(app: Flask) -> date:
    with app.app_context():
        return local_now().date()


@pytest.fixture(autouse=True)
def mr_okafor_left_and_mrs_ali_teaches_oak(app: Flask, school: School, today: date) -> None:
    with app.app_context():
        with writing() as session:
            session.add(Teaching(adult_id=school.adults["ali"], class_id=school.classes["oak"]))
        set_presence(school.adults["okafor"], Presence(left_on=today), KEYBOARD)


def page_of(school: School, child: str, adult: str = "okafor") -> str:
    return f"{LIST}/{school.pupils[child]}/{school.adults[adult]}"


def said(answer: TestResponse) -> str:
    main = lint(answer.get_data(as_text=True)).find(".//main")
    assert main is not None
    return " ".join(" ".join(main.itertext()).split())


def finished(school: School, today: date, **other: str) -> dict[str, str]:
    return {
        "told_by": str(school.adults["ali"]),
        "told_on": today.isoformat(),
        "new_adult": str(school.adults["shah"]),
        "met_on": today.isoformat(),
        "finish": "yes",
    } | other


def high5(app: Flask, school: School, who: str) -> list[str]:
    with app.app_context():
        return [adult.called for adult in high5_of([school.pupils[who]])[school.pupils[who]]]


def test_the_list_says_why_who_and_whom_nobody_hears(signed_in: SignIn, today: date) -> None:
    page = said(signed_in("ali").get(LIST))
    first, rest = page.split("To do", 1)
    assert "Nobody in this High 5 can be asked" in first
    assert "Zofia Nowak" in first
    assert "Amir" not in first
    assert f"Mr Okafor left on {today:%A} {today.day} {today:%B}" in rest
    assert "Amir Khan Oak. Nobody tells the child yet." in rest
    assert "Tomi" not in page


@pytest.mark.parametrize("who", ["novak", "bell", "green"])
def test_duty_nurture_and_the_lead_see_every_class(signed_in: SignIn, who: str) -> None:
    assert "Amir Khan" in said(signed_in(who).get(LIST))


def test_somebody_who_teaches_nobody_finds_nobody(school: School, signed_in: SignIn) -> None:
    shah = signed_in("shah")
    page = said(shah.get(LIST))
    assert "No child of the classes you teach needs an ending now." in page
    assert not any(name in page for name in ("Amir", "Zofia", "Okafor"))
    assert shah.get(page_of(school, "amir")).status_code == 404
    assert shah.post_form(page_of(school, "amir"), {"note": "x"}, "/help/").status_code == 404


def test_an_administrator_sees_none_of_it(school: School, signed_in: SignIn) -> None:
    patel = signed_in("patel")
    assert patel.get(LIST).status_code == 403
    assert patel.get(page_of(school, "amir")).status_code == 403


def test_a_regular_time_that_ends_with_the_adult_is_told(app: Flask, school: School, signed_in: SignIn) -> None:
    with app.app_context(), writing() as session:
        session.add(
            PlannedTime(
                pupil_id=school.pupils["amir"],
                adult_id=school.adults["okafor"],
                weekday=1,
                at=time(9, 10),
                first_day=date(2026, 9, 1),
                made_by_id=school.adults["ali"],
                made_at=utc_now(),
            )
        )
    page = said(signed_in("ali").get(page_of(school, "amir")))
    assert "Amir has a regular time with Mr Okafor: Tuesdays at 09:10." in page
    assert "It ends with the last day of Mr Okafor." in page
    assert "regular time" not in said(signed_in("ali").get(page_of(school, "zofia")))


def test_a_plan_is_kept_and_stands_on_the_list(school: School, signed_in: SignIn, today: date) -> None:
    ali, when = signed_in("ali"), today + timedelta(days=3)
    plan = {"told_by": str(school.adults["ali"]), "told_on": when.isoformat(), "note": "After the assembly"}
    answer = ali.post_form(page_of(school, "amir"), plan, page_of(school, "amir"))
    assert (answer.status_code, answer.headers["Location"]) == (303, LIST)
    assert f"Mrs Ali tells the child on {when:%A} {when.day} {when:%B}" in said(ali.get(LIST))
    assert "After the assembly" in said(ali.get(page_of(school, "amir")))


def test_what_is_done_leaves_the_list_with_the_new_adult_in_the_high_5(
    app: Flask, school: School, signed_in: SignIn, today: date
) -> None:
    ali, address = signed_in("ali"), page_of(school, "amir")
    answer = ali.post_form(address, finished(school, today, into_high5="yes"), address)
    assert answer.status_code == 303
    page = said(ali.get(LIST))
    assert "This ending is done. Thank you. The High 5 of Amir Khan is changed." in page
    assert "Amir Khan" not in page.split("To do", 1)[1].split("Done lately", 1)[0]
    assert high5(app, school, "amir") == ["Mrs Ali", "Mr Shah"]
    assert "This ending is done." in said(ali.get(address))


def test_what_was_done_can_be_opened_again(school: School, signed_in: SignIn, today: date) -> None:
    ali, address = signed_in("ali"), page_of(school, "amir")
    ali.post_form(address, finished(school, today), address)
    assert ali.post_form(address, finished(school, today), "/help/").status_code == 404, "nothing is open"
    answer = ali.post_form(f"{address}/reopen", {}, address)
    assert answer.headers["Location"] == address
    assert "It is open again." in said(ali.get(address))
    assert ali.post_form(f"{address}/reopen", {}, address).status_code == 404


@pytest.mark.parametrize(
    ("other", "sentence"),
    [
        ({"told_by": ""}, "Not done yet: say who told the child"),
        ({"new_adult": ""}, "Choose the new adult whom the child meets"),
        ({"met_on": ""}, "Not done yet: give the day on which the child and the new adult met together."),
        ({"new_adult": "none"}, "Choose a new adult, or that none is wanted: not both."),
        ({"told_on": "Tuesday"}, "Give the day on which the child is told as a date."),
        ({"new_adult": "okafor"}, "Somebody you chose is not known here."),
        ({"note": "a" * 401}, "Keep the note to 400 characters."),
    ],
)
def test_what_cannot_be_comes_back_with_the_reason_and_changes_nothing(
    app: Flask, school: School, signed_in: SignIn, today: date, other: dict[str, str], sentence: str
) -> None:
    ali, address = signed_in("ali"), page_of(school, "amir")
    answer = ali.post_form(address, finished(school, today, into_high5="yes", **other), address)
    assert answer.status_code == 422
    assert sentence in said(answer)
    assert high5(app, school, "amir") == ["Mrs Ali"]
    with app.app_context():
        assert all(one.plan.told_on is None for one in endings_due(AT_THE_KEYBOARD))


def test_no_new_adult_is_an_answer(school: School, signed_in: SignIn, today: date) -> None:
    ali, address = signed_in("ali"), page_of(school, "amir")
    answer = ali.post_form(address, finished(school, today, new_adult="none", met_on=""), address)
    assert answer.status_code == 303
    assert "No new adult is wanted." in said(ali.get(address))


def test_an_ending_that_is_not_there_is_not_found(school: School, signed_in: SignIn) -> None:
    green = signed_in("green")
    amir = school.pupils["amir"]
    for address in (page_of(school, "amir", "ali"), f"{LIST}/{amir}/x", f"{LIST}/0/1", f"{LIST}/{2**40}/{2**40}"):
        assert green.get(address).status_code == 404


def test_every_look_at_a_child_is_recorded(app: Flask, school: School, signed_in: SignIn) -> None:
    ali = signed_in("ali")
    ali.get(LIST)
    ali.get(page_of(school, "amir"))
    with app.app_context():
        looks = [
            (event.pupil_id, event.details["pupils"])
            for event in db.session.scalars(
                select(AuditEvent).where(AuditEvent.name == "endings_seen").order_by(AuditEvent.id)
            )
        ]
    amir, zofia = school.pupils["amir"], school.pupils["zofia"]
    assert looks == [(None, sorted([amir, zofia])), (amir, [amir])]


class TestSeveralTogether:
    def address(self, school: School) -> str:
        return f"{LIST}/together/{school.adults['okafor']}"

    def form(self, school: School, today: date, *who: str, **other: str) -> dict[str, object]:
        return {
            "pupil": [str(school.pupils[one]) for one in who],
            "told_by": str(school.adults["ali"]),
            "told_on": today.isoformat(),
            "new_adult": "none",
        } | other

    def test_a_class_is_told_together_and_done(self, school: School, signed_in: SignIn, today: date) -> None:
        ali, address = signed_in("ali"), self.address(school)
        assert "Several together : children of Mr Okafor" in said(ali.get(LIST))
        form = self.form(school, today, "amir", "zofia", finish="yes")
        assert ali.post_form(address, form, address).status_code == 303
        page = said(ali.get(LIST))
        assert "Done for 2 children." in page
        assert "No child of the classes you teach needs an ending now." in page

    def test_a_plan_is_kept_for_those_ticked_only(self, school: School, signed_in: SignIn, today: date) -> None:
        ali, address = signed_in("ali"), self.address(school)
        ali.post_form(address, self.form(school, today, "zofia"), address)
        page = said(ali.get(LIST)).split("To do", 1)[1]
        assert "Amir Khan Oak. Nobody tells the child yet." in page
        assert "Zofia Nowak Oak. Told on" in page

    @pytest.mark.parametrize(
        ("other", "sentence"),
        [
            ({"pupil": []}, "Tick the children for whom this holds."),
            ({"told_by": "", "finish": "yes"}, "Amir Khan: Not done yet: say who told the child"),
            ({"told_on": "soon"}, "Give the day on which the child is told as a date."),
        ],
    )
    def test_what_cannot_be_is_said_and_nothing_is_kept_for_anybody(
        self, school: School, signed_in: SignIn, today: date, other: dict[str, str], sentence: str
    ) -> None:
        ali, address = signed_in("ali"), self.address(school)
        answer = ali.post_form(address, self.form(school, today, "amir", "zofia") | other, address)
        assert answer.status_code == 422
        assert sentence in said(answer)
        assert said(ali.get(LIST)).count("Nobody tells the child yet.") == 2

    def test_a_child_of_another_class_cannot_be_slipped_in(
        self, app: Flask, school: School, signed_in: SignIn, today: date
    ) -> None:
        with app.app_context():
            everybody = [school.adults["okafor"], school.adults["novak"]]
            set_presence(school.adults["okafor"], Presence(), KEYBOARD)
            set_high5(school.pupils["tomi"], everybody, KEYBOARD)
            set_presence(school.adults["okafor"], Presence(left_on=today), KEYBOARD)
        ali, address = signed_in("ali"), self.address(school)
        form = self.form(school, today, "amir", "tomi", finish="yes")
        assert ali.post_form(address, form, address).status_code == 404
        assert "Amir Khan Oak. Nobody tells the child yet." in said(ali.get(LIST))
        assert "Tomi" not in said(ali.get(address))

    def test_without_such_children_there_is_no_page(self, school: School, signed_in: SignIn) -> None:
        assert signed_in("shah").get(self.address(school)).status_code == 404
        assert signed_in("ali").get(f"{LIST}/together/{school.adults['ali']}").status_code == 404
        assert signed_in("ali").get(f"{LIST}/together/x").status_code == 404
