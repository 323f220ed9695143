"""Mrs Ali teaches Oak and chooses with its children. Mr Shah teaches nobody, and finds nobody."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from xml.etree.ElementTree import Element

import pytest
from flask import Flask
from sqlalchemy import delete, select
from werkzeug.test import TestResponse

from kiosk.audit import KEYBOARD, AuditEvent
from kiosk.db import db, writing
from kiosk.people.models import Adult, Enrolment, High5, SchoolClass, Teaching
from kiosk.people.rules import Presence
from kiosk.people.store import set_presence
from kiosk.school.store import local_now
from tests.cast import School
from tests.client import LintingClient, lint

SignIn = Callable[[str], LintingClient]
LIST = "/staff/high5/"


@pytest.fixture(autouse=True)
def mrs_ali_teaches_oak(app: Flask, school: School) -> None:
    with app.app_context(), writing() as session:
        session.add(Teaching(adult_id=school.adults["ali"], class_id=school.classes["oak"]))


def page_of(school: School, who: str) -> str:
    return f"{LIST}{school.pupils[who]}"


def save(browser: LintingClient, school: School, who: str, *adults: str | int) -> TestResponse:
    """Choose these adults, by name or by id, for a pupil."""
    chosen = [school.adults.get(adult, adult) if isinstance(adult, str) else adult for adult in adults]
    return browser.post_form(page_of(school, who), {"adult": chosen}, page="/help/")


def on_the_tablet(app: Flask, school: School, who: str) -> list[str]:
    """A child's High 5 as their tablet gets it."""
    tablet = "birch" if who == "tomi" else "oak"
    roster = app.test_client().get("/tablet/roster", headers=school.bearer(tablet)).get_json()
    (child,) = [child for child in roster["pupils"] if child["id"] == str(school.pupils[who])]
    return [adult["name"] for adult in child["high5"]]


def said(page: str) -> str:
    """The words of a page's main part, one space between them."""
    main = lint(page).find(".//main")
    assert main is not None
    return " ".join(" ".join(main.itertext()).split())


def selected(tree: Element) -> list[str | None]:
    """What the five choices stand at; empty is nobody."""
    return [
        next((option.get("value") for option in choice.iter("option") if "selected" in option.attrib), "")
        for choice in tree.iter("select")
    ]


def looks(app: Flask) -> list[tuple[int | None, list[str]]]:
    with app.app_context():
        rows = db.session.scalars(
            select(AuditEvent).where(AuditEvent.name == "high5_seen").order_by(AuditEvent.id)
        )
        return [(row.pupil_id, row.details["classes"]) for row in rows]


