"""The tablet works when the Wi-Fi does not: taps are kept and sent once, and the child is told the truth."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, Route, expect
from sqlalchemy import select, update

from kiosk.db import db, utc_now, writing
from kiosk.feelings.models import CheckIn
from kiosk.people.models import Pupil
from tests.browser.conftest import Console
from tests.browser.patience import eventually
from tests.browser.running import Server
from tests.browser.tablet.way import GONE, Way


@pytest.fixture
def kept(open_way: Callable[..., Way]) -> Way:
    """A tablet whose service worker has kept the page."""
    way = open_way(unhurried=True)
    way.page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    return way


@pytest.fixture
def offline(console: Console) -> None:
    """The tests' own doing."""
    console.expect(GONE)


@pytest.mark.usefixtures("offline")
def test_a_check_in_without_the_server_is_sent_once_when_it_is_back(kept: Way) -> None:
    kept.server.stop()
    kept.press("Amir", "4 Upset").sees("Would you like to talk to someone?")
    kept.press("Not now", "Zofia", "1 Calm", "Not now").sees("Who are you?")
    kept.server.start()
    kept.page.evaluate("dispatchEvent(new Event('online'))")
    expect_no_more_to_send(kept.page)
    pupils = kept.server.school.pupils
    assert kept.check_ins() == [(pupils["amir"], 4), (pupils["zofia"], 1)]


@pytest.mark.usefixtures("offline")
def test_the_page_opens_without_the_server_and_what_was_kept_is_sent_after_it(kept: Way) -> None:
    kept.server.stop()
    kept.press("Amir", "2 Okay").sees("Would you like to talk to someone?")
    kept.open().press("Zofia", "5 I need help").sees("Would you like to talk to someone?")
    kept.open()
    kept.server.start()
    kept.open()
    expect_no_more_to_send(kept.page)
    pupils = kept.server.school.pupils
    assert kept.check_ins() == [(pupils["amir"], 2), (pupils["zofia"], 5)]


@pytest.mark.usefixtures("offline")
def test_a_request_that_is_not_sent_yet_says_so_and_where_to_go(kept: Way) -> None:
    kept.server.stop()
    kept.ask_mrs_ali().sees("Not sent yet.")
    expect(kept.page.locator(".go-to")).to_have_text("Go to the school office now. Tell a grown-up there.")
    kept.press("Start", "Amir").sees("Not sent yet.")
    kept.server.start()
    kept.page.evaluate("dispatchEvent(new Event('online'))")
    kept.sees("We have asked Mrs Ali.")
    assert len(kept.chats()) == 1


@pytest.mark.usefixtures("offline")
def test_a_request_taken_back_before_it_was_sent_is_never_sent(kept: Way) -> None:
    kept.page.context.set_offline(True)
    kept.press("Amir", "Skip", "Mrs Ali")
    kept.server.stop()
    kept.press("Yes, ask", "Take it back").sees("Would you like to talk to someone?")
    kept.server.start()
    kept.page.context.set_offline(False)
    kept.press("Mr Okafor", "Yes, ask").sees("We have asked Mr Okafor.")
    expect(kept.page.locator(".stations")).to_be_visible()
    expect_no_more_to_send(kept.page)
    assert [chat.state for chat in kept.chats() if chat.state != "cancelled"] == ["asked"]


@pytest.mark.usefixtures("offline")
def test_all_that_was_said_about_a_request_is_taken_back_with_it(kept: Way) -> None:
    kept.server.stop()
    kept.press("Amir", "3 Wobbly")
    kept.press("Mrs Ali", "Yes, ask", "I can’t wait", "I’m OK now").sees("You are OK now.")
    kept.press("Finish").sees("Who are you?")  # it cannot be taken back any more
    eventually(
        kept.page,
        """() => import('/static/js/tablet/outbox.js')
          .then((outbox) => outbox.waiting().map((entry) => entry.path).join() === "/tablet/check-ins")""",
    )  # which holds up the rest, so nothing else was tried
    kept.server.start()
    kept.page.evaluate("dispatchEvent(new Event('online'))")
    expect_no_more_to_send(kept.page)
    assert kept.chats() == []


