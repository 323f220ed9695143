"""The staff board: requests that are mine, live, each answered with one tap."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("staff", __name__, url_prefix="/staff")

from kiosk.web.staff import routes  # noqa: E402, F401 - it puts its views on the blueprint
