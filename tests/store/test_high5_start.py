"""A new school begins with the adults of each class: no choice is changed, and nobody is left out unsaid."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import delete, select

from kiosk.audit import KEYBOARD, AuditEvent
from kiosk.db import db, writing
from kiosk.people.high5_start import high5_from_classes
from kiosk.people.models import Adult, Enrolment, High5, Pupil, Teaching
from kiosk.people.store import high5_of, set_high5
from tests.cast import School

LAST_YEAR = date(2025, 7, 18)


@pytest.fixture(autouse=True)
def new_school(app: Flask, school: School) -> Iterator[None]:
    """Nobody has a High 5. Mr Abel, who has no account, helps Mrs Ali in Oak; he alone teaches Birch."""
    with app.app_context():
        with writing() as session:
            session.execute(delete(High5))
            abel = Adult(given_name="Joe", family_name="Abel", called="Mr Abel", picture="oak-1")
            session.add(abel)
            session.flush()
            for adult_id, name in ((abel.id, "oak"), (abel.id, "birch"), (school.adults["ali"], "oak")):
                session.add(Teaching(adult_id=adult_id, class_id=school.classes[name]))
        yield


def run(*, apply: bool) -> str:
    lines: list[str] = []
    assert high5_from_classes(apply=apply, echo=lines.append) == 0
    return "\n".join(lines)


def high5(school: School, who: str) -> list[str]:
    pupil = school.pupils[who]
    return [adult.called for adult in high5_of([pupil])[pupil]]


def test_without_apply_it_is_only_shown(school: School) -> None:
    said = run(apply=False)
    assert "Oak: Mrs Ali, Mr Abel for 2 pupils" in said
    assert "Nothing has been changed yet." in said
    assert high5(school, "amir") == []


def test_each_child_gets_the_adults_of_their_class_those_who_can_be_told_first(school: School) -> None:
    assert "Done: 2 pupils" in run(apply=True)
    assert high5(school, "amir") == high5(school, "zofia") == ["Mrs Ali", "Mr Abel"]


def test_a_class_in_which_nobody_can_be_told_is_named_with_its_children(school: School) -> None:
    said = run(apply=True)
    assert "Nobody who teaches Birch can sign in and is here soon, so these have nobody yet: Tomi Adeyemi." in said
    assert high5(school, "tomi") == []


def test_the_second_time_there_is_nothing_to_do(school: School) -> None:
    run(apply=True)
    set_high5(school.pupils["tomi"], [school.adults["novak"]], KEYBOARD)
    before = recorded()
    assert run(apply=True) == "Nothing to do: every pupil has somebody in their High 5."
    assert recorded() == before


def test_it_gives_nobody_again_to_those_it_could_not_help(school: School) -> None:
    run(apply=True)
    before = recorded()
    said = run(apply=True)
    assert said.endswith("Nothing to do.")
    assert "Tomi Adeyemi" in said
    assert recorded() == before


def test_what_a_child_chose_stays(school: School) -> None:
    set_high5(school.pupils["amir"], [school.adults["shah"]], KEYBOARD)
    assert "for 1 pupil\n" in run(apply=True)
    assert high5(school, "amir") == ["Mr Shah"]
    assert high5(school, "zofia") == ["Mrs Ali", "Mr Abel"]


def test_five_at_most_and_none_who_left(school: School) -> None:
    with writing() as session:
        for who in ("okafor", "shah", "novak", "green", "bell"):
            session.add(Teaching(adult_id=school.adults[who], class_id=school.classes["oak"]))
        green = session.get(Adult, school.adults["green"])
        assert green
        green.left_on = LAST_YEAR
    run(apply=True)
    assert high5(school, "amir") == ["Mrs Ali", "Mr Bell", "Ms Novak", "Mr Okafor", "Mr Shah"]


def test_a_child_without_a_class_is_named(school: School) -> None:
    with writing() as session:
        session.execute(delete(Enrolment).where(Enrolment.pupil_id == school.pupils["amir"]))
    assert "In no class, so still without anybody: Amir Khan." in run(apply=True)


def test_a_child_who_left_gets_nobody(school: School) -> None:
    with writing() as session:
        amir = session.get(Pupil, school.pupils["amir"])
        assert amir
        amir.left_on = LAST_YEAR
    run(apply=True)
    assert high5(school, "amir") == []


def test_every_change_is_recorded(school: School) -> None:
    before = len(recorded())
    run(apply=False)
    assert len(recorded()) == before
    run(apply=True)
    assert set(recorded()[before:]) == {school.pupils["amir"], school.pupils["zofia"]}


def recorded() -> list[int | None]:
    """Whose High 5 was changed, in order."""
    changes = select(AuditEvent.pupil_id).where(AuditEvent.name == "high5_changed").order_by(AuditEvent.id)
    return list(db.session.scalars(changes))
