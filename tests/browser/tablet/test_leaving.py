"""A child who leaves leaves nothing behind: the next one finds the start."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from playwright.sync_api import Page, expect

from tests.browser.tablet.way import Way

SECOND = 1_000


def test_after_twenty_quiet_seconds_it_asks_and_after_twenty_more_it_goes_back(
    open_way: Callable[..., Way],
) -> None:
    way = open_way(clock=True).press("Amir")
    way.settle()
    way.stop_time().button("3 Wobbly").tap()
    dialog, left = way.page.locator("#still-here"), way.page.locator("#still-here-count")
    way.page.clock.run_for(19 * SECOND)
    expect(dialog).to_be_hidden()
    way.page.clock.run_for(3 * SECOND)
    expect(dialog).to_be_visible()
    seconds = int(left.inner_text())
    assert seconds in (18, 19)  # it looks four times a second
    way.page.clock.run_for(5 * SECOND)
    assert int(left.inner_text()) == seconds - 5
    way.page.clock.run_for(12 * SECOND)
    expect(dialog).to_be_visible()
    way.page.clock.run_for(SECOND + 500)
    expect(dialog).to_be_hidden()
    way.sees("Who are you?")


def test_one_tap_anywhere_extends_it_as_often_as_wanted(open_way: Callable[..., Way]) -> None:
    way = open_way(clock=True).press("Amir")
    dialog = way.page.locator("#still-here")
    for _ in range(12):
        way.page.clock.fast_forward(21 * SECOND)
        way.page.clock.run_for(SECOND)
        expect(dialog).to_be_visible()
        way.page.touchscreen.tap(30, 30)
        expect(dialog).to_be_hidden()
    way.page.clock.fast_forward(21 * SECOND)
    way.page.clock.run_for(SECOND)
    expect(way.button("Yes, I am here")).to_be_focused()
    way.page.keyboard.press("Space")
    expect(dialog).to_be_hidden()
    way.sees("How are you, Amir?")


def test_a_clock_that_is_set_back_keeps_no_child_on_the_screen(open_way: Callable[..., Way]) -> None:
    """A tablet learns the time from the network, sometimes amid a child's visit."""
    way = open_way(clock=True).press("Amir").stop_time()
    way.page.clock.set_system_time(datetime.now(UTC) - timedelta(days=3))
    way.page.clock.run_for(22 * SECOND)
    expect(way.page.locator("#still-here")).to_be_visible()
    way.page.clock.set_system_time(datetime.now(UTC) - timedelta(days=6))
    way.page.clock.run_for(42 * SECOND)
    way.sees("Who are you?")


def test_the_start_screen_is_left_alone(open_way: Callable[..., Way]) -> None:
    way = open_way(clock=True)
    way.page.clock.fast_forward(120 * SECOND)
    way.page.clock.run_for(SECOND)
    expect(way.page.locator("#still-here")).to_be_hidden()
    way.sees("Who are you?")


def test_loading_the_page_again_shows_the_start(way: Way) -> None:
    way.ask_mrs_ali().sees("We have asked Mrs Ali.")
    way.page.reload()
    way.sees("Who are you?")


def test_the_back_button_leads_to_the_start_and_no_name_is_in_the_history(way: Way) -> None:
    for _ in range(3):
        way.press("Amir", "Skip").sees("Would you like to talk to someone?")
        assert way.page.url == f"{way.server.url}/"
        assert way.page.title() == "Treetops"
        way.page.go_back()
        way.sees("Who are you?")
    way.press("Zofia").sees("How are you, Zofia?")
    way.press("Start").sees("Who are you?")
    way.page.go_back()
    way.sees("Who are you?")


def test_looking_away_from_the_page_shows_the_start(way: Way) -> None:
    way.press("Amir", "Skip")
    hide(way.page)
    way.sees("Who are you?")


def test_nothing_about_the_child_stays_in_the_page(way: Way) -> None:
    before = way.words()
    way.ask_mrs_ali().sees("We have asked Mrs Ali.")
    expect(way.page.locator(".stations")).to_be_visible()
    way.press("Start").sees("Who are you?")
    way.settle()
    assert way.words() == before
    attributes = set(way.page.evaluate("document.documentElement.getAttributeNames()"))
    assert attributes == {"lang", "dir", "data-version", "data-screen", "data-fits"}


def hide(page: Page) -> None:
    """Chromium does not hide a page that a test runs in, so the page is told that it was."""
    page.evaluate(
        """() => {
          Object.defineProperty(document, "hidden", { value: true, configurable: true });
          document.dispatchEvent(new Event("visibilitychange"));
        }"""
    )
