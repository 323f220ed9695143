"""The weekly lists on which one child stood, with what happened next: for their page and the team's paper."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import Date, Integer, bindparam, func, select

from kiosk.db import db
from kiosk.patterns.child.left_out import left_out
from kiosk.patterns.different.entries import Step
from kiosk.patterns.models import ListEntry, NextStep, WeeklyList
from kiosk.people.models import Account, Adult
from kiosk.school.store import school_calendar, settings


@dataclass(frozen=True, slots=True)
class OnList:
    """A child on the list of one week."""

    shown_from: date
    """The day on which the week of the list begins."""
    kind: str
    """``different`` from usual, ``calmer`` than usual, or by a plain ``rule``."""
    sentence: str
    """A ``Sentence``, or English for every reader where its pattern was not kept yet."""
    steps: list[Step] = field(default_factory=list)
    """Who saw it, what was decided and what came of it, in the order in which it was written down."""


# Made once: making a statement takes longer than the database needs to answer it.
_ENTRIES = (
    select(
        ListEntry.id,
        WeeklyList.shown_from,
        ListEntry.kind,
        ListEntry.sentence,
        ListEntry.made_of,
        NextStep.kind.label("step"),
        NextStep.words,
        func.coalesce(Adult.called, Account.email).label("by"),
        NextStep.at,
    )
    .join(WeeklyList, WeeklyList.id == ListEntry.list_id)
    .outerjoin(NextStep, NextStep.entry_id == ListEntry.id)
    .outerjoin(Account, Account.id == NextStep.by_id)
    .outerjoin(Adult, Adult.id == Account.adult_id)
    .where(
        ListEntry.pupil_id == bindparam("pupil_id", type_=Integer()),
        ListEntry.pupil_id.not_in(left_out()),
        WeeklyList.last_day.between(bindparam("first", type_=Date()), bindparam("last", type_=Date())),
    )
    .order_by(WeeklyList.shown_from.desc(), ListEntry.place, NextStep.at, NextStep.id)
)


def on_lists(pupil_id: int, first: date, last: date) -> list[OnList]:
    """The lists on which a child stands, newest first; for roles that see every child's feelings.

    None of a child who is left out of patterns, and none in a school that has switched the weekly list off.

    Args:
        pupil_id: the child.
        first: lists are meant whose last school day was this one or later,
        last: and this one or earlier: what a list says is about the days up to it.
    """
    if settings()["patterns_different"] != "yes":
        return []
    values = {"pupil_id": pupil_id, "first": first, "last": last}
    zone, found = school_calendar().zone, dict[int, OnList]()
    for row in db.session().connection().execute(_ENTRIES, values):
        entry = found.setdefault(row.id, OnList(row.shown_from, row.kind, row.made_of or row.sentence))
        if row.step is not None:
            entry.steps.append(Step(row.step, row.words, row.by, row.at.astimezone(zone)))
    return list(found.values())
