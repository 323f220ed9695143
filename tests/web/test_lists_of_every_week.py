"""A weekly list for every school week: the clock makes it, and one that is missing is made as it was then."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
import time_machine
from flask import Flask
from sqlalchemy import insert, select, update

from kiosk.audit import KEYBOARD, AuditEvent
from kiosk.db import db, writing
from kiosk.feelings.models import CheckIn
from kiosk.feelings.store import current_scale
from kiosk.patterns.different.making import make_list, make_this_weeks_list, weeks_with_a_list
from kiosk.patterns.models import ListEntry, WeeklyList
from kiosk.people.models import Pupil
from kiosk.school.store import change_setting
from tests.cast import School
from tests.web.patterns_school import SignIn, answered, oak_answers, words_of

LIST = "/patterns/different"
THIS_WEEK, LAST_WEEK = date(2026, 11, 20), date(2026, 11, 13)
CALM_THEN_HARD = [*([1, 2, 1, 1, 2, 1, 1, 1, 2, 1] * 4), 1, 1, 2, 1, 1, 4, 5, 1, 4, 4]


pytestmark = pytest.mark.usefixtures("lists_on_friday")


@pytest.fixture
def weeks(app: Flask, school: School) -> None:
    """Ten weeks in which Zofia answers every day, so that there were school days."""
    oak_answers(app, school, "zofia", [1] * 50)


def lists(app: Flask) -> list[tuple[date, bool]]:
    """The lists there are, and whether anybody looked at each."""
    with app.app_context():
        rows = db.session.execute(
            select(WeeklyList.shown_from, WeeklyList.looked_at).order_by(WeeklyList.shown_from)
        )
        return [(row.shown_from, row.looked_at is not None) for row in rows]


def on_the_list(app: Flask, shown_from: date) -> list[int]:
    with app.app_context():
        make_list(shown_from, KEYBOARD)
        of_week = select(ListEntry.pupil_id).join(WeeklyList, WeeklyList.id == ListEntry.list_id)
        return list(
            db.session.scalars(of_week.where(WeeklyList.shown_from == shown_from, ListEntry.kind == "different"))
        )


class TestTheClock:
    def test_it_makes_the_list_of_the_week_once_though_nobody_looks(self, app: Flask, weeks: None) -> None:
        with app.app_context():
            assert make_this_weeks_list()
            assert not make_this_weeks_list()
        assert lists(app) == [(THIS_WEEK, False)]
        with app.app_context():
            made = db.session.scalars(select(AuditEvent).where(AuditEvent.name == "weekly_list_made")).one()
            assert made.account_id is None

    def test_the_next_on_the_day_on_which_the_next_week_begins(
        self, app: Flask, school: School, weeks: None, a_friday: time_machine.Coordinates
    ) -> None:
        with app.app_context():
            make_this_weeks_list()
            answered(school.pupils["zofia"], school.classes["oak"], [1] * 5, until=date(2026, 11, 27))
            a_friday.move_to(datetime(2026, 11, 26, 23, 59, tzinfo=UTC))
            assert not make_this_weeks_list()
            a_friday.move_to(datetime(2026, 11, 27, 0, 0, 30, tzinfo=UTC))
            assert make_this_weeks_list()
        assert [day for day, _looked in lists(app)] == [THIS_WEEK, date(2026, 11, 27)]

    def test_none_after_a_week_without_school(
        self, app: Flask, weeks: None, a_friday: time_machine.Coordinates
    ) -> None:
        with app.app_context():
            make_this_weeks_list()
            a_friday.shift(timedelta(days=7))
            assert not make_this_weeks_list()

    def test_none_in_a_school_that_has_switched_it_off_or_has_just_begun(self, app: Flask, school: School) -> None:
        with app.app_context():
            assert not make_this_weeks_list()
        oak_answers(app, school, "zofia", [1] * 50)
        with app.app_context():
            change_setting("patterns_different", "no", KEYBOARD)
            assert not make_this_weeks_list()
        assert lists(app) == []


class TestAsItWasThen:
    def test_what_came_after_the_week_began_is_not_in_it(self, app: Flask, school: School, weeks: None) -> None:
        """The same list, whether the clock made it on its day or somebody asks a week later."""
        oak_answers(app, school, "amir", CALM_THEN_HARD)
        assert on_the_list(app, THIS_WEEK) == [school.pupils["amir"]]
        assert on_the_list(app, LAST_WEEK) == []

    def test_what_a_tablet_sent_late_was_not_known(self, app: Flask, school: School, weeks: None) -> None:
        oak_answers(app, school, "amir", [*CALM_THEN_HARD, 1, 1, 1, 1, 1])
        assert on_the_list(app, LAST_WEEK) == [school.pupils["amir"]]
        with app.app_context(), writing() as session:
            late = datetime(2026, 11, 16, 8, 30, tzinfo=UTC)
            hard = (CheckIn.pupil_id == school.pupils["amir"], CheckIn.intensity >= 4)
            session.execute(update(CheckIn).where(*hard).values(received_at=late))
            session.execute(update(WeeklyList).values(shown_from=date(2020, 1, 3)))
        assert on_the_list(app, LAST_WEEK) == [], "the tablet was offline until Monday the 16th"

    def test_of_a_day_that_came_in_two_parts_the_earlier_part_was_known(
        self, app: Flask, school: School, weeks: None
    ) -> None:
        oak_answers(app, school, "amir", [*CALM_THEN_HARD, 1, 1, 1, 1, 1])
        with app.app_context(), writing() as session:
            scale, at = current_scale(), datetime(2026, 11, 12, 14, 0, tzinfo=UTC)
            late = {"clock_odd": False, "received_at": datetime(2026, 11, 16, 8, 30, tzinfo=UTC), "hour": 14}
            row = {"felt_at": at, "school_day": at.date(), "step": 5, "intensity": 5, "scale_version_id": scale.id}
            oak = school.classes["oak"]
            session.execute(
                insert(CheckIn),
                [row | late | {"key": uuid4(), "class_id": oak, "pupil_id": school.pupils["amir"]}],
            )
        assert on_the_list(app, LAST_WEEK) == [school.pupils["amir"]], "what was known is on it"
        with app.app_context():
            sentence = db.session.scalar(select(ListEntry.sentence))
        assert sentence == (
            "On four of the last five school days the hardest answer was 4 or 5; usually on none of 40 days."
        )

    def test_who_left_since_was_there_then_and_who_had_left_was_not(
        self, app: Flask, school: School, weeks: None
    ) -> None:
        oak_answers(app, school, "amir", [*CALM_THEN_HARD, 1, 1, 1, 1, 1])
        with app.app_context(), writing() as session:
            session.execute(update(Pupil).where(Pupil.id == school.pupils["amir"]).values(left_on=THIS_WEEK))
        assert on_the_list(app, LAST_WEEK) == [school.pupils["amir"]]
        with app.app_context(), writing() as session:
            session.execute(update(Pupil).where(Pupil.id == school.pupils["amir"]).values(left_on=LAST_WEEK))
            session.execute(update(WeeklyList).values(shown_from=date(2020, 1, 3)))
        assert on_the_list(app, LAST_WEEK) == []


class TestWhatNobodyLookedAt:
    def test_the_page_says_which_lists_and_leads_to_them(self, app: Flask, signed_in: SignIn, weeks: None) -> None:
        browser = signed_in("bell")
        said = words_of(browser, LIST)
        assert "Nobody has looked at 9 other lists yet: Friday 13 November, Friday 6 November" in said
        assert "Friday 13 November, not looked at" in said
        words_of(browser, f"{LIST}?week={LAST_WEEK}")
        said = words_of(signed_in("green"), LIST)
        assert "Nobody has looked at 8 other lists yet: Friday 6 November" in said
        assert "Friday 13 November, not looked at" not in said
        assert lists(app) == [(LAST_WEEK, True), (THIS_WEEK, True)]

    def test_making_and_taking_it_away_as_a_file_is_not_looking_at_it(
        self, app: Flask, signed_in: SignIn, weeks: None
    ) -> None:
        assert signed_in("bell").get(f"{LIST}/export.csv?week={LAST_WEEK}").status_code == 200
        assert lists(app) == [(LAST_WEEK, False)]

    def test_a_list_that_was_made_late_says_so_and_of_when_it_is(self, signed_in: SignIn, weeks: None) -> None:
        said = words_of(signed_in("bell"), f"{LIST}?week={LAST_WEEK}")
        assert (
            "This list was made on Friday 20 November, from the answers that had reached Treetops before" in said
        )
        assert "This list was made" not in words_of(signed_in("bell"), LIST)

    def test_an_outcome_can_still_be_written_there(
        self, app: Flask, school: School, signed_in: SignIn, weeks: None
    ) -> None:
        oak_answers(app, school, "amir", [*CALM_THEN_HARD, 1, 1, 1, 1, 1])
        browser, page = signed_in("bell"), f"{LIST}?week={LAST_WEEK}"
        assert "Of 1 child of this list nobody has written anything yet." in words_of(browser, page)
        with app.app_context():
            entry = db.session.scalar(select(ListEntry.id))
        form = {"kind": "outcome", "words": "His cat came home.", "week": str(LAST_WEEK)}
        browser.post_form(f"{LIST}/{entry}", form, page=page)
        said = words_of(browser, page)
        assert "What came of it: His cat came home. Mr Bell, 09:00" in said
        assert "nobody has written anything" not in said

    def test_in_a_holiday_the_last_list_stands_and_says_why(
        self, signed_in: SignIn, weeks: None, a_friday: time_machine.Coordinates
    ) -> None:
        words_of(signed_in("bell"), LIST)
        a_friday.shift(timedelta(days=9))
        said = words_of(signed_in("bell"), LIST)
        assert "the week from Friday 20 November" in said
        assert "There were no school days since, so this is still the newest list." in said

    def test_a_week_without_a_list_is_not_there(self, app: Flask, signed_in: SignIn, weeks: None) -> None:
        for week in ("2026-11-12", "2026-11-27", "2019-01-04"):
            assert signed_in("bell").get(f"{LIST}?week={week}").status_code == 404
        assert lists(app) == []

    @pytest.mark.parametrize("who", ["ali", "novak", "patel"])
    def test_whoever_may_not_see_lists_makes_none(
        self, app: Flask, signed_in: SignIn, weeks: None, who: str
    ) -> None:
        assert signed_in(who).get(f"{LIST}?week={LAST_WEEK}").status_code == 403
        assert lists(app) == []


def test_lists_made_by_the_clock_are_offered_like_the_others(app: Flask, weeks: None) -> None:
    with app.app_context():
        make_this_weeks_list()
        newest, before = weeks_with_a_list()[:2]
    assert (newest.shown_from, newest.is_made, newest.is_looked_at) == (THIS_WEEK, True, False)
    assert (before.shown_from, before.is_made) == (LAST_WEEK, False)
