"""The board and the answers."""

from __future__ import annotations

from uuid import UUID

from flask import Response, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from kiosk.alerts.reaching import can_be_told, keep_board_open
from kiosk.audit import record
from kiosk.chats import store as chats
from kiosk.chats.store import SEE_ALL_ROLES, Asker, CannotCome, CannotReceive
from kiosk.db import utc_now, writing
from kiosk.minding.planned import NoSuchTime
from kiosk.minding.rules import PromiseRefused
from kiosk.people.models import ROLES
from kiosk.people.store import trusted_adult
from kiosk.school.safe_space import room_in_safe_space
from kiosk.school.store import local_now, school_calendar
from kiosk.web.access import allow, asker, signed_in_roles
from kiosk.web.languages import _, flash
from kiosk.web.staff import blueprint, words
from kiosk.web.staff.cards import Board, board_for
from kiosk.web.staff.children.planned import say_what_became
from kiosk.web.staff.duty import switch_room
from kiosk.web.staff.forms import IN_MINUTES, Answer, FormRefused, read_answer
from kiosk.web.staff.glance import keep_names_hidden, names_are_hidden
from kiosk.web.staff.here import switch_my_day
from kiosk.web.staff.live_page import NEXT_PAGE, by_script, live_fragment, live_page
from kiosk.web.staff.too_late import TOO_LATE, why_too_late


@blueprint.get("/home")
@allow(*ROLES)
def home() -> ResponseReturnValue:
    """Send each person to the page they came for."""
    roles = signed_in_roles()
    if "nurture" in roles and not roles & {"duty", "dsl"}:
        return redirect("/patterns/", 303)
    if "adult" in roles:
        return redirect(url_for("staff.index"), 303)
    return redirect("/admin/", 303)


@blueprint.get("/")
@allow("adult", "duty", "dsl")
def index() -> ResponseReturnValue:
    """The board."""
    return _page(asker())


@blueprint.get("/board")
@allow("adult", "duty", "dsl", live=True)
def board() -> ResponseReturnValue:
    """The board's fragment alone: 304 while nothing on it changed."""
    who = asker()
    shown = _board(who)
    answer = live_fragment(_fragment(shown))
    if answer.status_code != 304:
        _record_look(who, shown)
    return answer


@blueprint.post("/chats/<uuid:key>/answer")
@allow("adult", "duty", "dsl")
def answer(key: UUID) -> ResponseReturnValue:
    """One tap: seen, coming, hand over, talked."""
    who = asker()
    try:
        given = read_answer(request.form, local_now())
        chats.answer(
            key,
            given.kind,
            who,
            seen_number=given.seen_number,
            take_over=given.take_over,
            coming_at=given.coming_at,
            to_adult_id=given.to_adult_id,
            note=given.note,
        )
    except (FormRefused, CannotCome, CannotReceive) as refused:
        return _not_taken(who, _(refused), 422)
    except TOO_LATE as refused:
        return _not_taken(who, *why_too_late(refused, key, who))
    if given.kind == "talked":
        return _lead_on(url_for("staff.outcome", key=key), _what_it_did(given))
    return _taken(who, _what_it_did(given))


@blueprint.post("/safe-space")
@allow(*SEE_ALL_ROLES)
def switch_room_on_the_board() -> ResponseReturnValue:
    """Say on one's own board that there is room in the safe space, or none."""
    who = asker()
    return _taken(who, switch_room(who))


@blueprint.post("/in-or-out/board")
@allow("adult", "duty", "dsl")
def switch_me_on_the_board() -> ResponseReturnValue:
    """In or out today, said on one's own board."""
    who = asker()
    return _taken(who, switch_my_day(who.adult_id))


@blueprint.post("/planned/<planned_id>/today")
@allow("adult", "duty", "dsl")
def time_became_on_the_board(planned_id: str) -> ResponseReturnValue:
    """We met, or not today, said on one's own board."""
    who = asker()
    try:
        _planned, sentence = say_what_became(planned_id, request.form)
    except NoSuchTime:
        return _not_taken(who, words.NO_SUCH_TIME, 404)
    except PromiseRefused as refused:
        return _not_taken(who, _(refused), 422)
    return _taken(who, sentence)


@blueprint.post("/names")
@allow("adult", "duty", "dsl")
def names() -> ResponseReturnValue:
    """Hide or show names on this device; kept in a cookie, so that they are never sent to a hidden screen."""
    hide = request.form.get("hide") == "yes"
    answer = _page(asker(), names_hidden=hide) if by_script() else _back_to_board()
    keep_names_hidden(answer, hide=hide)
    return answer


def _taken(who: Asker, sentence: str) -> ResponseReturnValue:
    if by_script():
        return _page(who, notice=("done", sentence))
    flash(sentence, "done")
    return _back_to_board()


def _lead_on(address: str, sentence: str) -> ResponseReturnValue:
    """On to the next page, which says the sentence; our script goes there by itself."""
    flash(sentence, "done")
    if not by_script():
        return redirect(address, 303)
    answer = make_response("", 200)
    answer.headers[NEXT_PAGE] = address
    return answer


def _not_taken(who: Asker, sentence: str, status: int) -> ResponseReturnValue:
    return _page(who, notice=("stopped", sentence)), status


def _page(who: Asker, *, notice: tuple[str, str] | None = None, names_hidden: bool | None = None) -> Response:
    """The board with a sentence above it: the whole page, or for our script what changes on it."""
    shown = _board(who, names_hidden)
    _record_look(who, shown)
    return live_page("staff/board.html", _fragment(shown), notice=notice, board=shown)


def _fragment(shown: Board) -> str:
    return render_template("staff/_board.html", board=shown, in_minutes=IN_MINUTES, room=room_in_safe_space())


def _board(who: Asker, names_hidden: bool | None = None) -> Board:
    keep_board_open(who.adult_id, utc_now())
    if names_hidden is None:
        names_hidden = names_are_hidden()
    return board_for(who, names_hidden=names_hidden)


def _record_look(who: Asker, shown: Board) -> None:
    seen = [str(card.key) for card in shown.cards] + [str(one.key) for one in shown.ended_for_leavers]
    if seen or shown.planned:
        with writing():
            if seen:
                record("board_seen", who.actor, chats=seen)
            if shown.planned:
                record("my_day_seen", who.actor, planned_times=[one.planned.id for one in shown.planned])


def _what_it_did(given: Answer) -> str:
    if given.kind == "handed_over":
        receiver = trusted_adult(given.to_adult_id) if given.to_adult_id is not None else None
        hears = receiver is not None and bool(can_be_told([receiver.id], utc_now()))
        return words.handed_over_to(receiver.called if receiver else None, hears=hears)
    return words.child_is_told(given.kind, given.coming_at, school_calendar().zone)


def _back_to_board() -> Response:
    return make_response(redirect(url_for("staff.index"), 303))
