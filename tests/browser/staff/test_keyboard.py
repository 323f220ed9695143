"""The board by keyboard alone, without ever losing one's place."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.staff.conftest import Child
from tests.browser.staff.test_live_board import card

Open = Callable[[str], Page]
MOST_STEPS = 60


def tab_to(page: Page, words: str) -> None:
    """Press Tab until something with these words has the focus."""
    for _ in range(MOST_STEPS):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent.trim()") == words:
            return
    raise AssertionError(f"Tab never reached {words!r}.")


def test_an_answer_without_a_mouse(desktop: Open, amir: Child) -> None:
    ali = desktop("ali")
    amir.asks("ali")
    expect(card(ali)).to_be_visible()
    ali.keyboard.press("Tab")
    expect(ali.get_by_role("link", name="Skip to the page")).to_be_focused()
    ali.keyboard.press("Enter")
    tab_to(ali, "Hand over")
    ali.keyboard.press("Enter")
    expect(card(ali).get_by_label("Hand over to")).to_be_visible()
    ali.keyboard.press("Enter")
    expect(card(ali).get_by_label("Hand over to")).to_be_hidden()
    ali.keyboard.press("Shift+Tab")
    ali.keyboard.press("Shift+Tab")
    expect(card(ali).get_by_role("button", name="in 20 min")).to_be_focused()
    ali.keyboard.press("Enter")
    expect(card(ali)).to_contain_text("You have it, coming at")
    assert amir.sees()["state"] == "coming"
    assert ali.evaluate("document.activeElement !== document.body")


def test_the_place_is_kept_when_the_card_goes(desktop: Open, amir: Child) -> None:
    ali = desktop("ali")
    amir.asks("ali")
    card(ali).get_by_role("button", name="Coming now").focus()
    amir.takes_it_back()
    expect(card(ali)).to_have_count(0)
    expect(ali.locator("h1")).to_be_focused()


def test_signing_out_by_keyboard(desktop: Open) -> None:
    ali = desktop("ali")
    tab_to(ali, "MAMrs Ali")
    ali.keyboard.press("Enter")
    tab_to(ali, "Sign out")
    ali.keyboard.press("Enter")
    expect(ali.get_by_role("heading", name="Sign in")).to_be_visible()
