"""Proper endings: which children need one, what is planned, and what was done.

Nobody has to remember to make the task. It is worked out from who has left or is away for long, and remembered
from the moment such an adult is taken out of a High 5. Whoever may choose a child's High 5 sees to its endings.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Date,
    Integer,
    Select,
    and_,
    bindparam,
    exists,
    func,
    not_,
    or_,
    select,
)
from sqlalchemy.orm import aliased

from kiosk.audit import Actor, record
from kiosk.db import db, utc_now, writing
from kiosk.minding.ending_rules import (
    EndingPlan,
    EndingRefused,
    Going,
    check_done,
    check_plan,
    going,
    high5_after,
    merged,
)
from kiosk.minding.models import Ending
from kiosk.people.high5 import (
    Chooser,
    adults_to_choose_from,
    choose_high5,
    chooses_for,
    chosen_by,
    pupils_to_choose_for,
)
from kiosk.people.leaving import can_sign_in, works_here
from kiosk.people.models import HIGH5_MOST, Adult, High5, Pupil
from kiosk.people.store import TrustedAdult, trusted_adults, when_taken_out
from kiosk.school.store import local_now, school_calendar

DONE_SHOWN_FOR = timedelta(days=60)


class NoSuchEnding(Exception):
    """No ending between this child and this adult, or not for this asker: the two must look the same."""


@dataclass(frozen=True)
class ChildsEnding:
    """A child, an adult who goes, and how the ending stands."""

    pupil_id: int
    pupil_name: str
    class_name: str
    adult: TrustedAdult
    going: Going
    plan: EndingPlan
    done_at: datetime | None = None


@dataclass(frozen=True)
class Unheard:
    """A child in whose High 5 nobody is left who can be told."""

    pupil_id: int
    pupil_name: str
    class_name: str


def endings_due(chooser: Chooser) -> list[ChildsEnding]:
    """The children of this asker who need a proper ending, those first whose adult has gone longest ago."""
    due = _due(chooser)
    pupils = {pupil.id: pupil for pupil in pupils_to_choose_for({pupil_id for pupil_id, _ in due}, chooser)}
    adults = {adult.id: adult for adult in trusted_adults({adult_id for _, adult_id in due})}
    found = [
        ChildsEnding(pupil_id, pupils[pupil_id].name, pupils[pupil_id].class_name, adults[adult_id], gone, plan)
        for (pupil_id, adult_id), (gone, plan) in due.items()
        if pupil_id in pupils
    ]
    return sorted(found, key=lambda one: (one.going.since, one.adult.id, one.pupil_name.casefold(), one.pupil_id))


def nobody_can_be_asked(chooser: Chooser) -> list[Unheard]:
    """The children of this asker who chose a High 5 of whom nobody can be told any more, by name."""
    ids = set(db.session.scalars(_unheard(chooser.every_class), _parameters(chooser)))
    return [Unheard(pupil.id, pupil.name, pupil.class_name) for pupil in pupils_to_choose_for(ids, chooser)]


def count_due(chooser: Chooser) -> int:
    """How much of this waits for an asker: endings due, and children who have nobody to ask."""
    unheard = select(func.count()).select_from(_unheard(chooser.every_class).subquery())
    return len(_due(chooser)) + (db.session.scalar(unheard, _parameters(chooser)) or 0)


def is_anything_due(chooser: Chooser) -> bool:
    """Whether any of this waits for an asker. Asked for every page: in most weeks of a year one short question."""
    seen = db.session().connection().execute(_at_a_glance(chooser.every_class), _parameters(chooser)).one()
    return bool(seen.somebody_unheard or (seen.may_be_due and _due(chooser)))


def endings_done(chooser: Chooser, now: datetime) -> list[ChildsEnding]:
    """The endings of this asker's children done in the last weeks, the newest first."""
    rows = db.session.scalars(
        select(Ending)
        .join(Pupil, Pupil.id == Ending.pupil_id)
        .where(chooses_for(chooser), Ending.done_at.is_not(None), Ending.done_at >= now - DONE_SHOWN_FOR)
        .order_by(Ending.done_at.desc(), Ending.id.desc())
    ).all()
    return _with_people(rows, chooser)


