"""What is read aloud: every label that is seen and nothing else, also by recordings alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from kiosk.audit import KEYBOARD
from kiosk.people.high5 import Chooser
from kiosk.voices.sayings import EVERY_LANGUAGE, Saying
from kiosk.voices.store import keep_recording
from kiosk.web.catalogues import TABLET, phrases
from tests.browser.running import Server
from tests.browser.tablet.in_language import WayIn, has_come, setting, speaks
from tests.browser.tablet.test_languages import PLAYED
from tests.browser.tablet.test_looks import VOICE
from tests.browser.tablet.test_switches import ENDING_VOICE
from tests.browser.tablet.way import UNHURRIED, Way
from tests.sounds import webm

SOUNDS_OF = """async (text) => {
  const { soundsOf } = await import("/static/js/tablet/sounds.js");
  return soundsOf(text, "so").length;
}"""


@pytest.fixture
def open_heard(open_tablet: Callable[..., Page], server: Server) -> Callable[..., Way]:
    """A tablet with a voice of which everything is heard."""

    def open_one() -> Way:
        page = open_tablet()
        page.add_init_script(ENDING_VOICE)
        page.add_init_script(UNHURRIED)
        return Way(page, server).open()

    return open_one


def reads(way: Way) -> list[str]:
    """What the speaker beside the question reads."""
    way.page.evaluate("() => { heard.length = 0; }")
    way.press("Read this to me")
    expect(way.page.locator(".is-read")).to_have_count(0)
    said: list[str] = way.page.evaluate("heard")
    return said


def test_names_languages_and_what_stands_around_are_read(open_heard: Callable[..., Way]) -> None:
    way = open_heard()
    said = reads(way)
    assert said[0] == "Who are you?"
    assert said[1:3] == ["Amir", "Zofia"]
    assert "Who can see this?" in said
    way.press("Amir", "Another language").sees("Which language?")
    said = reads(way)
    assert "Polski" in said
    assert "Start" in said
    way.press("Start", "Amir", "4 Upset").sees("Would you like to talk to someone?")
    assert "Take it back" in reads(way)


def test_only_what_is_seen_is_read(open_heard: Callable[..., Way]) -> None:
    way = open_heard().ask_mrs_ali()
    expect(way.page.locator(".stations")).to_be_visible()
    said = " ".join(reads(way))
    moving, still = way.page.locator(".breathe-how").all()
    for instruction in (moving, still):
        assert (instruction.inner_text() in said) is instruction.is_visible()
    assert "I can’t wait" in said


def test_are_you_still_here_is_read_to_a_child_who_hears_every_screen(
    open_tablet: Callable[..., Page], server: Server
) -> None:
    setting(server, "amir", "read_aloud", "always")
    page = open_tablet()
    page.add_init_script(ENDING_VOICE)
    page.clock.install()
    way = Way(page, server).open()
    for name, hears in (("Zofia", False), ("Amir", True)):
        way.press(name).sees(f"How are you, {name}?")
        page.clock.run_for(1_000)
        page.evaluate("() => { heard.length = 0; }")
        page.clock.run_for(20_000)
        expect(page.locator("#still-here")).to_be_visible()
        page.clock.run_for(500)
        assert ("Are you still here?" in page.evaluate("heard")) is hears
        page.keyboard.press("Escape")
        expect(page.locator("#still-here")).to_be_hidden()
        way.press("Start").sees("Who are you?")


def test_a_child_who_listens_is_not_interrupted_and_a_voice_without_an_end_keeps_nobody_there(
    open_tablet: Callable[..., Page], server: Server
) -> None:
    """Read aloud, a High 5 takes longer than the time without a touch."""
    setting(server, "amir", "read_aloud", "always")
    page = open_tablet()
    page.add_init_script(VOICE)
    page.clock.install()
    way = Way(page, server).open().press("Amir").stop_time()
    expect(page.locator(".is-read")).to_have_count(1)
    page.clock.run_for(50_000)
    expect(page.locator("#still-here")).to_be_hidden()
    way.sees("How are you, Amir?")
    page.clock.run_for(32_000)
    expect(page.locator("#still-here")).to_be_visible()
    page.clock.run_for(20_000)
    way.sees("Who are you?")


def test_a_phrase_is_heard_whole_and_is_never_taken_for_another(
    open_tablet: Callable[..., Page], server: Server
) -> None:
    somali = dict(phrases(TABLET, "so"))
    space, coming = "Do you want to go to {space}?", "{adult} is coming at {time}."
    back, monday = "Back on {back}", somali["Monday"]
    novak = Chooser(server.school.adults["novak"], every_class=True)
    ali = server.school.adults["ali"]
    with server.database():
        for number, saying in enumerate(
            [
                Saying("so", f"phrase:{space}", somali[space]),
                Saying("so", f"phrase:{coming}", somali[coming]),
                Saying("so", f"phrase:{back}", somali[back]),
                Saying("so", "phrase:Monday", monday),
                Saying("so", "hour:10", "10:"),
                Saying("so", "minute:30", ":30"),
                Saying(EVERY_LANGUAGE, "words:Treetops", "Treetops"),
                Saying(EVERY_LANGUAGE, f"adult:{ali}", "Mrs Ali", adult_id=ali),
            ]
        ):
            keep_recording(saying, webm(number + 1), "Mrs Khan", novak, KEYBOARD)
    speaks(server, "amir", "so")
    page = open_tablet()
    page.add_init_script(PLAYED)
    Way(page, server).open()
    has_come(page, "so")
    WayIn(page, server, "so").arrive()
    expect(page.locator("html")).to_have_attribute("data-voice", "")  # what is recorded has come
    for text, pieces in (
        (somali[space].format(space="Treetops"), 2),
        (somali[coming].format(adult="Mrs Ali", time="10:30"), 4),
        ("10:30", 2),
        ("22:30", 2),
        (f"{monday} 10:30", 3),
        (somali[back].format(back=monday), 2),
        (somali["How are you, {name}?"].format(name="Amir"), 0),  # another phrase, which is not recorded
        (somali["{adult} is coming on {day} at {time}."].format(adult="Mrs Ali", day="Isniin", time="10:30"), 0),
        ("Amir", 0),
    ):
        assert page.evaluate(SOUNDS_OF, text) == pieces, text
