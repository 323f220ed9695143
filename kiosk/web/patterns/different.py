"""Different from usual: the list of a week, what happened next, and the page that explains the method."""

from __future__ import annotations

from datetime import date

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from kiosk.audit import record
from kiosk.db import writing
from kiosk.patterns import method
from kiosk.patterns.days import day_words
from kiosk.patterns.looking import check_switched_on
from kiosk.patterns.making import this_week
from kiosk.patterns.weekly import NextStepRefused, NoSuchEntry, keep_next_step, week_of
from kiosk.patterns.words import moment
from kiosk.people.rules import read_id
from kiosk.school.store import local_now, settings
from kiosk.web.access import actor, allow
from kiosk.web.languages import flash
from kiosk.web.patterns import blueprint


@blueprint.get("/different")
@allow("nurture", "dsl")
def different() -> ResponseReturnValue:
    """The list of this week, or of an earlier one."""
    check_switched_on("different")
    newest = this_week(actor())
    shown_from = read_week(request.args.get("week")) or newest
    week = week_of(shown_from)
    if week is None:
        abort(404)
    with writing():
        record("pattern_seen", actor(), view="different", what=[shown_from.isoformat()])
    now = local_now()
    return render_template(
        "patterns/different.html",
        week=week,
        is_newest=shown_from == newest,
        day_words=lambda day: day_words(day, now.date()),
        moment=lambda at: moment(at, now),
        child_pages=settings()["patterns_child"] == "yes",
    )


@blueprint.post("/different/<entry_id>")
@allow("nurture", "dsl")
def next_step(entry_id: str) -> ResponseReturnValue:
    """What happened next with one entry."""
    check_switched_on("different")
    try:
        keep_next_step(
            read_id(entry_id) or 0, request.form.get("kind", ""), request.form.get("words", ""), actor()
        )
    except NoSuchEntry:
        abort(404)
    except NextStepRefused as refused:
        flash(refused, "stopped")
    else:
        flash("That is written down with your name.", "done")
    week = read_week(request.form.get("week"))
    return redirect(url_for("patterns.different", week=week, _anchor=f"entry-{entry_id}"), 303)


@blueprint.get("/different/method")
@allow("nurture", "dsl")
def how_it_works() -> ResponseReturnValue:
    """The method, how often it names a child for nothing, and what it cannot see."""
    check_switched_on("different")
    return render_template("patterns/method.html", method=method)


def read_week(text: str | None) -> date | None:
    """The day from which a list is shown, as an address names it; nothing when it names none."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        abort(404)
