"""Classes and the school: figures that name nobody, small groups left out, and who may look."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from kiosk.audit import KEYBOARD, AuditEvent
from kiosk.db import db
from kiosk.patterns.figures.periods import Period
from kiosk.patterns.school.groups import Group, figures_of
from kiosk.patterns.school.store import _classes, _of_whole, _told, _whole_by_day
from kiosk.school.store import change_setting
from tests.cast import School
from tests.web.patterns_school import (
    FRIDAY,
    TODAY,
    SignIn,
    add_children,
    add_class,
    answered,
    words_of,
)

PAGE = "/patterns/school"


pytestmark = pytest.mark.usefixtures("open_weekdays")


@pytest.fixture
def pine(app: Flask) -> int:
    """A class of twelve, each answering for thirty days: hard on Mondays after lunch; and one of four."""
    with app.app_context():
        pine, small = add_class("Pine", "4"), add_class("Small", "4")
        for number, pupil_id in enumerate(add_children(pine, [f"Pine {n}" for n in range(12)])):
            answered(pupil_id, pine, [1 + (number + at) % 3 for at in range(30)])
            answered(pupil_id, pine, [5 if at % 5 == 1 and number < 6 else 1 for at in range(30)], hour=13)
        for pupil_id in add_children(small, ["Ann", "Ben", "Cem", "Dot"]):
            answered(pupil_id, small, [5] * 30)
        return pine


class TestWhoMayLook:
    @pytest.mark.parametrize("who", ["ali", "okafor", "shah", "novak", "patel"])
    def test_no_adult_nor_duty_nor_the_administrator(self, signed_in: SignIn, pine: int, who: str) -> None:
        assert signed_in(who).get(PAGE).status_code == 403

    def test_every_look_is_recorded(self, app: Flask, signed_in: SignIn, pine: int) -> None:
        signed_in("bell").get(f"{PAGE}?group=class-{pine}&period=year")
        with app.app_context():
            looks = db.session.scalars(select(AuditEvent.details).where(AuditEvent.name == "pattern_seen")).all()
        assert looks == [{"view": "school", "what": [f"class-{pine}", "year"]}]

    def test_a_school_can_do_without_it(self, app: Flask, signed_in: SignIn, pine: int) -> None:
        with app.app_context():
            change_setting("patterns_school", "no", KEYBOARD)
        assert "switched this page off" in words_of(signed_in("bell"), PAGE, status=404)


class TestPage:
    def test_it_says_when_the_hard_hour_of_the_week_is(self, signed_in: SignIn, pine: int) -> None:
        said = words_of(signed_in("bell"), PAGE)
        assert re.search(
            r"The hard hour of the week is \w+day 1 to 2: 50 % of 72 answers were 4 or 5, in the ", said
        )
        assert "striped" not in said

    def test_an_hour_with_few_answers_is_striped_and_not_judged(
        self, signed_in: SignIn, app: Flask, pine: int
    ) -> None:
        with app.app_context():
            for pupil_id in add_children(pine, [f"Late {n}" for n in range(7)]):
                answered(pupil_id, pine, [5], hour=11)
        page = signed_in("bell").get(PAGE).get_data(as_text=True)
        assert "1 striped hour has fewer than 30 answers: it is not judged, and not in the sentence above." in page
        assert page.count('<td class="thin">') == 1
        assert '<td class="thin"><b>100 %</b> <small>of 7</small></td>' in page

    def test_every_day_of_many_answers_is_a_point_with_its_words_and_its_row(
        self, app: Flask, signed_in: SignIn, pine: int
    ) -> None:
        with app.app_context():
            elm = add_class("Elm", "5")
            for pupil_id in add_children(elm, [f"Elm {n}" for n in range(26)]):
                answered(pupil_id, elm, [1] * 30)
        page = signed_in("bell").get(PAGE).get_data(as_text=True)
        assert len(re.findall(r'<a href="#day-', page)) == 30
        assert 'href="#day-2026-11-19"><title>Thursday 19 November:' in page
        assert 'id="day-2026-11-19"' in page
        assert page.count('class="figure-limit"') == 2
        assert "By chance alone, about 30 of 100 charts like this one have a square." in page

    def test_a_class_is_drawn_by_weeks_and_each_has_its_row(
        self, app: Flask, signed_in: SignIn, pine: int
    ) -> None:
        address = f"{PAGE}?group=class-{pine}"
        browser = signed_in("bell")
        page = browser.get(address).get_data(as_text=True)
        assert re.findall(r'<a href="#week-([^"]+)"><title>', page) == [
            "2026-10-12", "2026-10-19", "2026-10-26", "2026-11-02", "2026-11-09",
        ]  # fmt: skip
        assert 'id="week-2026-11-09"' in page
        assert 'id="day-2026-11-19"' in page, "the days are told as well"
        assert 'class="figure-limit"' not in page
        assert "Pine: answers of 4 or 5 per week, in 5 weeks. From 10 weeks on" in page
        with app.app_context():
            for pupil_id in add_children(pine, [f"Before {n}" for n in range(12)]):
                answered(pupil_id, pine, [2] * 25, until=date(2026, 10, 12))
        page = browser.get(address).get_data(as_text=True)
        assert page.count('class="figure-limit"') == 2
        assert "Squares are weeks that stand out." in page

    def test_the_last_thirty_days_can_be_asked_for(self, signed_in: SignIn, pine: int) -> None:
        page = signed_in("bell").get(f"{PAGE}?period=days").get_data(as_text=True)
        assert '<option value="days" selected>the last 30 days</option>' in page
        assert re.findall(r'id="day-([^"]+)"', page)[-1] == "2026-10-21"
        assert len(re.findall(r'id="day-', page)) == 22

    def test_a_colour_of_the_map_says_the_same_in_every_group_and_its_key_stands_below(
        self, signed_in: SignIn, pine: int
    ) -> None:
        browser = signed_in("bell")
        for group in ("school", f"class-{pine}"):
            page = browser.get(f"{PAGE}?group={group}").get_data(as_text=True)
            assert '<td class="tone step-5"><b>50 %</b>' in page
            assert '<td class="tone step-1"><b>0 %</b>' in page
            assert '<li class="tone step-3">10 to 14 %</li>' in page

    def test_it_names_no_child(self, signed_in: SignIn, pine: int) -> None:
        said = words_of(signed_in("bell"), f"{PAGE}?group=class-{pine}")
        assert not [
            name for name in ("Pine 1", "Ann", "Ben", "Cem", "Dot", "Amir") if name in said.split("Show")[-1]
        ]

    def test_a_strange_address_shows_the_whole_school(self, signed_in: SignIn, pine: int) -> None:
        said = words_of(signed_in("bell"), f"{PAGE}?group=class-999&period=never")
        assert "Classes and school the whole school" in said

    def test_a_school_that_has_just_begun(self, signed_in: SignIn) -> None:
        said = words_of(signed_in("bell"), PAGE)
        assert "no whole week of this time has 50 answers that may be shown" in said
        assert "newest first" not in said, "a table without a row"
        assert "Past the points" not in said, "a picture without a point"

    def test_years_stand_side_by_side(self, signed_in: SignIn, app: Flask, pine: int) -> None:
        with app.app_context():
            for pupil_id in add_children(pine, [f"Older {n}" for n in range(5)]):
                answered(pupil_id, pine, [2] * 10, until=TODAY - timedelta(days=370))
        said = words_of(signed_in("bell"), PAGE)
        assert said.index("School year 2026/27 From and to") < said.index("School year 2025/26 From and to")
        assert "different children" not in said


class TestSmallGroups:
    def test_a_class_of_four_shows_nothing_and_the_other_not_the_hour_that_would_give_it_away(
        self, app: Flask, signed_in: SignIn, pine: int
    ) -> None:
        browser = signed_in("bell")
        small = words_of(browser, f"{PAGE}?group=class-{pine + 1}")
        assert "no whole week of this time has 50 answers that may be shown" in small
        assert "There are too few answers" in small
        assert "30 of 30 hours in which anybody answered are left out." in small
        beside = words_of(browser, f"{PAGE}?group=class-{pine}")
        assert "30 of 60 hours in which anybody answered are left out." in beside
        assert "1 to 2" in beside, "after lunch nobody of the small class answers"
        assert "Mostly left out are the hours 9 to 10:" in beside
        assert "9 to 10" not in beside.split("hardly in here", 1)[1]
        assert "9 to 10" in words_of(browser, f"{PAGE}?group=year-4")

    def test_the_whole_schools_figures_are_those_of_all_classes_together(
        self, app: Flask, school: School, pine: int
    ) -> None:
        """Read in another way for speed; it must not say more, or less."""
        with app.app_context():
            answered(school.pupils["amir"], school.classes["oak"], [3] * 35)
            period = Period("all", "all", TODAY - timedelta(days=80), TODAY)
            whole, classes = _of_whole(period, TODAY), _classes()
            for group in (
                Group("school", "the whole school"),
                Group("year-4", "Year 4"),
                Group(f"class-{pine}", "Pine"),
            ):
                assert whole == figures_of("school", _told(group, period, TODAY, classes), classes)
            assert whole.hidden == 5, "on five days Amir alone answered"
            assert _whole_by_day(period.first, period.last, TODAY) == whole.by_day()

    def test_today_is_shown_when_it_is_over(self, app: Flask, signed_in: SignIn, pine: int) -> None:
        """Two looks at a day that grows would differ by the child who has just answered."""
        with app.app_context():
            for pupil_id in add_children(pine, [f"Today {n}" for n in range(12)]):
                answered(pupil_id, pine, [5], until=TODAY + timedelta(days=1))
        browser = signed_in("bell")
        assert 'id="day-2026-11-20"' not in browser.get(PAGE).get_data(as_text=True)
        with time_machine.travel(FRIDAY + timedelta(days=1)):
            browser = signed_in("bell")
            assert 'id="day-2026-11-20"' in browser.get(PAGE).get_data(as_text=True)
