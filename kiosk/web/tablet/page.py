"""The tablet's page, its service worker and pairing."""

from __future__ import annotations

from flask import g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from kiosk.people.tablets import CodeRefused, invitation, pair_with_code, recognise
from kiosk.web.access import TABLET_COOKIE, allow_everyone
from kiosk.web.limits import PAIRING, at_most, by_address
from kiosk.web.tablet import blueprint
from kiosk.web.tablet.cookie import keep_token

CODE_MOST = 40
REFUSED = "This code does not work any more. Ask the office for a new one: a code works once, for ten minutes."


@blueprint.get("/")
@allow_everyone
def page() -> ResponseReturnValue:
    """Every screen of the tablet in one page. It names nobody: the roster comes by the protocol."""
    return render_template("tablet/page.html"), {"Cache-Control": "no-cache"}


@blueprint.get("/pair")
@allow_everyone
@at_most(PAIRING, by_address, when=lambda: "code" in request.args)
def pair() -> ResponseReturnValue:
    """Ask for a code, or show what the code in the address would do.

    Opening an address must not use a code up (cameras and mail programs open addresses to preview them), so a
    real code waits for a button. The demo's code works again and again and pairs at once.
    """
    code = request.args.get("code", "")[:CODE_MOST]
    found = invitation(code) if code else None
    if found and found.reusable:
        return _pair(code)
    already = recognise(request.cookies.get(TABLET_COOKIE, ""))
    refused = REFUSED if code and not found else None
    return render_template("tablet/pair.html", code=code, invitation=found, refused=refused, already=already)


@blueprint.post("/pair")
@allow_everyone
@at_most(PAIRING, by_address)
def pair_now() -> ResponseReturnValue:
    """Use the code up and make this device a tablet."""
    return _pair(request.form.get("code", "")[:CODE_MOST])


def _pair(code: str) -> ResponseReturnValue:
    try:
        tablet, token = pair_with_code(code)
    except CodeRefused:
        body = render_template("tablet/pair.html", code=code, invitation=None, refused=REFUSED, already=None)
        return body, 422
    g.tablet = tablet
    answer = redirect(url_for("tablet.page"), 303)
    keep_token(answer, token)
    return answer
