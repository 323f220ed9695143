"""Lists that staff make: naming, choosing, deleting, bringing back; from when they count; who may not see them."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select, update

from kiosk.audit import KEYBOARD, AuditEvent
from kiosk.db import db, writing
from kiosk.patterns.school.lists import members_in_week
from kiosk.patterns.school.models import GroupWeek, ListMember
from kiosk.people.models import Pupil
from kiosk.school.store import change_setting
from tests.cast import School
from tests.client import LintingClient
from tests.web.patterns_school import (
    FRIDAY,
    SignIn,
    add_children,
    add_class,
    answered,
    words_of,
)

PAGE = "/patterns/lists"
MONDAY = date(2026, 11, 23)
"""The one after the Friday on which these tests begin."""


pytestmark = pytest.mark.usefixtures("open_weekdays")


@pytest.fixture
def bell(signed_in: SignIn) -> LintingClient:
    return signed_in("bell")


def make(browser: LintingClient, name: str = "Breakfast club") -> str:
    """Make a list as a person does; the address of its page."""
    answer = browser.post_form(PAGE, {"name": name})
    assert answer.status_code == 303
    return str(answer.headers["Location"])


def put(browser: LintingClient, address: str, *pupils: int) -> None:
    assert browser.post_form(address, {"put": list(pupils)}).status_code == 303


def take_off(browser: LintingClient, address: str, *pupils: int) -> None:
    assert browser.post_form(address, {"off": list(pupils)}).status_code == 303


def bell_again(app: Flask) -> LintingClient:
    """Mr Bell signed in anew: a session does not last for weeks."""
    browser: LintingClient = app.test_client()  # type: ignore[assignment]
    browser.sign_in("bell")
    return browser


def kept(app: Flask) -> list[tuple[int, date, date | None]]:
    with app.app_context():
        rows = db.session.scalars(select(ListMember).order_by(ListMember.from_week, ListMember.pupil_id))
        return [(row.pupil_id, row.from_week, row.until_week) for row in rows]


class TestMaking:
    def test_a_list_is_named_filled_and_found_again(self, app: Flask, bell: LintingClient, school: School) -> None:
        assert "Nobody has made a list yet" in words_of(bell, PAGE)
        address = make(bell, "  Breakfast   club ")
        found = words_of(bell, f"{address}?name=khan")
        assert "Amir Khan Oak" in found
        put(bell, address, school.pupils["amir"], school.pupils["tomi"])
        said = words_of(bell, address)
        assert "Kept. It counts from Monday 23 November" in said
        assert "On the list: 2" in said
        assert "Breakfast clubmade by Mr Bell" in words_of(bell, PAGE)
        assert kept(app) == [(school.pupils["amir"], MONDAY, None), (school.pupils["tomi"], MONDAY, None)]

    def test_children_are_found_by_class_and_not_offered_twice(self, bell: LintingClient, school: School) -> None:
        address = make(bell)
        put(bell, address, school.pupils["amir"])
        found = bell.get(f"{address}?class=Oak").get_data(as_text=True)
        assert re.findall(r'name="put" value="(\d+)"', found) == [str(school.pupils["zofia"])]
        assert "Nobody found" in words_of(bell, f"{address}?name=nobody+of+this+name")

    @pytest.mark.parametrize("name", ["", "   ", "x" * 61, "bell\x07"])
    def test_a_name_that_is_none_is_refused(self, bell: LintingClient, name: str) -> None:
        answer = bell.post_form(PAGE, {"name": name})
        assert (answer.status_code == 422) == (name != "bell\x07" or answer.status_code == 422)
        assert "at most 60 letters" in answer.get_data(as_text=True)

    @pytest.mark.parametrize("name", ["Oak", "oak", "the whole school", "House Red"])
    def test_a_name_of_a_class_or_house_is_refused(
        self, app: Flask, bell: LintingClient, school: School, name: str
    ) -> None:
        with app.app_context(), writing() as session:
            session.execute(update(Pupil).where(Pupil.id == school.pupils["amir"]).values(house="Red"))
        answer = bell.post_form(PAGE, {"name": name})
        assert answer.status_code == 422
        assert "is the name of a class, a year or a house" in answer.get_data(as_text=True)

    def test_a_doubled_name_is_refused(self, bell: LintingClient) -> None:
        make(bell, "Choir")
        answer = bell.post_form(PAGE, {"name": "CHOIR"})
        assert answer.status_code == 422
        assert "There is a list called CHOIR already" in answer.get_data(as_text=True)

    def test_no_more_than_twenty(self, bell: LintingClient) -> None:
        for number in range(20):
            make(bell, f"List {number}")
        answer = bell.post_form(PAGE, {"name": "One more"})
        assert "There are 20 lists already" in answer.get_data(as_text=True)

    def test_another_name(self, bell: LintingClient) -> None:
        address, _choir = make(bell), make(bell, "Choir")
        assert bell.post_form(f"{address}/name", {"name": "Early birds"}).status_code == 303
        assert "Early birds" in words_of(bell, PAGE)
        assert bell.post_form(f"{address}/name", {"name": "choir"}).status_code == 422

    def test_a_child_who_left_is_not_put_on(self, app: Flask, bell: LintingClient, school: School) -> None:
        address = make(bell)
        with app.app_context(), writing() as session:
            session.execute(update(Pupil).where(Pupil.id == school.pupils["amir"]).values(left_on=MONDAY))
        answer = bell.post_form(address, {"put": [school.pupils["amir"]]})
        assert answer.status_code == 422
        assert "not in school any more" in answer.get_data(as_text=True)
        assert kept(app) == []


class TestFromWhen:
    """A list never changes in the middle of a figure, and never looks back."""

    def test_what_is_taken_off_in_the_same_week_never_counted(
        self, app: Flask, bell: LintingClient, school: School
    ) -> None:
        address = make(bell)
        put(bell, address, school.pupils["amir"])
        take_off(bell, address, school.pupils["amir"])
        assert kept(app) == []

    def test_who_was_on_it_counts_until_the_week_is_over(
        self, app: Flask, bell: LintingClient, school: School, a_friday: time_machine.Coordinates
    ) -> None:
        address, amir = make(bell), school.pupils["amir"]
        put(bell, address, amir)
        a_friday.move_to(FRIDAY + timedelta(days=11))  # a Tuesday, a week later
        later = bell_again(app)
        take_off(later, address, amir)
        assert kept(app) == [(amir, MONDAY, date(2026, 12, 7))]
        assert "counts until Monday 7 December" in words_of(later, address)
        with app.app_context():
            assert members_in_week(date(2026, 11, 30)) == {1: {amir}}
            assert members_in_week(date(2026, 12, 7)) == {}
        put(later, address, amir)
        assert kept(app) == [(amir, MONDAY, None)], "taken off by mistake and put on again"


class TestDeleting:
    def test_it_can_be_brought_back_with_its_children(
        self, app: Flask, bell: LintingClient, school: School
    ) -> None:
        address = make(bell)
        put(bell, address, school.pupils["amir"])
        assert bell.post_form(f"{address}/delete", {}).status_code == 303
        assert "Deleted lately" in words_of(bell, PAGE)
        assert bell.get(address).status_code == 404
        assert "Breakfast club" not in words_of(bell, "/patterns/school")
        assert bell.post_form(f"{address}/bring-back", {}).status_code == 303
        assert "On the list: 1" in words_of(bell, address)

    def test_not_when_its_name_is_taken_or_a_week_is_over(
        self, app: Flask, bell: LintingClient, a_friday: time_machine.Coordinates
    ) -> None:
        address = make(bell)
        bell.post_form(f"{address}/delete", {})
        make(bell)
        bell.post_form(f"{address}/bring-back", {})
        assert "another list called Breakfast club now" in words_of(bell, PAGE)
        a_friday.move_to(FRIDAY + timedelta(days=8))
        later = bell_again(app)
        assert "Deleted lately" not in words_of(later, PAGE)
        assert later.post_form(f"{address}/bring-back", {}).status_code == 404


class TestWhoMayNot:
    @pytest.mark.parametrize("who", ["ali", "novak", "patel"])
    def test_nobody_but_nurture_and_the_lead(self, signed_in: SignIn, bell: LintingClient, who: str) -> None:
        address, other = make(bell), signed_in(who)
        for asked in (PAGE, address):
            assert other.get(asked).status_code == 403
        for told in (PAGE, address, f"{address}/name", f"{address}/delete", f"{address}/bring-back"):
            assert other.post_form(told, {}, page="/help/alerts").status_code == 403

    def test_everything_is_recorded(self, app: Flask, bell: LintingClient, school: School) -> None:
        address = make(bell)
        put(bell, address, school.pupils["amir"])
        bell.get(address)
        bell.post_form(f"{address}/delete", {})
        with app.app_context():
            events = [
                (event.name, event.details)
                for event in db.session.scalars(select(AuditEvent).order_by(AuditEvent.id))
                if event.name.startswith("list")
            ]
        changed = {"list": 1, "added": [school.pupils["amir"]], "removed": [], "from_week": "2026-11-23"}
        assert events == [
            ("list_made", {"list": 1}),
            ("list_changed", changed),
            ("lists_seen", {"lists": [1]}),
            ("list_deleted", {"list": 1}),
        ]

    def test_a_school_can_do_without_it(self, app: Flask, bell: LintingClient) -> None:
        with app.app_context():
            change_setting("patterns_school", "no", KEYBOARD)
        assert "switched this page off" in words_of(bell, PAGE, status=404)


@pytest.fixture
def pine(app: Flask) -> list[int]:
    """Twenty children of Pine, a quarter of whom always have a hard day."""
    with app.app_context():
        class_id = add_class("Pine", "4")
        children = add_children(class_id, [f"Pine {n}" for n in range(20)])
        for number, pupil_id in enumerate(children):
            answered(pupil_id, class_id, [5 if number % 4 == 0 else 1] * 20)
    return children


class TestFigures:
    FIRST = date(2026, 11, 2)

    def on_a_list(self, app: Flask, browser: LintingClient, children: list[int], name: str = "Choir") -> str:
        address = make(browser, name)
        put(browser, address, *children)
        with app.app_context(), writing() as session:
            list_id = int(address.rpartition("/")[2])
            session.execute(update(ListMember).where(ListMember.list_id == list_id).values(from_week=self.FIRST))
        return f"/patterns/school?group=list-{list_id}"

    def test_by_weeks_that_are_over_and_only_while_it_counted(
        self, app: Flask, bell: LintingClient, pine: list[int]
    ) -> None:
        figures = self.on_a_list(app, bell, pine[:10])
        said = words_of(bell, figures)
        assert "Choir: in 2 weeks between 30 and 30 % of answers were 4 or 5." in said
        assert "2 Nov30 %50" in said
        assert "16 Nov" not in said, "this week is not over"
        assert "26 Octnot shown" in said, "then it was not there yet"
        assert "Pine 1" not in said.split("Show")[-1]

    def test_the_same_list_without_one_child_is_not_shown(
        self, app: Flask, bell: LintingClient, pine: list[int]
    ) -> None:
        self.on_a_list(app, bell, pine[:10])
        smaller = self.on_a_list(app, bell, pine[:9], "Nearly the choir")
        assert "Nearly the choir: no week of this time can be shown." in words_of(bell, smaller)

    def test_a_class_less_one_child_is_not_shown(self, app: Flask, bell: LintingClient, pine: list[int]) -> None:
        assert "no week of this time can be shown" in words_of(bell, self.on_a_list(app, bell, pine[:19]))

    def test_a_week_is_made_once_and_stands(self, app: Flask, bell: LintingClient, pine: list[int]) -> None:
        figures = self.on_a_list(app, bell, pine[:10])
        words_of(bell, figures)  # with the notice that the list was kept
        before = words_of(bell, figures)
        with app.app_context():
            answered(pine[0], 0, [5] * 20, hour=9)
            made = db.session.scalars(select(GroupWeek.monday)).all()
            assert made == [self.FIRST, date(2026, 11, 9)]
        assert words_of(bell, figures) == before

    def test_houses_stand_beside_lists(self, app: Flask, bell: LintingClient, pine: list[int]) -> None:
        with app.app_context(), writing() as session:
            for number, pupil_id in enumerate(pine):
                house = "Red" if number % 2 else "Blue"
                session.execute(update(Pupil).where(Pupil.id == pupil_id).values(house=house))
        page = bell.get("/patterns/school").get_data(as_text=True)
        assert '<option value="house-Blue" >House Blue</option>' in page
        assert "House Blue: in 4 weeks between 50 and 50 %" in words_of(bell, "/patterns/school?group=house-Blue")

    def test_a_house_and_its_weeks_are_said_in_the_reader_s_language(
        self, app: Flask, bell: LintingClient, pine: list[int]
    ) -> None:
        with app.app_context(), writing() as session:
            session.execute(update(Pupil).where(Pupil.id.in_(pine[:10])).values(house="Blue"))
        assert "2 Nov30 %50" in words_of(bell, "/patterns/school?group=house-Blue")
        bell.post_form("/staff/language", {"language": "cy"}, page="/staff/alerts")
        page = bell.get("/patterns/school?group=house-Blue").get_data(as_text=True)
        assert "<small>Tŷ Blue</small>" in page
        assert '<tr id="week-2026-11-02"><th scope="row">2 Tach</th>' in page

    def test_it_leaves_as_a_file_that_says_what_is_left_out_and_not_whose_list(
        self, app: Flask, bell: LintingClient, pine: list[int]
    ) -> None:
        figures = self.on_a_list(app, bell, pine[:10])
        answer = bell.get(figures.replace("/school?", "/school/export.csv?"))
        text = answer.get_data(as_text=True).lstrip("\ufeff")
        assert text.splitlines()[:3] == [
            "Week from,Per cent hard,Answers",
            "2026-11-02,30.0,50",
            "2026-11-09,30.0,50",
        ]
        assert "fewer than five children are left out" in text
        assert "Choir" not in text + answer.headers["Content-Disposition"]
        with app.app_context():
            exported = db.session.scalars(select(AuditEvent.details).where(AuditEvent.name == "pattern_exported"))
            assert exported.all() == [{"view": "school", "what": ["list-1", "weeks"], "form": "csv"}]

    def test_a_deleted_list_shows_the_whole_school(self, app: Flask, bell: LintingClient, pine: list[int]) -> None:
        figures = self.on_a_list(app, bell, pine[:10])
        bell.post_form("/patterns/lists/1/delete", {})
        assert "Classes and school the whole school" in words_of(bell, figures)

    def test_before_any_week_is_over(self, app: Flask, bell: LintingClient) -> None:
        make(bell)
        assert "No week of this time is over yet" in words_of(bell, "/patterns/school?group=list-1")
