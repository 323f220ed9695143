"""The map of who is named by whom: what it shows of a class and of an adult, and who must not see it."""

from __future__ import annotations

import re
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import delete, select, update

from kiosk.audit import KEYBOARD, AuditEvent
from kiosk.db import db, writing
from kiosk.patterns.connections import naming
from kiosk.people.models import High5, Pupil
from kiosk.people.rules import Presence
from kiosk.people.store import set_presence
from kiosk.school.store import change_setting
from tests.cast import School
from tests.client import LintingClient
from tests.web.patterns_school import FRIDAY, SignIn, words_of

PAGE = "/patterns/connections/map"


pytestmark = pytest.mark.usefixtures("a_friday")


def links(page: str) -> list[str]:
    """What each row and column of the drawing says to who hears it."""
    return re.findall(r'<a href="[^"]*" aria-label="([^"]*)"', page)


def drawing(browser: LintingClient, address: str) -> str:
    page = browser.get(address).get_data(as_text=True)
    return page[page.index("<figure") : page.index("</figure>")]


class TestWhoMayLook:
    @pytest.mark.parametrize("who", ["ali", "okafor", "shah", "novak", "patel"])
    def test_not_the_adults_themselves_nor_duty_nor_the_administrator(
        self, school: School, signed_in: SignIn, who: str
    ) -> None:
        for address in (PAGE, f"{PAGE}?class={school.classes['oak']}", f"{PAGE}?adult={school.adults['ali']}"):
            answer = signed_in(who).get(address)
            assert answer.status_code == 403
            assert "Amir" not in answer.get_data(as_text=True)

    def test_each_look_is_recorded_with_what_was_looked_at(
        self, app: Flask, school: School, signed_in: SignIn
    ) -> None:
        browser = signed_in("bell")
        browser.get(PAGE)
        browser.get(f"{PAGE}?class={school.classes['oak']}&adult={school.adults['ali']}")
        with app.app_context():
            rows = db.session.scalars(
                select(AuditEvent.details).where(AuditEvent.name == "pattern_seen").order_by(AuditEvent.id)
            ).all()
        what = [f"class {school.classes['oak']}", f"adult {school.adults['ali']}"]
        assert rows == [{"view": "naming", "what": []}, {"view": "naming", "what": what}]

    def test_a_school_without_the_view(self, app: Flask, signed_in: SignIn) -> None:
        with app.app_context():
            change_setting("patterns_connections", "no", KEYBOARD)
        assert signed_in("bell").get(PAGE).status_code == 404

    @pytest.mark.parametrize("asked", ["class=999", "adult=999", "class=x", "adult=1'", "class=0"])
    def test_what_is_not_there(self, signed_in: SignIn, asked: str) -> None:
        assert signed_in("bell").get(f"{PAGE}?{asked}").status_code == 404


