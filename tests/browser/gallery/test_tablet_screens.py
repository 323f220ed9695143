"""Every screen of the tablet in every state, measured as it is rendered: each language, direction and theme."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable
from itertools import cycle, pairwise
from typing import Any

import pytest
from playwright.sync_api import Browser

from kiosk.people.tablet_settings import CHOICES
from kiosk.school.languages import LANGUAGES
from tests.browser.conftest import PHONE_SIZE, TABLET_SIZE, Console
from tests.browser.gallery.conftest import ALL, AXE, AXE_BUT_COLOURS, AXE_COLOURS, Stand
from tests.browser.tablet.test_looks import (
    A_TABLETS_WIDTH,
    EDGE,
    NARROWEST,
    SIZES,
    SPEAKER_ON_A_PHONE,
    TWO_CENTIMETRES,
)
from tests.unit.test_colour_blindness import DARKER_EACH_TIME
from tests.unit.test_colours import luminance

THEMES = tuple(CHOICES["theme"])
READABLE = 4.5
READABLE_IN_HIGH_CONTRAST = 7
IN_EVERY_DIRECTION_AND_THEME = f"""() => {{
  const page = document.documentElement;
  const found = [];
  for (const direction of ["rtl", "ltr"]) {{
    for (const theme of {list(THEMES)}) {{
      [page.dir, page.dataset.colours] = [direction, theme];
      for (const said of measure.sideways()) found.push(`${{direction}} ${{theme}} ${{said}}`);
    }}
  }}
  return found;
}}"""
SMALLER_TABLETS = [(1080, 810), (1024, 768), (810, 1080), (768, 1024)]
STANDING = {"width": TABLET_SIZE["height"], "height": TABLET_SIZE["width"]}
COLOURS_AT = """async ([png, points]) => {
  const bytes = Uint8Array.from(atob(png), (letter) => letter.charCodeAt(0));
  const bitmap = await createImageBitmap(new Blob([bytes]));
  const paper = new OffscreenCanvas(bitmap.width, bitmap.height).getContext("2d");
  paper.drawImage(bitmap, 0, 0);
  return points.map(([x, y]) => [...paper.getImageData(x, y, 1, 1).data].slice(0, 3));
}"""


def each_language() -> list[dict[str, str]]:
    """Every language, each in another theme than the one before."""
    return [{"language": code, "theme": theme} for code, theme in zip(LANGUAGES, cycle(THEMES), strict=False)]


def test_every_screen_is_accessible_in_every_language(open_stand: Callable[..., Stand]) -> None:
    assert open_stand().each(AXE_BUT_COLOURS, *each_language()) == []


def test_every_screen_is_accessible_in_every_theme_in_the_light_and_the_dark(
    open_stand: Callable[..., Stand],
) -> None:
    """What a theme changes are colours: those of every text are measured besides."""
    stand = open_stand()
    for scheme in ("light", "dark"):
        stand.page.emulate_media(color_scheme=scheme)
        for theme in THEMES:
            least = READABLE_IN_HIGH_CONTRAST if theme == "high_contrast" else READABLE
            assert stand.each(f"() => measure.faint({least})", {"theme": theme}) == [], scheme
    assert stand.each(AXE, *({"theme": theme} for theme in THEMES)) == []


def test_words_stand_out_in_every_language_and_from_right_to_left_in_every_theme(
    open_stand: Callable[..., Stand],
) -> None:
    """Axe looks at each screen once in a language from right to left, and at each theme in one."""
    stand = open_stand()
    assert stand.each(f"() => measure.faint({READABLE})", *each_language()) == []
    written_so = [code for code, language in LANGUAGES.items() if language.direction == "rtl"]
    looks = [{"language": code, "theme": theme} for code, theme in zip(cycle(written_so), THEMES, strict=False)]
    assert {look["theme"] for look in looks} == set(THEMES)
    for place, look in enumerate(looks):
        assert stand.each(AXE_COLOURS, look, of=ALL[place :: len(looks)]) == []


def test_faint_words_are_found(open_stand: Callable[..., Stand]) -> None:
    said = open_stand().each("() => measure.faint(21.5)", of=["how, five steps"])
    assert ["how, five steps", "", '"Calm" has 13.88'] in said


def test_no_screen_reaches_beyond_a_narrow_side_in_any_language_direction_or_theme(
    open_stand: Callable[..., Stand],
) -> None:
    stand = open_stand(viewport=NARROWEST)
    languages = ({"language": code} for code in LANGUAGES)
    assert stand.each(IN_EVERY_DIRECTION_AND_THEME, *languages) == []


@pytest.mark.parametrize("size", [TABLET_SIZE, PHONE_SIZE, NARROWEST], ids=lambda size: str(size["width"]))
def test_text_twice_as_large_fits_in_every_language(
    open_stand: Callable[..., Stand], large_text_browser: Browser, console: Console, size: Any
) -> None:
    context = large_text_browser.new_context(viewport=size, has_touch=True, reduced_motion="reduce")
    console.watch(context)
    stand = open_stand(context)
    languages = [{"language": code} for code in LANGUAGES]
    assert stand.each("() => [...measure.sideways(), ...measure.spilt()]", *languages) == []
    if size == NARROWEST:
        assert stand.each(AXE) == []
    context.close()


@pytest.mark.parametrize("size", [TABLET_SIZE, STANDING], ids=["lying", "standing"])
def test_every_word_stays_whole_in_every_language(open_stand: Callable[..., Stand], size: Any) -> None:
    stand = open_stand(viewport=size)
    assert stand.each("() => measure.broken()", *({"language": code} for code in LANGUAGES)) == []


def test_a_broken_word_is_found_and_mended(open_stand: Callable[..., Stand]) -> None:
    stand = open_stand()
    narrow = "document.querySelector('.step-word').style.inlineSize = '3.2ch'"
    one = ["how, five steps"]
    assert [said for *_, said in stand.each(f"() => {{ {narrow}; return measure.broken(); }}", of=one)] == [
        '"Calm" is broken in two'
    ]
    look = "(await import('/static/js/tablet/whole_words.js')).look()"
    assert stand.each(f"async () => {{ {narrow}; {look}; return measure.broken(); }}", of=one) == []
    sizes = stand.page.locator(".step-word").evaluate_all(
        "all => all.map((one) => getComputedStyle(one.querySelector('.word-size') ?? one).fontSize)"
    )
    assert len(set(sizes)) == 1, "its neighbours have become as small"


def test_everything_a_child_presses_is_large_enough_and_away_from_the_edge(
    open_stand: Callable[..., Stand],
) -> None:
    stand = open_stand()
    for size in SIZES:
        smaller = ["speak"] if size["width"] < A_TABLETS_WIDTH else []
        least = {"least": TWO_CENTIMETRES, "tool": SPEAKER_ON_A_PHONE, "tools": smaller, "edge": EDGE}
        stand.page.set_viewport_size(size)  # type: ignore[arg-type]
        found = stand.each(f"() => [...measure.targets({least}), ...measure.spilt(), ...measure.sideways()]")
        assert found == [], size


def test_nothing_has_to_be_scrolled_on_a_tablet_that_lies(open_stand: Callable[..., Stand]) -> None:
    """A class of thirty too."""
    tall = "() => document.documentElement.scrollHeight > innerHeight ? ['is too tall'] : []"
    assert open_stand().each(tall) == []


@pytest.mark.parametrize("size", SMALLER_TABLETS, ids="{0[0]}x{0[1]}".format)
def test_a_smaller_tablet_shows_everything_at_once_too(
    open_stand: Callable[..., Stand], size: tuple[int, int]
) -> None:
    """What a child would have to scroll to is not found, and a class's tablets are seldom the newest."""
    stand = open_stand(viewport={"width": size[0], "height": size[1]})
    least = {"least": TWO_CENTIMETRES, "tool": TWO_CENTIMETRES, "tools": [], "edge": EDGE}
    seen = [f"...measure.targets({least})", "...measure.spilt()", "...measure.sideways()", "...measure.broken()"]
    tall = "...(document.documentElement.scrollHeight > innerHeight ? ['is too tall'] : [])"
    assert stand.each(f"() => [{', '.join(seen)}]") == []
    assert stand.each(f"() => [{tall}]", of=[name for name in ALL if not fills_more_than(size, name)]) == []


