"""What is over stays over, so "I'm OK now" is not sent as long as it can be taken back; and it is never lost."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.tablet.way import Way

DIES = """for (const [where, kind] of [[window, "pagehide"], [document, "visibilitychange"]])
  where.addEventListener(kind, (event) => event.stopImmediatePropagation(), { capture: true });"""


@pytest.fixture
def waits(open_way: Callable[..., Way]) -> Callable[..., Way]:
    """Amir waits for Mrs Ali, in time that stands still."""

    def open_one() -> Way:
        way = open_way(clock=True)
        way.page.add_init_script(DIES)
        way.open().ask_mrs_ali()
        expect(way.page.locator(".stations")).to_be_visible()
        way.settle()
        way.page.clock.pause_at(way.page.evaluate("Date.now() + 6_000") / 1000)
        expect(way.button("Take it back")).to_have_count(0)
        return way

    return open_one


def say_ok(way: Way) -> None:
    way.button("I’m OK now").tap()
    way.sees("You are OK now.")
    expect(way.button("Take it back")).to_be_visible()


def test_i_am_ok_now_can_be_taken_back_and_nobody_heard_of_it(waits: Callable[..., Way]) -> None:
    way = waits()
    sent: list[str] = []
    way.page.on("request", lambda request: sent.append(request.url))
    say_ok(way)
    way.page.clock.run_for(4_000)
    way.button("Take it back").tap()
    way.sees("We have asked Mrs Ali.")
    expect(way.button("I’m OK now")).to_be_visible()
    way.page.clock.run_for(10_000)
    way.sees("We have asked Mrs Ali.")
    assert not [url for url in sent if url.endswith("/cancel")]
    assert [chat.state for chat in way.chats()] == ["asked"]


def test_an_answer_that_came_meanwhile_is_there_when_it_is_taken_back(waits: Callable[..., Way]) -> None:
    way = waits()
    say_ok(way)
    way.answers("ali", "seen")
    way.asks_again("**/tablet/chats/*")
    way.sees("You are OK now.")
    way.button("Take it back").tap()
    way.sees("Mrs Ali has seen it.")


def test_it_is_sent_when_it_can_be_taken_back_no_more(waits: Callable[..., Way]) -> None:
    way = waits()
    say_ok(way)
    with way.page.expect_response("**/cancel") as sent:
        way.page.clock.run_for(5_000)
    assert sent.value.json()["state"] == "cancelled"
    expect(way.button("Take it back")).to_have_count(0)
    way.sees("You are OK now.")


def test_it_is_sent_at_once_when_the_child_goes(waits: Callable[..., Way]) -> None:
    way = waits()
    say_ok(way)
    way.page.clock.run_for(600)
    with way.page.expect_response("**/cancel"):
        way.button("Finish").tap()
    way.sees("Who are you?")
    assert [chat.state for chat in way.chats()] == ["cancelled"]


def test_it_is_sent_by_the_next_page_when_this_one_dies(waits: Callable[..., Way]) -> None:
    way = waits()
    say_ok(way)
    with way.page.expect_response("**/cancel"):
        way.page.reload()
    assert [chat.state for chat in way.chats()] == ["cancelled"]


def test_i_cannot_wait_is_sent_at_once(waits: Callable[..., Way]) -> None:
    way = waits()
    with way.page.expect_response("**/cannot-wait"):
        way.button("I can’t wait").tap()
    assert [chat.cannot_wait for chat in way.chats()] == [True]
