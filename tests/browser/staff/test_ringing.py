"""A new request rings once on every open screen of those concerned, and stops for all when one adult takes it.

What is heard is counted where it leaves the page: each note is an oscillator that was started.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.patience import stop_time
from tests.browser.running import Server
from tests.browser.staff.conftest import Child
from tests.browser.staff.test_live_board import card, is_live

Open = Callable[[str], Page]
NOTES_IN_A_RING = 2
COUNT_NOTES = """
    window.notes = 0;
    const start = OscillatorNode.prototype.start;
    OscillatorNode.prototype.start = function (...when) { window.notes += 1; return start.apply(this, when); };
"""


@pytest.fixture
def listening(server: Server) -> Callable[[Page], Page]:
    """Counts the notes of somebody's board, which was touched once so that the browser allows sound.

    Its time stands still: on a busy machine it would ring a second time before anybody has looked.
    """

    def listen(page: Page) -> Page:
        page.add_init_script(COUNT_NOTES)
        page.clock.install()
        page.goto(f"{server.url}/staff/")
        is_live(page)
        page.locator("h1").click()
        expect(page.locator("#allow-sound")).to_be_hidden()
        stop_time(page)
        return page

    return listen


def notes(page: Page) -> int:
    found: int = page.evaluate("window.notes")
    return found


def rings(page: Page, yes: bool = True) -> None:
    expect(page.locator("html")).to_have_attribute("data-ringing", "yes" if yes else "no")


def test_it_rings_at_most_three_times(listening: Callable[[Page], Page], phone: Open, amir: Child) -> None:
    ali = listening(phone("ali"))
    rings(ali, False)
    amir.asks("ali")
    rings(ali)
    assert notes(ali) == NOTES_IN_A_RING
    ali.clock.run_for(60_000)
    assert notes(ali) == 3 * NOTES_IN_A_RING


def test_taking_it_stops_the_ringing_on_every_screen(
    listening: Callable[[Page], Page], phone: Open, desktop: Open, amir: Child
) -> None:
    ali, novak = listening(phone("ali")), listening(desktop("novak"))
    amir.asks("ali", cannot_wait=True)
    rings(ali)
    rings(novak)
    card(novak).get_by_role("button", name="Coming now").click()
    rings(novak, False)
    rings(ali, False)
    expect(card(ali)).to_contain_text("Ms Novak has it, coming now")
    expect(ali.locator("#said")).to_have_text("A request has been taken.")
    rung = notes(ali)
    ali.clock.run_for(60_000)
    assert notes(ali) == rung == NOTES_IN_A_RING


def test_touching_the_card_stops_it_here_and_not_elsewhere(
    listening: Callable[[Page], Page], phone: Open, desktop: Open, amir: Child
) -> None:
    ali, novak = listening(phone("ali")), listening(desktop("novak"))
    amir.asks("ali", cannot_wait=True)
    rings(ali)
    rings(novak)
    card(ali).get_by_role("heading").tap()
    rings(ali, False)
    rings(novak)


def test_it_does_not_ring_again_for_the_same_request(
    listening: Callable[[Page], Page], phone: Open, amir: Child, child: Callable[[str], Child]
) -> None:
    ali = listening(phone("ali"))
    amir.asks("ali")
    rings(ali)
    ali.reload()
    expect(card(ali)).to_be_visible()
    is_live(ali)
    rings(ali, False)
    ali.locator("h1").click()
    amir.cannot_wait()
    rings(ali)  # that is new


def test_muted_is_silent_shown_and_remembered(listening: Callable[[Page], Page], phone: Open, amir: Child) -> None:
    ali = listening(phone("ali"))
    mute = ali.get_by_role("button", name="Sound")
    mute.tap()
    expect(mute).to_have_attribute("aria-pressed", "true")
    ali.reload()
    is_live(ali)
    expect(mute).to_have_attribute("aria-pressed", "true")
    expect(ali.locator("#allow-sound")).to_be_hidden()
    ali.locator("h1").click()
    amir.asks("ali")
    rings(ali)  # still shown
    ali.clock.run_for(60_000)
    assert notes(ali) == 0


def test_muting_while_it_rings_is_quiet_at_once(
    listening: Callable[[Page], Page], phone: Open, amir: Child
) -> None:
    ali = listening(phone("ali"))
    amir.asks("ali")
    rings(ali)
    ali.get_by_role("button", name="Sound").tap()
    ali.clock.run_for(60_000)
    assert notes(ali) == NOTES_IN_A_RING


def test_before_the_first_touch_it_says_that_it_cannot_sound(server: Server, phone: Open) -> None:
    ali = phone("ali")
    ali.goto(f"{server.url}/staff/")
    allow = ali.get_by_role("button", name="Allow sound")
    expect(allow).to_be_visible()
    allow.tap()
    expect(allow).to_be_hidden()


def test_nobody_else_rings(listening: Callable[[Page], Page], phone: Open, desktop: Open, amir: Child) -> None:
    novak, ali = listening(desktop("novak")), listening(phone("ali"))
    amir.asks("ali")
    rings(ali)
    expect(card(novak)).to_be_visible()
    rings(novak, False)
    assert notes(novak) == 0
