"""Failures, each shown to a person once, in plain words, with what to do next.

On the tablet protocol every failure is JSON, and a fault of ours is 503 ("try again"), never 500: the tablet
then keeps the child's tap and sends it later.
"""

from __future__ import annotations

import traceback
from math import ceil

from flask import Flask, current_app, jsonify, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from werkzeug.exceptions import HTTPException, TooManyRequests

from kiosk.db import Busy
from kiosk.wording import N_, counted

WORDS: dict[int, tuple[str, str]] = {
    400: (N_("That did not arrive as it should"), N_("Go back, load the page again and try once more.")),
    401: (N_("Please sign in"), N_("You have been signed out. Sign in to go on.")),
    403: (
        N_("This page is not for your account"),
        N_("If you need it for your work, ask your safeguarding lead."),
    ),
    404: (N_("There is nothing here"), N_("It may have been dealt with, or the address has a slip in it.")),
    405: (N_("That cannot be done here"), N_("Go back and use the buttons on the page.")),
    413: (N_("That is too large"), N_("Send something smaller.")),
    429: (N_("Too many tries"), N_("Wait a minute, then try again.")),
    500: (
        N_("Something went wrong on our side"),
        N_("Nothing was changed. Try again; tell the office if it stays."),
    ),
    503: (N_("Treetops is busy for a moment"), N_("Nothing was changed. Try again in a few seconds.")),
}
TRY_AGAIN_SECONDS = 2
FOR_PROGRAMS = ("/tablet/", "/feed/")
"""Where programs ask: they are answered in JSON."""


def init_errors(app: Flask) -> None:
    """Say every failure in plain words."""
    app.register_error_handler(CSRFError, _stale_form)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(Busy, _busy)
    app.register_error_handler(DBAPIError, _busy)
    app.register_error_handler(PoolTimeout, _busy)
    app.register_error_handler(Exception, _fault)


def error_answer(
    status: int, sentence: str | None = None, *, retry_after: int = TRY_AGAIN_SECONDS
) -> ResponseReturnValue:
    """A failure in the form its asker understands: JSON for a program, a page for a person."""
    title, advice = WORDS.get(status, WORDS[400 if status < 500 else 500])
    headers = {"Retry-After": str(retry_after)} if status in (429, 503) else {}
    if request.path.startswith(FOR_PROGRAMS):
        return jsonify(error=sentence or f"{title}. {advice}"), status, headers
    page = render_template("error.html", title=title, advice=sentence or advice, status=status)
    return page, status, headers


def _http_error(error: Exception) -> ResponseReturnValue:
    assert isinstance(error, HTTPException)
    if error.code is None or error.code < 400:
        return error
    if isinstance(error, TooManyRequests):
        return _too_many(error)
    return error_answer(error.code)


def _too_many(error: TooManyRequests) -> ResponseReturnValue:
    seconds = error.retry_after if isinstance(error.retry_after, int) else 60
    minutes = ceil(seconds / 60)
    advice = counted(
        "Wait a minute, then try again. If it is urgent, ask the office.",
        "Wait %(count)s minutes, then try again. If it is urgent, ask the office.",
        minutes,
    )
    return error_answer(429, advice, retry_after=seconds)


def _stale_form(_error: Exception) -> ResponseReturnValue:
    return error_answer(400, N_("This page was open for too long. Load it again and try once more."))


def _busy(error: Exception) -> ResponseReturnValue:
    _log(error, "The database could not be used")
    return error_answer(503)


def _fault(error: Exception) -> ResponseReturnValue:
    _log(error, "Fault")
    return error_answer(503 if request.path.startswith("/tablet/") else 500)


def _log(error: Exception, what: str) -> None:
    """Log what the fault was and where, never what was sent: that is a child's.

    So no message of an exception is logged, which may quote it (SQLAlchemy's does), but for the first line of
    what the database said.
    """
    why = type(error).__name__
    if isinstance(error, DBAPIError):
        why = f"{why}: {str(error.orig).partition(chr(10))[0]}"
    frames = "".join(traceback.format_tb(error.__traceback__))
    current_app.logger.error("%s at %s %s (%s)\n%s", what, request.method, request.path, why, frames)
