"""First passwords that a person can read from a screen and type. Pure."""

from __future__ import annotations

from random import Random

WORDS = (
    "acorn", "amber", "anchor", "apron", "autumn", "badger", "basket", "beacon", "bramble", "bridge", "button",
    "candle", "canyon", "castle", "cedar", "cherry", "clover", "cobble", "copper", "cradle", "daisy", "dapple",
    "drizzle", "ember", "feather", "fiddle", "forest", "garden", "ginger", "granite", "harbour", "hazel",
    "heather", "island", "jigsaw", "kettle", "lantern", "lemon", "magnet", "marble", "meadow", "mitten",
    "mosaic", "nutmeg", "orchard", "paddle", "pebble", "pepper", "pillow", "plaster", "pocket", "puddle",
    "quilt", "ribbon", "river", "saddle", "shelter", "silver", "thimble", "thunder", "timber", "velvet",
    "walnut", "willow",
)  # fmt: skip


def three_words(seed: int, whose: str) -> str:
    """The demo's password for somebody: three words from the seed, the same every time."""
    return "-".join(Random(f"{seed}/password/{whose}").sample(WORDS, 3))
