"""What is said of a talk that is over: what was done, what helped, what the child said. Pure."""

from __future__ import annotations

from datetime import date, datetime

from kiosk.chats.outcome_rules import DID
from kiosk.chats.store import HelpedBefore
from kiosk.wording import N_, Day, Sentence, joined

_DONE = {
    "listened": N_("Listened"),
    "drew": N_("Drew together"),
    "sat": N_("Sat together quietly"),
    "walked": N_("Went for a walk"),
    "played": N_("Played"),
    "breathed": N_("Breathed slowly"),
    "moved": N_("Moved about"),
    "told_class": N_("Spoke with the class teacher"),
    "mended": N_("Put something right"),
}
_DONE_IN_LINE = {
    "listened": N_("listened"),
    "drew": N_("drew together"),
    "sat": N_("sat together quietly"),
    "walked": N_("went for a walk"),
    "played": N_("played"),
    "breathed": N_("breathed slowly"),
    "moved": N_("moved about"),
    "told_class": N_("spoke with the class teacher"),
    "mended": N_("put something right"),
}
CHILD_SAID = {
    "yes": N_("the child said it helped"),
    "a_bit": N_("the child said it helped a bit"),
    "no": N_("the child said it did not help"),
}
"""What the child answered to "Did talking help?"; a child who would rather not say is not quoted."""


def done_words(code: str, safe_space: str) -> str:
    """One thing adults and children do together: ``Drew together``."""
    return Sentence("Went to %(place)s", place=safe_space) if code == "safe_space" else _DONE[code]


def things_to_tick(safe_space: str) -> list[tuple[str, str]]:
    """What can be ticked on the form after a talk: the code and its words."""
    return [(code, done_words(code, safe_space)) for code in DID]


def list_words(codes: tuple[str, ...], safe_space: str) -> str:
    """Several things in a line: ``drew together, went for a walk``; codes nobody knows any more are left out."""
    return joined([_in_line(code, safe_space) for code in codes if code in DID])


def before_words(before: HelpedBefore, today: date, safe_space: str) -> str:
    """An earlier talk in a line: what helped, or else what was done, with whom, and what the child said."""
    with_whom = Sentence(
        "%(things)s, with %(adult)s %(when)s",
        things=_begun(before.helped, safe_space) or _begun(before.did, safe_space) or N_("Talked"),
        adult=before.by,
        when=day_ago(before.on, today),
    )
    said = CHILD_SAID.get(before.child_said or "")
    return joined([with_whom, said], ": ") if said else with_whom


def _in_line(code: str, safe_space: str) -> str:
    return Sentence("went to %(place)s", place=safe_space) if code == "safe_space" else _DONE_IN_LINE[code]


def _begun(codes: tuple[str, ...], safe_space: str) -> str:
    """The same with which a line begins: ``Drew together, went for a walk``."""
    known = [code for code in codes if code in DID]
    return joined(
        [_in_line(code, safe_space) if place else done_words(code, safe_space) for place, code in enumerate(known)]
    )


def day_ago(day: date, today: date) -> str:
    """A day, as it is spoken of: ``today``, ``yesterday``, ``on Monday``, ``on 3 September``."""
    days = (today - day).days
    if days == 0:
        return N_("today")
    if days == 1:
        return N_("yesterday")
    return on_weekday(day) if 0 < days < 7 else on_date(day)


def on_weekday(day: date) -> str:
    """``on Monday``."""
    return Sentence("on %(weekday)s", weekday=Day(day, "EEEE"))


def on_date(day: date) -> str:
    """``on 3 September``."""
    return Sentence("on %(date)s", date=Day(day, "d MMMM"))


def talked_when(at: datetime, now: datetime) -> str:
    """When a talk was: ``today at 10:24``, ``on Monday at 10:24``.

    Args:
        at: the moment.
        now: this moment on the school's clock.
    """
    local = at.astimezone(now.tzinfo)
    return Sentence("%(day)s at %(time)s", day=day_ago(local.date(), now.date()), time=f"{local:%H:%M}")


def day_ahead(day: date, today: date) -> str:
    """The day by which something is to be done: ``today``, ``tomorrow``, ``Monday``, ``3 September``."""
    days = (day - today).days
    near = {-1: N_("yesterday"), 0: N_("today"), 1: N_("tomorrow")}.get(days)
    return near or Day(day, "EEEE" if abs(days) < 7 else "d MMMM")
