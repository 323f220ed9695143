"""While a child waits, the screen tells the truth about the request."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from playwright.sync_api import Page, Route, expect
from sqlalchemy import update

from kiosk.audit import KEYBOARD
from kiosk.chats.models import Chat
from kiosk.db import utc_now, writing
from kiosk.school.store import change_setting
from tests.browser.conftest import Console
from tests.browser.patience import eventually, until_true
from tests.browser.running import Server
from tests.browser.tablet.way import GONE, SOMEONE_WAITS, Way, has_been_seen, hold

SECOND = 1_000


def sees_and_hears(way: Way, news: str) -> None:
    way.sees(news)
    expect(way.page.locator("#news")).to_have_text(news)


def test_each_answer_is_shown_and_said(open_way: Callable[..., Way], at_noon: str) -> None:
    way = open_way(timezone_id=at_noon)
    way.ask_mrs_ali().sees("We have asked Mrs Ali.")
    expect(way.page.locator(".stations")).to_have_attribute("data-reached", "asked")
    way.answers("ali", "seen")
    sees_and_hears(way, "Mrs Ali has seen it.")
    expect(way.page.locator(".stations")).to_have_attribute("data-reached", "seen")
    half_past_ten = datetime.now(ZoneInfo(at_noon)).replace(hour=10, minute=30)
    way.answers("ali", "coming", coming_at=half_past_ten)
    with way.server.database(), writing() as session:  # whatever the time is now, it is not late
        session.execute(update(Chat).values(due_at=utc_now() + timedelta(hours=1)))
    sees_and_hears(way, "Mrs Ali is coming at 10:30.")
    way.answers("ali", "coming")
    sees_and_hears(way, "Mrs Ali is coming now.")
    way.answers("ali", "handed_over", to_adult_id=way.server.school.adults["novak"])
    sees_and_hears(way, "Now we have asked Ms Novak.")
    way.answers("novak", "talked")
    sees_and_hears(way, "You and Ms Novak have talked.")
    way.press("Finish").sees("Who are you?")


def test_every_answer_there_can_be_is_picture_words_and_speech(way: Way) -> None:
    told = way.page.evaluate(
        """() => [...document.querySelectorAll("template")].map((one) => one.id.match(/^t-news-(.+)$/)?.[1])
          .filter(Boolean).map((name) => {
            const next = document.getElementById(`t-next-${name}`).content.firstElementChild;
            const news = document.getElementById(`t-news-${name}`).content.textContent.trim();
            return [name, news.length > 0, "spoken" in next.dataset, next.querySelector("svg") !== null];
          })"""
    )
    assert len(told) >= 20
    assert [one for one in told if one[1:] != [True, True, True]] == []


def test_a_time_is_told_in_the_schools_zone_wherever_the_tablet_thinks_it_is(
    open_way: Callable[..., Way], at_noon: str
) -> None:
    way = open_way(timezone_id="Australia/Darwin").ask_mrs_ali()  # half an hour off every school's clock
    expect(way.page.locator(".stations")).to_be_visible()
    this_minute = datetime.now(ZoneInfo(at_noon))
    way.answers("ali", "coming", coming_at=this_minute)
    sees_and_hears(way, f"Mrs Ali is coming at {this_minute.hour}:{this_minute:%M}.")


def test_a_browser_that_does_not_know_the_schools_zone_tells_its_own_time(
    open_tablet: Callable[..., Page], server: Server, at_noon: str
) -> None:
    page = open_tablet(timezone_id=at_noon)
    page.add_init_script(
        """Intl.DateTimeFormat = class extends Intl.DateTimeFormat {
          constructor(lang, options) {
            if (options?.timeZone?.startsWith("Etc/GMT")) throw new RangeError("Invalid time zone");
            super(lang, options);
          }
        };"""
    )
    way = Way(page, server).open().ask_mrs_ali()
    expect(page.locator(".stations")).to_be_visible()
    this_minute = datetime.now(ZoneInfo(at_noon))
    way.answers("ali", "coming", coming_at=this_minute)
    sees_and_hears(way, f"Mrs Ali is coming at {this_minute.hour}:{this_minute:%M}.")


def test_answers_are_asked_for_every_second_while_a_child_looks_and_less_often_otherwise(
    open_way: Callable[..., Way],
) -> None:
    way = open_way(clock=True)
    expect(way.ask_mrs_ali().page.locator(".stations")).to_be_visible()
    way.settle()
    way.stop_time()
    for _ in range(3):
        way.asks_again("**/tablet/chats/*", SECOND // 10)
    way.button("Start").tap()
    way.sees("Who are you?")
    for _ in range(3):
        way.asks_again("**/tablet/chats", 3 * SECOND // 10)


def test_i_am_ok_now_ends_it(way: Way) -> None:
    way.ask_mrs_ali()
    expect(way.page.locator(".stations")).to_be_visible()
    with way.page.expect_response("**/cancel"):
        way.press("I’m OK now")
    way.sees("You are OK now.")
    assert [chat.state for chat in way.chats()] == ["cancelled"]
    way.press("Finish", "Amir").sees("How are you, Amir?")


def test_i_cannot_wait_tells_everyone_on_duty(way: Way) -> None:
    way.ask_mrs_ali()
    expect(way.page.locator(".stations")).to_be_visible()
    way.press("I can’t wait")
    expect(way.page.locator(".hurry")).to_have_text("We told everyone on duty.")
    expect(way.button("I can’t wait")).to_have_count(0)
    assert [chat.cannot_wait for chat in way.chats()] == [True]


def test_i_cannot_wait_is_not_said_to_be_done_before_it_is(way: Way, console: Console) -> None:
    console.expect(GONE)
    way.ask_mrs_ali()
    expect(way.page.locator(".stations")).to_be_visible()
    way.server.stop()
    way.press("I can’t wait")
    expect(way.page.locator(".hurry")).to_have_text("We could not tell them yet.")
    expect(way.page.locator(".go-to")).to_have_text("Go to the school office now. Tell a grown-up there.")
    way.server.start()
    expect(way.page.locator(".hurry")).to_have_text("We told everyone on duty.")


def test_when_nobody_answers_it_says_so_and_where_to_go(way: Way) -> None:
    way.ask_mrs_ali().sees("We have asked Mrs Ali.")
    with way.server.database(), writing() as session:
        session.execute(update(Chat).values(due_at=utc_now() - timedelta(seconds=1)))
    sees_and_hears(way, "Nobody has answered yet.")
    told = way.page.locator(".status > p")
    expect(told).to_have_text(
        [
            "Go to the school office now. Tell a grown-up there.",
            "We are sorry. It is not your fault.",
            "You can also ring Childline: 0800 1111. It is free.",
        ]
    )


def test_when_the_server_is_not_heard_any_more_the_child_is_told_where_to_go(
    open_way: Callable[..., Way], console: Console
) -> None:
    console.expect(GONE)
    way = open_way(clock=True).ask_mrs_ali()
    page = way.page
    expect(page.locator(".stations")).to_be_visible()
    expect(page.locator(".unreached")).to_be_hidden()
    way.server.stop()
    page.locator("html[data-unreached]").wait_for()
    expect(page.locator(".unreached")).to_be_visible()
    way.sees("We have asked Mrs Ali.")
    for _ in range(4):
        page.clock.run_for(15 * SECOND)
        page.locator("#question").click()  # The child is still here.
    sees_and_hears(way, "We cannot hear from Mrs Ali just now.")
    expect(page.locator(".status > p")).to_have_text(
        [
            "Go to the school office now. Tell a grown-up there.",
            "Your message was sent. The Wi-Fi is not working now.",
        ]
    )
    way.press("Start", "Amir").sees("We cannot hear from Mrs Ali just now.")
    way.server.start()
    eventually(
        page,
        """asked => {
          dispatchEvent(new Event("online"));  // Wi-Fi comes and goes: the first try may come too early.
          return document.querySelector("#question").textContent === asked;
        }""",
        "We have asked Mrs Ali.",
    )
    sees_and_hears(way, "We have asked Mrs Ali.")
    expect(page.locator(".go-to")).to_have_count(0)
    expect(page.locator(".unreached")).to_be_hidden()


def test_while_school_is_closed_the_child_is_told_when_it_opens(
    open_way: Callable[..., Way], at_noon: str
) -> None:
    way = open_way(timezone_id=at_noon)
    in_two_days = datetime.now(ZoneInfo(at_noon)) + timedelta(days=2)
    with way.server.database():
        change_setting("school_days", f"{in_two_days:%a}".lower(), KEYBOARD)
        change_setting("school_hours", "08:45-15:15", KEYBOARD)
    way.ask_mrs_ali()
    sees_and_hears(way, "School is closed now.")
    expect(way.page.locator(".status-next")).to_have_text(
        f"Your message is kept. It comes first when school opens on {in_two_days:%A} at 8:45. "
        "If you need someone now, tell a grown-up near you."
    )


def test_after_school_nobody_is_said_to_come_and_nobody_is_sent_to_the_office(
    open_way: Callable[..., Way], at_noon: str
) -> None:
    """Said at 15:28 but not done, "Mrs Ali is coming now" is untrue all night; the office is closed, too."""
    way = open_way(timezone_id=at_noon)
    way.ask_mrs_ali().sees("We have asked Mrs Ali.")
    way.answers("ali", "coming")
    way.sees("Mrs Ali is coming now.")
    in_two_days = datetime.now(ZoneInfo(at_noon)) + timedelta(days=2)
    with way.server.database():
        change_setting("school_days", f"{in_two_days:%a}".lower(), KEYBOARD)
        change_setting("school_hours", "08:45-15:15", KEYBOARD)
    way.sees("Mrs Ali is coming now.")
    with way.server.database(), writing() as session:
        session.execute(update(Chat).values(since=utc_now() - timedelta(minutes=11)))
    way.stays()
    way.sees("School is closed now.")
    expect(way.page.locator(".stations")).to_have_attribute("data-reached", "seen")
    way.nobody_answers()
    way.sees("School is closed now.")
    expect(way.page.locator(".go-to")).to_have_count(0)


def test_when_not_one_adult_could_be_told_the_child_hears_it_at_once(
    open_tablet: Callable[..., Page], server: Server
) -> None:
    page = open_tablet(service_workers="block")

    def nobody_is_here(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, json={**answer.json(), "overdue": True, "nobody_here": True})

    page.route("**/tablet/chats/*", nobody_is_here)
    Way(page, server).open().ask_mrs_ali().sees("No grown-up can see this now.")
    expect(page.locator(".go-to")).to_have_text("Go to the school office now. Tell a grown-up there.")
    expect(page.locator(".childline")).to_be_visible()


def test_a_child_who_waits_sees_their_request_first_and_can_say_how_they_are(way: Way) -> None:
    way.ask_mrs_ali()
    expect(way.page.locator(".stations")).to_be_visible()
    way.press("Start", "Amir").sees("We have asked Mrs Ali.")
    with way.page.expect_response("**/tablet/check-ins"):
        way.press("Say how I feel", "2 Okay")
    assert [step for _pupil, step in way.check_ins()] == [4, 2]
    way.press("Not now", "Zofia").sees("How are you, Zofia?")


def test_a_quiet_sign_stands_on_the_tile_until_the_child_has_looked(open_way: Callable[..., Way]) -> None:
    way = open_way().ask_mrs_ali()
    expect(way.page.locator(".stations")).to_be_visible()
    way.press("Start").sees("Who are you?")
    expect(way.page.locator(".tile-news")).to_have_count(0)
    way.answers("ali", "seen")
    expect(way.button("Amir")).to_have_accessible_name("Amir . There is an answer for you.")
    expect(way.button("Zofia")).to_have_accessible_name("Zofia")
    assert "Mrs Ali" not in way.words()
    way.press("Amir").sees("Mrs Ali has seen it.")
    way.press("Start").sees("Who are you?")
    expect(way.page.locator(".tile-news")).to_have_count(0)


def test_a_request_made_on_another_tablet_of_the_class_is_known_here(open_way: Callable[..., Way]) -> None:
    first, second = open_way(), open_way(prompt=True)
    first.ask_mrs_ali()
    expect(first.page.locator(".stations")).to_be_visible()
    second.press("Amir").sees("We have asked Mrs Ali.")
    second.press("Say how I feel", "2 Okay").sees("Would you like to talk to someone?")


def test_a_request_that_is_heard_of_late_is_found_after_the_step(open_way: Callable[..., Way]) -> None:
    first, second = open_way(), open_way(service_workers="block", unhurried=True)
    held = hold(second.page, "**/tablet/chats")
    first.ask_mrs_ali()
    expect(first.page.locator(".stations")).to_be_visible()
    second.press("Amir")
    until_true(second.page, lambda: bool(held), "the tablet asks how the requests stand")
    has_been_seen(second.page)
    held[0].continue_()
    eventually(second.page, SOMEONE_WAITS)
    second.sees("How are you, Amir?")
    second.press("4 Upset").sees("We have asked Mrs Ali.")
    second.press("Take it back").sees("How are you, Amir?")


def test_breathing_moves_only_when_asked_and_allowed(open_way: Callable[..., Way]) -> None:
    for motion, moves in (("no-preference", "breathe"), ("reduce", "none")):
        way = open_way(reduced_motion=motion).press("Amir", "Skip", "Mr Okafor", "Yes, ask")
        picture = way.page.locator(".breathe-picture")
        expect(picture).to_have_css("animation-name", "none")
        way.press("Breathe slowly")
        expect(picture).to_have_css("animation-name", moves)
        with way.page.expect_response("**/cancel"):
            way.press("I’m OK now", "Finish")
