"""What waits for one child: cards, whether talking helped, planned times. For that child alone, here and now."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, expect

from kiosk.db import utc_now
from tests.browser.conftest import Console
from tests.browser.running import Server
from tests.browser.tablet.way import GONE, Way, has_been_seen, hold

FROM_MRS_ALI = "Mrs Ali thought of you."
WORDS = "I thought of you on Saturday."
TALK = "Would you like to talk to someone?"


def today() -> date:
    return datetime.now(ZoneInfo("Europe/London")).date()


@pytest.fixture
def way(open_way: Callable[..., Way]) -> Way:
    """A tablet that hears at once what waits, for a child in no hurry; what comes late has tests of its own."""
    return open_way(prompt=True, unhurried=True)


def comes(way: Way, who: str = "Amir") -> Way:
    """A child presses their tile, and what waits for them has been heard."""
    return way.hears(who)


def has_talked(way: Way) -> Way:
    """Amir has asked and talked, and is back at the start."""
    way.ask_mrs_ali().sees("We have asked Mrs Ali.")
    expect(way.page.locator(".stations")).to_be_visible()
    way.answers("ali", "talked")
    way.sees("You and Mrs Ali have talked.")
    return way.press("Finish")


def everything_kept(page: Page) -> str:
    """All that the page keeps on the device: the database, the caches, the two storages, as text."""
    kept: str = page.evaluate(
        """async () => {
          const parts = [localStorage, sessionStorage, history.state].map((one) => JSON.stringify(one));
          const result = (asked) => new Promise((done) => (asked.onsuccess = () => done(asked.result)));
          for (const { name } of await indexedDB.databases()) {
            const database = await result(indexedDB.open(name));
            for (const area of database.objectStoreNames) {
              parts.push(JSON.stringify(await result(database.transaction(area).objectStore(area).getAll())));
            }
            database.close();
          }
          for (const name of await caches.keys())
            for (const asked of await (await caches.open(name)).keys()) parts.push(asked.url);
          return parts.join();
        }"""
    )
    return kept


# --- cards


def test_a_card_is_found_after_the_step_and_waved_at(way: Way) -> None:
    way.leaves_card()
    comes(way).press("2 Okay").sees(FROM_MRS_ALI)
    expect(way.page.locator(".card-said")).to_have_text(WORDS)
    expect(way.page.locator(".card-from")).to_contain_text("Mrs Ali")
    way.press("Wave back").sees(TALK)
    expect(way.page.locator("#lead")).to_have_text("We tell Mrs Ali that you wave.")
    with way.page.expect_response("**/found") as sent:
        way.press("Not now")
    assert sent.value.status == 200
    assert way.cards() == [(WORDS, "waved")]
    comes(way).press("2 Okay").sees(TALK)


def test_one_card_at_a_time_and_what_was_done_can_be_taken_back(way: Way) -> None:
    way.leaves_card(words="The first.")
    way.leaves_card("okafor", "success", words="The second.", picture="kite-8")
    comes(way).press("Skip").sees(FROM_MRS_ALI)
    way.press("Keep it").sees("Mr Okafor saw what you can do.")
    way.press("Take it back").sees(FROM_MRS_ALI)
    way.press("Wave back").sees("Mr Okafor saw what you can do.")
    with way.page.expect_response("**/found"):
        way.press("Keep it").sees(TALK)
    with way.page.expect_response("**/found"):
        way.press("Start")
    assert way.cards() == [("The first.", "waved"), ("The second.", "kept")]


def test_not_now_leaves_a_card_for_the_next_time_and_a_sign_on_the_childs_own_screen(way: Way) -> None:
    way.leaves_card()
    comes(way).press("1 Calm").sees(FROM_MRS_ALI)
    way.press("Not now").sees(TALK)
    way.press("A card for you").sees(FROM_MRS_ALI)
    way.press("Not now", "Not now").sees("Who are you?")
    assert way.cards() == [(WORDS, None)]
    expect(way.page.locator(".tile-news")).to_have_count(0)  # It is private: no sign for others to see.
    comes(way).press("1 Calm").sees(FROM_MRS_ALI)


def test_on_a_hard_step_the_talk_is_offered_first(way: Way) -> None:
    way.leaves_card()
    comes(way).press("5 I need help").sees(TALK)
    expect(way.button("A card for you")).to_be_visible()


def test_a_card_can_be_found_while_waiting(way: Way) -> None:
    way.leaves_card()
    comes(way).press("4 Upset", "Mrs Ali", "Yes, ask").sees("We have asked Mrs Ali.")
    way.press("A card for you").sees(FROM_MRS_ALI)
    way.press("Keep it").sees("We have asked Mrs Ali.")
    expect(way.button("A card for you")).to_have_count(0)


def test_my_book_opens_beside_something_noticed(way: Way) -> None:
    way.leaves_card(kind="kindness", words="Yesterday.", found_at=utc_now(), left_at=utc_now() - timedelta(days=1))
    way.leaves_card(kind="friendship", words="Before.", found_at=utc_now(), left_at=utc_now() - timedelta(days=2))
    way.leaves_card(kind="success", words="Today.")
    comes(way).press("2 Okay").sees("Mrs Ali saw what you can do.")
    way.press("My book").sees("My book")
    expect(way.page.locator(".card-said")).to_have_text("Yesterday.")
    way.press("Next page")
    expect(way.page.locator(".card-said")).to_have_text("Before.")
    expect(way.button("Next page")).to_have_count(0)
    way.press("Page before", "Back to my card").sees("Mrs Ali saw what you can do.")


def test_held_in_mind_comes_without_the_book(way: Way) -> None:
    way.leaves_card(kind="kindness", words="Yesterday.", found_at=utc_now())
    way.leaves_card()
    comes(way).press("2 Okay").sees(FROM_MRS_ALI)
    expect(way.button("My book")).to_have_count(0)


# --- the child's own book, whenever they want it


def test_my_book_opens_from_the_childs_own_screens(way: Way) -> None:
    way.leaves_card(kind="kindness", words="Yesterday.", found_at=utc_now(), left_at=utc_now() - timedelta(days=1))
    comes(way).press("2 Okay").sees(TALK)
    way.press("My book").sees("My book")
    expect(way.page.locator(".card-said")).to_have_text("Yesterday.")
    way.press("Go back").sees(TALK)
    way.press("Mrs Ali", "Yes, ask").sees("We have asked Mrs Ali.")
    way.press("My book", "Go back").sees("We have asked Mrs Ali.")
    way.press("Start", "Zofia", "Skip").sees(TALK)
    expect(way.button("My book")).to_have_count(0)
    assert "Yesterday." not in way.words()
    assert "Yesterday." not in everything_kept(way.page)


def test_what_was_just_found_is_in_the_book_and_taken_back_it_is_not(way: Way) -> None:
    way.leaves_card(kind="success", words="Today.")
    comes(way).press("2 Okay", "Keep it").sees(TALK)
    way.press("My book")
    expect(way.page.locator(".card-said")).to_have_text("Today.")
    way.press("Go back").sees(TALK)
    way.press("Start")
    way.leaves_card(kind="success", words="Once more.")
    comes(way).press("2 Okay", "Keep it", "Take it back").sees("Mrs Ali saw what you can do.")
    way.press("My book")
    expect(way.page.locator(".card-said")).to_have_text("Today.")
    expect(way.button("Next page")).to_have_count(0)


def test_without_a_page_in_it_there_is_no_book(way: Way) -> None:
    way.leaves_card(kind="success", words="Not found yet.")
    comes(way).press("4 Upset").sees(TALK)
    expect(way.button("My book")).to_have_count(0)


def test_the_book_does_not_stay_when_the_child_has_gone(open_way: Callable[..., Way]) -> None:
    way = open_way(clock=True, prompt=True)
    way.leaves_card(kind="kindness", words="Yesterday.", found_at=utc_now())
    comes(way).press("2 Okay", "My book").sees("My book")
    way.page.clock.run_for(41_000)
    way.sees("Who are you?")
    assert "Yesterday." not in way.words()


# --- nobody else, and nothing kept


def test_another_child_on_the_same_tablet_sees_none_of_it(way: Way) -> None:
    has_talked(way)
    way.leaves_card()
    way.promises(today(), time(9, 10))
    comes(way).sees("Did talking help?")
    way.press("Yes", "2 Okay", "Not now")
    expect(way.page.locator(".planned")).to_be_visible()
    comes(way.press("Start"), "Zofia").press("2 Okay").sees(TALK)
    words = way.words()
    assert [one for one in (WORDS, "9:10", "A card for you", "planned-day") if one in words] == []


def test_what_is_heard_after_a_child_has_gone_is_not_shown_to_the_next(
    open_tablet: Callable[..., Page], server: Server
) -> None:
    page = open_tablet(service_workers="block")
    late = hold(page, f"**/pupils/{server.school.pupils['amir']}/waiting")
    way = Way(page, server).open()
    way.leaves_card()
    with page.expect_request("**/waiting"):
        way.press("Amir")
    way.press("Start")
    comes(way, "Zofia").press("2 Okay")
    with page.expect_response(f"**/pupils/{server.school.pupils['amir']}/waiting"):
        late[0].continue_()
    way.press("Not now", "Zofia", "2 Okay").sees(TALK)
    assert WORDS not in way.words()


def test_nothing_of_it_is_kept_on_the_tablet(way: Way) -> None:
    way.leaves_card()
    way.promises(today(), time(9, 10), "draw")
    comes(way).press("2 Okay").sees(FROM_MRS_ALI)
    while_shown = everything_kept(way.page)
    assert "Amir" in while_shown  # the roster is kept, so that this would find what is
    for kept in (while_shown, everything_kept(way.press("Start").page)):
        assert WORDS not in kept
        assert "sun-1" not in kept
        assert "09:10" not in kept
        assert "/pupils/" not in kept


def test_without_the_network_nothing_is_shown_and_nothing_is_in_the_way(way: Way, console: Console) -> None:
    console.expect(GONE)
    way.leaves_card()
    way.promises(today(), time(9, 10))
    way.server.stop()
    way.press("Amir", "2 Okay").sees(TALK)
    expect(way.page.locator(".planned")).to_have_count(0)
    expect(way.button("A card for you")).to_have_count(0)


def test_what_a_child_answers_without_the_network_is_sent_later_once(way: Way, console: Console) -> None:
    console.expect(GONE)
    has_talked(way)
    way.leaves_card()
    comes(way).sees("Did talking help?")
    way.server.stop()
    way.press("A bit", "2 Okay").sees(FROM_MRS_ALI)
    way.press("Keep it").press("Start").sees("Who are you?")
    with way.page.expect_response("**/found"):
        way.server.start()
        way.page.evaluate("dispatchEvent(new Event('online'))")
    assert (way.said_helped(), way.cards()) == (["a_bit"], [(WORDS, "kept")])


# --- did talking help?


def test_after_a_talk_the_child_is_asked_once_whether_it_helped_and_then_for_the_step(way: Way) -> None:
    comes(has_talked(way)).sees("Did talking help?")
    expect(way.page.locator("#lead")).to_have_text("You talked with a grown-up.")
    way.press("No").sees("How are you, Amir?")
    with way.page.expect_response("**/helped"):
        way.press("3 Wobbly").sees(TALK)
    assert way.said_helped() == ["no"]
    comes(way.press("Start")).sees("How are you, Amir?")


def test_whether_it_helped_can_be_taken_back(way: Way) -> None:
    comes(has_talked(way)).sees("Did talking help?")
    way.press("No", "Take it back").sees("Did talking help?")
    way.press("Yes").sees("How are you, Amir?")
    with way.page.expect_response("**/helped"):
        way.press("Start")
    assert way.said_helped() == ["yes"]


def test_a_child_who_goes_without_an_answer_is_not_asked_again(way: Way) -> None:
    comes(has_talked(way)).sees("Did talking help?")
    comes(way.press("Start")).sees("How are you, Amir?")
    way.press("1 Calm").sees(TALK)
    assert way.said_helped() == []


def test_a_question_that_comes_late_never_lands_under_a_finger(
    open_tablet: Callable[..., Page], server: Server
) -> None:
    page = open_tablet(service_workers="block")
    way = has_talked(Way(page, server).open())
    held = hold(page, "**/waiting")
    with page.expect_request("**/waiting"):
        way.press("Amir")
    has_been_seen(page)
    with page.expect_response("**/waiting"):
        held[0].continue_()
    way.sees("How are you, Amir?")
    way.press("2 Okay").sees("Did talking help?")
    way.press("A bit").sees(TALK)


# --- planned times


def test_a_planned_time_stands_in_pictures_on_the_childs_own_screens(
    open_way: Callable[..., Way], at_noon: str
) -> None:
    way = open_way(prompt=True, unhurried=True, timezone_id=at_noon)
    this_day = datetime.now(ZoneInfo(at_noon)).date()
    way.promises(this_day, time(9, 10), "draw")
    way.promises(this_day + timedelta(days=1), time(13, 30), who="okafor")
    comes(way).press("4 Upset").sees(TALK)
    first, second = way.page.locator(".planned").all()
    expect(first.locator(".planned-words")).to_have_text(
        "Your time with Mrs Ali: today at 9:10", use_inner_text=True
    )
    expect(first.get_by_role("img")).to_have_accessible_name("Draw")
    tomorrow = this_day + timedelta(days=1)
    expect(second.locator(".planned-words")).to_have_text(
        f"Your time with Mr Okafor: {tomorrow:%A} at 13:30", use_inner_text=True
    )
    expect(second.locator(".marked")).to_have_text(f"{tomorrow:%a}")
    expect(second.locator(".clock-hour")).to_have_attribute("transform", "rotate(405 32 32)")
    expect(second.locator(".clock-minute")).to_have_attribute("transform", "rotate(180 32 32)")
    way.press("Mrs Ali", "Yes, ask").sees("We have asked Mrs Ali.")
    expect(way.page.locator(".planned-words")).to_contain_text("today at 9:10")
