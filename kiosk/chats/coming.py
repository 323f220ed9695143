"""When an adult can come: only what they can keep is promised to a child. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta

from kiosk.people.rules import Presence
from kiosk.refusal import Refusal
from kiosk.school.calendar import SchoolCalendar

FURTHEST = timedelta(hours=6)
"""From the first lesson to after lunch. A child who would wait longer needs somebody who comes sooner."""


class CannotCome(Refusal):
    """The adult cannot come at that time; the message is a sentence."""


def check_coming(at: datetime, now: datetime, presence: Presence, calendar: SchoolCalendar) -> None:
    """Whether an adult can promise to come at a time.

    Args:
        at: when they say they come, later than ``now``; on the school's own clock, as ``now``.
        now: this moment.
        presence: when the adult is in school.
        calendar: when the school is open.

    Raises:
        CannotCome: school is closed then, it is hours away, or by their timetable the adult is not here then.
    """
    _opens, closes = calendar.hours_of(now.date())
    if not calendar.is_school_day(now.date()) or now >= closes:
        raise CannotCome("School is closed now. Choose Coming now, or talk with the child on the next school day.")
    if at >= closes:
        raise CannotCome(
            "School closes at %(time)s today. Choose an earlier time, or hand over to somebody who can come.",
            time=f"{closes.astimezone(now.tzinfo):%H:%M}",
        )
    if at - now > FURTHEST:
        raise CannotCome("That is more than six hours away. Hand over to somebody who can come sooner.")
    at_the_table = presence.is_at_lunch(now.time()) and presence.is_at_lunch(at.time())
    if not presence.is_here_at(at) and not at_the_table:
        raise _not_here_then(at, presence)


def _not_here_then(at: datetime, presence: Presence) -> CannotCome:
    hours = presence.hours_on(at.date())
    if not presence.is_here(at.date()):
        return CannotCome(
            "By your timetable you are not in today. Choose Coming now, or say on My days that you are in."
        )
    if hours is not None and not hours[0] <= f"{at:%H:%M}" < hours[1]:
        return CannotCome(
            "By your timetable you are in from %(from)s until %(until)s today. Choose a time within it, or hand "
            "over to somebody who can come then.",
            **{"from": hours[0], "until": hours[1]},
        )
    return CannotCome(
        "You are at lunch from %(from)s until %(until)s. Choose a time before or after it, or hand over.",
        **{"from": f"{presence.lunch_from:%H:%M}", "until": f"{presence.lunch_until:%H:%M}"},
    )
