"""Ms Patel adds somebody and switches them off: their open page is signed out at its next step."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.conftest import Console
from tests.browser.running import Server


def test_somebody_new_signs_in_and_is_switched_off(
    server: Server, desktop: Callable[[str], Page], open_context: Callable[..., object], console: Console
) -> None:
    console.expect("401")
    office = desktop("patel")
    office.get_by_role("link", name="Accounts").first.click()
    office.get_by_role("link", name="Add an account").click()
    office.get_by_label("Name").fill("Mr Reid")
    office.get_by_label("School e-mail address").fill("reid@hazelwood.example")
    office.get_by_label("On duty").check()
    office.get_by_role("button", name="Add the account").click()
    password = office.locator(".password").inner_text()

    reid: Page = open_context().new_page()  # type: ignore[attr-defined]
    reid.goto(f"{server.url}/staff/")
    reid.get_by_label("School e-mail address").fill("reid@hazelwood.example")
    reid.get_by_label("Password", exact=True).fill(password)
    reid.get_by_role("button", name="Sign in").click()
    expect(reid.get_by_role("heading", name="Everyone waiting")).to_be_visible()

    office.get_by_role("link", name="I have passed it on").click()
    office.get_by_role("link", name="Switch off Mr Reid").click()
    office.get_by_role("button", name="Yes, switch it off").click()
    expect(office.get_by_text("Mr Reid is switched off.")).to_be_visible()
    reid.goto(f"{server.url}/staff/")
    expect(reid.get_by_role("heading", level=1)).to_have_text("Sign in")


def test_by_keyboard_alone_and_without_script(server: Server, signed_in_page: Callable[..., Page]) -> None:
    page = signed_in_page("patel", java_script_enabled=False)
    page.goto(f"{server.url}/admin/accounts")
    page.get_by_role("link", name="Switch off Mr Shah").focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Yes, switch it off").focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Switch on Mr Shah").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Mr Shah is switched on.")).to_be_visible()


def test_a_setting_that_cannot_be_is_pointed_at(
    server: Server, desktop: Callable[[str], Page], console: Console
) -> None:
    console.expect("422")
    page = desktop("patel")
    page.goto(f"{server.url}/admin/settings")
    page.get_by_label("Time to answer, in seconds").fill("soon")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("use a whole number from 5 to 86400")
    expect(page.get_by_label("Time to answer, in seconds")).to_be_focused()
    expect(page.get_by_label("Time to answer, in seconds")).to_have_value("soon")
