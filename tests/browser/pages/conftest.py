"""What every page for nurture staff, the office and the reader of help must hold on every screen."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

import pytest
from playwright.sync_api import Page

from kiosk.chats.rules import NewChat
from kiosk.chats.store import ask
from kiosk.db import utc_now
from kiosk.feelings.rules import NewCheckIn
from kiosk.feelings.store import add_check_in
from kiosk.people.tablets import recognise
from tests.browser.running import Server
from tests.cast import School

SCREENS = {
    "phone": {"viewport": {"width": 390, "height": 844}},
    "small phone": {"viewport": {"width": 320, "height": 640}},
    "tablet": {"viewport": {"width": 1180, "height": 820}},
    "desktop, dark": {"viewport": {"width": 1440, "height": 900}, "color_scheme": "dark"},
    "forced colours": {"viewport": {"width": 1180, "height": 820}, "forced_colors": "active"},
}
LEAST_TARGET = 43.9  # CSS pixels: 2.75rem, less what rounding takes


@pytest.fixture
def a_morning(server: Server, school: School) -> None:
    """Amir chose 5, Zofia 1, and Amir asked for Mrs Ali; Tomi was not heard from."""
    with server.database():
        tablet = recognise(school.oak_token)
        assert tablet
        for who, step in (("zofia", 1), ("amir", 2), ("amir", 5)):
            add_check_in(NewCheckIn(uuid4(), school.pupils[who], step, utc_now()), tablet)
        request = NewChat(uuid4(), school.pupils["amir"], school.adults["ali"], None, utc_now())
        ask(request, tablet)


@pytest.fixture
def looks_right(axe: Callable[[Page], None]) -> Callable[[Page], None]:
    """Asserts that a page is accessible and fits its screen, also with text at 200 %."""

    def check(page: Page) -> None:
        axe(page)
        assert fits_its_screen(page), f"{page.url} is wider than its screen"
        assert targets_below(page, LEAST_TARGET) == [], page.url
        if page.viewport_size and page.viewport_size["width"] >= 390:
            page.evaluate("document.documentElement.style.fontSize = '200%'")
            assert fits_its_screen(page), f"{page.url} is wider than its screen at 200 %"

    return check


def fits_its_screen(page: Page) -> bool:
    """Whether nothing has to be scrolled sideways."""
    fits: bool = page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    return fits


def targets_below(page: Page, least: float) -> list[str]:
    """What can be pressed and is lower than this many pixels; links inside a sentence may be."""
    found: list[str] = page.evaluate(
        """least => [...document.querySelectorAll('button, summary, select, input, label.tick, nav a, a.button')]
            .filter((target) => !['hidden', 'checkbox'].includes(target.type) && target.checkVisibility())
            .filter((target) => target.getBoundingClientRect().height < least)
            .map((target) => target.outerHTML.slice(0, 120))""",
        least,
    )
    return found
