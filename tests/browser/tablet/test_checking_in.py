"""A child says how they are: two taps, each of which can be taken back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from playwright.sync_api import CDPSession, FloatRect, expect
from sqlalchemy import update

from kiosk.db import writing
from kiosk.people.models import Pupil
from tests.browser.tablet.way import Way, sent_to


def test_two_taps_are_enough(way: Way) -> None:
    way.press("Amir")
    way.sees("How are you, Amir?")
    with way.page.expect_response("**/tablet/check-ins") as sent:
        way.press("3 Wobbly")
    assert sent.value.status == 201
    assert way.check_ins() == [(way.server.school.pupils["amir"], 3)]
    expect(way.page.locator("#lead")).to_have_text("Thank you, Amir.")
    way.sees("Would you like to talk to someone?")


def test_not_now_leads_back_to_the_start(way: Way) -> None:
    way.press("Amir", "1 Calm", "Not now")
    way.sees("Who are you?")
    assert way.chats() == []


def test_a_step_can_be_taken_back(open_way: Callable[..., Way]) -> None:
    way = open_way(unhurried=True)
    with way.page.expect_response("**/undo") as undone:
        way.press("Amir", "5 I need help", "Take it back")
    assert undone.value.json()["undone"] is True
    way.sees("How are you, Amir?")
    assert way.check_ins() == []
    with way.page.expect_response("**/tablet/check-ins"):
        way.press("2 Okay")
    assert [step for _pupil, step in way.check_ins()] == [2]


def test_taking_back_is_offered_for_five_seconds_whatever_is_pressed_meanwhile(
    open_way: Callable[..., Way],
) -> None:
    way = open_way(clock=True).stop_time()

    def calmly(*names: str) -> None:
        for name in names:
            way.page.clock.run_for(600)
            way.button(name).tap()

    calmly("Amir", "5 I need help", "Mrs Ali")
    way.sees("Ask Mrs Ali?")
    expect(way.button("Take it back")).to_be_visible()
    calmly("No, go back")
    way.sees("Would you like to talk to someone?")
    way.page.clock.run_for(3_700)
    expect(way.button("Take it back")).to_be_visible()
    way.page.clock.run_for(100)
    expect(way.button("Take it back")).to_have_count(0)
    expect(way.page.locator(".child")).to_contain_text("Amir")


def test_a_step_can_be_taken_back_from_the_next_screen(open_way: Callable[..., Way]) -> None:
    way = open_way(unhurried=True)
    with way.page.expect_response("**/undo") as undone:
        way.press("Amir", "5 I need help", "Mrs Ali", "Take it back")
    assert undone.value.json()["undone"] is True
    way.sees("How are you, Amir?")
    assert way.check_ins() == []


def test_a_child_in_no_hurry_can_take_it_back_however_slow_the_machine_of_the_tests_is(
    open_way: Callable[..., Way],
) -> None:
    way = open_way(clock=True, unhurried=True).press("Amir", "5 I need help")
    way.page.clock.run_for(10_000)
    expect(way.button("Take it back")).to_be_visible()


def test_nothing_of_one_child_is_taken_back_by_the_next(way: Way) -> None:
    way.press("Amir", "5 I need help", "Not now").sees("Who are you?")
    expect(way.button("Take it back")).to_have_count(0)
    way.press("Zofia").sees("How are you, Zofia?")
    expect(way.button("Take it back")).to_have_count(0)


def test_skip_asks_for_a_talk_without_a_step(way: Way) -> None:
    way.press("Amir", "Skip")
    way.sees("Would you like to talk to someone?")
    expect(way.page.locator("#lead")).to_be_hidden()
    with way.page.expect_response(sent_to("/tablet/chats")):
        way.press("Mrs Ali", "Yes, ask")
    assert way.check_ins() == []
    assert [chat.check_in_key for chat in way.chats()] == [None]


def test_a_child_is_offered_only_their_own_steps(way: Way) -> None:
    with way.server.database(), writing() as session:
        zofia = way.server.school.pupils["zofia"]
        session.execute(update(Pupil).where(Pupil.id == zofia).values(steps=[1, 5]))
    way.open_anew().press("Zofia")
    expect(way.page.locator("[data-press=step]")).to_have_text(["1 Calm", "5 I need help"], use_inner_text=True)


def test_double_taps_count_once_everywhere(open_way: Callable[..., Way]) -> None:
    """The second tap of each double tap lands on whatever the first one brought up."""
    way = open_way(clock=True).stop_time()
    for name, question in [
        ("Amir", "How are you, Amir?"),
        ("3 Wobbly", "Would you like to talk to someone?"),
        ("Mrs Ali", "Ask Mrs Ali?"),
        ("Yes, ask", "We have asked Mrs Ali."),
    ]:
        way.page.clock.run_for(600)
        box = box_of(way, name)
        middle = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        way.page.touchscreen.tap(*middle)
        way.page.touchscreen.tap(*middle)
        way.sees(question)
    expect(way.page.locator(".stations")).to_be_visible()
    assert len(way.check_ins()) == 1
    assert [chat.state for chat in way.chats()] == ["asked"]


def test_the_second_tap_of_a_double_tap_need_not_meet_the_same_place(open_way: Callable[..., Way]) -> None:
    """70 px further along a wide button it would press whatever has come up there."""
    way = open_way(clock=True).stop_time()
    box = box_of(way, "Amir")
    assert box["width"] > 160
    middle = box["y"] + box["height"] / 2
    way.page.touchscreen.tap(box["x"] + 20, middle)
    way.sees("How are you, Amir?")
    for further in (90, box["width"] - 20):
        way.page.clock.run_for(160)
        way.page.touchscreen.tap(box["x"] + further, middle)
    way.page.clock.run_for(160)
    way.page.touchscreen.tap(box["x"] + 20, box["y"] - 15)
    way.sees("How are you, Amir?")
    assert way.check_ins() == []


def test_a_resting_finger_does_not_block_another(way: Way) -> None:
    """From before the first tap until after the last, also on what can be pressed: a check-in and a request."""
    touch = way.page.context.new_cdp_session(way.page)
    resting = {"id": 1, "x": 590, "y": 40}
    touch.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [resting]})
    check_in_and_request(way, touch, [resting])
    resting["x"] += 3
    touch.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [resting]})
    touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    assert len(way.check_ins()) == len(way.chats()) == 1


def test_a_tap_leaves_no_focus_on_what_comes_up_under_the_finger(way: Way) -> None:
    way.press("Zofia").sees("How are you, Zofia?")
    way.settle()
    expect(way.page.locator("#question")).to_be_focused()


def test_a_palm_that_rests_on_a_button_neither_presses_nor_blocks(way: Way) -> None:
    """A child who cannot hold the arm up leans on the glass, from before the first tap until after the last."""
    touch = way.page.context.new_cdp_session(way.page)
    way.press("Amir").sees("How are you, Amir?")
    box = box_of(way, "5 I need help")
    on_a_step = {"x": box["x"] + box["width"] / 2, "y": box["y"] + box["height"] - 20}
    palm = [{"id": 1, **on_a_step, "radiusX": 40, "radiusY": 40, "force": 1}]
    way.settle()
    touch.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": palm})
    check_in_and_request(way, touch, palm, arrived=True)
    touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    assert [step for _pupil, step in way.check_ins()] == [2]
    assert len(way.chats()) == 1


def test_a_palm_that_is_lifted_has_pressed_nothing(way: Way) -> None:
    way.press("Amir").sees("How are you, Amir?")
    box = box_of(way, "5 I need help")
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] - 20
    touch = way.page.context.new_cdp_session(way.page)
    grows = [{"radiusX": 40, "radiusY": 40}], [{"radiusX": 12, "radiusY": 12}, {"radiusX": 12, "radiusY": 44}]
    for contact in grows:
        way.settle()
        for moved, size in enumerate(contact):
            point = {"x": x + 20 * moved, "y": y, **size}
            kind = "touchMove" if moved else "touchStart"
            touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [point]})
        touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
        expect(way.page.locator(".is-pressed")).to_have_count(0)
    way.sees("How are you, Amir?")
    assert way.check_ins() == []
    touch.send(
        "Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y, "radiusX": 14}]}
    )
    touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    way.sees("Would you like to talk to someone?")


def test_what_rests_long_at_the_edge_is_a_hand_and_in_the_middle_a_child(open_way: Callable[..., Way]) -> None:
    way = open_way(clock=True)
    way.press("Amir").sees("How are you, Amir?")
    way.settle()
    way.stop_time()
    touch = way.page.context.new_cdp_session(way.page)
    height = way.page.evaluate("innerHeight")
    skip, step = box_of(way, "Skip"), box_of(way, "3 Wobbly")
    at_the_edge = {"x": skip["x"] + 40, "y": skip["y"] + skip["height"] - 10}
    assert height - at_the_edge["y"] < 64
    in_the_middle = {"x": step["x"] + 40, "y": step["y"] + 30}
    with way.page.expect_response("**/tablet/check-ins"):
        for where, question in (
            (at_the_edge, "How are you, Amir?"),
            (in_the_middle, "Would you like to talk to someone?"),
        ):
            touch.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [where]})
            expect(way.page.locator(".is-pressed")).to_have_count(1)
            way.page.clock.run_for(4_000)
            touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
            expect(way.page.locator(".is-pressed")).to_have_count(0)
            way.sees(question)
        way.page.clock.resume()
    assert [step for _pupil, step in way.check_ins()] == [3]


def check_in_and_request(
    way: Way, touch: CDPSession, resting: list[dict[str, Any]], *, arrived: bool = False
) -> None:
    """Another finger makes a whole check-in and a request while these rest on the glass."""
    for name, question in [
        ("Amir", "How are you, Amir?"),
        ("2 Okay", "Would you like to talk to someone?"),
        ("Mrs Ali", "Ask Mrs Ali?"),
        ("Yes, ask", None),
    ][arrived:]:
        way.settle()
        box = box_of(way, name)
        finger = {"id": 9, "x": box["x"] + box["width"] / 2, "y": box["y"] + box["height"] / 2}
        touch.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [*resting, finger]})
        touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": [finger]})
        if question:
            way.sees(question)
    expect(way.page.locator(".waiting")).to_be_visible()
    expect(way.page.locator("#question")).not_to_have_text("Sending your message")


def box_of(way: Way, name: str) -> FloatRect:
    """Where something to press stands."""
    box = way.button(name).bounding_box()
    assert box is not None
    return box


def test_a_finger_that_slides_a_little_still_chooses(way: Way) -> None:
    touch = way.page.context.new_cdp_session(way.page)
    box = way.button("Amir").bounding_box()
    assert box is not None
    x, y = box["x"] + 60, box["y"] + 60
    touch.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
    for slid in (10, 20, 30, 40):
        touch.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [{"x": x, "y": y + slid}]})
    touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    way.sees("How are you, Amir?")


def test_a_finger_that_slides_away_chooses_nothing(way: Way) -> None:
    tile = way.button("Amir")
    box = tile.bounding_box()
    assert box is not None
    mouse = way.page.mouse
    mouse.move(box["x"] + 20, box["y"] + 20)
    mouse.down()
    expect(tile).to_have_class("tile is-pressed")
    mouse.move(box["x"] + 20, box["y"] - 80)
    mouse.up()
    expect(tile).to_have_class("tile")
    way.sees("Who are you?")
    tile.click()
    way.sees("How are you, Amir?")


def test_everything_can_be_reached_with_a_keyboard(way: Way) -> None:
    keys = way.page.keyboard
    for name in ("Amir", "2 Okay", "Mrs Ali", "Draw", "Yes, ask"):
        way.settle()
        for _ in range(20):
            keys.press("Tab")
            if way.button(name).evaluate("one => one === document.activeElement"):
                break
        assert way.button(name).evaluate("one => getComputedStyle(one).outlineStyle") == "solid"
        keys.press("Enter")
    way.sees("We have asked Mrs Ali.")
    expect(way.page.locator(".stations")).to_be_visible()
    assert [chat.how for chat in way.chats()] == ["draw"]
