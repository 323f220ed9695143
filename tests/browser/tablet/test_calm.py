"""Five senses beside breathing, the page that says who can see what, and leaving it all at once."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Request, expect

from kiosk.people.set_up_tablet import choose
from tests.browser.tablet.in_language import has_come
from tests.browser.tablet.test_for_one_child import ANYONE
from tests.browser.tablet.way import Way


def test_a_child_who_waits_can_look_around_and_then_say_how_they_are(way: Way) -> None:
    way.ask_mrs_ali()
    expect(way.page.locator(".stations")).to_be_visible()
    asked: list[str] = []

    def note(request: Request) -> None:
        asked.append(f"{request.method} {request.post_data}")

    way.press("Look around").sees("What is around you?")
    expect(way.page.locator(".sense-dots")).to_have_count(5)
    rows = way.page.locator(".sense-dots").all()
    assert [row.locator(".sense-dot").count() for row in rows] == [5, 4, 3, 2, 1]
    way.page.on("request", note)
    way.press("5 things I can see.", "4 things I can touch.", "4 things I can touch.")
    expect(way.button("5 things I can see.")).to_have_attribute("aria-pressed", "true")
    expect(way.button("4 things I can touch.")).to_have_attribute("aria-pressed", "false")
    assert [one for one in asked if one.startswith("POST")] == []  # Nothing of it is sent.
    way.press("Say how I feel").sees("How are you, Amir?")
    with way.page.expect_response("**/tablet/check-ins"):
        way.press("2 Okay")
    assert [step for _pupil, step in way.check_ins()] == [4, 2]


def test_looking_around_leads_back_to_the_request(way: Way) -> None:
    way.ask_mrs_ali()
    expect(way.page.locator(".stations")).to_be_visible()
    way.press("Look around", "Go back").sees("We have asked Mrs Ali.")
    way.answers("ali", "seen")
    way.sees("Mrs Ali has seen it.")


def test_nothing_stands_beside_being_told_to_go_and_find_somebody(way: Way) -> None:
    way.leaves_card()
    way.press("Amir", "Skip", "Not now", "A card for you", "Not now", "Mrs Ali", "Yes, ask").sees(
        "We have asked Mrs Ali."
    )
    expect(way.button("A card for you")).to_be_visible()
    way.nobody_answers()
    way.sees("Nobody has answered yet.")
    expect(way.button("A card for you")).to_have_count(0)
    expect(way.button("Look around")).to_have_count(0)


def test_who_can_see_this_is_told_in_pictures_and_spoken(way: Way) -> None:
    way.press("Who can see this?").sees("Who can see this?")
    expect(way.page.locator(".told")).to_have_count(8)
    expect(way.page.locator(".told-pictures:has(.drawing)")).to_have_count(8)
    expect(way.page.locator(".told [data-spoken]")).to_have_count(8)
    expect(way.page.locator(".told p").nth(5)).to_contain_text("Grown-ups in Treetops see it too")
    way.press("Go back").sees("Who are you?")


@pytest.mark.parametrize(
    "asked_from", [("Amir",), ("Amir", "3"), ("Amir", "3", "Mrs Ali"), ("Amir", "3", "Mrs Ali", "YES")]
)
def test_a_child_is_told_in_their_own_language_and_comes_back_to_where_they_were(
    way: Way, asked_from: tuple[str, ...]
) -> None:
    with way.server.database():
        choose(way.server.school.pupils["amir"], "language", "ur", ANYONE)
        choose(way.server.school.pupils["amir"], "theme", "zones", ANYONE)
    way.open()
    has_come(way.page, "ur")
    way.press("Amir")
    expect(way.page.locator("html")).to_have_attribute("lang", "ur")
    for place in asked_from[1:]:
        way.settle()
        pressed = {"3": '[data-press="step"][data-value="3"]', "YES": '[data-press="yes"]'}
        way.page.locator(pressed.get(place, f'[data-press="adult"]:has-text("{place}")')).tap()
    expect(way.page.locator("#undo button")).to_have_count(0)
    if "YES" in asked_from:
        expect(way.page.locator('.stations[data-reached="asked"]')).to_be_visible()
    question = way.page.locator("#question").inner_text()
    way.settle()
    way.page.locator('#corner [data-press="who-sees"]').tap()
    expect(way.page.locator(".told")).to_have_count(8)
    expect(way.page.locator("html")).to_have_attribute("lang", "ur")
    expect(way.page.locator("html")).to_have_attribute("data-colours", "zones")
    assert "You tap" not in way.page.locator("main").inner_text()
    way.settle()
    way.page.locator('[data-press="who-sees-close"]').tap()
    expect(way.page.locator("#question")).to_have_text(question)


def test_a_child_who_breathes_is_not_asked_at_once_whether_they_are_here(open_way: Callable[..., Way]) -> None:
    way = open_way(clock=True).press("Amir").stop_time()
    way.page.clock.run_for(600)
    way.press("4 Upset")
    way.page.clock.run_for(600)
    way.press("What helps me")
    way.page.clock.run_for(600)
    way.press("Breathe slowly").sees("Breathe slowly")
    way.page.clock.run_for(90_000)
    expect(way.page.locator("#still-here")).to_be_hidden()
    assert "Upset" not in way.words()  # Whoever comes by meanwhile sees nothing of the step.
    way.page.clock.run_for(12_000)
    expect(way.page.locator("#still-here")).to_be_visible()
    way.page.clock.run_for(20_000)
    way.sees("Who are you?")


def test_who_can_see_this_makes_room_for_the_next_child(open_way: Callable[..., Way]) -> None:
    way = open_way(clock=True).press("Who can see this?")
    way.sees("Who can see this?")
    way.page.clock.run_for(21_000)
    expect(way.page.locator("#still-here")).to_be_visible()
    way.page.clock.run_for(20_000)
    way.sees("Who are you?")


def test_one_press_leaves_every_screen_of_a_child_at_once(way: Way) -> None:
    way.leaves_card()
    for steps in (
        ("Amir",),
        ("Amir", "2 Okay"),
        ("Amir", "4 Upset"),
        ("Amir", "4 Upset", "Mrs Ali"),
        ("Amir", "4 Upset", "Mrs Ali", "What about"),
        ("Amir", "4 Upset", "Mrs Ali", "Yes, ask"),
        ("Amir", "Look around"),
    ):
        way.press(*steps, "Start").sees("Who are you?")
        assert "Mrs Ali" not in way.words()
