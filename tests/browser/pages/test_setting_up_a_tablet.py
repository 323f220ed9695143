"""Setting a child's tablet up beside the child's own screens, and entering what a child shows on the fingers."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from kiosk.audit import KEYBOARD
from kiosk.people.high5 import AT_THE_KEYBOARD
from kiosk.people.set_up_tablet import WhoSetsUp, add_strategy, choose
from tests.browser.pages.conftest import SCREENS
from tests.browser.running import Server
from tests.cast import School


def test_one_tap_changes_one_thing_and_the_preview_shows_it(
    server: Server, school: School, signed_in_page: Callable[..., Page]
) -> None:
    page = signed_in_page("bell", **SCREENS["tablet"])
    page.goto(f"{server.url}/staff/children/{school.pupils['amir']}/tablet")
    preview = page.frame_locator("#preview")
    expect(preview.locator(".step")).to_have_count(5)
    page.evaluate("window.isStillThisPage = true")
    page.get_by_role("button", name="Three", exact=True).click()
    expect(page.locator(".notice")).to_contain_text("How many steps: saved for Amir Khan.")
    expect(page.get_by_role("button", name="Three", exact=True)).to_have_attribute("aria-pressed", "true")
    expect(preview.locator(".step")).to_have_count(3)
    page.get_by_role("button", name="Zones").click()
    expect(preview.locator("html")).to_have_attribute("data-colours", "zones")
    page.get_by_role("button", name=re.compile("As the class has it.*Colours")).click()
    expect(preview.locator("html:not([data-colours])")).to_be_attached()
    assert page.evaluate("window.isStillThisPage")


def test_words_of_the_childs_own_and_a_card_reach_the_preview(
    server: Server, school: School, signed_in_page: Callable[..., Page]
) -> None:
    page = signed_in_page("bell", **SCREENS["tablet"])
    page.goto(f"{server.url}/staff/children/{school.pupils['amir']}/tablet")
    preview = page.frame_locator("#preview")
    page.locator("#step-3 summary").click()
    page.get_by_label("Word for 3").fill("Fizzy")
    page.locator("#step-3").get_by_label("Bee", exact=True).check()  # choosing saves the line
    expect(preview.get_by_role("button", name="3 Fizzy", exact=True).locator("use").last).to_have_attribute(
        "href", "#pic-bee"
    )
    page.get_by_text("Add a card").click()
    page.get_by_label("Have a drink").check()
    with page.expect_response("**/preview.json"):  # the preview has come anew, with the card
        page.get_by_role("button", name="Add the card").click()
    expect(page.locator(".help-cards")).to_contain_text("Have a drink")
    preview.get_by_role("button", name="5 I need help", exact=True).click()
    expect(preview.get_by_role("button", name="What helps me")).to_be_visible()


def test_what_cannot_be_says_why_where_it_was_pressed(
    server: Server, school: School, signed_in_page: Callable[..., Page], console: object
) -> None:
    console.expect("422")  # type: ignore[attr-defined]
    page = signed_in_page("bell", **SCREENS["tablet"])
    page.goto(f"{server.url}/staff/children/{school.pupils['amir']}/tablet")
    page.locator("#step-3 summary").click()
    page.get_by_label("Word for 3").fill("Bad day")
    page.get_by_role("button", name="Save : step 3").click()
    expect(page.get_by_role("alert")).to_contain_text("never says “Bad”")
    expect(page.get_by_label("Word for 3")).to_have_value("Bad day")


def test_nothing_pressed_in_the_preview_is_sent(
    server: Server, school: School, signed_in_page: Callable[..., Page]
) -> None:
    page = signed_in_page("bell", **SCREENS["tablet"])
    page.goto(f"{server.url}/staff/children/{school.pupils['amir']}/tablet")
    preview = page.frame_locator("#preview")
    expect(preview.locator(".step")).to_have_count(5)
    sent: list[str] = []
    page.on("request", lambda request: sent.append(f"{request.method} {request.url}"))
    for name in ("5 I need help", "Mrs Ali", "Yes, ask"):
        preview.locator("html:not([data-settling])").wait_for(state="attached")
        preview.get_by_role("button", name=name).first.click()
    expect(preview.locator("#question")).to_have_text("How are you, Amir?")
    assert [one for one in sent if not one.startswith("GET")] == []


def test_the_preview_shows_the_talking_mat_as_the_child_meets_it(
    server: Server, school: School, signed_in_page: Callable[..., Page]
) -> None:
    with server.database():
        choose(school.pupils["amir"], "topics_as", "mat", WhoSetsUp(AT_THE_KEYBOARD, KEYBOARD))
    page = signed_in_page("bell", **SCREENS["tablet"])
    page.goto(f"{server.url}/staff/children/{school.pupils['amir']}/tablet")
    preview = page.frame_locator("#preview")
    for name in ("5 I need help", "Mrs Ali", "What about", "Maybe", "I am done"):
        preview.locator("html:not([data-settling])").wait_for(state="attached")
        preview.get_by_role("button", name=name).first.click()
    expect(preview.locator("#question")).to_have_text("Ask Mrs Ali?")
    expect(preview.get_by_role("button", name="Now")).to_have_attribute("aria-pressed", "true")


@pytest.mark.parametrize("screen", SCREENS)
def test_the_pages_look_right(
    server: Server,
    school: School,
    signed_in_page: Callable[..., Page],
    looks_right: Callable[[Page], None],
    a_morning: None,
    screen: str,
) -> None:
    amir = school.pupils["amir"]
    with server.database():
        add_strategy(amir, "sym-drink", "", WhoSetsUp(AT_THE_KEYBOARD, KEYBOARD))
    page = signed_in_page("bell", **SCREENS[screen])
    oak = school.classes["oak"]
    about_amir = (f"children/{amir}/tablet", f"children/{amir}/week")
    pages = (*about_amir, f"classes/{oak}/tablet", f"fingers?class_id={oak}")
    for address in pages:
        page.goto(f"{server.url}/staff/{address}")
        looks_right(page)


@pytest.mark.parametrize("size", [(1180, 820), (820, 1180), (390, 844)], ids=str)
def test_the_preview_stays_in_sight_while_a_choice_far_below_is_tapped(
    server: Server, school: School, signed_in_page: Callable[..., Page], size: tuple[int, int]
) -> None:
    width, height = size
    page = signed_in_page("bell", viewport={"width": width, "height": height})
    page.goto(f"{server.url}/staff/children/{school.pupils['amir']}/tablet")
    choice = page.locator("#calmer button").first
    choice.scroll_into_view_if_needed()
    choice.focus()
    preview, pressed = page.locator(".preview-box").bounding_box(), choice.bounding_box()
    assert preview
    assert pressed
    assert preview["y"] >= 0
    assert preview["y"] + preview["height"] <= height
    is_beside = preview["x"] >= pressed["x"] + pressed["width"]
    assert is_beside or pressed["y"] >= preview["y"] + preview["height"]
