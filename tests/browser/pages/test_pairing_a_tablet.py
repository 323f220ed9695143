"""Ms Patel at her desk invites a tablet; the tablet in her hand pairs; her page says so; later it is removed."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import TABLET_SIZE, Console
from tests.browser.running import Server


def invite(page: Page, server: Server, name: str = "Window tablet") -> str:
    """Fill in the form; the code that is shown."""
    page.goto(f"{server.url}/admin/tablets")
    page.get_by_role("link", name="Invite a tablet").click()
    page.get_by_label("What is the tablet called?").fill(name)
    page.get_by_label("Oak", exact=True).check()
    page.get_by_role("button", name="Show the code").click()
    return page.locator(".code").inner_text()


@pytest.fixture
def new_tablet(open_context: Callable[..., BrowserContext]) -> Page:
    """A device that nobody has paired."""
    return open_context(viewport=TABLET_SIZE, has_touch=True).new_page()


def test_from_the_office_to_the_childrens_names_and_back_to_nothing(
    server: Server, desktop: Callable[[str], Page], new_tablet: Page, console: Console
) -> None:
    console.expect("401")
    office = desktop("patel")
    code = invite(office, server)
    new_tablet.goto(f"{server.url}/pair")
    new_tablet.get_by_label("Code").fill(code.lower())
    new_tablet.get_by_role("button", name="Next").tap()
    expect(new_tablet.get_by_text("This will be the tablet “Window tablet” for Oak.")).to_be_visible()
    new_tablet.get_by_role("button", name="Pair this tablet").tap()
    expect(new_tablet.get_by_text("Amir")).to_be_visible()
    expect(new_tablet.get_by_text("Tomi")).to_have_count(0)
    expect(office.get_by_text("Window tablet is paired and ready.")).to_be_visible()

    office.get_by_role("link", name="All tablets").click()
    office.get_by_role("link", name="Remove Window tablet").click()
    expect(office.get_by_role("heading", level=1)).to_have_text("Remove Window tablet?")
    office.get_by_role("button", name="Yes, remove it").click()
    expect(office.get_by_text("Window tablet is removed.")).to_be_visible()
    new_tablet.reload()
    expect(new_tablet.get_by_text("Amir")).to_have_count(0)


def test_by_keyboard_alone(server: Server, desktop: Callable[[str], Page]) -> None:
    page = desktop("patel")
    page.goto(f"{server.url}/admin/tablets/invite")
    page.get_by_label("What is the tablet called?").focus()
    page.keyboard.type("Window tablet")
    page.keyboard.press("Tab")  # every class
    page.keyboard.press("Tab")  # Birch
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(page.get_by_text("The tablet will show: Birch.")).to_be_visible()


def test_without_script(
    server: Server, signed_in_page: Callable[..., Page], open_context: Callable[..., BrowserContext]
) -> None:
    office = signed_in_page("patel", java_script_enabled=False)
    code = invite(office, server)
    expect(office.locator(".qr svg")).to_be_visible()
    device = open_context(java_script_enabled=False).new_page()
    device.goto(f"{server.url}/pair?code={code}")
    device.get_by_role("button", name="Pair this tablet").click()
    office.get_by_role("link", name="Has it paired? Look again").click()
    expect(office.get_by_text("Window tablet is paired and ready.")).to_be_visible()


def test_the_qr_stands_out_in_the_dark(server: Server, signed_in_page: Callable[..., Page]) -> None:
    page = signed_in_page("patel", color_scheme="dark")
    invite(page, server)
    expect(page.locator(".qr")).to_have_css("background-color", "rgb(255, 255, 255)")
    expect(page.locator(".qr path")).to_have_css("stroke", "rgb(0, 0, 0)")
    assert page.locator(".qr svg").bounding_box()["width"] > 180  # type: ignore[index]


def test_nobody_but_the_administrator_is_led_to_the_office(
    server: Server, desktop: Callable[[str], Page], console: Console
) -> None:
    console.expect("403")
    page = desktop("green")
    expect(page.get_by_role("link", name="Office")).to_have_count(0)
    page.goto(f"{server.url}/admin/tablets")
    expect(page.get_by_role("heading", level=1)).to_have_text("This page is not for your account")
