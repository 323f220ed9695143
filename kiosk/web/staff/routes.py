"""The board and the answers."""

from __future__ import annotations

from hashlib import sha256
from uuid import UUID

from flask import Response, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import generate_csrf
from markupsafe import Markup

from kiosk.audit import record
from kiosk.chats import store as chats
from kiosk.chats.rules import AlreadyOver, SomebodyHasIt
from kiosk.chats.store import Asker, CannotReceive, NoSuchChat
from kiosk.db import writing
from kiosk.people.models import ROLES
from kiosk.people.store import trusted_adult
from kiosk.school.store import local_now, school_calendar
from kiosk.web.access import allow, asker, signed_in_roles
from kiosk.web.staff import blueprint, words
from kiosk.web.staff.cards import Board, board_for
from kiosk.web.staff.forms import IN_MINUTES, Answer, FormRefused, read_answer

NAMES_COOKIE = "treetops_names"
A_YEAR_SECONDS = 365 * 24 * 3600
BY_SCRIPT = "X-Treetops-Board"
"""Sent by our script with a form: the answer is then what changes on the page, and carries the board's ETag."""


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
    fragment = _fragment(shown)
    answer = make_response(fragment)
    answer.set_etag(_fingerprint(fragment))
    answer.make_conditional(request)
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
    except (FormRefused, CannotReceive) as refused:
        return _not_taken(who, str(refused), 422)
    except NoSuchChat:
        return _not_taken(who, words.NO_SUCH_REQUEST, 404)
    except SomebodyHasIt:
        return _not_taken(who, words.somebody_has_it(chats.standing(key, who), school_calendar().zone), 409)
    except AlreadyOver:
        return _not_taken(who, words.already_over(chats.standing(key, who), who.adult_id), 409)
    return _taken(who, _what_it_did(given))


@blueprint.post("/names")
@allow("adult", "duty", "dsl")
def names() -> ResponseReturnValue:
    """Hide or show names on this device; kept in a cookie, so that they are never sent to a hidden screen."""
    hide = request.form.get("hide") == "yes"
    answer = _page(asker(), names_hidden=hide) if _by_script() else _back_to_board()
    answer.set_cookie(
        NAMES_COOKIE,
        "hidden" if hide else "shown",
        max_age=A_YEAR_SECONDS,
        path="/staff",
        secure=request.is_secure,
        httponly=True,
        samesite="Lax",
    )
    return answer


def _taken(who: Asker, sentence: str) -> ResponseReturnValue:
    if _by_script():
        return _page(who, notice=("done", sentence))
    flash(sentence, "done")
    return _back_to_board()


def _not_taken(who: Asker, sentence: str, status: int) -> ResponseReturnValue:
    return _page(who, notice=("stopped", sentence)), status


def _page(who: Asker, *, notice: tuple[str, str] | None = None, names_hidden: bool | None = None) -> Response:
    """The board with a sentence above it: the whole page, or for our script what changes on it."""
    shown = _board(who, names_hidden)
    _record_look(who, shown)
    fragment = _fragment(shown)
    etag = f'"{_fingerprint(fragment)}"'
    template = "staff/_answered.html" if _by_script() else "staff/board.html"
    answer = make_response(
        render_template(template, board=shown, fragment=Markup(fragment), etag=etag, notice_now=notice)  # noqa: S704 - ours
    )
    if _by_script():
        answer.headers[BY_SCRIPT] = etag
    return answer


def _fragment(shown: Board) -> str:
    return render_template("staff/_board.html", board=shown, in_minutes=IN_MINUTES)


def _fingerprint(fragment: str) -> str:
    """Of what is shown: the forms' token is new each time and says nothing."""
    return sha256(fragment.replace(generate_csrf(), "").encode()).hexdigest()[:32]


def _board(who: Asker, names_hidden: bool | None = None) -> Board:
    if names_hidden is None:
        names_hidden = request.cookies.get(NAMES_COOKIE) == "hidden"
    return board_for(who, names_hidden=names_hidden)


def _record_look(who: Asker, shown: Board) -> None:
    if shown.cards:
        with writing():
            record("board_seen", who.actor, chats=[str(card.key) for card in shown.cards])


def _what_it_did(given: Answer) -> str:
    if given.kind == "handed_over":
        receiver = trusted_adult(given.to_adult_id) if given.to_adult_id is not None else None
        return words.handed_over_to(receiver.called if receiver else "The other adult")
    return words.child_is_told(given.kind, given.coming_at, school_calendar().zone)


def _by_script() -> bool:
    return BY_SCRIPT in request.headers


def _back_to_board() -> Response:
    return make_response(redirect(url_for("staff.index"), 303))
