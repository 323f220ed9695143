"""Mrs Ali on her phone leaves Amir a card; Mr Okafor writes his script by keyboard; it prints on one page."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import time

import pytest
from playwright.sync_api import Locator, Page, expect

from kiosk.minding.planned import promise
from kiosk.minding.rules import NewTime
from kiosk.school.store import local_now
from tests.browser.conftest import DESKTOP_SIZE, Console
from tests.browser.running import Server
from tests.browser.staff.test_looks import LEAST_TARGET, SCREENS, beyond_the_edge
from tests.store.near import near_adult

SignIn = Callable[..., Page]
PARTS = ("", "/card", "/card?kind=success", "/script", "/script/versions", "/script/paper", "/time", "/book")


def address(server: Server, part: str = "", who: str = "amir") -> str:
    return f"{server.url}/staff/children/{server.school.pupils[who]}{part}"


def tab_to(page: Page, wanted: Locator) -> None:
    """Press Tab until the focus is there, as somebody without a mouse does."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if wanted.evaluate("one => one === document.activeElement"):
            return
    raise AssertionError(f"Tab never reaches {wanted}")


def write_script(page: Page, server: Server) -> None:
    page.goto(address(server, "/script"))
    page.get_by_label("What I like and am good at").fill("Lions, cricket, being asked.")
    page.get_by_label("What to say to me").fill("I am here.")
    page.get_by_label("5 I need help: what helps").fill("Treetops, with the door open.")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("The script is saved.")).to_be_visible()


def test_a_card_in_four_touches_on_a_phone(phone: Callable[[str], Page]) -> None:
    page = phone("ali")
    page.get_by_role("link", name="Children", exact=True).tap()
    page.get_by_role("link", name="Leave a card : Amir Khan").tap()
    page.get_by_text("I am looking forward to seeing you.").tap()
    page.get_by_role("button", name="Leave this card").tap()
    expect(page.get_by_text("The card is left.")).to_be_visible()
    card = page.get_by_role("region", name="Cards").get_by_role("listitem")
    expect(card).to_contain_text("I am looking forward to seeing you.")
    expect(card).to_contain_text("Waiting for the next check-in")
    card.get_by_role("button", name="Take back").tap()
    expect(page.get_by_text("The card is taken back.")).to_be_visible()


def test_another_picture_is_chosen_by_touch_and_shows_that_it_is(
    server: Server, phone: Callable[[str], Page]
) -> None:
    page = phone("ali")
    page.goto(address(server, "/card?kind=kindness"))
    heart = page.get_by_role("radio", name="a heart")
    page.locator("label", has=heart).tap()
    expect(heart).to_be_checked()
    page.get_by_label("Or your own words").fill("You held the door for Zofia.")
    page.get_by_role("button", name="Leave this card").tap()
    page.get_by_role("link", name="Open the book").tap()
    expect(page.get_by_role("heading", name="Amir’s book")).to_be_visible()
    expect(page.get_by_role("listitem")).to_contain_text("You held the door for Zofia.")


