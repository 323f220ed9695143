"""Everything on the board works as plain forms when scripts are off."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.staff.conftest import Child
from tests.browser.staff.test_live_board import card, choose_to_hand_over


@pytest.fixture
def plain(signed_in_page: Callable[..., Page]) -> Callable[[str], Page]:
    """Somebody's browser with scripts off."""
    return lambda who: signed_in_page(who, java_script_enabled=False, viewport={"width": 390, "height": 844})


def test_the_whole_loop(plain: Callable[[str], Page], amir: Child) -> None:
    ali, novak = plain("ali"), plain("novak")
    amir.asks("ali")
    ali.get_by_role("link", name="Look again").click()
    card(ali).get_by_role("button", name="I’ve seen it").click()
    expect(ali.locator("#notices")).to_have_text("The child can see that you have seen it.")
    card(ali).get_by_role("button", name="Coming now").click()
    expect(card(ali)).to_contain_text("You have it, coming now")
    assert amir.sees()["state"] == "coming"

    novak.get_by_role("link", name="Look again").click()
    card(novak).get_by_text("Take over").click()
    card(novak).get_by_text("Hand over").first.click()
    choose_to_hand_over(novak, "Mrs Green")
    card(novak).get_by_role("button", name="Hand over").click()
    expect(card(novak)).to_contain_text("Handed over to Mrs Green, no answer yet")
    assert amir.sees()["with"]["name"] == "Mrs Green"


def test_nothing_is_shown_that_only_a_script_could_do(plain: Callable[[str], Page]) -> None:
    ali = plain("ali")
    for part in ("#live", "#mute", "#allow-sound"):
        expect(ali.locator(part)).to_be_hidden()


def test_hiding_names(plain: Callable[[str], Page], amir: Child) -> None:
    ali = plain("ali")
    amir.asks("ali")
    ali.get_by_role("button", name="Hide names").click()
    expect(card(ali, "A pupil in Oak")).to_be_visible()


def test_signing_out(plain: Callable[[str], Page]) -> None:
    ali = plain("ali")
    ali.get_by_text("MA", exact=True).click()
    ali.get_by_role("button", name="Sign out").click()
    expect(ali.get_by_role("heading", name="Sign in")).to_be_visible()
