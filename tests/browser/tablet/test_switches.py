"""A child who presses with one switch or two gets from the start to an answer; nobody else is disturbed by it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from kiosk.db import utc_now, writing
from kiosk.people.models import PupilTablet
from tests.browser.running import Server
from tests.browser.tablet.test_looks import VOICE
from tests.browser.tablet.test_who import fill_class
from tests.browser.tablet.way import Way

SWITCH, TAKE = "Space", "Enter"
SECONDS = 2_000
ENDING_VOICE = VOICE.replace(
    "heard.push(words.text)", "{ heard.push(words.text); setTimeout(() => words.onend()); }"
)
"""A voice that is done with what it says at once."""


def uses_switches(server: Server, how_many: str, **more: object) -> None:
    """Amir uses one switch, or two."""
    with server.database(), writing() as session:
        choices = {"scanning": how_many, "scan_seconds": 2.0} | more
        session.add(PupilTablet(pupil_id=server.school.pupils["amir"], choices=choices, changed_at=utc_now()))


def pointed(way: Way) -> list[str]:
    """What is pointed out, by the names of what could be pressed."""
    said = way.page.locator(".is-pointed").evaluate_all("all => all.map((one) => one.innerText)")
    return [one.replace("\n", " ").strip() for one in said]


def points_at(way: Way, name: str) -> None:
    """What is pointed out alone has this name."""
    expect(way.page.locator(".is-pointed")).to_have_count(1)
    expect(way.page.locator(".is-pointed")).to_have_accessible_name(name)


def press(way: Way, key: str) -> None:
    """A calm press: presses that follow each other too quickly count once."""
    way.page.clock.run_for(600)
    way.page.keyboard.press(key)


def heard(way: Way) -> list[str]:
    """What was said aloud."""
    said: list[str] = way.page.evaluate("heard")
    return said


def take(way: Way, name: str) -> None:
    """With two switches: on until this is pointed out, or its row, and take it."""
    for _ in range(40):
        found = pointed(way)
        if any(name in one for one in found):
            press(way, TAKE)
            if len(found) == 1:
                return
        else:
            press(way, SWITCH)
    pytest.fail(f"{name} was never pointed out")


@pytest.fixture
def switching(open_tablet: Callable[..., Page], server: Server) -> Callable[..., Way]:
    """A tablet of which Amir uses switches, in time that is moved by hand."""

    def open_one(how_many: str, voice: str = ENDING_VOICE, **more: object) -> Way:
        uses_switches(server, how_many, **more)
        page = open_tablet()
        page.add_init_script(voice)
        page.clock.install()
        return Way(page, server).open()

    return open_one


def test_one_switch_leads_from_the_start_to_an_answer(switching: Callable[..., Way]) -> None:
    way = switching("one")
    way.stop_time()
    press(way, SWITCH)
    points_at(way, "Amir")
    way.page.clock.run_for(SECONDS)
    points_at(way, "Zofia")
    for _ in range(3):
        way.page.clock.run_for(SECONDS)
        if pointed(way) == ["Amir"]:
            break
    press(way, SWITCH)
    way.sees("How are you, Amir?")
    take_when_pointed(way, "Upset")
    way.sees("Would you like to talk to someone?")
    take_when_pointed(way, "Mrs Ali")
    way.sees("Ask Mrs Ali?")
    take_when_pointed(way, "Yes, ask")
    way.sees("We have asked Mrs Ali.")
    expect(way.page.locator(".stations")).to_be_visible()
    assert [step for _pupil, step in way.check_ins()] == [4]
    assert [chat.asked_for_id for chat in way.chats()] == [way.server.school.adults["ali"]]


def take_when_pointed(way: Way, name: str) -> None:
    """Wait, as a child does, until what they want (or its row) is pointed out, and press."""
    for _ in range(40):
        found = pointed(way)
        if any(name in one for one in found):
            press(way, SWITCH)
            if len(found) == 1:
                return
        else:
            way.page.clock.run_for(SECONDS)
    pytest.fail(f"{name} was never pointed out")


def test_two_switches_lead_from_the_start_to_an_answer(switching: Callable[..., Way]) -> None:
    way = switching("two")
    press(way, SWITCH)
    points_at(way, "Amir")
    way.page.clock.run_for(10 * SECONDS)
    points_at(way, "Amir")  # It goes on only when the first switch is pressed.
    press(way, TAKE)
    for question, name in (
        ("How are you, Amir?", "Upset"),
        ("Would you like to talk to someone?", "Mrs Ali"),
        ("Ask Mrs Ali?", "Yes, ask"),
    ):
        way.sees(question)
        for _ in range(30):
            if any(name in one for one in pointed(way)):
                alone = len(pointed(way)) == 1
                press(way, TAKE)
                if alone:
                    break
            else:
                press(way, SWITCH)
    way.sees("We have asked Mrs Ali.")


def test_a_double_press_is_one(switching: Callable[..., Way]) -> None:
    way = switching("two")
    way.stop_time()
    press(way, SWITCH)
    press(way, TAKE)
    way.page.keyboard.press(TAKE)
    way.sees("How are you, Amir?")


def test_with_many_choices_rows_are_pointed_out_first(switching: Callable[..., Way], server: Server) -> None:
    fill_class(server, "oak", 28)
    way = switching("two")
    press(way, SWITCH)
    first_row = pointed(way)
    assert len(first_row) > 1
    press(way, SWITCH)
    second_row = pointed(way)
    assert not set(first_row) & set(second_row)
    press(way, TAKE)
    assert pointed(way) == second_row[:1]
    for one in second_row[1:]:
        press(way, SWITCH)
        assert pointed(way) == [one]
    press(way, SWITCH)  # Not in this row after all: the next one.
    assert len(pointed(way)) > 1
    assert not set(second_row) & set(pointed(way))


def test_what_is_pointed_out_is_spoken_from_the_first_tile_on(switching: Callable[..., Way]) -> None:
    way = switching("two")
    press(way, SWITCH)
    assert heard(way) == ["Amir"]
    press(way, SWITCH)
    assert heard(way) == ["Amir", "Zofia"]
    way.page.evaluate("heard.length = 0")
    take(way, "Amir")
    way.sees("How are you, Amir?")
    way.page.clock.run_for(100)
    assert heard(way)[-2:] == ["How are you, Amir?", "1 Calm"]
    press(way, SWITCH)
    points_at(way, "2 Okay")
    assert heard(way)[-1] == "2 Okay"
    press(way, SWITCH)
    points_at(way, "3 Wobbly")  # and not the speaker beside the step, which would say it once more
    assert heard(way)[-1] == "3 Wobbly"


def test_a_row_is_spoken_by_its_ends(switching: Callable[..., Way], server: Server) -> None:
    fill_class(server, "oak", 28)
    way = switching("two")
    press(way, SWITCH)
    way.page.clock.run_for(100)
    names = pointed(way)
    assert len(names) > 2
    assert heard(way) == [names[0], names[-1]]
    press(way, TAKE)
    assert heard(way)[-1] == names[0]


def test_a_child_who_is_to_hear_nothing_hears_nothing(switching: Callable[..., Way]) -> None:
    way = switching("two", read_aloud="never")
    press(way, SWITCH)
    take(way, "Amir")
    way.sees("How are you, Amir?")
    press(way, SWITCH)
    points_at(way, "2 Okay")
    assert heard(way) == []


def test_the_first_is_pointed_out_until_the_question_has_been_read_or_a_while(
    switching: Callable[..., Way],
) -> None:
    way = switching("one", voice=VOICE)
    way.stop_time()
    press(way, SWITCH)
    press(way, SWITCH)
    way.sees("How are you, Amir?")
    way.page.clock.run_for(SECONDS + 1_000)
    points_at(way, "1 Calm")
    way.page.clock.run_for(5_000)
    points_at(way, "2 Okay")


def test_what_can_be_taken_back_is_pointed_out_first_and_for_a_whole_round(switching: Callable[..., Way]) -> None:
    way = switching("one")
    way.stop_time()
    press(way, SWITCH)
    press(way, SWITCH)
    way.sees("How are you, Amir?")
    take_when_pointed(way, "I need help")
    way.sees("Would you like to talk to someone?")
    points_at(way, "Take it back")
    stops = 0
    while way.page.locator("#undo *").count():
        stops += 1
        assert stops < 30, "it is offered for ever"
        way.page.clock.run_for(SECONDS)
    assert stops * SECONDS > 5_000
    first = pointed(way)
    assert first
    assert "Take it back" not in first


def test_one_switch_takes_a_step_back(switching: Callable[..., Way]) -> None:
    way = switching("one")
    way.stop_time()
    press(way, SWITCH)
    press(way, SWITCH)
    way.sees("How are you, Amir?")
    take_when_pointed(way, "I need help")
    points_at(way, "Take it back")
    press(way, SWITCH)
    way.sees("How are you, Amir?")
    points_at(way, "1 Calm")


def test_with_two_switches_it_can_be_taken_back_until_the_round_is_over(switching: Callable[..., Way]) -> None:
    way = switching("two")
    press(way, SWITCH)
    press(way, TAKE)
    way.sees("How are you, Amir?")
    press(way, TAKE)
    points_at(way, "Take it back")
    way.page.clock.run_for(6 * SECONDS)
    points_at(way, "Take it back")
    for _ in range(20):
        if not way.page.locator("#undo *").count():
            break
        press(way, SWITCH)
    expect(way.button("Take it back")).to_have_count(0)
    assert pointed(way)


def test_after_i_am_ok_now_it_goes_on_with_what_can_be_pressed_then(switching: Callable[..., Way]) -> None:
    way = switching("two")
    way.page.clock.run_for(100)
    press(way, SWITCH)
    for name in ("Amir", "Skip", "Mrs Ali", "Yes, ask", "I’m OK now"):
        take(way, name)
    way.sees("You are OK now.")
    points_at(way, "Take it back")
    press(way, TAKE)
    expect(way.button("I’m OK now")).to_be_visible()
    assert pointed(way)


def test_a_child_who_touches_the_screen_sees_nothing_of_it(switching: Callable[..., Way]) -> None:
    way = switching("one")
    press(way, SWITCH)
    expect(way.page.locator(".is-pointed")).to_have_count(1)
    way.press("Zofia").sees("How are you, Zofia?")
    way.page.clock.run_for(3 * SECONDS)
    press(way, SWITCH)
    expect(way.page.locator(".is-pointed")).to_have_count(0)
    way.sees("How are you, Zofia?")


def test_where_nobody_uses_switches_keys_do_what_they_always_did(way: Way) -> None:
    way.page.keyboard.press("Space")
    expect(way.page.locator(".is-pointed")).to_have_count(0)
    way.page.locator("[data-press=me]").first.focus()
    way.page.keyboard.press("Enter")
    way.sees("How are you, Amir?")


def test_it_goes_round_twice_and_then_asks_whether_anybody_is_here(switching: Callable[..., Way]) -> None:
    way = switching("one", read_aloud="always")
    way.stop_time()
    press(way, SWITCH)
    press(way, SWITCH)
    way.sees("How are you, Amir?")
    for _ in range(40):
        expect(way.page.locator("#still-here")).to_be_hidden()
        if not pointed(way):
            break
        way.page.clock.run_for(SECONDS)
    assert pointed(way) == []
    way.page.evaluate("heard.length = 0")
    way.page.clock.run_for(21_000)
    expect(way.page.locator("#still-here")).to_be_visible()
    assert heard(way)[0] == "Are you still here?"
    press(way, SWITCH)
    expect(way.page.locator("#still-here")).to_be_hidden()
    way.sees("How are you, Amir?")
