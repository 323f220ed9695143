"""Pictures of two children's own things in the demo, drawn here: no photo of anybody is part of this program."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.ImageDraw import ImageDraw

_SIDE = 512
_GRASS, _SKY, _WALL, _FLOOR = "#9cc48a", "#cfe6f3", "#f3e3c2", "#c9a27a"
_INK, _FUR, _MUZZLE, _MAT, _FRAME, _BLUE, _RED = (
    *("#2b2b33", "#a8744a", "#e2bd92", "#39424f", "#5a7fb0", "#5a8fc7", "#c9564f"),
)


def trampoline() -> bytes:
    """The trampoline behind the school, as a PNG."""
    pen, finish = _paper(_SKY)
    pen.rectangle((0, 330, _SIDE, _SIDE), fill=_GRASS)
    for foot in (110, 256, 402):
        pen.line((foot, 330, foot, 430), fill=_INK, width=14)
    pen.ellipse((50, 230, 462, 390), fill=_FRAME, outline=_INK, width=8)
    pen.ellipse((96, 256, 416, 364), fill=_MAT, outline=_INK, width=6)
    return finish()


def teddy() -> bytes:
    """A teddy in the quiet corner, as a PNG."""
    pen, finish = _paper(_WALL)
    pen.rectangle((0, 400, _SIDE, _SIDE), fill=_FLOOR)
    pen.ellipse((40, 330, 472, 500), fill=_BLUE, outline=_INK, width=8)
    for ear in (150, 290):
        pen.ellipse((ear, 60, ear + 80, 140), fill=_FUR, outline=_INK, width=8)
    pen.ellipse((160, 220, 352, 440), fill=_FUR, outline=_INK, width=8)
    pen.ellipse((146, 84, 366, 282), fill=_FUR, outline=_INK, width=8)
    pen.ellipse((206, 184, 306, 264), fill=_MUZZLE, outline=_INK, width=6)
    for eye in (204, 286):
        pen.ellipse((eye, 148, eye + 22, 170), fill=_INK)
    pen.ellipse((238, 196, 274, 220), fill=_INK)
    pen.polygon((256, 286, 206, 262, 206, 312), fill=_RED)
    pen.polygon((256, 286, 306, 262, 306, 312), fill=_RED)
    return finish()


def _paper(colour: str) -> tuple[ImageDraw, Callable[[], bytes]]:
    from PIL import Image, ImageDraw

    image = Image.new("RGB", (_SIDE, _SIDE), colour)

    def finish() -> bytes:
        drawn = BytesIO()
        image.save(drawn, "PNG")
        return drawn.getvalue()

    return ImageDraw.Draw(image), finish
