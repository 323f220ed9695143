"""Boards are live: what one person does shows on the screen of everybody concerned, and nobody loads it again."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from playwright.sync_api import Page, Request, Response, expect
from sqlalchemy import update

from kiosk.alerts.store import doorbell
from kiosk.db import writing
from kiosk.people.models import Account
from tests.browser.conftest import Console
from tests.browser.patience import stop_time, until_true
from tests.browser.running import Server
from tests.browser.staff.conftest import Child
from tests.cast import email_of

SOMEBODY = 0

Open = Callable[[str], Page]
PATIENCE_SECONDS = 20


def card(page: Page, who: str = "Amir Khan") -> Page:
    return page.get_by_role("article", name=who)  # type: ignore[return-value]


def choose_to_hand_over(page: Page, adult: str) -> None:
    """Choose an adult in the list of a card; beside a name it can say that nothing tells them just now."""
    to = card(page).get_by_label("Hand over to")
    to.select_option(to.locator("option", has_text=adult).get_attribute("value"))


def is_live(page: Page) -> None:
    expect(page.locator("#live")).to_have_text("Live")


def opened_anew_it_has_looked(page: Page) -> None:
    """Opened with a clock of its own, until it has asked for the board at once, and again as the bell is there."""
    board, looks = page.url, [0]

    def count(answer: Response) -> None:
        looks[0] += answer.url.endswith("/staff/board")

    page.goto("about:blank")
    page.clock.install()
    page.on("response", count)
    page.goto(board)
    until_true(page, lambda: looks[0] >= 2, "it has looked twice")


def test_a_request_appears_at_the_adult_asked_and_at_nobody_else(phone: Open, amir: Child) -> None:
    ali, shah = phone("ali"), phone("shah")
    opened_anew_it_has_looked(shah)
    is_live(ali)
    is_live(shah)
    stop_time(shah)  # a live page looks by itself every half minute, which a busy machine may take
    fetched: list[Request] = []
    shah.on("request", lambda request: fetched.append(request))  # noqa: PLW0108 - Playwright marks what it is given
    loaded_at = ali.evaluate("performance.timeOrigin")
    expect(ali.get_by_text("Nobody is waiting for you.")).to_be_visible()

    amir.asks("ali", step=4, how="sit", about=["home"])

    expect(card(ali)).to_contain_text("4 Upset")
    expect(card(ali)).to_contain_text("Waiting less than a minute")
    expect(ali).to_have_title("(1) Treetops")
    assert ali.evaluate("performance.timeOrigin") == loaded_at
    expect(shah.get_by_text("Nobody is waiting for you.")).to_be_visible()
    assert fetched == []  # not even told that something happened


def test_the_child_sees_the_answer_and_another_adult_can_take_over(
    phone: Open, desktop: Open, amir: Child
) -> None:
    ali, novak = phone("ali"), desktop("novak")
    amir.asks("ali")
    card(ali).get_by_role("button", name="in 10 min").tap()
    expect(ali.locator("#notices")).to_contain_text("The child can see that you are coming at")
    shown = amir.sees()
    assert (shown["state"], shown["with"]["name"]) == ("coming", "Mrs Ali")
    assert shown["at"]

    expect(card(novak)).to_contain_text("Mrs Ali has it, coming at")
    card(novak).get_by_text("Take over").click()
    card(novak).get_by_role("button", name="Coming now").click()
    expect(card(novak)).to_contain_text("You have it, coming now")
    expect(card(ali)).to_contain_text("Ms Novak has it, coming now")
    assert amir.sees()["with"]["name"] == "Ms Novak"

    card(novak).get_by_role("button", name="We talked").click()
    expect(card(ali)).to_have_count(0)
    expect(ali).to_have_title("Treetops")
    assert amir.sees()["state"] == "talked"


def test_who_presses_too_late_reads_who_has_it(phone: Open, desktop: Open, amir: Child, console: Console) -> None:
    console.expect("409")
    novak = desktop("novak")
    amir.asks("ali")
    expect(card(novak)).to_be_visible()
    novak.route("**/staff/board", lambda route: route.abort())  # her screen does not hear of it in time
    console.expect("ERR_FAILED")
    ali = phone("ali")
    card(ali).get_by_role("button", name="I’ve seen it").tap()
    expect(card(ali)).to_contain_text("You have it")
    card(novak).get_by_text("Answer", exact=True).click()
    card(novak).get_by_role("button", name="Coming now").click()
    expect(novak.locator("#notices")).to_contain_text("Mrs Ali has this request.")
    expect(card(novak)).to_contain_text("Mrs Ali has it")
    assert amir.sees()["with"]["name"] == "Mrs Ali"


def test_handing_over_by_the_list(phone: Open, amir: Child) -> None:
    ali, shah = phone("ali"), phone("shah")
    amir.asks("ali")
    card(ali).get_by_text("Hand over").first.tap()
    choose_to_hand_over(ali, "Mr Shah")
    card(ali).get_by_role("button", name="Hand over").tap()
    expect(card(shah)).to_contain_text("Handed over to you")
    expect(card(ali)).to_contain_text("Handed over to Mr Shah, no answer yet")


def test_what_the_child_takes_back_goes_from_every_screen(phone: Open, desktop: Open, amir: Child) -> None:
    ali, novak = phone("ali"), desktop("novak")
    amir.asks("ali")
    expect(card(ali)).to_be_visible()
    expect(card(novak)).to_be_visible()
    amir.takes_it_back()
    expect(card(ali)).to_have_count(0)
    expect(card(novak)).to_have_count(0)


def test_what_somebody_is_doing_survives_a_change(
    desktop: Open, amir: Child, child: Callable[[str], Child]
) -> None:
    ali = desktop("ali")
    amir.asks("ali")
    card(ali).get_by_text("Coming at").first.click()
    time_of_day = card(ali).get_by_label("Coming at")
    time_of_day.fill("23:50")
    child("zofia").asks("okafor")  # not hers: nothing changes
    amir.cannot_wait()
    expect(card(ali)).to_contain_text("Cannot wait")
    expect(time_of_day).to_be_visible()
    expect(time_of_day).to_have_value("23:50")
    expect(time_of_day).to_be_focused()


def test_the_server_goes_away_and_comes_back(phone: Open, server: Server, amir: Child, console: Console) -> None:
    console.expect("ERR_|Failed to load resource")
    ali = phone("ali")
    is_live(ali)
    server.stop()
    expect(ali.locator("#live")).to_have_text("No connection: trying again")
    server.start()
    amir.asks("ali")
    expect(card(ali)).to_be_visible()
    expect(ali.locator("#live")).to_have_text("Live")


def test_an_answer_that_cannot_be_sent_is_said_and_can_be_sent_again(
    phone: Open, server: Server, amir: Child, console: Console
) -> None:
    console.expect("ERR_|Failed to load resource")
    ali = phone("ali")
    amir.asks("ali")
    expect(card(ali)).to_be_visible()
    server.stop()
    card(ali).get_by_role("button", name="Coming now").tap()
    expect(ali.locator("#notices")).to_contain_text("That was not sent")
    server.start()
    card(ali).get_by_role("button", name="Coming now").tap()
    expect(card(ali)).to_contain_text("You have it, coming now")


def test_past_the_last_place_the_board_polls_and_says_so(
    phone: Open, server: Server, amir: Child, console: Console
) -> None:
    console.expect("503")
    with server.app.app_context():
        bell = doorbell()
    while bell.sit_down(SOMEBODY):
        pass
    ali = phone("ali")
    expect(ali.locator("#live")).to_have_text("Checking every 5 seconds")
    amir.asks("ali")
    expect(card(ali)).to_be_visible()


def test_an_account_that_was_closed_is_led_to_the_sign_in_page(
    phone: Open, server: Server, amir: Child, console: Console
) -> None:
    console.expect("401")
    ali = phone("ali")
    is_live(ali)
    with server.database(), writing() as session:
        session.execute(update(Account).where(Account.email == email_of("ali")).values(active=False))
    amir.asks("ali")
    expect(ali.get_by_role("heading", name="Sign in")).to_be_visible()


@contextmanager
def live_boards_become(server: Server, number: int) -> Iterator[None]:
    """What is done inside must leave this many boards live, as soon as the server has noticed."""
    with server.app.app_context():
        bell = doorbell()
    tell_server, reached = bell.on_seats_changed, threading.Event()
    assert tell_server is not None

    def watch(boards: int) -> None:
        tell_server(boards)
        if boards == number:
            reached.set()

    bell.on_seats_changed = watch
    yield
    assert reached.wait(PATIENCE_SECONDS) or bell.listening == number
    bell.on_seats_changed = tell_server


def test_tabs_of_one_browser_share_a_place_and_the_last_one_open_keeps_it(
    phone: Open, server: Server, amir: Child, child: Callable[[str], Child]
) -> None:
    first = phone("ali")
    is_live(first)
    with live_boards_become(server, 2), live_boards_become(server, 1):
        second = first.context.new_page()
        second.goto(f"{server.url}/staff/")
        is_live(second)
    is_live(first)
    amir.asks("ali")
    expect(card(first)).to_be_visible()
    expect(card(second)).to_be_visible()
    second.close()
    child("amir").asks("ali", cannot_wait=True)
    expect(first.get_by_text("Cannot wait")).to_be_visible()
    is_live(first)


def test_a_closed_tab_gives_its_place_back(phone: Open, server: Server) -> None:
    ali = phone("ali")
    is_live(ali)
    with live_boards_become(server, 0):
        ali.close()
