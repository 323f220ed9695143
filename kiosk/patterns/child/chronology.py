"""Everything that happened around one child, in order of time: for the school's own safeguarding records.

It is the one paper with the words that adults wrote about talks, so it is for the safeguarding lead and for
whoever sits at the server. Concerns are not in it, nor how many there are: each is read by the leads it was raised
with, and one of them could be about the very person who reads this.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Executable, func, select
from sqlalchemy.orm import aliased

from kiosk.audit import Actor, record
from kiosk.chats.models import Chat, ChatEvent, Helped, Outcome, OutcomeBefore
from kiosk.chats.topics import ABOUT
from kiosk.db import db, writing
from kiosk.feelings.models import FELT_AT, CheckIn
from kiosk.feelings.store import scales
from kiosk.minding.models import Card
from kiosk.patterns.child.store import known_child
from kiosk.patterns.child.words import CARDS, HELPED
from kiosk.patterns.models import ListEntry, NextStep, WeeklyList
from kiosk.patterns.out.sheets import Export, Sheet
from kiosk.people.models import Account, Adult, Tablet
from kiosk.school.store import school_calendar

EVENTS: Mapping[str, str] = {
    "asked": "Asked for a chat",
    "seen": "Request seen",
    "coming": "Said when they come",
    "handed_over": "Request handed over",
    "talked": "Talked",
    "closed": "Request closed",
    "cancelled": "The child said: I'm OK now",
    "cannot_wait": "The child said: I can't wait",
    "nudged": "Adult reminded",
    "passed_on": "Request passed on",
    "reminded": "Reminded again",
    "escalated": "Given to the safeguarding lead",
    "signed_off": "Signed off",
    "reopened": "Request opened again",
    "child_left": "Request ended: the child left the school",
}
WHY_MOVED: Mapping[str, str] = {
    "late": "no answer in time",
    "gone": "whoever had it was not here",
    "unreachable": "no board was open and no phone could be alerted",
    "somebody_came": "nobody was here before",
    "back": "whom the child chose is here now",
    "overnight": "“coming now” was said before school closed",
    "opened": "asked while school was closed, and somebody nearer is here now",
}
"""Why the clock moved a request; what adults wrote stands as they wrote it."""
STEPS = {"seen": "List entry seen", "decided": "Decided", "outcome": "What came of it"}
CHILD, TREETOPS = "the child", "Treetops"


@dataclass(frozen=True, slots=True)
class Happening:
    """One thing that happened: when, what, who, and the words that belong to it."""

    at: datetime
    """On the school's own clock."""
    what: str
    who: str
    words: str
    device: str | None = None
    """From which device, where that is known: a tablet's name, or what an adult held."""


@dataclass(frozen=True)
class Chronology:
    """One child's."""

    name: str
    class_name: str
    happenings: tuple[Happening, ...]


def chronology_of(pupil_id: int, by: Actor) -> Chronology:
    """Everything about one child, oldest first; that it was taken is recorded.

    Raises:
        NoSuchChild: there is no such child.
    """
    child = known_child(pupil_id)
    zone = school_calendar().zone
    parts = (_check_ins, _events, _outcomes, _said, _lists, _next_steps, _cards)
    found = [replace(one, at=one.at.astimezone(zone)) for part in parts for one in part(pupil_id)]
    with writing():
        record("chronology_taken", by, pupil=pupil_id, happenings=len(found))
    return Chronology(child.name, child.class_name, tuple(sorted(found, key=lambda one: one.at)))


def chronology_export(chronology: Chronology) -> Export:
    """The chronology as a table."""
    rows = [
        (f"{one.at:%Y-%m-%d}", f"{one.at:%H:%M}", one.what, one.who, one.words, one.device)
        for one in chronology.happenings
    ]
    # The same for every child: a number of concerns would tell a lead of one about themselves.
    notes = (
        "Times are those of the school's own clock.",
        "Concerns, if there are any: each is read by the safeguarding leads it was raised with.",
    )
    return Export(
        "chronology", (Sheet("Chronology", ("Day", "Time", "What", "Who", "Words", "Device"), rows),), notes
    )


def _check_ins(pupil_id: int) -> Iterator[Happening]:
    versions = scales()
    for row in _read(
        select(FELT_AT, CheckIn.step, CheckIn.intensity, CheckIn.scale_version_id, Adult.called)
        .outerjoin(Adult, Adult.id == CheckIn.entered_by_id)
        .where(CheckIn.pupil_id == pupil_id)
        .order_by(CheckIn.id)
    ):
        shown = f", shown to {row.called}" if row.called else ""
        word = versions[row.scale_version_id].words[row.intensity - 1]
        yield Happening(row.at, "Checked in", CHILD, f"{row.step} {word}{shown}")


