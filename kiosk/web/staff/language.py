"""The language of the staff's pages, chosen by whoever reads them."""

from __future__ import annotations

from datetime import timedelta

from flask import redirect, request
from flask.typing import ResponseReturnValue

from kiosk.school.languages import STAFF_LANGUAGES
from kiosk.web.access import allow_everyone
from kiosk.web.languages import CHOICE
from kiosk.web.staff import blueprint
from kiosk.web.staff.here import page_it_came_from

LASTS = timedelta(days=400)


@blueprint.post("/language")
@allow_everyone
def choose_language() -> ResponseReturnValue:
    """Keep the choice in this browser, and go back to the page; what is not offered changes nothing."""
    answer = redirect(page_it_came_from(), 303)
    chosen = request.form.get("language", "")
    if chosen in STAFF_LANGUAGES:
        answer.set_cookie(CHOICE, chosen, max_age=LASTS, httponly=True, samesite="Lax", secure=request.is_secure)
    return answer