def ending_of(pupil_id: int | None, adult_id: int | None, chooser: Chooser) -> ChildsEnding:
    """The ending between one child and one adult, due or done.

    Raises:
        NoSuchEnding: there is none, or the child is not for this asker.
    """
    if pupil_id is None or adult_id is None:
        raise NoSuchEnding
    due = [one for one in endings_due(chooser) if (one.pupil_id, one.adult.id) == (pupil_id, adult_id)]
    if due:
        return due[0]
    done = db.session.scalars(
        select(Ending)
        .join(Pupil, Pupil.id == Ending.pupil_id)
        .where(chooses_for(chooser), Ending.pupil_id == pupil_id, Ending.adult_id == adult_id)
        .where(Ending.done_at.is_not(None))
        .order_by(Ending.since.desc())
        .limit(1)
    ).all()
    found = _with_people(done, chooser)
    if not found:
        raise NoSuchEnding
    return found[0]


def keep_ending(
    pupil_id: int,
    adult_id: int,
    plan: EndingPlan,
    chooser: Chooser,
    by: Actor,
    *,
    finish: bool = False,
    into_high5: bool = False,
) -> None:
    """Keep what is planned or done for one ending.

    Args:
        pupil_id: the child.
        adult_id: the adult who goes.
        plan: all of it, as it is to stand.
        chooser: who asks.
        by: the same person, for the record.
        finish: it is done, and leaves the list.
        into_high5: the new adult takes the place of the one who goes in the child's High 5.

    Raises:
        NoSuchEnding: there is none that is not done yet, or not for this asker.
        EndingRefused: the plan cannot be kept, or is not done yet.
        High5Refused: the High 5 would be one that cannot be saved.
    """
    with writing():
        found = ending_of(pupil_id, adult_id, chooser)
        if found.done_at is not None:
            raise NoSuchEnding
        today = local_now().date()
        check_plan(plan, today)
        _check_people(plan, adult_id)
        if finish:
            check_done(plan, today)
        row = _row(pupil_id, adult_id, found.going, by)
        for name, value in vars(plan).items():
            setattr(row, name, value)
        row.changed_by_id, row.changed_at = by.adult_id, utc_now()
        row.done_at = utc_now() if finish else None
        db.session.flush()
        record("ending_changed", by, pupil=pupil_id, adult=adult_id, change=_change(plan, finish))
        if into_high5:
            _put_into_high5(found, plan, chooser, by)


def keep_endings(
    pupil_ids: Collection[int],
    adult_id: int,
    more: EndingPlan,
    chooser: Chooser,
    by: Actor,
    *,
    finish: bool = False,
) -> None:
    """Keep the same for several children of one adult: a class is often told together. All of it or nothing.

    Raises:
        NoSuchEnding: for one of them there is none that is not done yet, or not for this asker.
        EndingRefused: a plan cannot be kept, or is not done yet; the message begins with the child's name.
    """
    with writing():
        for pupil_id in sorted(pupil_ids):
            found = ending_of(pupil_id, adult_id, chooser)
            try:
                keep_ending(pupil_id, adult_id, merged(found.plan, more), chooser, by, finish=finish)
            except EndingRefused as refused:
                raise EndingRefused("%(name)s: %(why)s", name=found.pupil_name, why=refused.said) from refused


def reopen_ending(pupil_id: int, adult_id: int, chooser: Chooser, by: Actor) -> None:
    """Put an ending that was done back on the list.

    Raises:
        NoSuchEnding: none was done, or not for this asker.
    """
    with writing():
        found = ending_of(pupil_id, adult_id, chooser)
        if found.done_at is None:
            raise NoSuchEnding
        row = _row(pupil_id, adult_id, found.going, by)
        row.done_at, row.changed_by_id, row.changed_at = None, by.adult_id, utc_now()
        db.session.flush()
        record("ending_changed", by, pupil=pupil_id, adult=adult_id, change={"reopened": True})


