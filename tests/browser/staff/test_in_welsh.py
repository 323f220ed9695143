"""The board's scripts speak the language of the page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import update

from kiosk.chats.models import Chat
from kiosk.db import utc_now, writing
from tests.browser.conftest import Console
from tests.browser.running import Server
from tests.browser.staff.conftest import Child


@pytest.fixture
def ali(signed_in_page: Callable[..., Page]) -> Page:
    """Mrs Ali's board, in a browser that likes Welsh best."""
    return signed_in_page("ali", locale="cy")


def test_what_scripts_say_is_welsh(ali: Page, amir: Child) -> None:
    expect(ali.locator("html")).to_have_attribute("lang", "cy")
    expect(ali.locator("#live")).to_have_text("Byw")
    ali.locator("#mute").click()
    expect(ali.locator(".mute-words")).to_have_text("Sain i ffwrdd")
    amir.asks("ali")
    card = ali.get_by_role("article", name="Amir Khan")
    expect(card).to_contain_text("Yn aros ers llai na munud")
    expect(ali.locator("#said")).to_have_text("Hoffai plentyn siarad.")


def test_what_is_counted_is_counted_as_welsh_does(ali: Page, amir: Child, server: Server) -> None:
    amir.asks("ali")
    with server.app.app_context(), writing() as session:
        session.execute(
            update(Chat)
            .where(Chat.key == UUID(amir.chat))
            .values(received_at=utc_now() - timedelta(hours=1, minutes=2, seconds=20))
        )
    ali.reload()
    card = ali.get_by_role("article", name="Amir Khan")
    expect(card).to_contain_text("Yn aros ers 1 awr 2 funud")


def test_a_form_that_cannot_be_sent_says_so_in_welsh(ali: Page, amir: Child, console: Console) -> None:
    console.expect("ERR_FAILED")
    amir.asks("ali")
    card = ali.get_by_role("article", name="Amir Khan")
    expect(card).to_be_visible()
    ali.route("**/answer", lambda route: route.abort())
    card.get_by_role("button", name="Yn dod nawr").click()
    expect(ali.locator("#notices")).to_contain_text("Ni chafodd hwnnw ei anfon")
