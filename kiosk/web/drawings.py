"""The drawings of a page: those it shows and no others.

A sprite of every symbol is fourteen kilobytes on each page. A page whose scripts draw nothing new sets ``lean``,
and its layout asks here for what its words hold.
"""

from __future__ import annotations

import re
from functools import cache

from flask import current_app
from markupsafe import Markup

_SHOWN = re.compile(r'href="#([a-z][a-z0-9-]*)"')
_SYMBOL = re.compile(r'<symbol id="([^"]+)".*?</symbol>', re.DOTALL)


def drawings_of(page: Markup) -> Markup:
    """A sprite with the drawings that a page shows.

    Args:
        page: the page, as far as it is written.
    """
    there = _symbols()
    used = dict.fromkeys(name for name in _SHOWN.findall(page) if name in there)
    return Markup('<svg class="sprite" width="0" height="0" aria-hidden="true">{}</svg>').format(
        Markup("").join(there[name] for name in used)
    )


@cache
def _symbols() -> dict[str, Markup]:
    drawn = current_app.jinja_env.get_template("drawings/all.html").render()
    return {found[1]: Markup(found[0]) for found in _SYMBOL.finditer(drawn)}  # noqa: S704 - our own templates
