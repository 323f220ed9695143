"""One tap takes every child's name off a screen that a whole room can see."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, Route, expect

from tests.browser.staff.conftest import Child
from tests.browser.staff.test_live_board import card

Open = Callable[[str], Page]


def test_one_tap_hides_names_and_the_device_remembers(desktop: Open, amir: Child) -> None:
    ali = desktop("ali")
    amir.asks("ali", step=5, about=["home"])
    expect(card(ali)).to_be_visible()
    ali.get_by_role("button", name="Hide names").click()
    expect(card(ali, "A pupil in Oak")).to_be_visible()
    board = ali.locator("#board")
    for told in ("Amir", "Khan", "I need help", "home"):
        expect(board).not_to_contain_text(told)
    ali.reload()
    expect(card(ali, "A pupil in Oak")).to_be_visible()
    ali.get_by_role("button", name="Show names").click()
    expect(card(ali)).to_be_visible()


def test_the_name_is_gone_before_the_server_has_answered(desktop: Open, amir: Child) -> None:
    ali = desktop("ali")
    amir.asks("ali", step=5, about=["home"])
    expect(card(ali)).to_be_visible()
    held: list[Route] = []
    ali.route("**/staff/names", lambda route: held.append(route))  # noqa: PLW0108 - Playwright marks what it is given
    ali.get_by_role("button", name="Hide names").click()
    for part in (".card h3", ".card .picture", ".card .feeling", ".card-wish"):
        expect(ali.locator(part)).to_be_hidden()
    held[0].continue_()
    expect(card(ali, "A pupil in Oak")).to_be_visible()


def test_what_comes_while_names_are_hidden_has_none(desktop: Open, amir: Child) -> None:
    ali = desktop("ali")
    ali.get_by_role("button", name="Hide names").click()
    expect(ali.get_by_role("button", name="Show names")).to_be_visible()
    amir.asks("ali", step=5)
    expect(card(ali, "A pupil in Oak")).to_be_visible()
    assert "Amir" not in ali.content()
    assert ali.title() == "(1) Treetops"
