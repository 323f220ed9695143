"""Making the list of a week, once, from what was known when the week began.

The clock makes it as soon as its week begins, whether or not anybody looks, and then it stands: what is decided
about an entry on Tuesday must not be about another list than Monday's. A list that is missing (the server was
off, or the school began with lists later) is made when somebody asks for it, from the same answers: those that
had reached the server before its week began. Whoever makes it at the same moment as another finds the other's.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import case, func, or_, select

from kiosk.audit import Actor, record
from kiosk.db import db, insert_for, utc_now, writing
from kiosk.feelings.models import CheckIn
from kiosk.patterns.child.left_out import left_out
from kiosk.patterns.different.plain_rules import DayOfChild, sentences
from kiosk.patterns.different.usual import LAST_DAYS, USUAL_DAYS, Day, calmer_list_of, list_of
from kiosk.patterns.different.weeks import ListWeek, list_day, list_weeks, oldest_list_day
from kiosk.patterns.different.words import different_words
from kiosk.patterns.figures.spread import counts_of
from kiosk.patterns.models import LONGEST_ENGLISH, ListEntry, PupilDay, WeeklyList
from kiosk.patterns.school_days import last_school_days, school_days_between
from kiosk.people.models import Pupil
from kiosk.school.store import local_now, school_calendar, settings
from kiosk.wording import Sentence, joined

THE_CLOCK = Actor()
TAKEN_AFTER = timedelta(days=31)
"""A tablet that was offline so long has its check-ins taken no more: what came late is not older than this."""


def weeks_with_a_list() -> list[ListWeek]:
    """The weeks that have a list or should have one, newest first; none before the first school day."""
    today, weekday = local_now().date(), settings()["weekly_list_day"]
    kept = db.session().execute(select(WeeklyList.shown_from, WeeklyList.looked_at))
    return list_weeks(
        today,
        weekday,
        school_days_between(oldest_list_day(today, weekday) - timedelta(weeks=1), today),
        {shown_from: looked_at is not None for shown_from, looked_at in kept},
    )


def make_this_weeks_list() -> bool:
    """The clock's part: make the list of the week that has begun; whether there was one to make.

    Any number of servers may run it. Nothing is made in a school that has switched this view off.
    """
    if settings()["patterns_different"] != "yes":
        return False
    if _id_of(list_day(local_now().date(), settings()["weekly_list_day"])) is not None:
        return False
    newest, week_ago = next(iter(weeks_with_a_list()), None), local_now().date() - timedelta(days=7)
    if newest is None or newest.is_made or newest.shown_from <= week_ago:
        return False
    return make_list(newest.shown_from, THE_CLOCK)


def make_list(shown_from: date, by: Actor) -> bool:
    """See to it that the list of a week is there; whether it was made now.

    Args:
        shown_from: the day on which its week begins.
        by: who asks for it.
    """
    if _id_of(shown_from) is not None:
        return False
    # Reading and reckoning hold nobody up; only what was found is written while others wait.
    made = _reckon(shown_from)
    with writing() as session:
        row = {
            "shown_from": shown_from,
            "last_day": made.last_day,
            "left_out": made.left_out,
            "calmer_left_out": made.calmer_left_out,
            "compared": made.compared,
            "made_at": utc_now(),
        }
        put = insert_for(session.connection(), WeeklyList).values(**row).on_conflict_do_nothing()
        list_id = session.connection().execute(put.returning(WeeklyList.id)).scalar()
        if list_id is None:
            return False  # another server was faster, and its list stands
        session.add_all(
            ListEntry(
                list_id=list_id,
                pupil_id=pupil_id,
                kind=kind,
                place=place,
                sentence=str(sentence)[:LONGEST_ENGLISH],
                made_of=sentence,
            )
            for place, (pupil_id, kind, sentence) in enumerate(made.said)
        )
        session.flush()
        record(
            "weekly_list_made",
            by,
            shown_from=shown_from.isoformat(),
            children=sorted({pupil_id for pupil_id, _kind, _sentence in made.said}),
        )
    return True


def hardest_by_child(days: Sequence[date], week_begins: date) -> dict[int, list[Day]]:
    """For each child the hardest intensity of each of these days, as it was known when a week began.

    Who is left out of patterns is left out; who left the school before that day is not there, who left since is.
    It is one range of the day-by-day counts, however long the school has used it; only for a list that is made
    late the check-ins of the last weeks are read as well, for those that had not arrived by then.
    """
    if not days:
        return {}
    place = {day: number for number, day in enumerate(days)}
    in_school = or_(Pupil.left_on.is_(None), Pupil.left_on > week_begins)
    children: dict[int, list[Day]] = {
        pupil_id: [None] * len(days)
        for pupil_id in db.session().scalars(
            select(Pupil.id).where(in_school, Pupil.id.not_in(left_out())).order_by(Pupil.id)
        )
    }
    rows = db.session().execute(
        select(PupilDay.pupil_id, PupilDay.school_day, PupilDay.n5, PupilDay.n4, PupilDay.n3, PupilDay.n2).where(
            PupilDay.school_day.between(days[0], days[-1])
        )
    )
    for pupil_id, day, n5, n4, n3, n2 in rows:
        at = place.get(day)
        of_child = children.get(pupil_id)
        if at is not None and of_child is not None:
            of_child[at] = 5 if n5 else 4 if n4 else 3 if n3 else 2 if n2 else 1
    for pupil_id, day, hardest in _before_late_ones(days, week_begins):
        if day in place and pupil_id in children:
            children[pupil_id][place[day]] = hardest
    return children


def _before_late_ones(days: Sequence[date], week_begins: date) -> Iterable[tuple[int, date, Day]]:
    """Each day of a child of which something reached the server only after the week began, without that."""
    begins = datetime.combine(week_begins, time.min, school_calendar().zone)
    if local_now() < begins + timedelta(days=1):
        return ()
    known = case((CheckIn.received_at < begins, CheckIn.intensity))
    first = max(days[0], week_begins - TAKEN_AFTER)
    rows = db.session().execute(
        select(CheckIn.pupil_id, CheckIn.school_day, func.max(known))
        .where(CheckIn.school_day.between(first, days[-1]))
        .group_by(CheckIn.pupil_id, CheckIn.school_day)
        .having(func.max(CheckIn.received_at) >= begins)
    )
    return [(row[0], row[1], row[2]) for row in rows]


def school_shares(children: Iterable[Sequence[Day]]) -> tuple[float, ...]:
    """The share of each intensity among all the days of all children; evenly while nobody has answered."""
    counts = counts_of(day for days in children for day in days if day is not None)
    total = sum(counts)
    return tuple(count / total for count in counts) if total else (0.2,) * 5


@dataclass(frozen=True)
class _Made:
    """What there is to write down of a list."""

    last_day: date
    left_out: int
    calmer_left_out: int
    compared: int
    said: list[tuple[int, str, Sentence]]
    """Each entry's child, kind and sentence, in their order."""


