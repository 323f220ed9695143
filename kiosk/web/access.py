"""Deny by default: a view is refused to everyone until a mark on it says who may see it.

One gate runs before every request, reads the mark of the view that was asked for, and leaves who asks in
``g.tablet`` or ``g.feed``. A view without a mark answers 403 to everybody, so a forgotten mark is found by
the first person to open the page and not by the wrong one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar, cast
from urllib.parse import urlencode

from flask import Flask, Response, abort, current_app, g, jsonify, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from flask_wtf.csrf import CSRFError, CSRFProtect, validate_csrf
from wtforms import ValidationError

from kiosk.audit import Actor
from kiosk.chats.store import SEE_ALL_ROLES, Asker
from kiosk.patterns.out.feeds import SCOPES, Feed, recognise_feed
from kiosk.people.models import ROLES, Account
from kiosk.people.rules import has_left
from kiosk.people.tablets import PairedTablet, recognise
from kiosk.school.store import local_now
from kiosk.web.devices import device_of

TABLET_COOKIE = "treetops_tablet"
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})

csrf = CSRFProtect()
View = TypeVar("View", bound=Callable[..., Any])


@dataclass(frozen=True)
class Mark:
    """Who may see a view."""

    everyone: bool = False
    tablet: bool = False
    roles: frozenset[str] = frozenset()
    live: bool = False
    """Asked for by a script that cannot follow a sign-in page: 401 instead."""
    feed: str | None = None
    """Read by the school's own programs: the scope (``kiosk.patterns.out.feeds.SCOPES``) their token must have."""


# Views that are not ours and so cannot carry a mark. Everything else of these libraries stays refused.
MARKS_ELSEWHERE: dict[str, Mark] = {
    "static": Mark(everyone=True),
    "security.login": Mark(everyone=True),
    "security.logout": Mark(roles=frozenset(ROLES)),
}


def allow(*roles: str, live: bool = False) -> Callable[[View], View]:
    """Mark a view as open to signed-in people with any of these roles."""
    unknown = set(roles) - set(ROLES)
    if unknown or not roles:
        raise ValueError(f"Roles are {ROLES}, not {sorted(unknown)}.")
    return _marked(Mark(roles=frozenset(roles), live=live))


def allow_everyone(view: View) -> View:
    """Mark a view as open to everyone, signed in or not: it shows nothing about anybody."""
    return _marked(Mark(everyone=True))(view)


def allow_tablet(view: View) -> View:
    """Mark a view as open to paired tablets."""
    return _marked(Mark(tablet=True))(view)


def allow_feed(scope: str) -> Callable[[View], View]:
    """Mark a view as open to programs of the school whose token may read these figures."""
    if scope not in SCOPES:
        raise ValueError(f"Scopes are {sorted(SCOPES)}, not {scope!r}.")
    return _marked(Mark(feed=scope))


def mark_of(endpoint: str | None) -> Mark | None:
    """The mark on a view, or nothing when it has none."""
    if endpoint in MARKS_ELSEWHERE:
        return MARKS_ELSEWHERE[endpoint]
    view = current_app.view_functions.get(endpoint or "")
    return cast("Mark | None", getattr(view, "_allowed", None))


def init_access(app: Flask) -> None:
    """Put the gate in front of every view."""
    app.config["WTF_CSRF_CHECK_DEFAULT"] = False  # the gate checks, because it knows who asks
    csrf.init_app(app)
    app.before_request(_gate)


def signed_in_roles() -> frozenset[str]:
    """The roles of the person who is signed in; none when nobody is, or when they work here no more."""
    if not current_user.is_authenticated or _has_left(cast(Account, current_user)):
        return frozenset()
    return frozenset(role.name for role in cast(Account, current_user).roles)


def actor() -> Actor:
    """Who is asking, for the audit record."""
    if "tablet" in g:
        return cast(PairedTablet, g.tablet).actor
    if current_user.is_authenticated:
        return Actor(account_id=current_user.id, adult_id=current_user.adult_id)
    return Actor()


def paired_tablet() -> PairedTablet:
    """The tablet that asks (only in views for tablets)."""
    return cast(PairedTablet, g.tablet)


def feed() -> Feed:
    """The program that asks, by its token (only in views for feeds)."""
    return cast(Feed, g.feed)


