"""The five steps stay apart for children who see colours otherwise, in every theme, and when there are no colours.

Simulated with the matrices of Machado, Oliveira and Fernandes, "A Physiologically-based Model for Simulation of
Color Vision Deficiency", IEEE Transactions on Visualization and Computer Graphics 15 (2009), severity 1.0, on
linear RGB.
Differences are distances in CIELAB (CIE 1976, D65 white), in which about 2.3 is the least that can just be seen.
"""

from __future__ import annotations

import math
import re
from itertools import pairwise
from operator import mul
from pathlib import Path
from typing import NamedTuple

import pytest

from kiosk.people.tablet_settings import CHOICES
from tests.unit.test_colours import DARK, LIGHT, SKINS, contrast, luminance

TOP = Path(__file__).parents[2]
EASILY_SEEN = 10.0
DARKER_EACH_TIME = 1.25

PROTANOPIA = (
    (0.152286, 1.052583, -0.204868),
    (0.114503, 0.786281, 0.099216),
    (-0.003882, -0.048116, 1.051998),
)
DEUTERANOPIA = (
    (0.367322, 0.860646, -0.227968),
    (0.280085, 0.672501, 0.047413),
    (-0.011820, 0.042940, 0.968881),
)
TRITANOPIA = (
    (1.255528, -0.076749, -0.178779),
    (-0.078411, 0.930809, 0.147602),
    (0.004733, 0.691367, 0.303900),
)
NO_DIFFERENCE = ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0))
GREYSCALE = ((0.2126, 0.7152, 0.0722),) * 3
EYES = {
    "all colours": NO_DIFFERENCE,
    "protanopia": PROTANOPIA,
    "deuteranopia": DEUTERANOPIA,
    "tritanopia": TRITANOPIA,
    "greyscale": GREYSCALE,
}
Matrix = tuple[tuple[float, float, float], ...]


class Lab(NamedTuple):
    """A colour in CIELAB."""

    light: float
    a: float
    b: float


def own_tokens(name: str) -> dict[str, str]:
    """The tokens that a theme has of its own."""
    css = re.sub(r"/\*.*?\*/", "", (TOP / "static/css/tablet/themes.css").read_text(), flags=re.S)
    rule = re.search(rf':root\[data-colours="{name}"\]\s*\{{([^}}]*)\}}', css)
    own = dict(re.findall(r"(--[\w-]+):\s*([^;]+);", rule[1])) if rule else {}
    assert own or name == "calm", f"themes.css has no theme {name}"
    return own


THEMES = {name: LIGHT | own_tokens(name) for name in CHOICES["theme"]}


def seen(colour: str, eye: Matrix) -> Lab:
    """``#rrggbb`` as an eye like that sees it."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    red, green, blue = (min(1.0, max(0.0, sum(map(mul, row, linear)))) for row in eye)
    x = (0.4124564 * red + 0.3575761 * green + 0.1804375 * blue) / 0.95047
    y = 0.2126729 * red + 0.7151522 * green + 0.0721750 * blue
    z = (0.0193339 * red + 0.1191920 * green + 0.9503041 * blue) / 1.08883
    fx, fy, fz = (t ** (1 / 3) if t > 216 / 24389 else (24389 / 27 * t + 16) / 116 for t in (x, y, z))
    return Lab(116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz))


@pytest.mark.parametrize("eye", EYES)
@pytest.mark.parametrize("name", THEMES)
def test_neighbouring_steps_are_easily_told_apart(name: str, eye: str) -> None:
    colours = [seen(THEMES[name][f"--step-{step}"], EYES[eye]) for step in range(1, 6)]
    near = {
        f"{step} and {step + 1}": round(distance, 1)
        for step, (one, other) in enumerate(pairwise(colours), 1)
        if (distance := math.dist(one, other)) < EASILY_SEEN
    }
    assert near == {}


@pytest.mark.parametrize("name", THEMES)
def test_each_step_is_darker_than_the_one_before(name: str) -> None:
    lights = [luminance(THEMES[name][f"--step-{step}"]) + 0.05 for step in range(1, 6)]
    assert [
        step for step, (lighter, darker) in enumerate(pairwise(lights), 1) if lighter / darker < DARKER_EACH_TIME
    ] == []


@pytest.mark.parametrize("name", THEMES)
def test_what_stands_on_a_step_can_be_read(name: str) -> None:
    least = 7 if name == "high_contrast" else 4.5
    tokens = THEMES[name]
    assert [
        step for step in range(1, 6) if contrast(tokens[f"--step-{step}-ink"], tokens[f"--step-{step}"]) < least
    ] == []


def test_high_contrast_means_seven_to_one_for_all_words() -> None:
    tokens = THEMES["high_contrast"]
    words = ("ink", "ink-soft", "accent", "good", "warn", "alarm", "line")
    pairs = [(word, paper) for word in words for paper in ("ground", "surface", "surface-sunk")]
    pairs += [("accent-ink", "accent"), ("accent-soft-ink", "accent-soft"), ("focus", "focus-gap")]
    weak = [pair for pair in pairs if contrast(tokens[f"--{pair[0]}"], tokens[f"--{pair[1]}"]) < 7]
    assert weak == []


def test_high_contrast_is_the_same_on_a_device_that_prefers_the_dark() -> None:
    dark = {name for name in DARK if DARK[name] != LIGHT[name]}
    assert dark - own_tokens("high_contrast").keys() == set()


def test_a_theme_without_traffic_light_has_no_red_amber_or_green() -> None:
    """In CIELAB all its steps lie on the blue side."""
    labs = [seen(THEMES["no_traffic_light"][f"--step-{step}"], NO_DIFFERENCE) for step in range(1, 6)]
    assert [lab for lab in labs if lab.b > 0 or abs(lab.a) > abs(lab.b)] == []


def test_the_simulation_leaves_white_white_and_a_red_green_eye_takes_them_for_alike() -> None:
    for eye in EYES.values():
        assert math.dist(seen("#ffffff", eye), (100, 0, 0)) < 0.5
    red, green = "#c84040", "#7a7a20"
    apart = math.dist(seen(red, NO_DIFFERENCE), seen(green, NO_DIFFERENCE))
    assert math.dist(seen(red, DEUTERANOPIA), seen(green, DEUTERANOPIA)) < apart / 2


@pytest.mark.parametrize("skin", [LIGHT, *SKINS], ids=["neutral", "1", "2", "3", "4", "5"])
def test_a_hand_of_every_colour_stands_out_from_the_white_behind_it(skin: dict[str, str]) -> None:
    pen_on_paper = contrast(LIGHT["--pen"], LIGHT["--paint-white"])
    assert pen_on_paper >= 7
    assert contrast(LIGHT["--pen"], skin["--skin"]) >= 2.4
