"""Mr Bell reads the day: steps without relying on colour, other days, paper; Mrs Ali cannot."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.conftest import Console
from tests.browser.running import Server


def test_each_step_is_a_hand_a_numeral_and_a_word(
    server: Server, desktop: Callable[[str], Page], a_morning: None
) -> None:
    page = desktop("bell")
    oak = page.get_by_role("region", name="Oak")
    amir = oak.get_by_role("row", name="Amir Khan")
    expect(amir.locator(".step")).to_have_text(["2 Okay", "5 I need help"])
    fingers = amir.locator(".step use").evaluate_all("(all) => all.map((one) => one.getAttribute('href'))")
    assert fingers == ["#hand-2", "#hand-5"]
    drawn = amir.locator(".step .drawing").evaluate_all("(all) => all.map((one) => one.getBBox().width > 0)")
    assert drawn == [True, True]
    expect(page.get_by_role("region", name="Birch")).to_contain_text("Not heard from yet")


def test_another_day_by_keyboard_alone_and_back(server: Server, desktop: Callable[[str], Page]) -> None:
    page = desktop("bell")
    page.get_by_role("link", name="Skip to the page").focus()
    page.keyboard.press("Enter")
    day_before = page.locator("a[rel=prev]")
    for _place in range(9):  # past the other pages of patterns
        page.keyboard.press("Tab")
        if day_before.evaluate("(link) => link === document.activeElement"):
            break
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).not_to_contain_text("Today")
    page.get_by_role("link", name="Today").last.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Today")


def test_the_picker_works_without_script(server: Server, signed_in_page: Callable[..., Page]) -> None:
    page = signed_in_page("bell", java_script_enabled=False)
    page.get_by_label("Day").fill("2026-01-15")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Thursday 15 January")


def test_on_paper_it_says_whose_day_it_is_and_leaves_out_what_is_pressed(
    server: Server, desktop: Callable[[str], Page], a_morning: None
) -> None:
    page = desktop("bell")
    page.emulate_media(media="print")
    expect(page.locator(".on-paper")).to_contain_text("keep this paper safe")
    expect(page.locator(".masthead")).to_be_hidden()
    expect(page.locator(".days")).to_be_hidden()
    expect(page.get_by_role("row", name="Amir Khan")).to_be_visible()
    assert page.pdf(format="A4").startswith(b"%PDF")


def test_a_teacher_is_not_led_there_and_is_refused(
    server: Server, desktop: Callable[[str], Page], a_morning: None, console: Console
) -> None:
    console.expect("403")
    page = desktop("ali")
    expect(page.get_by_role("link", name="Today")).to_have_count(0)
    page.goto(f"{server.url}/patterns/")
    expect(page.get_by_role("heading", level=1)).to_have_text("This page is not for your account")
    expect(page.get_by_text("Amir")).to_have_count(0)
