"""Setting the tablet up for a child: who may, what is kept, what the class hands on, what the roster then says."""

from __future__ import annotations

from datetime import date

import pytest
from flask import Flask
from flask_migrate import downgrade
from sqlalchemy import delete, select, text, update

from kiosk.audit import KEYBOARD, Actor, AuditEvent
from kiosk.db import db, writing
from kiosk.migrations import HERE, migrate_database
from kiosk.people.high5 import AT_THE_KEYBOARD, Chooser, NoSuchPupil
from kiosk.people.models import ClassTablet, Pupil, PupilTablet, SchoolClass, Teaching
from kiosk.people.set_up_tablet import (
    NoSuchClass,
    WhoSetsUp,
    add_strategy,
    choose,
    choose_for_class,
    choose_own_step,
    class_to_set_up,
    offer_card_at,
    offer_topic,
    remove_strategy,
    set_up_of,
)
from kiosk.people.store import tablet_roster
from kiosk.people.tablet_settings import DEFAULT, ChildsTablet, OwnStep, Strategy, TabletRefused
from kiosk.people.tablets import PairedTablet
from kiosk.school.store import change_setting
from tests.cast import School


@pytest.fixture
def teacher(oak: PairedTablet, school: School) -> WhoSetsUp:
    """Mrs Ali, who teaches Oak."""
    with writing() as session:
        session.add(Teaching(adult_id=school.adults["ali"], class_id=school.classes["oak"]))
    return someone(school, "ali")


def someone(school: School, who: str) -> WhoSetsUp:
    every = who in ("novak", "bell", "green")
    return WhoSetsUp(Chooser(school.adults[who], every), Actor(account_id=1, adult_id=school.adults[who]))


def tablet_of(who: str, oak: PairedTablet, school: School) -> ChildsTablet:
    return next(pupil.tablet for pupil in tablet_roster(oak) if pupil.id == school.pupils[who])


def recorded() -> list[tuple[int | None, dict[str, object]]]:
    names = ("tablet_set_up", "class_tablet_set")
    rows = db.session.scalars(select(AuditEvent).where(AuditEvent.name.in_(names)).order_by(AuditEvent.id))
    return [(row.pupil_id, row.details) for row in rows]


def test_the_teacher_chooses_and_the_tablet_is_told(teacher: WhoSetsUp, oak: PairedTablet, school: School) -> None:
    amir = school.pupils["amir"]
    choose(amir, "steps", "3", teacher)
    choose(amir, "theme", "zones", teacher)
    choose(amir, "larger", "yes", teacher)
    tablet = tablet_of("amir", oak, school)
    assert (tablet.steps, tablet.theme, tablet.larger) == ((1, 3, 5), "zones", True)
    assert tablet_of("zofia", oak, school) == DEFAULT
    assert recorded()[1] == (amir, {"choice": "theme", "to": "zones"})


def test_who_does_not_teach_the_child_changes_nothing(
    oak: PairedTablet, school: School, teacher: WhoSetsUp
) -> None:
    tomi = school.pupils["tomi"]
    for who, child in ((someone(school, "shah"), school.pupils["amir"]), (teacher, tomi), (teacher, 999)):
        for change in (
            lambda child, who: choose(child, "theme", "zones", who),
            lambda child, who: choose_own_step(child, 1, "Sunny", "", who),
            lambda child, who: add_strategy(child, "sym-draw", "", who),
            lambda child, who: remove_strategy(child, "sym-draw", who),
            lambda child, who: offer_topic(child, "home", False, who),
        ):
            with pytest.raises(NoSuchPupil):
                change(child, who)
        with pytest.raises(NoSuchPupil):
            set_up_of(child, who.chooser)
    assert db.session.scalars(select(PupilTablet)).all() == []
    assert recorded() == []


@pytest.mark.parametrize("who", ["novak", "bell", "green"])
def test_duty_nurture_and_lead_set_up_every_tablet(who: str, oak: PairedTablet, school: School) -> None:
    choose(school.pupils["amir"], "hand", "left", someone(school, who))
    assert tablet_of("amir", oak, school).hand == "left"


