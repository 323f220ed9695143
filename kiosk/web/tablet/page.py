"""The tablet's page, its service worker and pairing."""

from __future__ import annotations

from flask import g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from kiosk.people.models import PairingCode
from kiosk.people.tablets import CodeRefused, invitation, invited_classes, pair_with_code, recognise
from kiosk.web.access import TABLET_COOKIE, allow_everyone
from kiosk.web.compression import same_for_everybody
from kiosk.web.limits import PAIRING, at_most, by_address
from kiosk.web.tablet import blueprint
from kiosk.web.tablet.cookie import keep_token

CODE_MOST = 40
REFUSED = "This code does not work any more. Ask the office for a new one: a code works once, for ten minutes."


@blueprint.get("/")
@allow_everyone
@same_for_everybody
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
    code = _read_code(request.args.get("code", ""))
    found = invitation(code) if code else None
    if found and found.reusable:
        return _pair(code)
    return _pair_page(code, found, REFUSED if code and not found else None)


@blueprint.post("/pair")
@allow_everyone
@at_most(PAIRING, by_address)
def pair_now() -> ResponseReturnValue:
    """Use the code up and make this device a tablet."""
    return _pair(_read_code(request.form.get("code", "")))


def _read_code(text: str) -> str:
    """A code as it was typed, for the form that comes back: without what no page can carry."""
    return "".join(letter for letter in text[:CODE_MOST] if letter.isprintable())


def _pair(code: str) -> ResponseReturnValue:
    try:
        tablet, token = pair_with_code(code)
    except CodeRefused:
        return _pair_page(code, None, REFUSED), 422
    g.tablet = tablet
    answer = redirect(url_for("tablet.page"), 303)
    keep_token(answer, token)
    return answer


def _pair_page(code: str, found: PairingCode | None, refused: str | None) -> str:
    return render_template(
        "tablet/pair.html",
        code=code,
        invitation=found,
        classes=invited_classes(found) if found else (),
        refused=refused,
        already=recognise(request.cookies.get(TABLET_COOKIE, "")),
    )
