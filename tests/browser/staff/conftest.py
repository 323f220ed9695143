"""A child who asks while adults have their boards open."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import APIRequestContext, Playwright

from kiosk.db import utc_now
from tests.browser.running import Server


class Child:
    """A child of the cast at their class's tablet, over the protocol that the tablet speaks."""

    def __init__(self, api: APIRequestContext, server: Server, pupil: str) -> None:
        self._api = api
        self._pupil = str(server.school.pupils[pupil])
        self._adults = server.school.adults
        self._headers = server.school.bearer("birch" if pupil == "tomi" else "oak")
        self.chat = ""

    def asks(self, adult: str | None, *, step: int | None = None, **more: Any) -> Child:
        """Ask an adult; with a step, check in first."""
        self.chat = str(uuid4())
        entry = {
            "id": self.chat,
            "pupil": self._pupil,
            "adult": str(self._adults[adult]) if adult else None,
            "check_in": self._checks_in(step) if step else None,
            "asked_at": utc_now().isoformat(),
            "when": "now",
            "cannot_wait": False,
        }
        self._send("/tablet/chats", entry | more, 201)
        return self

    def takes_it_back(self) -> None:
        """I'm OK now."""
        self._send(f"/tablet/chats/{self.chat}/cancel", {}, 200)

    def cannot_wait(self) -> None:
        """I can't wait."""
        self._send(f"/tablet/chats/{self.chat}/cannot-wait", {}, 200)

    def sees(self) -> dict[str, Any]:
        """The request as the tablet shows it."""
        found: dict[str, Any] = self._api.get(f"/tablet/chats/{self.chat}", headers=self._headers).json()
        return found

    def _checks_in(self, step: int) -> str:
        key = str(uuid4())
        felt = {"id": key, "pupil": self._pupil, "step": step, "felt_at": utc_now().isoformat()}
        self._send("/tablet/check-ins", felt, 201)
        return key

    def _send(self, path: str, body: dict[str, Any], status: int) -> None:
        answer = self._api.post(path, data=body, headers=self._headers)
        assert answer.status == status, answer.text()


@pytest.fixture
def child(playwright: Playwright, server: Server) -> Callable[[str], Child]:
    """Somebody of the class: ``child("amir").asks("ali")``."""
    api = playwright.request.new_context(base_url=server.url)
    yield lambda pupil: Child(api, server, pupil)  # type: ignore[misc]
    api.dispose()


@pytest.fixture
def amir(child: Callable[[str], Child]) -> Child:
    """Amir of Oak class."""
    return child("amir")
