"""The colours: readable in both themes, steps apart in greyscale, no motion for whoever asks for none."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest

from kiosk.people.pictures import HUES

TOP = Path(__file__).parents[2]


def stylesheet(name: str) -> str:
    return re.sub(r"/\*.*?\*/", "", (TOP / f"static/css/{name}.css").read_text(), flags=re.S)


def declared(selector: str, within: str = "@layer tokens") -> dict[str, str]:
    """The custom properties of the first rule with exactly this selector behind ``within`` in tokens.css."""
    _before, found, behind = stylesheet("tokens").partition(within)
    assert found, f"tokens.css has no {within}"
    rule = re.search(rf"[{{}};]\s*{re.escape(selector)}\s*\{{([^}}]*)\}}", behind)
    assert rule, f"tokens.css has no rule {selector}"
    return dict(re.findall(r"(--[\w-]+):\s*([^;]+);", rule[1]))


LIGHT = declared(":root")
DARK = LIGHT | declared(":root", within="prefers-color-scheme: dark")
THEMES = {"light": LIGHT, "dark": DARK}
SKINS = [declared(f'[data-skin="{tone}"]') for tone in range(1, 6)]

WORDS_ON = [
    *((word, paper) for word in ("ink", "ink-soft", "accent") for paper in ("ground", "surface", "surface-sunk")),
    *((word, paper) for word in ("good", "warn", "alarm") for paper in ("ground", "surface")),
    *((f"{colour}-ink", colour) for colour in ("accent", "accent-soft", "good", "warn", "alarm")),
    *((f"step-{step}-ink", f"step-{step}") for step in range(1, 6)),
    *(("hue-ink", f"hue-{hue}") for hue in range(1, HUES + 1)),
]
SHAPES_ON = [
    *(
        (edge, paper)
        for edge in ("line-strong", "focus", "step-edge", "accent")
        for paper in ("ground", "surface")
    ),
    ("focus", "focus-gap"),
    *(("pen", f"hue-{hue}") for hue in range(1, HUES + 1)),
    ("pen", "face"),
    ("pen", "skin"),
]


def luminance(colour: str) -> float:
    """Relative luminance, 0 to 1, of ``#rrggbb`` (WCAG 2.2)."""
    assert re.fullmatch(r"#[0-9a-f]{6}", colour), f"{colour} is not #rrggbb"
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one_colour: str, other: str) -> float:
    """Contrast ratio, 1 to 21 (WCAG 2.2)."""
    darker, lighter = sorted((luminance(one_colour), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("theme", THEMES)
class TestColours:
    def test_words_can_be_read(self, theme):
        tokens = THEMES[theme]
        weak = {
            f"--{word} on --{paper}": round(ratio, 2)
            for word, paper in WORDS_ON
            if (ratio := contrast(tokens[f"--{word}"], tokens[f"--{paper}"])) < 4.5
        }
        assert weak == {}

    def test_edges_and_rings_can_be_seen(self, theme):
        tokens = THEMES[theme]
        weak = {
            f"--{shape} on --{paper}": round(ratio, 2)
            for shape, paper in SHAPES_ON
            if (ratio := contrast(tokens[f"--{shape}"], tokens[f"--{paper}"])) < 3
        }
        assert weak == {}

    def test_a_hand_or_face_stands_out_by_its_pen_or_by_its_skin(self, theme):
        tokens = THEMES[theme]
        fills = [tokens["--face"], tokens["--skin"], *(skin["--skin"] for skin in SKINS)]
        for paper in (tokens["--ground"], tokens["--surface"]):
            assert [
                fill for fill in fills if max(contrast(tokens["--pen"], paper), contrast(fill, paper)) < 3
            ] == []

    def test_steps_grow_darker_and_stay_apart_in_greyscale(self, theme):
        lights = [luminance(THEMES[theme][f"--step-{step}"]) + 0.05 for step in range(1, 6)]
        assert all(lighter / darker >= 1.3 for lighter, darker in pairwise(lights))


class TestTokens:
    def test_in_the_dark_words_are_lighter_than_their_paper(self):
        assert luminance(LIGHT["--ink"]) < luminance(LIGHT["--ground"])
        assert luminance(DARK["--ink"]) > luminance(DARK["--ground"])

    def test_dark_changes_only_what_light_has(self):
        assert set(DARK) == set(LIGHT)

    def test_fingers_can_be_told_apart_on_every_skin(self):
        assert [skin for skin in SKINS if contrast(LIGHT["--pen"], skin["--skin"]) < 2.4] == []

    def test_less_motion_means_none(self):
        still = {"--quick": "0ms", "--slow": "0ms"}
        assert declared(':root[data-motion="less"]') == still
        assert declared(":root", within="prefers-reduced-motion: reduce") == still

    def test_every_hue_has_its_class(self):
        for hue in range(1, HUES + 1):
            assert f".hue-{hue} {{ --hue: var(--hue-{hue}); }}" in stylesheet("base")
        assert f"--hue-{HUES + 1}" not in LIGHT

    @pytest.mark.parametrize("name", ["reset", "tokens", "base"])
    def test_a_stylesheet_opens_with_the_order_of_layers(self, name):
        assert stylesheet(name).lstrip().startswith("@layer reset, tokens, base, components, page;")

    def test_every_token_that_is_used_is_given(self):
        used = set(re.findall(r"var\((--[\w-]+)\)", stylesheet("base")))
        given = set(re.findall(r"(--[\w-]+):", stylesheet("tokens") + stylesheet("base")))
        assert used - given == set()
