"""In or out today, in the words of the staff pages. Pure."""

from __future__ import annotations

from datetime import date, timedelta

from kiosk.patterns.days import day_words
from kiosk.people.here import InOrOut
from kiosk.people.rules import Presence
from kiosk.wording import N_, Day, Sentence


def why_words(stands: InOrOut, presence: Presence, today: date) -> str:
    """Why somebody is in or out today, after "You are in today" and for a colleague alike.

    Args:
        stands: how they stand.
        presence: what it was worked out from.
        today: the school's date.
    """
    if stands.is_in:
        return _why_in(stands)
    if stands.why == "away":
        return _away(presence, today)
    if stands.why == "hours" and stands.went_at:
        return Sentence("was in until %(time)s", time=f"{stands.went_at:%H:%M}")
    return _WHY_OUT.get(stands.why) or Sentence("not in on %(weekday)ss", weekday=Day(today, "EEEE"))


def _away(presence: Presence, today: date) -> str:
    if presence.away_until is None:
        return N_("away, nobody knows yet until when")
    return Sentence("away until %(weekday)s", weekday=day_words(presence.away_until, today))


_WHY_OUT = {
    "tapped": N_("said today"),
    "hours": N_("by the timetable"),
    "left": N_("works here no more"),
}


def back_words(stands: InOrOut, today: date) -> str:
    """When somebody who is out is back."""
    if stands.is_in or not stands.back:
        return ""
    return Sentence("back on %(weekday)s", weekday=day_words(stands.back, today))


def absence_words(presence: Presence, today: date) -> str:
    """An absence that has begun or is to come: ``From Monday 23 November, back on Friday 4 December``."""
    first, last = presence.away_from, presence.away_until
    if first is None or (last is not None and last < today):
        return ""
    begins = day_words(first, today)
    if last is None:
        if first <= today:
            return Sentence("Since %(weekday)s, and nobody knows yet until when", weekday=begins)
        return Sentence("From %(weekday)s, and nobody knows yet until when", weekday=begins)
    back = day_words(last + timedelta(days=1), today)
    if first <= today:
        return Sentence("Since %(weekday)s, back on %(back)s", weekday=begins, back=back)
    return Sentence("From %(weekday)s, back on %(back)s", weekday=begins, back=back)


def not_there_words(presence: Presence, today: date) -> str:
    """What stands beside the name of somebody who is chosen for a child: a last day, an absence, or nothing."""
    if presence.left_on is not None:
        return Sentence("last day %(weekday)s", weekday=day_words(presence.left_on - timedelta(days=1), today))
    return _away(presence, today) if presence.is_away(today) else absence_words(presence, today)


def news_words(called: str | None, *, here: bool) -> str:
    """What one tap did. ``called`` is the colleague; nobody when it is the person who tapped."""
    if called is None:
        return (
            N_("You are in today. Children can see that you are here.")
            if here
            else N_("You are out today. Children who ask for you reach somebody who stands in.")
        )
    if here:
        return Sentence("%(adult)s is in today. Children can see it.", adult=called)
    return Sentence(
        "%(adult)s is out today. Children who ask for them reach somebody who stands in.", adult=called
    )


def _why_in(stands: InOrOut) -> str:
    if stands.comes_at:
        return Sentence("from %(time)s", time=f"{stands.comes_at:%H:%M}")
    if stands.lunch_until:
        return Sentence("at lunch until %(time)s", time=f"{stands.lunch_until:%H:%M}")
    return N_("said today") if stands.why == "tapped" else N_("by the timetable")
