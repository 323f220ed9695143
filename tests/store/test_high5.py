"""A High 5: up to five adults in the child's own order, of whom somebody can be told."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from flask import Flask

from kiosk.audit import KEYBOARD
from kiosk.db import writing
from kiosk.people.models import Adult
from kiosk.people.rules import Presence
from kiosk.people.store import High5Refused, high5_of, set_high5, set_presence
from kiosk.school.store import change_setting, local_now
from tests.cast import School


def names(school: School) -> list[str]:
    amir = school.pupils["amir"]
    return [adult.called for adult in high5_of([amir])[amir]]


def test_it_keeps_the_childs_own_order(app: Flask, school: School) -> None:
    with app.app_context():
        wanted = [school.adults[who] for who in ("shah", "ali", "novak")]
        set_high5(school.pupils["amir"], wanted, KEYBOARD)
        assert names(school) == ["Mr Shah", "Mrs Ali", "Ms Novak"]


@pytest.mark.parametrize("who", [[], ["ali", "ali"], ["ali", "okafor", "shah", "novak", "green", "bell"]])
def test_nobody_too_many_or_somebody_twice_is_refused_and_changes_nothing(
    app: Flask, school: School, who: list[str]
) -> None:
    with app.app_context():
        with pytest.raises(High5Refused):
            set_high5(school.pupils["amir"], [school.adults[each] for each in who], KEYBOARD)
        assert names(school) == ["Mrs Ali", "Mr Okafor"]


def test_one_in_which_nobody_can_be_told_is_refused(app: Flask, school: School) -> None:
    with app.app_context():
        with writing() as session:
            caretaker = Adult(given_name="Joe", family_name="Reed", called="Mr Reed", picture="oak-1")
            session.add(caretaker)
        set_presence(school.adults["shah"], Presence(left_on=date(2026, 1, 1)), KEYBOARD)
        with pytest.raises(High5Refused, match="Nobody in this High 5 can receive"):
            set_high5(school.pupils["amir"], [caretaker.id, school.adults["shah"]], KEYBOARD)
        set_high5(school.pupils["amir"], [caretaker.id, school.adults["ali"]], KEYBOARD)
        assert names(school) == ["Mr Reed", "Mrs Ali"]


def test_a_leaver_is_not_shown_to_the_child(app: Flask, school: School) -> None:
    with app.app_context():
        set_presence(school.adults["ali"], Presence(left_on=date(2026, 1, 1)), KEYBOARD)
        assert names(school) == ["Mr Okafor"]


@pytest.mark.parametrize(
    "presence",
    [
        lambda today: Presence(away_from=today - timedelta(days=20)),
        lambda today: Presence(away_from=today, away_until=today + timedelta(days=16)),
        lambda today: Presence(left_on=today + timedelta(days=1)),
        lambda today: Presence(weekdays=0),
    ],
    ids=["away, nobody knows until when", "away for more than two weeks", "last day is today", "never in school"],
)
def test_one_in_which_nobody_is_here_within_two_school_weeks_is_refused(
    app: Flask, school: School, presence: Callable[[date], Presence]
) -> None:
    with app.app_context():
        change_setting("school_days", "mon-fri", KEYBOARD)
        set_presence(school.adults["shah"], presence(local_now().date()), KEYBOARD)
        with pytest.raises(High5Refused, match="within the next two school weeks"):
            set_high5(school.pupils["amir"], [school.adults["shah"]], KEYBOARD)
        assert names(school) == ["Mrs Ali", "Mr Okafor"]
        set_high5(school.pupils["amir"], [school.adults["shah"], school.adults["ali"]], KEYBOARD)


def test_one_whose_only_adult_visits_once_a_week_can_be_saved(app: Flask, school: School) -> None:
    with app.app_context():
        change_setting("school_days", "mon-fri", KEYBOARD)
        set_presence(school.adults["okafor"], Presence(weekdays=0b1000), KEYBOARD)
        set_high5(school.pupils["amir"], [school.adults["okafor"]], KEYBOARD)
        assert names(school) == ["Mr Okafor"]
