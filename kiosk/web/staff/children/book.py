"""A child's Noticed book: every kindness, friendship and success an adult saw."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue

from kiosk.minding.cards import book_of
from kiosk.school.store import local_now
from kiosk.web.access import allow
from kiosk.web.staff import blueprint
from kiosk.web.staff.children import words
from kiosk.web.staff.children.scope import WHO_MINDS, load, near_me, record_look


@blueprint.get("/children/<pupil_id>/book")
@allow(*WHO_MINDS)
def book(pupil_id: str) -> ResponseReturnValue:
    """The book, to look at with the child, or to print and give away at a good ending."""
    me = near_me()
    pupil = load(pupil_id, me)
    record_look(me, pupil, "book")
    return render_template(
        "staff/children/book.html", pupil=pupil, noticed=book_of(pupil.id, me), words=words, now=local_now()
    )
