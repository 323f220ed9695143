"""What a talk is about, on a talking mat: one picture at a time, with one tap under yes, maybe or not today."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from kiosk.audit import KEYBOARD
from kiosk.people.high5 import AT_THE_KEYBOARD
from kiosk.people.set_up_tablet import WhoSetsUp, choose, offer_topic
from tests.browser.running import Server
from tests.browser.tablet.test_switches import SWITCH, TAKE, press
from tests.browser.tablet.way import Way, sent_to

ANYONE = WhoSetsUp(AT_THE_KEYBOARD, KEYBOARD)
ASKS = "Do you want to talk about this?"


@pytest.fixture
def mat(server: Server, open_way: Callable[..., Way]) -> Callable[..., Way]:
    """Opens the mat for Amir, who asks Mrs Ali: ``mat(read_aloud="always")``."""

    def open_one(*, clock: bool = False, **choices: str) -> Way:
        with server.database():
            for name, value in {"topics_as": "mat", **choices}.items():
                choose(server.school.pupils["amir"], name, value, ANYONE)
        way = open_way(clock=clock).press("Amir", "2 Okay", "Mrs Ali", "What about")
        way.sees(ASKS)
        return way

    return open_one


def hand(way: Way) -> str:
    return way.page.locator(".mat-hand").inner_text().strip()


def laid(way: Way, column: str) -> list[str]:
    return way.page.locator(f'[data-place="mat-{column}"] .mat-word').all_inner_texts()


def test_each_picture_goes_under_a_column_and_the_adult_is_told_all_three(mat: Callable[..., Way]) -> None:
    way = mat()
    assert hand(way) == "Friends"
    way.press("Yes")
    assert hand(way) == "Home"
    way.press("Maybe", "Not today", "Yes")
    assert (laid(way, "about"), laid(way, "maybe"), laid(way, "not_today")) == (
        ["Friends", "My body"],
        ["Home"],
        ["Learning"],
    )
    with way.page.expect_response(sent_to("/tablet/chats")):
        way.press("I am done", "Yes, ask").sees("We have asked Mrs Ali.")
    (chat,) = way.chats()
    assert (chat.about, chat.about_maybe, chat.about_not_today) == (["friends", "body"], ["home"], ["learning"])


def test_what_was_laid_last_comes_back_into_the_hand(mat: Callable[..., Way]) -> None:
    way = mat()
    expect(way.button("Pick it up again")).to_be_hidden()
    way.press("Not today", "Maybe")
    last = way.button("Pick it up again").locator(".mat-last use")
    expect(last).to_have_attribute("href", "#sym-home")
    way.press("Pick it up again")
    expect(last).to_have_attribute("href", "#sym-friends")
    assert (hand(way), laid(way, "maybe"), laid(way, "not_today")) == ("Home", [], ["Friends"])


def test_the_step_can_still_be_taken_back_and_that_is_another_button(mat: Callable[..., Way]) -> None:
    """With switches the offer stays for a whole round, however slow the machine of the tests is."""
    way = mat(scanning="two").press("Yes")
    expect(way.button("Take it back")).to_have_count(1)
    expect(way.button("Pick it up again")).to_be_visible()
    way.press("Pick it up again")
    assert hand(way) == "Friends"
    way.press("Take it back").sees("How are you, Amir?")


def test_a_child_who_taps_everything_twice_lays_one_picture(mat: Callable[..., Way]) -> None:
    way = mat(clock=True)
    way.settle()
    way.stop_time()
    way.button("Maybe").tap()
    way.button("Maybe").tap()
    way.page.clock.run_for(600)
    way.settle()
    assert laid(way, "maybe") == ["Friends"]


def test_one_tap_says_nothing_of_it_and_what_was_chosen_before_stays(mat: Callable[..., Way]) -> None:
    way = mat()
    way.press("Yes", "I don’t want to say").sees("Ask Mrs Ali?")
    way.press("Draw", "At break", "What about")
    assert laid(way, "about") == []
    way.press("I am done")
    expect(way.button("At break")).to_have_attribute("aria-pressed", "true")
    expect(way.button("Draw")).to_have_attribute("aria-pressed", "true")
    expect(way.button("Now")).to_have_attribute("aria-pressed", "false")


def test_it_need_not_be_opened_at_all(mat: Callable[..., Way]) -> None:
    way = mat()
    way.press("I am done")
    with way.page.expect_response(sent_to("/tablet/chats")):
        way.press("Yes, ask").sees("We have asked Mrs Ali.")
    (chat,) = way.chats()
    assert (chat.about, chat.about_maybe, chat.about_not_today) == ([], [], [])


def test_only_what_this_child_is_offered_comes_and_then_it_is_full(
    server: Server, mat: Callable[..., Way]
) -> None:
    with server.database():
        for topic in ("home", "learning", "body", "playtime", "put_right", "sit_with_friend"):
            offer_topic(server.school.pupils["amir"], topic, False, ANYONE)
    way = mat()
    way.press("Maybe")
    assert hand(way) == "Something else"
    way.press("Not today").sees("What is it about?")
    expect(way.button("Maybe")).to_be_disabled()
    way.press("Pick it up again").sees(ASKS)


def test_one_switch_lays_them_too(mat: Callable[..., Way]) -> None:
    way = mat(clock=True, scanning="two")
    columns = way.page.locator(".mat-column")
    expect(way.page.locator("#undo .is-pointed")).to_have_count(1)  # the step can still be taken back
    press(way, SWITCH)
    expect(columns.first).to_have_class("mat-column is-pointed")
    press(way, TAKE)
    expect(way.page.locator(".mat-hand")).to_have_text("Home")
    assert laid(way, "about") == ["Friends"]
