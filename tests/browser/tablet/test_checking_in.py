"""A child says how they are: two taps, each of which can be taken back."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import expect
from sqlalchemy import update

from kiosk.db import writing
from kiosk.people.models import Pupil
from tests.browser.tablet.way import Way


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


def test_a_step_can_be_taken_back(way: Way) -> None:
    with way.page.expect_response("**/undo") as undone:
        way.press("Amir", "5 I need help", "Take it back")
    assert undone.value.json()["undone"] is True
    way.sees("How are you, Amir?")
    assert way.check_ins() == []
    with way.page.expect_response("**/tablet/check-ins"):
        way.press("2 Okay")
    assert [step for _pupil, step in way.check_ins()] == [2]


def test_taking_back_is_offered_for_five_seconds(open_way: Callable[..., Way]) -> None:
    way = open_way(clock=True).press("Amir", "5 I need help")
    expect(way.button("Take it back")).to_be_visible()
    way.page.clock.fast_forward(5_000)
    expect(way.button("Take it back")).to_have_count(0)
    expect(way.page.locator(".child")).to_have_text("Amir")


def test_skip_asks_for_a_talk_without_a_step(way: Way) -> None:
    way.press("Amir", "Skip")
    way.sees("Would you like to talk to someone?")
    expect(way.page.locator("#lead")).to_be_hidden()
    with way.page.expect_response("**/tablet/chats"):
        way.press("Mrs Ali", "Yes, ask")
    assert way.check_ins() == []
    assert [chat.check_in_key for chat in way.chats()] == [None]


def test_a_child_is_offered_only_their_own_steps(way: Way) -> None:
    with way.server.database(), writing() as session:
        zofia = way.server.school.pupils["zofia"]
        session.execute(update(Pupil).where(Pupil.id == zofia).values(steps=[1, 5]))
    way.open().press("Zofia")
    expect(way.page.locator("[data-press=step]")).to_have_text(["1 Calm", "5 I need help"], use_inner_text=True)


def test_double_taps_count_once_everywhere(way: Way) -> None:
    """The second tap of each double tap lands on whatever the first one brought up."""
    for name, question in [
        ("Amir", "How are you, Amir?"),
        ("3 Wobbly", "Would you like to talk to someone?"),
        ("Mrs Ali", "Ask Mrs Ali?"),
        ("Yes, ask", "We have asked Mrs Ali."),
    ]:
        way.settle()
        box = way.button(name).bounding_box()
        assert box is not None
        middle = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        way.page.touchscreen.tap(*middle)
        way.page.touchscreen.tap(*middle)
        way.sees(question)
    expect(way.page.locator(".stations")).to_be_visible()
    assert len(way.check_ins()) == 1
    assert [chat.state for chat in way.chats()] == ["asked"]


def test_a_resting_finger_does_not_block_another(way: Way) -> None:
    touch = way.page.context.new_cdp_session(way.page)
    box = way.button("Amir").bounding_box()
    assert box is not None
    resting = {"id": 1, "x": 590, "y": 40}
    pressing = {"id": 2, "x": box["x"] + 60, "y": box["y"] + 60}
    touch.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [resting]})
    touch.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [resting, pressing]})
    touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": [pressing]})
    way.sees("How are you, Amir?")


def test_a_tap_leaves_no_focus_on_what_comes_up_under_the_finger(way: Way) -> None:
    way.press("Zofia").sees("How are you, Zofia?")
    way.settle()
    expect(way.page.locator("#question")).to_be_focused()


def test_a_palm_that_rests_on_the_edge_neither_presses_nor_blocks(way: Way) -> None:
    """A child who cannot hold the arm up leans on the glass, from before the first tap until after the last."""
    touch = way.page.context.new_cdp_session(way.page)
    palm = [
        {"id": place, "x": 40 + 60 * place, "y": 812, "radiusX": 45, "radiusY": 60, "force": 1}
        for place in (1, 2, 3)
    ]
    touch.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": palm})
    for name, question in [
        ("Amir", "How are you, Amir?"),
        ("2 Okay", "Would you like to talk to someone?"),
        ("Mrs Ali", "Ask Mrs Ali?"),
    ]:
        way.settle()
        box = way.button(name).bounding_box()
        assert box is not None
        finger = {"id": 9, "x": box["x"] + box["width"] / 2, "y": box["y"] + 40}
        touch.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [*palm, finger]})
        touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": [finger]})
        way.sees(question)
    touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": palm})
    way.sees("Ask Mrs Ali?")
    assert way.chats() == []


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
