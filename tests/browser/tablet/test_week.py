"""A child looks back at their own week with an adult: opened from the adult's phone, for this child, once."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect
from sqlalchemy import select

from kiosk.audit import KEYBOARD
from kiosk.db import db, utc_now
from kiosk.feelings.models import StrategyUse
from kiosk.minding.rules import last_days
from kiosk.minding.week_on_tablet import open_week
from kiosk.people.high5 import AT_THE_KEYBOARD
from kiosk.people.near import NearAdult
from kiosk.people.set_up_tablet import WhoSetsUp, add_strategy, choose
from kiosk.school.store import local_now, school_calendar
from tests.browser.conftest import Console
from tests.browser.running import Server
from tests.browser.tablet.test_for_you import comes, everything_kept
from tests.browser.tablet.way import Way

WEEK = "My week"


@pytest.fixture
def way(open_way: Callable[..., Way]) -> Way:
    """A tablet that hears at once what waits, for a child in no hurry; what comes late has tests of its own."""
    return open_way(prompt=True, unhurried=True)


def opens(server: Server) -> None:
    """Mrs Ali opens Amir's week on the Oak tablet."""
    school = server.school
    with server.database():
        open_week(school.pupils["amir"], 1, NearAdult(school.adults["ali"], 1, every_child=False))


def uses(server: Server) -> list[tuple[int, str, str]]:
    """(pupil, picture, said) of everything that children said of their cards."""
    with server.database():
        rows = db.session.scalars(select(StrategyUse).order_by(StrategyUse.id))
        return [(row.pupil_id, row.picture, row.said) for row in rows]


def test_an_adults_tap_on_the_phone_opens_it_and_the_child_says_what_helped(
    server: Server, open_way: Callable[..., Way], phone: Callable[[str], Page], axe: Callable[[Page], None]
) -> None:
    with server.database():
        who = WhoSetsUp(AT_THE_KEYBOARD, KEYBOARD)
        add_strategy(server.school.pupils["amir"], "pic-ball", "Kick my ball", who)
    way = open_way(prompt=True)
    way.leaves_card(found_at=utc_now())
    with way.page.expect_response("**/tablet/check-ins"):
        way.press("Amir", "4 Upset")
    way.press("Start")
    adult = phone("ali")
    adult.goto(f"{server.url}/staff/children/{server.school.pupils['amir']}/week")
    adult.get_by_role("button", name="Open on Oak tablet").click()
    expect(adult.locator(".week-open")).to_contain_text("Amir presses their picture there")
    axe(adult)

    comes(way)
    way.press("4 Upset")
    way.press(WEEK).sees(WEEK)
    expect(way.page.locator(".week-day")).to_have_count(5)
    way.settle()
    way.page.locator(".week-day").last.tap()
    expect(way.page.locator(".week-felt .step-word")).to_have_text(["Upset", "Upset"])
    expect(way.page.locator(".week-item").last).to_contain_text("I thought of you on Saturday.")
    way.press("Back to my week").sees(WEEK)
    with way.page.expect_response("**/tablet/strategies"):  # when it cannot be taken back any more
        way.press("What helps me", "Kick my ball", "It helped").sees(WEEK)
        expect(way.page.locator("#lead")).to_have_text("Thank you for telling us.")
        way.press("Go back").sees("Would you like to talk to someone?")
    assert uses(server) == [(server.school.pupils["amir"], "pic-ball", "helped")]
    expect(way.button(WEEK)).to_have_count(0)