class TestSchool:
    def test_the_adults_by_name_with_how_many_name_them_and_for_whom_they_are_the_only_one(
        self, signed_in: SignIn
    ) -> None:
        picture = drawing(signed_in("bell"), PAGE)
        said = re.findall(r'names-who[^>]*>([^<]*)<.*?names-said"[^>]*>([^<]*)<', picture, re.DOTALL)
        assert said == [
            ("Mr Okafor", "2, the only one of 1"),
            ("Mrs Ali", "1"),
            ("Ms Novak", "1, the only one of 1"),
        ]

    def test_its_title_and_the_classes_in_a_table(self, school: School, signed_in: SignIn) -> None:
        said = words_of(signed_in("bell"), PAGE)
        assert "2 children have only one adult. Half of all names fall on 1 of 3 adults." in said
        assert "Adults they name Birch111 Oak212" in said

    def test_more_adults_than_a_sheet_holds_are_shown_class_by_class(
        self, signed_in: SignIn, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(naming, "MOST_BARS", 2)
        page = signed_in("bell").get(PAGE).get_data(as_text=True)
        assert "<figure" not in page
        assert "choose a class" in page

    def test_a_school_without_a_high5(self, app: Flask, signed_in: SignIn) -> None:
        with app.app_context(), writing() as session:
            session.execute(delete(High5))
        said = words_of(signed_in("bell"), PAGE)
        assert "3 children have nobody to ask for." in said


class TestClass:
    def test_each_child_with_their_adults_in_their_own_order(self, school: School, signed_in: SignIn) -> None:
        address = f"{PAGE}?class={school.classes['oak']}"
        assert links(drawing(signed_in("bell"), address)) == [
            "Mr Okafor: 2 children here",
            "Mrs Ali: 1 child here",
            "Amir Khan: Mrs Ali, Mr Okafor",
            "Zofia Nowak: Mr Okafor",
        ]

    def test_every_row_leads_to_its_row_of_the_table(self, school: School, signed_in: SignIn) -> None:
        page = signed_in("bell").get(f"{PAGE}?class={school.classes['oak']}").get_data(as_text=True)
        targets = re.findall(r'<a href="#(names-\d+)"', page)
        assert len(targets) == 2
        assert all(f'<tr id="{target}">' in page for target in targets)

    def test_who_has_left_and_who_then_has_nobody_is_said_and_drawn_otherwise(
        self, app: Flask, school: School, signed_in: SignIn
    ) -> None:
        with app.app_context():
            set_presence(school.adults["okafor"], Presence(left_on=date(2026, 11, 2)), KEYBOARD)
        picture = drawing(signed_in("bell"), f"{PAGE}?class={school.classes['oak']}")
        assert "1 child has nobody to ask for. 1 child has only one adult." in " ".join(picture.split())
        assert "Zofia Nowak: Mr Okafor (has left)" in links(picture)
        zofia = picture[picture.index("Zofia Nowak:") : picture.index("</svg>")]
        assert "names-mark names-left" in zofia
        assert ">nobody</text>" in zofia
        amir = picture[picture.index("Amir Khan:") : picture.index("Zofia Nowak:")]
        assert "names-mark names-only" in amir
        assert ">only one</text>" in amir

    def test_a_child_who_is_left_out_of_patterns_is_on_it_and_one_who_has_left_is_not(
        self, app: Flask, school: School, signed_in: SignIn
    ) -> None:
        browser = signed_in("bell")
        amir = f"/patterns/children/{school.pupils['amir']}"
        browser.post_form(f"{amir}/leave-out", {"why": "Agreed."}, page=amir)
        with app.app_context(), writing() as session:
            session.execute(update(Pupil).where(Pupil.id == school.pupils["tomi"]).values(left_on=FRIDAY.date()))
        for asked in ("", f"?class={school.classes['oak']}", f"?adult={school.adults['okafor']}"):
            said = words_of(browser, PAGE + asked)
            assert "Tomi" not in said
            assert ("Amir Khan" in said) is bool(asked), "whom a child can turn to says nothing of what they felt"
        assert "1 child has only one adult." in words_of(browser, PAGE)

    def test_of_another_class_nothing(self, school: School, signed_in: SignIn) -> None:
        said = words_of(signed_in("bell"), f"{PAGE}?class={school.classes['birch']}")
        assert "Tomi Adeyemi" in said
        assert "Amir" not in said


class TestAdult:
    def test_their_children_and_whom_else_these_have(self, school: School, signed_in: SignIn) -> None:
        address = f"{PAGE}?adult={school.adults['okafor']}"
        said = words_of(signed_in("bell"), address)
        assert "2 children name Mr Okafor. 1 of them has nobody else who is here. " in said
        assert "Amir Khan: Mrs Ali, Mr Okafor" in links(drawing(signed_in("bell"), address))

    def test_nobody_names_them(self, school: School, signed_in: SignIn) -> None:
        page = signed_in("bell").get(f"{PAGE}?adult={school.adults['shah']}").get_data(as_text=True)
        assert "No child names Mr Shah." in page
        assert '<svg class="figure' not in page

    def test_when_they_leave_is_said(self, app: Flask, school: School, signed_in: SignIn) -> None:
        with app.app_context():
            set_presence(school.adults["okafor"], Presence(left_on=date(2026, 12, 14)), KEYBOARD)
        said = words_of(signed_in("bell"), f"{PAGE}?adult={school.adults['okafor']}")
        assert "Mr Okafor leaves; the first day without them is Monday 14 December." in said

    @pytest.mark.parametrize(
        ("until", "is_long"), [(None, True), (date(2026, 12, 18), True), (date(2026, 11, 27), False)]
    )
    def test_who_is_away_for_long_is_marked_and_not_counted_as_here(
        self, app: Flask, school: School, signed_in: SignIn, until: date | None, is_long: bool
    ) -> None:
        with app.app_context():
            away = Presence(away_from=date(2026, 10, 19), away_until=until)
            set_presence(school.adults["okafor"], away, KEYBOARD)
        browser, address = signed_in("bell"), f"{PAGE}?class={school.classes['oak']}"
        said = words_of(browser, address)
        assert ("Mr Okafor away for long" in said) is is_long
        assert ("1 child has nobody to ask for. 1 child has only one adult." in said) is is_long
        assert ("Zofia Nowak: Mr Okafor (away for long)" in links(drawing(browser, address))) is is_long
        silence = words_of(browser, "/patterns/connections")
        assert ("1 child has nobody to ask for." in silence) is is_long, "both pages say the same"
        of_him = words_of(browser, f"{PAGE}?adult={school.adults['okafor']}")
        assert ("Mr Okafor is away for long." in of_him) is is_long

    def test_more_children_than_a_sheet_holds_are_shown_class_by_class(
        self, school: School, signed_in: SignIn, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(naming, "MOST_ROWS", 1)
        browser, okafor = signed_in("bell"), school.adults["okafor"]
        page = browser.get(f"{PAGE}?adult={okafor}").get_data(as_text=True)
        assert "<figure" not in page
        monkeypatch.undo()
        narrow = f"{PAGE}?class={school.classes['oak']}&adult={okafor}"
        assert "Amir Khan: Mrs Ali, Mr Okafor" in links(drawing(browser, narrow))
