"""A tablet that fits one child: as it was set up while they are there, and gone for the next."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import time
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from sqlalchemy import select

from kiosk.audit import KEYBOARD
from kiosk.db import db
from kiosk.feelings.models import StrategyUse
from kiosk.people.high5 import AT_THE_KEYBOARD
from kiosk.people.set_up_tablet import WhoSetsUp, add_strategy, choose, choose_own_step, offer_topic
from kiosk.people.store import set_high5
from kiosk.people.tablet_settings import CHOICES, STRATEGY_PICTURES
from tests.browser.conftest import TABLET_COOKIE, TABLET_SIZE, Console
from tests.browser.running import Server
from tests.browser.tablet.test_looks import NARROWEST, TWO_CENTIMETRES, UPRIGHT, is_sideways, local_today
from tests.browser.tablet.way import Way
from tests.unit.test_colours import luminance

ANYONE = WhoSetsUp(AT_THE_KEYBOARD, KEYBOARD)
SET_UP = """() => [...document.documentElement.attributes].map((one) => one.name)
    .filter((name) => /^data-(colours|skin|hand|larger|symbols|calmer|motion|read-aloud)$/.test(name))"""


@pytest.fixture
def amirs(server: Server, open_way: Callable[..., Way]) -> Callable[..., Way]:
    """Opens the Oak tablet, set up for Amir: ``amirs(theme="zones", steps="3")``."""

    def open_one(**choices: Any) -> Way:
        more = {name: choices.pop(name) for name in ("viewport", "color_scheme", "unhurried") if name in choices}
        with server.database():
            for name, value in choices.items():
                choose(server.school.pupils["amir"], name, value, ANYONE)
        return open_way(**more)

    return open_one


def give_cards(server: Server, number: int = 3) -> None:
    with server.database():
        for picture in list(STRATEGY_PICTURES)[:number]:
            add_strategy(server.school.pupils["amir"], picture, "", ANYONE)


def uses(server: Server) -> list[tuple[str, str]]:
    with server.database():
        rows = db.session.scalars(select(StrategyUse).order_by(StrategyUse.id))
        return [(row.picture, row.said) for row in rows]


def is_hidden_from_sight(part: Locator) -> bool:
    """Whether it is there for who listens, and not for who looks."""
    box = part.bounding_box()
    return box is not None and box["width"] <= 1 and box["height"] <= 1


def test_what_was_set_up_is_there_for_the_child_and_gone_for_the_next(amirs: Callable[..., Way]) -> None:
    way = amirs(theme="zones", steps="3", skin="4", larger="yes", hand="left", calmer="yes")
    assert way.page.evaluate(SET_UP) == []
    way.press("Amir").sees("How are you, Amir?")
    expect(way.page.locator(".step")).to_have_count(3)
    assert set(way.page.evaluate(SET_UP)) == {
        *("data-colours", "data-skin", "data-larger", "data-hand", "data-calmer", "data-motion"),
    }
    way.press("Start", "Zofia").sees("How are you, Zofia?")
    expect(way.page.locator(".step")).to_have_count(5)
    assert way.page.evaluate(SET_UP) == []


def test_own_words_and_pictures_stand_on_the_steps(server: Server, amirs: Callable[..., Way]) -> None:
    with server.database():
        choose_own_step(server.school.pupils["amir"], 3, "Fizzy", "bee", ANYONE)
    way = amirs(scale_picture="weather")
    way.press("Amir")
    step = way.button("3 Fizzy")
    expect(step.locator("use")).to_have_count(2)
    assert [part.get_attribute("href") for part in step.locator("use").all()] == ["#hand-3", "#pic-bee"]
    other = way.button("4 Upset").locator("use").last
    assert other.get_attribute("href") == "#weather-4"
    way.press("3 Fizzy").sees("Would you like to talk to someone?")
    way.press("Start", "Zofia")
    expect(way.button("3 Wobbly").locator("use").last).to_have_attribute("href", "#face-3")


def test_a_request_with_pictures_alone(amirs: Callable[..., Way]) -> None:
    """Every word that is hidden is still there for who listens; names of adults stay in sight."""
    way = amirs(symbols_only="yes")
    way.press("Amir")
    assert is_hidden_from_sight(way.page.locator(".question-words"))
    expect(way.page.locator("#question-picture svg")).to_be_visible()
    assert is_hidden_from_sight(way.button("4 Upset").locator(".step-word"))
    way.press("4 Upset")
    assert is_hidden_from_sight(way.button("Not now").locator("span"))
    expect(way.button("Mrs Ali").locator(".adult-name")).to_be_visible()
    way.press("Mrs Ali", "Draw", "Yes, ask")
    way.sees("We have asked Mrs Ali.")
    assert not is_hidden_from_sight(way.page.locator(".question-words")), (
        "what became of a request is said in words"
    )
    assert [(chat.how, chat.wants) for chat in way.chats()] == [("draw", "chat")]


def test_a_calmer_screen_asks_one_thing_and_shows_few_adults(server: Server, amirs: Callable[..., Way]) -> None:
    adults = [server.school.adults[name] for name in ("ali", "okafor", "shah", "novak")]
    with server.database():
        set_high5(server.school.pupils["amir"], adults, KEYBOARD)
    way = amirs(calmer="yes").press("Amir", "2 Okay")
    expect(way.page.locator(".people > li")).to_have_count(3)
    way.press("Mrs Ali")
    expect(way.page.locator(".ask-more")).to_be_hidden()
    way.press("Yes, ask").sees("We have asked Mrs Ali.")
    way.press("Breathe slowly")
    moving = way.page.locator(".breathe-picture").evaluate("part => getComputedStyle(part).animationName")
    assert moving == "none"


def test_topics_that_are_not_offered_are_not_there(server: Server, amirs: Callable[..., Way]) -> None:
    with server.database():
        offer_topic(server.school.pupils["amir"], "home", False, ANYONE)
    way = amirs().press("Amir", "2 Okay", "Mrs Ali", "What about")
    expect(way.button("Friends")).to_be_visible()
    expect(way.button("Home")).to_have_count(0)


def test_for_the_left_hand_what_takes_back_is_on_the_left_whichever_way_is_read(amirs: Callable[..., Way]) -> None:
    way = amirs(hand="left", unhurried=True).press("Amir", "2 Okay")
    for direction in ("ltr", "rtl"):
        way.page.evaluate("direction => (document.documentElement.dir = direction)", direction)
        undo, start = way.button("Take it back").bounding_box(), way.button("Start").bounding_box()
        assert undo
        assert start
        assert undo["x"] < start["x"], direction


def test_cards_beside_the_waiting_and_what_the_child_says_of_them(
    server: Server, amirs: Callable[..., Way]
) -> None:
    give_cards(server)
    way = amirs(unhurried=True).ask_mrs_ali()
    way.sees("We have asked Mrs Ali.")
    way.press("Have a drink").sees("Have a drink")
    way.press("It helped").sees("We have asked Mrs Ali.")
    way.press("Take it back").sees("Have a drink")
    assert uses(server) == []
    with way.page.expect_response("**/tablet/strategies"):
        way.press("A bit", "Start")
    assert uses(server) == [("sym-drink", "a_bit")]


def test_a_child_with_cards_of_their_own_breathes_and_looks_around_while_they_wait_as_others_do(
    server: Server, amirs: Callable[..., Way]
) -> None:
    with server.database():
        add_strategy(server.school.pupils["amir"], "sym-drink", "", ANYONE)
    way = amirs().ask_mrs_ali()
    way.press("Breathe slowly").sees("Breathe slowly")
    way.press("Go back").sees("We have asked Mrs Ali.")
    way.press("Look around").sees("What is around you?")
    way.press("Go back").sees("We have asked Mrs Ali.")


@pytest.mark.parametrize("step", ["1 Calm", "3 Wobbly", "5 I need help", "Skip"])
def test_what_helps_is_one_tap_away_before_anybody_is_asked_and_then_the_step_again(
    server: Server, amirs: Callable[..., Way], step: str
) -> None:
    give_cards(server)
    way = amirs(unhurried=True).press("Amir", step, "What helps me")
    way.sees("What helps you?")
    way.press("Breathe slowly").sees("Breathe slowly")
    way.press("I used it").sees("Thank you for telling us.")
    with way.page.expect_response("**/tablet/strategies"):
        way.press("Say how I feel").sees("How are you, Amir?")
        way.press("2 Okay", "Not now")
    assert uses(server) == [("sym-breathing", "used")]
    assert way.check_ins()[-1][1] == 2


def test_a_child_without_cards_has_calming_before_they_ask(amirs: Callable[..., Way]) -> None:
    way = amirs().press("Amir", "5 I need help", "What helps me")
    expect(way.button("Breathe slowly")).to_be_visible()
    way.press("Look around").sees("What is around you?")
    way.press("Go back").sees("Would you like to talk to someone?")


LARGER_CHOICES = [
    {"larger": "yes"},
    {"larger": "yes", "hand": "left", "steps": "2"},
    {"larger": "yes", "topics_as": "mat"},
    {"larger": "yes", "symbols_only": "yes"},
]


@pytest.mark.parametrize("choices", LARGER_CHOICES, ids=str)
def test_with_larger_targets_every_choice_is_in_sight(
    server: Server, amirs: Callable[..., Way], choices: dict[str, str]
) -> None:
    adults = [server.school.adults[name] for name in ("ali", "okafor", "shah", "novak", "green")]
    with server.database():
        set_high5(server.school.pupils["amir"], adults, KEYBOARD)
    give_cards(server, 5)
    way = amirs(**choices)
    way.promises(local_today(), time(9, 10), "draw")
    way.hears("Amir")
    everything_in_sight(way, "how")
    way.press("5 I need help")
    expect(way.page.locator(".planned")).to_be_visible()
    everything_in_sight(way, "talk")
    way.press("Mrs Ali")
    everything_in_sight(way, "ask")
    way.press("How?")
    everything_in_sight(way, "how to talk")
    way.press("Draw", "When and how", "What about")
    everything_in_sight(way, "what about")
    way.press("I am done" if "topics_as" in choices else "When and how", "Yes, ask").sees("We have asked Mrs Ali.")
    everything_in_sight(way, "waiting")
    way.press("What helps me")
    everything_in_sight(way, "what helps")
    assert [chat.how for chat in way.chats()] == ["draw"]


def everything_in_sight(way: Way, screen: str) -> None:
    """Nothing that can be pressed is below the glass of a tablet, lying or upright."""
    for size in (UPRIGHT, TABLET_SIZE):
        way.page.set_viewport_size(size)  # type: ignore[arg-type]
        below = way.page.evaluate(
            """() => [...document.querySelectorAll("[data-press], .planned")]
                .filter((one) => one.checkVisibility() && one.getBoundingClientRect().bottom > innerHeight)
                .map((one) => one.dataset.press ?? one.className)"""
        )
        assert below == [], (screen, size)


@pytest.mark.parametrize("theme", CHOICES["theme"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_on_the_page_each_step_is_larger_and_darker_than_the_one_before(
    amirs: Callable[..., Way], theme: str, scheme: str
) -> None:
    way = amirs(theme=theme, color_scheme=scheme).press("Amir")
    expect(way.page.locator(".step")).to_have_count(5)
    steps = way.page.locator(".step-choice").evaluate_all(
        """steps => steps.map((step) => [getComputedStyle(step).backgroundColor, step.offsetHeight])"""
    )
    lights = [luminance(hexadecimal(colour)) for colour, _ in steps]
    heights = [height for _, height in steps]
    assert lights == sorted(lights, reverse=True)
    assert len(set(lights)) == 5
    assert heights == sorted(set(heights))


def hexadecimal(colour: str) -> str:
    """``rgb(1, 2, 3)`` as ``#010203``."""
    channels = [int(part) for part in colour.removeprefix("rgb(").removesuffix(")").split(",")]
    return "#" + "".join(f"{channel:02x}" for channel in channels)


