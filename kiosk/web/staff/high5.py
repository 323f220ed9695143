"""High 5: which adults each child can ask for, and choosing them."""

from __future__ import annotations

from collections.abc import Sequence

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from kiosk.audit import record
from kiosk.db import writing
from kiosk.people.high5 import (
    Chooser,
    NoSuchPupil,
    PupilsHigh5,
    adults_to_choose_from,
    choose_high5,
    classes_to_choose_for,
    pupil_to_choose_for,
)
from kiosk.people.rules import read_id
from kiosk.people.store import High5Refused
from kiosk.school.store import local_now
from kiosk.web.access import actor, allow, asker, signed_in_roles
from kiosk.web.languages import _, flash
from kiosk.web.staff import blueprint
from kiosk.web.staff.here_words import not_there_words
from kiosk.wording import N_, Sentence

WHO_CHOOSES = ("adult", "duty", "nurture", "dsl")
FOR_EVERY_CLASS = frozenset({"duty", "nurture", "dsl"})
PLACES = (N_("First"), N_("Second"), N_("Third"), N_("Fourth"), N_("Fifth"))


@blueprint.get("/high5/")
@allow(*WHO_CHOOSES)
def high5_classes() -> ResponseReturnValue:
    """The classes this person may choose for, and whom each child has."""
    me = chooser()
    classes = classes_to_choose_for(me)
    if classes:
        _record_look([one.name for one in classes])
    return render_template("staff/high5.html", classes=classes, every_class=me.every_class)


@blueprint.get("/high5/<pupil_id>")
@allow(*WHO_CHOOSES)
def high5_of_pupil(pupil_id: str) -> ResponseReturnValue:
    """One child's High 5, to choose."""
    pupil = _load(pupil_id)
    return _choose_page(pupil, [str(adult.id) for adult in pupil.high5])


@blueprint.post("/high5/<pupil_id>")
@allow(*WHO_CHOOSES)
def choose_high5_now(pupil_id: str) -> ResponseReturnValue:
    """Keep the choice; what cannot be comes back with the reason, as it was chosen."""
    pupil, chosen = _load(pupil_id), request.form.getlist("adult")
    try:
        choose_high5(pupil.id, [read_id(one) for one in chosen if one], chooser(), actor())
    except NoSuchPupil:
        abort(404)
    except High5Refused as refused:
        return _choose_page(pupil, chosen, _(refused)), 422
    flash(Sentence("The High 5 of %(name)s is saved.", name=pupil.name), "done")
    return redirect(url_for("staff.high5_classes", _anchor=anchor(pupil.class_id)), 303)


@blueprint.app_template_global("class_anchor")
def anchor(class_id: int | None) -> str:
    """Where a class stands on the list."""
    return f"class-{class_id or 'none'}"


def chooser() -> Chooser:
    """The person who is signed in, as the scope of what they may choose."""
    return Chooser(asker().adult_id, every_class=bool(signed_in_roles() & FOR_EVERY_CLASS))


def _load(pupil_id: str) -> PupilsHigh5:
    try:
        return pupil_to_choose_for(read_id(pupil_id), chooser())
    except NoSuchPupil:
        abort(404)


def _choose_page(pupil: PupilsHigh5, chosen: Sequence[str], refused: str | None = None) -> str:
    """The five choices, filled in with adult ids as a form sends them."""
    _record_look([pupil.class_name], pupil.id)
    filled = [*chosen, *[""] * len(PLACES)]
    adults, today = adults_to_choose_from(), local_now().date()
    return render_template(
        "staff/high5_choose.html",
        pupil=pupil,
        choices=list(zip(PLACES, filled, strict=False)),
        adults=adults,
        not_there={adult.id: not_there_words(adult.presence, today) for adult in adults},
        refused=refused,
    )


def _record_look(classes: list[str], pupil_id: int | None = None) -> None:
    with writing():
        record("high5_seen", actor(), pupil=pupil_id, classes=classes)
