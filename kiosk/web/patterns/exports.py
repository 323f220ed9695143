"""What pages of patterns show, as a file; each is recorded as an export and not as a look."""

from __future__ import annotations

from flask import Response, abort, request
from flask.typing import ResponseReturnValue

from kiosk.patterns.child.chronology import chronology_export, chronology_of
from kiosk.patterns.child.looking import look_at_child
from kiosk.patterns.child.sheets import child_export
from kiosk.patterns.child.store import NoSuchChild
from kiosk.patterns.connections.sheets import connections_export
from kiosk.patterns.connections.store import look_at_connections
from kiosk.patterns.different.entries import week_of
from kiosk.patterns.different.making import weeks_with_a_list
from kiosk.patterns.different.sheets import week_export
from kiosk.patterns.looking import check_switched_on, keep_look
from kiosk.patterns.out.files import FORMS, TYPES
from kiosk.patterns.out.sheets import Export
from kiosk.patterns.school.cut_store import cuts_offered, look_at_cut
from kiosk.patterns.school.sheets import school_export, weeks_export
from kiosk.patterns.school.store import look_at_school
from kiosk.people.rules import read_id
from kiosk.web.access import actor, allow
from kiosk.web.patterns import blueprint
from kiosk.web.patterns.different import asked_for


@blueprint.get("/children/<pupil_id>/export.<form>")
@allow("nurture", "dsl")
def export_child(pupil_id: str, form: str) -> ResponseReturnValue:
    """One child's answers, half terms and requests."""
    _check(form)
    try:
        look = look_at_child(read_id(pupil_id) or 0, request.args.get("period"), actor(), paper=form)
    except NoSuchChild:
        abort(404)
    if look.shown is None:
        abort(404)
    return _file(child_export(look.shown), form)


@blueprint.get("/different/export.<form>")
@allow("nurture", "dsl")
def export_different(form: str) -> ResponseReturnValue:
    """The list of a week."""
    _check(form)
    check_switched_on("different")
    shown_from = asked_for(weeks_with_a_list())
    week = week_of(shown_from) if shown_from else None
    if week is None:
        abort(404)
    keep_look(actor(), "different", [week.shown_from.isoformat()], form=form)
    return _file(week_export(week), form)


@blueprint.get("/connections/export.<form>")
@allow("nurture", "dsl")
def export_connections(form: str) -> ResponseReturnValue:
    """Silence and connections."""
    _check(form)
    return _file(connections_export(look_at_connections(actor(), form=form)), form)


@blueprint.get("/school/export.<form>")
@allow("nurture", "dsl")
def export_school(form: str) -> ResponseReturnValue:
    """Figures of a class, a year, the school, a house or a list."""
    _check(form)
    group, period = request.args.get("group"), request.args.get("period")
    for cut in cuts_offered():
        if cut.key == group:
            return _file(weeks_export(look_at_cut(cut, period, actor(), form=form)), form)
    return _file(school_export(look_at_school(group, period, actor(), form=form)), form)


@blueprint.get("/children/<pupil_id>/chronology.<form>")
@allow("dsl")
def export_chronology(pupil_id: str, form: str) -> ResponseReturnValue:
    """Everything around one child, with the words adults wrote: for the safeguarding lead alone."""
    _check(form)
    try:
        export = chronology_export(chronology_of(read_id(pupil_id) or 0, actor()))
    except NoSuchChild:
        abort(404)
    return _file(export, form)


def _check(form: str) -> None:
    if form not in FORMS:
        abort(404)


def _file(export: Export, form: str) -> Response:
    answer = Response(FORMS[form](export), content_type=TYPES[form])
    answer.headers["Content-Disposition"] = f'attachment; filename="{export.file}.{form}"'
    answer.headers["Cache-Control"] = "no-store"
    return answer
