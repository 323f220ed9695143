"""Before a child asks they hear who is here now and who stands in, and afterwards only what happened."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time, timedelta
from functools import partial

import pytest
from playwright.sync_api import expect

from kiosk.audit import KEYBOARD
from kiosk.people.high5 import AT_THE_KEYBOARD
from kiosk.people.rules import Presence
from kiosk.people.set_up_tablet import WhoSetsUp, choose
from kiosk.people.store import set_presence
from kiosk.school.safe_space import say_safe_space_is
from kiosk.school.store import change_setting, local_now
from tests.browser.running import Server
from tests.browser.tablet.way import Way

NEARLY_ALL_DAY = time(0), time(23, 59)
ALWAYS_LATER = {str(day): ("23:59", "24:00") for day in range(7)}


@pytest.fixture
def open_way(open_way: Callable[..., Way], at_noon: str) -> Callable[..., Way]:
    """Opens a tablet where it is noon: later today is still to come."""
    return partial(open_way, timezone_id=at_noon)


def is_in(server: Server, who: str, presence: Presence) -> None:
    with server.database():
        set_presence(server.school.adults[who], presence, KEYBOARD)


def is_out(server: Server, *who: str) -> None:
    with server.database():
        today = local_now().date()
    for one in who:
        is_in(server, one, Presence(tapped_on=today, tapped_here=False))


def at_lunch() -> Presence:
    return Presence(lunch_from=NEARLY_ALL_DAY[0], lunch_until=NEARLY_ALL_DAY[1])


def told(way: Way) -> list[str]:
    return way.page.locator(".ask-words p").all_inner_texts()


@pytest.fixture
def closed(server: Server, at_noon: str) -> datetime:
    """School is open on one day a week only, in two days; when it opens."""
    with server.database():
        in_two_days = local_now() + timedelta(days=2)
        change_setting("school_days", f"{in_two_days:%a}".lower(), KEYBOARD)
        change_setting("school_hours", "08:45-15:15", KEYBOARD)
    return in_two_days


def test_at_lunch_is_not_here_today_and_who_is_there_instead_has_it(way: Way) -> None:
    is_in(way.server, "ali", at_lunch())
    way.open_anew().press("Amir", "Skip")
    expect(way.button("Mrs Ali")).to_have_accessible_name(
        "Mrs Ali Oak classroom At lunch until 23:59 Mr Okafor is here for you now."
    )
    way.press("Mrs Ali").sees("Ask Mrs Ali?")
    assert told(way) == ["Mrs Ali is at lunch until 23:59.", "Mr Okafor is here for you now."]
    way.press("Yes, ask").sees("Mrs Ali is not here just now. We have asked Mr Okafor.")


def test_who_comes_later_is_said_to_come_later(way: Way) -> None:
    is_in(way.server, "ali", Presence(hours=ALWAYS_LATER))
    way.open_anew().press("Amir", "Skip")
    expect(way.button("Mrs Ali")).to_have_accessible_name(
        "Mrs Ali Oak classroom Here from 23:59 Mr Okafor is here for you now."
    )
    way.press("Mrs Ali").sees("Ask Mrs Ali?")
    assert told(way) == ["Mrs Ali is here from 23:59 today.", "Mr Okafor is here for you now."]
    way.press("Yes, ask").sees("Mrs Ali is not here just now. We have asked Mr Okafor.")


def test_a_lead_who_would_have_it_is_named_before_and_after(way: Way) -> None:
    is_out(way.server, "ali", "okafor", "novak")
    way.open_anew().press("Amir", "Skip", "Mrs Ali").sees("Ask Mrs Ali?")
    assert told(way)[-1] == "Mrs Green is here for you now."
    expect(way.page.locator(".stand-in .leaf")).to_be_visible()
    way.press("Yes, ask").sees("Mrs Ali cannot come today. We have asked Mrs Green.")


def test_who_has_gone_out_since_the_tablet_asked_is_known_before_the_child_asks(
    open_way: Callable[..., Way],
) -> None:
    way = open_way(clock=True)
    way.page.clock.run_for(10_000)
    is_out(way.server, "ali")
    with way.page.expect_response("**/tablet/roster"):
        way.press("Amir")
    way.press("Skip")
    expect(way.page.locator(".adult-stand-in")).to_have_text("Mr Okafor is here for you now.")


def test_what_changes_while_the_question_stands_there_changes_its_words_and_nothing_else(
    open_way: Callable[..., Way],
) -> None:
    way = open_way(clock=True)
    way.press("Amir", "Skip", "Mrs Ali", "At break").sees("Ask Mrs Ali?")
    assert told(way) == ["Mrs Ali is here today."]
    is_out(way.server, "ali")
    way.page.clock.run_for(10_000)
    with way.page.expect_response("**/tablet/roster"):
        way.press("No, go back", "Mrs Ali")
    expect(way.page.locator(".ask-words p").last).to_have_text("Mr Okafor is here for you now.")
    expect(way.page.locator(".stand-in")).to_have_count(1)


def test_while_school_is_closed_the_child_hears_it_before_asking(way: Way, closed: datetime) -> None:
    way.open_anew().press("Amir", "Skip")
    opens = f"{closed:%A}"
    expect(way.button("Mrs Ali")).to_have_accessible_name(f"Mrs Ali Oak classroom Back on {opens}")
    not_now = [
        "School is closed now.",
        f"Your message is kept. It comes first when school opens on {opens} at 8:45.",
        "If you need someone now, tell a grown-up near you.",
    ]
    way.press("Mrs Ali").sees("Ask Mrs Ali?")
    assert told(way) == [f"Mrs Ali is back on {opens}.", *not_now]
    for other in ("Anyone in Treetops", "I want to go to Treetops"):
        way.press("No, go back", other)
        assert told(way) == not_now
    way.press("Yes, please").sees("School is closed now.")


def test_that_school_is_closed_is_as_large_as_the_rest_with_its_picture_and_is_heard(
    way: Way, closed: datetime
) -> None:
    way.open_anew().press("Amir", "Skip").sees("Would you like to talk to someone?")
    assert sizes(way, ".unseen") == sizes(way, ".adult-name")
    assert "School is closed now." in heard(way)
    way.press("Mrs Ali").sees("Ask Mrs Ali?")
    assert sizes(way, ".unseen") == sizes(way, ".ask-words p:not(.unseen)")
    assert len(told(way)) == 4
    assert set(told(way)) <= heard(way)
    for line in way.page.locator(".unseen").all():
        expect(line.locator("svg").first).to_be_visible()


def test_with_pictures_alone_the_moons_and_the_clock_say_when_school_opens(way: Way, closed: datetime) -> None:
    who = WhoSetsUp(AT_THE_KEYBOARD, KEYBOARD)
    with way.server.database():
        choose(way.server.school.pupils["amir"], "symbols_only", "yes", who)
    way.open_anew().press("Amir", "Skip")
    for place, then in ((".talk > .unseen", "Mrs Ali"), (".ask-words", "Yes, ask"), (".status-who", "")):
        opens = way.page.locator(f"{place} .opens-sign")
        expect(opens.locator(".back-sign .drawing:visible")).to_have_count(2)
        expect(opens.locator(".clock-hour")).to_have_attribute("transform", "rotate(262.5 32 32)")
        expect(opens.locator(".clock-minute")).to_have_attribute("transform", "rotate(270 32 32)")
        expect(opens.locator("svg").last).to_be_visible()
        way.press(*filter(None, [then]))


@pytest.mark.parametrize("full", [False, True], ids=["room", "full"])
def test_with_pictures_alone_what_becomes_of_it_is_shown_and_its_words_are_heard(way: Way, full: bool) -> None:
    who = WhoSetsUp(AT_THE_KEYBOARD, KEYBOARD)
    with way.server.database():
        choose(way.server.school.pupils["amir"], "symbols_only", "yes", who)
        say_safe_space_is(full=full, by=KEYBOARD)
    way.open_anew().press("Amir", "Skip")
    for other in ("Anyone in Treetops", "I want to go to Treetops"):
        way.press(other)
        said = way.page.locator(".ask-words p")
        expect(said).to_have_count(1)
        box = said.bounding_box()
        assert box
        assert (box["width"], box["height"]) == (1, 1), "unseen, for whoever listens"
        assert set(said.all_text_contents()) <= heard(way)
        expect(way.page.locator(".told-signs svg").last).to_be_visible()
        way.press("No, go back")


def sizes(way: Way, what: str) -> list[float]:
    """Each size in which letters of these parts are set, in CSS pixels."""
    found: list[float] = way.page.locator(what).evaluate_all(
        "all => [...new Set(all.map((one) => parseFloat(getComputedStyle(one).fontSize)))]"
    )
    return found


def heard(way: Way) -> set[str]:
    """What is read aloud of the screen, part by part."""
    spoken = "import('/static/js/tablet/screens.js').then((screens) => screens.spoken())"
    parts = way.page.evaluate(f"{spoken}.then((parts) => parts.map((one) => one.phrases.join(' ')))")
    return set(parts)


def test_while_school_is_closed_nobody_is_said_to_have_been_told(way: Way, closed: datetime) -> None:
    way.open_anew().press("Amir", "Skip", "Mrs Ali", "Yes, ask").sees("School is closed now.")
    expect(way.page.locator(".stations")).to_be_visible()
    expect(way.page.locator(".childline")).to_have_count(0)
    way.press("I can’t wait")
    expect(way.page.locator(".childline")).to_be_visible()
    expect(way.page.locator(".hurry")).to_have_count(0)
    expect(way.button("I can’t wait")).to_have_count(0)
    way.sees("School is closed now.")


def test_with_nobody_on_duty_in_it_says_who_was_told(way: Way) -> None:
    is_out(way.server, "novak")
    way.ask_mrs_ali()
    expect(way.page.locator(".stations")).to_be_visible()
    way.press("I can’t wait")
    expect(way.page.locator(".hurry")).to_have_text("We told Mrs Ali that you can’t wait.")


def test_with_nobody_in_at_all_the_child_hears_before_asking_where_to_go(way: Way) -> None:
    is_out(way.server, *way.server.school.adults)
    way.open_anew().press("Amir", "Skip", "Anyone in Treetops").sees("Ask the grown-ups in Treetops?")
    assert told(way) == [
        "No grown-up can see this now.",
        "Go to the school office now. Tell a grown-up there.",
    ]
    way.press("Yes, ask").sees("No grown-up can see this now.")


def test_a_time_is_not_promised_for_a_day_on_which_the_adult_is_out(open_way: Callable[..., Way]) -> None:
    way = open_way(prompt=True)
    with way.server.database():
        today = local_now().date()
    way.promises(today, time(14, 30))
    way.hears("Amir").press("2 Okay")
    expect(way.page.locator(".planned-words")).to_contain_text("today at 14:30")
    way.press("Start")
    is_out(way.server, "ali")
    way.hears("Amir").press("2 Okay")
    expect(way.page.locator(".planned-words")).not_to_contain_text("today")