class TestChoosing:
    def test_what_mrs_ali_saves_is_what_the_tablet_shows(
        self, app: Flask, school: School, signed_in: SignIn
    ) -> None:
        ali = signed_in("ali")
        answer = save(ali, school, "amir", "novak", "", "shah", "ali", "")
        assert answer.status_code == 303
        assert answer.headers["Location"] == f"{LIST}#class-{school.classes['oak']}"
        page = said(ali.get(LIST).get_data(as_text=True))
        assert "The High 5 of Amir Khan is saved." in page
        assert "Ms Novak, Mr Shah, Mrs Ali" in page
        assert on_the_tablet(app, school, "amir") == ["Ms Novak", "Mr Shah", "Mrs Ali"]

    def test_the_five_choices_are_named_and_stand_at_what_was_chosen(
        self, school: School, signed_in: SignIn
    ) -> None:
        tree = lint(signed_in("ali").get(page_of(school, "amir")).get_data(as_text=True))
        labels = ["".join(label.itertext()) for label in tree.iter("label")]
        assert labels == ["First", "Second", "Third", "Fourth", "Fifth"]
        ali, okafor = str(school.adults["ali"]), str(school.adults["okafor"])
        assert selected(tree) == [ali, okafor, "", "", ""]
        options = ["".join(option.itertext()) for option in next(tree.iter("select")).iter("option")]
        assert options[:2] == ["Nobody", "Mrs Ali, Oak classroom"]

    def test_somebody_who_cannot_sign_in_yet_is_offered_and_marked(
        self, app: Flask, school: School, signed_in: SignIn
    ) -> None:
        with app.app_context(), writing() as session:
            session.add(Adult(given_name="Joe", family_name="Reed", called="Mr Reed", picture="oak-1"))
        assert "Mr Reed (cannot sign in yet)" in said(
            signed_in("ali").get(page_of(school, "amir")).get_data(as_text=True)
        )

    def test_beside_a_name_stands_until_when_somebody_is_away_or_that_they_leave(
        self, app: Flask, school: School, signed_in: SignIn
    ) -> None:
        with app.app_context():
            today = local_now().date()
            until = today + timedelta(days=1)
            set_presence(school.adults["okafor"], Presence(away_from=today), KEYBOARD)
            set_presence(school.adults["shah"], Presence(away_from=today, away_until=until), KEYBOARD)
            set_presence(school.adults["novak"], Presence(left_on=today + timedelta(days=1)), KEYBOARD)
        page = said(signed_in("ali").get(page_of(school, "amir")).get_data(as_text=True))
        assert "Mr Okafor, the blue room (away, nobody knows yet until when)" in page
        assert f"Mr Shah (away until {until:%A}" in page
        assert f"Ms Novak, Treetops (last day {today:%A}" in page

    def test_one_in_which_nobody_is_here_soon_comes_back_with_what_to_do(
        self, app: Flask, school: School, signed_in: SignIn
    ) -> None:
        with app.app_context():
            set_presence(school.adults["okafor"], Presence(away_from=local_now().date()), KEYBOARD)
        answer = save(signed_in("ali"), school, "amir", "okafor")
        assert answer.status_code == 422
        assert "so nobody would hear this child. Add an adult who is here." in said(answer.get_data(as_text=True))
        assert on_the_tablet(app, school, "amir") == ["Mrs Ali", "Mr Okafor"]

    def test_somebody_who_left_is_not_offered(self, app: Flask, school: School, signed_in: SignIn) -> None:
        with app.app_context():
            set_presence(school.adults["okafor"], Presence(left_on=date(2026, 1, 1)), KEYBOARD)
        ali = signed_in("ali")
        assert "Mr Okafor" not in said(ali.get(page_of(school, "amir")).get_data(as_text=True))
        answer = save(ali, school, "amir", "ali", "okafor")
        assert answer.status_code == 422
        assert "does not work here any more" in said(answer.get_data(as_text=True))

    @pytest.mark.parametrize(
        ("chosen", "reason"),
        [
            (["", "", "", "", ""], "A High 5 has one to five adults."),
            (["shah", "shah"], "Each adult can be in a High 5 once."),
            (["ali", "okafor", "shah", "novak", "green", "bell"], "A High 5 has one to five adults."),
            (["reed"], "Nobody in this High 5 can receive a request."),
            ([999999], "does not work here any more"),
            (["Mrs Ali\x07"], "does not work here any more"),
        ],
        ids=["nobody", "somebody twice", "too many", "nobody who can be told", "nobody known", "not an id"],
    )
    def test_what_cannot_be_comes_back_with_the_reason_and_changes_nothing(
        self, app: Flask, school: School, signed_in: SignIn, chosen: list[str | int], reason: str
    ) -> None:
        with app.app_context(), writing() as session:
            reed = Adult(given_name="Joe", family_name="Reed", called="Mr Reed", picture="oak-1")
            session.add(reed)
        chosen = [reed.id if one == "reed" else one for one in chosen]
        answer = save(signed_in("ali"), school, "amir", *chosen)
        assert answer.status_code == 422
        tree = lint(answer.get_data(as_text=True))
        refused = tree.find(".//*[@id='refused']")
        assert refused is not None
        assert reason in "".join(refused.itertext())
        assert on_the_tablet(app, school, "amir") == ["Mrs Ali", "Mr Okafor"]

    def test_what_was_chosen_stands_there_still_when_it_was_refused(
        self, school: School, signed_in: SignIn
    ) -> None:
        answer = save(signed_in("ali"), school, "amir", "shah", "", "shah", "", "novak")
        shah, novak = str(school.adults["shah"]), str(school.adults["novak"])
        assert selected(lint(answer.get_data(as_text=True))) == [shah, "", shah, "", novak]


