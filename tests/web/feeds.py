"""Programs of the school that read figures, for tests: their tokens, what they read, and children who asked."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import time_machine
from flask import Flask

from kiosk.audit import KEYBOARD, Actor
from kiosk.chats.rules import NewChat
from kiosk.chats.store import Asker, answer, ask
from kiosk.db import utc_now
from kiosk.patterns.out.feeds import make_feed
from kiosk.people.store import set_high5
from kiosk.people.tablets import recognise
from kiosk.school.store import local_now
from tests.cast import School
from tests.client import LintingClient
from tests.web.patterns_school import add_children


def token_for(app: Flask, lead: Actor, *scopes: str, days: int = 31) -> str:
    """A token that the lead makes for a dashboard."""
    with app.app_context():
        return make_feed("Dashboard", scopes, local_now().date() + timedelta(days=days), lead)


def read(client: LintingClient, address: str, token: str, status: int = 200) -> Any:
    """What a program is told."""
    answer = client.get(address, headers={"Authorization": f"Bearer {token}"})
    assert answer.status_code == status, answer.get_data(as_text=True)
    assert answer.content_type == "application/json"
    return answer.get_json()


def oak_children(app: Flask, school: School, number: int) -> list[int]:
    """Children of Oak who can ask Mrs Ali."""
    with app.app_context():
        children = add_children(school.classes["oak"], [f"Asker {at}" for at in range(number)])
        for child in children:
            set_high5(child, [school.adults["ali"]], KEYBOARD)
        return children


def ask_and_meet(
    app: Flask, school: School, clock: time_machine.Coordinates, at: datetime, children: Iterable[int]
) -> None:
    """One child after the other asks; Mrs Ali sees it after two minutes, and after five they have talked."""
    clock.move_to(at)
    with app.app_context():
        for child in children:
            key = asks(school, child)
            clock.shift(timedelta(minutes=2))
            answers(school, key, "seen", 1)
            clock.shift(timedelta(minutes=3))
            answers(school, key, "talked", 2)
            clock.shift(timedelta(minutes=1))


def asks(school: School, child: int) -> Any:
    """A child asks Mrs Ali, inside an application context; the key of the request."""
    tablet = recognise(school.oak_token)
    assert tablet is not None
    entry = NewChat(uuid4(), child, school.adults["ali"], None, utc_now())
    ask(entry, tablet)
    return entry.key


def answers(school: School, key: Any, what: Any, number: int) -> None:
    """Mrs Ali answers it."""
    answer(key, what, Asker(school.adults["ali"], 1, sees_all=False), seen_number=number)
