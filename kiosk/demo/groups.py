"""The houses of Hazelwood, and the lists that Mr Bell made when term began."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time

from sqlalchemy import select, update

from kiosk.db import writing
from kiosk.demo.days import monday_of, on_the_clock
from kiosk.demo.hazelwood import MR_BELL, STORIES, DemoPupil
from kiosk.patterns.school.models import ListMember, StaffList
from kiosk.people.models import Account, Adult, Pupil

HOUSES = ("Heron", "Kestrel", "Otter", "Badger")
_STORIES_IN_NURTURE = ("hard_mondays", "always_asking", "slow_slide", "hard_term", "settling_in", "not_speaking")
LISTS: Mapping[str, int] = {"Breakfast club": 9, "Gardening on Fridays": 13}
"""Every so manieth child is on it."""


def put_in_groups(pupils: Sequence[DemoPupil], days: Sequence[date]) -> None:
    """Give each child a house, and make three lists that counted from the second week of term.

    Args:
        pupils: the children, in the order of the roster.
        days: the school days, oldest first.
    """
    first_week = monday_of(days[5])
    nurture = [pupil for pupil in pupils if STORIES.get(pupil.source_id) in _STORIES_IN_NURTURE]
    lists = {
        "Nurture group": [*nurture, *(pupil for pupil in pupils[4::31] if pupil not in nurture)],
        **{name: list(pupils[every // 2 :: every]) for name, every in LISTS.items()},
    }
    with writing() as session:
        houses = [{"id": pupil.id, "house": HOUSES[at % len(HOUSES)]} for at, pupil in enumerate(pupils)]
        session.execute(update(Pupil), houses)
        bell = session.scalars(
            select(Account.id).join(Adult, Adult.id == Account.adult_id).where(Adult.source_id == MR_BELL)
        ).one()
        for name, children in lists.items():
            made = StaffList(name=name, name_key=name.casefold(), made_by_id=bell, made_at=_made_at(days))
            session.add(made)
            session.flush()
            session.add_all(
                ListMember(list_id=made.id, pupil_id=pupil.id, from_week=first_week) for pupil in children
            )


def _made_at(days: Sequence[date]) -> datetime:
    return on_the_clock(days[2], time(15, 40))
