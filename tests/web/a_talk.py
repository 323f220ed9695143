"""A talk that has ended, in the tests of what comes after it: write it down, and see what is kept."""

from __future__ import annotations

import re
from uuid import UUID

from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from kiosk.chats.models import Chat, Outcome
from kiosk.db import db
from tests.cast import School
from tests.client import LintingClient
from tests.web.board import ask, look


def talk_with(client: LintingClient, browser: LintingClient, school: School, **more: object) -> str:
    """Amir asks Mrs Ali, who says on her board that they talked; the request's id."""
    chat = ask(client, school, "amir", "ali", **more)
    look(browser).card("Amir Khan").form("talked").press(browser)
    return chat


def write(browser: LintingClient, chat: str, **filled: object) -> TestResponse:
    """Write down what came of a talk."""
    page = f"/staff/chats/{chat}/outcome"
    return browser.post_form(page, filled, page=page)


def words_of(answer: TestResponse) -> str:
    """What an answer says, without its tags."""
    return " ".join(re.sub(r"<[^>]+>", " ", answer.get_data(as_text=True)).split())


def kept(app: Flask, chat: str) -> Outcome | None:
    """What is kept of a talk; nothing when nothing is written."""
    with app.app_context():
        found = select(Outcome).join(Chat, Chat.id == Outcome.chat_id).where(Chat.key == UUID(chat))
        return db.session.scalars(found).one_or_none()


def state_of(app: Flask, chat: str) -> str:
    """How a request stands."""
    with app.app_context():
        return db.session.scalars(select(Chat.state).where(Chat.key == UUID(chat))).one()


def mark_on(browser: LintingClient, page: str) -> str:
    """What a form to write on says it has read."""
    found = re.search(r'name="over" value="([^"]*)"', browser.get(page).get_data(as_text=True))
    assert found
    return found.group(1)
