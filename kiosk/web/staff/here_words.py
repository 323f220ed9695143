"""In or out today, in the words of the staff pages. Pure."""

from __future__ import annotations

from datetime import date, timedelta

from kiosk.patterns.days import day_words
from kiosk.people.here import InOrOut
from kiosk.people.rules import Presence


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
        if presence.away_until is None:
            return "away, nobody knows yet until when"
        return f"away until {day_words(presence.away_until, today)}"
    return {
        "tapped": "said today",
        "hours": f"was in until {stands.went_at:%H:%M}" if stands.went_at else "by the timetable",
        "left": "works here no more",
    }.get(stands.why, f"not in on {today:%A}s")


def back_words(stands: InOrOut, today: date) -> str:
    """When somebody who is out is back."""
    return "" if stands.is_in else f"back on {day_words(stands.back, today)}" if stands.back else ""


def absence_words(presence: Presence, today: date) -> str:
    """An absence that has begun or is to come: ``From Monday 23 November, back on Friday 4 December``."""
    first, last = presence.away_from, presence.away_until
    if first is None or (last is not None and last < today):
        return ""
    begins = f"{'Since' if first <= today else 'From'} {day_words(first, today)}"
    if last is None:
        return f"{begins}, and nobody knows yet until when"
    return f"{begins}, back on {day_words(last + timedelta(days=1), today)}"


def news_words(called: str | None, *, here: bool) -> str:
    """What one tap did. ``called`` is the colleague; nobody when it is the person who tapped."""
    if called is None:
        return (
            "You are in today. Children can see that you are here."
            if here
            else "You are out today. Children who ask for you reach somebody who stands in."
        )
    if here:
        return f"{called} is in today. Children can see it."
    return f"{called} is out today. Children who ask for them reach somebody who stands in."


def _why_in(stands: InOrOut) -> str:
    if stands.comes_at:
        return f"from {stands.comes_at:%H:%M}"
    if stands.lunch_until:
        return f"at lunch until {stands.lunch_until:%H:%M}"
    return "said today" if stands.why == "tapped" else "by the timetable"
