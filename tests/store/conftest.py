"""Store tests work inside an application context, with the cast in the database."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import uuid4

import pytest
from flask import Flask

from kiosk.chats.rules import NewChat
from kiosk.chats.store import Asker
from kiosk.db import utc_now
from kiosk.people.tablets import PairedTablet, recognise
from tests.cast import School


@pytest.fixture
def oak(app: Flask, school: School) -> Iterator[PairedTablet]:
    """The tablet of Oak class, inside an application context."""
    with app.app_context():
        tablet = recognise(school.oak_token)
        assert tablet is not None
        yield tablet


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
