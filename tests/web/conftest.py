"""Pages are tested on a school morning, whatever the time of the machine: "in ten minutes" must be today."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from kiosk.audit import KEYBOARD, Actor
from kiosk.db import db
from kiosk.people.models import Account
from kiosk.school.store import change_setting
from tests.cast import School, email_of
from tests.client import LintingClient
from tests.clock import school_morning
from tests.web.a_talk import talk_with
from tests.web.patterns_school import FRIDAY, open_on_weekdays


@pytest.fixture(autouse=True)
def _on_a_school_morning() -> Iterator[None]:
    with time_machine.travel(school_morning(), tick=True):
        yield


@pytest.fixture
def a_friday(app: Flask) -> Iterator[time_machine.Coordinates]:
    """Nine o'clock on Friday, standing still; only when the databases are there, which need a clock that goes."""
    with time_machine.travel(FRIDAY, tick=False) as clock:
        yield clock


@pytest.fixture
def open_weekdays(app: Flask, a_friday: time_machine.Coordinates) -> None:
    """That Friday, in a school that is open as most are."""
    with app.app_context():
        open_on_weekdays()


@pytest.fixture
def lists_on_friday(app: Flask, open_weekdays: None) -> None:
    """The same school, whose weekly list is made on Fridays."""
    with app.app_context():
        change_setting("weekly_list_day", "fri", KEYBOARD)


@pytest.fixture
def lead(app: Flask, school: School) -> Actor:
    """Mrs Green, who decides which program reads what."""
    with app.app_context():
        account = db.session.scalars(select(Account).where(Account.email == email_of("green"))).one()
        return Actor(account_id=account.id, adult_id=account.adult_id)


@pytest.fixture
def ali(signed_in: Callable[[str], LintingClient]) -> LintingClient:
    """Mrs Ali's browser."""
    return signed_in("ali")


@pytest.fixture
def talk(client: LintingClient, ali: LintingClient, school: School) -> str:
    """Amir asked Mrs Ali, and they talked."""
    return talk_with(client, ali, school)
