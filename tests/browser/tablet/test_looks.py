"""Every screen at every size: nothing inaccessible, nothing too small, nothing sideways."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import update

from kiosk.chats.models import Chat
from kiosk.db import utc_now, writing
from kiosk.people.models import Pupil, Tablet
from tests.browser.conftest import PHONE_SIZE, TABLET_COOKIE, TABLET_SIZE, Console
from tests.browser.running import Server
from tests.browser.tablet.test_who import fill_class
from tests.browser.tablet.way import HEARS_AT_ONCE, UNHURRIED, Way

UPRIGHT = {"width": 820, "height": 1180}
NARROWEST = {"width": 320, "height": 640}
SIZES = [TABLET_SIZE, UPRIGHT, PHONE_SIZE, NARROWEST]
TWO_CENTIMETRES = 126
EDGE = 16
SPEAKER_ON_A_PHONE = 72
"""There is no room for more beside what it reads; on a tablet it is as large as everything else that is chosen."""
A_TABLETS_WIDTH = 640
LONG_WORDS = (
    "You waited for somebody, and then you showed them how to tie the knot. I saw it, and I was glad of you."
)

VOICE = """
  const voice = { lang: "en-GB", localService: true, name: "A voice", default: true, voiceURI: "voice" };
  window.heard = [];
  Object.defineProperty(window, "speechSynthesis", { value: {
    getVoices: () => [voice], addEventListener() {}, cancel() {}, speak: (words) => heard.push(words.text),
  } });
  window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
"""
PRESSABLE = """() => [...document.querySelectorAll("button, a")].filter((one) => one.checkVisibility())
    .map((one) => {
  const box = one.getBoundingClientRect();
  const name = one.dataset.press ?? "";
  return { name, text: one.innerText, width: box.width, height: box.height, left: box.left,
           right: document.documentElement.clientWidth - box.right };
})"""


def is_sideways(page: Page) -> int:
    """How far the page reaches beyond the screen's side, in CSS px."""
    too_far: int = page.evaluate("Math.max(0, document.documentElement.scrollWidth - innerWidth)")
    return too_far


def every_screen(way: Way) -> Iterator[str]:
    """Lead a child through all there is, and stop at each screen."""
    yield from screens_before_asking(way)
    yield from screens_of_a_request(way)


def screens_before_asking(way: Way) -> Iterator[str]:
    """From the start to a question whether to ask, with cards and planned times."""
    yield "who"
    way.press("Who can see this?")
    yield "who can see this"
    way.press("Go back")
    way.leaves_card(kind="kindness", words=LONG_WORDS, found_at=utc_now(), left_at=utc_now() - timedelta(days=1))
    way.leaves_card(kind="success", words=LONG_WORDS)
    way.promises(local_today(), time(9, 10), "draw")
    way.promises(local_today() + timedelta(days=1), time(13, 30), "sit", who="okafor")
    way.hears("Amir")
    yield "how"
    way.press("2 Okay").sees("Mrs Ali saw what you can do.")
    yield "a card, with the offer to take it back"
    way.press("My book")
    yield "the child's own book"
    way.press("Start", "Amir", "4 Upset")
    yield "talk, with the offer to take it back, a card and planned times"


def screens_of_a_request(way: Way) -> Iterator[str]:
    """From the choice of an adult to whether talking helped."""
    way.press("Mrs Ali")
    yield "ask"
    way.press("What about")
    yield "what is it about"
    way.press("No, go back", "I want to go to Treetops")
    yield "ask for the safe space"
    way.press("No, go back", "Mrs Ali", "Yes, ask")
    expect(way.page.locator(".stations")).to_be_visible()
    yield "asked"
    way.press("Look around", "5 things I can see.")
    yield "the five senses"
    way.press("Go back")
    way.answers("ali", "seen")
    way.sees("Mrs Ali has seen it.")
    way.press("Breathe slowly", "I can’t wait")
    expect(way.page.locator(".hurry")).to_have_text("We told everyone on duty.")
    yield "seen, and everyone told"
    with way.server.database(), writing() as session:
        session.execute(update(Chat).values(due_at=utc_now() - timedelta(seconds=1)))
    way.sees("Mrs Ali is not here yet.")
    yield "late"
    way.page.evaluate("document.getElementById('still-here').showModal()")
    yield "still here?"
    way.page.keyboard.press("Escape")
    way.press("Start")
    way.answers("ali", "coming")
    expect(way.page.locator(".tile-news")).to_be_visible()
    yield "who, with a sign"
    way.press("Amir", "I’m OK now").sees("You are OK now.")
    yield "over"
    way.press("Start").ask_mrs_ali()
    expect(way.page.locator(".stations")).to_be_visible()
    way.answers("ali", "talked")
    way.sees("You and Mrs Ali have talked.")
    way.press("Finish", "Amir").sees("Did talking help?")
    yield "did talking help"


