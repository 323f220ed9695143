"""A child meets the tablet in their own language, laid out as it is written, also without the network."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from kiosk.audit import KEYBOARD
from kiosk.db import utc_now
from kiosk.people.high5 import Chooser
from kiosk.school.languages import LANGUAGES
from kiosk.school.store import change_setting
from kiosk.voices.sayings import EVERY_LANGUAGE, Saying
from kiosk.voices.store import keep_recording
from kiosk.web.catalogues import TABLET, phrases
from tests.browser.conftest import Console
from tests.browser.patience import eventually
from tests.browser.running import Server
from tests.browser.tablet.in_language import WayIn, has_come, setting, speaks
from tests.browser.tablet.way import Way, sent_to
from tests.sounds import webm

SMALLEST = {"width": 320, "height": 640}
SIDEWAYS = "Math.max(0, document.documentElement.scrollWidth - innerWidth)"
EVERY_PIECE_OF_EVERY_SCREEN = """async (codes) => {
  const language = await import("/static/js/tablet/language.js");
  const { build } = await import("/static/js/tablet/words.js");
  const { show, ask } = await import("/static/js/tablet/screens.js");
  const values = new Proxy({}, { get: (_, name) => ({
    step: 4, intensity: 4, drawn: "oak", hue: 1, initials: "MA", drawnFor: "fox", hueFor: 1, picture: "sym-walk",
    time: "10:30", at: "10:30", opensAt: "08:30", id: "1", value: "1", kind: "symbol", family: "face", photo: "",
  })[name] ?? "Mrs Featherstone", has: () => true });
  const tooWide = [];
  for (const code of codes) {
    if (!(await language.fetchAndTurnTo(code))) tooWide.push(`${code} is not there`);
    for (const { id, content } of document.querySelectorAll('template[id^="t-"]')) {
      if (!content.firstElementChild || id.startsWith("t-kind-")) continue; // hangs in the corner of a card
      const piece = build(id.slice(2), values);
      if (piece.dataset.question !== undefined) ask(piece.dataset.question, piece.dataset.lead ?? "");
      document.getElementById("stage").replaceChildren(piece);
      const beyond = document.documentElement.scrollWidth - innerWidth;
      if (beyond > 0) tooWide.push(`${code} ${id} by ${beyond}`);
    }
  }
  language.turnTo("en");
  return tooWide;
}"""
SCREENS_OF_A_LANGUAGE = """async (code) => {
  const language = await import("/static/js/tablet/language.js");
  const { build } = await import("/static/js/tablet/words.js");
  const { ask } = await import("/static/js/tablet/screens.js");
  await language.fetchAndTurnTo(code);
  const values = new Proxy({ photo: "" }, { get: (given, name) => given[name] ?? "Amir", has: () => true });
  const screens = ["how", "languages", "talk", "ask-adult", "waiting", "helped", "who-sees", "senses"];
  const choices = ["not-paired", "choices-waiting", "choices-after", "go-to", "childline", "undo"];
  const pieces = [...screens, ...choices].map((name) => build(name, values));
  ask(pieces[0].dataset.question);
  for (const piece of pieces) piece.querySelectorAll("ul:empty, ol:empty").forEach((list) => list.remove());
  document.getElementById("stage").replaceChildren(...pieces);
}"""
URDU_VOICE = """
  const voice = { lang: "ur-PK", localService: true, name: "A voice", default: true, voiceURI: "voice" };
  window.heard = [];
  Object.defineProperty(window, "speechSynthesis", { value: {
    getVoices: () => [voice], addEventListener() {}, cancel() {},
    speak: (words) => { heard.push([words.lang, words.text]); setTimeout(() => words.onend()); },
  } });
  window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
"""
PLAYED = """
  window.played = [];
  Object.defineProperty(window, "speechSynthesis", { value: undefined });
  HTMLMediaElement.prototype.play = function () {
    played.push(this.src.split(":")[0]);
    setTimeout(() => this.dispatchEvent(new Event("ended")));
    return Promise.resolve();
  };
