"""The office: tablets, accounts and how the school runs. No feelings, no requests, no steps."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("admin", __name__, url_prefix="/admin")

from kiosk.web.admin import accounts, channels, dates, overview, settings, tablets  # noqa: E402, F401 - they put their views on it