def screens_when_it_goes_amiss(way: Way, console: Console) -> Iterator[str]:
    """What a child, and a grown-up, are shown when something fails."""
    console.expect("ERR_CONNECTION_REFUSED|404|401")
    way.open().ask_mrs_ali()
    expect(way.page.locator(".stations")).to_be_visible()
    way.server.stop()
    way.page.locator("html[data-unreached]").wait_for()
    long_silence(way.page)
    way.press("Start", "Amir").sees("We cannot hear from Mrs Ali just now.")
    yield "unheard"
    way.press("Start", "Zofia", "2 Okay", "Anyone in Treetops", "Yes, ask")
    way.sees("Not sent yet.")
    yield "not sent yet"
    way.press("Start").sees("Who are you?")
    with way.server.database(), writing() as session:
        zofia = way.server.school.pupils["zofia"]
        session.execute(update(Pupil).where(Pupil.id == zofia).values(on_tablet=False))
    way.server.start()
    way.page.evaluate("dispatchEvent(new Event('online'))")
    expect(way.page.locator(".lost")).to_be_visible()
    yield "who, and a message that was not sent"
    with way.server.database(), writing() as session:
        session.execute(update(Pupil).values(on_tablet=False))
    way.page.reload()
    way.sees("Nobody is here yet")
    yield "nobody is on this tablet"
    with way.server.database(), writing() as session:
        session.execute(update(Tablet).values(revoked_at=utc_now()))
    way.page.reload()
    way.sees("This tablet is not ready")
    yield "not paired any more"


def long_silence(page: Page) -> None:
    """The server has not been heard for two minutes, as far as the page can tell."""
    page.evaluate(
        "() => { const now = performance.now.bind(performance); performance.now = () => now() + 120_000; }"
    )


def local_today() -> date:
    return datetime.now(ZoneInfo("Europe/London")).date()


@pytest.fixture
def open_speaking(open_tablet: Callable[..., Page], server: Server) -> Callable[..., Way]:
    """A tablet that has a voice, so that every speaker is there."""

    def open_one(**more: object) -> Way:
        page = open_tablet(**more)
        for script in (VOICE, HEARS_AT_ONCE, UNHURRIED):
            page.add_init_script(script)
        return Way(page, server).open()

    return open_one


def test_no_screen_breaks_an_accessibility_rule_in_the_light_or_the_dark(
    open_speaking: Callable[..., Way], axe: Callable[[Page], None]
) -> None:
    way = open_speaking(reduced_motion="reduce")
    for _screen in every_screen(way):
        breaks_no_rule(way, axe)


def test_what_is_shown_when_something_fails_is_accessible_large_enough_and_fits(
    open_speaking: Callable[..., Way], axe: Callable[[Page], None], console: Console
) -> None:
    way = open_speaking(reduced_motion="reduce")
    for screen in screens_when_it_goes_amiss(way, console):
        is_large_enough_at_every_size(way, screen)
        breaks_no_rule(way, axe)


def test_everything_is_large_enough_and_nothing_is_sideways_at_any_size(
    open_speaking: Callable[..., Way],
) -> None:
    way = open_speaking()
    fill_class(way.server, "oak", 28)
    way.open()
    for screen in every_screen(way):
        is_large_enough_at_every_size(way, screen)


