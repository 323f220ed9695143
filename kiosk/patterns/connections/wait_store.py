"""How long children waited, month by month, for the school's own programs: made once, and then standing.

Whole months that are over, because twelve weeks that slide by a day would tell of that day's requests; and once,
because a month that is made anew after one request was answered, or one child was erased, tells of that child.
"""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, timedelta

from sqlalchemy import select

from kiosk.audit import Actor, record
from kiosk.db import db, utc_now
from kiosk.patterns.connections.asked_store import asked_between
from kiosk.patterns.connections.waits import WaitFigures, wait_figures
from kiosk.patterns.looking import check_switched_on, keep_look
from kiosk.patterns.models import WaitMonth
from kiosk.patterns.once import see_to
from kiosk.school.store import local_now

MONTHS = 12
ANSWERED_BY_THEN = timedelta(days=7)
"""A month is made when it has been over for a week: what was asked on its last day is mostly answered by then."""
_A_DAY = timedelta(days=1)


def waits_by_month(by: Actor, *, form: str) -> list[tuple[date, WaitFigures]]:
    """How long children waited in each of the last twelve whole months that may be told of, oldest first.

    Args:
        by: who looks.
        form: in which form it leaves; it stands in the record.

    Raises:
        SwitchedOff: the school does not have this view.
    """
    check_switched_on("connections")
    months = months_over(local_now().date())
    see_to(WaitMonth.month, months, lambda month: _make(month, by))
    keep_look(by, "connections", [f"{months[0]:%Y-%m}", f"{months[-1]:%Y-%m}"], form=form)
    rows = db.session().scalars(
        select(WaitMonth)
        .where(WaitMonth.month.in_(months), WaitMonth.requests.is_not(None))
        .order_by(WaitMonth.month)
    )
    return [(row.month, _figures(row)) for row in rows]


def months_over(today: date) -> list[date]:
    """The first days of the last twelve months that have been over for a week, oldest first."""
    month = _month_before((today - ANSWERED_BY_THEN).replace(day=1))
    found = [month]
    while len(found) < MONTHS:
        found.append(_month_before(found[-1]))
    return found[::-1]


def _month_before(month: date) -> date:
    return (month - _A_DAY).replace(day=1)


def _make(month: date, by: Actor) -> None:
    last = (month + timedelta(days=31)).replace(day=1) - _A_DAY
    figures = wait_figures(asked_between(month, last))
    session = db.session()
    session.add(WaitMonth(month=month, made_at=utc_now(), **(asdict(figures) if figures else {})))
    session.flush()
    record("wait_month_made", by, month=f"{month:%Y-%m}")


def _figures(row: WaitMonth) -> WaitFigures:
    assert row.requests is not None
    return WaitFigures(
        row.requests, row.met_same_day, row.seen_median, row.seen_ninetieth, row.met_median, row.met_ninetieth
    )
