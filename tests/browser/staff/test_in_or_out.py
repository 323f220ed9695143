"""Mrs Ali's phone: out today with one tap, on the board and in the menu, with and without scripts."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from kiosk.people.presence import colleague
from kiosk.people.rules import Presence
from tests.browser.conftest import Console
from tests.browser.running import Server

Open = Callable[[str], Page]
OUT, IN = "I am out today", "I am in today"


def presence(server: Server, who: str) -> Presence:
    with server.database():
        return colleague(server.school.adults[who]).presence


def test_one_tap_on_the_board_switches_in_place_and_the_tablet_names_who_stands_in(
    phone: Open, server: Server, axe: Callable[[Page], None]
) -> None:
    ali = phone("ali")
    board = ali.locator("#board")
    expect(board).to_contain_text("You are in today, by the timetable.")
    ali.evaluate("window.stillTheSamePage = true")
    board.get_by_role("button", name=OUT).tap()
    expect(board).to_contain_text("You are out today, said today")
    expect(ali.locator("#notices")).to_contain_text("Children who ask for you reach somebody who stands in.")
    assert ali.evaluate("window.stillTheSamePage"), "the page was not loaded anew"
    axe(ali)
    roster = ali.request.get(f"{server.url}/tablet/roster", headers=server.school.bearer()).json()
    (amir,) = [child for child in roster["pupils"] if child["name"] == "Amir"]
    assert amir["high5"][0]["stand_in"]["name"] == "Mr Okafor"
    board.get_by_role("button", name=IN).tap()
    expect(board).to_contain_text("You are in today, by the timetable.")
    assert presence(server, "ali") == Presence()


def test_the_menu_switches_on_any_page_and_an_open_board_follows(phone: Open, server: Server) -> None:
    ali = phone("ali")
    expect(ali.locator("#live[data-state='live']")).to_be_visible()
    elsewhere = ali.context.new_page()
    elsewhere.goto(f"{server.url}/help/")
    elsewhere.locator("details.me summary").tap()
    elsewhere.locator(".me-menu").get_by_role("button", name=OUT).tap()
    expect(elsewhere).to_have_url(f"{server.url}/help/")
    expect(elsewhere.locator("#notices")).to_contain_text("You are out today.")
    expect(ali.locator("#board")).to_contain_text("You are out today")


def test_it_works_without_scripts(signed_in_page: Callable[..., Page], server: Server) -> None:
    ali = signed_in_page("ali", java_script_enabled=False)
    ali.locator("#board").get_by_role("button", name=OUT).click()
    expect(ali.locator("#board")).to_contain_text("You are out today")
    assert not presence(server, "ali").tapped_here


def test_a_week_is_kept_on_a_phone(
    phone: Open, server: Server, console: Console, axe: Callable[[Page], None]
) -> None:
    console.expect("422")
    ali = phone("ali")
    ali.goto(f"{server.url}/staff/days")
    axe(ali)
    ali.get_by_label("Monday", exact=True).uncheck()
    ali.get_by_label("from, Tuesday").fill("09:00")
    ali.get_by_label("until, Tuesday").fill("08:00")
    ali.get_by_role("button", name="Save the week").tap()
    expect(ali.get_by_role("alert")).to_contain_text("Tuesday: “until” comes after “from”.")
    expect(ali.get_by_label("Monday", exact=True)).not_to_be_checked()
    ali.get_by_label("until, Tuesday").fill("12:00")
    ali.get_by_role("button", name="Save the week").tap()
    expect(ali.locator("#notices")).to_contain_text("The timetable is saved.")
    kept = presence(server, "ali")
    assert (kept.weekdays, kept.hours) == (0b1111110, {"1": ["09:00", "12:00"]})
