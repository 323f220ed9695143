"""Telling the safeguarding lead: a concern any adult raises, an open request given over, the lead's own pages.

Whoever a concern is about is never told of it by Treetops, and finds nothing of it on any page.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from kiosk.audit import record
from kiosk.chats import concerns
from kiosk.chats import store as chats
from kiosk.chats.concerns import ConcernRefused, NobodyToTell, NoSuchConcern
from kiosk.chats.rules import Refused
from kiosk.chats.store import Asker, NoSuchChat
from kiosk.db import writing
from kiosk.people.high5 import NoSuchPupil, adults_to_choose_from
from kiosk.people.near import NearPupil, pupil_near, pupils_near
from kiosk.people.rules import read_id
from kiosk.people.store import TrustedAdult, adults_with_role
from kiosk.school.store import local_now
from kiosk.web.access import allow, asker
from kiosk.web.languages import _, flash
from kiosk.web.staff import blueprint
from kiosk.web.staff.after import WHO_TALKS
from kiosk.web.staff.after_words import talked_when
from kiosk.web.staff.children.scope import near_me
from kiosk.web.staff.forms import LONGEST_NOTE
from kiosk.web.staff.glance import names_are_hidden
from kiosk.wording import N_, Sentence

TOLD = N_("Thank you for telling. The safeguarding lead has been told.")
ONLY_LEAD = N_("It is kept under Concerns. Nobody else is told: you are the only safeguarding lead.")

LEAD_HAS_IT = N_("The safeguarding lead has been told, and has the request now.")
LEAD_IS_AWAY = N_("The safeguarding lead has been told, but is not here now: the request stays with you.")


@blueprint.get("/concerns/new")
@allow(*WHO_TALKS)
def new_concern() -> ResponseReturnValue:
    """A worry to tell the safeguarding lead: of a child, out of a talk, or about an adult."""
    return _concern_form(asker(), _chat_of_talk(request.args.get("chat", "")))


@blueprint.post("/concerns/new")
@allow(*WHO_TALKS)
def raise_concern() -> ResponseReturnValue:
    """Give it to the leads; what cannot be given comes back with the reason and every word."""
    who, chat = asker(), _chat_of_talk(request.form.get("chat", ""))
    try:
        pupil_id = _near_child(request.form.get("child", ""))
        concerns.raise_concern(
            who,
            request.form.get("words", ""),
            pupil_id=pupil_id,
            chat_key=chat,
            about_adult_id=read_id(request.form.get("about")),
        )
    except (NoSuchChat, NoSuchPupil):
        abort(404)
    except (ConcernRefused, NobodyToTell) as refused:
        return _concern_form(who, chat, _(refused)), 422
    flash(TOLD if _called(adults_with_role("dsl"), but=who.adult_id) else ONLY_LEAD, "done")
    return redirect(url_for("staff.new_concern"), 303)


@blueprint.get("/concerns/")
@allow("dsl")
def concerns_list() -> ResponseReturnValue:
    """The concerns of this lead, without their words."""
    return render_template("staff/concerns.html", concerns=concerns.concerns_for(asker()), when=_when)


@blueprint.get("/concerns/<concern_id>")
@allow("dsl")
def concern(concern_id: str) -> ResponseReturnValue:
    """One concern with its words."""
    return _concern_page(concern_id)


@blueprint.post("/concerns/<concern_id>")
@allow("dsl")
def close_concern(concern_id: str) -> ResponseReturnValue:
    """Say what was done, which closes it."""
    try:
        concerns.close_concern(read_id(concern_id) or 0, asker(), request.form.get("done", ""))
    except NoSuchConcern:
        abort(404)
    except ConcernRefused as refused:
        return _concern_page(concern_id, _(refused)), 422
    flash("Kept. The concern is closed.", "done")
    return redirect(url_for("staff.concerns_list"), 303)


@blueprint.get("/chats/<uuid:key>/tell-lead")
@allow(*WHO_TALKS)
def tell_lead(key: UUID) -> ResponseReturnValue:
    """Give an open request to the safeguarding lead: what happens then, and why."""
    return _tell_lead_page(key, asker())


@blueprint.post("/chats/<uuid:key>/tell-lead")
@allow(*WHO_TALKS)
def tell_lead_now(key: UUID) -> ResponseReturnValue:
    """Give it, with a reason that only the leads read."""
    who, why = asker(), request.form.get("why", "").strip()[:LONGEST_NOTE]
    if not why:
        return _tell_lead_page(key, who, _("Write in a few words why the safeguarding lead should know.")), 422
    try:
        a_lead_is_here = chats.escalate(key, who, why, about_adult_id=read_id(request.form.get("about")))
    except NoSuchChat:
        abort(404)
    except (Refused, ConcernRefused, NobodyToTell) as refused:
        return _tell_lead_page(key, who, _(refused)), 422
    flash(LEAD_HAS_IT if a_lead_is_here else LEAD_IS_AWAY, "done")
    return redirect(url_for("staff.index"), 303)


def _concern_form(who: Asker, chat: UUID | None, refused: str | None = None) -> str:
    return render_template(
        "staff/concern_new.html",
        chat=chat,
        children=_by_class([] if chat else pupils_near(near_me())),
        chosen=request.values.get("child", ""),
        adults=adults_to_choose_from(),
        about=request.form.get("about", ""),
        words=request.form.get("words", ""),
        leads=_called(adults_with_role("dsl"), but=who.adult_id),
        raised=concerns.raised_by(who),
        when=_when,
        names_hidden=names_are_hidden(),
        refused=refused,
    )


def _tell_lead_page(key: UUID, who: Asker, refused: str | None = None) -> str:
    waiting = next((chat for chat in chats.board(who) if chat.key == key), None)
    if waiting is None:
        abort(404)
    with writing():
        record("board_seen", who.actor, chats=[str(key)])
    return render_template(
        "staff/tell_lead.html",
        key=key,
        child=N_("this child") if names_are_hidden() else waiting.pupil_name,
        adults=adults_to_choose_from(),
        about=request.form.get("about", ""),
        why=request.form.get("why", ""),
        leads=_called(adults_with_role("dsl"), but=who.adult_id),
        refused=refused,
    )


def _concern_page(concern_id: str, refused: str | None = None) -> str:
    try:
        shown = concerns.concern(read_id(concern_id) or 0, asker())
    except NoSuchConcern:
        abort(404)
    return render_template(
        "staff/concern.html", concern=shown, done=request.form.get("done", ""), when=_when, refused=refused
    )


def _chat_of_talk(text: str) -> UUID | None:
    """The request it came out of; the store then looks whether it is this adult's."""
    if not text:
        return None
    try:
        return UUID(text)
    except ValueError:
        abort(404)


def _near_child(text: str) -> int | None:
    return pupil_near(read_id(text), near_me()).id if text else None


def _by_class(pupils: Sequence[NearPupil]) -> dict[str, list[NearPupil]]:
    found: dict[str, list[NearPupil]] = {}
    for pupil in pupils:
        found.setdefault(pupil.class_name or N_("No class"), []).append(pupil)
    return found


def _called(leads: Sequence[TrustedAdult], *, but: int) -> str:
    """The other leads in a line: ``Mrs Green and Mr Reid``; nothing when there are none."""
    names = [lead.called for lead in leads if lead.id != but]
    if len(names) < 2:
        return "".join(names)
    return Sentence("%(others)s and %(last)s", others=", ".join(names[:-1]), last=names[-1])


def _when(at: datetime) -> str:
    return talked_when(at, local_now())
