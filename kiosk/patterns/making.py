"""Making the list of a week, once, from what children answered before it.

It is made when somebody first looks at it and then stands: what is decided about an entry on Tuesday must not be
about another list than Monday's. Whoever makes it at the same moment as another finds the other's.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from sqlalchemy import Select, select
from sqlalchemy.exc import IntegrityError

from kiosk.audit import Actor, record
from kiosk.db import db, utc_now, writing
from kiosk.patterns.different import LAST_DAYS, USUAL_DAYS, Day, calmer_list_of, list_of
from kiosk.patterns.models import ListEntry, NotInPatterns, PupilDay, WeeklyList
from kiosk.patterns.plain_rules import DayOfChild, sentences
from kiosk.patterns.school_days import last_school_days
from kiosk.patterns.sentences import different_words
from kiosk.patterns.spread import counts_of
from kiosk.people.models import Pupil
from kiosk.school.calendar import WEEKDAYS
from kiosk.school.store import local_now, school_calendar, settings


def list_day(today: date, weekday: str) -> date:
    """The day from which the list of the week that ``today`` lies in is shown.

    Args:
        today: a day.
        weekday: the day of the week on which lists change, such as ``mon``.
    """
    return today - timedelta(days=(today.weekday() - WEEKDAYS.index(weekday)) % 7)


def this_week(by: Actor) -> date:
    """See to it that this week's list is there; the day from which it is shown."""
    shown_from = list_day(local_now().date(), settings()["weekly_list_day"])
    if _id_of(shown_from) is None:
        try:
            with writing():
                if _id_of(shown_from) is None:  # nobody made it while we waited for our turn to write
                    _make(shown_from, by)
        except IntegrityError:
            if _id_of(shown_from) is None:  # another server's was not first, so it was something else
                raise
    return shown_from


def hardest_by_child(days: Sequence[date]) -> dict[int, list[Day]]:
    """For each child in school the hardest intensity of each of these days; children left out are left out.

    One range of the day-by-day counts, however long the school has used it.
    """
    if not days:
        return {}
    place = {day: number for number, day in enumerate(days)}
    children: dict[int, list[Day]] = {
        pupil_id: [None] * len(days)
        for pupil_id in db.session().scalars(
            select(Pupil.id).where(Pupil.left_on.is_(None), Pupil.id.not_in(left_out())).order_by(Pupil.id)
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
    return children


def school_shares(children: Iterable[Sequence[Day]]) -> tuple[float, ...]:
    """The share of each intensity among all the days of all children; evenly while nobody has answered."""
    counts = counts_of(day for days in children for day in days if day is not None)
    total = sum(counts)
    return tuple(count / total for count in counts) if total else (0.2,) * 5


def _make(shown_from: date, by: Actor) -> None:
    days = last_school_days(shown_from - timedelta(days=1), USUAL_DAYS + LAST_DAYS[-1])
    children = hardest_by_child(days)
    values = settings()
    shares = school_shares(children.values())
    listed, good_news = list_of(children.items(), shares), calmer_list_of(children.items(), shares)
    session = db.session()
    week = WeeklyList(
        shown_from=shown_from,
        last_day=days[-1] if days else school_calendar().previous_school_day(shown_from),
        left_out=listed.left_out,
        made_at=utc_now(),
    )
    session.add(week)
    session.flush()
    said: list[tuple[int, str, str]] = [
        (one.pupil_id, "different", different_words(one, values["scale_direction"])) for one in listed.shown
    ]
    said += [(one.pupil_id, "calmer", different_words(one, values["scale_direction"])) for one in good_news.shown]
    said += [(pupil_id, "rule", sentence) for pupil_id, sentence in _by_rules(days, children, values)]
    session.add_all(
        ListEntry(list_id=week.id, pupil_id=pupil_id, kind=kind, place=place, sentence=sentence)
        for place, (pupil_id, kind, sentence) in enumerate(said)
    )
    session.flush()
    record(
        "weekly_list_made",
        by,
        shown_from=shown_from.isoformat(),
        children=sorted({pupil_id for pupil_id, _kind, _sentence in said}),
    )


def _by_rules(
    days: Sequence[date], children: Mapping[int, Sequence[Day]], values: Mapping[str, str]
) -> Iterable[tuple[int, str]]:
    """What the plain rules say that the school has switched on, a line for each child they speak of."""
    for pupil_id, hardest in children.items():
        of_child = [DayOfChild(day, one) for day, one in zip(days, hardest, strict=True)]
        if found := sentences(of_child, values):
            yield pupil_id, " ".join(found)[:300]


def _id_of(shown_from: date) -> int | None:
    return db.session().scalar(select(WeeklyList.id).where(WeeklyList.shown_from == shown_from))


def left_out() -> Select[int]:
    """The children who are left out of patterns, as part of another statement."""
    return select(NotInPatterns.pupil_id)
