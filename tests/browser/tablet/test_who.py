"""Who are you? Each tablet shows its own children and nobody else's."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from kiosk.audit import KEYBOARD
from kiosk.db import writing
from kiosk.people.models import Enrolment, Pupil
from kiosk.people.rules import picture_for
from kiosk.people.tablets import pair_tablet
from tests.browser.conftest import TABLET_COOKIE, Console
from tests.browser.patience import until_true
from tests.browser.running import Server
from tests.browser.tablet.way import Way, hold

CHILDREN_OF_BIRCH = """() => {
  dispatchEvent(new Event("online"));  // asked again each time: an answer of before may be on its way
  return import("/static/js/tablet/roster.js").then((roster) => roster.pupilsOf("Birch").length);
}"""


def fill_class(server: Server, room: str, number: int) -> None:
    """Make a class this large."""
    with server.database(), writing() as session:
        for place in range(number):
            name = f"Child{place:02}"
            pupil = Pupil(given_name=name, family_name="Example", picture=picture_for((), name))
            session.add(pupil)
            session.flush()
            session.add(Enrolment(pupil_id=pupil.id, class_id=server.school.classes[room], home=True))


def test_a_tablet_never_shows_another_class(open_way: Callable[..., Way]) -> None:
    for which, own, others in (("oak", ["Amir", "Zofia"], "Tomi"), ("birch", ["Tomi"], "Amir")):
        way = open_way(which)
        expect(way.page.locator(".tile-name")).to_have_text(own)
        roster = way.page.request.get(f"{way.server.url}/tablet/roster").text()
        assert others not in roster
        assert others not in way.page.content()


def test_a_tablet_for_several_classes_asks_for_the_class_first_and_remembers_it(
    server: Server, open_tablet: Callable[..., Page]
) -> None:
    with server.database():
        _tablet, token = pair_tablet("Treetops tablet", ["all"], KEYBOARD)
    page = open_tablet()
    page.context.add_cookies([{"name": TABLET_COOKIE, "value": token, "url": server.url}])
    way = Way(page, server)
    page.goto(server.url)
    way.sees("Which class are you in?")
    way.press("Birch").sees("Who are you?")
    expect(page.locator(".tile-name")).to_have_text(["Tomi"])
    way.open()
    expect(page.locator(".tile-name")).to_have_text(["Tomi"])
    way.press("Birch").sees("Which class are you in?")
    way.press("Oak")
    expect(page.locator(".tile-name")).to_have_text(["Amir", "Zofia"])


def test_thirty_tiles_fit_on_the_screen(server: Server, open_way: Callable[..., Way]) -> None:
    fill_class(server, "oak", 28)
    way = open_way()
    expect(way.page.locator(".tile")).to_have_count(30)
    assert way.page.evaluate("document.documentElement.scrollHeight - innerHeight") <= 0


def test_a_roster_that_has_changed_shows_by_itself(open_way: Callable[..., Way]) -> None:
    way = open_way(clock=True)
    fill_class(way.server, "oak", 1)
    way.page.clock.fast_forward(60_000)
    expect(way.page.locator(".tile-name")).to_have_text(["Amir", "Child00", "Zofia"])


def test_a_roster_that_has_changed_disturbs_no_child_in_the_middle_of_something(
    open_way: Callable[..., Way],
) -> None:
    way = open_way(prompt=True).press("Amir")  # it has just asked who is here, and does not ask again
    fill_class(way.server, "oak", 1)
    with way.page.expect_response("**/tablet/roster"):
        way.page.evaluate("dispatchEvent(new Event('online'))")
    way.sees("How are you, Amir?")
    way.press("Start")
    expect(way.page.locator(".tile-name")).to_have_text(["Amir", "Child00", "Zofia"])


def test_a_roster_that_has_changed_takes_nobody_back_who_chooses_a_class_or_reads_who_sees(
    server: Server, open_tablet: Callable[..., Page]
) -> None:
    """Whenever an adult goes to lunch it is another one."""
    with server.database():
        _tablet, token = pair_tablet("Treetops tablet", ["all"], KEYBOARD)
    page = open_tablet()
    page.context.add_cookies([{"name": TABLET_COOKIE, "value": token, "url": server.url}])
    way = Way(page, server)
    page.goto(server.url)
    way.press("Birch", "Who can see this?").sees("Who can see this?")
    has_another_roster(way)
    way.sees("Who can see this?")
    way.press("Start", "Birch").sees("Which class are you in?")
    has_another_roster(way)
    way.sees("Which class are you in?")
    way.press("Birch")
    expect(page.locator(".tile-name")).to_have_text(["Child00 Example", "Child00 Example", "Tomi"])


def has_another_roster(way: Way) -> None:
    """One more child came to Birch, and the tablet has heard of it."""
    before = way.page.evaluate(CHILDREN_OF_BIRCH)
    fill_class(way.server, "birch", 1)
    until_true(way.page, lambda: way.page.evaluate(CHILDREN_OF_BIRCH) == before + 1, "the new child is known")


def test_a_roster_that_could_not_be_had_is_asked_for_again_at_once_when_the_network_is_back(
    open_way: Callable[..., Way], console: Console
) -> None:
    """Not only a minute later: the try that fails began before the network was there."""
    console.expect("ERR_FAILED")
    way = open_way(clock=True, service_workers="block").stop_time()
    fill_class(way.server, "oak", 1)
    held = hold(way.page, "**/tablet/roster")
    way.page.evaluate("dispatchEvent(new Event('online'))")
    until_true(way.page, lambda: len(held) == 1, "the tablet asks for the roster")
    way.page.evaluate("dispatchEvent(new Event('online'))")
    held[0].abort()
    until_true(way.page, lambda: len(held) == 2, "it asks again")
    held[1].continue_()
    expect(way.page.locator(".tile-name")).to_have_text(["Amir", "Child00", "Zofia"])
