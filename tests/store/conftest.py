"""Store tests work inside an application context, with the cast in the database."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import uuid4

import pytest
from flask import Flask

from kiosk.audit import KEYBOARD
from kiosk.chats.rules import NewChat
from kiosk.chats.store import Asker
from kiosk.db import utc_now
from kiosk.people.accounts import add_staff
from kiosk.people.tablets import PairedTablet, recognise
from tests.cast import PASSWORD, School


@pytest.fixture
def oak(app: Flask, school: School) -> Iterator[PairedTablet]:
    """The tablet of Oak class, inside an application context."""
    with app.app_context():
        tablet = recognise(school.oak_token)
        assert tablet is not None
        yield tablet


@pytest.fixture
def deputy(oak: PairedTablet) -> Asker:
    """Mr Marsh, a second safeguarding lead."""
    account = add_staff("Mr Marsh", "marsh@hazelwood.example", ["dsl"], KEYBOARD, password=PASSWORD)
    assert account.adult_id is not None
    return Asker(account.adult_id, 1, sees_all=True, is_lead=True)


def new_chat(
    school: School, who: str = "amir", asked_for: str | None = "ali", *, cannot_wait: bool = False
) -> NewChat:
    """A request that somebody makes now."""
    return NewChat(
        key=uuid4(),
        pupil_id=school.pupils[who],
        asked_for_id=school.adults[asked_for] if asked_for else None,
        check_in_key=None,
        asked_at=utc_now(),
        cannot_wait=cannot_wait,
    )


def asker(school: School, who: str) -> Asker:
    """Somebody of the cast as the scope of a question."""
    return Asker(school.adults[who], account_id=1, sees_all=who in ("novak", "green"), is_lead=who == "green")
