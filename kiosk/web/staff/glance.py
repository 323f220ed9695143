"""Whether names are hidden on this device, a screen that others can see, and what such a screen may show.

On the board, To do and the wall names are then left out. Most other pages would say nothing without names, so they
ask once whether the screen is turned away, and stay open for a quarter of an hour. A page of staff or of patterns
that is not known to hold no name asks: one that somebody adds is covered before anybody thinks of it. So does a
form that comes back refused; what was written in it is kept behind the question and sent again.
"""

from __future__ import annotations

from flask import Flask, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from werkzeug.wrappers import Response

from kiosk.db import utc_now
from kiosk.web.access import SAFE_METHODS, allow, signed_in_roles
from kiosk.web.staff import blueprint
from kiosk.web.staff.here import page_it_came_from

NAMES_COOKIE = "treetops_names"
TURNED_AWAY_COOKIE = "treetops_turned_away"
A_YEAR_SECONDS = 365 * 24 * 3600
TURNED_AWAY_SECONDS = 15 * 60
WHO_SEES_NAMES = ("adult", "duty", "nurture", "dsl", "admin")
"""Everybody: an administrator sees those of the friendly hello."""
COVERED = ("staff", "patterns")
"""The blueprints whose pages are about children."""
HOLDS_NO_NAMES = frozenset(
    {
        # leaves names out while they are hidden
        "staff.index",
        "staff.board",
        "staff.todo",
        "staff.duty",
        "staff.duty_requests",
        "staff.tell_lead",
        # never has any
        "staff.home",
        "staff.ring",
        "staff.alerts",
        "staff.remove_channel",
        "staff.who_is_here",
        "staff.my_days",
        "staff.days_of",
        "staff.manifest",
        "staff.service_worker",
        "staff.recorded_sound",
        "patterns.how_it_works",
        "patterns.school",
        "patterns.export_school",
        "patterns.feeds",
        "patterns.ask_to_remove_feed",
        # what their forms answer when they are refused
        "staff.answer",
        "staff.take_over",
        "staff.tell_lead_now",
        "staff.time_became_on_the_board",
        "staff.add_phone",
        "staff.keep_quiet",
        "staff.change_my_days",
        "staff.change_days_of",
        "patterns.make_feed_now",
    }
)
COMES_BACK = frozenset({409, 422})
"""A form that was refused, shown once more with what was written."""
NOBODY_ELSE_SEES_IT = "nobody_else_sees_it"
"""A field of a form that is sent again from behind the question."""
OF_THE_QUESTION = ("csrf_token", NOBODY_ELSE_SEES_IT)


def names_are_hidden() -> bool:
    """Whether somebody hid names on this device."""
    return request.cookies.get(NAMES_COOKIE) == "hidden"


def keep_names_hidden(answer: Response, *, hide: bool) -> None:
    """Remember the choice on this device, in a cookie: names are then never sent to a hidden screen."""
    _keep(answer, NAMES_COOKIE, "hidden" if hide else "shown", A_YEAR_SECONDS)
    answer.delete_cookie(TURNED_AWAY_COOKIE)


def is_turned_away() -> bool:
    """Whether names are hidden, and somebody said a moment ago that nobody else sees this screen."""
    if not names_are_hidden():
        return False
    if _says_so_with_a_form():
        return True
    said_at = request.cookies.get(TURNED_AWAY_COOKIE, "")
    if not (said_at.isascii() and said_at.isdigit()):
        return False
    return 0 <= utc_now().timestamp() - int(said_at[:12]) < TURNED_AWAY_SECONDS


def init_glance(app: Flask) -> None:
    """Let pages with names ask first where names are hidden. Call it after the gate is there."""
    app.before_request(_ask_first)
    app.after_request(_ask_before_a_form_comes_back)
    app.context_processor(lambda: {"is_turned_away": is_turned_away})


@blueprint.post("/names/turned-away")
@allow(*WHO_SEES_NAMES)
def screen_turned_away() -> ResponseReturnValue:
    """Nobody else sees this screen now: pages with names open on it for a quarter of an hour."""
    answer = redirect(page_it_came_from(), 303)
    _keep_turned_away(answer)
    return answer


@blueprint.post("/names/turned-back")
@allow(*WHO_SEES_NAMES)
def screen_turned_back() -> ResponseReturnValue:
    """Others may see it again: pages with names ask first."""
    answer = redirect(url_for("staff.home"), 303)
    answer.delete_cookie(TURNED_AWAY_COOKIE)
    return answer


def _ask_first() -> ResponseReturnValue | None:
    if request.method not in SAFE_METHODS or not _is_covered():
        return None
    return _the_question(None)


def _ask_before_a_form_comes_back(answer: Response) -> Response:
    """A form that was refused names the child it is about."""
    if request.method in SAFE_METHODS:
        return answer
    if names_are_hidden() and _says_so_with_a_form():
        _keep_turned_away(answer)
    elif answer.status_code in COMES_BACK and answer.mimetype == "text/html" and _is_covered():
        written = [(name, value) for name, value in request.form.items(multi=True) if name not in OF_THE_QUESTION]
        answer.set_data(_the_question(written))
    return answer


def _the_question(written: list[tuple[str, str]] | None) -> str:
    """Asks whether anybody else sees the screen; with what was written in a form, to be sent again."""
    page = request.full_path.rstrip("?")
    return render_template("staff/names_first.html", page=page, written=written)


def _is_covered() -> bool:
    if request.blueprint not in COVERED or request.endpoint in HOLDS_NO_NAMES:
        return False
    if not names_are_hidden() or is_turned_away():
        return False
    return bool(current_user.is_authenticated and signed_in_roles() & set(WHO_SEES_NAMES))


def _says_so_with_a_form() -> bool:
    return request.method not in SAFE_METHODS and request.form.get(NOBODY_ELSE_SEES_IT) == "yes"


def _keep_turned_away(answer: Response) -> None:
    _keep(answer, TURNED_AWAY_COOKIE, str(int(utc_now().timestamp())), TURNED_AWAY_SECONDS)


def _keep(answer: Response, name: str, value: str, seconds: int) -> None:
    answer.set_cookie(
        name, value, max_age=seconds, path="/", secure=request.is_secure, httponly=True, samesite="Lax"
    )
