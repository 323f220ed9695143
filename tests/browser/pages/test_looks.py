"""Today, the office, help and pairing are accessible and fit on a phone, a tablet and a desktop."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page

from kiosk.audit import KEYBOARD
from kiosk.people.tablets import invite_tablet
from kiosk.web.help.pages import PAGES
from tests.browser.conftest import Console
from tests.browser.pages.conftest import SCREENS
from tests.browser.running import Server

OFFICE = (
    "/admin/",
    "/admin/tablets",
    "/admin/tablets/invite",
    "/admin/tablets/1/remove",
    "/admin/accounts",
    "/admin/accounts/add",
    "/admin/accounts/1/switch-off",
    "/admin/settings",
)


@pytest.fixture(params=SCREENS)
def screen(request: pytest.FixtureRequest) -> dict[str, object]:
    return SCREENS[request.param]


def test_today(
    server: Server,
    signed_in_page: Callable[..., Page],
    a_morning: None,
    looks_right: Callable[[Page], None],
    screen: dict[str, object],
) -> None:
    page = signed_in_page("bell", **screen)
    page.goto(f"{server.url}/patterns/")
    looks_right(page)


def test_a_refused_day(
    server: Server, signed_in_page: Callable[..., Page], looks_right: Callable[[Page], None], console: Console
) -> None:
    console.expect("422")
    page = signed_in_page("green", **SCREENS["phone"])
    page.goto(f"{server.url}/patterns/?day=2999-01-01")
    looks_right(page)


def test_the_office(
    server: Server,
    signed_in_page: Callable[..., Page],
    looks_right: Callable[[Page], None],
    screen: dict[str, object],
) -> None:
    page = signed_in_page("patel", **screen)
    for address in OFFICE:
        page.goto(server.url + address)
        looks_right(page)


def test_a_refused_setting(
    server: Server, signed_in_page: Callable[..., Page], looks_right: Callable[[Page], None], console: Console
) -> None:
    console.expect("422")
    page = signed_in_page("patel", **SCREENS["phone"])
    page.goto(f"{server.url}/admin/settings")
    page.get_by_label("School hours").fill("all day")
    page.get_by_role("button", name="Save School hours").click()
    looks_right(page)


@pytest.mark.parametrize("which", ["phone", "desktop, dark"])
def test_help(
    server: Server, signed_in_page: Callable[..., Page], looks_right: Callable[[Page], None], which: str
) -> None:
    page = signed_in_page("ali", **SCREENS[which])
    for address in ("/help/", *(f"/help/{name}" for name in PAGES)):
        page.goto(server.url + address)
        looks_right(page)


def test_pairing(
    server: Server,
    open_context: Callable[..., BrowserContext],
    looks_right: Callable[[Page], None],
    screen: dict[str, object],
) -> None:
    with server.database():
        code = invite_tablet("Window tablet", ["Oak", "Birch"], KEYBOARD)
    page = open_context(**screen).new_page()
    for address in ("/pair", "/pair?code=NOSUCH22", f"/pair?code={code}"):
        page.goto(server.url + address)
        looks_right(page)
