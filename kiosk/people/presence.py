"""Who is in today, and changing it: every statement about the presence of the adults who work here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import exists, func, select

from kiosk.audit import Actor
from kiosk.db import db, writing
from kiosk.people.leaving import works_here
from kiosk.people.models import Account, Adult, High5, Pupil, Role, account_role
from kiosk.people.rules import Presence
from kiosk.people.store import TrustedAdult, set_presence, trusted_adult, trusted_adults
from kiosk.school.store import local_now


class NoSuchAdult(Exception):
    """Nobody of this number who works here."""


@dataclass(frozen=True)
class Colleague:
    """An adult who works here, as their colleagues see them."""

    adult: TrustedAdult
    is_on_duty: bool
    """Whether looking after the safe space is their work."""


def everybody() -> list[Colleague]:
    """Everybody who works here, by family name."""
    on_duty = (
        exists(1)
        .where(
            Account.adult_id == Adult.id,
            Account.active,
            account_role.c.account_id == Account.id,
            account_role.c.role_id == Role.id,
            Role.name == "duty",
        )
        .correlate(Adult)
    )
    rows = db.session.execute(
        select(Adult.id, on_duty.label("on_duty"))
        .where(works_here())
        .order_by(Adult.family_name, Adult.given_name, Adult.id)
    ).all()
    known = {adult.id: adult for adult in trusted_adults([row.id for row in rows])}
    return [Colleague(known[row.id], bool(row.on_duty)) for row in rows]


def colleague(adult_id: int | None) -> TrustedAdult:
    """One adult who works here; who leaves next week still does.

    Raises:
        NoSuchAdult: nobody of this number, or they have left.
    """
    found = trusted_adult(adult_id) if adult_id is not None else None
    if found is None or found.presence.has_left(local_now().date()):
        raise NoSuchAdult
    return found


def change_presence(adult_id: int | None, change: Callable[[Presence], Presence], by: Actor) -> Presence:
    """Change when somebody who works here is in, from what it is now; what changes nothing is not written.

    Returns:
        The presence from now on.

    Raises:
        NoSuchAdult: nobody of this number, or they have left.
    """
    with writing() as session:
        session.execute(select(Adult.id).where(Adult.id == adult_id).with_for_update(key_share=True))
        now = colleague(adult_id)
        new = change(now.presence)
        if new != now.presence:
            set_presence(now.id, new, by)
    return new


def children_of(adult_id: int) -> int:
    """How many children have this adult in their High 5."""
    counted = (
        select(func.count(High5.pupil_id))
        .join(Pupil, Pupil.id == High5.pupil_id)
        .where(High5.adult_id == adult_id, Pupil.left_on.is_(None))
    )
    return db.session.scalar(counted) or 0
