"""The duty board on the wall is live: who waits, for how long and who has it, and taking over with one tap."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import update

from kiosk.audit import KEYBOARD
from kiosk.chats.models import Chat
from kiosk.db import utc_now, writing
from kiosk.school.store import change_setting
from tests.browser.running import Server
from tests.browser.staff.conftest import Child
from tests.browser.staff.test_live_board import card, is_live

Open = Callable[[str], Page]
WALLS = {
    "wall": {"viewport": {"width": 1440, "height": 900}},
    "television": {"viewport": {"width": 1920, "height": 1080}, "color_scheme": "dark"},
}


@pytest.fixture(params=WALLS)
def wall(request: pytest.FixtureRequest, server: Server, signed_in_page: Callable[..., Page]) -> Page:
    """The screen on the wall of the safe space, where Ms Novak is signed in."""
    page = signed_in_page("novak", **WALLS[request.param])
    page.goto(f"{server.url}/staff/duty")
    return page


def row(page: Page, who: str) -> Page:
    return page.get_by_role("article", name=who)  # type: ignore[return-value]


def goes_past_the_screen(page: Page) -> bool:
    found: bool = page.evaluate(
        "() => { const it = document.scrollingElement;"
        " return it.scrollHeight > innerHeight || it.scrollWidth > innerWidth; }"
    )
    return found


def test_a_request_appears_and_is_taken_over_with_one_tap(
    wall: Page, phone: Open, amir: Child, child: Callable[[str], Child]
) -> None:
    ali = phone("ali")
    is_live(wall)
    is_live(ali)
    expect(wall.get_by_text("Nobody is waiting.")).to_be_visible()
    amir.asks("ali", step=5)
    expect(row(wall, "A pupil in Oak")).to_contain_text("Waiting")
    expect(row(wall, "A pupil in Oak")).to_contain_text("0 min")
    expect(wall).to_have_title("(1) Treetops")
    card(ali).get_by_role("button", name="I’ve seen it").tap()
    expect(row(wall, "A pupil in Oak")).to_contain_text("Mrs Ali has it, has not said when")

    row(wall, "A pupil in Oak").get_by_role("button", name="Take over").click()

    expect(row(wall, "A pupil in Oak")).to_contain_text("Ms Novak has it, coming now")
    expect(card(ali)).to_contain_text("Ms Novak has it, coming now")
    assert amir.sees()["with"]["name"] == "Ms Novak"
    assert wall.url.endswith("/staff/duty")
    expect(wall.locator("body")).not_to_contain_text("Amir")


def test_overdue_is_said_when_the_time_comes_and_nobody_touches_the_wall(
    wall: Page, server: Server, amir: Child
) -> None:
    is_live(wall)
    amir.asks("ali")
    shown = row(wall, "A pupil in Oak")
    expect(shown.get_by_text("Overdue")).to_be_hidden()
    expect(shown.get_by_text("Waiting", exact=True)).to_be_visible()
    with server.database(), writing() as session:
        long_ago = utc_now() - timedelta(minutes=11)
        session.execute(update(Chat).values(received_at=long_ago, due_at=utc_now() - timedelta(minutes=1)))
    wall.reload()
    expect(shown.get_by_text("Overdue")).to_be_visible()
    expect(shown.get_by_text("Waiting", exact=True)).to_be_hidden()
    expect(shown).to_contain_text("11 min")


def test_eight_fit_on_the_screen_and_more_are_counted(
    wall: Page, child: Callable[[str], Child], server: Server, axe: Callable[[Page], None]
) -> None:
    with server.database():
        change_setting("duty_board_names", "yes", KEYBOARD)
    for who, cannot_wait in (("amir", True), ("zofia", False), ("tomi", False)):
        child(who).asks(None, cannot_wait=cannot_wait)
    axe(wall)
    for who in ("amir", "zofia", "tomi", "amir", "zofia"):
        child(who).asks(None)
    expect(wall.get_by_role("article")).to_have_count(8)
    assert not goes_past_the_screen(wall)
    child("tomi").asks(None)
    expect(wall.get_by_text("and 1 more, nobody has taken one of them")).to_be_visible()
    assert not goes_past_the_screen(wall)
    axe(wall)


def test_the_safe_space_is_full_on_every_screen_at_once(wall: Page, phone: Open) -> None:
    shah = phone("shah")
    is_live(wall)
    is_live(shah)
    expect(shah.get_by_text("Treetops: space free")).to_be_visible()
    wall.get_by_role("button", name="It is full").click()
    expect(wall.get_by_text("Treetops: full")).to_be_visible()
    expect(shah.get_by_text("Treetops: full")).to_be_visible()
    expect(shah.get_by_role("button", name="There is space")).to_have_count(0)


def test_by_keyboard_alone(wall: Page, amir: Child) -> None:
    amir.asks("ali")
    take = row(wall, "A pupil in Oak").get_by_role("button", name="Coming now")
    take.focus()
    wall.keyboard.press("Enter")
    expect(row(wall, "A pupil in Oak")).to_contain_text("Ms Novak has it, coming now")
    assert wall.evaluate("document.activeElement !== document.body")
