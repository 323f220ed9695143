"""The board and the answers."""

from __future__ import annotations

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from kiosk.people.models import ROLES
from kiosk.web.access import allow, signed_in_roles
from kiosk.web.staff import blueprint


@blueprint.get("/home")
@allow(*ROLES)
def home() -> ResponseReturnValue:
    """Send each person to the page they came for."""
    roles = signed_in_roles()
    if roles & {"adult", "duty", "dsl"}:
        return redirect(url_for("staff.index"), 303)
    return redirect("/admin/" if "admin" in roles else "/patterns/", 303)


@blueprint.get("/")
@allow("adult", "duty", "dsl")
def index() -> ResponseReturnValue:
    """The board."""
    return render_template("staff/board.html")
