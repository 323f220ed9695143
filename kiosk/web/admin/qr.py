"""A QR as a drawing that stands in the page itself: no address of its own that could be kept or guessed."""

from __future__ import annotations

import segno
from markupsafe import Markup

EDGE = 4
"""Blank squares around it; scanners need four."""


def qr(text: str) -> Markup:
    """The QR of a text as inline SVG, sized by the style sheet."""
    drawn = segno.make(text, error="m", micro=False)
    return Markup(drawn.svg_inline(border=EDGE, omitsize=True, svgclass="qr-squares", lineclass=None))  # noqa: S704
