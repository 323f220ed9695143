"""Silence and connections: who is not heard from, who is named by whom, how long children wait."""

from __future__ import annotations

from flask import render_template, request
from flask.typing import ResponseReturnValue

from kiosk.patterns.connections.silence import ASKS_OFTEN
from kiosk.patterns.connections.store import look_at_connections
from kiosk.patterns.days import day_words
from kiosk.patterns.words import about_words, count, within_words
from kiosk.school.store import local_now, settings
from kiosk.web.access import actor, allow
from kiosk.web.patterns import blueprint


@blueprint.get("/connections")
@allow("nurture", "dsl")
def connections() -> ResponseReturnValue:
    """The whole school, by name."""
    shown = look_at_connections(actor())
    today = local_now().date()
    return render_template(
        "patterns/connections.html",
        shown=shown,
        asks_often=ASKS_OFTEN,
        with_never_asks="never-asks" in request.args,
        child_pages=settings()["patterns_child"] == "yes",
        count=count,
        day_words=lambda day: day_words(day, today),
        about_words=about_words,
        within_words=within_words,
    )
