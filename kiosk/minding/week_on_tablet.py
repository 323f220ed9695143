"""A child's own week, opened by an adult's tap on one tablet, for the two to look back at together.

A shared tablet shows no history. So the week is there only where an adult who may look back with this child has
just opened it, for this child alone, once, and for a few minutes.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, exists, or_, select, update

from kiosk.audit import record
from kiosk.db import db, utc_now, writing
from kiosk.minding.models import WeekOnTablet
from kiosk.people.high5 import NoSuchPupil
from kiosk.people.models import Account, Adult, High5, Pupil, Role, account_role
from kiosk.people.near import NearAdult, near
from kiosk.people.rules import LARGEST_ID
from kiosk.people.store import on_this_tablet
from kiosk.people.tablets import PairedTablet, tablets_showing
from kiosk.school.store import local_now

OPEN_FOR = timedelta(minutes=10)
"""How long the child has to press their picture."""
AGAIN_WITHIN = timedelta(seconds=30)
"""An answer that was lost on its way to the tablet can be asked for once more."""
SEE_EVERY_STEP = frozenset({"nurture", "dsl"})
"""The roles that may look back with every child."""


class NoSuchTablet(Exception):
    """No tablet that shows this child."""


class WeekNotOpen(Exception):
    """Nobody has opened this child's week on this tablet, or it was looked at already, or its minutes are over."""


@dataclass(frozen=True)
class TabletForWeek:
    """A tablet on which a child's week can be opened."""

    id: int
    name: str
    open_until: datetime | None
    """Until when the child can open it there; nothing when it is not open."""


def tablets_for_week(pupil_id: int, asker: NearAdult) -> list[TabletForWeek]:
    """The tablets that show this child, and where the week is open just now.

    Raises:
        NoSuchPupil: there is none, or this adult may not look back with them.
    """
    _must_look_back(pupil_id, asker)
    waits = select(WeekOnTablet.tablet_id, WeekOnTablet.until).where(
        WeekOnTablet.pupil_id == pupil_id,
        WeekOnTablet.closed_at.is_(None),
        WeekOnTablet.shown_at.is_(None),
        WeekOnTablet.until > utc_now(),
    )
    until = {row.tablet_id: row.until for row in db.session.execute(waits)}
    return [TabletForWeek(one.id, one.name, until.get(one.id)) for one in tablets_showing(pupil_id)]


def open_week(pupil_id: int, tablet_id: int | None, asker: NearAdult) -> TabletForWeek:
    """Let the child open their week on this tablet, and on no other: one that was open elsewhere closes.

    Raises:
        NoSuchPupil: there is none, or this adult may not look back with them.
        NoSuchTablet: none that shows this child.
    """
    with writing() as session:
        _must_look_back(pupil_id, asker)
        tablet = next((one for one in tablets_showing(pupil_id) if one.id == tablet_id), None)
        if tablet is None:
            raise NoSuchTablet
        now = utc_now()
        _close(pupil_id, now)
        opened = WeekOnTablet(
            pupil_id=pupil_id,
            tablet_id=tablet.id,
            opened_by_id=asker.adult_id,
            opened_at=now,
            until=now + OPEN_FOR,
        )
        session.add(opened)
        record("week_opened", asker.actor, pupil=pupil_id, tablet=tablet.id)
        return TabletForWeek(tablet.id, tablet.name, opened.until)


def close_week(pupil_id: int, asker: NearAdult) -> None:
    """Close the child's week, wherever it was opened; one that is not open stays so.

    Raises:
        NoSuchPupil: there is none, or this adult may not look back with them.
    """
    with writing():
        _must_look_back(pupil_id, asker)
        for tablet_id in _close(pupil_id, utc_now()):
            record("week_closed", asker.actor, pupil=pupil_id, tablet=tablet_id)


