"""Lists of children that staff make: naming one, choosing its children, deleting it and bringing it back."""

from __future__ import annotations

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from kiosk.patterns.child.children import ChildInClass, children_by_class
from kiosk.patterns.days import day_words
from kiosk.patterns.looking import check_switched_on
from kiosk.patterns.school.cut_store import HOUSE, cuts_offered
from kiosk.patterns.school.lists import (
    ListRefused,
    NoSuchList,
    bring_back_list,
    change_list,
    delete_list,
    known_lists,
    look_at_list,
    make_list,
    next_monday,
    rename_list,
)
from kiosk.patterns.school.models import NAME_MOST
from kiosk.patterns.school.store import groups_offered
from kiosk.people.rules import read_id
from kiosk.school.store import local_now
from kiosk.web.access import actor, allow
from kiosk.web.languages import _, flash
from kiosk.web.patterns import blueprint
from kiosk.web.patterns.places import WHO_SEES_PATTERNS

FOUND_MOST = 60


@blueprint.get("/lists")
@allow(*WHO_SEES_PATTERNS)
def lists() -> ResponseReturnValue:
    """Every list, and making one."""
    return _all_lists()


@blueprint.post("/lists")
@allow(*WHO_SEES_PATTERNS)
def make_list_now() -> ResponseReturnValue:
    """Make an empty list and go on to choosing its children."""
    check_switched_on("school")
    name = request.form.get("name", "")
    try:
        list_id = make_list(name, _taken(), actor())
    except ListRefused as refused:
        return _all_lists(refused=_(refused), name=name), 422
    return redirect(url_for("patterns.one_list", list_id=list_id), 303)


@blueprint.get("/lists/<list_id>")
@allow(*WHO_SEES_PATTERNS)
def one_list(list_id: str) -> ResponseReturnValue:
    """The children on a list, and finding others to put on it."""
    return _one_list(_id(list_id))


@blueprint.post("/lists/<list_id>")
@allow(*WHO_SEES_PATTERNS)
def change_list_now(list_id: str) -> ResponseReturnValue:
    """Put the ticked children on the list, or take the ticked ones off it."""
    check_switched_on("school")
    put, off = _ids("put"), _ids("off")
    try:
        changed = change_list(_id(list_id), put, off, actor())
    except NoSuchList:
        abort(404)
    except ListRefused as refused:
        return _one_list(_id(list_id), refused=_(refused)), 422
    monday = next_monday(local_now().date())
    if changed:
        flash(_("Kept. It counts from %(day)s.", day=day_words(monday, monday)), "done")
    return redirect(url_for("patterns.one_list", list_id=list_id), 303)


@blueprint.post("/lists/<list_id>/name")
@allow(*WHO_SEES_PATTERNS)
def rename_list_now(list_id: str) -> ResponseReturnValue:
    """Give a list another name."""
    check_switched_on("school")
    try:
        rename_list(_id(list_id), request.form.get("name", ""), _taken(), actor())
    except NoSuchList:
        abort(404)
    except ListRefused as refused:
        return _one_list(_id(list_id), refused=_(refused)), 422
    return redirect(url_for("patterns.one_list", list_id=list_id), 303)


@blueprint.post("/lists/<list_id>/delete")
@allow(*WHO_SEES_PATTERNS)
def delete_list_now(list_id: str) -> ResponseReturnValue:
    """Take a list away; the page it leads to can bring it back."""
    check_switched_on("school")
    try:
        delete_list(_id(list_id), actor())
    except NoSuchList:
        abort(404)
    flash(_("The list is deleted. For a week you can bring it back below."), "done")
    return _to_all()


@blueprint.post("/lists/<list_id>/bring-back")
@allow(*WHO_SEES_PATTERNS)
def bring_list_back(list_id: str) -> ResponseReturnValue:
    """Undo a deletion."""
    check_switched_on("school")
    try:
        bring_back_list(_id(list_id), actor())
    except NoSuchList:
        abort(404)
    except ListRefused as refused:
        flash(_(refused), "stopped")
    return _to_all()


def _all_lists(*, refused: str = "", name: str = "") -> str:
    check_switched_on("school")
    found = known_lists(actor())
    return render_template(
        "patterns/lists.html",
        lists=[one for one in found if not one.is_deleted],
        deleted=[one for one in found if one.is_deleted],
        refused=refused,
        name=name if name.isprintable() else "",
        name_most=NAME_MOST,
    )


def _one_list(list_id: int, *, refused: str = "") -> str:
    check_switched_on("school")
    try:
        name, children = look_at_list(list_id, actor())
    except NoSuchList:
        abort(404)
    wanted, room = request.args.get("name", "").strip(), request.args.get("class", "")
    classes = children_by_class(actor())
    on_it = {child.pupil_id for child in children if child.counts_until is None}
    found = _found(classes, wanted, room, on_it)
    monday = next_monday(local_now().date())
    return render_template(
        "patterns/one_list.html",
        list_id=list_id,
        name=name,
        children=children,
        found=found[:FOUND_MOST],
        more=max(0, len(found) - FOUND_MOST),
        looked=bool(wanted or room),
        wanted=wanted,
        room=room,
        classes=[class_name for class_name, _children in classes],
        monday=day_words(monday, monday),
        day_words=lambda day: day_words(day, monday),
        refused=refused,
        name_most=NAME_MOST,
    )


def _found(
    classes: list[tuple[str, list[ChildInClass]]], wanted: str, room: str, on_it: set[int]
) -> list[ChildInClass]:
    """The children of a class, or with a name, who are not on the list yet."""
    if not (wanted or room):
        return []
    return [
        child
        for class_name, children in classes
        if room in ("", class_name)
        for child in children
        if wanted.casefold() in child.name.casefold() and child.id not in on_it
    ]


def _taken() -> list[str]:
    """Names that stand beside lists where a group is chosen."""
    houses = (one for one in cuts_offered() if one.key.startswith(HOUSE))
    return [one.name for one in (*groups_offered(), *houses)]


def _ids(field: str) -> set[int]:
    return {found for text in request.form.getlist(field) if (found := read_id(text)) is not None}


def _id(text: str) -> int:
    list_id = read_id(text)
    if list_id is None:
        abort(404)
    return list_id


def _to_all() -> Response:
    return redirect(url_for("patterns.lists"), 303)
