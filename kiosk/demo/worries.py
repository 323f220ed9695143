"""A worry of the demo's term that an adult raised with the safeguarding leads, and that one of them closed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time, timedelta

from sqlalchemy import insert

from kiosk.chats.models import Concern, ConcernAudience
from kiosk.db import writing
from kiosk.demo.days import on_the_clock
from kiosk.demo.hazelwood import MRS_GREEN, DemoAdult, DemoPupil
from kiosk.demo.talk_words import WHAT_WAS_DONE, WORRY

TIA = "pupil-209"
HER_TEACHER = "staff-11"
RAISED, CLOSED = 24, 12
"""How many school days ago it was raised, and closed. None is open: an open one keeps leads beside requests."""


def keep_worry(pupils: Sequence[DemoPupil], adults: Sequence[DemoAdult], days: Sequence[date]) -> None:
    """Store the worry as it stands after it was closed.

    Args:
        pupils: the children, one of whom it is about.
        adults: the adults; each safeguarding lead among them was told.
        days: the school days of the term, oldest first.
    """
    adult_ids = {adult.source_id: adult.id for adult in adults}
    raised_at, closed_at = on_the_clock(days[-RAISED], time(15, 41)), on_the_clock(days[-CLOSED], time(16, 5))
    concern = Concern(
        pupil_id=next(pupil.id for pupil in pupils if pupil.source_id == TIA),
        words=WORRY,
        raised_by_id=adult_ids[HER_TEACHER],
        raised_at=raised_at,
        done=WHAT_WAS_DONE,
        closed_at=closed_at,
        closed_by_id=adult_ids[MRS_GREEN],
    )
    leads = [adult.id for adult in adults if "dsl" in adult.post.roles]
    with writing() as session:
        session.add(concern)
        session.flush()
        seen = [
            {"concern_id": concern.id, "adult_id": lead, "seen_at": raised_at + timedelta(minutes=7 + 11 * number)}
            for number, lead in enumerate(leads)
        ]
        session.execute(insert(ConcernAudience), seen)