def test_a_script_is_written_by_keyboard_alone(server: Server, desktop: Callable[[str], Page]) -> None:
    page = desktop("okafor")
    page.goto(address(server))
    tab_to(page, page.get_by_role("link", name="Write the script"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Script of Amir Khan")).to_be_visible()
    tab_to(page, page.get_by_label("What I like and am good at"))
    page.keyboard.type("Lions")
    tab_to(page, page.get_by_label("3 Wobbly: what helps"))
    page.keyboard.type("Walk to the tree")
    tab_to(page, page.get_by_role("button", name="Save"))
    page.keyboard.press("Enter")
    expect(page.get_by_text("The script is saved.")).to_be_visible()
    script = page.get_by_role("region", name="Script and plan")
    expect(script).to_contain_text("Lions")
    expect(script).to_contain_text("Walk to the tree")


def test_two_adults_write_and_the_second_loses_nothing(
    server: Server, desktop: Callable[[str], Page], console: Console
) -> None:
    console.expect("409")
    first, second = desktop("ali"), desktop("okafor")
    second.goto(address(server, "/script"))
    second.get_by_label("What to say to me").fill("Good morning.")
    write_script(first, server)
    second.get_by_role("button", name="Save").click()
    expect(second.get_by_role("alert")).to_contain_text("Mrs Ali saved version 1")
    say = second.get_by_label("What to say to me")
    expect(say).to_have_value("Good morning.")
    expect(second.get_by_text("I am here.")).to_be_visible()
    say.fill("Good morning. I am here.")
    second.get_by_role("button", name="Save").click()
    expect(second.get_by_role("region", name="Script and plan")).to_contain_text("Good morning. I am here.")


def test_the_picture_is_chosen_with_arrow_keys(server: Server, desktop: Callable[[str], Page]) -> None:
    page = desktop("ali")
    page.goto(address(server, "/card"))
    chosen = page.locator("[name=picture]:checked")
    before = chosen.input_value()
    chosen.focus()
    page.keyboard.press("ArrowRight")
    assert page.locator("[name=picture]:checked").input_value() != before


@pytest.mark.usefixtures("at_noon")
def test_a_time_is_promised_and_said_to_be_kept(server: Server, phone: Callable[[str], Page]) -> None:
    with server.database():
        weekday = f"{local_now():%A}"
    page = phone("ali")
    page.goto(address(server, "/time"))
    page.get_by_role("radio", name=weekday).check()
    page.get_by_label("At", exact=True).fill("23:59")
    page.get_by_role("radio", name="draw together").check()
    page.get_by_role("button", name="Promise this time").tap()
    times = page.get_by_role("region", name="Planned times")
    expect(times).to_contain_text(f"{weekday}s at 23:59, draw together")
    times.get_by_role("button", name=re.compile("We met")).tap()
    expect(times).to_contain_text(re.compile(r"Today\s+23:59, Mrs Ali: Met"))


@pytest.mark.usefixtures("at_noon")
def test_todays_time_is_answered_on_the_live_board_and_hidden_with_the_names(
    server: Server, phone: Callable[[str], Page]
) -> None:
    with server.database():
        school, today = server.school, local_now().date()
        entry = NewTime(school.adults["ali"], today.weekday(), time(23, 59), "sit", today)
        promise(school.pupils["amir"], entry, near_adult(school, "ali"))
    page = phone("ali")
    mine = page.get_by_role("region", name="Today with you")
    expect(mine).to_contain_text("Amir Khan, sit together")
    mine.get_by_role("button", name="We met").tap()
    expect(page.get_by_text("Kept: you met.")).to_be_visible()
    expect(mine).to_contain_text("You met")
    page.get_by_role("button", name="Hide names").tap()
    expect(mine).to_contain_text("A child, sit together")
    expect(page.locator("body")).not_to_contain_text("Amir")


@pytest.mark.parametrize("screen", SCREENS)
def test_no_page_breaks_a_rule_or_runs_over_the_edge(
    server: Server, signed_in_page: SignIn, axe: Callable[[Page], None], screen: str
) -> None:
    page = signed_in_page("ali", **SCREENS[screen])
    write_script(page, server)
    for kind in ("", "?kind=friendship"):
        page.goto(address(server, f"/card{kind}"))
        page.get_by_role("button", name="Leave this card").click()
    for place in (f"{server.url}/staff/children/", *(address(server, part) for part in PARTS)):
        page.goto(place)
        axe(page)
        assert beyond_the_edge(page) == [], place
        assert too_small_to_press(page) == [], place


def test_with_text_at_200_percent_nothing_runs_over_the_edge(server: Server, signed_in_page: SignIn) -> None:
    page = signed_in_page("ali", **SCREENS["phone"])
    write_script(page, server)
    for place in (f"{server.url}/staff/children/", *(address(server, part) for part in PARTS)):
        page.goto(place)
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        assert beyond_the_edge(page) == [], place


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_script_prints_on_one_page_without_what_is_only_for_the_screen(
    server: Server, signed_in_page: SignIn, scheme: str
) -> None:
    page = signed_in_page("ali", viewport=DESKTOP_SIZE, color_scheme=scheme)
    write_script(page, server)
    page.goto(address(server, "/script/paper"))
    expect(page.get_by_role("button", name="Print")).to_be_visible()
    page.emulate_media(media="print")
    expect(page.get_by_role("button", name="Print")).to_be_hidden()
    expect(page.get_by_role("heading", name="How to be with Amir")).to_be_visible()
    assert len(re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True))) == 1


def too_small_to_press(page: Page) -> list[str]:
    """What can be pressed and is too low for a finger; a radio stands inside the label that a finger meets."""
    found: list[str] = page.evaluate(
        """least => [...document.querySelectorAll('button, summary, select, textarea, .button, header a, '
                + 'input:not([type=radio], [type=hidden]), label:has([type=radio])')]
            .filter((target) => target.checkVisibility() && target.getBoundingClientRect().height < least)
            .map((target) => `${target.localName} ${target.name ?? ''} ${target.textContent.trim()}`)""",
        LEAST_TARGET,
    )
    return found
