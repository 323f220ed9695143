"""What is said of a talk that is over: what was done, what helped, what the child said. Pure."""

from __future__ import annotations

from datetime import date, datetime

from kiosk.chats.rules import DID
from kiosk.chats.store import HelpedBefore

_DONE = {
    "listened": "Listened",
    "drew": "Drew together",
    "sat": "Sat together quietly",
    "walked": "Went for a walk",
    "played": "Played",
    "breathed": "Breathed slowly",
    "moved": "Moved about",
    "told_class": "Spoke with the class teacher",
    "mended": "Put something right",
}
CHILD_SAID = {
    "yes": "the child said it helped",
    "a_bit": "the child said it helped a bit",
    "no": "the child said it did not help",
}
"""What the child answered to "Did talking help?"; a child who would rather not say is not quoted."""


def done_words(code: str, safe_space: str) -> str:
    """One thing adults and children do together: ``Drew together``."""
    return f"Went to {safe_space}" if code == "safe_space" else _DONE[code]


def things_to_tick(safe_space: str) -> list[tuple[str, str]]:
    """What can be ticked on the form after a talk: the code and its words."""
    return [(code, done_words(code, safe_space)) for code in DID]


def list_words(codes: tuple[str, ...], safe_space: str) -> str:
    """Several things in a line: ``drew together, went for a walk``; codes nobody knows any more are left out."""
    known = (done_words(code, safe_space) for code in codes if code in DID)
    return ", ".join(words[0].lower() + words[1:] for words in known)


def before_words(before: HelpedBefore, today: date, safe_space: str) -> str:
    """An earlier talk in a line: what helped, or else what was done, with whom, and what the child said."""
    what = list_words(before.helped, safe_space) or list_words(before.did, safe_space) or "talked"
    said = CHILD_SAID.get(before.child_said or "")
    return f"{what[0].upper()}{what[1:]}, with {before.by} {day_ago(before.on, today)}" + (
        f": {said}" if said else ""
    )


def day_ago(day: date, today: date) -> str:
    """A day, as it is spoken of: ``today``, ``yesterday``, ``on Monday``, ``on 3 September``."""
    days = (today - day).days
    if days == 0:
        return "today"
    if days == 1:
        return "yesterday"
    return f"on {day:%A}" if 0 < days < 7 else f"on {day.day} {day:%B}"


def talked_when(at: datetime, now: datetime) -> str:
    """When a talk was: ``today at 10:24``, ``on Monday at 10:24``.

    Args:
        at: the moment.
        now: this moment on the school's clock.
    """
    local = at.astimezone(now.tzinfo)
    return f"{day_ago(local.date(), now.date())} at {local:%H:%M}"


def day_ahead(day: date, today: date) -> str:
    """By which day something is to be done: ``today``, ``tomorrow``, ``on Monday``, ``on 3 September``."""
    days = (day - today).days
    if days < 0:
        return day_ago(day, today)
    if days < 2:
        return ("today", "tomorrow")[days]
    return f"on {day:%A}" if days < 7 else f"on {day.day} {day:%B}"