def fills_more_than(size: tuple[int, int], name: str) -> bool:
    """A class has as many tiles of 2 cm as it has children."""
    return "a class of 38" in name or (size == (1024, 768) and "a class of 30" in name)


def test_neighbouring_steps_stay_apart_in_grey_as_they_are_painted(open_stand: Callable[..., Stand]) -> None:
    stand = open_stand()
    blank = stand.page.context.new_page()
    for scheme in ("light", "dark"):
        stand.page.emulate_media(color_scheme=scheme)
        for theme in THEMES:
            stand.each("() => []", {"theme": theme}, of=["how, five steps"])
            lights = [grey + 0.05 for grey in greys_of_the_steps(stand, blank)]
            too_near = [pair for pair in pairwise(lights) if pair[0] / pair[1] < DARKER_EACH_TIME]
            assert too_near == [], (scheme, theme)


def greys_of_the_steps(stand: Stand, blank: Any) -> list[float]:
    """The luminance of each step's paint, from 0 to 1, taken from a picture of the page."""
    boxes = [step.bounding_box() for step in stand.page.locator(".step-choice").all()]
    beside_the_drawings = [[round(box["x"]) + 8, round(box["y"] + box["height"] / 2)] for box in boxes if box]
    png = b64encode(stand.page.screenshot()).decode()
    colours = blank.evaluate(COLOURS_AT, [png, beside_the_drawings])
    assert len(colours) == 5
    return [luminance(f"#{red:02x}{green:02x}{blue:02x}") for red, green, blue in colours]
