"""Different from usual: the list of a week, what happened next, and the page that explains the method."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import cast

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from kiosk.patterns.days import day_words
from kiosk.patterns.different import method
from kiosk.patterns.different.entries import NextStepRefused, NoSuchEntry, keep_next_step, look_at_week
from kiosk.patterns.different.making import make_list, weeks_with_a_list
from kiosk.patterns.different.weeks import A_WEEK, ListWeek
from kiosk.patterns.different.words import chance_words
from kiosk.patterns.figures import chance
from kiosk.patterns.looking import check_switched_on
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
    weeks = weeks_with_a_list()
    shown_from = asked_for(weeks)
    if shown_from is None:
        return render_template("patterns/different_nothing.html")
    week = look_at_week(shown_from, actor())
    if week is None:
        abort(404)
    now = local_now()
    return render_template(
        "patterns/different.html",
        week=week,
        by_chance=chance_words(week.compared, week.found),
        weeks=weeks,
        not_looked_at=[one.shown_from for one in weeks if not one.is_looked_at and one.shown_from != shown_from],
        is_newest=shown_from == weeks[0].shown_from,
        is_this_week=now.date() - shown_from < A_WEEK,
        day_words=lambda day: day_words(day, now.date()),
        moment=lambda at: moment(at, now),
        child_pages=settings()["patterns_child"] == "yes",
    )


@blueprint.post("/different/<entry_id>")
@allow("nurture", "dsl")
def next_step(entry_id: str) -> ResponseReturnValue:
    """What happened next with one entry."""
    check_switched_on("different")
    week = _read_week(request.form.get("week"))
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
    return redirect(url_for("patterns.different", week=week, _anchor=f"entry-{entry_id}"), 303)


@blueprint.get("/different/method")
@allow("nurture", "dsl")
def how_it_works() -> ResponseReturnValue:
    """The method, how often it names a child for nothing, and what it cannot see."""
    check_switched_on("different")
    return render_template("patterns/method.html", method=method, chance=chance)


def asked_for(weeks: Sequence[ListWeek]) -> date | None:
    """The week that the address asks for, else the newest, with its list made; nothing when there is none yet."""
    named = _read_week(request.args.get("week"))
    shown_from = named or (weeks[0].shown_from if weeks else None)
    if any(one.shown_from == shown_from and not one.is_made for one in weeks):
        make_list(cast(date, shown_from), actor())
    return shown_from


def _read_week(text: str | None) -> date | None:
    """The day from which a list is shown, as an address names it; nothing when it names none."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        abort(404)
