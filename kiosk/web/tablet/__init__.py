"""The tablet: one offline-first page, and the protocol it and other devices speak."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("tablet", __name__)

from kiosk.web.tablet import (  # noqa: E402 - they put their views on the blueprint
    days,  # noqa: F401
    for_you,  # noqa: F401
    page,  # noqa: F401
    pictures,  # noqa: F401
    protocol,  # noqa: F401
    screens,  # noqa: F401
    sounds,  # noqa: F401
    strategies,  # noqa: F401
    week,  # noqa: F401
    worker,  # noqa: F401
)
