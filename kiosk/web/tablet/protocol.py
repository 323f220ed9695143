"""The tablet protocol: JSON for paired devices. Stable: INTERFACE in docs/protocol.md says what it promises.

Sending again is always safe: ids are made by the tablet, and the same entry twice is kept once.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from flask import Response, jsonify, make_response, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import generate_csrf

from kiosk.audit import record
from kiosk.chats import store as chats
from kiosk.chats.store.changing import surroundings
from kiosk.db import utc_now, writing
from kiosk.feelings import store as feelings
from kiosk.people import store as people
from kiosk.school.safe_space import room_in_safe_space
from kiosk.school.store import local_now, school_calendar, settings
from kiosk.web.access import TABLET_COOKIE, actor, allow_tablet, paired_tablet
from kiosk.web.limits import TABLET, at_most, by_tablet
from kiosk.web.tablet import blueprint
from kiosk.web.tablet.cookie import keep_token
from kiosk.web.tablet.entries import (
    EntryRefused,
    NotJSON,
    UnknownPupil,
    read_chat,
    read_check_in,
    read_key,
    read_object,
    read_undone_at,
)
from kiosk.web.tablet.shapes import Today, chat_json, roster_body

LARGEST_BODY = 64 * 1024
NOT_THIS_TABLETS = "This pupil is not one of this tablet's."
NO_SUCH_CHAT = "There is no such request for this tablet."
limited = at_most(TABLET, by_tablet)


@blueprint.get("/tablet/roster")
@allow_tablet
def roster() -> ResponseReturnValue:
    """The pupils of this tablet, their High 5 and the scale."""
    tablet = paired_tablet()
    pupils = people.tablet_roster(tablet)
    today = today_for(pupils)
    body, tag = roster_body(pupils, feelings.current_scale(), today, school_json(tablet.name, today.opens))
    answer = make_response(body)
    answer.mimetype = "application/json"
    answer.set_etag(tag)
    answer.headers["Cache-Control"] = "private, no-cache"
    if TABLET_COOKIE in request.cookies:
        answer.headers["X-CSRF-Token"] = generate_csrf()
        keep_token(answer, request.cookies[TABLET_COOKIE])
    answer.make_conditional(request)
    if answer.status_code == 200:
        with writing():
            record("roster_sent", actor(), pupils=len(pupils))
    return answer


@blueprint.post("/tablet/check-ins")
@allow_tablet
@limited
def check_in() -> ResponseReturnValue:
    """Keep a step that a child chose."""
    entry = read_check_in(body_of_request(), utc_now())
    new = feelings.add_check_in(entry, paired_tablet())
    return jsonify(id=str(entry.key)), 201 if new else 200


@blueprint.post("/tablet/check-ins/<key>/undo")
@allow_tablet
@limited
def undo_check_in(key: str) -> ResponseReturnValue:
    """Take back a tap made a moment ago; one that is not there is taken back already."""
    undone_at = read_undone_at(body_of_request(may_be_empty=True))
    entry = read_key(key)
    undone = entry is not None and feelings.undo_check_in(entry, paired_tablet(), undone_at)
    return jsonify(id=str(entry) if entry else None, undone=undone)


@blueprint.post("/tablet/chats")
@allow_tablet
@limited
def ask() -> ResponseReturnValue:
    """Keep a request and tell the adults."""
    entry = read_chat(body_of_request(), utc_now())
    key, new = chats.ask(entry, paired_tablet())
    return _stands(key), 201 if new else 200


@blueprint.get("/tablet/chats")
@allow_tablet
def open_chats() -> ResponseReturnValue:
    """Today's requests of this tablet's pupils: the start screen shows a sign when an answer has come."""
    found = chats.chats_on_tablet(paired_tablet(), local_now().date())
    now, opening = utc_now(), school_calendar().next_opening
    answer = jsonify(chats=[chat_json(chat, now, opening) for chat in found])
    answer.add_etag()
    return answer.make_conditional(request)


@blueprint.get("/tablet/chats/<key>")
@allow_tablet
def chat(key: str) -> ResponseReturnValue:
    """How one request stands."""
    return _chat(key)


@blueprint.post("/tablet/chats/<key>/cancel")
@allow_tablet
@limited
def cancel(key: str) -> ResponseReturnValue:
    """The child is OK now."""
    body_of_request(may_be_empty=True)
    if entry := read_key(key):
        chats.cancel(entry, paired_tablet())
    return _chat(key)


@blueprint.post("/tablet/chats/<key>/cannot-wait")
@allow_tablet
@limited
def cannot_wait(key: str) -> ResponseReturnValue:
    """The child cannot wait: everyone on duty is told."""
    body_of_request(may_be_empty=True)
    if entry := read_key(key):
        chats.cannot_wait(entry, paired_tablet())
    return _chat(key)


@blueprint.errorhandler(NotJSON)
def _not_json(_error: NotJSON) -> ResponseReturnValue:
    return jsonify(error="Send JSON as UTF-8."), 400


@blueprint.errorhandler(EntryRefused)
def _entry_refused(error: EntryRefused) -> ResponseReturnValue:
    return jsonify(errors=error.errors), 422


@blueprint.errorhandler(chats.NotInHigh5)
def _not_in_high5(_error: chats.NotInHigh5) -> ResponseReturnValue:
    return jsonify(errors={"adult": "This adult is not one of this pupil's High 5."}), 422


@blueprint.errorhandler(UnknownPupil)
@blueprint.errorhandler(people.NotThisTablets)
def _not_this_tablets(_error: Exception) -> ResponseReturnValue:
    return jsonify(error=NOT_THIS_TABLETS), 404


@blueprint.errorhandler(chats.NoSuchChat)
def _no_such_chat(_error: chats.NoSuchChat) -> ResponseReturnValue:
    return jsonify(error=NO_SUCH_CHAT), 404


@blueprint.errorhandler(feelings.DifferentContent)
def _different_content(_error: feelings.DifferentContent) -> ResponseReturnValue:
    return jsonify(error="This id was used before for something else. Make a new one."), 409


def _chat(key: str) -> Response:
    entry = read_key(key)
    if entry is None:
        raise chats.NoSuchChat
    return _stands(entry)


def _stands(key: UUID) -> Response:
    chat = chats.chat_on_tablet(key, paired_tablet())
    return jsonify(chat_json(chat, utc_now(), school_calendar().next_opening))


def body_of_request(*, may_be_empty: bool = False) -> dict[str, Any]:
    """The JSON object that was sent.

    Raises:
        NotJSON: it is not JSON at all.
        EntryRefused: it is JSON, but not an object.
    """
    request.max_content_length = LARGEST_BODY
    sent = request.get_data(cache=False)
    return {} if may_be_empty and not sent.strip() else read_object(sent)


def today_for(pupils: Sequence[people.TabletPupil]) -> Today:
    """What a tablet tells these pupils of this moment: who is here, and whom their requests would reach."""
    now = local_now()
    around = surroundings([pupil.id for pupil in pupils], [], now)
    return Today(now, school_calendar(), around, people.adults_with_role("dsl"))


def school_json(tablet_name: str, opens: datetime | None) -> dict[str, str | bool | None]:
    """The school's own words, as a tablet is told them, and when it opens again while it is closed."""
    school = settings()
    return {
        "name": school["school_name"],
        "safe_space": school["safe_space_name"],
        "safe_space_full": room_in_safe_space().is_full,
        "closed_until": opens.isoformat() if opens else None,
        "help_place": school["help_place"],
        "timezone": school["timezone"],
        "language": school["tablet_language"],
        "scale_order_rtl": school["scale_order_rtl"],
        "tablet": tablet_name,
    }