@pytest.mark.usefixtures("offline")
def test_an_answer_that_was_lost_on_its_way_counts_once(open_tablet: Callable[..., Page], way: Way) -> None:
    page = open_tablet(service_workers="block")
    lost: list[str] = []

    def lose_the_first(route: Route) -> None:
        if lost:
            route.continue_()
            return
        lost.append(route.request.post_data or "")
        assert route.fetch().status == 201
        route.abort()

    page.route("**/tablet/check-ins", lose_the_first)
    with page.expect_response(lambda answer: answer.url.endswith("/check-ins") and answer.status == 200) as again:
        Way(page, way.server).open().press("Amir", "3 Wobbly")
    assert again.value.request.post_data == lost[0]
    assert [step for _pupil, step in way.check_ins()] == [3]


def test_a_login_page_of_the_wi_fi_is_not_taken_for_an_answer(open_tablet: Callable[..., Page], way: Way) -> None:
    page = open_tablet(service_workers="block")
    page.route(
        "**/tablet/chats",
        lambda route: route.fulfill(
            status=200, content_type="text/html", body="<title>Sign in to the Wi-Fi</title>"
        ),
        times=1,
    )
    other = Way(page, way.server).open()
    other.ask_mrs_ali().sees("We have asked Mrs Ali.")
    expect(page.locator(".stations")).to_be_visible()
    assert len(way.chats()) == 1


def test_a_server_that_stumbles_over_one_entry_still_gets_those_behind_it(
    open_tablet: Callable[..., Page], way: Way, console: Console
) -> None:
    console.expect("503")
    page = open_tablet(service_workers="block")
    page.route("**/tablet/check-ins", lambda route: route.fulfill(status=503, json={"error": "Busy."}))
    other = Way(page, way.server).open()
    other.ask_mrs_ali()
    expect(page.locator(".stations")).to_be_visible()
    assert [chat.state for chat in way.chats()] == ["asked"]
    assert way.check_ins() == []


@pytest.mark.usefixtures("offline")
def test_a_tablet_that_refuses_storage_still_sends(open_tablet: Callable[..., Page], way: Way) -> None:
    page = open_tablet(service_workers="block")
    page.add_init_script(
        "Object.defineProperty(window, 'indexedDB', { get() { throw new DOMException('no', 'SecurityError'); } })"
    )
    other = Way(page, way.server).open()
    other.server.stop()
    other.press("Amir", "3 Wobbly", "Mrs Ali", "Yes, ask").sees("Not sent yet.")
    other.server.start()
    page.evaluate("dispatchEvent(new Event('online'))")
    other.sees("We have asked Mrs Ali.")
    assert [step for _pupil, step in way.check_ins()] == [3]
    assert [chat.state for chat in way.chats()] == ["asked"]


def test_a_mistake_of_ours_stops_neither_sending_nor_asking(way: Way, console: Console) -> None:
    console.expect("broken for now")
    break_calls = """() => {
      window.Whole = window.AbortController;
      window.AbortController = class { constructor() { throw new Error("broken for now"); } };
    }"""
    way.page.evaluate(break_calls)
    with way.page.expect_event("pageerror"):
        way.press("Amir", "4 Upset")
    way.page.evaluate("() => { window.AbortController = window.Whole; }")
    way.press("Mrs Ali", "Yes, ask")
    expect(way.page.locator(".stations")).to_be_visible()
    way.answers("ali", "seen")
    way.sees("Mrs Ali has seen it.")
    assert [step for _pupil, step in way.check_ins()] == [4]


def test_a_listener_that_fails_keeps_no_other_from_hearing(way: Way, console: Console) -> None:
    console.expect("deaf")
    heard = way.page.evaluate(
        """async () => {
          const { makeSignal } = await import("/static/js/tablet/signal.js");
          const [signal, heard] = [makeSignal(), []];
          signal.listen(() => { throw new Error("deaf"); });
          signal.listen((said) => heard.push(said));
          signal("hello");
          return heard;
        }"""
    )
    assert heard == ["hello"]


UNTIL_ALL_IS_SENT = """async () => {
  const outbox = await import("/static/js/tablet/outbox.js");
  for (let looks = 0; outbox.waiting().length; looks += 1) {
    if (looks > 1000) throw new Error("something was never sent");
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}"""
KEPT_ON_DISK = """() => new Promise((resolve) => {
  const opened = indexedDB.open("treetops");
  opened.onsuccess = () => {
    const all = opened.result.transaction("outbox").objectStore("outbox").getAll();
    all.onsuccess = () => { opened.result.close(); resolve(all.result.map((entry) => entry.body.step)); };
  };
})"""


