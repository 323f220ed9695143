"""Signing in and out: Flask-Security's own views, our words, and a row for each try."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from flask import Flask, abort, redirect, request, session, url_for
from flask.sessions import SecureCookieSessionInterface
from flask.typing import ResponseReturnValue
from flask_login import current_user, user_logged_out
from flask_security import Security, SQLAlchemyUserDatastore
from flask_security.signals import user_authenticated
from sqlalchemy import bindparam, select
from sqlalchemy.orm import joinedload

from kiosk.audit import Actor, record
from kiosk.db import db, writing
from kiosk.people.models import Account, Role
from kiosk.web.limits import SIGN_IN, SIGN_IN_ADDRESS, at_most, by_account, by_address

NAME_KEPT = 254
OUR_PAGE = re.compile(r"/(?![/\\])[^\\\x00-\x1f]{0,500}")
"""Where a sign-in may lead: a path on this server. Browsers read a backslash as a slash, and two as a host."""


def init_signing_in(app: Flask) -> None:
    """Accounts, passwords (argon2) and sessions."""
    app.session_interface = _Sessions()
    security = Security(app, _Accounts(db, Account, Role))
    # Our gate reads roles itself: Principal need not load the account before every request, tablets' too.
    security.principal.identity_loaders.clear()
    # Sessions only: a token would go on working after signing out, and could stand in an address.
    app.login_manager.request_loader(lambda _request: None)  # type: ignore[attr-defined]
    security.want_json(lambda _request: False)
    view = app.view_functions["security.login"]
    for limit, whose in ((SIGN_IN, by_account), (SIGN_IN_ADDRESS, by_address)):
        view = at_most(limit, whose, when=lambda: request.method == "POST")(view)
    app.view_functions["security.login"] = cast(Any, _leading_here(_recorded(view)))
    user_authenticated.connect(_signed_in, app)
    user_logged_out.connect(_signed_out, app)


class _Accounts(SQLAlchemyUserDatastore):
    """Accounts; whose session it is, every page asks, and so in a statement that is made once."""

    def find_user(self, case_insensitive: bool = False, **named: Any) -> Account | None:
        """The account of this name; see Flask-Security."""
        if list(named) == ["fs_uniquifier"]:
            return db.session().scalar(_OF_SESSION, named)
        return cast(Account | None, super().find_user(case_insensitive, **named))


_OF_SESSION = (
    select(Account).options(joinedload(Account.roles)).where(Account.fs_uniquifier == bindparam("fs_uniquifier"))
)


class _Sessions(SecureCookieSessionInterface):
    """Sessions whose cookie never travels in the clear once the school serves over HTTPS."""

    def get_cookie_secure(self, app: Flask) -> bool:  # noqa: ARG002 - Flask passes it
        return request.is_secure


def _leading_here(view: Callable[..., Any]) -> Callable[..., ResponseReturnValue]:
    """Begin afresh when the sign-in was asked to lead to somebody else's page afterwards."""

    @wraps(view)
    def checked(*args: Any, **kwargs: Any) -> ResponseReturnValue:
        wanted = request.args.getlist("next") + request.form.getlist("next")
        if not all(OUR_PAGE.fullmatch(page) for page in wanted if page):
            return redirect(url_for("security.login"), 303)
        return cast(ResponseReturnValue, view(*args, **kwargs))

    return checked


def _recorded(view: Callable[..., Any]) -> Callable[..., ResponseReturnValue]:
    """A row for each try that was refused, whether or not anybody has that name; and forms only."""

    @wraps(view)
    def tried(*args: Any, **kwargs: Any) -> ResponseReturnValue:
        if request.is_json:
            abort(415)
        answer = cast(ResponseReturnValue, view(*args, **kwargs))
        if request.method == "POST" and not current_user.is_authenticated:
            _refused("".join(filter(str.isprintable, request.form.get("email", "")))[:NAME_KEPT])
        return answer

    return tried


def _signed_in(_app: Flask, user: Account, **_more: Any) -> None:
    session.permanent = True
    with writing():
        record("signed_in", _actor(user), address=request.remote_addr)


def _refused(name: str) -> None:
    with writing() as db_session:
        account = db_session.scalar(select(Account).where(Account.email == name.lower()))
        record("sign_in_refused", _actor(account), email=name, address=request.remote_addr)


def _signed_out(_app: Flask, user: Account, **_more: Any) -> None:
    with writing():
        record("signed_out", _actor(user))


def _actor(user: Account | None) -> Actor:
    return Actor(account_id=user.id, adult_id=user.adult_id) if user is not None else Actor()
