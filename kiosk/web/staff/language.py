"""The language of the staff's pages, chosen by whoever reads them."""

from __future__ import annotations

from datetime import timedelta

from flask import redirect, request
from flask.typing import ResponseReturnValue

from kiosk.alerts import channels
from kiosk.school.languages import STAFF_LANGUAGES
from kiosk.web.access import actor, allow_everyone
from kiosk.web.languages import CHOICE
from kiosk.web.staff import blueprint
from kiosk.web.staff.here import page_it_came_from

LASTS = timedelta(days=400)


@blueprint.post("/language")
@allow_everyone
def choose_language() -> ResponseReturnValue:
    """Keep the choice in this browser, and go back to the page; what is not offered changes nothing.

    Phones and mailboxes of who is signed in are told in it from now on.
    """
    answer = redirect(page_it_came_from(), 303)
    chosen = request.form.get("language", "")
    if chosen in STAFF_LANGUAGES:
        if (me := actor()).adult_id is not None:
            channels.speak(me.adult_id, chosen, me)
        answer.set_cookie(CHOICE, chosen, max_age=LASTS, httponly=True, samesite="Lax", secure=request.is_secure)
    return answer
