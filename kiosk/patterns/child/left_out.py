"""Children who are left out of patterns: their check-ins and requests stay, and nothing is made of them."""

from __future__ import annotations

from sqlalchemy import Select, select

from kiosk.audit import Actor, record
from kiosk.db import utc_now, writing
from kiosk.patterns.child.store import known_child
from kiosk.patterns.models import NotInPatterns
from kiosk.refusal import Refusal


class LeaveOutRefused(Refusal):
    """A child cannot be left out like this; the message is a sentence saying why."""


def leave_out(pupil_id: int, why: str, by: Actor) -> None:
    """Leave a child out of every page and list of patterns; their check-ins and requests stay, and so does Today.

    Raises:
        NoSuchChild: there is no such child.
        LeaveOutRefused: nobody says why.
    """
    known_child(pupil_id)
    why = " ".join(why.split())
    if not why or len(why) > 200:
        raise LeaveOutRefused(
            "Say in a sentence why, at most 200 characters: whoever comes later will want to know."
        )
    with writing() as session:
        if session.get(NotInPatterns, pupil_id) is None:
            session.add(NotInPatterns(pupil_id=pupil_id, why=why, by_id=by.account_id or 0, since=utc_now()))
            record("left_out_of_patterns", by, pupil=pupil_id, why=why)


def bring_back(pupil_id: int, by: Actor) -> None:
    """Show a child in patterns again.

    Raises:
        NoSuchChild: there is no such child.
    """
    known_child(pupil_id)
    with writing() as session:
        there = session.get(NotInPatterns, pupil_id)
        if there is not None:
            session.delete(there)
            record("back_in_patterns", by, pupil=pupil_id)


def left_out() -> Select[int]:
    """The children who are left out of patterns, as part of another statement."""
    return select(NotInPatterns.pupil_id)
