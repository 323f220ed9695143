"""No page of the adults breaks an accessibility rule, in light or dark, on a phone, or with text at 200 %."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Console
from tests.browser.running import Server
from tests.browser.staff.conftest import Child
from tests.browser.staff.test_live_board import card

LEAST_TARGET = 43.9  # CSS pixels: 2.75rem, less what rounding takes
SCREENS = {
    "phone": {"viewport": {"width": 390, "height": 844}},
    "small phone": {"viewport": {"width": 320, "height": 640}},
    "desktop, dark": {"viewport": {"width": 1440, "height": 900}, "color_scheme": "dark"},
    "more contrast": {"viewport": {"width": 1280, "height": 900}, "contrast": "more"},
}


@pytest.fixture(params=SCREENS)
def board(
    request: pytest.FixtureRequest,
    signed_in_page: Callable[..., Page],
    amir: Child,
    child: Callable[[str], Child],
) -> Page:
    """Ms Novak's board with a request of every kind on it."""
    amir.asks("ali", step=4, how="sit", about=["home", "friends"])
    child("zofia").asks("okafor", step=5, cannot_wait=True, wants="safe_space")
    child("tomi").asks("novak", step=1, when="today")
    page = signed_in_page("novak", **SCREENS[request.param])
    card(page, "Tomi Adeyemi").get_by_role("button", name="in 10 min").click()
    expect(card(page, "Tomi Adeyemi")).to_contain_text("You have it")
    return page


def open_every_fold(page: Page) -> None:
    page.evaluate("""for (const fold of document.querySelectorAll('#board details')) {
        fold.removeAttribute('name'); fold.open = true; }""")


def beyond_the_edge(page: Page) -> list[str]:
    """What makes the page scroll sideways."""
    found: list[str] = page.evaluate("""() => {
        const edge = document.documentElement.clientWidth;
        if (document.documentElement.scrollWidth <= edge) return [];
        return [...document.querySelectorAll('body *')]
            .filter((part) => part.getBoundingClientRect().right > edge)
            .map((part) => `${part.localName}.${part.className}: ${part.textContent.trim().slice(0, 40)}`);
    }""")
    return found


def targets_below(page: Page, least: float) -> list[str]:
    """What can be pressed and is lower than this many pixels."""
    found: list[str] = page.evaluate(
        """least => [...document.querySelectorAll('button, summary, select, input, header a')]
            .filter((target) => target.type !== 'hidden' && target.checkVisibility())
            .filter((target) => (target.closest('label') ?? target).getBoundingClientRect().height < least)
            .map((target) => target.textContent)""",
        least,
    )
    return found


def test_the_board(board: Page, axe: Callable[[Page], None]) -> None:
    axe(board)
    assert beyond_the_edge(board) == []
    open_every_fold(board)
    axe(board)
    assert beyond_the_edge(board) == []
    assert targets_below(board, LEAST_TARGET) == []


def test_with_hidden_names(board: Page, axe: Callable[[Page], None]) -> None:
    board.get_by_role("button", name="Hide names").click()
    expect(board.get_by_role("button", name="Show names")).to_be_visible()
    axe(board)
    assert beyond_the_edge(board) == []


def test_with_text_at_200_percent(board: Page) -> None:
    board.evaluate("document.documentElement.style.fontSize = '200%'")
    assert beyond_the_edge(board) == []
    open_every_fold(board)
    assert beyond_the_edge(board) == []


def test_an_empty_board(signed_in_page: Callable[..., Page], axe: Callable[[Page], None]) -> None:
    page = signed_in_page("ali", **SCREENS["phone"])
    expect(page.get_by_text("Nobody is waiting for you.")).to_be_visible()
    axe(page)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_signing_in_and_what_goes_wrong(
    server: Server, open_context: Callable[..., object], axe: Callable[[Page], None], console: Console, scheme: str
) -> None:
    console.expect("404")
    page: Page = open_context(viewport=SCREENS["phone"]["viewport"], color_scheme=scheme).new_page()  # type: ignore[attr-defined]
    page.goto(f"{server.url}/staff/sign-in")
    axe(page)
    page.get_by_label("School e-mail address").fill("ali@hazelwood.example")
    page.get_by_label("Password", exact=True).fill("not-the-password")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_label("Password", exact=True)).to_have_attribute("type", "text")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert")).to_contain_text("do not go together")
    axe(page)
    page.goto(f"{server.url}/nothing-here")
    axe(page)
