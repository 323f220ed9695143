"""One school day is read from the database, on SQLite and on PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pytest
import time_machine
from flask import Flask
from sqlalchemy import event, select, update

from kiosk.audit import KEYBOARD, Actor, AuditEvent
from kiosk.chats.models import Chat
from kiosk.chats.rules import NewChat
from kiosk.chats.store import Asker, answer, ask
from kiosk.db import db, utc_now, writing
from kiosk.feelings.rules import NewCheckIn
from kiosk.feelings.store import add_check_in
from kiosk.patterns.today.looking import look_at
from kiosk.patterns.today.store import children_on, has_any_check_in, requests_of, steps_on
from kiosk.patterns.today.told import Child
from kiosk.people.models import Enrolment, Pupil, SchoolClass
from kiosk.people.tablets import PairedTablet, recognise
from kiosk.school.store import change_setting
from tests.cast import School

FRIDAY = date(2026, 11, 20)
NINE = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def inside(app: Flask) -> Iterator[None]:
    with app.app_context(), time_machine.travel(NINE + timedelta(hours=3), tick=False):
        yield


@pytest.fixture
def oak(school: School) -> PairedTablet:
    tablet = recognise(school.oak_token)
    assert tablet
    return tablet


def feel(oak: PairedTablet, pupil_id: int, step: int, at: datetime) -> None:
    add_check_in(NewCheckIn(uuid4(), pupil_id, step, at), oak)


def ask_for(oak: PairedTablet, pupil_id: int, adult_id: int, at: datetime) -> UUID:
    key = uuid4()
    ask(NewChat(key, pupil_id, adult_id, None, at), oak)
    return key


def change(pupil_id: int, **values: object) -> None:
    with writing() as session:
        session.execute(update(Pupil).where(Pupil.id == pupil_id).values(**values))


class TestChildren:
    def test_each_stands_once_in_the_home_class_by_the_name_they_are_called(self, school: School) -> None:
        with writing() as session:
            session.add(Enrolment(pupil_id=school.pupils["amir"], class_id=school.classes["birch"], home=False))
        change(school.pupils["amir"], known_as="Ami")
        amir = [child for child in children_on(FRIDAY) if child.id == school.pupils["amir"]]
        assert amir == [Child(school.pupils["amir"], "Ami Khan", "Oak", on_tablet=True)]

    def test_an_open_class_stands_before_a_closed_one(self, school: School) -> None:
        with writing() as session:
            session.execute(
                update(SchoolClass)
                .where(SchoolClass.id == school.classes["oak"])
                .values(closed_on=date(2026, 7, 20))
            )
            session.add(Enrolment(pupil_id=school.pupils["amir"], class_id=school.classes["birch"]))
        assert {child.class_name for child in children_on(FRIDAY) if child.id == school.pupils["amir"]} == {
            "Birch"
        }

    def test_who_has_left_or_not_come_yet_is_not_there(self, school: School) -> None:
        change(school.pupils["amir"], left_on=FRIDAY)
        change(school.pupils["zofia"], joined_on=FRIDAY + timedelta(days=1))
        assert [child.id for child in children_on(FRIDAY)] == [school.pupils["tomi"]]
        assert len(children_on(FRIDAY - timedelta(days=1))) == 2  # Amir was still here

    def test_who_left_that_day_after_checking_in_is_there(self, school: School, oak: PairedTablet) -> None:
        feel(oak, school.pupils["amir"], 2, NINE)
        change(school.pupils["amir"], left_on=FRIDAY)
        assert school.pupils["amir"] in [child.id for child in children_on(FRIDAY)]

    def test_a_child_without_a_class_is_there(self, school: School) -> None:
        with writing() as session:
            session.add(Pupil(given_name="Ravi", family_name="", picture="cat-1"))
        (ravi,) = [child for child in children_on(FRIDAY) if child.name == "Ravi"]
        assert ravi.class_name == ""


class TestSteps:
    def test_they_come_in_the_order_they_were_felt_on_the_schools_clock(
        self, school: School, oak: PairedTablet
    ) -> None:
        feel(oak, school.pupils["zofia"], 2, NINE + timedelta(minutes=5))
        feel(oak, school.pupils["amir"], 4, NINE)
        assert [(one.step, one.word, one.clock) for one in steps_on(FRIDAY)] == [
            (4, "Upset", "09:00"),
            (2, "Okay", "09:05"),
        ]

    def test_in_summer_the_schools_clock_is_an_hour_ahead(self, school: School, oak: PairedTablet) -> None:
        with time_machine.travel(datetime(2026, 6, 19, 23, 30, tzinfo=UTC), tick=False):
            feel(oak, school.pupils["amir"], 1, utc_now())
        assert steps_on(date(2026, 6, 19)) == []
        assert [one.clock for one in steps_on(date(2026, 6, 20))] == ["00:30"]

    def test_each_keeps_the_number_and_word_of_the_scale_it_was_made_with(
        self, school: School, oak: PairedTablet
    ) -> None:
        feel(oak, school.pupils["amir"], 5, NINE)
        change_setting("scale_direction", "calm_is_5", KEYBOARD)
        feel(oak, school.pupils["amir"], 5, NINE + timedelta(minutes=1))
        assert [(one.step, one.intensity, one.word) for one in steps_on(FRIDAY)] == [
            (5, 5, "I need help"),
            (5, 1, "Calm"),
        ]

    def test_a_tablet_with_a_clock_ahead_is_not_believed(self, school: School, oak: PairedTablet) -> None:
        feel(oak, school.pupils["amir"], 3, NINE + timedelta(hours=9))
        assert [one.clock for one in steps_on(FRIDAY)] == ["12:00"]


class TestRequests:
    def test_one_says_who_has_it_and_since_when(self, school: School, oak: PairedTablet) -> None:
        ask_for(oak, school.pupils["amir"], school.adults["ali"], NINE)
        (found,) = requests_of(FRIDAY)
        assert (found.pupil_name, found.class_name, found.asked_for, found.owner) == (
            "Amir Khan",
            "Oak",
            "Mrs Ali",
            "Mrs Ali",
        )
        assert (f"{found.said_at:%H:%M}", f"{found.asked_at:%H:%M}") == ("09:00", "12:00")

    def test_an_old_one_still_open_is_there_and_an_old_one_that_ended_is_not(
        self, school: School, oak: PairedTablet
    ) -> None:
        with time_machine.travel(NINE - timedelta(days=20), tick=False):
            ask_for(oak, school.pupils["zofia"], school.adults["okafor"], utc_now())
            key = ask_for(oak, school.pupils["amir"], school.adults["ali"], utc_now())
            answer(key, "talked", Asker(school.adults["ali"], 1, sees_all=False), seen_number=1)
        assert [one.pupil_id for one in requests_of(FRIDAY)] == [school.pupils["zofia"]]

    def test_one_of_yesterday_that_was_answered_today_is_there(self, school: School, oak: PairedTablet) -> None:
        with time_machine.travel(NINE - timedelta(days=1), tick=False):
            key = ask_for(oak, school.pupils["amir"], school.adults["ali"], utc_now())
        answer(key, "talked", Asker(school.adults["ali"], 1, sees_all=False), seen_number=1)
        assert [one.state for one in requests_of(FRIDAY)] == ["talked"]
        assert [one.state for one in requests_of(FRIDAY + timedelta(days=1))] == []

    def test_one_on_which_the_child_still_waited_that_day_is_there_though_it_is_over_now(
        self, school: School, oak: PairedTablet
    ) -> None:
        """Whoever looks at a Friday on Monday reads no "asked nobody" of somebody who waited since Thursday."""
        with time_machine.travel(NINE - timedelta(days=1), tick=False):
            key = ask_for(oak, school.pupils["amir"], school.adults["ali"], utc_now())
        feel(oak, school.pupils["amir"], 5, NINE)
        with time_machine.travel(NINE + timedelta(days=3), tick=False):
            answer(key, "talked", Asker(school.adults["ali"], 1, sees_all=False), seen_number=1)
            shown = look_at(FRIDAY, KEYBOARD)
        assert [one.hard.asked for one in shown.hard] == ["asked"]
        assert shown.late == ()

    def test_an_hour_past_midnight_belongs_to_its_own_day(self, school: School, oak: PairedTablet) -> None:
        key = ask_for(oak, school.pupils["amir"], school.adults["ali"], NINE)
        with writing() as session:
            answered = {"state": "talked", "answered_at": datetime(2026, 11, 21, 0, 0, tzinfo=UTC)}
            session.execute(update(Chat).where(Chat.key == key).values(**answered, school_day=date(2026, 11, 19)))
        assert requests_of(FRIDAY) == []
        assert len(requests_of(FRIDAY + timedelta(days=1))) == 1


class TestLooking:
    def test_a_look_is_recorded_with_the_day_and_the_classes(self, school: School) -> None:
        look_at(FRIDAY, Actor(account_id=7))
        looks = db.session.execute(
            select(AuditEvent.account_id, AuditEvent.details).where(AuditEvent.name == "today_seen")
        ).all()
        assert [tuple(look) for look in looks] == [(7, {"day": "2026-11-20", "classes": ["Birch", "Oak"]})]

    def test_it_asks_the_database_as_often_for_many_children_as_for_few(
        self, app: Flask, school: School, oak: PairedTablet
    ) -> None:
        feel(oak, school.pupils["amir"], 1, NINE)
        look_at(FRIDAY, KEYBOARD)  # reads the school's calendar, once a request
        statements: list[str] = []
        event.listen(db.engine, "before_cursor_execute", lambda *said: statements.append(said[2]))
        look_at(FRIDAY, KEYBOARD)
        few = len(statements)
        with writing() as session:
            for number in range(60):
                pupil = Pupil(given_name=f"Child {number}", family_name="", picture="cat-1")
                session.add(pupil)
                session.flush()
                session.add(Enrolment(pupil_id=pupil.id, class_id=school.classes["oak"], home=True))
                session.flush()
                feel(oak, pupil.id, 2, NINE)
        statements.clear()
        assert look_at(FRIDAY, KEYBOARD).checked_in == 61
        assert len(statements) == few

    def test_an_empty_day_of_a_new_school(self, school: School, oak: PairedTablet) -> None:
        assert not has_any_check_in()
        assert look_at(FRIDAY, KEYBOARD).checked_in == 0
        feel(oak, school.pupils["amir"], 1, NINE)
        assert has_any_check_in()