def breaks_no_rule(way: Way, axe: Callable[[Page], None]) -> None:
    """Of accessibility, in the dark and in the light."""
    for scheme in ("dark", "light"):
        way.stays()
        way.page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        axe(way.page)


def is_large_enough_at_every_size(way: Way, screen: str) -> None:
    """Targets of 2 cm, away from the edge, and nothing sideways, also from right to left."""
    for size in SIZES:
        way.stays()
        way.page.set_viewport_size(size)  # type: ignore[arg-type]
        where = (screen, size)
        assert is_sideways(way.page) == 0, where
        for one in way.page.evaluate(PRESSABLE):
            is_small = one["name"] == "speak" and size["width"] < A_TABLETS_WIDTH
            least = SPEAKER_ON_A_PHONE if is_small else TWO_CENTIMETRES
            assert one["width"] >= least - 0.5, (where, one)
            assert one["height"] >= least - 0.5, (where, one)
            assert min(one["left"], one["right"]) >= EDGE - 0.5, (where, one)
        way.page.evaluate("document.documentElement.dir = 'rtl'")
        assert is_sideways(way.page) == 0, (where, "right to left")
        way.page.evaluate("document.documentElement.removeAttribute('dir')")
    way.page.set_viewport_size(TABLET_SIZE)  # type: ignore[arg-type]


@pytest.mark.parametrize("size", [TABLET_SIZE, NARROWEST], ids=lambda size: str(size["width"]))
def test_text_twice_as_large_still_fits(
    server: Server, large_text_browser: Browser, console: Console, size: dict[str, int]
) -> None:
    context = large_text_browser.new_context(viewport=size, has_touch=True, locale="en-GB")  # type: ignore[arg-type]
    console.watch(context)
    for script in (VOICE, HEARS_AT_ONCE, UNHURRIED):
        context.add_init_script(script)
    context.add_cookies([{"name": TABLET_COOKIE, "value": server.school.oak_token, "url": server.url}])
    way = Way(context.new_page(), server).open()
    assert way.page.evaluate("getComputedStyle(document.documentElement).fontSize") == "32px"
    for screen in every_screen(way):
        assert is_sideways(way.page) == 0, screen
        cut_off = way.page.evaluate(
            """() => [...document.querySelectorAll("main button, main p, h1")]
                 .filter((one) => one.checkVisibility() && !one.closest(".visually-hidden"))
                 .filter((one) => one.scrollWidth > one.clientWidth + 1)
                 .map((one) => one.innerText)"""
        )
        assert cut_off == [], screen
    context.close()


def test_harder_steps_are_larger(open_way: Callable[..., Way]) -> None:
    for size in (TABLET_SIZE, UPRIGHT, PHONE_SIZE):
        way = open_way(viewport=size).press("Amir")
        boxes = [step.bounding_box() for step in way.page.locator(".step-choice").all()]
        sizes = [box["width"] * box["height"] for box in boxes if box]
        assert len(sizes) == 5
        assert sizes == sorted(set(sizes))


def test_a_speaker_reads_aloud_only_when_it_is_pressed(open_speaking: Callable[..., Way]) -> None:
    way = open_speaking().press("Amir")
    assert way.page.evaluate("heard") == []
    way.press("Read to me: Wobbly", "Read this to me")
    assert way.page.evaluate("heard") == ["3. Wobbly", "How are you, Amir?"]
    way.sees("How are you, Amir?")


def test_without_a_voice_on_the_device_there_are_no_speakers(way: Way) -> None:
    way.press("Amir").sees("How are you, Amir?")
    expect(way.button("Read to me: Wobbly")).to_be_hidden()
    expect(way.button("Read this to me")).to_be_hidden()


def test_words_a_child_must_not_meet_are_nowhere_in_the_page(way: Way) -> None:
    templates = way.page.evaluate(
        "[...document.querySelectorAll('template')].map((one) => one.innerHTML).join(' ').toLowerCase()"
    )
    for word in ("bad", "wrong", "naughty", "secret", "points", "score", "streak", "reward", "!"):
        assert word not in templates.replace("<!--", ""), word