SET_UPS: dict[str, dict[str, Any]] = {
    "zones": {"theme": "zones", "skin": "5", "scale_picture": "thermometer"},
    "no traffic light": {"theme": "no_traffic_light", "scale_picture": "weather", "hand": "right"},
    "high contrast, dark": {"theme": "high_contrast", "color_scheme": "dark"},
    "symbols, left": {"symbols_only": "yes", "hand": "left"},
    "larger, calmer, three steps": {"larger": "yes", "calmer": "yes", "steps": "3"},
    "larger symbols, two steps": {"larger": "yes", "symbols_only": "yes", "steps": "2"},
}


@pytest.mark.parametrize("name", SET_UPS)
def test_every_set_up_is_accessible_large_and_never_sideways(
    server: Server, amirs: Callable[..., Way], axe: Callable[[Page], None], name: str
) -> None:
    give_cards(server, 5)
    way = amirs(**SET_UPS[name])
    for screen in its_screens(way):
        axe(way.page)
        for size in (UPRIGHT, NARROWEST, TABLET_SIZE):
            way.page.set_viewport_size(size)  # type: ignore[arg-type]
            assert is_sideways(way.page) == 0, (screen, size)
            assert too_small(way.page) == [], (screen, size)
            if "symbols_only" in SET_UPS[name]:
                assert without_a_picture(way.page) == [], (screen, size)


