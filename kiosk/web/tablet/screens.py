"""Every screen of the tablet's page in one language, for a child who does not read English."""

from __future__ import annotations

from functools import lru_cache
from hashlib import sha256

from flask import abort, jsonify, render_template, request
from flask.typing import ResponseReturnValue

from kiosk.school.languages import LANGUAGES, SOURCE
from kiosk.web.access import allow_everyone
from kiosk.web.catalogues import TABLET, fingerprint
from kiosk.web.compression import same_for_everybody
from kiosk.web.languages import written_in
from kiosk.web.tablet import blueprint


@blueprint.get("/tablet/screens/<code>")
@allow_everyone
@same_for_everybody
def screens(code: str) -> ResponseReturnValue:
    """The screens in a language, with the direction it is written in. They name nobody.

    They belong to the page of one version (its scripts fill them in), which it names in the address:
    409 for another.
    """
    language = LANGUAGES.get(code)
    if language is None:
        abort(404)
    if request.args.get("version", version := screens_version()) != version:
        return jsonify(error="This page is older than the server's. Load it again."), 409
    answer = jsonify(
        language=language.code, direction=language.direction, version=version, screens=screens_in(language.code)
    )
    answer.headers["Cache-Control"] = "no-cache"
    answer.add_etag()
    return answer.make_conditional(request)


@blueprint.app_template_global()
def screens_version() -> str:
    """A text that is another one exactly when the screens are, in any language."""
    return _version_of(screens_in(SOURCE) + fingerprint(TABLET))


def screens_in(code: str) -> str:
    """The screens as HTML: the same whichever page asks, for the version goes by them."""
    with written_in(code):
        return render_template("tablet/screens.html", tablet_languages=tuple(LANGUAGES.values()))


@lru_cache(maxsize=4)
def _version_of(screens: str) -> str:
    return sha256(screens.encode()).hexdigest()[:16]
