"""The drawings that stand for people who have no photo, by name.

Each name here has its drawing in ``templates/drawings/``. A person's ``picture`` is a name with a hue,
such as ``fox-3``: the drawing ``fox`` on the third of the eight tile colours.
"""

from __future__ import annotations

HUES = 8
"""How many tile colours there are; they are counted from 1."""

PUPIL_PICTURES: tuple[str, ...] = (
    "fox",
    "owl",
    "rabbit",
    "cat",
    "dog",
    "bear",
    "lion",
    "elephant",
    "mouse",
    "hedgehog",
    "frog",
    "penguin",
    "duck",
    "robin",
    "fish",
    "whale",
    "turtle",
    "snail",
    "butterfly",
    "bee",
    "ladybird",
    "tree",
    "tulip",
    "sunflower",
    "mushroom",
    "apple",
    "pear",
    "strawberry",
    "carrot",
    "boat",
    "kite",
    "rocket",
    "balloon",
    "train",
    "bicycle",
    "umbrella",
    "star",
    "moon",
    "sun",
    "cloud",
    "rainbow",
    "house",
    "key",
    "bell",
    "drum",
    "ball",
)
"""Distinct, well-known animals and things: what a child of four tells apart and remembers."""

CARD_DRAWINGS: tuple[str, ...] = ("heart", "mittens", "nest", "leaf")
"""Drawings for cards alone: no child is one of them."""

LEAVES: tuple[str, ...] = (
    "oak",
    "maple",
    "birch",
    "willow",
    "beech",
    "holly",
    "ginkgo",
    "hazel",
    "rowan",
    "lime",
    "clover",
    "acorn",
    "spruce",
    "poplar",
    "lily",
    "chestnut",
)
"""Shapes of leaves, crowns and fruits that carry an adult's initials: so many that in a school of thirty adults
hardly a child has two of one shape in different colours. A class called after one has it as its sign, so none is a
part of another word for a place in school."""
