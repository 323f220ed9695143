"""The duty board for a wall screen, and whether there is room in the safe space."""

from __future__ import annotations

from uuid import UUID

from flask import Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from kiosk.alerts.reaching import keep_board_open
from kiosk.alerts.store import ring, ringing_for
from kiosk.audit import record
from kiosk.chats import store as chats
from kiosk.chats.store import SEE_ALL_ROLES, Asker
from kiosk.db import utc_now, writing
from kiosk.people.models import ROLES
from kiosk.people.rules import read_id
from kiosk.people.store import adult_ids_with_roles
from kiosk.school.safe_space import room_in_safe_space, say_safe_space_is
from kiosk.school.store import local_now, settings
from kiosk.web.access import allow, asker
from kiosk.web.languages import flash
from kiosk.web.staff import blueprint, words
from kiosk.web.staff.duty_rows import AtTheWall, DutyBoard, duty_board
from kiosk.web.staff.forms import NOT_UNDERSTOOD
from kiosk.web.staff.glance import names_are_hidden
from kiosk.web.staff.live_page import by_script, live_fragment, live_page
from kiosk.web.staff.too_late import TOO_LATE, why_too_late


@blueprint.get("/duty")
@allow(*SEE_ALL_ROLES)
def duty() -> ResponseReturnValue:
    """Every open request in rows that are read from three metres."""
    return _wall(asker())


@blueprint.get("/duty/requests")
@allow(*SEE_ALL_ROLES, live=True)
def duty_requests() -> ResponseReturnValue:
    """The rows alone: 304 while nothing on them changed."""
    who = asker()
    shown = _duty_board(who)
    answer = live_fragment(_rows(shown))
    if answer.status_code != 304:
        _record_look(who, shown)
    return answer


@blueprint.post("/duty/chats/<uuid:key>/take")
@allow(*SEE_ALL_ROLES)
def take_over(key: UUID) -> ResponseReturnValue:
    """One tap at the wall: whoever is signed in there comes now, also when somebody else has the request."""
    who, seen_number = asker(), read_id(request.form.get("seen_number"))
    if seen_number is None:
        return _wall(who, notice=("stopped", NOT_UNDERSTOOD)), 422
    try:
        chats.answer(key, "coming", who, seen_number=seen_number, take_over=True)
    except TOO_LATE as refused:
        sentence, status = why_too_late(refused, key, who)
        return _wall(who, notice=("stopped", sentence)), status
    return _done(who, words.child_is_told("coming", None, None))


@blueprint.post("/duty/safe-space")
@allow(*SEE_ALL_ROLES)
def switch_room_at_the_wall() -> ResponseReturnValue:
    """Say on the duty board that there is room, or none."""
    who = asker()
    return _done(who, switch_room(who))


def switch_room(who: Asker) -> str:
    """Do what the form on the sign says; every live board shows it. Returns what it did, in a sentence."""
    full = request.form.get("full") == "yes"
    with writing():
        if say_safe_space_is(full=full, by=who.actor):
            ring(adult_ids_with_roles(*ROLES))
    return words.safe_space_is(settings()["safe_space_name"], full=full)


def _done(who: Asker, sentence: str) -> ResponseReturnValue:
    if by_script():
        return _wall(who, notice=("done", sentence))
    flash(sentence, "done")
    return redirect(url_for("staff.duty"), 303)


def _wall(who: Asker, *, notice: tuple[str, str] | None = None) -> Response:
    shown = _duty_board(who)
    _record_look(who, shown)
    return live_page("staff/duty.html", _rows(shown), notice=notice, board=shown)


def _rows(shown: DutyBoard) -> str:
    return render_template("staff/_duty.html", board=shown, room=room_in_safe_space())


def _duty_board(who: Asker) -> DutyBoard:
    keep_board_open(who.adult_id, utc_now())
    waiting, school = chats.board(who), settings()
    look = AtTheWall(
        me=who.adult_id,
        now=local_now(),
        safe_space=school["safe_space_name"],
        with_names=school["duty_board_names"] == "yes" and not names_are_hidden(),
        ringing=ringing_for(who.adult_id, [chat.id for chat in waiting]),
    )
    return duty_board(waiting, look)


def _record_look(who: Asker, shown: DutyBoard) -> None:
    if shown.rows:
        with writing():
            record("board_seen", who.actor, chats=[str(row.key) for row in shown.rows])
