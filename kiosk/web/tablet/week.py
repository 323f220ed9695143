"""A child's own week, where an adult has opened it on this tablet. Part of the tablet protocol.

Once for each tap of the adult, for this child alone, and never kept on the device.
"""

from __future__ import annotations

from datetime import datetime, time

from flask import jsonify
from flask.typing import ResponseReturnValue

from kiosk.chats.store.looking_back import talks_since
from kiosk.minding.found import found_since
from kiosk.minding.rules import last_days
from kiosk.minding.week_on_tablet import WeekNotOpen, look_at_week
from kiosk.patterns.child.store import answers_of
from kiosk.people.rules import read_id
from kiosk.people.store import NotThisTablets, tablet_shows
from kiosk.school.store import local_now, school_calendar
from kiosk.web.access import allow_tablet, paired_tablet
from kiosk.web.tablet import blueprint
from kiosk.web.tablet.protocol import body_of_request, limited
from kiosk.web.tablet.shapes import week_json

DAYS = 5
NOT_OPEN = "This child's week is not open on this tablet. An adult the child trusts can open it."


@blueprint.post("/tablet/pupils/<pupil_id>/week")
@allow_tablet
@limited
def look_at_my_week(pupil_id: str) -> ResponseReturnValue:
    """The last school days of a child who has just pressed "My week", with an adult beside them."""
    body_of_request(may_be_empty=True)
    pupil, tablet = read_id(pupil_id), paired_tablet()
    if pupil is None or not tablet_shows(tablet, pupil):
        raise NotThisTablets
    calendar = school_calendar()
    days = last_days(local_now().date(), calendar, DAYS)
    look_at_week(pupil, tablet, len(days))
    begins = datetime.combine(days[0], time.min, calendar.zone)
    cards = [(at.astimezone(calendar.zone).date(), card) for at, card in found_since(pupil, tablet, begins)]
    answers, talks = answers_of(pupil, days[0], days[-1]), talks_since(pupil, tablet, days[0])
    answer = jsonify(week_json(days, answers, talks, cards))
    answer.headers["Cache-Control"] = "no-store"
    return answer


@blueprint.errorhandler(WeekNotOpen)
def _week_not_open(_error: WeekNotOpen) -> ResponseReturnValue:
    return jsonify(error=NOT_OPEN), 404
