"""A child's pictures on Mr Bell's phone: the newest weeks come first, a finger finds a day, words stay whole."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from itertools import pairwise

import pytest
from playwright.sync_api import Page, expect

from kiosk.school.store import local_now
from tests.browser.running import Server
from tests.web.patterns_school import answered, weekdays_before

FINGER = 24
"""Pixels: the smallest target there is to be (WCAG 2.2, 2.5.8)."""
TWICE = "document.documentElement.style.fontSize = '200%'"
OUT_OF_SIGHT = """() => [...document.querySelectorAll(".picture-box caption")].filter(one => {
  const box = one.closest(".picture-box").getBoundingClientRect(), words = one.getBoundingClientRect();
  return words.left < box.left - 1 || words.right > box.right + 1;
}).map(one => one.textContent)"""
DAYS = """() => [...document.querySelectorAll(".figure a > path")].map(one => {
  const target = one.getBoundingClientRect();
  return [target.left, target.width];
})"""
OVER_THE_EDGE = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
LETTERS = """() => {
  const one = document.querySelector(".figure text"), drawing = one.ownerSVGElement;
  const drawn = drawing.getBoundingClientRect().width / drawing.viewBox.baseVal.width;
  return drawn * parseFloat(getComputedStyle(one).fontSize);
}"""


@pytest.fixture
def today(server: Server) -> date:
    """Ten weeks of Amir's, the last two of them hard."""
    with server.app.app_context():
        today = local_now().date()
        answered(
            server.school.pupils["amir"], server.school.classes["oak"], [1] * 40 + [4, 5, 1, 4, 2] * 2, until=today
        )
    return today


@pytest.fixture
def page(server: Server, today: date, phone: Callable[[str], Page]) -> Page:
    """Amir's page on the phone of Mr Bell."""
    page = phone("bell")
    page.goto(f"{server.url}/patterns/children/{server.school.pupils['amir']}")
    return page


def newest(page: Page, today: date) -> str:
    day = weekdays_before(today, 1)[0]
    return f"{day:%A} {day.day} {day:%B} 09:05: 2 Okay"


def test_the_newest_day_is_in_sight_and_says_that_it_became_harder(page: Page, today: date) -> None:
    expect(page.get_by_role("figure", name="Harder since")).to_be_visible()
    last = page.get_by_role("link", name=newest(page, today))
    last.scroll_into_view_if_needed()
    box = page.get_by_role("group", name="Dots, one for each answer")
    inside, day = box.bounding_box(), last.locator("path").bounding_box()
    assert inside
    assert day
    assert inside["x"] <= day["x"]
    assert day["x"] + day["width"] <= inside["x"] + inside["width"] <= 390
    assert box.evaluate("box => box.scrollLeft") == 0, "nobody had to swipe"
    assert box.evaluate("box => box.scrollWidth > box.clientWidth"), "and there is more"


def test_the_newest_week_of_the_year_is_in_sight(page: Page) -> None:
    squares = page.get_by_role("group", name="The school year, a square for each school day")
    squares.scroll_into_view_if_needed()
    edge, last = squares.bounding_box(), squares.locator("tbody tr").first.locator("td").last.bounding_box()
    assert edge
    assert last
    assert edge["x"] <= last["x"]
    assert last["x"] + last["width"] <= edge["x"] + edge["width"] + 1


@pytest.mark.parametrize("twice", [False, True])
def test_a_finger_finds_each_day_and_no_two_lie_one_over_the_other(page: Page, twice: bool) -> None:
    if twice:
        page.evaluate(TWICE)
    days = page.evaluate(DAYS)
    assert len(days) == 50
    assert min(width for _left, width in days) >= FINGER - 0.01
    for (left, width), (next_left, _width) in pairwise(days):
        assert left + width <= next_left + 0.5


def test_words_inside_the_picture_grow_with_the_text(page: Page) -> None:
    before = page.evaluate(LETTERS)
    page.evaluate(TWICE)
    assert before >= 13
    assert page.evaluate(LETTERS) >= 26


@pytest.mark.parametrize("twice", [False, True])
def test_no_caption_is_cut_and_the_tab_of_this_page_is_in_sight(page: Page, twice: bool) -> None:
    if twice:
        page.evaluate(TWICE)
    assert page.evaluate(OUT_OF_SIGHT) == []
    places = page.get_by_role("navigation", name="Patterns")
    expect(places.get_by_text("Children over time")).to_be_in_viewport(ratio=0.9)


def test_tables_of_the_method_and_of_the_teams_paper_stay_inside_with_letters_twice_as_large(
    page: Page, server: Server
) -> None:
    page.goto(f"{server.url}/patterns/different")  # makes the list that the paper tells of
    amir = f"children/{server.school.pupils['amir']}?paper=team"
    for address, heading in (("different/method", "How many it misses"), (amir, "On the weekly lists")):
        page.goto(f"{server.url}/patterns/{address}")
        expect(page.get_by_role("group", name=heading)).to_be_visible()
        page.evaluate(TWICE)
        assert page.evaluate(OVER_THE_EDGE) <= 0, address
