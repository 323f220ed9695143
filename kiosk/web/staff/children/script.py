"""Writing a child's script and plan; its earlier versions; and the page that hangs in the staffroom."""

from __future__ import annotations

from datetime import date, timedelta

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from kiosk.minding.rules import INTENSITIES, REVIEW_AFTER_DAYS, SCRIPT_PARTS, ScriptEntry, WordsRefused, differing
from kiosk.minding.scripts import SomebodyWroteMeanwhile, WrittenScript, script_of, versions, write_script
from kiosk.people.high5 import NoSuchPupil
from kiosk.people.near import NearPupil
from kiosk.people.rules import read_id
from kiosk.school.store import local_now
from kiosk.web.access import allow
from kiosk.web.languages import _, flash
from kiosk.web.staff import blueprint
from kiosk.web.staff.children import words
from kiosk.web.staff.children.child import plan_of
from kiosk.web.staff.children.scope import WHO_MINDS, load, near_me, record_look
from kiosk.wording import N_

HINTS = {
    "likes": N_("What to talk about first: lions, football, the new baby, being trusted with a job."),
    "shows": N_("What an adult sees before it gets hard: a hood up, tapping, going quiet, running."),
    "helps": N_("What has worked: a place, a thing to hold, a walk, time, one person."),
    "say": N_("A few short sentences, word for word, so that every adult says the same."),
    "avoid": N_("What makes it harder: questions, touch, an audience, hurry."),
}


@blueprint.get("/children/<pupil_id>/script")
@allow(*WHO_MINDS)
def script(pupil_id: str) -> ResponseReturnValue:
    """The script as a form."""
    me = near_me()
    pupil = load(pupil_id, me)
    record_look(me, pupil, "script")
    newest = script_of(pupil.id)
    review_on = local_now().date() + timedelta(days=REVIEW_AFTER_DAYS)
    return _form(pupil, newest.entry if newest else ScriptEntry(review_on=review_on), newest)


@blueprint.post("/children/<pupil_id>/script")
@allow(*WHO_MINDS)
def write_script_now(pupil_id: str) -> ResponseReturnValue:
    """Keep a new version. What cannot be kept comes back as it was written, beside what somebody else wrote."""
    me = near_me()
    pupil, entry = load(pupil_id, me), read_script(request.form)
    try:
        write_script(pupil.id, entry, me, seen_version=_seen_version(request.form))
    except NoSuchPupil:
        abort(404)
    except WordsRefused as refused:
        return _form(pupil, entry, script_of(pupil.id), refused=_(refused)), 422
    except SomebodyWroteMeanwhile as meanwhile:
        return _form(pupil, entry, meanwhile.newest, meanwhile=True), 409
    flash("The script is saved. Every adult near this child reads it from now on.", "done")
    return redirect(url_for("staff.child", pupil_id=pupil.id), 303)


@blueprint.get("/children/<pupil_id>/script/versions")
@allow(*WHO_MINDS)
def script_versions(pupil_id: str) -> ResponseReturnValue:
    """Every version, the newest first."""
    me = near_me()
    pupil = load(pupil_id, me)
    record_look(me, pupil, "script versions")
    written = versions(pupil.id, me)
    return render_template(
        "staff/children/script_versions.html",
        pupil=pupil,
        versions=[(one, plan_of(one.entry), _changed(one, older)) for one, older in _with_older(written)],
        parts=SCRIPT_PARTS,
        words=words,
        now=local_now(),
    )


@blueprint.get("/children/<pupil_id>/script/paper")
@allow(*WHO_MINDS)
def script_on_paper(pupil_id: str) -> ResponseReturnValue:
    """The script on one page of A4, for the staffroom wall; without a family name."""
    me = near_me()
    pupil = load(pupil_id, me)
    written = script_of(pupil.id)
    if written is None:
        abort(404)
    record_look(me, pupil, "script on paper")
    return render_template(
        "staff/children/script_paper.html",
        pupil=pupil,
        script=written,
        parts=SCRIPT_PARTS,
        plan=plan_of(written.entry),
        words=words,
        now=local_now(),
    )


def read_script(form: MultiDict[str, str]) -> ScriptEntry:
    """A script as the form sends it: what is missing is empty, and a day that is none is no day."""
    return ScriptEntry(
        **{part: form.get(part, "") for part in SCRIPT_PARTS},
        plan={step: form.get(f"plan-{step}", "") for step in INTENSITIES},
        review_on=_day(form.get("review_on", "")),
    )


def _form(
    pupil: NearPupil,
    entry: ScriptEntry,
    newest: WrittenScript | None,
    *,
    refused: str | None = None,
    meanwhile: bool = False,
) -> str:
    return render_template(
        "staff/children/script.html",
        pupil=pupil,
        entry=entry,
        newest=newest,
        seen_version=newest.version if newest and not refused else request.form.get("seen_version", 0),
        refused=refused,
        parts=SCRIPT_PARTS,
        hints=HINTS,
        plan=plan_of(entry),
        theirs=_theirs(entry, newest) if meanwhile and newest else {},
        meanwhile=meanwhile,
        words=words,
        now=local_now(),
    )


def _theirs(mine: ScriptEntry, newest: WrittenScript) -> dict[str, str]:
    """What somebody else wrote meanwhile, by field, wherever it is not what stands in the form."""
    theirs = {part: getattr(newest.entry, part) for part in differing(mine, newest.entry) if part in SCRIPT_PARTS}
    plan = {f"plan-{step}": newest.entry.plan.get(step, "") for step in INTENSITIES}
    return theirs | {name: said for name, said in plan.items() if said != mine.plan.get(name[-1], "")}


def _with_older(written: list[WrittenScript]) -> list[tuple[WrittenScript, WrittenScript | None]]:
    return list(zip(written, [*written[1:], None], strict=True))


def _changed(one: WrittenScript, older: WrittenScript | None) -> list[str]:
    """What a version changed, in words."""
    if older is None:
        return []
    headings = SCRIPT_PARTS | {"plan": N_("The plan"), "review_on": N_("When to look again")}
    return [headings[part] for part in differing(one.entry, older.entry)]


def _seen_version(form: MultiDict[str, str]) -> int:
    return read_id(form.get("seen_version")) or 0


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
