"""What adults enter for a child, take back, and give to the child whose it was."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select, update

from kiosk.audit import Actor, AuditEvent
from kiosk.db import db, utc_now, writing
from kiosk.feelings.entering import (
    NoSuchEntry,
    WhoEnters,
    enter_fingers,
    entries_today,
    move_check_in,
    take_back_entry,
    whose_entry,
)
from kiosk.feelings.models import CheckIn, CheckInMove
from kiosk.feelings.rules import NewCheckIn
from kiosk.feelings.store import DifferentContent, add_check_in
from kiosk.patterns.models import PupilDay
from kiosk.people.high5 import Chooser, NoSuchPupil
from kiosk.people.models import Teaching
from kiosk.people.tablets import PairedTablet
from kiosk.school.store import change_setting
from tests.cast import School

Who = Callable[[str], WhoEnters]


@pytest.fixture
def who(oak: PairedTablet, school: School) -> Who:
    """The cast as those who enter; Mrs Ali and Mr Shah teach Oak."""
    with writing() as session:
        for name in ("ali", "shah"):
            session.add(Teaching(adult_id=school.adults[name], class_id=school.classes["oak"]))

    def one(name: str) -> WhoEnters:
        adult, every = school.adults[name], name in ("novak", "bell", "green")
        return WhoEnters(adult, Chooser(adult, every), name in ("bell", "green"), Actor(1, adult))

    return one


def check_in(key: UUID) -> CheckIn | None:
    db.session.expire_all()
    return db.session.scalar(select(CheckIn).where(CheckIn.key == key))


def names_of_events(pupil_id: int) -> list[str]:
    rows = db.session.scalars(select(AuditEvent).where(AuditEvent.pupil_id == pupil_id).order_by(AuditEvent.id))
    return [row.name for row in rows if row.name != "high5_changed"]


def test_what_a_child_shows_is_their_step_now_and_says_who_entered_it(who: Who, school: School) -> None:
    key, amir = uuid4(), school.pupils["amir"]
    assert enter_fingers(key, amir, 4, who("ali")) is True
    kept = check_in(key)
    assert kept
    assert (kept.pupil_id, kept.step, kept.intensity) == (amir, 4, 4)
    assert (kept.entered_by_id, kept.tablet_id) == (school.adults["ali"], None)
    assert kept.class_id == school.classes["oak"]
    assert utc_now() - kept.felt_at < timedelta(minutes=1)
    assert names_of_events(amir) == ["fingers_entered"]


def test_where_the_school_counts_the_other_way_five_fingers_are_calm(who: Who, school: School) -> None:
    change_setting("scale_direction", "calm_is_5", Actor())
    key = uuid4()
    enter_fingers(key, school.pupils["amir"], 5, who("ali"))
    kept = check_in(key)
    assert kept
    assert (kept.step, kept.intensity) == (5, 1)


def test_pressing_twice_enters_once(who: Who, school: School) -> None:
    key, amir = uuid4(), school.pupils["amir"]
    assert [enter_fingers(key, amir, 2, who("ali")) for _ in range(2)] == [True, False]
    with pytest.raises(DifferentContent):
        enter_fingers(key, amir, 3, who("ali"))
    with pytest.raises(DifferentContent):
        enter_fingers(key, amir, 2, who("shah"))


@pytest.mark.parametrize(("name", "child"), [("ali", "tomi"), ("okafor", "amir"), ("okafor", "zofia")])
def test_nobody_enters_for_a_child_of_a_class_that_is_not_theirs(
    who: Who, school: School, name: str, child: str
) -> None:
    with pytest.raises(NoSuchPupil):
        enter_fingers(uuid4(), school.pupils[child], 3, who(name))
    assert db.session.scalars(select(CheckIn)).all() == []


@pytest.mark.parametrize("name", ["novak", "bell", "green"])
def test_duty_nurture_and_lead_enter_for_every_class(who: Who, school: School, name: str) -> None:
    assert enter_fingers(uuid4(), school.pupils["tomi"], 3, who(name)) is True


def test_whoever_entered_it_takes_it_back_today_and_nobody_else_does(who: Who, school: School) -> None:
    key, amir = uuid4(), school.pupils["amir"]
    enter_fingers(key, amir, 4, who("ali"))
    for name in ("shah", "bell", "okafor"):
        with pytest.raises(NoSuchEntry):
            take_back_entry(key, who(name))
    assert take_back_entry(key, who("ali")) == amir
    assert check_in(key) is None
    assert names_of_events(amir) == ["fingers_entered", "fingers_undone"]
    with pytest.raises(NoSuchEntry):
        take_back_entry(key, who("ali"))


def test_yesterdays_entry_stays(who: Who, school: School) -> None:
    key = uuid4()
    enter_fingers(key, school.pupils["amir"], 4, who("ali"))
    kept = check_in(key)
    assert kept
    with writing() as session:
        session.execute(update(CheckIn).values(school_day=kept.school_day - timedelta(days=1)))
    for attempt in (
        lambda: take_back_entry(key, who("ali")),
        lambda: move_check_in(key, school.pupils["zofia"], who("ali")),
    ):
        with pytest.raises(NoSuchEntry):
            attempt()
    assert entries_today([school.pupils["amir"]], who("ali")) == {}


def test_what_was_another_childs_goes_to_that_child_and_the_history_stays(who: Who, school: School) -> None:
    key, amir, zofia = uuid4(), school.pupils["amir"], school.pupils["zofia"]
    enter_fingers(key, amir, 4, who("ali"))
    move_check_in(key, zofia, who("ali"))
    move_check_in(key, zofia, who("ali"))
    kept = check_in(key)
    assert kept
    assert (kept.pupil_id, kept.entered_by_id) == (zofia, school.adults["ali"])
    move = db.session.scalars(select(CheckInMove)).one()
    assert (move.from_pupil_id, move.to_pupil_id, move.moved_by_id) == (amir, zofia, school.adults["ali"])
    assert names_of_events(amir) == ["fingers_entered", "check_in_moved"]
    (entry,) = entries_today([amir, zofia], who("ali"))[zofia]
    assert (entry.was, entry.is_mine, entry.entered_by) == ("Amir", True, "Mrs Ali")


def test_the_counts_follow(who: Who, school: School) -> None:
    key, amir, tomi = uuid4(), school.pupils["amir"], school.pupils["tomi"]
    enter_fingers(key, amir, 4, who("bell"))
    move_check_in(key, tomi, who("bell"))
    assert [row.pupil_id for row in db.session.scalars(select(PupilDay))] == [tomi]
    kept = check_in(key)
    assert kept
    assert kept.class_id == school.classes["birch"]
    take_back_entry(key, who("bell"))
    assert db.session.scalars(select(PupilDay)).all() == []


def test_a_teacher_gives_what_stands_in_her_class_to_children_of_hers_alone(who: Who, school: School) -> None:
    key, amir = uuid4(), school.pupils["amir"]
    enter_fingers(key, amir, 4, who("bell"))
    with pytest.raises(NoSuchEntry):
        move_check_in(uuid4(), school.pupils["zofia"], who("ali"))
    for nobody_of_hers in (school.pupils["tomi"], 999, None):
        with pytest.raises(NoSuchPupil):
            move_check_in(key, nobody_of_hers, who("ali"))
    kept = check_in(key)
    assert kept
    assert kept.pupil_id == amir
    assert db.session.scalars(select(CheckInMove)).all() == []
    move_check_in(key, school.pupils["zofia"], who("ali"))
    assert names_of_events(amir) == ["fingers_entered", "check_in_moved"]


def test_to_a_child_of_another_class_that_she_teaches(who: Who, oak: PairedTablet, school: School) -> None:
    tap = NewCheckIn(uuid4(), school.pupils["amir"], 5, utc_now())
    add_check_in(tap, oak)
    with writing() as session:
        session.add(Teaching(adult_id=school.adults["ali"], class_id=school.classes["birch"]))
    assert whose_entry(tap.key, who("ali")) == school.pupils["amir"]
    move_check_in(tap.key, school.pupils["tomi"], who("ali"))
    kept = check_in(tap.key)
    assert kept
    assert (kept.pupil_id, kept.class_id) == (school.pupils["tomi"], school.classes["birch"])


def test_who_teaches_another_class_and_duty_find_nothing_to_put_right(
    who: Who, oak: PairedTablet, school: School
) -> None:
    amir, zofia = school.pupils["amir"], school.pupils["zofia"]
    tap = NewCheckIn(uuid4(), amir, 5, utc_now())
    add_check_in(tap, oak)
    with writing() as session:
        session.add(Teaching(adult_id=school.adults["okafor"], class_id=school.classes["birch"]))
    for name in ("okafor", "novak"):
        assert entries_today([amir], who(name)) == {}
        with pytest.raises(NoSuchEntry):
            move_check_in(tap.key, zofia, who(name))
        with pytest.raises(NoSuchEntry):
            whose_entry(tap.key, who(name))


def test_a_tap_on_a_tablet_is_put_right_by_who_teaches_the_child_and_its_step_stays_unread(
    who: Who, oak: PairedTablet, school: School
) -> None:
    amir = school.pupils["amir"]
    add_check_in(NewCheckIn(uuid4(), amir, 5, utc_now()), oak)
    enter_fingers(uuid4(), amir, 2, who("novak"))
    assert [(one.step, one.intensity) for one in entries_today([amir], who("ali"))[amir]] == [(None, None)] * 2
    assert [one.step for one in entries_today([amir], who("green"))[amir]] == [2, 5]


def test_nurture_and_lead_put_a_tap_right_and_the_tablet_may_send_it_again(
    who: Who, oak: PairedTablet, school: School
) -> None:
    amir, zofia = school.pupils["amir"], school.pupils["zofia"]
    tap = NewCheckIn(uuid4(), amir, 5, utc_now())
    add_check_in(tap, oak)
    (entry,) = entries_today([amir], who("green"))[amir]
    assert (entry.entered_by, entry.is_mine, entry.was) == (None, False, None)
    move_check_in(tap.key, zofia, who("bell"))
    assert add_check_in(tap, oak) is False, "a tablet that sends again what it cannot know was moved is told: kept"
    with pytest.raises(DifferentContent):
        add_check_in(NewCheckIn(tap.key, zofia, 4, tap.felt_at), oak)
