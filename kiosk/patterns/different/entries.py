"""The list of a week as it is talked about: its entries, and what happened next with each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import takewhile

from sqlalchemy import func, select, update
from sqlalchemy.orm import aliased

from kiosk.audit import Actor, record
from kiosk.db import db, utc_now, writing
from kiosk.patterns.child.left_out import left_out
from kiosk.patterns.different.weeks import A_WEEK, WEEKS_BACK, in_a_row
from kiosk.patterns.looking import keep_look
from kiosk.patterns.models import ListEntry, NextStep, WeeklyList
from kiosk.patterns.school_days import school_days_between
from kiosk.people.models import Account, Adult, Pupil, SchoolClass
from kiosk.people.rules import full_name
from kiosk.people.store import home_class_id
from kiosk.refusal import Refusal
from kiosk.school.store import school_calendar

KINDS = ("seen", "decided", "outcome")
LONGEST = 1000


class NoSuchEntry(Exception):
    """Nobody knows this entry, or its child is left out of patterns."""


class NextStepRefused(Refusal):
    """What happened next cannot be kept like this; the message is a sentence saying why."""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happened next."""

    kind: str
    words: str
    by: str
    at: datetime
    """On the school's own clock."""


@dataclass(frozen=True)
class Entry:
    """A child on the list."""

    id: int
    pupil_id: int
    name: str
    class_name: str
    kind: str
    sentence: str
    """A ``Sentence``, but for an entry from before its pattern was kept: that is English for every reader."""
    lists_running: int
    """On how many lists in a row, this one included, the child stands for a reason of this kind."""
    steps: list[Step] = field(default_factory=list)

    @property
    def is_seen(self) -> bool:
        """Whether anybody has said that they saw it."""
        return bool(self.steps)


@dataclass(frozen=True)
class Week:
    """The list of one week, with what happened next."""

    shown_from: date
    last_day: date
    left_out: int
    """How many more would have been among the different."""
    calmer_left_out: int
    """How many more among the calmer."""
    compared: int | None
    """How many children were compared with themselves; nothing for a list from before that was counted."""
    different: list[Entry]
    calmer: list[Entry]
    """Good news: whose answers were calmer than usual."""
    by_rule: list[Entry]
    made_late_on: date | None
    """The day on which it was made, when that was after its week was over."""

    @property
    def found(self) -> int:
        """How many were found different from usual, with those whom the list has no room for."""
        return len(self.different) + self.left_out

    @property
    def entries(self) -> list[Entry]:
        """All of them."""
        return [*self.different, *self.calmer, *self.by_rule]


def week_of(shown_from: date) -> Week | None:
    """A list with what happened next; nothing when there is none of this day."""
    session = db.session()
    kept = session.scalar(select(WeeklyList).where(WeeklyList.shown_from == shown_from))
    if kept is None:
        return None
    entries = _entries(kept.id, _lists_in_a_row(shown_from))
    made_on = kept.made_at.astimezone(school_calendar().zone).date()
    return Week(
        shown_from=shown_from,
        last_day=kept.last_day,
        left_out=kept.left_out,
        calmer_left_out=kept.calmer_left_out,
        compared=kept.compared,
        different=[entry for entry in entries if entry.kind == "different"],
        calmer=[entry for entry in entries if entry.kind == "calmer"],
        by_rule=[entry for entry in entries if entry.kind == "rule"],
        made_late_on=made_on if made_on >= shown_from + A_WEEK else None,
    )


def look_at_week(shown_from: date, by: Actor) -> Week | None:
    """A list as somebody looks at it, which is written down; nothing when there is none of this day."""
    week = week_of(shown_from)
    if week is not None:
        with writing() as session:
            unseen = (WeeklyList.shown_from == shown_from, WeeklyList.looked_at.is_(None))
            session.execute(update(WeeklyList).where(*unseen).values(looked_at=utc_now()))
            keep_look(by, "different", [shown_from.isoformat()])
    return week


