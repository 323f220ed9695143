"""What an adult writes after a talk, read from the form. Pure."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from werkzeug.datastructures import MultiDict

from kiosk.chats.outcome_rules import OutcomeEntry
from kiosk.people.rules import read_id
from kiosk.web.staff.forms import FormRefused


@dataclass(frozen=True)
class FilledOutcome:
    """The form as it stands on the page: everything as text, so that what was typed comes back."""

    did: Collection[str] = ()
    helped: Collection[str] = ()
    note: str = ""
    happened: str = ""
    affected: str = ""
    agreed: str = ""
    what: str = ""
    by: str = ""
    on: str = ""

    @property
    def puts_right(self) -> bool:
        """Whether something is written about putting something right."""
        return bool(self.happened or self.affected or self.agreed)

    @property
    def has_follow_up(self) -> bool:
        """Whether something is still to do."""
        return bool(self.what or self.by)


def filled_by(form: MultiDict[str, str]) -> FilledOutcome:
    """The form as somebody sent it."""
    text = {
        name: form.get(name, "").strip() for name in ("note", "happened", "affected", "agreed", "what", "by", "on")
    }
    return FilledOutcome(did=form.getlist("did"), helped=form.getlist("helped"), **text)


def filled_with(entry: OutcomeEntry) -> FilledOutcome:
    """The form with what stands written already."""
    return FilledOutcome(
        did=entry.did,
        helped=entry.helped,
        note=entry.note or "",
        happened=entry.happened or "",
        affected=entry.affected or "",
        agreed=entry.agreed or "",
        what=entry.follow_up_what or "",
        by=str(entry.follow_up_by_id or ""),
        on=entry.follow_up_on.isoformat() if entry.follow_up_on else "",
    )


def read_outcome(filled: FilledOutcome) -> OutcomeEntry:
    """What is to be kept. What helped was done; the day alone, which stands filled in, makes no follow-up.

    Raises:
        FormRefused: a follow-up without who or when.
    """
    return OutcomeEntry(
        did=tuple(dict.fromkeys((*filled.did, *filled.helped))),
        helped=tuple(dict.fromkeys(filled.helped)),
        note=filled.note or None,
        happened=filled.happened or None,
        affected=filled.affected or None,
        agreed=filled.agreed or None,
        follow_up_by_id=_by_whom(filled) if filled.has_follow_up else None,
        follow_up_on=_by_when(filled) if filled.has_follow_up else None,
        follow_up_what=filled.what or None,
    )


def _by_whom(filled: FilledOutcome) -> int:
    adult_id = read_id(filled.by)
    if adult_id is None:
        raise FormRefused("Say who does what is still to do.")
    return adult_id


def _by_when(filled: FilledOutcome) -> date:
    try:
        return date.fromisoformat(filled.on)
    except ValueError:
        raise FormRefused("Choose by which day it is to be done.") from None
