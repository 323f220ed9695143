"""Endings are worked out, remembered when the High 5 changes, and shown only to those who see to the child."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from kiosk.audit import KEYBOARD, Actor, AuditEvent
from kiosk.db import db, utc_now, writing
from kiosk.minding.ending_rules import EndingPlan, EndingRefused
from kiosk.minding.endings import (
    NoSuchEnding,
    count_due,
    ending_of,
    endings_done,
    endings_due,
    is_anything_due,
    keep_ending,
    nobody_can_be_asked,
    reopen_ending,
)
from kiosk.people.accounts import set_active
from kiosk.people.high5 import AT_THE_KEYBOARD as EVERYBODY
from kiosk.people.high5 import Chooser
from kiosk.people.models import Account, Adult, Pupil, Teaching
from kiosk.people.rules import Presence
from kiosk.people.store import high5_of, set_high5, set_presence
from kiosk.school.store import local_now
from tests.cast import School, email_of


@pytest.fixture(autouse=True)
def inside(app: Flask) -> Iterator[None]:
    with app.app_context():
        yield


@pytest.fixture
def today() -> date:
    return local_now().date()


def leave(school: School, who: str, on: date) -> None:
    set_presence(school.adults[who], Presence(left_on=on), KEYBOARD)


def due(school: School, chooser: Chooser = EVERYBODY) -> list[tuple[str, str]]:
    found = [(one.pupil_name, one.adult.called) for one in endings_due(chooser)]
    assert is_anything_due(chooser) == bool(count_due(chooser)) == bool(found or nobody_can_be_asked(chooser))
    return found


def teacher(school: School, who: str, room: str = "oak") -> Chooser:
    with writing() as session:
        session.add(Teaching(adult_id=school.adults[who], class_id=school.classes[room]))
    return Chooser(school.adults[who], every_class=False)


def done_plan(school: School, today: date, new: str = "shah") -> EndingPlan:
    return EndingPlan(school.adults["ali"], today, school.adults[new], met_on=today)


def actor(school: School, who: str) -> Actor:
    return Actor(account_id=None, adult_id=school.adults[who])


def test_while_everybody_is_here_nothing_is_due(school: School) -> None:
    assert due(school) == []
    assert count_due(EVERYBODY) == 0


def test_whoever_leaves_is_missed_by_every_child_who_trusts_them(school: School, today: date) -> None:
    leave(school, "okafor", today)
    assert due(school) == [("Amir Khan", "Mr Okafor"), ("Zofia Nowak", "Mr Okafor")]


def test_a_leaver_of_the_roster_import_is_found_without_anybody_telling(school: School, today: date) -> None:
    with writing() as session:
        adult = session.get(Adult, school.adults["ali"])
        assert adult
        adult.left_on = today
    assert due(school) == [("Amir Khan", "Mrs Ali")]


def test_a_long_absence_is_due_and_a_short_one_is_not(school: School, today: date) -> None:
    week = Presence(away_from=today, away_until=today + timedelta(days=8))
    set_presence(school.adults["ali"], week, KEYBOARD)
    assert due(school) == []
    long = Presence(away_from=today, away_until=today + timedelta(days=9))  # the cast's school is open every day
    set_presence(school.adults["ali"], long, KEYBOARD)
    assert due(school) == [("Amir Khan", "Mrs Ali")]
    set_presence(school.adults["ali"], Presence(), KEYBOARD)
    assert due(school) == [], "back again"


def test_it_is_not_forgotten_when_the_leaver_is_taken_out_of_the_high_5(school: School, today: date) -> None:
    leave(school, "ali", today)
    set_high5(school.pupils["amir"], [school.adults["okafor"]], KEYBOARD)
    assert due(school) == [("Amir Khan", "Mrs Ali")]
    set_high5(school.pupils["amir"], [school.adults["okafor"], school.adults["shah"]], KEYBOARD)
    assert due(school) == [("Amir Khan", "Mrs Ali")]
    assert count_due(EVERYBODY) == 1


def test_somebody_taken_out_while_they_are_here_leaves_no_ending(school: School, today: date) -> None:
    set_high5(school.pupils["amir"], [school.adults["okafor"]], KEYBOARD)
    leave(school, "ali", today)
    assert due(school) == []


def test_what_is_planned_is_kept_and_what_is_done_leaves_the_list(school: School, today: date) -> None:
    leave(school, "ali", today)
    amir, ali = school.pupils["amir"], school.adults["ali"]
    plan = EndingPlan(school.adults["okafor"], today + timedelta(days=2), note="After assembly")
    keep_ending(amir, ali, plan, EVERYBODY, KEYBOARD)
    (found,) = endings_due(EVERYBODY)
    assert found.plan == plan
    keep_ending(amir, ali, done_plan(school, today), EVERYBODY, actor(school, "green"), finish=True)
    assert due(school) == []
    (done,) = endings_done(EVERYBODY, utc_now())
    assert (done.pupil_name, done.plan.new_adult_id) == ("Amir Khan", school.adults["shah"])
    assert endings_done(EVERYBODY, utc_now() + timedelta(days=61)) == []


def test_what_is_not_done_yet_cannot_be_finished_and_nothing_is_kept(school: School, today: date) -> None:
    leave(school, "ali", today)
    with pytest.raises(EndingRefused, match="Not done yet"):
        keep_ending(
            school.pupils["amir"], school.adults["ali"], EndingPlan(note="Soon"), EVERYBODY, KEYBOARD, finish=True
        )
    assert endings_due(EVERYBODY)[0].plan == EndingPlan()


def test_what_was_done_can_be_opened_again(school: School, today: date) -> None:
    leave(school, "ali", today)
    amir, ali = school.pupils["amir"], school.adults["ali"]
    keep_ending(amir, ali, done_plan(school, today), EVERYBODY, KEYBOARD, finish=True)
    with pytest.raises(NoSuchEnding):
        keep_ending(amir, ali, EndingPlan(), EVERYBODY, KEYBOARD)
    reopen_ending(amir, ali, EVERYBODY, KEYBOARD)
    assert due(school) == [("Amir Khan", "Mrs Ali")]
    assert endings_due(EVERYBODY)[0].plan == done_plan(school, today)
    with pytest.raises(NoSuchEnding):
        reopen_ending(amir, ali, EVERYBODY, KEYBOARD)


def test_another_absence_later_is_another_ending(school: School, today: date) -> None:
    amir, ali = school.pupils["amir"], school.adults["ali"]
    set_presence(ali, Presence(away_from=today - timedelta(days=30)), KEYBOARD)
    keep_ending(amir, ali, done_plan(school, today), EVERYBODY, KEYBOARD, finish=True)
    assert due(school) == []
    set_presence(ali, Presence(away_from=today), KEYBOARD)
    assert due(school) == [("Amir Khan", "Mrs Ali")]


def test_the_new_adult_comes_into_the_high_5_in_the_same_step(school: School, today: date) -> None:
    leave(school, "ali", today)
    amir = school.pupils["amir"]
    plan = done_plan(school, today)
    keep_ending(amir, school.adults["ali"], plan, EVERYBODY, KEYBOARD, finish=True, into_high5=True)
    assert [adult.called for adult in high5_of([amir])[amir]] == ["Mr Shah", "Mr Okafor"]
    assert due(school) == []


def test_when_the_high_5_cannot_be_saved_the_ending_is_not_kept_either(school: School, today: date) -> None:
    leave(school, "okafor", today)
    with writing() as session:
        caretaker = Adult(given_name="Joe", family_name="Reed", called="Mr Reed", picture="oak-1")
        session.add(caretaker)
    zofia, okafor = school.pupils["zofia"], school.adults["okafor"]
    plan = EndingPlan(okafor, today, caretaker.id, met_on=today)
    with pytest.raises(Exception, match="Nobody in this High 5 can receive"):
        keep_ending(zofia, okafor, plan, EVERYBODY, KEYBOARD, finish=True, into_high5=True)
    assert ending_of(zofia, okafor, EVERYBODY).plan == EndingPlan()


@pytest.mark.parametrize("which", ["told_by_id", "new_adult_id"])
def test_only_people_who_work_here_are_planned_with(school: School, today: date, which: str) -> None:
    leave(school, "ali", today)
    leave(school, "shah", today)
    plan = EndingPlan(**{which: school.adults["shah"]})
    with pytest.raises(EndingRefused):
        keep_ending(school.pupils["amir"], school.adults["ali"], plan, EVERYBODY, KEYBOARD)
    theirs = EndingPlan(told_by_id=school.adults["ali"])
    keep_ending(school.pupils["amir"], school.adults["ali"], theirs, EVERYBODY, KEYBOARD)


class TestWho:
    def test_a_teacher_sees_the_children_of_the_class_and_nobody_elses(self, school: School, today: date) -> None:
        leave(school, "okafor", today)
        leave(school, "novak", today)
        oak, nobodys = teacher(school, "ali"), Chooser(school.adults["shah"], every_class=False)
        assert due(school, oak) == [("Amir Khan", "Mr Okafor"), ("Zofia Nowak", "Mr Okafor")]
        assert ("Tomi Adeyemi", "Ms Novak") in due(school)
        assert due(school, nobodys) == []
        assert (count_due(oak), count_due(nobodys)) == (3, 0), "Zofia has nobody else"

    def test_what_is_not_theirs_looks_as_if_it_were_not_there(self, school: School, today: date) -> None:
        leave(school, "novak", today)
        oak = teacher(school, "ali")
        tomi, novak = school.pupils["tomi"], school.adults["novak"]
        for pupil, adult in ((tomi, novak), (tomi, school.adults["ali"]), (999, novak), (None, None)):
            with pytest.raises(NoSuchEnding):
                ending_of(pupil, adult, oak)
        with pytest.raises(NoSuchEnding):
            keep_ending(tomi, novak, EndingPlan(), oak, KEYBOARD)
        keep_ending(tomi, novak, done_plan(school, today), EVERYBODY, KEYBOARD, finish=True)
        assert endings_done(oak, utc_now()) == []
        with pytest.raises(NoSuchEnding):
            reopen_ending(tomi, novak, oak, KEYBOARD)

    def test_a_child_who_left_needs_no_ending_here(self, school: School, today: date) -> None:
        leave(school, "ali", today)
        with writing() as session:
            amir = session.get(Pupil, school.pupils["amir"])
            assert amir
            amir.left_on = today
        assert due(school) == []


class TestNobodyCanBeAsked:
    def names(self, chooser: Chooser = EVERYBODY) -> list[str]:
        return [one.pupil_name for one in nobody_can_be_asked(chooser)]

    def test_when_everybody_has_left(self, school: School, today: date) -> None:
        leave(school, "okafor", today)
        assert self.names() == ["Zofia Nowak"]
        assert count_due(EVERYBODY) == 3

    def test_when_everybody_was_switched_off(self, school: School) -> None:
        account = db.session.scalars(select(Account).where(Account.email == email_of("okafor"))).one()
        set_active(account.id, False, KEYBOARD)
        assert self.names() == ["Zofia Nowak"]
        assert due(school) == [], "nobody has gone"

    def test_it_is_for_those_who_choose_for_the_child(self, school: School, today: date) -> None:
        leave(school, "okafor", today)
        assert self.names(teacher(school, "ali")) == ["Zofia Nowak"]
        assert self.names(Chooser(school.adults["shah"], every_class=False)) == []


def test_every_change_is_written_down_without_the_words_of_the_note(school: School, today: date) -> None:
    leave(school, "ali", today)
    plan = EndingPlan(school.adults["okafor"], today, note="Cried, then drew a card")
    keep_ending(school.pupils["amir"], school.adults["ali"], plan, EVERYBODY, actor(school, "green"))
    event = db.session.scalars(select(AuditEvent).where(AuditEvent.name == "ending_changed")).one()
    assert event.pupil_id == school.pupils["amir"]
    assert event.details["adult"] == school.adults["ali"]
    assert event.details["change"]["told_on"] == today.isoformat()
    assert "drew" not in str(event.details)