def _reckon(shown_from: date) -> _Made:
    days = last_school_days(shown_from - timedelta(days=1), USUAL_DAYS + LAST_DAYS[-1])
    children = hardest_by_child(days, shown_from)
    values = settings()
    shares = school_shares(children.values())
    listed, good_news = list_of(children.items(), shares), calmer_list_of(children.items(), shares)
    direction = values["scale_direction"]
    said = [(one.pupil_id, "different", different_words(one, direction)) for one in listed.shown]
    said += [(one.pupil_id, "calmer", different_words(one, direction)) for one in good_news.shown]
    said += [(pupil_id, "rule", sentence) for pupil_id, sentence in _by_rules(days, children, values)]
    last_day = days[-1] if days else school_calendar().previous_school_day(shown_from)
    return _Made(last_day, listed.left_out, good_news.left_out, listed.compared, said)


def _by_rules(
    days: Sequence[date], children: Mapping[int, Sequence[Day]], values: Mapping[str, str]
) -> Iterable[tuple[int, Sentence]]:
    """What the plain rules say that the school has switched on, a line for each child they speak of."""
    for pupil_id, hardest in children.items():
        of_child = [DayOfChild(day, one) for day, one in zip(days, hardest, strict=True)]
        if found := sentences(of_child, values):
            yield pupil_id, joined(found, " ")


def _id_of(shown_from: date) -> int | None:
    return db.session().scalar(select(WeeklyList.id).where(WeeklyList.shown_from == shown_from))
