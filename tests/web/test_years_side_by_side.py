"""School years of the school, of a year group and of a class side by side, under the same suppression."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from random import Random

import pytest
from flask import Flask
from sqlalchemy import delete

from kiosk.audit import KEYBOARD
from kiosk.db import db, writing
from kiosk.feelings.models import CheckIn
from kiosk.patterns.figures.periods import Period
from kiosk.patterns.school.group_days import days_of_group
from kiosk.patterns.school.groups import Group, figures_of, groups_of
from kiosk.patterns.school.store import _classes, _told
from kiosk.people.models import SchoolClass
from kiosk.school.store import change_setting
from tests.cast import School
from tests.web.patterns_school import TODAY, SignIn, add_children, add_class, answered, words_of

pytestmark = pytest.mark.usefixtures("open_weekdays")

PAGE = "/patterns/school"
LAST_YEAR = date(2025, 11, 14)


@pytest.fixture
def pine(app: Flask) -> int:
    """Pine and Elm of Year 4, this autumn and the last; beside them a class of four that must not be seen."""
    with app.app_context():
        pine, small, elm = add_class("Pine", "4"), add_class("Small", "4"), add_class("Elm", "5")
        for room, number in ((pine, 12), (elm, 12), (small, 4)):
            for at, pupil_id in enumerate(add_children(room, [f"Child {room} {n}" for n in range(number)])):
                answered(pupil_id, room, [1 + (at + n) % 5 for n in range(30)])
                answered(pupil_id, room, [1 + (at + n) % 3 for n in range(20)], until=LAST_YEAR)
                if room != small:
                    answered(pupil_id, room, [5] * 10, until=LAST_YEAR, hour=13)
        return pine


def side_by_side(said: str) -> str:
    """That part of the page."""
    return said.partition("Half terms and years side by side")[2].partition("Every school day with")[0]


def test_a_class_and_a_year_group_have_their_years_beside_each_other(signed_in: SignIn, pine: int) -> None:
    browser = signed_in("bell")
    for key in (f"class-{pine + 2}", "year-4", "school"):
        said = side_by_side(words_of(browser, f"{PAGE}?group={key}"))
        assert said.index("School year 2026/27") < said.index("School year 2025/26"), key
        assert ("different children" in said) is (key != "school")
    pine_said = side_by_side(words_of(browser, f"{PAGE}?group=class-{pine}"))
    assert "School year 2026/27" not in pine_said, "in the mornings the class of four would be given away"
    assert re.search(r"School year 2025/26 .*100 %", pine_said), "after lunch it did not answer"
    assert side_by_side(words_of(browser, f"{PAGE}?group=class-{pine + 1}")) == ""


def test_last_year_can_be_chosen_without_any_terms(signed_in: SignIn, pine: int) -> None:
    browser = signed_in("bell")
    said = words_of(browser, f"{PAGE}?group=year-4&period=year-2025")
    assert "School year 2025/26" in said
    page = browser.get(f"{PAGE}?group=year-4&period=year-2025").get_data(as_text=True)
    assert 'id="day-2025-11-13"' in page
    assert 'id="day-2026-11-19"' not in page
    assert '<option value="year-2024"' not in page


def test_a_child_is_shown_with_the_year_that_was_chosen(app: Flask, signed_in: SignIn, school: School) -> None:
    with app.app_context():
        answered(school.pupils["amir"], school.classes["oak"], [2] * 10)
        answered(school.pupils["amir"], school.classes["oak"], [4] * 10, until=LAST_YEAR)
    browser = signed_in("bell")
    address = f"/patterns/children/{school.pupils['amir']}"
    assert "School year 2026/27 by half terms" in words_of(browser, address)
    last = words_of(browser, f"{address}?period=year-2025")
    assert "School year 2025/26 by half terms" in last
    assert "School year 2025/26: the hardest answer of each school day" in last


def test_a_school_that_begins_in_august_keeps_its_first_weeks(app: Flask, signed_in: SignIn, pine: int) -> None:
    with app.app_context():
        for pupil_id in add_children(pine + 2, [f"Early {n}" for n in range(12)]):
            answered(pupil_id, pine + 2, [2] * 5, until=date(2026, 8, 29))
    browser, address = signed_in("bell"), f"{PAGE}?group=class-{pine + 2}&period=year"
    assert 'id="day-2026-08-24"' not in browser.get(address).get_data(as_text=True)
    with app.app_context():
        change_setting("school_year_begins", "august", KEYBOARD)
    assert 'id="day-2026-08-24"' in browser.get(address).get_data(as_text=True)


def test_days_that_are_kept_in_memory_say_what_the_figures_say(app: Flask, school: School) -> None:
    """Whatever is added, erased, or moved to another year in between."""
    rng = Random("kept days")
    with app.app_context():
        rooms = [
            add_class(name, year) for name, year in (("A", "1"), ("B", "1"), ("C", "2"), ("D", "2"), ("E", None))
        ]
        children = {room: add_children(room, [f"{room} {n}" for n in range(7)]) for room in rooms}
        for change in range(6):
            for room in rooms:
                for child in rng.sample(children[room], rng.randint(2, len(children[room]))):
                    hard = [rng.choice([None, 1, 5]) for _ in range(6)]
                    answered(child, room, hard, until=TODAY - timedelta(days=7 * change), hour=9 + change)
            same_as_figures()
            with writing() as session:
                session.execute(delete(CheckIn).where(CheckIn.pupil_id == children[rooms[change % 5]].pop()))
            same_as_figures()
            with writing() as session:
                moved = session.get(SchoolClass, rooms[change % 5])
                assert moved is not None
                moved.year = rng.choice(["1", "2", None])
            same_as_figures()


def same_as_figures() -> None:
    """Every group's days, as kept and as worked out anew."""
    db.session.expire_all()
    classes, first = _classes(), TODAY - timedelta(days=80)
    for group in groups_of(classes.values())[1:]:
        told = _told(Group(group.key, group.name), Period("", "", first, TODAY), TODAY, classes)
        anew = figures_of(group.key, told, classes).by_day()
        assert days_of_group(group.key, first, TODAY, TODAY, classes) == anew, group.name


def test_today_is_not_in_it(app: Flask, pine: int) -> None:
    with app.app_context():
        for pupil_id in add_children(pine + 2, [f"Today {n}" for n in range(12)]):
            answered(pupil_id, pine + 2, [5], until=TODAY + timedelta(days=1))
        days = days_of_group(f"class-{pine + 2}", TODAY - timedelta(days=7), TODAY, TODAY, _classes())
    assert max(days) == datetime(2026, 11, 19, tzinfo=UTC).date()
