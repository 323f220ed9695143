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

WORDS: dict[int, tuple[str, str]] = {
    400: ("That did not arrive as it should", "Go back, load the page again and try once more."),
    401: ("Please sign in", "You have been signed out. Sign in to go on."),
    403: ("This page is not for your account", "If you need it for your work, ask your safeguarding lead."),
    404: ("There is nothing here", "It may have been dealt with, or the address has a slip in it."),
    405: ("That cannot be done here", "Go back and use the buttons on the page."),
    413: ("That is too large", "Send something smaller."),
    429: ("Too many tries", "Wait a minute, then try again."),
    500: ("Something went wrong on our side", "Nothing was changed. Try again; tell the office if it stays."),
    503: ("Treetops is busy for a moment", "Nothing was changed. Try again in a few seconds."),
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
    wait = "a minute" if minutes == 1 else f"{minutes} minutes"
    return error_answer(429, f"Wait {wait}, then try again. If it is urgent, ask the office.", retry_after=seconds)


def _stale_form(_error: Exception) -> ResponseReturnValue:
    return error_answer(400, "This page was open for too long. Load it again and try once more.")


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
