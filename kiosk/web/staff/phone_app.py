"""The staff pages as an app on a phone: the web manifest, and the service worker that shows alerts."""

from __future__ import annotations

from pathlib import Path

from flask import Response, current_app, jsonify, url_for
from flask.typing import ResponseReturnValue

from kiosk.web.access import allow_everyone
from kiosk.web.app_icons import manifest_icons
from kiosk.web.staff import blueprint

WORKER = "js/staff/service-worker.js"
PAPER = "#f5f2ea"
"""Shown while the app opens: ``--ground`` in tokens.css."""


@blueprint.get("/sw.js")
@allow_everyone
def service_worker() -> ResponseReturnValue:
    """The service worker. It keeps no page and no file; it only shows what is pushed."""
    assert current_app.static_folder is not None
    source = (Path(current_app.static_folder) / WORKER).read_bytes()
    return Response(source, mimetype="text/javascript", headers={"Cache-Control": "no-cache"})


@blueprint.get("/manifest.webmanifest")
@allow_everyone
def manifest() -> ResponseReturnValue:
    """What a phone is told that keeps the staff pages as an app."""
    answer = jsonify(
        {
            "name": "Treetops for staff",
            "short_name": "Treetops",
            "description": "Answer the children who would like to talk with you.",
            "lang": "en-GB",
            "id": url_for("staff.index"),
            "start_url": url_for("staff.home"),
            "scope": "/",
            "display": "standalone",
            "background_color": PAPER,
            "theme_color": PAPER,
            "icons": manifest_icons(lambda name: url_for("static", filename=name)),
        }
    )
    answer.mimetype = "application/manifest+json"
    answer.headers["Cache-Control"] = "no-cache"
    return answer
