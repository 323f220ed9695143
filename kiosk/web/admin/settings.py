"""How the school runs: every setting with its meaning, and changing one."""

from __future__ import annotations

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from kiosk.refusal import Refusal
from kiosk.school.settings import SETTINGS
from kiosk.school.store import change_setting, settings
from kiosk.web.access import actor, allow
from kiosk.web.admin import blueprint
from kiosk.web.admin.words import CHOICE_WORDS, as_typed, setting_title
from kiosk.web.languages import _, flash


@blueprint.get("/settings")
@allow("admin")
def school_settings() -> ResponseReturnValue:
    """Every setting with its value."""
    return _settings_page()


@blueprint.post("/settings/<name>")
@allow("admin")
def change_school_setting(name: str) -> ResponseReturnValue:
    """Change one; a value it cannot have comes back with the reason."""
    if name not in SETTINGS:
        abort(404)
    value = request.form.get("value", "")
    try:
        change_setting(name, value, actor())
    except Refusal as refused:
        return _settings_page(refused_name=name, refused_value=as_typed(value), refused=_(refused)), 422
    flash(_("%(what)s is changed.", what=setting_title(name)), "done")
    return redirect(url_for("admin.school_settings", _anchor=name), 303)


def _settings_page(**refused: str) -> str:
    return render_template(
        "admin/settings.html",
        known=SETTINGS,
        values=settings(),
        title_of=setting_title,
        choice_words=CHOICE_WORDS,
        **refused,
    )
