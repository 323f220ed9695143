"""Mrs Green sees to Amir's ending with Mr Okafor, by keyboard alone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from playwright.sync_api import Page, expect

from kiosk.audit import KEYBOARD
from kiosk.minding.endings import endings_due
from kiosk.people.high5 import AT_THE_KEYBOARD
from kiosk.people.rules import Presence
from kiosk.people.store import high5_of, set_presence
from kiosk.school.store import local_now
from tests.browser.conftest import Console
from tests.browser.running import Server

Open = Callable[[str], Page]


FOCUSED = """() => {
  const here = document.activeElement;
  return (here.labels?.[0] ?? here).textContent.replace(/\\s+/g, " ").trim();
}"""


def tab_to(page: Page, words: str) -> None:
    """Press Tab until what has the focus is called this."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if words in page.evaluate(FOCUSED):
            return
    raise AssertionError(f"Tab never reaches {words}.")


def choose(page: Page, label: str, words: str) -> None:
    """Choose in a list by typing how the words begin."""
    tab_to(page, label)
    page.keyboard.type(words)


def give_day(page: Page, label: str, day: date) -> None:
    """In which order day and month are typed is up to the browser, so only the result is given."""
    tab_to(page, label)
    page.locator(":focus").fill(day.isoformat())


def test_an_ending_is_planned_refused_and_done_by_keyboard(
    desktop: Open, server: Server, console: Console, axe: Callable[[Page], None]
) -> None:
    console.expect("422")
    with server.database():
        today = local_now().date()
        set_presence(server.school.adults["okafor"], Presence(left_on=today), KEYBOARD)
    green = desktop("green")
    green.goto(f"{server.url}/staff/endings")
    expect(green.get_by_role("heading", level=1)).to_have_text("Good endings")
    expect(green.get_by_role("heading", name="Nobody in this High 5 can be asked")).to_be_visible()
    axe(green)
    tab_to(green, "the ending between Amir Khan and Mr Okafor")
    green.keyboard.press("Enter")
    expect(green.get_by_role("heading", level=1)).to_have_text("Amir Khan and Mr Okafor")
    axe(green)

    tab_to(green, "This ending is done")
    green.keyboard.press("Enter")
    expect(green.get_by_role("alert")).to_contain_text("Not done yet: say who told the child")

    choose(green, "Who tells, or told", "Mrs Ali")
    give_day(green, "On which day", today)
    choose(green, "New adult", "Mr Shah")
    tab_to(green, "Put the new adult into Amir’s High 5")
    green.keyboard.press("Space")
    give_day(green, "Met together on", today)
    tab_to(green, "This ending is done")
    green.keyboard.press("Enter")
    expect(green.locator("#notices")).to_contain_text("This ending is done.")
    with server.database():
        assert [one.pupil_name for one in endings_due(AT_THE_KEYBOARD)] == ["Zofia Nowak"]
        amir = server.school.pupils["amir"]
        assert [adult.called for adult in high5_of([amir])[amir]] == ["Mrs Ali", "Mr Shah"]
