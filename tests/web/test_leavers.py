"""Somebody who works here no more sees nothing more, from the day they left."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from flask import Flask

from kiosk.audit import KEYBOARD
from kiosk.people.rules import Presence
from kiosk.people.store import set_presence
from kiosk.school.store import local_now
from tests.cast import School
from tests.client import LintingClient


def test_a_leaver_who_is_still_signed_in_sees_nothing_more(
    app: Flask, school: School, signed_in: Callable[[str], LintingClient]
) -> None:
    ali, okafor = signed_in("ali"), signed_in("okafor")
    assert ali.get("/staff/").status_code == 200
    with app.app_context():
        set_presence(school.adults["ali"], Presence(left_on=local_now().date()), KEYBOARD)
    answers = {address: ali.get(address).status_code for address in ("/staff/", "/staff/board", "/help/")}
    assert answers == dict.fromkeys(answers, 403)
    assert okafor.get("/staff/").status_code == 200


def test_somebody_who_leaves_next_week_still_works_today(
    app: Flask, school: School, signed_in: Callable[[str], LintingClient]
) -> None:
    with app.app_context():
        next_week = local_now().date() + timedelta(days=7)
        set_presence(school.adults["ali"], Presence(left_on=next_week), KEYBOARD)
    assert signed_in("ali").get("/staff/").status_code == 200