@pytest.mark.usefixtures("offline")
def test_two_pages_of_one_tablet_keep_apart_and_send_each_tap_once(kept: Way) -> None:
    other = Way(kept.page.context.new_page(), kept.server).open()
    kept.server.stop()
    kept.press("Amir", "4 Upset").sees("Would you like to talk to someone?")
    other.press("Zofia", "2 Okay").sees("Would you like to talk to someone?")
    third = Way(kept.page.context.new_page(), kept.server).open()  # takes up what both have kept
    eventually(third.page, f"() => ({KEPT_ON_DISK})().then((steps) => steps.join() === '4,2')")
    sent: list[str] = []
    kept.page.context.on(
        "response", lambda answer: sent.append(answer.url) if answer.url.endswith("/check-ins") else None
    )
    kept.server.start()
    for way in (kept, other, third):
        way.page.evaluate("dispatchEvent(new Event('online'))")
    for way in (kept, other, third):
        way.page.evaluate(UNTIL_ALL_IS_SENT)
    assert sorted(step for _pupil, step in kept.check_ins()) == [2, 4]
    assert len(sent) == 2


@pytest.mark.usefixtures("offline")
def test_nothing_is_sent_before_the_token_for_it_has_come(open_way: Callable[..., Way]) -> None:
    way = open_way(service_workers="block", unhurried=True)
    page, sent = way.page, []
    page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    page.route("**/tablet/roster", lambda route: route.abort())
    way.open().press("Amir", "2 Okay").sees("Would you like to talk to someone?")
    for _try in range(2):
        page.wait_for_event("requestfailed", lambda request: request.url.endswith("/tablet/roster"))
    assert sent == []
    page.unroute("**/tablet/roster")
    with page.expect_response("**/tablet/check-ins") as heard:
        page.evaluate("dispatchEvent(new Event('online'))")
    assert heard.value.status == 201
    assert len(sent) == 1


def test_a_disk_that_never_answers_keeps_nothing_from_being_sent(
    open_tablet: Callable[..., Page], server: Server
) -> None:
    page = open_tablet()
    page.clock.install()
    way = Way(page, server).open()
    page.evaluate(
        """() => {
          const silent = { put() {}, delete() {}, count: () => ({}) };
          IDBDatabase.prototype.transaction = () => ({ objectStore: () => silent });
        }"""
    )
    way.press("Amir", "4 Upset").sees("Would you like to talk to someone?")
    with page.expect_response("**/tablet/check-ins"):
        page.clock.run_for(3_000)
        page.clock.run_for(3_000)
    assert [step for _pupil, step in way.check_ins()] == [4]


@pytest.mark.usefixtures("offline")
def test_storage_that_was_closed_is_opened_again(kept: Way) -> None:
    kept.page.evaluate(
        """() => new Promise((resolve) => {  // as another page that forgets everything
          const gone = indexedDB.deleteDatabase("treetops");
          gone.onsuccess = () => resolve();
        })"""
    )
    kept.server.stop()
    kept.press("Amir", "4 Upset").sees("Would you like to talk to someone?")
    eventually(kept.page, f"() => ({KEPT_ON_DISK})().then((steps) => steps.length === 1)")


FORTY_DAYS = timedelta(days=40)


def test_a_clock_that_is_weeks_behind_loses_nothing(open_tablet: Callable[..., Page], server: Server) -> None:
    page = open_tablet()
    page.clock.install(time=datetime.now(UTC) - FORTY_DAYS)
    way = Way(page, server).open().ask_mrs_ali()
    expect(page.locator(".stations")).to_be_visible()
    [chat] = way.chats()
    assert chat.asked_for_id == server.school.adults["ali"]
    assert abs(chat.asked_at - utc_now()) < timedelta(minutes=2)
    assert len(way.check_ins()) == 1


@pytest.mark.usefixtures("offline")
@pytest.mark.parametrize("behind", [timedelta(days=3), FORTY_DAYS], ids=["days", "weeks"])
def test_what_was_said_before_the_clock_was_known_is_sent_with_a_better_time(
    open_tablet: Callable[..., Page], server: Server, behind: timedelta
) -> None:
    """Also where the server would take the time that the tablet thought it was."""
    page = open_tablet()
    page.clock.install(time=datetime.now(UTC) - behind)
    way = Way(page, server).open()
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    server.stop()
    way.open().ask_mrs_ali().sees("Not sent yet.")
    server.start()
    page.evaluate("dispatchEvent(new Event('online'))")
    way.sees("We have asked Mrs Ali.")
    [chat] = way.chats()
    assert chat.asked_for_id == server.school.adults["ali"]
    assert abs(chat.asked_at - utc_now()) < timedelta(minutes=2)
    with server.database():
        [check_in] = db.session.scalars(select(CheckIn))
        assert (check_in.step, check_in.key) == (4, chat.check_in_key)
        assert abs(check_in.felt_at - utc_now()) < timedelta(minutes=2)