@pytest.mark.parametrize("name", SET_UPS)
def test_text_twice_as_large_still_fits(
    server: Server, large_text_browser: Browser, console: Console, name: str
) -> None:
    choices = {setting: value for setting, value in SET_UPS[name].items() if setting in CHOICES}
    with server.database():
        for setting, value in choices.items():
            choose(server.school.pupils["amir"], setting, value, ANYONE)
    give_cards(server, 5)
    for size in (TABLET_SIZE, NARROWEST):
        context = large_text_browser.new_context(viewport=size, has_touch=True, locale="en-GB")  # type: ignore[arg-type]
        console.watch(context)
        context.add_cookies([{"name": TABLET_COOKIE, "value": server.school.oak_token, "url": server.url}])
        way = Way(context.new_page(), server).open()
        for screen in its_screens(way):
            assert is_sideways(way.page) == 0, (screen, size)
        with way.page.expect_response("**/cancel"):
            way.press("I’m OK now")
        context.close()


def its_screens(way: Way) -> Iterator[str]:
    """The screens that a child's set-up changes most."""
    way.press("Amir")
    yield "how"
    way.settle()
    way.page.locator(".step-choice").last.tap()
    way.sees("Would you like to talk to someone?")
    yield "talk"
    way.press("What helps me")
    yield "cards"
    way.press("Have a drink")
    yield "one card"
    way.press("Go back", "Mrs Ali")
    yield "ask"
    way.press("Yes, ask").sees("We have asked Mrs Ali.")
    yield "waiting"


