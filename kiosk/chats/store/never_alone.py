"""About whom a concern is open: adults to whom alone no request of the children concerned may go."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select

from kiosk.chats.models import Concern
from kiosk.db import db


def never_alone(pupil_ids: Collection[int]) -> dict[int, frozenset[int]]:
    """The adults about whom a concern is open with each of these children; one that names no child counts for all.

    Only for the rule that routes a request, and for a tablet that tells a child beforehand whom it will choose. It
    must not show on any page of the staff.
    """
    rows = db.session.execute(
        select(Concern.pupil_id, Concern.about_adult_id).where(
            Concern.about_adult_id.is_not(None), Concern.closed_at.is_(None)
        )
    ).all()
    return {
        pupil_id: frozenset(row.about_adult_id for row in rows if row.pupil_id is None or row.pupil_id == pupil_id)
        for pupil_id in pupil_ids
    }
