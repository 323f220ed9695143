"""The whole loop by hand: a child taps, the adult's phone shows it, the adult answers, the tablet shows that."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.running import Server
from tests.browser.staff.test_live_board import card, is_live
from tests.browser.tablet.way import Way

Open = Callable[[str], Page]


def test_a_pupil_asks_the_adult_answers_and_the_pupil_sees_it(
    server: Server, tablet: Page, phone: Open, desktop: Open
) -> None:
    ali, shah, novak = phone("ali"), phone("shah"), desktop("novak")
    for page in (ali, shah, novak):
        is_live(page)
    child = Way(tablet, server)
    child.ask_mrs_ali()

    expect(card(ali)).to_contain_text("4 Upset")
    expect(card(novak)).to_contain_text("Asked for Mrs Ali, no answer yet")
    expect(shah.get_by_text("Nobody is waiting for you.")).to_be_visible()

    card(ali).get_by_role("button", name="I’ve seen it").tap()
    child.sees("Mrs Ali has seen it.")
    card(ali).get_by_role("button", name="Coming now").tap()
    child.sees("Mrs Ali is coming now.")

    card(novak).get_by_text("Take over").click()
    card(novak).get_by_role("button", name="Coming now").click()
    child.sees("Ms Novak is coming now.")
    expect(card(ali)).to_contain_text("Ms Novak has it, coming now")
