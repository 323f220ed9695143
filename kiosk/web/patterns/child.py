"""One child over weeks: on the screen, on paper for parents, on paper for the team."""

from __future__ import annotations

from datetime import date
from functools import partial

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from kiosk.feelings.store import current_scale
from kiosk.patterns import words
from kiosk.patterns.child import words as child_words
from kiosk.patterns.child.children import children_by_class
from kiosk.patterns.child.left_out import LeaveOutRefused, bring_back, leave_out
from kiosk.patterns.child.looking import look_at_child
from kiosk.patterns.child.over_time import PARTS_OF_DAY
from kiosk.patterns.child.store import NoSuchChild
from kiosk.patterns.different.of_child import on_lists
from kiosk.patterns.looking import check_switched_on, views_switched_on
from kiosk.people.rules import read_id
from kiosk.school.calendar import DAY_NAMES
from kiosk.school.store import local_now, settings
from kiosk.web.access import actor, allow, asker, signed_in_roles
from kiosk.web.languages import flash
from kiosk.web.patterns import blueprint
from kiosk.web.patterns.pictures import dots, told_by_day, year_in_squares
from kiosk.web.patterns.places import WHO_SEES_PATTERNS
from kiosk.web.staff.after_words import list_words
from kiosk.wording import N_, Day

SHORT_WEEKDAYS = [Day(date(2024, 1, number), "EEE") for number in range(1, 8)]
"""``Mon`` and so on, from a week that began on the first."""
PAPER = {"parents": N_("For a meeting with parents"), "team": N_("For the team")}


@blueprint.get("/children/")
@allow(*WHO_SEES_PATTERNS)
def children() -> ResponseReturnValue:
    """Every child by class, to find one."""
    check_switched_on("child")
    return render_template("patterns/children.html", classes=children_by_class(actor()))


@blueprint.get("/children/<pupil_id>")
@allow(*WHO_SEES_PATTERNS)
def child(pupil_id: str) -> ResponseReturnValue:
    """One child: dots, times of day, half terms, talks, cards, the year in squares."""
    paper = request.args.get("paper")
    if paper not in PAPER:
        paper = None
    now = local_now()
    try:
        look = look_at_child(
            _id(pupil_id),
            request.args.get("period"),
            actor(),
            paper=paper or "screen",
            with_requests=paper != "parents" or request.args.get("requests") == "yes",
            asker=asker() if paper != "parents" and actor().adult_id is not None else None,
        )
    except NoSuchChild:
        abort(404)
    if look.shown is None:
        return render_template("patterns/child_left_out.html", child=look.child, words=words, now=now)
    scale, by_day = current_scale(), told_by_day(look.shown.answers)
    period = look.shown.period
    lists = on_lists(look.child.id, period.first, period.last) if paper != "parents" else []
    return render_template(
        "patterns/child_paper.html" if paper else "patterns/child.html",
        child=look.child,
        shown=look.shown,
        picture=dots(look.shown.days, by_day, scale.direction, scale.words, look.shown.away),
        told_by_day=by_day,
        lists=lists,
        scale=scale,
        offered=look.offered,
        year_name=look.year_name,
        parts=PARTS_OF_DAY,
        weekdays=DAY_NAMES,
        short_weekdays=SHORT_WEEKDAYS,
        paper=paper,
        paper_words=PAPER,
        with_requests=look.with_requests,
        lead_speaks_first=look.lead_speaks_first,
        year=year_in_squares(look.shown.year, scale.direction, look.shown.away),
        helped=partial(list_words, safe_space=settings()["safe_space_name"]),
        told=child_words,
        may_take_chronology="dsl" in signed_in_roles(),
        words=words,
        now=now,
    )


@blueprint.post("/children/<pupil_id>/leave-out")
@allow(*WHO_SEES_PATTERNS)
def leave_child_out(pupil_id: str) -> ResponseReturnValue:
    """Leave a child out of patterns."""
    try:
        leave_out(_id(pupil_id), request.form.get("why", ""), actor())
    except NoSuchChild:
        abort(404)
    except LeaveOutRefused as refused:
        flash(refused, "stopped")
    else:
        flash("This child is left out of patterns. Check-ins and requests go on as before.", "done")
    return redirect(_page_of(pupil_id), 303)


@blueprint.post("/children/<pupil_id>/bring-back")
@allow(*WHO_SEES_PATTERNS)
def bring_child_back(pupil_id: str) -> ResponseReturnValue:
    """Show a child in patterns again."""
    try:
        bring_back(_id(pupil_id), actor())
    except NoSuchChild:
        abort(404)
    flash("This child is in patterns again.", "done")
    return redirect(_page_of(pupil_id), 303)


def _page_of(pupil_id: str) -> str:
    """The page on which the form stood; a school without the page over time has it under Children only."""
    if request.form.get("back") == "children" or "child" not in views_switched_on():
        return url_for("staff.child", pupil_id=pupil_id, _anchor="patterns")
    return url_for("patterns.child", pupil_id=pupil_id)


def _id(text: str) -> int:
    pupil_id = read_id(text)
    if pupil_id is None:
        abort(404)
    return pupil_id
