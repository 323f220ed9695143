"""The drawings: all there, plain shapes in named colours, light to send, and a scale that can be counted."""

from __future__ import annotations

import gzip
import re
from collections import Counter
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest
from jinja2 import Environment, FileSystemLoader

from kiosk.people.pictures import CARD_DRAWINGS, LEAVES, PUPIL_PICTURES

TOP = Path(__file__).parents[2]
SVG = "{http://www.w3.org/2000/svg}"
SPRITES = ("scale", "other_scales", "pictures", "cards", "symbols", "child", "strategies", "leaves")
SHAPES = {"path", "circle", "ellipse", "rect"}

pages = Environment(loader=FileSystemLoader(TOP / "templates"), autoescape=True)
macros = pages.get_template("drawings/macros.html").module


def sprite(name: str) -> str:
    return pages.get_template(f"drawings/{name}.html").render().strip()


def symbols() -> list[ElementTree.Element]:
    return [symbol for name in SPRITES for symbol in ElementTree.fromstring(sprite(name)).iter(f"{SVG}symbol")]


def drawn(prefix: str) -> list[str]:
    return [symbol.get("id", "") for symbol in symbols() if symbol.get("id", "").startswith(prefix)]


def one(name: str) -> ElementTree.Element:
    return next(symbol for symbol in symbols() if symbol.get("id") == name)


def tag(element: ElementTree.Element) -> str:
    return element.tag.removeprefix(SVG)


class TestSprites:
    def test_every_picture_of_a_pupil_or_a_card_is_drawn_and_no_other(self):
        assert sorted(drawn("pic-")) == sorted(f"pic-{name}" for name in (*PUPIL_PICTURES, *CARD_DRAWINGS))
        assert len(PUPIL_PICTURES) >= 32

    def test_every_leaf_is_drawn_and_no_other(self):
        assert sorted(drawn("leaf-")) == sorted(f"leaf-{name}" for name in LEAVES)
        assert len(LEAVES) >= 8

    def test_each_name_stands_once(self):
        names = Counter(symbol.get("id") for symbol in symbols())
        assert [name for name, times in names.items() if times > 1] == []

    def test_one_sprite_holds_all_the_others(self):
        everything = sprite("all")
        assert re.findall(r'<symbol id="([^"]+)"', everything) == [symbol.get("id") for symbol in symbols()]

    def test_a_drawing_is_square_and_made_of_plain_shapes(self):
        for symbol in symbols():
            _, _, width, height = map(float, symbol.get("viewBox", "").split())
            assert width == height, symbol.get("id")
            parts = {tag(part) for part in symbol.iter()} - {"symbol"}
            assert parts & SHAPES, symbol.get("id")
            assert parts <= SHAPES | {"g"}, f"{symbol.get('id')} holds more than shapes: {parts - SHAPES}"

    def test_every_colour_has_a_name(self):
        """So that skin, hue and theme can change, and nothing needs an inline style."""
        for symbol in symbols():
            for part in symbol.iter():
                assert part.get("style") is None
                for paint in (part.get("fill"), part.get("stroke")):
                    assert paint is None or paint in {"none", "currentColor"} or paint.startswith("var(--"), paint

    def test_every_named_colour_is_in_the_stylesheets(self):
        css = "".join((TOP / f"static/css/{name}.css").read_text() for name in ("tokens", "base"))
        named = set(re.findall(r"var\((--[\w-]+)", "".join(map(sprite, SPRITES))))
        assert [name for name in sorted(named) if f"{name}:" not in css] == []

    def test_everything_a_tablet_inlines_is_light(self):
        everything = sprite("all").encode()
        assert len(everything) < 90_000
        assert len(gzip.compress(everything)) < 30_000

    def test_pages_and_scripts_name_only_drawings_that_exist(self):
        there = {symbol.get("id") for symbol in symbols()}
        written = [*TOP.glob("templates/**/*.html"), *TOP.glob("static/js/**/*.js")]
        asked = {
            (file.name, name)
            for file in written
            if file.parent.name != "drawings"
            for name in re.findall(
                r"""["'#`]((?:sym|pic|leaf|hand|face)-[a-z0-9-]*[a-z0-9])["'`]""", file.read_text()
            )
        }
        assert [(file, name) for file, name in sorted(asked) if name not in there] == []