def _due(chooser: Chooser) -> dict[tuple[int, int], tuple[Going, EndingPlan]]:
    """Every (child, adult) without a finished ending, and why: of the High 5s as they are, and of those who were
    taken out of one while they were going."""
    every_class, who = chooser.every_class, _parameters(chooser)
    pairs = {(pupil_id, adult_id) for pupil_id, adult_id in db.session.execute(_named(every_class), who)}
    still_open = db.session.scalars(_still_open(every_class), who).all()
    pairs |= {(row.pupil_id, row.adult_id) for row in still_open}
    gone = _going_of({adult_id for _, adult_id in pairs})
    since = {why.since for why in gone.values()}
    of_these = _theirs(every_class).where(Ending.adult_id.in_(gone), Ending.since.in_(since))
    done = db.session.scalars(of_these, who).all() if gone else []
    by_key = {(row.pupil_id, row.adult_id, row.since): row for row in (*still_open, *done)}
    due = {}
    for pupil_id, adult_id in sorted(pairs):
        why = gone.get(adult_id)
        row = by_key.get((pupil_id, adult_id, why.since)) if why else None
        if why is not None and (row is None or row.done_at is None):
            due[pupil_id, adult_id] = (why, _plan(row))
    return due


# The number in the header of every page is worked out from these: each is built once.
_CHOOSER: BindParameter[int] = bindparam("chooser", type_=Integer())
_TODAY: BindParameter[date] = bindparam("today", type_=Date())


def _parameters(chooser: Chooser) -> dict[str, object]:
    return {"chooser": chooser.adult_id, "today": local_now().date()}


@cache
def _named(every_class: bool) -> Select[int, int]:
    return (
        select(High5.pupil_id, High5.adult_id)
        .join(Pupil, Pupil.id == High5.pupil_id)
        .join(Adult, Adult.id == High5.adult_id)
        .where(chosen_by(_CHOOSER, every_class=every_class))
        .where(_goes())
        .order_by(High5.pupil_id, High5.position)
    )


@cache
def _theirs(every_class: bool) -> Select[Ending]:
    return (
        select(Ending)
        .join(Pupil, Pupil.id == Ending.pupil_id)
        .where(chosen_by(_CHOOSER, every_class=every_class))
        .order_by(Ending.id)
    )


@cache
def _still_open(every_class: bool) -> Select[Ending]:
    return _theirs(every_class).where(Ending.done_at.is_(None))


@cache
def _unheard(every_class: bool) -> Select[int]:
    chose = exists(1).where(High5.pupil_id == Pupil.id).correlate(Pupil)
    theirs = chosen_by(_CHOOSER, every_class=every_class)
    return select(Pupil.id).where(theirs, chose, not_(_is_heard_by_somebody())).order_by(Pupil.id)


@cache
def _at_a_glance(every_class: bool) -> Select[bool, bool]:
    """From the few adults who go or hear nothing to their children: the other way round every High 5 is read.

    A class, though, is smaller than the staff.
    """
    theirs = chosen_by(_CHOOSER, every_class=every_class)
    of_this_adult = and_(High5.adult_id == Adult.id, Pupil.id == High5.pupil_id, theirs)
    named = exists(1).where(of_this_adult).correlate(Adult)
    owed = exists(1).where(Pupil.id == Ending.pupil_id, theirs).correlate(Ending)
    goes, open_ending = exists(1).where(_goes(), named), exists(1).where(Ending.done_at.is_(None), owed)
    unheard = exists(1).where(of_this_adult, not_(_is_heard_by_somebody())).correlate(Adult)
    deaf_to_somebody = exists(1).where(not_(_hears(Adult)), unheard)
    return select(
        or_(goes, open_ending).label("may_be_due"),
        (deaf_to_somebody if every_class else _unheard(every_class).exists()).label("somebody_unheard"),
    )


def _is_heard_by_somebody() -> ColumnElement[bool]:
    """That a child of ``Pupil`` has an adult in their High 5 who can be told."""
    chosen, adult = aliased(High5), aliased(Adult)
    return (
        exists(1).where(chosen.pupil_id == Pupil.id, adult.id == chosen.adult_id, _hears(adult)).correlate(Pupil)
    )


