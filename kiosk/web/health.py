"""Whether this process lives, and whether it can work."""

from __future__ import annotations

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue

from kiosk.migrations import is_migrated
from kiosk.web.access import allow_everyone

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
@allow_everyone
def healthz() -> ResponseReturnValue:
    """The process lives."""
    return jsonify(status="ok")


@blueprint.get("/readyz")
@allow_everyone
def readyz() -> ResponseReturnValue:
    """The database answers and is migrated."""
    try:
        ready = is_migrated()
    except Exception:
        ready = False
    if ready:
        return jsonify(status="ok")
    return jsonify(status="not ready", advice="Run kiosk migrate, and look whether the database is there."), 503