def test_with_pictures_alone_each_day_has_a_sign_of_its_own_and_its_name_is_heard(
    server: Server, open_way: Callable[..., Way], at_noon: str
) -> None:
    with server.database():
        choose(server.school.pupils["amir"], "symbols_only", "yes", WhoSetsUp(AT_THE_KEYBOARD, KEYBOARD))
        days = last_days(local_now().date(), school_calendar(), 5)
    opens(server)
    way = open_way(prompt=True, timezone_id=at_noon)
    comes(way).press(WEEK).sees(WEEK)
    shown = way.page.locator(".week-day")
    expect(shown).to_have_count(5)
    assert [marked_in(day) for day in shown.all()] == [day.weekday() for day in days]
    assert [size_of(day.locator(".week-name")) for day in shown.all()] == [(1, 1)] * 5
    assert [day.locator(".day-sign svg").count() for day in shown.all()] == [0, 0, 0, 0, 1]
    expect(shown.last).to_have_accessible_name(f"{days[-1]:%A} Today")
    said = way.page.evaluate(
        "import('/static/js/tablet/screens.js').then(({ spoken }) => spoken().map((one) => one.phrases))"
    )
    assert [f"{days[0]:%A}"] in said
    way.settle()
    shown.first.tap()
    way.sees(f"{days[0]:%A}")
    assert marked_in(way.page.locator("#question-picture")) == days[0].weekday()


def marked_in(part: Locator) -> int:
    """Which of the days that are seen there is filled, from 0 for Monday."""
    expect(part.locator(".day-place.marked")).to_be_visible()
    place: int = part.locator(".day-place").evaluate_all("all => all.findIndex((one) => one.matches('.marked'))")
    return place


def size_of(part: Locator) -> tuple[int, int]:
    box = part.bounding_box()
    assert box
    return round(box["width"]), round(box["height"])


def test_it_is_offered_beside_the_steps_and_to_nobody_else(server: Server, way: Way) -> None:
    opens(server)
    comes(way, "Zofia").sees("How are you, Zofia?")
    expect(way.button(WEEK)).to_have_count(0)
    way.press("Skip")
    expect(way.button(WEEK)).to_have_count(0)
    way.press("Start")
    comes(way)
    way.press(WEEK).sees(WEEK)
    way.press("Go back").sees("How are you, Amir?")
    way.press("Start")
    comes(way).press("Skip").sees("Would you like to talk to someone?")
    expect(way.button(WEEK)).to_have_count(0)


def test_a_child_without_cards_of_their_own_can_say_what_helped_too(server: Server, way: Way) -> None:
    opens(server)
    comes(way).press(WEEK, "What helps me", "Have a drink", "A bit").sees(WEEK)
    with way.page.expect_response("**/tablet/strategies"):
        way.press("Start")
    assert uses(server) == [(server.school.pupils["amir"], "sym-drink", "a_bit")]


def test_it_goes_when_nobody_touches_the_tablet_and_nothing_of_it_stays(
    server: Server, open_way: Callable[..., Way]
) -> None:
    way = open_way(clock=True, prompt=True)
    way.leaves_card(words="I remember your kite.", found_at=utc_now())
    opens(server)
    comes(way)
    way.page.clock.run_for(600)
    way.press(WEEK).sees(WEEK)
    way.settle()
    way.page.locator(".week-day").last.tap()
    expect(way.page.locator(".week-item")).to_contain_text("I remember your kite.")
    way.page.clock.run_for(20_500)
    expect(way.page.locator("#still-here")).to_be_visible()
    way.page.clock.run_for(20_500)
    way.sees("Who are you?")
    assert "kite" not in way.words()
    assert "kite" not in everything_kept(way.page)
    way.page.go_back(wait_until="commit")
    assert "kite" not in way.words()


@pytest.mark.parametrize("gone", ["the Wi-Fi", "the minutes"])
def test_without_the_wifi_or_too_late_it_says_so_kindly(
    server: Server, way: Way, console: Console, gone: str
) -> None:
    console.expect("Failed to load resource")
    opens(server)
    comes(way)
    expect(way.button(WEEK)).to_be_visible()
    if gone == "the Wi-Fi":
        way.page.context.set_offline(True)
    else:
        way.page.route("**/week", lambda route: route.fulfill(status=404, json={"error": "It is not open."}))
    way.press(WEEK).sees("We cannot show it just now.")
    way.press("Go back").sees("How are you, Amir?")
    way.page.context.set_offline(False)
