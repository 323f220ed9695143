"""A friendly hello: whom every adult greets by name this week."""

from __future__ import annotations

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from kiosk.patterns.child.store import NoSuchChild
from kiosk.patterns.days import day_words
from kiosk.patterns.today.hello import greet, stop_greeting, to_greet
from kiosk.people.rules import read_id
from kiosk.school.store import local_now
from kiosk.web.access import actor, allow, signed_in_roles
from kiosk.web.languages import flash
from kiosk.web.patterns import blueprint
from kiosk.wording import Sentence

WHO_ASKS_FOR_IT = ("nurture", "dsl")


@blueprint.get("/hello")
@allow("adult", "duty", "nurture", "dsl", "admin")
def hello() -> ResponseReturnValue:
    """Names and pictures, for everybody who meets children in a corridor: the administrator, too."""
    today = local_now().date()
    return render_template(
        "patterns/hello.html",
        children=to_greet(actor()),
        day_words=lambda day: day_words(day, today),
        may_change=bool(signed_in_roles() & set(WHO_ASKS_FOR_IT)),
    )


@blueprint.post("/hello/<pupil_id>")
@allow(*WHO_ASKS_FOR_IT)
def change_hello(pupil_id: str) -> ResponseReturnValue:
    """Put a child on the list for a week, or take them off."""
    child = read_id(pupil_id) or 0
    if request.form.get("hello") == "stop":
        stop_greeting(child, actor())
        flash("The child is on the friendly-hello list no more.", "done")
        return redirect(url_for("patterns.hello"), 303)
    try:
        last_day = greet(child, actor())
    except NoSuchChild:
        abort(404)
    asked = Sentence(
        "Every adult is asked for a friendly hello until %(weekday)s; it does not say why.",
        weekday=day_words(last_day, last_day),
    )
    flash(asked, "done")
    return redirect(url_for("patterns.hello"), 303)
