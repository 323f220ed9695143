"""The tablet: one offline-first page, and the protocol it and other devices speak."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("tablet", __name__)

from kiosk.web.tablet import page, protocol, worker  # noqa: E402, F401 - they put their views on the blueprint
