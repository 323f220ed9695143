"""Photos of adults and pictures of a child's own things: sent by staff, met by the child, each in its place."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import FilePayload, Locator, Page, expect
from sqlalchemy import select

from kiosk.audit import KEYBOARD
from kiosk.db import db, writing
from kiosk.feelings.models import StrategyUse
from kiosk.people.high5 import AT_THE_KEYBOARD
from kiosk.people.models import Teaching
from kiosk.people.own_pictures import keep_photo
from kiosk.people.set_up_tablet import WhoSetsUp, choose
from tests.browser.conftest import Console
from tests.browser.patience import eventually
from tests.browser.running import Server
from tests.browser.tablet.test_the_truth import is_out
from tests.browser.tablet.way import HAS_KEPT, Way
from tests.photos import photo

RED, GREEN = (200, 60, 60), (60, 160, 60)
ANYONE = WhoSetsUp(AT_THE_KEYBOARD, KEYBOARD)


@pytest.fixture
def mrs_ali(server: Server, desktop: Callable[[str], Page]) -> Page:
    """Mrs Ali, who teaches Oak, at her computer."""
    with server.database(), writing() as session:
        session.add(Teaching(adult_id=server.school.adults["ali"], class_id=server.school.classes["oak"]))
    return desktop("ali")


@pytest.fixture
def way_with_photos(server: Server, open_tablet: Callable[..., Page]) -> Callable[[], Way]:
    """Opens the Oak tablet, which has heard which adults have a photo."""

    def open_one() -> Way:
        page = open_tablet()
        with page.expect_response("**/tablet/pictures") as heard:
            way = Way(page, server).open()
        eventually(page, HAS_KEPT, ["photos", heard.value.headers["etag"]])
        return way

    return open_one


def test_a_photo_that_an_adult_keeps_is_what_the_child_sees_until_it_is_removed(
    server: Server, way_with_photos: Callable[[], Way], mrs_ali: Page
) -> None:
    mrs_ali.goto(f"{server.url}/staff/picture")
    choose_file(mrs_ali.get_by_label("JPEG, PNG or WebP"), photo(colour=RED))
    mrs_ali.get_by_label("It is a photo of me").check()
    mrs_ali.get_by_role("button", name="Keep the photo").click()
    expect(mrs_ali.get_by_role("button", name="Keep another photo")).to_be_visible()
    way = way_with_photos().press("Amir", "2 Okay")
    assert colour_of(way.button("Mrs Ali").locator(".leaf .photo")) == "red"
    expect(way.button("Mr Okafor").locator(".photo")).to_have_count(0)
    way.press("Mrs Ali")
    assert colour_of(way.page.locator(".ask-whom .photo")) == "red"
    way.press("Yes, ask").sees("We have asked Mrs Ali.")
    assert colour_of(way.page.locator(".status-who .photo")) == "red"
    with way.page.expect_response("**/cancel"):
        way.press("I’m OK now", "Start")
    mrs_ali.get_by_role("button", name="Remove the photo").click()
    expect(mrs_ali.get_by_role("button", name="Keep the photo")).to_be_visible()
    way = way_with_photos().press("Amir", "2 Okay")
    expect(way.button("Mrs Ali").locator(".leaf")).to_be_visible()
    expect(way.page.locator(".photo")).to_have_count(0)


def test_who_stands_in_has_their_own_face_beside_the_one_who_is_away(
    server: Server, way_with_photos: Callable[[], Way]
) -> None:
    """For a child who goes by pictures alone the wrong photo would be the wrong person."""
    with server.database():
        keep_photo(server.school.adults["ali"], photo(colour=RED), KEYBOARD)
        keep_photo(server.school.adults["okafor"], photo(colour=GREEN), KEYBOARD)
        choose(server.school.pupils["amir"], "symbols_only", "yes", ANYONE)
    is_out(server, "ali")
    way = way_with_photos().press("Amir", "2 Okay")
    card = way.button("Mrs Ali")
    assert colour_of(card.locator("> .leaf .photo")) == "red"
    assert colour_of(card.locator(".stand-in .photo")) == "green"
    way.press("Mrs Ali")
    assert colour_of(way.page.locator(".ask-whom > .leaf .photo")) == "red"
    assert colour_of(way.page.locator(".ask-whom > .stand-in .photo")) == "green"


def test_a_picture_of_a_childs_own_stands_on_the_step_and_on_the_card_that_helped(
    server: Server, open_way: Callable[..., Way], mrs_ali: Page
) -> None:
    mrs_ali.goto(f"{server.url}/staff/children/{server.school.pupils['amir']}/tablet")
    adds_a_picture(mrs_ali, "My trampoline")
    gives_step_two_the_picture(mrs_ali, "Bouncy", "My trampoline")
    adds_a_card(mrs_ali, "My trampoline")
    way = open_way().press("Amir")
    assert colour_of(way.button("2 Bouncy").locator("img.drawing")) == "green"
    way.press("4 Upset")
    assert colour_of(way.button("My trampoline").locator("img.drawing")) == "green"
    way.press("My trampoline").sees("My trampoline")
    assert colour_of(way.page.locator(".strategy-picture img")) == "green"
    way.press("It helped").sees("Thank you for telling us.")
    with way.page.expect_response("**/tablet/strategies"):
        way.press("Finish")
    assert uses(server) == [("My trampoline", "helped")]
    mrs_ali.reload()
    expect(mrs_ali.locator("#strategies")).to_contain_text("Helped 1, a bit 0, not today 0, used it 0")
    expect(mrs_ali.frame_locator("#preview").get_by_role("button", name="2 Bouncy")).to_be_visible()


def test_what_the_tablet_never_says_is_refused_in_sight_of_where_it_was_written(
    server: Server, mrs_ali: Page, console: Console
) -> None:
    console.expect("422")
    mrs_ali.goto(f"{server.url}/staff/children/{server.school.pupils['amir']}/tablet")
    step = mrs_ali.locator("#step-3")
    step.locator("summary").click()
    step.get_by_label("Word for 3").fill("That is bad")
    step.get_by_label("Rainbow").check()
    expect(step.get_by_role("alert")).to_be_in_viewport()
    expect(step.get_by_role("alert")).to_contain_text("The tablet never says “bad” to a child.")
    expect(step.get_by_label("Word for 3")).to_have_value("That is bad")
    expect(step.get_by_label("Rainbow")).to_be_checked()


def choose_file(field: Locator, content: bytes) -> None:
    field.set_input_files(FilePayload(name="from a phone.jpg", mimeType="image/jpeg", buffer=content))


def adds_a_picture(page: Page, words: str) -> None:
    page.get_by_text("Add a picture", exact=True).click()
    choose_file(page.get_by_label("JPEG, PNG or WebP"), photo(colour=GREEN))
    page.get_by_label("What is on it, as Amir says it").fill(words)
    page.get_by_label("No other child is on it").check()
    page.get_by_role("button", name="Add the picture").click()
    expect(page.locator("#own_pictures .help-cards")).to_contain_text(words)


def gives_step_two_the_picture(page: Page, word: str, picture: str) -> None:
    step = page.locator("#step-2")
    step.locator("summary").click()
    step.get_by_label("Word for 2").fill(word)
    step.get_by_label(picture).check()
    expect(step.locator("summary")).to_contain_text(word)
    expect(step.locator("summary .own-step-picture img")).to_be_visible()


def adds_a_card(page: Page, picture: str) -> None:
    page.get_by_text("Add a card", exact=True).click()
    page.locator("#strategies .new-card").get_by_label(picture).check()
    page.get_by_role("button", name="Add the card").click()
    expect(page.locator("#strategies .help-cards")).to_contain_text(picture)


def colour_of(image: Locator) -> str:
    """What a picture shows, from its middle pixel: that the right one came, and not merely one."""
    expect(image).to_be_visible()
    expect(image).to_have_js_property("complete", True)
    red, green = image.evaluate(
        """(image) => {
            const canvas = Object.assign(document.createElement("canvas"), { width: 9, height: 9 });
            const pen = canvas.getContext("2d");
            pen.drawImage(image, 0, 0, 9, 9);
            return [...pen.getImageData(4, 4, 1, 1).data].slice(0, 2);
        }"""
    )
    return "red" if red > green else "green"


def uses(server: Server) -> list[tuple[str, str]]:
    with server.database():
        rows = db.session.scalars(select(StrategyUse).order_by(StrategyUse.id))
        return [(row.words, row.said) for row in rows]
