"""The fixtures themselves: a server that can go away and come back, and a watched tablet."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Error, Page, expect

from tests.browser.conftest import Console, let_go
from tests.browser.running import Server


def test_the_server_goes_away_and_comes_back_at_the_same_address(
    server: Server, open_tablet: Callable[..., Page]
) -> None:
    address, request = server.url, open_tablet().request
    server.stop()
    with pytest.raises(Error, match="ECONNREFUSED"):
        request.get(f"{address}/healthz")
    server.start()
    assert server.url == address
    assert request.get(f"{address}/healthz").ok


def test_a_complaint_in_the_console_is_heard(tablet: Page, console: Console) -> None:
    console.expect("^something broke")
    tablet.evaluate("console.error('something broke'); console.error('and this')")
    with tablet.expect_event("pageerror"):
        tablet.evaluate("setTimeout(() => { throw new Error('loudly') })")
    heard = console.complaints()
    console.expect("and this|loudly")
    assert [said.split(" (")[0] for said in heard] == ["and this", "uncaught: loudly"]


def test_adults_sign_in_on_their_phones(phone: Callable[[str], Page]) -> None:
    expect(phone("ali").locator("h1")).to_be_visible()


def test_a_profile_that_the_browser_never_lets_go_holds_up_nobody(
    open_context: Callable[..., BrowserContext], monkeypatch: pytest.MonkeyPatch
) -> None:
    context, held = open_context(), []

    async def never(**_more: object) -> None:
        held.append(context)
        await asyncio.Event().wait()

    with monkeypatch.context() as silent:
        silent.setattr(context._impl_obj, "close", never)
        let_go(context, within=0.01)
    assert held == [context]
    page = context.new_page()
    context.close()
    assert page.is_closed()
