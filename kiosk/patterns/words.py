"""How a day in school is told in sentences. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta

from kiosk.patterns.days import day_words
from kiosk.patterns.rules import ClassToday, DayInSchool, Late, Request
from kiosk.wording import Sentence, counted

DUTY = "whoever is on duty"
_MINUTE = timedelta(minutes=1)
_FAR = timedelta(days=6)
_LAY = timedelta(minutes=2)


def headline(shown: DayInSchool) -> str:
    """The day in two or three sentences with counts."""
    return f"{_heard(shown)} {_waiting(shown)}"


def _heard(shown: DayInSchool) -> str:
    when = "today" if shown.is_today else f"on {day_words(shown.day, shown.now.date())}"
    if shown.closed:
        closed = f"School {'is' if shown.is_today else 'was'} closed {when} ({shown.closed})."
        checked_in = f" {count(shown.checked_in, 'child', 'children')} checked in all the same."
        return closed + (checked_in if shown.checked_in else "")
    if not shown.checked_in:
        return f"Nobody has checked in yet {when}." if shown.is_today else f"Nobody checked in {when}."
    some = f"All {shown.size}" if shown.checked_in == shown.size > 1 else f"{shown.checked_in} of {shown.size}"
    return f"{some} children {'have ' if shown.is_today else ''}checked in {when}."


def _waiting(shown: DayInSchool) -> str:
    if shown.is_today:
        return _who_waits(shown) or "Nobody is waiting."
    if not shown.asked:
        return "Nobody asked for a chat."
    return (
        f"{count(shown.asked, 'request')} for a chat. {_who_waits(shown) or 'Nobody who asked is still waiting.'}"
    )


def _who_waits(shown: DayInSchool) -> str:
    if not shown.waiting:
        return ""
    number = len({one.pupil_id for one in shown.waiting})
    longest = wait_words(min(one.asked_at for one in shown.waiting), shown.now)
    said = f"1 is waiting, {longest}." if number == 1 else f"{number} are waiting; the longest {longest}."
    overdue = sum(one.is_overdue(shown.now) for one in shown.waiting)
    return f"{said} {overdue} {'is' if overdue == 1 else 'are'} overdue." if overdue else said


def class_counts(of_class: ClassToday) -> Sentence:
    """How many of a class checked in, and how many mornings were hard."""
    said = {"here": of_class.checked_in, "all": of_class.size}
    if not of_class.hard:
        return Sentence("%(here)s of %(all)s", **said)
    return counted(
        "%(here)s of %(all)s, %(count)s hard morning",
        "%(here)s of %(all)s, %(count)s hard mornings",
        len(of_class.hard),
        **said,
    )


def further_hard(shown: DayInSchool) -> Sentence:
    """How many hard mornings stand by name alone."""
    return Sentence("%(number)s more, by class", number=sum(map(len, shown.further_hard.values())))


def not_heard(shown: DayInSchool) -> Sentence:
    """How many children were not heard from, in how many classes."""
    return counted(
        "%(count)s child in %(classes)s",
        "%(count)s children in %(classes)s",
        shown.not_heard,
        classes=counted("%(count)s class", "%(count)s classes", len(shown.silent)),
    )


def with_whom(request: Request) -> str:
    """Who has a request that is still open, and how far it has come."""
    who = request.owner or DUTY
    if request.state == "coming":
        return f"{who} is coming" + (f" at {request.coming_at:%H:%M}" if request.coming_at else " now")
    if request.state == "seen":
        return f"{who} has seen it"
    asked = request.asked_for or DUTY
    if request.level == "nobody":
        return f"Asked {asked}; nobody who could be told is here"
    return f"Asked {asked}, {f'now with {who}, ' if who != asked else ''}not seen yet"


def was_offline(request: Request) -> bool:
    """Whether a request lay on the tablet for a while before it could be sent."""
    return request.asked_at - request.said_at >= _LAY


def late_words(late: Late) -> str:
    """How a request that waited too long ended: who answered it and after how long, or that nobody did."""
    length = length_words(late.settled_at - late.request.asked_at)
    if late.was_answered:
        return f"First answer after {length}"
    return f'No answer; the child said "I\'m OK now" after {length}'


def wait_words(since: datetime, until: datetime) -> str:
    """How long somebody has waited: ``for 12 minutes``, or ``since Friday 15:29`` when it began on another day."""
    if since.date() == until.date():
        return f"for {length_words(until - since)}"
    return f"since {moment(since, until)}"


def moment(at: datetime, now: datetime) -> str:
    """``09:12``, ``Friday 15:29`` or ``Friday 13 November 15:29``: as near as ``now`` lets it be said shortly."""
    if at.date() == now.date():
        return f"{at:%H:%M}"
    day = f"{at:%A}" if abs(now - at) < _FAR else day_words(at.date(), now.date())
    return f"{day} {at:%H:%M}"


def length_words(length: timedelta) -> str:
    """``less than a minute``, ``12 minutes``, ``1 hour 5 minutes``, ``2 days``: whole units that have passed."""
    minutes = max(length, timedelta()) // _MINUTE
    hours, rest = divmod(minutes, 60)
    if not minutes:
        return "less than a minute"
    if hours >= 24:
        return count(hours // 24, "day")
    return " ".join(count(n, unit) for n, unit in ((hours, "hour"), (rest, "minute")) if n)


def count(number: int, thing: str, things: str | None = None) -> str:
    """``1 child``, ``2 children``."""
    return f"{number} {thing if number == 1 else things or thing + 's'}"