def is_week_open(pupil_id: int, tablet: PairedTablet) -> bool:
    """Whether the week of one of this tablet's pupils waits here to be looked at."""
    waiting = select(WeekOnTablet.id).where(*_open_here(pupil_id, tablet), WeekOnTablet.shown_at.is_(None))
    return db.session.execute(waiting.limit(1), _scope(tablet)).first() is not None


def look_at_week(pupil_id: int, tablet: PairedTablet, days: int) -> None:
    """The child looks: this once, and never again without another tap of an adult. The look is recorded.

    Args:
        pupil_id: the child who pressed their picture.
        tablet: where.
        days: how many days are shown, for the record.

    Raises:
        WeekNotOpen: it is not open here for this child, now.
    """
    now = utc_now()
    unseen = or_(WeekOnTablet.shown_at.is_(None), WeekOnTablet.shown_at > now - AGAIN_WITHIN)
    with writing() as session:
        row = session.execute(
            select(WeekOnTablet.id, WeekOnTablet.opened_by_id, WeekOnTablet.shown_at)
            .where(*_open_here(pupil_id, tablet), unseen)
            .order_by(WeekOnTablet.id.desc())
            .limit(1)
            .with_for_update(),
            _scope(tablet),
        ).one_or_none()
        if row is None:
            raise WeekNotOpen
        if row.shown_at is None:
            session.execute(update(WeekOnTablet).where(WeekOnTablet.id == row.id).values(shown_at=now))
        record("week_sent", tablet.actor, pupil=pupil_id, opened_by=row.opened_by_id, days=days)


def _open_here(pupil_id: int, tablet: PairedTablet) -> tuple[ColumnElement[bool], ...]:
    """Open on this tablet, for a pupil it shows, by somebody who may still look back with the child."""
    shown = exists(1).where(Pupil.id == WeekOnTablet.pupil_id, on_this_tablet()).correlate(WeekOnTablet)
    still = exists(1).where(Adult.id == WeekOnTablet.opened_by_id, _looks_back(pupil_id)).correlate(WeekOnTablet)
    return (
        WeekOnTablet.pupil_id == pupil_id,
        WeekOnTablet.tablet_id == tablet.id,
        WeekOnTablet.closed_at.is_(None),
        WeekOnTablet.until > utc_now(),
        shown,
        still,
    )


def _looks_back(pupil_id: int) -> ColumnElement[bool]:
    """The scope of this child's week, for statements that select from ``Adult``.

    That is an adult who works here, and whom the child trusts or who sees every step anyway.
    """
    trusted = exists(1).where(High5.pupil_id == pupil_id, High5.adult_id == Adult.id).correlate(Adult)
    sees_all = (
        exists(1)
        .where(
            Account.adult_id == Adult.id,
            Account.active,
            account_role.c.account_id == Account.id,
            Role.id == account_role.c.role_id,
            Role.name.in_(SEE_EVERY_STEP),
        )
        .correlate(Adult)
    )
    return and_(or_(Adult.left_on.is_(None), Adult.left_on > local_now().date()), or_(trusted, sees_all))


def _must_look_back(pupil_id: int, asker: NearAdult) -> None:
    found = select(Pupil.id).where(Pupil.id == pupil_id, near(asker))
    found = found.join(Adult, and_(Adult.id == asker.adult_id, _looks_back(pupil_id)))
    if not 0 < pupil_id <= LARGEST_ID or db.session.execute(found).first() is None:
        raise NoSuchPupil


def _close(pupil_id: int, now: datetime) -> list[int]:
    """Close what is open; the tablets on which it was."""
    closed = (
        update(WeekOnTablet)
        .where(WeekOnTablet.pupil_id == pupil_id, WeekOnTablet.closed_at.is_(None), WeekOnTablet.until > now)
        .values(closed_at=now)
        .returning(WeekOnTablet.tablet_id)
    )
    return [row.tablet_id for row in db.session.execute(closed)]


def _scope(tablet: PairedTablet) -> dict[str, object]:
    return {"tablet_id": tablet.id, "all_classes": tablet.all_classes}
