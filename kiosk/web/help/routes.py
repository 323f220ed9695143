"""The list of help pages, and each page."""

from __future__ import annotations

from datetime import timedelta

from flask import abort, current_app, render_template
from flask.typing import ResponseReturnValue

from kiosk.patterns.words import length_words
from kiosk.people.models import ROLES
from kiosk.school.languages import LANGUAGES, SOURCE
from kiosk.school.store import settings
from kiosk.web.access import allow, signed_in_roles
from kiosk.web.catalogues import Standing, standing
from kiosk.web.help import blueprint
from kiosk.web.help.pages import PAGES, PARTS, neighbours
from kiosk.web.languages import current_language


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
    mine = f"help/{current_language().code}/{name}.html"
    article = current_app.jinja_env.select_template([mine, f"help/{name}.html"])
    return render_template(
        article,
        in_english_only=article.name != mine,
        page=PAGES[name],
        before=before,
        after=after,
        school=school,
        wait=length_words(timedelta(seconds=int(school["answer_within_seconds"]))),
        roles=signed_in_roles(),
    )
