"""Fixtures for journeys in a real browser: a server with the cast, a tablet, and the phones of the adults.

Every page is watched: an error in its console, a broken content policy or an uncaught exception fails the test,
unless the test says beforehand that it will happen (``console.expect("Failed to load resource")``).
"""

from __future__ import annotations

import asyncio
import os
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, BrowserType, ConsoleMessage, Page, WebError, expect

from kiosk.audit import KEYBOARD
from kiosk.db import utc_now
from kiosk.school.store import change_setting
from tests.browser.running import Server, settings_of_server
from tests.cast import PASSWORD, School, email_of
from tests.conftest import SECRET, Templates

BROWSER_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-dev-shm-usage",
    "--use-fake-device-for-media-stream",  # a microphone that beeps, for whoever is allowed to use one
]
expect.set_options(timeout=20_000)  # a machine that is busy shows the same, only later
TABLET_SIZE = {"width": 1180, "height": 820}
PHONE_SIZE = {"width": 390, "height": 844}
DESKTOP_SIZE = {"width": 1280, "height": 900}
TIME_ZONE = "Europe/London"
TABLET_COOKIE = "treetops_tablet"
LETS_GO_WITHIN_SECONDS = 30
AXE_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """One Chromium for the whole run: the one named by KIOSK_CHROMIUM, else the system's, else Playwright's."""
    found = os.environ.get("KIOSK_CHROMIUM") or shutil.which("chromium")
    where = {"executable_path": found} if found else {}
    return {**browser_type_launch_args, **where, "args": BROWSER_FLAGS}


def let_go(context: BrowserContext, *, reason: str | None = None, within: float = LETS_GO_WITHIN_SECONDS) -> None:
    """Close a profile; Chromium now and then never answers to it, which Playwright would wait for without end.

    What is left of it harms no other test: its server is gone, and it ends with its browser.
    """
    closing = context._impl_obj.close(reason=reason)
    with suppress(TimeoutError):
        context._sync(asyncio.wait_for(closing, within))


BrowserContext.close = let_go  # type: ignore[method-assign, assignment]


@pytest.fixture(scope="module")
def large_text_browser(browser_type: BrowserType, browser_type_launch_args: dict[str, Any]) -> Iterator[Browser]:
    """A browser whose owner asked for text twice as large."""
    args = [*browser_type_launch_args["args"], "--blink-settings=defaultFontSize=32"]
    large = browser_type.launch(**{**browser_type_launch_args, "args": args})
    yield large
    large.close()


@pytest.fixture
def server(sqlite_templates: Templates, copy_database: Callable[[str], str], tmp_path: Path) -> Iterator[Server]:
    """A running server of this test's own, with the cast in its database."""
    address = copy_database(sqlite_templates.with_cast)
    running = Server(settings_of_server(tmp_path, address, SECRET), sqlite_templates.school)
    running.start()
    yield running
    running.close()


@pytest.fixture
def school(server: Server) -> School:
    """The cast, in the database of the running server."""
    return server.school


@pytest.fixture
def at_noon(server: Server) -> str:
    """The school lies where it is about noon now, so that what is later today is so whenever the tests run.

    The name of its time zone, for a browser there: ``open_way(timezone_id=at_noon)``.
    """
    behind = utc_now().hour - 12
    zone = f"Etc/GMT{behind:+d}"  # whose signs count the hours behind Greenwich
    with server.database():
        change_setting("timezone", zone, KEYBOARD)
    return zone


class Console:
    """What pages complained about, less what the test expects them to."""

    def __init__(self) -> None:
        self._expected: list[str] = []
        self._complaints: list[str] = []

    def expect(self, pattern: str) -> None:
        """Complaints in which this regular expression is found are part of the test."""
        self._expected.append(pattern)

    def watch(self, context: BrowserContext) -> None:
        """Listen to every page of a context."""
        context.on("console", self._heard)
        context.on("weberror", self._broke)

    def complaints(self) -> list[str]:
        """Everything nobody expected."""
        return [said for said in self._complaints if not any(re.search(p, said) for p in self._expected)]

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self._complaints.append(f"{message.text} ({message.location.get('url')})")

    def _broke(self, error: WebError) -> None:
        self._complaints.append(f"uncaught: {error.error}")


@pytest.fixture
def console() -> Iterator[Console]:
    """Watches the pages, and fails the test for what it did not expect."""
    watching = Console()
    yield watching
    assert watching.complaints() == []


@pytest.fixture
def open_context(new_context: Callable[..., BrowserContext], console: Console) -> Callable[..., BrowserContext]:
    """A fresh watched browser profile: ``open_context(viewport=..., has_touch=True)``."""

    def open_one(**more: Any) -> BrowserContext:
        context = new_context(**{"locale": "en-GB", "timezone_id": TIME_ZONE, **more})
        console.watch(context)
        return context

    return open_one


@pytest.fixture
def open_tablet(server: Server, open_context: Callable[..., BrowserContext]) -> Callable[..., Page]:
    """Opens a paired tablet on a blank page: ``open_tablet()``, ``open_tablet("birch", viewport=...)``."""

    def open_one(which: str = "oak", **more: Any) -> Page:
        token = server.school.oak_token if which == "oak" else server.school.birch_token
        context = open_context(**{"viewport": TABLET_SIZE, "has_touch": True, **more})
        context.add_cookies(
            [{"name": TABLET_COOKIE, "value": token, "url": server.url, "httpOnly": True, "sameSite": "Strict"}]
        )
        return context.new_page()

    return open_one


@pytest.fixture
def tablet(server: Server, open_tablet: Callable[..., Page]) -> Page:
    """The Oak class tablet (Amir and Zofia), open on its start screen."""
    page = open_tablet()
    page.goto(server.url)
    return page


@pytest.fixture
def signed_in_page(server: Server, open_context: Callable[..., BrowserContext]) -> Callable[..., Page]:
    """A page of somebody of the cast, signed in through the real form and led to their first page."""

    def sign_in(who: str, **more: Any) -> Page:
        page = open_context(**more).new_page()
        page.goto(f"{server.url}/staff/sign-in")
        page.locator("[name=email]").fill(email_of(who))
        page.locator("[name=password]").fill(PASSWORD)
        page.locator("[name=password]").press("Enter")
        page.wait_for_url(lambda url: "sign-in" not in url)
        return page

    return sign_in


@pytest.fixture
def phone(signed_in_page: Callable[..., Page]) -> Callable[[str], Page]:
    """Somebody's phone: ``phone("ali")``."""
    return lambda who: signed_in_page(who, viewport=PHONE_SIZE, has_touch=True, is_mobile=True)


@pytest.fixture
def desktop(signed_in_page: Callable[..., Page]) -> Callable[[str], Page]:
    """Somebody's classroom or office computer: ``desktop("novak")``."""
    return lambda who: signed_in_page(who, viewport=DESKTOP_SIZE)


@pytest.fixture(scope="session")
def axe() -> Callable[[Page], None]:
    """Asserts that a page breaks no accessibility rule: WCAG 2.2 A and AA, and axe's best practice."""

    def check(page: Page) -> None:
        page.wait_for_load_state()  # its words can be read before its stylesheets are there
        found = Axe().run(page, options={"runOnly": {"type": "tag", "values": AXE_RULES}})
        broken = [
            f"{rule['id']}: {rule['help']} at {[node['target'] for node in rule['nodes']]}"
            for rule in found.response["violations"]
        ]
        assert broken == []

    return check
