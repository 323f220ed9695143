"""After a talk: what came of it, what is still to do, signing off, and the child who needs us again."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from kiosk.chats import store as chats
from kiosk.chats.outcome_rules import OutcomeRefused, WrittenMeanwhile
from kiosk.chats.rules import Refused
from kiosk.chats.store import Asker, EndedChat, NoSuchChat, WrittenOutcome
from kiosk.people.high5 import adults_to_choose_from
from kiosk.school.store import local_now, school_calendar, settings
from kiosk.web.access import allow, asker
from kiosk.web.languages import _, flash
from kiosk.web.staff import blueprint
from kiosk.web.staff.after_words import CHILD_SAID, day_ago, talked_when, things_to_tick
from kiosk.web.staff.forms import LONGEST_NOTE, FormRefused
from kiosk.web.staff.glance import is_turned_away, names_are_hidden
from kiosk.web.staff.outcome_forms import FilledOutcome, filled_by, filled_with, read_outcome
from kiosk.wording import N_

WHO_TALKS = ("adult", "duty", "nurture", "dsl")


@blueprint.get("/chats/<uuid:key>/outcome")
@allow(*WHO_TALKS)
def outcome(key: UUID) -> ResponseReturnValue:
    """What came of a talk, to write down or to change."""
    who = asker()
    ended, written = _load(key, who)
    filled = filled_with(written.entry) if written else FilledOutcome()
    return _outcome_page(who, ended, written, filled)


@blueprint.post("/chats/<uuid:key>/outcome")
@allow(*WHO_TALKS)
def write_outcome(key: UUID) -> ResponseReturnValue:
    """Keep it; what cannot be kept comes back with the reason, as it was written."""
    who, filled = asker(), filled_by(request.form)
    try:
        chats.write_outcome(key, who, read_outcome(filled), over=request.form.get("over"))
    except NoSuchChat:
        abort(404)
    except WrittenMeanwhile as refused:
        ended, written = _load(key, who)
        return _outcome_page(who, ended, written, filled, _(refused), both=True), 409
    except (FormRefused, OutcomeRefused) as refused:
        ended, written = _load(key, who)
        return _outcome_page(who, ended, written, filled, _(refused)), 422
    except Refused as refused:
        flash(refused, "stopped")
        return redirect(url_for("staff.index"), 303)
    flash("Thank you. It is written down.", "done")
    if request.form.get("then") == "tell_lead":
        return redirect(url_for("staff.new_concern", chat=key), 303)
    return redirect(url_for("staff.todo" if request.form.get("from") == "todo" else "staff.index"), 303)


@blueprint.post("/chats/<uuid:key>/reopen")
@allow(*WHO_TALKS)
def reopen(key: UUID) -> ResponseReturnValue:
    """The child needs us again: the request waits anew, with whoever says so."""
    why = request.form.get("why", "").strip()[:LONGEST_NOTE]
    if not why:
        return _back_to_todo(("stopped", N_("Write in a few words why the child needs us again.")))
    if refused := _refusal(lambda who: chats.reopen(key, who, why)):
        return _back_to_todo(("stopped", refused))
    flash("The request is open again and waits for you: say when you come.", "done")
    return redirect(url_for("staff.index"), 303)


@blueprint.post("/chats/<uuid:key>/sign-off")
@allow("dsl")
def sign_off(key: UUID) -> ResponseReturnValue:
    """A safeguarding lead who did not talk with the child signs a talk off."""
    refused = _refusal(lambda who: chats.sign_off(key, who))
    return _back_to_todo(("stopped", refused) if refused else ("done", N_("Signed off.")))


@blueprint.post("/chats/<uuid:key>/followed-up")
@allow(*WHO_TALKS)
def followed_up(key: UUID) -> ResponseReturnValue:
    """One tap: it is done."""
    refused = _refusal(lambda who: chats.follow_up_done(key, who))
    done = ("done", N_("Done. If that was a slip, take it back under “Done today”."))
    return _back_to_todo(("stopped", refused) if refused else done)


@blueprint.post("/chats/<uuid:key>/not-followed-up")
@allow(*WHO_TALKS)
def not_followed_up(key: UUID) -> ResponseReturnValue:
    """It was not done after all."""
    refused = _refusal(lambda who: chats.follow_up_not_done(key, who))
    return _back_to_todo(("stopped", refused) if refused else ("done", N_("It is on the list again.")))


def _refusal(act: Callable[[Asker], object]) -> str | None:
    """Do it as whoever is signed in; why it could not be done, or nothing when it was."""
    try:
        act(asker())
    except NoSuchChat:
        abort(404)
    except Refused as refused:
        return _(refused)
    return None


def _back_to_todo(notice: tuple[str, str]) -> ResponseReturnValue:
    kind, sentence = notice
    flash(sentence, kind)
    return redirect(url_for("staff.todo"), 303)


def _load(key: UUID, who: Asker) -> tuple[EndedChat, WrittenOutcome | None]:
    try:
        return chats.ended_chat(key, who), chats.outcome_of(key, who)
    except NoSuchChat:
        abort(404)


def _outcome_page(
    who: Asker,
    ended: EndedChat,
    written: WrittenOutcome | None,
    filled: FilledOutcome,
    refused: str | None = None,
    *,
    both: bool = False,
) -> str:
    now, hidden = local_now(), names_are_hidden() and not is_turned_away()
    others = [adult for adult in adults_to_choose_from() if adult.has_account and adult.id != who.adult_id]
    return render_template(
        "staff/outcome.html",
        ended=ended,
        child=N_("the child") if hidden else ended.pupil_name,
        written=written,
        written_when=day_ago(written.written_at.astimezone(now.tzinfo).date(), now.date()) if written else "",
        when=lambda at: talked_when(at, now),
        filled=filled,
        on=filled.on or school_calendar().next_school_day(now.date()).isoformat(),
        ticks=things_to_tick(settings()["safe_space_name"]),
        me=who.adult_id,
        others=others,
        put_right="put_right" in ended.about or filled.puts_right,
        signed_off_later=settings()["two_person_close"] == "yes",
        came_from=request.values.get("from", ""),
        child_said=CHILD_SAID,
        over=request.form.get("over", "") if refused and not both else written.mark if written else "",
        both=both,
        refused=refused,
    )
