"""Steps that children show on their fingers: one tap in a list of the class, and what was another child's."""

from __future__ import annotations

from uuid import uuid4

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from kiosk.audit import record
from kiosk.db import writing
from kiosk.feelings.entering import (
    NoSuchEntry,
    WhoEnters,
    enter_fingers,
    entries_today,
    move_check_in,
    take_back_entry,
    whose_entry,
)
from kiosk.feelings.rules import intensity_of
from kiosk.feelings.store import DifferentContent, current_scale
from kiosk.people.high5 import (
    ClassHigh5s,
    NoSuchPupil,
    PupilsHigh5,
    classes_to_choose_for,
    pupil_to_choose_for,
)
from kiosk.people.rules import read_id
from kiosk.school.store import local_now
from kiosk.web.access import actor, allow, asker, signed_in_roles
from kiosk.web.languages import flash
from kiosk.web.staff import blueprint
from kiosk.web.staff.high5 import WHO_CHOOSES, chooser
from kiosk.web.tablet.entries import read_key
from kiosk.wording import N_, Sentence

SEE_EVERY_STEP = frozenset({"nurture", "dsl"})
NOT_UNDERSTOOD = N_("That did not arrive as it should. Nothing was entered: press it once more.")
CHOOSE_A_CHILD = N_("Choose whose it was. Nothing was changed.")
MOST_AT_ONCE = 70
"""More children than this are not looked through on a phone: a name is asked for."""
NOBODY = N_("There is no such child among yours. Nothing was changed.")


@blueprint.get("/fingers")
@allow(*WHO_CHOOSES)
def fingers() -> ResponseReturnValue:
    """A class, each child with a button for every number of fingers."""
    return _page(read_id(request.args.get("class_id")))


@blueprint.post("/fingers/<pupil_id>")
@allow(*WHO_CHOOSES)
def enter_fingers_now(pupil_id: str) -> ResponseReturnValue:
    """Keep the number of fingers a child shows."""
    key, step = read_key(request.form.get("key", "")), read_id(request.form.get("step"))
    try:
        pupil = pupil_to_choose_for(read_id(pupil_id), chooser())
    except NoSuchPupil:
        abort(404)
    if key is None or step is None or step > 5:
        return _page(pupil.class_id, NOT_UNDERSTOOD), 422
    try:
        new = enter_fingers(key, pupil.id, step, _me())
    except DifferentContent:
        return _page(pupil.class_id, NOT_UNDERSTOOD), 422
    if new:
        entered = Sentence(
            "%(name)s: %(step)s entered. You can take it back beside the name.", name=pupil.name, step=step
        )
        flash(entered, "done")
    return _back_to(pupil.class_id, pupil.id)


@blueprint.post("/fingers/entries/<key>/take-back")
@allow(*WHO_CHOOSES)
def take_back_fingers(key: str) -> ResponseReturnValue:
    """Delete what this adult entered today."""
    entry = read_key(key)
    try:
        if entry is None:
            raise NoSuchEntry
        pupil = pupil_to_choose_for(take_back_entry(entry, _me()), chooser())
    except (NoSuchEntry, NoSuchPupil):
        abort(404)
    flash(Sentence("%(name)s: taken back.", name=pupil.name), "done")
    return _back_to(pupil.class_id, pupil.id)


@blueprint.get("/fingers/entries/<key>/whose")
@allow(*WHO_CHOOSES)
def whose_fingers(key: str) -> ResponseReturnValue:
    """All children to whom a check-in of today could belong, by class, or those who are called like that."""
    entry, called = read_key(key), " ".join(request.args.get("called", "").split())
    try:
        if entry is None:
            raise NoSuchEntry
        stands_under = pupil_to_choose_for(whose_entry(entry, _me()), chooser())
    except (NoSuchEntry, NoSuchPupil):
        abort(404)
    classes = classes_to_choose_for(chooser())
    found = [(one, _called_like(one, called, stands_under.id)) for one in classes]
    is_long = sum(len(pupils) for _one, pupils in found) > MOST_AT_ONCE
    shown = [] if is_long else [(one, pupils) for one, pupils in found if pupils]
    with writing():
        record("fingers_seen", actor(), classes=[one.name for one, _pupils in shown])
    return render_template(
        "staff/fingers_whose.html",
        key=entry,
        stands_under=stands_under,
        called=called,
        found=sorted(shown, key=lambda pair: pair[0].id != stands_under.class_id),
        is_long=is_long,
    )


@blueprint.post("/fingers/entries/<key>/move")
@allow(*WHO_CHOOSES)
def move_fingers(key: str) -> ResponseReturnValue:
    """Give a check-in of today to the child whose it was."""
    entry, to_id = read_key(key), read_id(request.form.get("to"))
    if to_id is None:
        return _page(read_id(request.form.get("class_id")), CHOOSE_A_CHILD), 422
    try:
        if entry is None:
            raise NoSuchEntry
        move_check_in(entry, to_id, _me())
    except NoSuchEntry:
        abort(404)
    except NoSuchPupil:
        return _page(read_id(request.form.get("class_id")), NOBODY), 422
    pupil = pupil_to_choose_for(to_id, chooser())
    flash(Sentence("It is now with %(name)s.", name=pupil.name), "done")
    return _back_to(pupil.class_id, pupil.id)


def _called_like(one: ClassHigh5s, called: str, but: int) -> list[PupilsHigh5]:
    """The children of a class in whose name each of these words begins a part, but not this child."""
    words = called.casefold().split()
    return sorted(
        (pupil for pupil in one.pupils if pupil.id != but and _is_called(pupil.name, words)),
        key=lambda pupil: (pupil.name.casefold(), pupil.id),
    )


def _is_called(name: str, words: list[str]) -> bool:
    return all(any(part.startswith(word) for part in name.casefold().split()) for word in words)


def _me() -> WhoEnters:
    return WhoEnters(asker().adult_id, chooser(), bool(signed_in_roles() & SEE_EVERY_STEP), actor())


def _back_to(class_id: int | None, pupil_id: int) -> ResponseReturnValue:
    return redirect(url_for("staff.fingers", class_id=class_id, _anchor=f"pupil-{pupil_id}"), 303)


def _page(class_id: int | None, refused: str | None = None) -> str:
    classes = classes_to_choose_for(chooser())
    shown = _shown(classes, class_id)
    pupils = sorted(shown.pupils, key=lambda pupil: (pupil.name.casefold(), pupil.id)) if shown else []
    if shown:
        with writing():
            record("fingers_seen", actor(), classes=[shown.name])
    direction = current_scale().direction
    return render_template(
        "staff/fingers.html",
        classes=classes,
        shown=shown,
        pupils=pupils,
        entries=entries_today([pupil.id for pupil in pupils], _me()),
        steps=[(step, intensity_of(step, direction)) for step in range(1, 6)],
        make_key=uuid4,
        zone=local_now().tzinfo,
        refused=refused,
    )


def _shown(classes: list[ClassHigh5s], class_id: int | None) -> ClassHigh5s | None:
    """The class that was asked for, else the first."""
    return next((one for one in classes if one.id == class_id), classes[0] if classes else None)