def _events(pupil_id: int) -> Iterator[Happening]:
    adult, to_adult = aliased(Adult), aliased(Adult)
    zone = school_calendar().zone
    for row in _read(
        select(
            ChatEvent.at,
            ChatEvent.kind,
            ChatEvent.note,
            ChatEvent.coming_at,
            ChatEvent.device,
            Chat.about,
            adult.called.label("adult"),
            to_adult.called.label("to_adult"),
            Tablet.name.label("tablet"),
        )
        .join(Chat, Chat.id == ChatEvent.chat_id)
        .outerjoin(adult, adult.id == ChatEvent.adult_id)
        .outerjoin(to_adult, to_adult.id == ChatEvent.to_adult_id)
        .outerjoin(Tablet, Tablet.id == ChatEvent.tablet_id)
        .where(Chat.pupil_id == pupil_id)
        .order_by(ChatEvent.chat_id, ChatEvent.number)
    ):
        coming = f"at {row.coming_at.astimezone(zone):%H:%M}" if row.coming_at else None
        to_adult_called = f"to {row.to_adult}" if row.to_adult and row.to_adult != row.adult else None
        who = row.adult or (CHILD if row.tablet or row.kind in ("asked", "cancelled", "cannot_wait") else TREETOPS)
        why = row.note if row.adult else WHY_MOVED.get(row.note, row.note)
        about = ", ".join(ABOUT.get(one, one) for one in row.about) if row.kind == "asked" else ""
        yield Happening(
            row.at,
            EVENTS.get(row.kind, row.kind),
            who,
            _joined(to_adult_called, coming, about and f"about {about}", why),
            row.tablet or row.device,
        )


def _outcomes(pupil_id: int) -> Iterator[Happening]:
    """As they stand now, and as they stood until somebody changed them."""
    yield from _written(OutcomeBefore, pupil_id, "Talk written up (changed later)")
    yield from _written(Outcome, pupil_id, "Talk written up")


def _written(kept: type[Outcome] | type[OutcomeBefore], pupil_id: int, what: str) -> Iterator[Happening]:
    follower = aliased(Adult)
    for row in _read(
        select(kept, Adult.called, follower.called.label("follower"))
        .join(Chat, Chat.id == kept.chat_id)
        .join(Adult, Adult.id == kept.written_by_id)
        .outerjoin(follower, follower.id == kept.follow_up_by_id)
        .where(Chat.pupil_id == pupil_id)
        .order_by(kept.chat_id, kept.written_at),
        entities=True,
    ):
        outcome, called, follower_called = row
        parts = (
            ("did", ", ".join(outcome.did)),
            ("helped", ", ".join(outcome.helped)),
            ("note", outcome.note),
            ("what happened", outcome.happened),
            ("who was affected", outcome.affected),
            ("agreed", outcome.agreed),
            ("to follow up", outcome.follow_up_what),
            ("by", follower_called),
        )
        words = "; ".join(f"{name}: {value}" for name, value in parts if value)
        yield Happening(outcome.written_at, what, called, words)


def _said(pupil_id: int) -> Iterator[Happening]:
    for row in _read(
        select(Helped.said_at, Helped.said)
        .join(Chat, Chat.id == Helped.chat_id)
        .where(Chat.pupil_id == pupil_id)
        .order_by(Helped.chat_id)
    ):
        yield Happening(row.said_at, "Did talking help?", CHILD, HELPED[row.said])


def _lists(pupil_id: int) -> Iterator[Happening]:
    for row in _read(
        select(WeeklyList.made_at, ListEntry.sentence, ListEntry.made_of)
        .join(WeeklyList, WeeklyList.id == ListEntry.list_id)
        .where(ListEntry.pupil_id == pupil_id)
        .order_by(ListEntry.id)
    ):
        yield Happening(row.made_at, "On the weekly list", TREETOPS, row.made_of or row.sentence)


def _next_steps(pupil_id: int) -> Iterator[Happening]:
    for row in _read(
        select(NextStep.at, NextStep.kind, NextStep.words, func.coalesce(Adult.called, Account.email).label("by"))
        .join(ListEntry, ListEntry.id == NextStep.entry_id)
        .join(Account, Account.id == NextStep.by_id)
        .outerjoin(Adult, Adult.id == Account.adult_id)
        .where(ListEntry.pupil_id == pupil_id)
        .order_by(NextStep.id)
    ):
        yield Happening(row.at, STEPS[row.kind], row.by, row.words)


def _cards(pupil_id: int) -> Iterator[Happening]:
    for row in _read(
        select(Card.left_at, Card.kind, Card.words, Adult.called)
        .join(Adult, Adult.id == Card.adult_id)
        .where(Card.pupil_id == pupil_id, Card.taken_back_at.is_(None))
        .order_by(Card.id)
    ):
        yield Happening(row.left_at, f"Card: {CARDS[row.kind]}", row.called, row.words)


def _joined(*words: str | None) -> str:
    return "; ".join(word for word in words if word)


def _read(statement: Executable, *, entities: bool = False) -> Sequence[Any] | Iterable[Any]:
    session = db.session()
    return (session if entities else session.connection()).execute(statement).all()
