"""How a day in school is told in sentences. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from kiosk.patterns.days import day_words
from kiosk.patterns.today.hard import Asked
from kiosk.patterns.today.rules import ClassToday, DayInSchool, Late
from kiosk.patterns.today.told import Request
from kiosk.patterns.words import length_words, moment, wait_words
from kiosk.wording import N_, Sentence, counted, forms, joined

DUTY = N_("whoever is on duty")
_LAY = timedelta(minutes=2)


def headline(shown: DayInSchool) -> str:
    """The day in two or three sentences with counts."""
    heard = _heard(shown) if shown.with_answers or shown.closed else []
    return joined([*heard, *_away(shown), *_waiting(shown)], " ")


def _heard(shown: DayInSchool) -> list[str]:
    if shown.closed:
        return _heard_while_closed(shown, shown.closed)
    if not shown.checked_in:
        return [
            _on_its_day(shown, N_("Nobody has checked in yet today."), N_("Nobody checked in on %(weekday)s."))
        ]
    if shown.checked_in == shown.size > 1:
        today = N_("All %(all)s children have checked in today.")
        return [_on_its_day(shown, today, N_("All %(all)s children checked in on %(weekday)s."))]
    today = N_("%(some)s of %(all)s children have checked in today.")
    return [_on_its_day(shown, today, N_("%(some)s of %(all)s children checked in on %(weekday)s."))]


def _away(shown: DayInSchool) -> list[str]:
    if not shown.away:
        return []
    if shown.is_today:
        one, many = forms(
            "%(count)s is not in school, the register says.", "%(count)s are not in school, the register says."
        )
    else:
        one, many = forms(
            "%(count)s was not in school, the register says.", "%(count)s were not in school, the register says."
        )
    return [counted(one, many, shown.away)]


def _heard_while_closed(shown: DayInSchool, why: str) -> list[str]:
    today, before = N_("School is closed today (%(why)s)."), N_("School was closed on %(weekday)s (%(why)s).")
    closed = _on_its_day(shown, today, before, why=why)
    if not shown.checked_in:
        return [closed]
    one, many = forms("%(count)s child checked in all the same.", "%(count)s children checked in all the same.")
    return [closed, counted(one, many, shown.checked_in)]


def _on_its_day(shown: DayInSchool, today: str, before: str, **more: object) -> str:
    """A sentence about today, or about a day before it, with how many there are of how many."""
    day = day_words(shown.day, shown.now.date())
    words = today if shown.is_today else before
    return Sentence(str(words), some=shown.checked_in, all=shown.size, weekday=day, **more)


def _waiting(shown: DayInSchool) -> list[str]:
    if shown.is_today:
        return _who_waits(shown) or [N_("Nobody is waiting.")]
    if not shown.asked:
        return [N_("Nobody asked for a chat.")]
    asked = counted("%(count)s request for a chat.", "%(count)s requests for a chat.", shown.asked)
    return [asked, *(_who_waits(shown) or [N_("Nobody who asked is still waiting.")])]


def _who_waits(shown: DayInSchool) -> list[str]:
    if not shown.waiting:
        return []
    number = len({one.pupil_id for one in shown.waiting})
    longest = wait_words(min(one.asked_at for one in shown.waiting), shown.now)
    said: list[str] = [
        counted(
            "%(count)s is waiting, %(longest)s.",
            "%(count)s are waiting; the longest %(longest)s.",
            number,
            longest=longest,
        )
    ]
    if overdue := sum(one.is_overdue(shown.now) for one in shown.waiting):
        said.append(counted("%(count)s is overdue.", "%(count)s are overdue.", overdue))
    return said


def class_counts(of_class: ClassToday) -> Sentence:
    """How many of a class checked in, and for how many the day was hard."""
    said = {"here": of_class.checked_in, "all": of_class.size}
    if not of_class.hard:
        return Sentence("%(here)s of %(all)s", **said)
    return Sentence("%(here)s of %(all)s, hard for %(hard)s", hard=len(of_class.hard), **said)


ASKED_NOBODY: Mapping[Asked, str] = {"not_since": N_("Asked nobody since."), "nobody": N_("Asked nobody.")}
"""What is said of a child who had it hard; that they asked stands among their steps."""
HARD_IN_SHORT: Mapping[Asked, str] = {
    "asked": N_("%(child)s (%(step)s at %(time)s, asked for somebody)"),
    "not_since": N_("%(child)s (%(step)s at %(time)s, asked nobody since)"),
    "nobody": N_("%(child)s (%(step)s at %(time)s, asked nobody)"),
}
"""A child whose day is not told in full: the step that stands for it, and whether they asked for somebody."""


def hard_half(shown: DayInSchool, since_noon: bool) -> str:
    """The part of the day in which it was hard."""
    if not since_noon:
        return N_("Before noon")
    return N_("Since noon") if shown.is_today else N_("After noon")


def further_hard(shown: DayInSchool) -> Sentence:
    """For how many more it was hard, whose day is not told in full."""
    return Sentence("%(number)s more, by class", number=sum(map(len, shown.further_hard.values())))


def not_heard(shown: DayInSchool) -> Sentence:
    """How many children were not heard from, in how many classes."""
    return counted(
        "%(count)s child in %(classes)s",
        "%(count)s children in %(classes)s",
        shown.not_heard,
        classes=counted("%(count)s class", "%(count)s classes", len(shown.silent)),
    )


def register_missing(shown: DayInSchool) -> str | None:
    """Why children who were away may be among those not heard from; nothing when the register of the day is in."""
    if shown.last_register == shown.day:
        return None
    if shown.is_today:
        said = N_("Today’s register is not in: children who are away are among them.")
    else:
        said = N_("No register of this day is in: children who were away are among them.")
    if shown.last_register is None:
        return said
    newest = Sentence("The newest is of %(day)s.", day=day_words(shown.last_register, shown.now.date()))
    return joined([said, newest], " ")


def with_whom(request: Request) -> str:
    """Who has a request that is still open, and how far it has come."""
    who = request.owner or DUTY
    if request.state == "coming":
        if request.coming_at is None:
            return Sentence("%(adult)s is coming now", adult=who)
        return Sentence("%(adult)s is coming at %(time)s", adult=who, time=f"{request.coming_at:%H:%M}")
    if request.state == "seen":
        return Sentence("%(adult)s has seen it", adult=who)
    asked = request.asked_for or DUTY
    if request.level == "nobody":
        return Sentence("Asked %(adult)s; nobody who could be told is here", adult=asked)
    if who == asked:
        return Sentence("Asked %(adult)s, not seen yet", adult=asked)
    return Sentence("Asked %(adult)s, now with %(owner)s, not seen yet", adult=asked, owner=who)


def was_offline(request: Request) -> bool:
    """Whether a request lay on the tablet for a while before it could be sent."""
    return request.asked_at - request.said_at >= _LAY


def late_words(late: Late) -> str:
    """How a request that waited too long ended: who answered it and after how long, or that nobody did."""
    length = length_words(late.settled_at - late.request.asked_at)
    if late.was_answered:
        return Sentence("First answer after %(length)s", length=length)
    return Sentence('No answer; the child said "I\'m OK now" after %(length)s', length=length)


def asked_at(late: Late, shown: DayInSchool) -> str:
    """When a child asked who was answered late: by the clock alone when it was on the day that is looked at."""
    at = late.request.asked_at
    return f"{at:%H:%M}" if at.date() == shown.day else moment(at, shown.now)
