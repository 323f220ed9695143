"""The pages on which adults write, for everybody: no axe violation, nothing past the edge, at any size."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from kiosk.chats.concerns import raise_concern
from kiosk.chats.store import Asker
from tests.browser.conftest import Console
from tests.browser.running import Server
from tests.browser.staff.conftest import Child
from tests.browser.staff.test_after_a_talk import talked
from tests.browser.staff.test_live_board import card
from tests.browser.staff.test_looks import LEAST_TARGET, SCREENS, beyond_the_edge, targets_below


@pytest.fixture(params=SCREENS)
def ali(request: pytest.FixtureRequest, signed_in_page: Callable[..., Page]) -> Page:
    """Mrs Ali's screen."""
    return signed_in_page("ali", **SCREENS[request.param])


def looks_well(page: Page, axe: Callable[[Page], None]) -> None:
    page.wait_for_load_state()
    page.evaluate("""() => {
        for (const fold of document.querySelectorAll('main details')) fold.open = true;
        const fading = document.getAnimations().filter((one) => one instanceof CSSTransition);
        return Promise.allSettled(fading.map((one) => one.finished));
    }""")  # what just came to light fades in: a colour on its way is nobody's contrast
    axe(page)
    assert beyond_the_edge(page) == []
    assert targets_below(page, LEAST_TARGET) == []
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert beyond_the_edge(page) == []
    page.evaluate("document.documentElement.style.fontSize = ''")


def test_after_a_talk_and_to_do(
    ali: Page, server: Server, amir: Child, axe: Callable[[Page], None], console: Console
) -> None:
    console.expect("422")
    amir.asks("ali", about=["put_right"])
    talked(ali)
    looks_well(ali, axe)
    ali.get_by_label("What is still to do").fill("Look at the tower")
    ali.get_by_role("button", name="Save", exact=True).click()
    expect(ali.get_by_role("alert")).to_contain_text("Say who does what is still to do.")
    looks_well(ali, axe)
    ali.goto(f"{server.url}/staff/todo")
    looks_well(ali, axe)


def test_telling_the_lead(ali: Page, server: Server, amir: Child, axe: Callable[[Page], None]) -> None:
    amir.asks("ali")
    card(ali).get_by_role("link", name="Tell the safeguarding lead").click()
    expect(ali.get_by_role("heading", level=1)).to_have_text("Tell the safeguarding lead")
    looks_well(ali, axe)
    ali.goto(f"{server.url}/staff/concerns/new")
    looks_well(ali, axe)


@pytest.mark.parametrize("screen", SCREENS)
def test_the_leads_pages(
    server: Server, signed_in_page: Callable[..., Page], axe: Callable[[Page], None], screen: str
) -> None:
    with server.database():
        number = raise_concern(Asker(server.school.adults["ali"], 1, sees_all=False), "He flinched.")
    green = signed_in_page("green", **SCREENS[screen])
    for address in ("/staff/", "/staff/todo", "/staff/concerns/", f"/staff/concerns/{number}"):
        green.goto(f"{server.url}{address}")
        looks_well(green, axe)
