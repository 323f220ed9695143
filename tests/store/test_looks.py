"""The leaves of a High 5: however it comes about, a child's adults do not look the same."""

from __future__ import annotations

import pytest
from flask import Flask
from flask_migrate import downgrade
from sqlalchemy import delete, select, update

from kiosk.audit import KEYBOARD, AuditEvent
from kiosk.db import db, writing
from kiosk.migrations import HERE, migrate_database
from kiosk.people.look_store import LookRefused, choose_look, looks_taken, settle_looks
from kiosk.people.models import Adult, Tablet, TabletClass
from kiosk.people.store import high5_of, set_high5
from tests.cast import School

ALL = ("ali", "okafor", "shah", "novak", "green")


def give_all(look: str, *, chosen: bool = False) -> None:
    with writing() as session:
        session.execute(update(Adult).values(picture=look, picture_chosen=chosen))


def looks_of_amir(school: School) -> list[str]:
    db.session().expire_all()
    amir = school.pupils["amir"]
    return [adult.picture for adult in high5_of([amir])[amir]]


def test_choosing_a_high5_tells_its_adults_apart_and_records_who_moved(app: Flask, school: School) -> None:
    with app.app_context():
        give_all("oak-1")
        set_high5(school.pupils["amir"], [school.adults[who] for who in ALL], KEYBOARD)
        leaves = {look.partition("-")[0] for look in looks_of_amir(school)}
        assert len(leaves) == 5
        moved = db.session.scalars(select(AuditEvent).where(AuditEvent.name == "looks_told_apart")).one()
        assert len(moved.details["adults"]) >= 4


def test_a_shared_leaf_moves_until_the_first_tablet_shows_it_to_children(app: Flask, school: School) -> None:
    """Then a colour is all that two may differ by: a leaf that many children know stays."""
    ids = [school.adults["ali"], school.adults["okafor"]]
    amir, zofia = school.pupils["amir"], school.pupils["zofia"]
    with app.app_context():
        with writing() as session:
            for pupil in (amir, zofia):
                set_high5(pupil, [school.adults["novak"]], KEYBOARD)
            session.execute(update(Adult).where(Adult.id == ids[0]).values(picture="oak-1"))
            session.execute(update(Adult).where(Adult.id == ids[1]).values(picture="oak-5"))
        set_high5(zofia, [ids[0]], KEYBOARD)
        set_high5(school.pupils["tomi"], [ids[1]], KEYBOARD)
        set_high5(amir, ids, KEYBOARD)
        assert looks_of_amir(school) == ["oak-1", "oak-5"]
        with writing() as session:
            for table in (TabletClass, Tablet):
                session.execute(delete(table))
        set_high5(amir, ids, KEYBOARD)
        assert len({look.partition("-")[0] for look in looks_of_amir(school)}) == 2


def test_a_leaf_that_somebody_chose_stays(app: Flask, school: School) -> None:
    with app.app_context():
        give_all("oak-1")
        choose_look(school.adults["shah"], "oak-1", KEYBOARD)
        set_high5(school.pupils["amir"], [school.adults[who] for who in ALL], KEYBOARD)
        assert looks_of_amir(school)[2] == "oak-1"
        assert len(set(looks_of_amir(school))) == 5


def test_who_stands_beside_somebody_with_it_cannot_have_it(app: Flask, school: School) -> None:
    with app.app_context():
        set_high5(school.pupils["amir"], [school.adults["ali"], school.adults["okafor"]], KEYBOARD)
        of_ali = looks_of_amir(school)[0]
        assert of_ali in looks_taken(school.adults["okafor"])
        with pytest.raises(LookRefused, match="Somebody whom the same children"):
            choose_look(school.adults["okafor"], of_ali, KEYBOARD)
        choose_look(school.adults["shah"], of_ali, KEYBOARD)  # nobody can ask for both
        for none_of_ours in ("", "fox-3", "oak-9", "oak"):
            with pytest.raises(LookRefused, match="Choose one of the leaves"):
                choose_look(school.adults["shah"], none_of_ours, KEYBOARD)


def test_settling_twice_changes_nothing_more(app: Flask, school: School) -> None:
    with app.app_context():
        give_all("oak-1")
        assert settle_looks(KEYBOARD)
        assert settle_looks(KEYBOARD) == {}


def test_a_school_that_is_there_already_is_told_apart_once(app: Flask, school: School) -> None:
    with app.app_context():
        give_all("oak-1")
        db.session.remove()
        downgrade(directory=str(HERE), revision="0015")
        migrate_database()
        assert len(set(looks_of_amir(school))) == 2
        assert not db.session.scalars(select(Adult.picture_chosen)).first()
