"""What an adult's answer form may say, checked and in our own types. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from kiosk.chats.rules import Kind
from kiosk.chats.store import ANSWERS
from kiosk.people.rules import read_id
from kiosk.refusal import Refusal
from kiosk.wording import N_

LONGEST_NOTE = 2000
"""Characters of a note beside an answer, or of why something is done: what is longer is cut."""
IN_MINUTES = (5, 10, 20)
"""The times offered as buttons."""
NOT_UNDERSTOOD = N_("That did not arrive as it should. Look at the card and press the button once more.")


class FormRefused(Refusal):
    """A form that cannot be taken; the message is a sentence for the adult."""


@dataclass(frozen=True)
class Answer:
    """One answer as it was pressed."""

    kind: Kind
    seen_number: int
    take_over: bool
    coming_at: datetime | None
    to_adult_id: int | None
    note: str | None


def read_answer(form: Mapping[str, str], now: datetime) -> Answer:
    """The answer in a form.

    Args:
        form: ``answer``, ``seen_number``, ``take_over``, and for the kind of answer ``in_minutes`` or ``at``
            (a time of day), ``to`` (an adult), ``note``.
        now: this moment on the school's clock.

    Raises:
        FormRefused: something is missing, or the time is not later today.
    """
    kind = form.get("answer", "")
    seen_number = read_id(form.get("seen_number"))
    if kind not in ANSWERS or seen_number is None:
        raise FormRefused(NOT_UNDERSTOOD)
    return Answer(
        kind=kind,
        seen_number=seen_number,
        take_over=form.get("take_over") == "yes",
        coming_at=_coming_at(form, now) if kind == "coming" else None,
        to_adult_id=read_id(form.get("to")) if kind == "handed_over" else None,
        note=form.get("note", "").strip()[:LONGEST_NOTE] or None,
    )


def _coming_at(form: Mapping[str, str], now: datetime) -> datetime | None:
    """When the adult comes; nothing means now."""
    if minutes := form.get("in_minutes"):
        return _in_minutes(minutes, now)
    if "at" in form:
        return _at_time(form["at"], now)
    return None


def _in_minutes(text: str, now: datetime) -> datetime:
    if text not in map(str, IN_MINUTES):
        raise FormRefused(NOT_UNDERSTOOD)
    at = (now.astimezone(UTC) + timedelta(minutes=int(text))).replace(second=0, microsecond=0)
    if at.astimezone(now.tzinfo).date() != now.date():
        raise FormRefused("That would be tomorrow. Hand over to somebody who can come today.")
    return at


def _at_time(text: str, now: datetime) -> datetime:
    """A time of day, today, on the school's clock; the later one when the clocks go back over it."""
    try:
        when = time.fromisoformat(text.strip())
    except ValueError:
        raise FormRefused("Choose a time first, such as 10:30.") from None
    if when.tzinfo is not None:
        raise FormRefused("Choose a time first, such as 10:30.")
    chances = (
        datetime.combine(now.date(), when.replace(fold=fold), now.tzinfo).astimezone(UTC) for fold in (0, 1)
    )
    for at in chances:
        if at > now:
            return at
    raise FormRefused(
        "%(time)s has passed already: it is %(now)s. Choose a later time today.",
        time=f"{when:%H:%M}",
        now=f"{now:%H:%M}",
    )