def test_the_class_hands_on_what_was_not_chosen_for_the_child(
    teacher: WhoSetsUp, oak: PairedTablet, school: School
) -> None:
    choose_for_class(school.classes["oak"], "steps", "2", teacher)
    choose_for_class(school.classes["oak"], "theme", "zones", teacher)
    choose(school.pupils["amir"], "theme", "calm", teacher)
    assert (tablet_of("amir", oak, school).theme, tablet_of("zofia", oak, school).theme) == ("calm", "zones")
    assert tablet_of("amir", oak, school).steps == (1, 5)
    choose(school.pupils["amir"], "theme", None, teacher)
    choose(school.pupils["zofia"], "steps", "5", teacher)
    assert tablet_of("amir", oak, school).theme == "zones"
    assert tablet_of("zofia", oak, school).steps == (1, 2, 3, 4, 5)
    choose_for_class(school.classes["oak"], "theme", None, teacher)
    assert tablet_of("amir", oak, school).theme == "calm"


def test_the_school_hands_on_to_its_classes(teacher: WhoSetsUp, oak: PairedTablet, school: School) -> None:
    change_setting("tablet_theme", "zones", Actor())
    change_setting("tablet_scale_picture", "weather", Actor())
    choose_for_class(school.classes["oak"], "theme", "calm", teacher)
    choose(school.pupils["amir"], "scale_picture", "faces", teacher)
    amir, zofia = tablet_of("amir", oak, school), tablet_of("zofia", oak, school)
    assert (amir.theme, amir.scale_picture) == ("calm", "faces")
    assert (zofia.theme, zofia.scale_picture) == ("calm", "weather")


def test_a_class_is_set_up_by_those_who_teach_it(teacher: WhoSetsUp, school: School) -> None:
    for class_id in (school.classes["birch"], 999, None, 2**40):
        with pytest.raises(NoSuchClass):
            class_to_set_up(class_id, teacher.chooser)
    with pytest.raises(NoSuchClass):
        choose_for_class(school.classes["birch"], "theme", "zones", teacher)
    with pytest.raises(TabletRefused, match="each child"):
        choose_for_class(school.classes["oak"], "scanning", "one", teacher)
    assert db.session.scalars(select(ClassTablet)).all() == []
    choose_for_class(school.classes["birch"], "theme", "zones", someone(school, "novak"))
    with writing() as session:
        session.execute(update(SchoolClass).values(closed_on=date(2026, 7, 20)))
    with pytest.raises(NoSuchClass):
        class_to_set_up(school.classes["oak"], someone(school, "novak").chooser)


def test_own_words_and_pictures_are_kept_and_not_written_into_the_record(
    teacher: WhoSetsUp, oak: PairedTablet, school: School
) -> None:
    amir = school.pupils["amir"]
    choose_own_step(amir, 3, "Fizzy", "bee", teacher)
    choose_own_step(amir, 5, "", "rocket", teacher)
    assert tablet_of("amir", oak, school).own_steps == {3: OwnStep("Fizzy", "bee"), 5: OwnStep(None, "rocket")}
    choose_own_step(amir, 3, "", "", teacher)
    choose_own_step(amir, 5, "", "", teacher)
    assert tablet_of("amir", oak, school) == DEFAULT
    assert "Fizzy" not in str(recorded())
    assert len(recorded()) == 4


def test_strategy_cards_come_and_go(teacher: WhoSetsUp, oak: PairedTablet, school: School) -> None:
    amir = school.pupils["amir"]
    add_strategy(amir, "sym-breathing", "", teacher)
    add_strategy(amir, "pic-ball", "Kick my ball", teacher)
    with pytest.raises(TabletRefused):
        add_strategy(amir, "pic-ball", "Another", teacher)
    remove_strategy(amir, "sym-breathing", teacher)
    remove_strategy(amir, "sym-breathing", teacher)
    assert tablet_of("amir", oak, school).strategies == (Strategy("pic-ball", "Kick my ball"),)


