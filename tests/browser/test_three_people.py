"""One request, three adults: the one asked is away, the cover does nothing, duty comes; all keep sight of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from playwright.sync_api import Page, expect

from kiosk.audit import KEYBOARD
from kiosk.chats import store as chats
from kiosk.db import utc_now
from kiosk.people.rules import Presence
from kiosk.people.store import set_presence
from kiosk.school.store import local_now
from tests.browser.running import Server
from tests.browser.staff.test_live_board import card, is_live
from tests.browser.tablet.way import HEARS_AT_ONCE, UNHURRIED, Way

Open = Callable[[str], Page]
LONGER_THAN_PROMISED = timedelta(minutes=11)


def test_a_child_asks_somebody_who_is_away_and_is_answered_in_the_end(
    server: Server, open_tablet: Callable[..., Page], phone: Open, desktop: Open
) -> None:
    goes_home(server, "okafor")
    okafor, ali, novak = phone("okafor"), phone("ali"), desktop("novak")
    for page in (okafor, ali, novak):
        is_live(page)
    tablet = open_tablet()
    tablet.add_init_script(HEARS_AT_ONCE)
    tablet.add_init_script(UNHURRIED)
    child = Way(tablet, server).open()

    child.press("Amir", "4 Upset", "Mr Okafor")
    expect(child.page.locator(".ask-words p")).to_contain_text(["Mr Okafor is", "Mrs Ali is here for you now."])
    child.press("Yes, ask").sees("Mr Okafor cannot come today. We have asked Mrs Ali.")
    expect(card(ali)).to_contain_text("4 Upset")  # the cover is told, and does nothing
    expect(card(okafor)).to_contain_text("Amir")  # nothing is hidden from him who was asked

    time_passes(server)
    child.sees("Nobody has answered yet.")
    expect(child.page.locator(".go-to")).to_have_text("Go to the school office now. Tell a grown-up there.")

    card(novak).get_by_role("button", name="Coming now").click()
    for page in (ali, okafor):
        expect(card(page)).to_contain_text("Ms Novak has it, coming now")
    child.sees("Ms Novak is coming now.")
    expect(child.page.locator(".go-to")).to_have_count(0)

    card(novak).get_by_role("button", name="We talked").click()
    child.sees("You and Ms Novak have talked.")
    child.press("Finish")
    child.hears("Amir")
    child.sees("Did talking help?")
    child.press("A bit").sees("How are you, Amir?")
    with child.page.expect_response("**/helped"):
        child.press("2 Okay").sees("Would you like to talk to someone?")
    assert child.said_helped() == ["a_bit"]
    assert [(chat.state, chat.asked_for_id) for chat in child.chats()] == [
        ("talked", server.school.adults["okafor"])
    ]


def goes_home(server: Server, who: str) -> None:
    """Somebody says that they are not in today."""
    with server.database():
        out = Presence(tapped_on=local_now().date(), tapped_here=False)
        set_presence(server.school.adults[who], out, KEYBOARD)


def time_passes(server: Server) -> None:
    """The server's clock runs as it will in eleven minutes: one request has waited too long."""
    with server.database():
        assert chats.tick(utc_now() + LONGER_THAN_PROMISED) == 1
