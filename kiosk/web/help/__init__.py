"""Help that lives in the app: short pages in plain words, for everyone who signs in."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("help", __name__, url_prefix="/help")

from kiosk.web.help import routes  # noqa: E402, F401 - it puts its views on the blueprint