def asker() -> Asker:
    """The signed-in adult as the scope of questions about requests (only in views for staff)."""
    if current_user.adult_id is None:
        abort(403)
    roles = signed_in_roles()
    return Asker(
        adult_id=current_user.adult_id,
        account_id=current_user.id,
        sees_all=bool(roles & set(SEE_ALL_ROLES)),
        is_lead="dsl" in roles,
        device=device_of(request.user_agent.string),
    )


def _gate() -> ResponseReturnValue | None:
    if request.routing_exception is not None:
        return None  # not found, or not with this method: Flask says so
    if "\0" in request.path:
        abort(404)  # no address of ours has one, and PostgreSQL cannot even look for it
    mark = mark_of(request.endpoint)
    if mark is None:
        current_app.logger.error("%s has no mark saying who may see it.", request.endpoint)
        abort(403)
    if mark.tablet:
        return _tablet_gate()
    if mark.feed is not None:
        return _feed_gate(mark.feed)
    if request.method not in SAFE_METHODS:
        csrf.protect()
    if mark.everyone:
        return None
    if any("\0" in text for _name, text in request.values.items(multi=True)):
        abort(400)  # no keyboard types it, and PostgreSQL cannot keep it
    return _staff_gate(mark)


def _tablet_gate() -> ResponseReturnValue | None:
    bearer = _bearer()
    by_bearer = bearer is not None
    tablet = recognise(request.cookies.get(TABLET_COOKIE, "") if bearer is None else bearer)
    if tablet is None:
        return _not_paired(forget_cookie=not by_bearer and TABLET_COOKIE in request.cookies)
    g.tablet = tablet
    if not by_bearer and request.method not in SAFE_METHODS:
        _check_csrf_header()  # a browser sends cookies by itself; a bearer token it does not
    return None


def _feed_gate(scope: str) -> ResponseReturnValue | None:
    """By bearer alone: what a browser sends by itself never opens it."""
    found = recognise_feed(_bearer() or "")
    if found is None:
        answer = jsonify(error="This token is not known, was removed, or its last day is over.")
        answer.headers["WWW-Authenticate"] = 'Bearer realm="Treetops figures"'
        return answer, 401
    if scope not in found.scopes:
        return jsonify(error=f"This token may not read these figures: it was made for {found.kinds}."), 403
    g.feed = found
    return None


def _bearer() -> str | None:
    """The token that was sent as one; nothing when none was."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else None


def _check_csrf_header() -> None:
    """The header alone: looking for a form field would read the body before the view sets its limit."""
    token = request.headers.get("X-CSRF-Token") or request.headers.get("X-CSRFToken")
    try:
        validate_csrf(token)
    except ValidationError as error:
        raise CSRFError(str(error)) from error


def _not_paired(*, forget_cookie: bool) -> Response:
    """Say so. The cookie goes only when it was sent and refused: a link from elsewhere comes without it."""
    answer = jsonify(error="This tablet is not paired, or was removed. Ask the office to pair it again.")
    answer.status_code = 401
    answer.headers["WWW-Authenticate"] = 'Bearer realm="Treetops tablet"'
    if forget_cookie:
        answer.delete_cookie(TABLET_COOKIE)
    return answer


def _staff_gate(mark: Mark) -> ResponseReturnValue | None:
    if not current_user.is_authenticated:
        if mark.live:
            abort(401)
        return redirect(f"{url_for('security.login')}?{urlencode({'next': _wanted_page()})}", 303)
    if not mark.roles & signed_in_roles():
        abort(403)
    return None


def _has_left(account: Account) -> bool:
    """Whether the adult of this account is a leaver: an import marks them, and their account must follow."""
    return account.adult is not None and has_left(account.adult.left_on, local_now().date())


def _wanted_page() -> str:
    """Where signing in leads. Whoever asks for the front door comes home: not everybody has a board."""
    here = request.full_path.rstrip("?")
    return here if request.method == "GET" and here != url_for("staff.index") else url_for("staff.home")


def _marked(mark: Mark) -> Callable[[View], View]:
    def mark_view(view: View) -> View:
        view._allowed = mark  # type: ignore[attr-defined]
        return view

    return mark_view