"""


DAYS_IN = """async (codes) => {
  const language = await import("/static/js/tablet/language.js");
  const { dateName, shortDay, weekdayOf } = await import("/static/js/tablet/people.js");
  const said = {};
  for (const code of codes) {
    await language.fetchAndTurnTo(code);
    said[code] = [weekdayOf("2026-11-25"), shortDay("2026-11-25"), dateName("2046-12-05")];
  }
  language.turnTo("en");
  return said;
}"""


@pytest.fixture
def open_way_in(server: Server, open_tablet: Callable[..., Page]) -> Callable[..., WayIn]:
    """Opens the Oak tablet, where Amir's language is set: ``open_way_in("ur")``."""

    def open_one(code: str, *, script: str = "", **more: object) -> WayIn:
        speaks(server, "amir", code)
        page = open_tablet(**more)
        page.add_init_script(script)
        way = WayIn(page, server, code)
        Way(page, server).open()
        has_come(page, code)
        return way

    return open_one


@pytest.mark.parametrize("code", ["so", "ps"])
def test_ready_words_of_a_card_come_in_the_childs_language_and_own_words_as_they_are(
    open_way_in: Callable[..., WayIn], code: str
) -> None:
    way = open_way_in(code)
    ready = "I remember what you told me."
    way.leaves_card(words=ready)
    way.leaves_card(words="I remember your boat.", left_at=utc_now())
    with way.page.expect_response("**/waiting") as heard:
        way.arrive()
    heard.value.finished()
    way.press("2 Okay")
    said = way.page.locator(".card-said")
    assert way.say(ready) != ready
    expect(said).to_contain_text(way.say(ready))
    way.press("Keep it")
    expect(said).to_contain_text("I remember your boat.")


def test_the_days_of_the_week_are_in_the_childs_language_whatever_the_browser_knows(
    open_way: Callable[..., Way],
) -> None:
    """Chromium says the days of Welsh, Somali and Pashto in English, and of those of Panjabi the first letters."""
    said = open_way().page.evaluate(DAYS_IN, list(LANGUAGES))
    for code, (weekday, short, _) in said.items():
        assert weekday == dict(phrases(TABLET, code)).get("Wednesday", "Wednesday"), code
        assert (short == "Wed") == (code == "en"), code
    far = {code: one[2] for code, one in said.items()}
    assert {code: far[code] for code in ("en", "cy", "so")} == {
        "en": "Wednesday 5 December",
        "cy": "dydd Mercher 5 Rhagfyr",
        "so": "Arbaco 5 Diseembar",
    }
    assert far["zh-Hans"].startswith("12月5日")
    for code in ("pa", "ps"):
        assert said[code][0] in far[code]
        assert not any("a" <= letter.lower() <= "z" for letter in far[code])


@pytest.mark.parametrize("code", ["ur", "ar"])
def test_a_check_in_and_a_request_from_right_to_left(
    open_way_in: Callable[..., WayIn], axe: Callable[[Page], None], code: str
) -> None:
    way = open_way_in(code)
    page = way.page
    way.arrive().sees("How are you, Amir?")
    assert page.evaluate("document.documentElement.dir") == "rtl"

    def look() -> None:
        axe(page)
        assert page.evaluate(SIDEWAYS) == 0

    look()
    with page.expect_response("**/tablet/check-ins"):
        way.press("4 Upset").sees("Would you like to talk to someone?")
    assert way.check_ins() == [(way.server.school.pupils["amir"], 4)]
    look()
    way.press("Mrs Ali").sees("Ask Mrs Ali?")
    look()
    with page.expect_response(sent_to("/tablet/chats")):
        way.press("At break", "Draw", "Yes, ask").sees("We have asked Mrs Ali.")
    look()
    (chat,) = way.chats()
    assert (chat.when, chat.how) == ("break", "draw")
    way.answers("ali", "seen")
    way.sees("Mrs Ali has seen it.")
    way.answers("ali", "coming")
    way.sees("Mrs Ali is coming now.")
    look()
    way.press("I’m OK now").sees("You are OK now.")
    way.press("Finish")
    Way.sees(way, "Who are you?")
    assert page.evaluate("[document.documentElement.lang, document.documentElement.dir]") == ["en-GB", "ltr"]


