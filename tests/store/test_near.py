"""Mrs Ali and Mr Okafor are in Amir's High 5. Mr Shah is near nobody, until there is a reason."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import update

from kiosk.audit import KEYBOARD
from kiosk.db import writing
from kiosk.people.models import Pupil, SchoolClass, Teaching
from kiosk.people.near import is_near
from kiosk.people.rules import LARGEST_ID, Presence
from kiosk.people.store import set_presence
from kiosk.people.tablets import PairedTablet
from tests.cast import School
from tests.store.near import near_adult

pytestmark = pytest.mark.usefixtures("oak")


def who_is_near(school: School, pupil: str) -> set[str]:
    return {who for who in school.adults if is_near(near_adult(school, who), school.pupils[pupil])}


def test_near_are_the_high_5_and_whoever_is_near_every_child(school: School) -> None:
    assert who_is_near(school, "amir") == {"ali", "okafor", "novak", "green", "bell"}
    assert who_is_near(school, "tomi") == {"novak", "green", "bell"}


def test_whoever_teaches_the_class_is_near_until_the_class_is_closed(school: School) -> None:
    with writing() as session:
        session.add(Teaching(adult_id=school.adults["shah"], class_id=school.classes["birch"]))
    assert "shah" in who_is_near(school, "tomi")
    assert "shah" not in who_is_near(school, "amir")
    with writing() as session:
        session.execute(
            update(SchoolClass).where(SchoolClass.id == school.classes["birch"]).values(closed_on=date(2026, 1, 1))
        )
    assert "shah" not in who_is_near(school, "tomi")


def test_an_adult_comes_near_for_a_reason_of_the_moment_and_only_that_child(school: School) -> None:
    amir, zofia = school.pupils["amir"], school.pupils["zofia"]
    shah = near_adult(school, "shah", for_now=frozenset({amir}))
    assert is_near(shah, amir)
    assert not is_near(shah, zofia)


@pytest.mark.parametrize("who", ["ali", "okafor", "green"])
def test_an_adult_who_left_is_near_nobody(school: School, who: str) -> None:
    set_presence(school.adults[who], Presence(left_on=date(2026, 1, 1)), KEYBOARD)
    assert who not in who_is_near(school, "amir")


def test_nobody_is_near_a_child_who_left_or_never_was(school: School, oak: PairedTablet) -> None:
    with writing() as session:
        session.execute(update(Pupil).where(Pupil.id == school.pupils["amir"]).values(left_on=date(2026, 1, 1)))
    assert who_is_near(school, "amir") == set()
    for never in (0, -1, 999_999, LARGEST_ID + 1):
        assert not is_near(near_adult(school, "green"), never)