def test_topics_are_offered_one_by_one(teacher: WhoSetsUp, oak: PairedTablet, school: School) -> None:
    amir = school.pupils["amir"]
    offer_topic(amir, "home", False, teacher)
    offer_topic(amir, "body", False, teacher)
    offer_topic(amir, "home", True, teacher)
    topics = tablet_of("amir", oak, school).topics
    assert "home" in topics
    assert "body" not in topics
    for topic, offered in (("not_say", False), ("weather", True)):
        with pytest.raises(TabletRefused):
            offer_topic(amir, topic, offered, teacher)
    assert tablet_of("amir", oak, school).topics == topics


def test_a_refused_choice_changes_nothing(teacher: WhoSetsUp, oak: PairedTablet, school: School) -> None:
    choose(school.pupils["amir"], "theme", "zones", teacher)
    before = recorded()
    with pytest.raises(TabletRefused):
        choose(school.pupils["amir"], "theme", "neon", teacher)
    assert tablet_of("amir", oak, school).theme == "zones"
    assert recorded() == before


def test_a_child_who_is_erased_takes_the_choices_along(teacher: WhoSetsUp, school: School) -> None:
    choose(school.pupils["amir"], "theme", "zones", teacher)
    with writing() as session:
        session.execute(delete(Pupil).where(Pupil.id == school.pupils["amir"]))
    assert db.session.scalars(select(PupilTablet)).all() == []


def test_steps_that_were_chosen_before_stay_chosen(app: Flask, school: School) -> None:
    """Until now every child had a list of steps; all five was nobody's choice."""
    with app.app_context():
        downgrade(directory=str(HERE), revision="0004")
        with db.engine.begin() as connection:
            connection.execute(
                text("UPDATE pupil SET steps = '[1, 3, 5]' WHERE id = :id"), {"id": school.pupils["amir"]}
            )
        migrate_database()
        steps = {row.id: row.steps for row in db.session.execute(select(Pupil.id, Pupil.steps))}
        assert steps[school.pupils["amir"]] == [1, 3, 5]
        assert steps[school.pupils["zofia"]] is None


class TestThePlanForAStep:
    def test_cards_are_tied_to_steps_and_stay_so_when_another_is_added_or_taken_away(
        self, school: School, oak: PairedTablet
    ) -> None:
        amir, office = school.pupils["amir"], WhoSetsUp(AT_THE_KEYBOARD, KEYBOARD)
        add_strategy(amir, "sym-drink", "", office)
        offer_card_at(amir, "sym-drink", 2, True, office)
        offer_card_at(amir, "sym-drink", 5, False, office)
        add_strategy(amir, "sym-book", "", office)
        assert {card.picture: card.at for card in set_up_of(amir, AT_THE_KEYBOARD).tablet.strategies} == {
            "sym-drink": (2, 4),
            "sym-book": (4, 5),
        }
        remove_strategy(amir, "sym-book", office)
        assert [card.at for card in set_up_of(amir, AT_THE_KEYBOARD).tablet.strategies] == [(2, 4)]
        for step in (2, 4):
            offer_card_at(amir, "sym-drink", step, False, office)
        assert [card.at for card in set_up_of(amir, AT_THE_KEYBOARD).tablet.strategies] == [()]

    def test_no_such_card_step_or_child_is_refused(self, school: School, oak: PairedTablet) -> None:
        amir, office = school.pupils["amir"], WhoSetsUp(AT_THE_KEYBOARD, KEYBOARD)
        add_strategy(amir, "sym-drink", "", office)
        for picture, step in (("sym-book", 3), ("sym-drink", 6), ("sym-drink", 0), ("sym-drink", None)):
            with pytest.raises(TabletRefused):
                offer_card_at(amir, picture, step, True, office)
        with pytest.raises(NoSuchPupil):
            offer_card_at(amir, "sym-drink", 3, True, WhoSetsUp(Chooser(999, every_class=False), KEYBOARD))
        assert [card.at for card in set_up_of(amir, AT_THE_KEYBOARD).tablet.strategies] == [(4, 5)]