def _hears(adult: type[Adult]) -> ColumnElement[bool]:
    """That an adult works here and can sign in."""
    return and_(works_here(_TODAY, who=adult), can_sign_in(adult))


def _goes() -> ColumnElement[bool]:
    """That an adult is a leaver, or away for however long."""
    return or_(Adult.left_on.is_not(None), Adult.away_from.is_not(None))


def _going_of(adult_ids: Collection[int]) -> Mapping[int, Going]:
    today, calendar = local_now().date(), school_calendar()
    found = {
        adult.id: going(adult.presence, today, calendar.school_days_in) for adult in trusted_adults(adult_ids)
    }
    return {adult_id: why for adult_id, why in found.items() if why is not None}


def _with_people(rows: Collection[Ending], chooser: Chooser) -> list[ChildsEnding]:
    pupils = {pupil.id: pupil for pupil in pupils_to_choose_for({row.pupil_id for row in rows}, chooser)}
    adults = {adult.id: adult for adult in trusted_adults({row.adult_id for row in rows})}
    return [
        ChildsEnding(
            row.pupil_id,
            pupils[row.pupil_id].name,
            pupils[row.pupil_id].class_name,
            adults[row.adult_id],
            Going("left" if row.why == "left" else "away", row.since),
            _plan(row),
            row.done_at,
        )
        for row in rows
        if row.pupil_id in pupils
    ]


def _plan(row: Ending | None) -> EndingPlan:
    if row is None:
        return EndingPlan()
    return EndingPlan(row.told_by_id, row.told_on, row.new_adult_id, row.no_new_adult, row.met_on, row.note)


def _row(pupil_id: int, adult_id: int, why: Going, by: Actor) -> Ending:
    """The row of an ending, made when there is none yet; inside a transaction, locked until it ends."""
    session = db.session()
    row = session.scalar(
        select(Ending)
        .where(Ending.pupil_id == pupil_id, Ending.adult_id == adult_id, Ending.since == why.since)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if row is None:
        row = Ending(
            pupil_id=pupil_id,
            adult_id=adult_id,
            why=why.why,
            since=why.since,
            changed_by_id=by.adult_id,
            changed_at=utc_now(),
        )
        session.add(row)
        session.flush()
    return row


def _check_people(plan: EndingPlan, adult_id: int) -> None:
    here = {adult.id for adult in adults_to_choose_from()}
    if plan.told_by_id is not None and plan.told_by_id not in here | {adult_id}:
        raise EndingRefused("Whoever tells the child does not work here. Choose somebody else.")
    if plan.new_adult_id is not None and plan.new_adult_id not in here - {adult_id}:
        raise EndingRefused("The new adult is not somebody else who works here. Choose again.")


def _put_into_high5(found: ChildsEnding, plan: EndingPlan, chooser: Chooser, by: Actor) -> None:
    if plan.new_adult_id is None:
        raise EndingRefused("Choose the new adult who comes into the High 5.")
    named = db.session.scalars(
        select(High5.adult_id).where(High5.pupil_id == found.pupil_id).order_by(High5.position)
    ).all()
    here = {adult.id for adult in adults_to_choose_from()}
    after = high5_after(named, here, found.adult.id, plan.new_adult_id, found.going.why, most=HIGH5_MOST)
    if after != list(named):
        choose_high5(found.pupil_id, after, chooser, by)


def _change(plan: EndingPlan, finish: bool) -> dict[str, object]:
    """What changed, for the record: who and when, not the words of the note."""
    kept = {name: _shown(value) for name, value in vars(plan).items() if name != "note"}
    return {**kept, "done": finish}


def _shown(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


def _remember(pupil_id: int, taken_out: frozenset[int], by: Actor) -> None:
    """Keep the endings of those taken out of a High 5 while they are going: the High 5 says it no more."""
    for adult_id, why in _going_of(taken_out).items():
        _row(pupil_id, adult_id, why, by)


when_taken_out(_remember)
