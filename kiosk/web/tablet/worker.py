"""The tablet's page works without the network: its service worker, its web manifest and the files both name."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path
from typing import Any

from flask import Response, current_app, jsonify, render_template, url_for
from flask.typing import ResponseReturnValue

from kiosk.school.languages import LANGUAGES
from kiosk.web.access import allow_everyone
from kiosk.web.app_icons import KEPT_OFFLINE, manifest_icons
from kiosk.web.compression import same_for_everybody
from kiosk.web.tablet import blueprint

SCREENS = (
    *("press", "who", "how", "talk", "ask", "waiting", "for_you", "senses", "who_sees", "scanning", "week", "mat"),
    *("still_here", "language", "child", "larger", "symbols", "themes"),
)
STYLES = (
    *(f"css/{name}.css" for name in ("reset", "tokens", "base", "tablet")),
    *(f"css/tablet/{name}.css" for name in SCREENS),
)
PICTURES = ("img/favicon.svg", "img/treetops.svg")
SCRIPTS_FOLDER = "js/tablet"
WORKER = f"{SCRIPTS_FOLDER}/service-worker.js"
PAPER = "#f5f2ea"
"""The page's ground, shown while it opens: ``--ground`` in tokens.css."""


@blueprint.get("/sw.js")
@allow_everyone
@same_for_everybody
def service_worker() -> ResponseReturnValue:
    """The service worker. It is another one exactly when the page or a file of it is."""
    pages = {url_for("tablet.page"): render_template("tablet/page.html").encode()}
    pages[url_for("tablet.manifest")] = json.dumps(_manifest()).encode()
    files = {_address(name): _contents(name) for name in (*STYLES, *scripts(), *PICTURES, *KEPT_OFFLINE)}
    kept = pages | files
    source = _contents(WORKER).decode()
    names = f"const VERSION = {json.dumps(_hash(kept))};\nconst FILES = {json.dumps(list(kept))};\n"
    return Response(names + source, mimetype="text/javascript", headers={"Cache-Control": "no-cache"})


@blueprint.get("/manifest.webmanifest")
@allow_everyone
def manifest() -> ResponseReturnValue:
    """What a device is told that keeps the tablet's page as an app."""
    answer = jsonify(_manifest())
    answer.mimetype = "application/manifest+json"
    answer.headers["Cache-Control"] = "no-cache"
    return answer


@blueprint.context_processor
def page_files() -> dict[str, Any]:
    """The names of the files of the tablet's page, for its template."""
    return {
        "tablet_styles": STYLES,
        "tablet_scripts": scripts(),
        "tablet_paper": PAPER,
        "tablet_languages": tuple(LANGUAGES.values()),
    }


def scripts() -> list[str]:
    """The page's modules, below the static folder."""
    folder = _static_folder()
    found = (path.relative_to(folder).as_posix() for path in (folder / SCRIPTS_FOLDER).glob("*.js"))
    return sorted(name for name in found if name != WORKER)


def _manifest() -> dict[str, Any]:
    return {
        "name": "Treetops",
        "short_name": "Treetops",
        "description": "Say how you feel and ask a grown-up for a chat.",
        "lang": "en-GB",
        "id": url_for("tablet.page"),
        "start_url": url_for("tablet.page"),
        "scope": url_for("tablet.page"),
        "display": "standalone",
        "orientation": "any",
        "background_color": PAPER,
        "theme_color": PAPER,
        "icons": manifest_icons(_address),
    }


def _hash(files: dict[str, bytes]) -> str:
    parts = [f"{address} {sha256(contents).hexdigest()}" for address, contents in sorted(files.items())]
    return sha256("\n".join(parts).encode()).hexdigest()[:16]


def _contents(name: str) -> bytes:
    return (_static_folder() / name).read_bytes()


def _address(name: str) -> str:
    return url_for("static", filename=name)


def _static_folder() -> Path:
    assert current_app.static_folder is not None
    return Path(current_app.static_folder)
