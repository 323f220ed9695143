"""Looking at one child over time: what is read, put together for the page, and recorded."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kiosk.audit import Actor, record
from kiosk.chats.store import Asker
from kiosk.db import writing
from kiosk.patterns.child.over_time import ChildOverTime, child_over_time, counted_by_day
from kiosk.patterns.child.store import (
    KnownChild,
    answers_of,
    cards_of,
    counts_by_day,
    known_child,
    talks_of,
    topics_of,
    with_tellings,
)
from kiosk.patterns.figures.periods import Period, choose, half_terms, year_words
from kiosk.patterns.looking import check_switched_on
from kiosk.patterns.school_days import periods_offered, school_days_between
from kiosk.people.attendance.store import here_by_day
from kiosk.school.calendar import Span
from kiosk.school.store import local_now, school_calendar

SAFEGUARDING = frozenset({"home", "body"})
"""Topics that may be about those very parents, or about harm."""


@dataclass(frozen=True)
class LookAtChild:
    """A child, and what there is to show; nothing of a child who is left out."""

    child: KnownChild
    shown: ChildOverTime | None
    year_name: str
    """The school year that the time looked at ends in; its half terms and squares are shown."""
    offered: tuple[Period, ...]
    """Of which time the figures can be asked."""
    with_requests: bool
    """Whether what the child asked for is shown, and not their answers alone."""
    lead_speaks_first: bool
    """Whether the paper for parents says nothing of it because the safeguarding lead is to be asked first."""


def look_at_child(
    pupil_id: int,
    period_key: str | None,
    by: Actor,
    *,
    paper: str = "screen",
    with_requests: bool = True,
    asker: Asker | None = None,
) -> LookAtChild:
    """One child over time, for somebody who may see every child's feelings.

    Args:
        pupil_id: the child.
        period_key: which stretch of days; the last weeks when it names none.
        by: who looks.
        paper: ``screen``, or for whom it is printed, ``parents`` or ``team``; it stands in the record.
        with_requests: whether parents are to read what the child asked for; they never do where home or the body
            was named since the school year began, whatever time is looked at: then the safeguarding lead is to
            speak first. All others always do.
        asker: reads what the child told in talks that this adult may read about; nobody reads none of it.

    Raises:
        SwitchedOff: the school does not have this view.
        NoSuchChild: there is no such child.
    """
    check_switched_on("child")
    child, today = known_child(pupil_id), local_now().date()
    offered = periods_offered(today)
    period = choose(offered, period_key)
    year = school_calendar().school_year(period.last)
    shown = _shown(pupil_id, period, year, today, asker) if child.left_out_since is None else None
    lead_speaks_first = False
    if paper == "parents":
        lead_speaks_first = not SAFEGUARDING.isdisjoint(
            topics_of(pupil_id, min(year.first, period.first), max(period.last, today))
        )
        with_requests = with_requests and shown is not None and bool(shown.talks) and not lead_speaks_first
        paper = "parents, with requests" if with_requests else paper
    with writing():
        record("child_pattern_seen", by, pupil=pupil_id, period=period.key, paper=paper)
    return LookAtChild(child, shown, year_words(year), tuple(offered), with_requests, lead_speaks_first)


def _shown(pupil_id: int, period: Period, year: Span, today: date, asker: Asker | None) -> ChildOverTime:
    year_ends = min(year.last, today)
    answers = answers_of(pupil_id, period.first, period.last)
    if period.first <= year.first and year_ends <= period.last:
        # They tell the whole year: the database need not be asked twice.
        counts = counted_by_day(answer for answer in answers if answer.school_day >= year.first)
    else:
        counts = counts_by_day(pupil_id, year.first, year_ends)
    taught = school_days_between(min(year.first, period.first), year_ends)
    # Today is not over: only whoever has answered already is counted as having been asked on it.
    days = [day for day in taught if day < today or day in counts]
    year_days = [day for day in days if day >= year.first]
    talks = talks_of(pupil_id, period.first, period.last)
    return child_over_time(
        period,
        [day for day in days if period.first <= day <= period.last],
        answers=answers,
        talks=with_tellings(talks, asker) if asker is not None else talks,
        cards=cards_of(pupil_id, period.first, period.last),
        year=[(day, hardest(counts.get(day, ()))) for day in sorted({*year_days, *counts})],
        halves=half_terms(school_calendar(), year_days),
        year_counts=counts,
        away=_away(pupil_id, min(year.first, period.first), year_ends),
    )


def _away(pupil_id: int, first: date, last: date) -> list[date]:
    known = here_by_day([pupil_id], first, last)[pupil_id]
    return [day for day, here in known.items() if not here]


def hardest(counts: tuple[int, ...]) -> int | None:
    """The hardest intensity of some counts; nothing when there are none."""
    for intensity in range(len(counts), 0, -1):
        if counts[intensity - 1]:
            return intensity
    return None