@pytest.mark.usefixtures("offline")
def test_what_is_refused_for_a_clock_that_went_wrong_goes_once_more_with_a_better_time(
    open_way: Callable[..., Way], console: Console
) -> None:
    console.expect("422")
    way = open_way(clock=True)
    way.page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    way.server.stop()
    way.page.clock.set_system_time(datetime.now(UTC) - FORTY_DAYS)
    way.ask_mrs_ali().sees("Not sent yet.")
    way.server.start()
    way.page.evaluate("dispatchEvent(new Event('online'))")
    way.sees("We have asked Mrs Ali.")
    [chat] = way.chats()
    assert chat.asked_for_id == way.server.school.adults["ali"]
    assert abs(chat.asked_at - utc_now()) < timedelta(minutes=2)
    assert len(way.check_ins()) == 1


@pytest.mark.usefixtures("offline")
def test_what_is_lost_with_a_child_who_is_elsewhere_is_told_to_a_grown_up(kept: Way, console: Console) -> None:
    console.expect("404")
    kept.server.stop()
    kept.press("Amir", "Skip", "Mrs Ali", "Yes, ask").sees("Not sent yet.")
    kept.press("Start")
    with kept.server.database(), writing() as session:
        session.execute(update(Pupil).where(Pupil.id == kept.server.school.pupils["amir"]).values(on_tablet=False))
    kept.server.start()
    kept.page.evaluate("dispatchEvent(new Event('online'))")
    expect(kept.page.locator(".tile-name")).to_have_text(["Zofia"])
    line = kept.button("A message was not sent. Please tell the office.")
    expect(line).to_be_visible()
    kept.open()
    expect(line).to_be_visible()
    line.tap()
    expect(line).to_have_count(0)
    kept.open()
    expect(line).to_have_count(0)
    assert kept.chats() == []


def test_a_step_that_is_refused_for_good_is_told_to_a_grown_up(way: Way, console: Console) -> None:
    console.expect("404")
    with way.server.database(), writing() as session:
        session.execute(update(Pupil).where(Pupil.id == way.server.school.pupils["amir"]).values(on_tablet=False))
    with way.page.expect_response("**/tablet/check-ins"):
        way.press("Amir", "4 Upset")
    way.press("Not now").sees("Who are you?")
    expect(way.button("A message was not sent. Please tell the office.")).to_be_visible()


@pytest.mark.usefixtures("offline")
def test_the_start_screen_says_when_there_is_no_wi_fi(kept: Way) -> None:
    notice = kept.page.locator(".unreached")
    expect(notice).to_be_hidden()
    kept.server.stop()
    kept.page.evaluate("dispatchEvent(new Event('online'))")
    expect(notice).to_have_text("No Wi-Fi just now. You can still tap. We send it later.")
    kept.server.start()
    kept.page.evaluate("dispatchEvent(new Event('online'))")
    expect(notice).to_be_hidden()


def test_only_the_page_and_its_files_are_kept(kept: Way) -> None:
    addresses = kept.page.evaluate(
        """async () => {
          const name = (await caches.keys()).find((one) => one !== "treetops-sounds");
          const kept = await (await caches.open(name)).keys();
          return kept.map((request) => new URL(request.url).pathname);
        }"""
    )
    assert {"/", "/manifest.webmanifest", "/static/js/tablet/main.js"} <= set(addresses)
    assert [a for a in addresses if not a.startswith("/static/")] == ["/", "/manifest.webmanifest"]


def expect_no_more_to_send(page: Page) -> None:
    """Until the outbox on the tablet's disk is empty."""
    eventually(
        page,
        """() => new Promise((resolve) => {
          const opened = indexedDB.open("treetops");
          opened.onsuccess = () => {
            const count = opened.result.transaction("outbox").objectStore("outbox").count();
            count.onsuccess = () => { opened.result.close(); resolve(count.result === 0); };
          };
        })""",
    )