def test_arrows_turn_round_and_hands_do_not(open_way_in: Callable[..., WayIn]) -> None:
    way = open_way_in("ur")
    way.arrive()
    turned = "one => new DOMMatrix(getComputedStyle(one).transform).a"
    assert way.page.locator(".how-skip .drawing").evaluate(turned) == -1
    hands = way.page.locator(".step-drawings .drawing")
    assert [hand.evaluate(turned) for hand in hands.all()] == [1] * hands.count()
    start, child = way.page.locator(".tool-start").bounding_box(), way.page.locator(".child").bounding_box()
    assert start
    assert child
    assert start["x"] > child["x"], "what stands first stands on the right"


@pytest.mark.parametrize(("order", "first_from_the_left"), [("left_to_right", "1"), ("follow", "5")])
def test_the_order_of_the_steps_is_the_schools_own_decision(
    server: Server, open_way_in: Callable[..., WayIn], order: str, first_from_the_left: str
) -> None:
    with server.database():
        change_setting("scale_order_rtl", order, KEYBOARD)
    way = open_way_in("ur")
    way.arrive()
    steps = way.page.locator('[data-press="step"]').all()
    by_place = sorted(steps, key=lambda step: (step.bounding_box() or {"x": 0})["x"])
    assert by_place[0].get_attribute("data-value") == first_from_the_left


def test_the_next_child_meets_english_and_so_does_a_tablet_without_the_language(
    open_way_in: Callable[..., WayIn],
) -> None:
    way = open_way_in("pl")
    way.arrive().press("Start")
    Way.press(way, "Zofia")
    Way.sees(way, "How are you, Zofia?")
    assert way.page.evaluate("document.documentElement.lang") == "en-GB"


def test_it_is_there_without_the_network(open_way_in: Callable[..., WayIn], console: Console) -> None:
    console.expect("ERR_INTERNET_DISCONNECTED|Failed to fetch")
    way = open_way_in("ur")
    way.page.evaluate("navigator.serviceWorker.ready.then(() => null)")
    eventually(way.page, "() => caches.keys().then((names) => names.some((name) => name.startsWith('treetops-')))")
    way.page.context.set_offline(True)
    way.page.reload()
    way.arrive().press("5 I need help").sees("Would you like to talk to someone?")
    way.press("Mrs Ali", "Yes, ask").sees("Not sent yet.")


def test_a_school_may_have_its_tablets_begin_in_another_language(
    open_tablet: Callable[..., Page], server: Server
) -> None:
    with server.database():
        change_setting("tablet_language", "cy", KEYBOARD)
    speaks(server, "amir", "ur")
    page = open_tablet()
    way, welsh = WayIn(page, server, "ur"), WayIn(page, server, "cy")
    page.goto(server.url)
    has_come(page, "ur")
    welsh.sees("Who are you?")
    way.arrive().sees("How are you, Amir?")
    way.press("Start")
    welsh.sees("Who are you?")
    Way.press(welsh, "Zofia")
    welsh.sees("How are you, Zofia?")


def test_another_language_for_this_visit(open_way: Callable[..., Way], server: Server) -> None:
    way = open_way()
    way.press("Amir", "Another language")
    way.sees("Which language?")
    names = way.page.locator('[data-press="language"]').all_inner_texts()
    assert names == [language.own_name for language in LANGUAGES.values()]
    way.press("Français")
    french = WayIn(way.page, server, "fr")
    french.sees("How are you, Amir?")
    french.press("2 Okay").press("Start")
    way.press("Amir").sees("How are you, Amir?")


def test_a_language_that_cannot_be_fetched_is_said_to_be_missing(
    open_way: Callable[..., Way], console: Console
) -> None:
    console.expect("ERR_INTERNET_DISCONNECTED|Failed to (load|fetch)")
    way = open_way()
    way.press("Amir", "Another language")
    way.page.context.set_offline(True)
    way.press("Français")
    expect(way.page.get_by_text("This language is not on the tablet yet.")).to_be_visible()
    way.sees("Which language?")


def test_no_screen_scrolls_sideways_in_any_language(open_way: Callable[..., Way]) -> None:
    way = open_way(viewport=SMALLEST)
    assert way.page.evaluate(EVERY_PIECE_OF_EVERY_SCREEN, list(LANGUAGES)) == []


