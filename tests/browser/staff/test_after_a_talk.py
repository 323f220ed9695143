"""After "We talked", on a phone: the page to write on opens by itself, and what is still to do comes back."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.staff.conftest import Child
from tests.browser.staff.test_keyboard import tab_to
from tests.browser.staff.test_live_board import card, is_live

Open = Callable[[str], Page]


def talked(page: Page) -> None:
    card(page).get_by_role("button", name="Coming now").click()
    card(page).get_by_role("button", name="We talked").click()
    page.wait_for_url("**/outcome")
    expect(page.get_by_role("heading", level=1)).to_have_text("After the talk with Amir Khan")


def place(page: Page, words: str) -> Page:
    return page.get_by_role("navigation").get_by_role("link", name=words)  # type: ignore[return-value]


def test_what_came_of_it_is_written_and_followed_up(phone: Open, amir: Child) -> None:
    ali = phone("ali")
    is_live(ali)
    amir.asks("ali", about=["put_right"])
    talked(ali)
    expect(ali.locator("#notices")).to_contain_text("Thank you for talking.")
    assert amir.sees()["state"] == "talked"
    did = ali.get_by_role("group", name="What we did")
    expect(did.get_by_label("Drew together: it helped")).to_be_hidden()
    did.get_by_label("Drew together", exact=True).tap()
    expect(did.get_by_role("checkbox")).to_have_count(11)
    did.get_by_label("Drew together: it helped").tap()
    ali.get_by_label("What would make it right, and what was agreed?").fill("They build it again.")
    ali.get_by_text("Something is still to do").tap()
    ali.get_by_label("What is still to do").fill("Look at the tower")
    ali.get_by_label("Who does it").select_option("I do")
    ali.get_by_role("button", name="Save", exact=True).tap()
    expect(ali.locator("#notices")).to_contain_text("It is written down.")
    assert amir.sees()["state"] == "closed"

    place(ali, "To do").tap()
    expect(ali.get_by_text("Look at the tower")).to_be_visible()
    ali.get_by_role("button", name="Done").tap()
    expect(ali.get_by_role("region", name="Done today")).to_contain_text("Look at the tower")
    ali.get_by_role("button", name="Not done after all").tap()
    expect(ali.get_by_role("region", name="To follow up")).to_contain_text("Look at the tower")


def test_later_and_the_child_needs_us_again(phone: Open, amir: Child) -> None:
    ali = phone("ali")
    amir.asks("ali")
    talked(ali)
    ali.get_by_role("link", name="Later").tap()
    place(ali, "To do 1 waiting").tap()
    expect(ali.get_by_role("region", name="To write down")).to_contain_text("Amir Khan")
    ali.get_by_text("The child needs us again").tap()
    ali.get_by_label("Why, in a few words").fill("He is crying again")
    ali.get_by_role("button", name="Open it again").tap()
    expect(card(ali)).to_contain_text("Needed again: it is with you")
    assert amir.sees()["state"] == "asked"


def test_the_further_places_are_behind_more_on_a_phone(phone: Open) -> None:
    green = phone("green")
    expect(place(green, "Duty")).to_be_visible()
    expect(place(green, "Help")).to_have_count(0)
    green.get_by_text("More", exact=True).tap()
    place(green, "Help").tap()
    expect(green.get_by_role("heading", level=1)).to_have_text("Help")


def test_writing_by_keyboard_alone(desktop: Open, amir: Child) -> None:
    ali = desktop("ali")
    amir.asks("ali")
    talked(ali)
    ali.get_by_role("group", name="What we did").get_by_label("Listened", exact=True).focus()
    ali.keyboard.press("Space")
    ali.keyboard.press("Tab")
    ali.keyboard.press("Space")
    tab_to(ali, "Something is still to do")
    ali.keyboard.press("Enter")
    expect(ali.get_by_label("What is still to do")).to_be_visible()
    tab_to(ali, "Save")
    ali.keyboard.press("Enter")
    expect(ali.locator("#notices")).to_contain_text("It is written down.")


def test_telling_the_lead_out_of_a_talk(phone: Open, desktop: Open, amir: Child) -> None:
    ali, green = phone("ali"), desktop("green")
    is_live(green)
    amir.asks("ali")
    talked(ali)
    ali.get_by_role("button", name="Save, and tell the safeguarding lead").tap()
    ali.get_by_label("What worries you?").fill("He flinched when the door banged.")
    ali.get_by_role("button", name="Tell the safeguarding lead").tap()
    expect(ali.locator("#notices")).to_contain_text("The safeguarding lead has been told.")
    green.get_by_role("link", name="Something new waits for you").click()
    green.get_by_role("link", name="Read : Mrs Ali told").click()
    expect(green.get_by_text("He flinched when the door banged.")).to_be_visible()
    green.get_by_label("What was done").fill("Rang his mother.")
    green.get_by_role("button", name="Close this concern").click()
    expect(green.locator("#notices")).to_contain_text("The concern is closed.")
