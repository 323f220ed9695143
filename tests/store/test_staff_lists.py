"""Lists that staff make, on both databases: two at once, and names that have no room."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from flask import Flask
from sqlalchemy import select

from kiosk.audit import Actor
from kiosk.db import db
from kiosk.patterns.school.lists import ListRefused, change_list, make_list
from kiosk.patterns.school.models import ListMember, StaffList
from kiosk.people.models import Account
from tests.cast import School


def _bell() -> Actor:
    return Actor(account_id=db.session.scalars(select(Account.id).order_by(Account.id)).first())


def test_a_button_pressed_twice_puts_a_child_on_it_once(app: Flask, school: School) -> None:
    with app.app_context():
        lists = [make_list(f"Club {number}", [], _bell()) for number in range(12)]
    together, amir = Barrier(2), school.pupils["amir"]

    def press(_which: int) -> list[int]:
        with app.app_context():
            by = _bell()
            together.wait()
            return [change_list(list_id, {amir}, set(), by) for list_id in lists]

    with ThreadPoolExecutor(2) as two:
        changed = list(two.map(press, range(2)))
    assert [sum(both) for both in zip(*changed, strict=True)] == [1] * len(lists)
    with app.app_context():
        assert [row.pupil_id for row in db.session.scalars(select(ListMember))] == [amir] * len(lists)


def test_a_name_whose_small_letters_have_no_room_is_refused(app: Flask) -> None:
    """The ligature is one letter, and three without its capitals."""
    with app.app_context():
        with pytest.raises(ListRefused):
            make_list("\ufb03" * 60, [], _bell())
        make_list("\u00df" * 60, [], _bell())
        assert db.session.scalars(select(StaffList.name)).all() == ["\u00df" * 60]