def test_no_language_breaks_a_rule_of_accessibility(
    open_way: Callable[..., Way], axe: Callable[[Page], None]
) -> None:
    way = open_way()
    for code in LANGUAGES:
        way.page.evaluate(SCREENS_OF_A_LANGUAGE, code)
        assert way.page.evaluate("document.documentElement.dir") == LANGUAGES[code].direction
        axe(way.page)


def test_the_voice_of_the_device_reads_in_the_childs_language(open_way_in: Callable[..., WayIn]) -> None:
    way = open_way_in("ur", script=URDU_VOICE)
    expect(way.page.locator("html")).not_to_have_attribute("data-voice", "")  # none for the English start
    way.arrive()
    assert way.page.evaluate("heard") == []
    way.settle()
    way.page.locator(".question .tool-speak").tap()
    way.page.wait_for_function("() => heard.length > 5")
    language, text = way.page.evaluate("heard[0]")
    assert (language, text) == ("ur-PK", dict(phrases(TABLET, "ur"))["How are you, {name}?"].format(name="Amir"))


def test_a_child_who_hears_every_screen_is_read_to_and_nobody_else_is(
    server: Server, open_way_in: Callable[..., WayIn]
) -> None:
    setting(server, "amir", "read_aloud", "always")
    setting(server, "zofia", "read_aloud", "never")
    speaks(server, "zofia", "ur")
    way = open_way_in("ur", script=URDU_VOICE)
    urdu = dict(phrases(TABLET, "ur"))
    way.arrive()
    way.page.wait_for_function("() => heard.length > 0")
    assert way.page.evaluate("heard[0][1]") == urdu["How are you, {name}?"].format(name="Amir")
    way.press("4 Upset").sees("Would you like to talk to someone?")
    way.page.wait_for_function(
        "(asked) => heard.some(([, text]) => text === asked)", arg=urdu["Would you like to talk to someone?"]
    )
    way.press("Start")
    way.page.evaluate("() => { heard.length = 0; }")
    way.arrive("Zofia").sees("How are you, Zofia?")
    expect(way.page.locator(".tool-speak").first).to_be_hidden()
    assert way.page.evaluate("heard") == []


def test_reading_again_ends_what_was_being_read(open_way_in: Callable[..., WayIn]) -> None:
    way = open_way_in("ur", script=URDU_VOICE.replace("setTimeout(() => words.onend())", "null"))
    way.arrive()
    speaker = way.page.locator(".question .tool-speak")
    way.settle()
    speaker.tap()
    way.page.wait_for_function("() => heard.length === 1")
    assert way.page.locator(".is-read").count() == 1
    way.settle()
    speaker.tap()
    way.page.wait_for_function("() => heard.length === 2")
    assert way.page.locator(".is-read").count() == 1
    way.press("Start")
    assert way.page.locator(".is-read").count() == 0


def test_recordings_read_where_the_device_has_no_voice_also_offline(
    server: Server, open_way_in: Callable[..., WayIn], console: Console
) -> None:
    console.expect("ERR_INTERNET_DISCONNECTED|Failed to fetch")
    urdu = dict(phrases(TABLET, "ur"))
    novak = Chooser(server.school.adults["novak"], every_class=True)
    question, amir = "How are you, {name}?", server.school.pupils["amir"]
    with server.database():
        keep_recording(Saying("ur", f"phrase:{question}", urdu[question]), webm(1), "Mrs Khan", novak, KEYBOARD)
        name = Saying(EVERY_LANGUAGE, f"pupil:{amir}", "Amir", pupil_id=amir)
        keep_recording(name, webm(2), "Mrs Khan", novak, KEYBOARD)
    way = open_way_in("ur", script=PLAYED)
    eventually(
        way.page, "() => caches.open('treetops-sounds').then((c) => c.keys()).then((kept) => kept.length === 2)"
    )
    way.page.context.set_offline(True)
    way.arrive()
    expect(way.page.locator("html")).to_have_attribute("data-voice", "")
    assert way.page.evaluate("played") == []
    way.settle()
    way.page.locator(".question .tool-speak").tap()
    way.page.wait_for_function("() => played.length >= 2")
    assert way.page.evaluate("played.slice(0, 2)") == ["blob", "blob"], "the phrase, and then the name in it"
