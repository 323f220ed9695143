"""What nurture staff look at: today first."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("patterns", __name__, url_prefix="/patterns")

from kiosk.web.patterns import (  # noqa: E402, F401 - they put their views and filters on the blueprint
    child,
    connections,
    different,
    exports,
    feeds,
    hello,
    hundreds,
    lists,
    naming,
    places,
    routes,
    school,
)
