"""What the forms of "My days" say, checked and in our own types. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, time, timedelta

from kiosk.people.rules import EVERY_DAY, Presence
from kiosk.refusal import Refusal
from kiosk.school.calendar import DAY_NAMES
from kiosk.wording import N_

FURTHEST = timedelta(days=3 * 366)
"""No absence is planned further ahead; a year typed with a slip is."""


class DaysRefused(Refusal):
    """A timetable or absence that cannot be; the message is a sentence for the adult."""


@dataclass(frozen=True)
class Week:
    """When somebody is in, every week."""

    weekdays: int
    """One bit a day, Monday is bit 0; all seven for every day that school is open."""
    hours: dict[str, list[str]]
    """Weekday to from and until, for days with part of the day only."""
    lunch_from: time | None
    lunch_until: time | None

    def of(self, presence: Presence) -> Presence:
        """Somebody's presence with this week."""
        return replace(
            presence,
            weekdays=self.weekdays,
            hours=self.hours or None,
            lunch_from=self.lunch_from,
            lunch_until=self.lunch_until,
        )


def read_week(form: Mapping[str, str], school_days: Collection[int]) -> Week:
    """The week in a form: ``day-0`` to ``day-6`` ticked, ``from-0`` and ``until-0``, and the times of lunch.

    Args:
        form: as it was sent.
        school_days: the weekdays on which school can be open; others are not asked for.

    Raises:
        DaysRefused: no day, or times that are none.
    """
    ticked = [day for day in sorted(school_days) if form.get(f"day-{day}") == "yes"]
    if not ticked:
        raise DaysRefused("Tick at least one day. For a longer time away, give its first day under Away.")
    hours = {}
    for day in ticked:
        begins, ends = _times(form.get(f"from-{day}", ""), form.get(f"until-{day}", ""), DAY_NAMES[day])
        if begins is not None and ends is not None:
            hours[str(day)] = [f"{begins:%H:%M}", f"{ends:%H:%M}"]
    every_day = set(ticked) == set(school_days)
    weekdays = EVERY_DAY if every_day else sum(1 << day for day in ticked)
    return Week(weekdays, hours, *_times(form.get("lunch-from", ""), form.get("lunch-until", ""), N_("Lunch")))


def read_away(form: Mapping[str, str], today: date) -> tuple[date, date | None]:
    """An absence in a form: its first day, and the day of return or nothing when nobody knows it yet.

    Raises:
        DaysRefused: no first day, or a return that is not after it, has passed, or is years ahead.
    """
    first = _date(form.get("first", ""), N_("Give the first day away, such as the next Monday."))
    if abs(first - today) > FURTHEST:
        raise DaysRefused("That first day is years away. Look at its year once more.")
    if form.get("unknown") == "yes":
        return first, None
    back = _date(form.get("back", ""), N_("Give the day of return, or tick that nobody knows it yet."))
    if back <= first:
        raise DaysRefused("The day of return comes after the first day away.")
    if back <= today:
        raise DaysRefused("That day of return is not ahead of us: there is no absence to keep.")
    if back - today > FURTHEST:
        raise DaysRefused("That day of return is years away. Tick that nobody knows it yet.")
    return first, back


def read_last_day(form: Mapping[str, str], today: date) -> date:
    """The last day on which somebody works here, in a form: today or later.

    Raises:
        DaysRefused: no day, or one that has passed or is years ahead.
    """
    last = _date(form.get("last", ""), N_("Give the last day here."))
    if last < today:
        raise DaysRefused("That day has passed. Give today or a later day.")
    if last - today > FURTHEST:
        raise DaysRefused("That day is years away. Look at its year once more.")
    return last


def week_fields(presence: Presence) -> dict[str, str]:
    """The form of the week, filled in with what is kept."""
    fields = {"lunch-from": _shown(presence.lunch_from), "lunch-until": _shown(presence.lunch_until)}
    for day in range(len(DAY_NAMES)):
        begins, ends = (presence.hours or {}).get(str(day), ("", ""))
        ticked = presence.weekdays >> day & 1
        fields |= {f"day-{day}": "yes" if ticked else "", f"from-{day}": begins, f"until-{day}": ends}
    return fields


def away_fields(presence: Presence, today: date) -> dict[str, str]:
    """The form of the absence, filled in with the one that is kept; a past one is over."""
    if presence.away_from is None or (presence.away_until is not None and presence.away_until < today):
        return {}
    if presence.away_until is None:
        return {"first": presence.away_from.isoformat(), "unknown": "yes"}
    back = presence.away_until + timedelta(days=1)
    return {"first": presence.away_from.isoformat(), "back": back.isoformat()}


def _shown(at: time | None) -> str:
    return f"{at:%H:%M}" if at else ""


def _times(begins: str, ends: str, what: str) -> tuple[time | None, time | None]:
    if not begins.strip() and not ends.strip():
        return None, None
    first, last = _time(begins, what), _time(ends, what)
    if last <= first:
        raise DaysRefused("%(what)s: “until” comes after “from”.", what=what)
    return first, last


def _time(text: str, what: str) -> time:
    if not text.strip():
        raise DaysRefused("%(what)s: give both times, or none.", what=what)
    try:
        at = time.fromisoformat(text.strip())
    except ValueError:
        raise DaysRefused("%(what)s: give times such as 09:00.", what=what) from None
    if at.tzinfo is not None:
        raise DaysRefused("%(what)s: give times such as 09:00.", what=what)
    return at.replace(second=0, microsecond=0)


def _date(text: str, otherwise: str) -> date:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise DaysRefused(otherwise) from None
