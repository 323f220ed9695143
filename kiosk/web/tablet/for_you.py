"""What waits for one child: cards, planned times, and whether talking helped. Part of the tablet protocol.

Asked for when the child presses their tile and never kept on the device.
"""

from __future__ import annotations

from uuid import UUID

from flask import jsonify
from flask.typing import ResponseReturnValue

from kiosk.audit import record
from kiosk.chats import store as chats
from kiosk.db import utc_now, writing
from kiosk.minding.cards import NoSuchCard
from kiosk.minding.found import book_on_tablet, cards_waiting, found
from kiosk.minding.next_times import planned_for_tablet
from kiosk.minding.week_on_tablet import is_week_open
from kiosk.people.rules import read_id
from kiosk.people.store import NotThisTablets, tablet_shows
from kiosk.school.store import local_now
from kiosk.web.access import actor, allow_tablet, paired_tablet
from kiosk.web.tablet import blueprint
from kiosk.web.tablet.entries import read_found, read_key, read_said_helped, read_talk
from kiosk.web.tablet.protocol import body_of_request, limited
from kiosk.web.tablet.shapes import waiting_json

NO_SUCH_CARD = "There is no such card for this tablet."


@blueprint.get("/tablet/pupils/<pupil_id>/waiting")
@allow_tablet
@limited
def waiting(pupil_id: str) -> ResponseReturnValue:
    """What waits for a child who has just pressed their tile."""
    pupil, tablet = read_id(pupil_id), paired_tablet()
    if pupil is None or not tablet_shows(tablet, pupil):
        raise NotThisTablets
    cards = cards_waiting(pupil, tablet)
    book = book_on_tablet(pupil, tablet)
    planned = planned_for_tablet(pupil, tablet, local_now())
    ask_helped, week = chats.to_ask_helped(pupil, tablet), is_week_open(pupil, tablet)
    answer = jsonify(waiting_json(cards, book, planned, ask_helped, week_open=week))
    answer.headers["Cache-Control"] = "no-store"
    with writing():
        record("waiting_sent", actor(), pupil=pupil, cards=len(cards), book=len(book), planned=len(planned))
    return answer


@blueprint.post("/tablet/cards/<key>/found")
@allow_tablet
@limited
def card_found(key: str) -> ResponseReturnValue:
    """A child has found a card, and kept it or waved back."""
    said, at = read_found(body_of_request(), utc_now())
    card = _key(key, NoSuchCard)
    found(card, paired_tablet(), said, at)
    return jsonify(id=str(card))


@blueprint.post("/tablet/chats/<key>/helped")
@allow_tablet
@limited
def helped(key: str) -> ResponseReturnValue:
    """A child says whether talking helped."""
    said, said_at = read_said_helped(body_of_request(), utc_now())
    talk = read_talk(key)
    if talk is None:
        raise chats.NoSuchChat
    chats.say_helped(talk, paired_tablet(), said, said_at)
    return jsonify(id=str(talk))


@blueprint.errorhandler(NoSuchCard)
def _no_such_card(_error: NoSuchCard) -> ResponseReturnValue:
    return jsonify(error=NO_SUCH_CARD), 404


def _key(text: str, nothing: type[Exception]) -> UUID:
    key = read_key(text)
    if key is None:
        raise nothing
    return key