class TestWhoSees:
    def test_mr_shah_teaches_nobody_and_finds_nobody(self, app: Flask, school: School, signed_in: SignIn) -> None:
        shah = signed_in("shah")
        page = said(shah.get(LIST).get_data(as_text=True))
        assert "The roster links no class to you" in page
        assert not any(name in page for name in ("Amir", "Zofia", "Tomi"))
        assert shah.get(page_of(school, "amir")).status_code == 404
        assert save(shah, school, "amir", "shah").status_code == 404
        assert on_the_tablet(app, school, "amir") == ["Mrs Ali", "Mr Okafor"]
        assert looks(app) == []

    def test_mrs_ali_has_oak_only(self, app: Flask, school: School, signed_in: SignIn) -> None:
        ali = signed_in("ali")
        page = said(ali.get(LIST).get_data(as_text=True))
        assert "Amir Khan" in page
        assert "Tomi" not in page
        assert ali.get(page_of(school, "tomi")).status_code == 404
        assert save(ali, school, "tomi", "ali").status_code == 404
        assert on_the_tablet(app, school, "tomi") == ["Ms Novak"]

    @pytest.mark.parametrize("who", ["novak", "bell", "green"])
    def test_duty_nurture_and_the_safeguarding_lead_choose_for_every_class(
        self, app: Flask, school: School, signed_in: SignIn, who: str
    ) -> None:
        browser = signed_in(who)
        page = said(browser.get(LIST).get_data(as_text=True))
        assert page.index("Birch") < page.index("Oak")
        assert save(browser, school, "tomi", who).status_code == 303
        assert len(on_the_tablet(app, school, "tomi")) == 1

    @pytest.mark.parametrize("pupil", ["0", "999999", "999999999999999", "amir", "1.5"])
    def test_nobody_of_that_number_is_not_there(self, signed_in: SignIn, pupil: str) -> None:
        green = signed_in("green")
        assert green.get(f"{LIST}{pupil}").status_code == 404
        assert green.post_form(f"{LIST}{pupil}", {"adult": ["1"]}, page="/help/").status_code == 404

    def test_each_look_is_recorded(self, app: Flask, school: School, signed_in: SignIn) -> None:
        ali = signed_in("ali")
        ali.get(LIST)
        ali.get(page_of(school, "amir"))
        assert looks(app) == [(None, ["Oak"]), (school.pupils["amir"], ["Oak"])]

    def test_the_header_says_where_one_is(self, signed_in: SignIn) -> None:
        tree = lint(signed_in("ali").get(LIST).get_data(as_text=True))
        here = [link for link in tree.iter("a") if link.get("aria-current") == "page"]
        assert [link.get("href") for link in here] == ["/staff/children/"]  # to which High 5 belongs


class TestTheList:
    def test_a_child_with_nobody_stands_first_and_it_is_said(
        self, app: Flask, school: School, signed_in: SignIn
    ) -> None:
        with app.app_context(), writing() as session:
            session.execute(delete(High5).where(High5.pupil_id == school.pupils["zofia"]))
        page = said(signed_in("ali").get(LIST).get_data(as_text=True))
        assert page.index("Zofia Nowak Nobody chosen yet") < page.index("Amir Khan Mrs Ali, Mr Okafor")

    def test_a_child_of_two_classes_stands_in_the_registration_class_only(
        self, app: Flask, school: School, signed_in: SignIn
    ) -> None:
        with app.app_context(), writing() as session:
            choir = SchoolClass(name="Choir")
            session.add(choir)
            session.flush()
            session.add(Enrolment(pupil_id=school.pupils["amir"], class_id=choir.id))
            session.add(Teaching(adult_id=school.adults["shah"], class_id=choir.id))
        page = said(signed_in("green").get(LIST).get_data(as_text=True))
        assert "Choir" not in page
        assert page.count("Amir Khan Mrs Ali") == 1
        assert "Amir Khan" in said(signed_in("shah").get(LIST).get_data(as_text=True))

    def test_a_class_that_closed_is_nobodys_any_more(self, app: Flask, school: School, signed_in: SignIn) -> None:
        with app.app_context(), writing() as session:
            oak = session.get(SchoolClass, school.classes["oak"])
            assert oak
            oak.closed_on = date(2026, 1, 1)
        assert signed_in("ali").get(page_of(school, "amir")).status_code == 404
        assert "No class" in said(signed_in("green").get(LIST).get_data(as_text=True))
