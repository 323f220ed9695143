"""Good endings: the children whose trusted adult leaves or is away for long, and what is done about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from kiosk.audit import record
from kiosk.db import writing
from kiosk.minding.ending_rules import EndingRefused
from kiosk.minding.endings import (
    ChildsEnding,
    NoSuchEnding,
    ending_of,
    endings_done,
    endings_due,
    keep_ending,
    keep_endings,
    nobody_can_be_asked,
    reopen_ending,
)
from kiosk.minding.planned import times_with
from kiosk.people.high5 import adults_to_choose_from
from kiosk.people.rules import read_id
from kiosk.people.store import High5Refused, trusted_adults
from kiosk.school.store import local_now
from kiosk.web.access import actor, allow
from kiosk.web.languages import _, flash
from kiosk.web.staff import blueprint
from kiosk.web.staff.children.words import planned_words
from kiosk.web.staff.ending_forms import NOBODY, ending_fields, read_ending
from kiosk.web.staff.ending_words import plan_words, why_words
from kiosk.web.staff.high5 import WHO_CHOOSES, chooser
from kiosk.wording import N_, Sentence, counted, joined


@blueprint.get("/endings")
@allow(*WHO_CHOOSES)
def endings() -> ResponseReturnValue:
    """Who needs a proper ending, who has nobody to ask, and what was done lately."""
    me = chooser()
    unheard, due, done = nobody_can_be_asked(me), endings_due(me), endings_done(me, local_now())
    _record_look({one.pupil_id for one in unheard} | {one.pupil_id for one in (*due, *done)})
    names = _names((*due, *done))
    today = local_now().date()
    return render_template(
        "staff/endings.html",
        unheard=unheard,
        due=due,
        done=done,
        why=lambda one: why_words(one.going, today),
        stands=lambda one: plan_words(one.plan, names, today),
        every_class=me.every_class,
    )


@blueprint.get("/endings/together/<adult_id>")
@allow(*WHO_CHOOSES)
def endings_together(adult_id: str) -> ResponseReturnValue:
    """The children of one adult who goes, to tell together."""
    due = _due_with(adult_id)
    return _together_page(due, {str(one.pupil_id) for one in due}, {})


@blueprint.post("/endings/together/<adult_id>")
@allow(*WHO_CHOOSES)
def keep_endings_together(adult_id: str) -> ResponseReturnValue:
    """Keep the same for the children who are ticked."""
    due, chosen = _due_with(adult_id), set(request.form.getlist("pupil"))
    try:
        if not chosen:
            raise EndingRefused("Tick the children for whom this holds.")
        form = read_ending(request.form)
        pupils = {read_id(one) or 0 for one in chosen}
        keep_endings(pupils, due[0].adult.id, form.plan, chooser(), actor(), finish=form.finish)
    except EndingRefused as refused:
        return _together_page(due, chosen, request.form, _(refused)), 422
    except NoSuchEnding:
        abort(404)
    flash(_done_for(len(chosen)) if form.finish else _kept_for(len(chosen)), "done")
    return redirect(url_for("staff.endings"), 303)


@blueprint.get("/endings/<pupil_id>/<adult_id>")
@allow(*WHO_CHOOSES)
def ending(pupil_id: str, adult_id: str) -> ResponseReturnValue:
    """One ending, to plan and to finish."""
    found = _load(pupil_id, adult_id)
    return _page(found, ending_fields(found.plan))


@blueprint.post("/endings/<pupil_id>/<adult_id>")
@allow(*WHO_CHOOSES)
def keep_ending_now(pupil_id: str, adult_id: str) -> ResponseReturnValue:
    """Keep what is planned, or that it is done; what cannot be comes back with the reason."""
    found = _load(pupil_id, adult_id)
    if found.done_at is not None:
        abort(404)
    try:
        form = read_ending(request.form)
        keep_ending(
            found.pupil_id,
            found.adult.id,
            form.plan,
            chooser(),
            actor(),
            finish=form.finish,
            into_high5=form.into_high5,
        )
    except (EndingRefused, High5Refused) as refused:
        return _page(found, request.form, _(refused)), 422
    except NoSuchEnding:
        abort(404)
    flash(_what_it_did(found, finish=form.finish, into_high5=form.into_high5), "done")
    return redirect(url_for("staff.endings"), 303)


@blueprint.post("/endings/<pupil_id>/<adult_id>/reopen")
@allow(*WHO_CHOOSES)
def reopen_ending_now(pupil_id: str, adult_id: str) -> ResponseReturnValue:
    """Put it back on the list."""
    found = _load(pupil_id, adult_id)
    try:
        reopen_ending(found.pupil_id, found.adult.id, chooser(), actor())
    except NoSuchEnding:
        abort(404)
    flash("It is open again.", "done")
    return redirect(url_for("staff.ending", pupil_id=pupil_id, adult_id=adult_id), 303)


def _load(pupil_id: str, adult_id: str) -> ChildsEnding:
    try:
        return ending_of(read_id(pupil_id), read_id(adult_id), chooser())
    except NoSuchEnding:
        abort(404)


def _due_with(adult_id: str) -> list[ChildsEnding]:
    """The endings with one adult; 404 when none of this asker's children needs one."""
    due = [one for one in endings_due(chooser()) if str(one.adult.id) == adult_id]
    return due or abort(404)


