"""Tablets: which there are, inviting one with a code and a QR, and making one forget everything."""

from __future__ import annotations

from datetime import datetime
from ipaddress import ip_address

from flask import abort, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from kiosk.db import utc_now
from kiosk.patterns.days import day_words
from kiosk.people.tablets import (
    TabletRow,
    all_tablets,
    classes_to_show,
    find_invitation,
    invitation,
    invite_tablet,
    invited_classes,
    revoke_tablet,
)
from kiosk.refusal import Refusal
from kiosk.school.store import local_now, settings
from kiosk.web.access import actor, allow
from kiosk.web.admin import blueprint
from kiosk.web.admin.qr import qr
from kiosk.web.admin.words import as_typed
from kiosk.web.languages import _, flash
from kiosk.wording import Sentence

INVITED = "invited_tablet"
"""Where the code waits for the page that shows it: in the administrator's own signed cookie, for ten minutes."""


@blueprint.get("/tablets")
@allow("admin")
def tablets() -> ResponseReturnValue:
    """Every tablet: those in use, then those that were removed."""
    every = all_tablets()
    return render_template(
        "admin/tablets.html",
        in_use=[tablet for tablet in every if tablet.revoked_at is None],
        removed=[tablet for tablet in every if tablet.revoked_at is not None],
        when=_when,
    )


@blueprint.get("/tablets/invite")
@allow("admin")
def invite() -> ResponseReturnValue:
    """Ask what the tablet is called and what it shows."""
    return _invite_page()


@blueprint.post("/tablets/invite")
@allow("admin")
def invite_now() -> ResponseReturnValue:
    """Make the invitation, then show its code."""
    every = request.form.get("every") == "yes"
    chosen = ["all"] if every else request.form.getlist("class")
    try:
        session[INVITED] = invite_tablet(request.form.get("name", ""), chosen, actor())
    except Refusal as refused:
        return _invite_page(refused=_(refused)), 422
    return redirect(url_for("admin.invited"), 303)


@blueprint.get("/tablets/invited")
@allow("admin")
def invited() -> ResponseReturnValue:
    """The code in large letters and as a QR, until it is used or too old. Looking does not use it up."""
    code = session.get(INVITED, "")
    known = find_invitation(code)
    if known is None:
        return redirect(url_for("admin.tablets"), 303)
    works = invitation(code) is not None
    if not works:
        session.pop(INVITED)
    address = url_for("tablet.pair", _external=True)
    return render_template(
        "admin/invited.html",
        name=known.tablet_name,
        classes=invited_classes(known),
        works=works,
        was_used=known.used_at is not None,
        code=code,
        address=address,
        qr=qr(f"{address}?code={code}") if works else None,
        only_here=only_this_computer(request.host),
        until=known.expires_at.astimezone(local_now().tzinfo),
        minutes_left=max(1, round((known.expires_at - utc_now()).total_seconds() / 60)),
    )


@blueprint.get("/tablets/<tablet_id>/remove")
@allow("admin")
def remove(tablet_id: str) -> ResponseReturnValue:
    """One plain question."""
    return render_template("admin/remove_tablet.html", tablet=_load(tablet_id))


@blueprint.post("/tablets/<tablet_id>/remove")
@allow("admin")
def remove_now(tablet_id: str) -> ResponseReturnValue:
    """Stop believing the tablet: at its next call it forgets everything."""
    tablet = _load(tablet_id)
    if revoke_tablet(tablet.id, actor()):
        done = _(
            "%(tablet)s is removed. It forgets everything as soon as it reaches the server.", tablet=tablet.name
        )
        flash(done, "done")
    else:
        flash(_("%(tablet)s was removed already.", tablet=tablet.name), "told")
    return redirect(url_for("admin.tablets"), 303)


def only_this_computer(host: str) -> bool:
    """Whether the administrator came by an address that no tablet can reach."""
    name = host.rsplit(":", 1)[0].strip("[]")
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return name == "localhost"


def _when(at: datetime) -> str:
    now = local_now()
    local = at.astimezone(now.tzinfo)
    return Sentence("%(day)s, %(time)s", day=day_words(local.date(), now.date()), time=f"{local:%H:%M}")


def _load(tablet_id: str) -> TabletRow:
    found = [tablet for tablet in all_tablets() if str(tablet.id) == tablet_id]
    return found[0] if found else abort(404)


def _invite_page(refused: str | None = None) -> str:
    return render_template(
        "admin/invite.html",
        classes=classes_to_show(),
        refused=refused,
        safe_space=settings()["safe_space_name"],
        name=as_typed(request.form.get("name", "")),
        chosen=request.form.getlist("class"),
        every=request.form.get("every") == "yes",
    )
