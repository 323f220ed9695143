"""A child asks for somebody: four taps from the start, and never into nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from playwright.sync_api import expect
from sqlalchemy import update

from kiosk.audit import KEYBOARD
from kiosk.db import utc_now, writing
from kiosk.people.models import Adult, Pupil
from kiosk.people.store import set_high5
from kiosk.school.safe_space import say_safe_space_is
from tests.browser.conftest import Console
from tests.browser.tablet.way import Way, sent_to


def test_four_taps_are_enough(way: Way) -> None:
    school = way.server.school
    way.press("Amir", "4 Upset", "Mrs Ali")
    way.sees("Ask Mrs Ali?")
    with way.page.expect_response(sent_to("/tablet/chats")) as sent:
        way.press("Yes, ask")
    assert sent.value.status == 201
    way.sees("We have asked Mrs Ali.")
    [chat] = way.chats()
    assert (chat.pupil_id, chat.asked_for_id) == (school.pupils["amir"], school.adults["ali"])
    assert (chat.wants, chat.when, chat.how, chat.state) == ("chat", "now", None, "asked")
    assert chat.check_in_key is not None


def test_a_child_may_say_when_and_how(way: Way) -> None:
    way.press("Amir", "Skip", "Mrs Ali", "At break", "Draw", "Walk")
    expect(way.button("At break")).to_have_attribute("aria-pressed", "true")
    expect(way.button("Now")).to_have_attribute("aria-pressed", "false")
    with way.page.expect_response(sent_to("/tablet/chats")):
        way.press("Yes, ask")
    assert [(chat.when, chat.how) for chat in way.chats()] == [("break", "walk")]


def test_how_can_be_left_open_again_but_not_when(way: Way) -> None:
    way.press("Amir", "Skip", "Mrs Ali", "Draw", "Draw", "Now")
    expect(way.button("Draw")).to_have_attribute("aria-pressed", "false")
    expect(way.button("Now")).to_have_attribute("aria-pressed", "true")


def test_a_child_may_show_in_pictures_what_it_is_about(way: Way) -> None:
    way.press("Amir", "Skip", "Mrs Ali")
    expect(way.button("Put something right")).to_be_hidden()
    way.press("What about", "Put something right", "I don’t want to say", "Home", "A friend to sit with", "Home")
    expect(way.button("A friend to sit with")).to_have_attribute("aria-pressed", "true")
    expect(way.button("I don’t want to say")).to_have_attribute("aria-pressed", "false")  # it stands alone
    way.press("When and how", "Draw")
    with way.page.expect_response(sent_to("/tablet/chats")):
        way.press("Yes, ask")
    assert [(chat.about, chat.how) for chat in way.chats()] == [(["sit_with_friend"], "draw")]


def test_a_full_safe_space_says_so_kindly_and_can_be_asked_for(way: Way) -> None:
    with way.server.database():
        say_safe_space_is(full=True, by=KEYBOARD)
    way.open_anew().press("Amir", "Skip")
    expect(way.page.locator(".place-full")).to_have_text("It is full just now. You can still ask.")
    way.press("I want to go to Treetops")
    expect(way.page.locator(".ask-words p")).to_have_text(
        ["Treetops is full just now. You can still ask. A grown-up will come to you."]
    )
    way.press("Yes, please").sees("We have told Treetops that you want to come.")


def test_no_leads_back_to_the_high_5(way: Way) -> None:
    way.press("Amir", "Skip", "Mrs Ali", "No, go back")
    way.sees("Would you like to talk to someone?")
    assert way.chats() == []


def test_asking_can_be_taken_back(open_way: Callable[..., Way]) -> None:
    way = open_way(unhurried=True).ask_mrs_ali()
    expect(way.page.locator(".stations")).to_be_visible()
    with way.page.expect_response("**/cancel"):
        way.press("Take it back")
    way.sees("Would you like to talk to someone?")
    assert [chat.state for chat in way.chats()] == ["cancelled"]
    way.press("Start", "Amir")
    way.sees("How are you, Amir?")


def test_anyone_in_the_safe_space_can_be_asked(way: Way) -> None:
    way.press("Amir", "Skip", "Anyone in Treetops")
    way.sees("Ask the grown-ups in Treetops?")
    way.press("Yes, ask")
    way.sees("We have asked the grown-ups in Treetops.")
    expect(way.page.locator(".stations")).to_be_visible()
    assert [(chat.asked_for_id, chat.wants) for chat in way.chats()] == [(None, "chat")]


def test_a_child_may_want_to_go_to_the_safe_space(way: Way) -> None:
    way.press("Amir", "Skip", "I want to go to Treetops")
    way.sees("Do you want to go to Treetops?")
    way.press("Yes, please")
    way.sees("We have told Treetops that you want to come.")
    expect(way.page.locator(".stations")).to_be_visible()
    assert [(chat.asked_for_id, chat.wants) for chat in way.chats()] == [(None, "safe_space")]


def test_each_adult_stands_with_their_place_and_whether_they_are_here(way: Way) -> None:
    away_until = (utc_now() + timedelta(days=1)).date()
    with way.server.database(), writing() as session:
        session.execute(
            update(Adult)
            .where(Adult.id == way.server.school.adults["okafor"])
            .values(away_from=utc_now().date(), away_until=away_until)
        )
    way.open_anew().press("Amir", "Skip")
    back = f"{away_until + timedelta(days=1):%A}"
    expect(way.button("Mrs Ali Oak")).to_have_accessible_name("Mrs Ali Oak classroom Here today")
    expect(way.button("Mr Okafor")).to_have_accessible_name(
        f"Mr Okafor the blue room Back on {back} Mrs Ali is here for you now."
    )


def test_asking_somebody_who_is_away_says_who_is_asked_instead(way: Way) -> None:
    with way.server.database(), writing() as session:
        session.execute(
            update(Adult).where(Adult.id == way.server.school.adults["okafor"]).values(away_from=utc_now().date())
        )
    way.open_anew().press("Amir", "Skip", "Mr Okafor")
    expect(way.page.locator(".ask-words p")).to_have_text(
        ["Mr Okafor is not here today.", "Mrs Ali is here for you now."]
    )
    expect(way.page.locator(".ask-whom .leaf")).to_have_count(2)  # the stand-in's picture beside
    way.press("Yes, ask")
    way.sees("Mr Okafor cannot come today. We have asked Mrs Ali.")


def test_a_refused_request_goes_to_whoever_is_on_duty(way: Way, console: Console) -> None:
    console.expect("422")
    school = way.server.school
    with way.server.database():  # since the tablet fetched its roster
        set_high5(school.pupils["amir"], [school.adults["okafor"]], KEYBOARD)
    way.ask_mrs_ali()
    way.sees("We have asked the grown-ups in Treetops.")
    assert [(chat.pupil_id, chat.asked_for_id) for chat in way.chats()] == [(school.pupils["amir"], None)]
    with way.page.expect_response("**/cancel") as cancelled:
        way.press("I’m OK now")
    assert cancelled.value.json()["state"] == "cancelled"


def test_a_request_that_is_refused_for_good_says_where_to_go(
    open_way: Callable[..., Way], console: Console
) -> None:
    console.expect("404")
    way = open_way()
    with way.server.database(), writing() as session:
        session.execute(update(Pupil).where(Pupil.id == way.server.school.pupils["amir"]).values(on_tablet=False))
    way.ask_mrs_ali()
    way.sees("This was not sent.")
    expect(way.page.locator(".go-to")).to_have_text("Go to the school office now. Tell a grown-up there.")
    assert way.chats() == []
    way.press("Who can see this?", "Go back").sees("This was not sent.")
    way.press("Finish")
    way.sees("Who are you?")