def _together_page(
    due: Sequence[ChildsEnding], chosen: set[str], fields: Mapping[str, str], refused: str | None = None
) -> str:
    _record_look({one.pupil_id for one in due})
    adult, today = due[0].adult, local_now().date()
    names = _names(due)
    return render_template(
        "staff/endings_together.html",
        adult=adult,
        why=why_words(due[0].going, today),
        due=due,
        stands=lambda one: plan_words(one.plan, names, today),
        chosen=chosen,
        fields=fields,
        nobody=NOBODY,
        tellers=[adult, *(one for one in adults_to_choose_from() if one.id != adult.id)],
        refused=refused,
    )


def _page(found: ChildsEnding, fields: Mapping[str, str], refused: str | None = None) -> str:
    _record_look({found.pupil_id})
    today, here = local_now().date(), adults_to_choose_from()
    others = [adult for adult in here if adult.id != found.adult.id]
    return render_template(
        "staff/ending.html",
        ending=found,
        first_name=found.pupil_name.split()[0],
        why=why_words(found.going, today),
        stands=plan_words(found.plan, _names([found]), today),
        times=joined([planned_words(one) for one in times_with(found.adult.id, found.pupil_id)], "; "),
        fields=fields,
        nobody=NOBODY,
        tellers=[found.adult, *others],
        others=others,
        refused=refused,
    )


def _names(rows: Sequence[ChildsEnding]) -> dict[int, str]:
    """What the adults in some plans are called."""
    ids = {adult_id for one in rows for adult_id in (one.plan.told_by_id, one.plan.new_adult_id) if adult_id}
    return {adult.id: adult.called for adult in trusted_adults(ids)}


def _record_look(pupils: set[int]) -> None:
    if not pupils:
        return
    with writing():
        only = next(iter(pupils)) if len(pupils) == 1 else None
        record("endings_seen", actor(), pupil=only, pupils=sorted(pupils))


def _what_it_did(found: ChildsEnding, *, finish: bool, into_high5: bool) -> str:
    what = N_("This ending is done. Thank you.") if finish else N_("The plan is kept.")
    changed = Sentence("The High 5 of %(name)s is changed.", name=found.pupil_name)
    return joined([what, changed], " ") if into_high5 else what


def _done_for(number: int) -> str:
    return counted("Done for one child.", "Done for %(count)s children.", number)


def _kept_for(number: int) -> str:
    return counted("The plan is kept for one child.", "The plan is kept for %(count)s children.", number)
