"""The fixtures themselves: a server that can go away and come back, and a watched tablet."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Error, Page, expect

from tests.browser.conftest import Console
from tests.browser.running import Server


def test_the_server_goes_away_and_comes_back_at_the_same_address(
    server: Server, tablet: Page, console: Console
) -> None:
    console.expect("ERR_CONNECTION_REFUSED.*favicon")  # may still be on its way
    address = server.url
    server.stop()
    with pytest.raises(Error, match="ECONNREFUSED"):
        tablet.request.get(f"{address}/healthz")
    server.start()
    assert server.url == address
    assert tablet.request.get(f"{address}/healthz").ok


def test_a_complaint_in_the_console_is_heard(tablet: Page, console: Console) -> None:
    console.expect("^something broke")
    tablet.evaluate("console.error('something broke'); console.error('and this')")
    tablet.evaluate("setTimeout(() => { throw new Error('loudly') })")
    tablet.wait_for_function("true")
    heard = console.complaints()
    console.expect("and this|loudly")
    assert [said.split(" (")[0] for said in heard] == ["and this", "uncaught: loudly"]


def test_adults_sign_in_on_their_phones(phone: Callable[[str], Page]) -> None:
    expect(phone("ali").locator("h1")).to_be_visible()