def too_small(page: Page) -> list[str]:
    """What a child chooses and is smaller than 2 cm."""
    found: list[dict[str, Any]] = page.evaluate(
        """() => [...document.querySelectorAll("#stage [data-press]:not(.tool)")]
            .filter((one) => one.checkVisibility())
            .map((one) => ({ press: one.dataset.press, box: one.getBoundingClientRect() }))
            .map(({ press, box }) => ({ press, width: box.width, height: box.height }))"""
    )
    return [str(one) for one in found if min(one["width"], one["height"]) < TWO_CENTIMETRES]


def without_a_picture(page: Page) -> list[str]:
    """What a child chooses and shows them nothing when its words are hidden."""
    found: list[str] = page.evaluate(
        """() => {
            const isSeen = (drawing, choice) => {
              for (let part = drawing; part !== choice; part = part.parentElement) {
                const box = part.getBoundingClientRect();
                if (box.width < 16 || box.height < 16) return false;
              }
              return true;
            };
            return [...document.querySelectorAll("#stage [data-press], .band [data-press]")]
              .filter((choice) => choice.checkVisibility())
              .filter((choice) => ![...choice.querySelectorAll("svg, img")].some((one) => isSeen(one, choice)))
              .map((choice) => choice.dataset.press);
        }"""
    )
    return found
