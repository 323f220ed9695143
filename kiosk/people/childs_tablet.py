"""How the tablet is set up for each child, as it is: reading it. Changing it is in ``set_up_tablet``."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from kiosk.db import db
from kiosk.people.models import ClassTablet, Enrolment, Pupil, PupilTablet
from kiosk.people.tablet_settings import ChildsTablet, tablet_of
from kiosk.school.store import settings


@dataclass(frozen=True)
class SetUp:
    """What was chosen for the school, a class and one of its children, and the tablet that comes of it."""

    of_school: Mapping[str, Any]
    of_class: Mapping[str, Any]
    own: Mapping[str, Any]

    @property
    def tablet(self) -> ChildsTablet:
        """The tablet as the child meets it."""
        return tablet_of(self.of_school, self.of_class, self.own)


def set_ups(pupil_ids: Collection[int]) -> dict[int, SetUp]:
    """How the tablet is set up for each of these pupils, for a caller that has them in its own scope."""
    few = len(pupil_ids) <= 500
    asked = select(Pupil.id, Pupil.steps, PupilTablet.choices).outerjoin(
        PupilTablet, PupilTablet.pupil_id == Pupil.id
    )
    of_school, of_class = choices_of_school(), _of_their_class(pupil_ids)
    return {
        row.id: SetUp(of_school, of_class.get(row.id, {}), own_choices(row.steps, row.choices))
        for row in db.session.execute(asked.where(Pupil.id.in_(pupil_ids)) if few else asked)
    }


def choices_of_school() -> dict[str, Any]:
    """What the school chose for every tablet, in its settings."""
    school = settings()
    return {name: school[f"tablet_{name}"] for name in ("theme", "scale_picture")}


def own_choices(steps: list[int] | None, choices: Mapping[str, Any] | None) -> dict[str, Any]:
    """What was chosen for a child, the steps among it."""
    return {**(choices or {}), **({"steps": steps} if steps else {})}


def _of_their_class(pupil_ids: Collection[int]) -> dict[int, Mapping[str, Any]]:
    """What was chosen for each pupil's class: the registration class if it has choices, else another of theirs."""
    asked = (
        select(Enrolment.pupil_id, ClassTablet.choices)
        .join(ClassTablet, ClassTablet.class_id == Enrolment.class_id)
        .order_by(Enrolment.pupil_id, Enrolment.home.desc(), Enrolment.class_id)
    )
    found: dict[int, Mapping[str, Any]] = {}
    few = len(pupil_ids) <= 500
    for row in db.session.execute(asked.where(Enrolment.pupil_id.in_(pupil_ids)) if few else asked):
        found.setdefault(row.pupil_id, row.choices)
    return found
