"""What a child says of their own cards: kept once, for this child alone, and counted."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import func, select

from kiosk.audit import KEYBOARD, AuditEvent
from kiosk.db import db, utc_now
from kiosk.feelings.models import StrategyUse
from kiosk.feelings.rules import NewStrategyUse
from kiosk.feelings.store import DifferentContent
from kiosk.feelings.strategies import add_strategy_use, what_helped
from kiosk.people.high5 import AT_THE_KEYBOARD
from kiosk.people.set_up_tablet import WhoSetsUp, add_strategy, remove_strategy
from kiosk.people.store import NotThisTablets
from kiosk.people.tablets import PairedTablet
from tests.cast import School

ANYONE = WhoSetsUp(AT_THE_KEYBOARD, KEYBOARD)


def used(school: School, picture: str = "sym-drink", said: str = "helped", who: str = "amir") -> NewStrategyUse:
    return NewStrategyUse(uuid4(), school.pupils[who], picture, said, utc_now())


def test_what_a_child_said_is_kept_once(oak: PairedTablet, school: School) -> None:
    entry = used(school)
    assert add_strategy_use(entry, oak) is True
    assert add_strategy_use(entry, oak) is False
    assert db.session.scalar(select(func.count()).select_from(StrategyUse)) == 1
    event = db.session.scalars(select(AuditEvent).where(AuditEvent.name == "strategy_said")).one()
    assert (event.pupil_id, event.tablet_id, event.details) == (
        school.pupils["amir"],
        oak.id,
        {"picture": "sym-drink", "said": "helped"},
    )


def test_the_same_id_for_something_else_is_refused(oak: PairedTablet, school: School) -> None:
    entry = used(school)
    add_strategy_use(entry, oak)
    for other in (
        replace(entry, said="a_bit"),
        replace(entry, picture="pic-ball"),
        replace(entry, pupil_id=school.pupils["zofia"]),
        replace(entry, used_at=entry.used_at - timedelta(minutes=1)),
    ):
        with pytest.raises(DifferentContent):
            add_strategy_use(other, oak)


def test_a_child_of_another_class_is_not_this_tablets(oak: PairedTablet, school: School) -> None:
    with pytest.raises(NotThisTablets):
        add_strategy_use(used(school, who="tomi"), oak)
    assert db.session.scalars(select(StrategyUse)).all() == []


def test_the_words_of_the_card_are_kept_as_they_were(oak: PairedTablet, school: School) -> None:
    amir = school.pupils["amir"]
    add_strategy(amir, "pic-ball", "Kick my ball", ANYONE)
    add_strategy_use(used(school, "pic-ball"), oak)
    remove_strategy(amir, "pic-ball", ANYONE)
    assert [one.words for one in what_helped(amir)] == ["Kick my ball"]
    add_strategy_use(used(school, "sym-drink"), oak)
    assert [one.words for one in what_helped(amir)] == ["Kick my ball", "Have a drink"]


def test_what_helped_most_comes_first_and_is_of_this_child_alone(oak: PairedTablet, school: School) -> None:
    for picture, said in (
        ("sym-drink", "not_today"),
        ("sym-draw", "helped"),
        ("sym-draw", "a_bit"),
        ("sym-walk", "helped"),
        ("sym-walk", "helped"),
    ):
        add_strategy_use(used(school, picture, said), oak)
    add_strategy_use(used(school, "sym-drink", "helped", "zofia"), oak)
    counts = [(one.picture, one.helped, one.a_bit, one.not_today) for one in what_helped(school.pupils["amir"])]
    assert counts == [("sym-walk", 2, 0, 0), ("sym-draw", 1, 1, 0), ("sym-drink", 0, 0, 1)]
    assert len(what_helped(school.pupils["zofia"])) == 1
