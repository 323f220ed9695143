"""The gallery's pages: the list, the tablet with one example on it, and one example of the staff's components."""

from __future__ import annotations

from pathlib import Path

from flask import (
    Blueprint,
    Flask,
    abort,
    jsonify,
    render_template,
    render_template_string,
    request,
    send_from_directory,
)
from flask.typing import ResponseReturnValue

from kiosk.people.tablet_settings import CHOICES
from kiosk.school.languages import LANGUAGES, SOURCE, STAFF_LANGUAGES
from kiosk.web.access import allow_everyone
from kiosk.web.languages import written_in
from kiosk.web.tablet.worker import page_files
from tests.gallery.staff_examples import BY_NAME, STAFF_EXAMPLES
from tests.gallery.tablet_examples import TABLET_EXAMPLES

HERE = Path(__file__).parent

blueprint = Blueprint("gallery", __name__, url_prefix="/gallery", template_folder="templates")


def add_gallery(app: Flask) -> Flask:
    """Give an application the gallery, before it has answered anything."""
    app.register_blueprint(blueprint)
    return app


@blueprint.get("/")
@allow_everyone
def index() -> ResponseReturnValue:
    """Every example, in the colours and the language that the address asks for."""
    return render_template(
        "gallery/index.html",
        tablet=TABLET_EXAMPLES,
        staff=STAFF_EXAMPLES,
        themes=CHOICES["theme"],
        languages=LANGUAGES.values(),
        asked=request.args,
    )


@blueprint.get("/tablet")
@allow_everyone
def tablet() -> ResponseReturnValue:
    """The tablet's own page, with the example that the address names: ``?example=how&language=ur&theme=zones``."""
    return render_template("gallery/tablet.html", **page_files())


@blueprint.get("/tablet.json")
@allow_everyone
def tablet_examples() -> ResponseReturnValue:
    """What the tablet's page is filled with."""
    return jsonify({example.name: example.json() for example in TABLET_EXAMPLES})


@blueprint.get("/static/<name>")
@allow_everyone
def script(name: str) -> ResponseReturnValue:
    """The gallery's own script."""
    return send_from_directory(HERE / "static", name)


@blueprint.get("/staff/<name>")
@allow_everyone
def staff(name: str) -> ResponseReturnValue:
    """One component in one state: ``?language=cy&direction=rtl``."""
    example = BY_NAME.get(name) or abort(404)
    code = request.args.get("language", SOURCE)
    if code not in STAFF_LANGUAGES:
        abort(404)
    with written_in(code):
        component = render_template_string(example.template, **example.values())
        return render_template(
            "gallery/staff.html",
            example=example,
            component=component,
            language_code=code,
            direction="rtl" if request.args.get("direction") == "rtl" else "ltr",
        )