def keep_next_step(entry_id: int, kind: str, words: str, by: Actor) -> None:
    """Write down that somebody saw an entry, what was decided, or what came of it. Only ever added to.

    Raises:
        NoSuchEntry: there is none, or the child is left out of patterns.
        NextStepRefused: it says nothing, or too much.
    """
    words = words.strip()
    if kind not in KINDS:
        raise NextStepRefused("Choose what happened: seen, decided or what came of it.")
    if kind != "seen" and not words:
        raise NextStepRefused("Write in a sentence what was decided or what came of it.")
    if len(words) > LONGEST:
        raise NextStepRefused("Use at most %(most)s characters.", most=LONGEST)
    with writing() as session:
        pupil_id = session.scalar(
            select(ListEntry.pupil_id).where(ListEntry.id == entry_id, ListEntry.pupil_id.not_in(left_out()))
        )
        if pupil_id is None or by.account_id is None:
            raise NoSuchEntry
        session.add(
            NextStep(
                entry_id=entry_id,
                kind=kind,
                words="" if kind == "seen" else words,
                by_id=by.account_id,
                at=utc_now(),
            )
        )
        record("next_step_kept", by, pupil=pupil_id, entry=entry_id, kind=kind)


def _lists_in_a_row(shown_from: date) -> list[int]:
    """The list of a week and those just before it, newest first, as far as none is missing."""
    rows = db.session().execute(
        select(WeeklyList.id, WeeklyList.shown_from)
        .where(WeeklyList.shown_from <= shown_from)
        .order_by(WeeklyList.shown_from.desc())
        .limit(WEEKS_BACK)
    )
    ids = {day: list_id for list_id, day in rows}
    return list(ids.values())[: in_a_row([*ids], school_days_between(min(ids), shown_from))]


def _entries(list_id: int, newest_lists: Sequence[int]) -> list[Entry]:
    session = db.session()
    home = aliased(SchoolClass)
    rows = session.execute(
        select(
            ListEntry.id,
            ListEntry.pupil_id,
            ListEntry.kind,
            ListEntry.sentence,
            ListEntry.made_of,
            Pupil.given_name,
            Pupil.known_as,
            Pupil.family_name,
            home.name.label("class_name"),
        )
        .join(Pupil, Pupil.id == ListEntry.pupil_id)
        .outerjoin(home, home.id == home_class_id())
        .where(ListEntry.list_id == list_id, ListEntry.pupil_id.not_in(left_out()))
        .order_by(ListEntry.place)
    ).all()
    running = _lists_running({row.pupil_id for row in rows}, newest_lists)
    steps = _steps([row.id for row in rows])
    entries = [
        Entry(
            id=row.id,
            pupil_id=row.pupil_id,
            name=full_name(row.given_name, row.known_as, row.family_name),
            class_name=row.class_name or "",
            kind=row.kind,
            sentence=row.made_of or row.sentence,
            lists_running=running[row.pupil_id, row.kind],
            steps=steps[row.id],
        )
        for row in rows
    ]
    # The rules' list is by name: it has no order of its own, and must not look as if it had.
    by_name = sorted(entries, key=lambda entry: (entry.name.casefold(), entry.pupil_id))
    return [
        *(entry for entry in entries if entry.kind != "rule"),
        *(entry for entry in by_name if entry.kind == "rule"),
    ]


def _lists_running(pupils: set[int], newest_lists: Sequence[int]) -> dict[tuple[int, str], int]:
    """For each child and kind of reason, on how many of the newest lists they stand without a break."""
    on: dict[tuple[int, str], set[int]] = defaultdict(set)
    for pupil_id, kind, list_id in db.session().execute(
        select(ListEntry.pupil_id, ListEntry.kind, ListEntry.list_id).where(
            ListEntry.pupil_id.in_(pupils), ListEntry.list_id.in_(newest_lists)
        )
    ):
        on[pupil_id, kind].add(list_id)
    return {each: len(list(takewhile(lists.__contains__, newest_lists))) for each, lists in on.items()}


def _steps(entry_ids: Sequence[int]) -> dict[int, list[Step]]:
    zone = school_calendar().zone
    found: dict[int, list[Step]] = defaultdict(list)
    rows = db.session().execute(
        select(
            NextStep.entry_id,
            NextStep.kind,
            NextStep.words,
            func.coalesce(Adult.called, Account.email),
            NextStep.at,
        )
        .join(Account, Account.id == NextStep.by_id)
        .outerjoin(Adult, Adult.id == Account.adult_id)
        .where(NextStep.entry_id.in_(entry_ids))
        .order_by(NextStep.at, NextStep.id)
    )
    for entry_id, kind, words, by, at in rows:
        found[entry_id].append(Step(kind, words, by, at.astimezone(zone)))
    return found