class TestTheScale:
    @pytest.mark.parametrize("step", [1, 2, 3, 4, 5])
    def test_a_hand_raises_as_many_fingers_as_its_step(self, step):
        fingers = [part.get("d") for part in one(f"hand-{step}").iter() if part.get("class") == "finger"]
        assert len(fingers) == len(set(fingers)) == step

    def test_raised_fingers_stay_where_they_were(self):
        """One more finger goes up from step to step; none moves, so counting on is seen."""
        raised = [
            {part.get("d") for part in one(f"hand-{step}").iter() if part.get("class") == "finger"}
            for step in range(1, 6)
        ]
        assert all(fewer < more for fewer, more in pairwise(raised))

    def test_faces_are_one_face_with_five_looks(self):
        faces = [list(one(f"face-{step}")) for step in range(1, 6)]
        outlines = {ElementTree.tostring(face[0]) for face in faces}
        assert len(outlines) == 1
        for feature in ("brows", "eyes", "mouth"):
            looks = [
                b"".join(ElementTree.tostring(part) for part in face if part.get("class") == feature)
                for face in faces
            ]
            assert all(looks), f"a face has no {feature}"
            assert len(set(looks)) == 5, f"two faces have the same {feature}"

    def test_brows_rise_towards_the_middle_step_by_step(self):
        """A child who reads no mouth still sees the order: the inner end of the brow is higher each time."""
        slopes = [inner_rise(one(f"face-{step}")) for step in range(2, 6)]
        assert slopes == sorted(slopes)
        assert slopes[0] < slopes[-1]


class TestOtherPicturesOfTheScale:
    def test_the_thermometer_stands_higher_each_time(self):
        levels = [
            next(part for part in one(f"thermometer-{step}") if part.get("class") == "level")
            for step in range(1, 6)
        ]
        heights = [float(level.get("height", "0")) for level in levels]
        assert all(more - less >= 6 for less, more in pairwise(heights))

    def test_the_glass_of_the_thermometer_is_always_the_same(self):
        assert len({one(f"thermometer-{step}")[0].get("d") for step in range(1, 6)}) == 1

    def test_clouds_grow_and_the_calm_sky_has_none(self):
        clouds = [
            [part for part in one(f"weather-{step}") if part.get("class") == "cloud"] for step in range(1, 6)
        ]
        assert [len(found) for found in clouds] == [0, 1, 1, 1, 1]
        sizes = [float(re.findall(r"a([\d.]+) ", found[0].get("d", ""))[0]) for found in clouds[1:]]
        assert all(more >= less * 1.1 for less, more in pairwise(sizes))


def inner_rise(face: ElementTree.Element) -> float:
    """How far the left brow climbs from its outer to its inner end, in units of the drawing."""
    brows = next(part for part in face if part.get("class") == "brows")
    numbers = re.match(r"M[\d. ]+q(-?[\d.]+)[ ]?(-?[\d.]+)[ ]?(-?[\d.]+)[ ]?(-?[\d.]+)", brows.get("d", ""))
    assert numbers
    return -float(numbers[4])


class TestMacros:
    def test_a_drawing_beside_words_is_silent(self):
        html = str(macros.drawing("sym-bell"))
        assert 'aria-hidden="true"' in html
        assert 'href="#sym-bell"' in html
        assert "role=" not in html

    def test_a_drawing_that_stands_alone_says_its_name(self):
        html = str(macros.drawing("hand-3", label='Three "fingers"', **{"class": "step-hand"}))
        assert 'role="img" aria-label="Three &#34;fingers&#34;"' in html
        assert 'class="drawing step-hand"' in html
        assert "aria-hidden" not in html

    def test_a_picture_stands_on_its_hue(self):
        html = str(macros.picture("fox-3"))
        assert 'class="picture hue-3"' in html
        assert 'href="#pic-fox"' in html

    def test_a_leaf_carries_initials(self):
        html = str(macros.leaf("oak-8", "<M"))
        assert 'class="leaf hue-8"' in html
        assert 'href="#leaf-oak"' in html
        assert "&lt;M" in html


class TestIcons:
    @pytest.mark.parametrize("name", ["favicon.svg", "icon.svg", "icon-maskable.svg"])
    def test_an_icon_is_whole_and_stands_by_itself(self, name):
        icon = ElementTree.parse(TOP / "static/img" / name).getroot()
        assert icon.tag == f"{SVG}svg"
        assert "var(" not in (TOP / "static/img" / name).read_text()
