"""The list of help pages, and each page."""

from __future__ import annotations

from datetime import timedelta

from flask import abort, render_template
from flask.typing import ResponseReturnValue

from kiosk.patterns.words import length_words
from kiosk.people.models import ROLES
from kiosk.school.languages import LANGUAGES, SOURCE
from kiosk.school.store import settings
from kiosk.web.access import allow, signed_in_roles
from kiosk.web.catalogues import Standing, standing
from kiosk.web.help import blueprint
from kiosk.web.help.pages import PAGES, PARTS, neighbours


@blueprint.get("/")
@allow(*ROLES)
def index() -> ResponseReturnValue:
    """Every page, by what one wants to do."""
    return render_template("help/index.html", parts=PARTS)


@blueprint.app_template_global()
def tablet_languages_now() -> list[Standing]:
    """How far each language of the tablet has come, for staff."""
    return [standing(language) for code, language in LANGUAGES.items() if code != SOURCE]


@blueprint.get("/<name>")
@allow(*ROLES)
def page(name: str) -> ResponseReturnValue:
    """One page."""
    if name not in PAGES:
        abort(404)
    before, after = neighbours(name)
    school = settings()
    return render_template(
        f"help/{name}.html",
        page=PAGES[name],
        before=before,
        after=after,
        school=school,
        wait=length_words(timedelta(seconds=int(school["answer_within_seconds"]))),
        roles=signed_in_roles(),
    )
