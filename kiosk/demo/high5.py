"""Whom each child of the demo trusts. Pure, from a seed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

from kiosk.demo.hazelwood import (
    CLASS_BEFORE,
    HIGH5,
    MISS_PRYCE,
    MRS_BONDAR,
    MS_NOVAK,
    NEW_TO_ENGLISH,
    DemoAdult,
    DemoPupil,
    Job,
)

# How readily a child names somebody who is not of their own class.
_TRUST: dict[Job, float] = {
    "lead": 0.25,
    "teacher": 0.05,
    "helper": 0.08,
    "mentor": 0.9,
    "treetops": 1.2,
    "office": 0.5,
    "lunch": 0.7,
    "caretaker": 0.6,
}


def choose_high5(
    seed: int, pupils: Sequence[DemoPupil], adults: Sequence[DemoAdult], today: date
) -> dict[int, tuple[int, ...]]:
    """Three to five trusted adults for each child, in the child's order, at least one of them always here.

    Returns:
        Adult ids by pupil id.
    """
    return {pupil.id: _high5_of(seed, pupil, adults, today) for pupil in pupils}


def _high5_of(seed: int, pupil: DemoPupil, adults: Sequence[DemoAdult], today: date) -> tuple[int, ...]:
    if told := HIGH5.get(pupil.source_id):
        ids = {adult.source_id: adult.id for adult in adults}
        return tuple(ids[source_id] for source_id in told)
    rng = Random(f"{seed}/high5/{pupil.source_id}")
    # A weighted draw without putting back: the most trusted tend to come first.
    drawn = sorted(adults, key=lambda adult: rng.expovariate(_trust(pupil, adult)))
    chosen = drawn[: rng.choice((3, 4, 4, 5, 5))]
    if not any(_is_always_here(adult, today) for adult in chosen):
        chosen[-1] = next(adult for adult in drawn if _is_always_here(adult, today))
    return tuple(adult.id for adult in chosen)


def _trust(pupil: DemoPupil, adult: DemoAdult) -> float:
    trust = _TRUST[adult.post.job]
    if pupil.class_name in adult.class_names:
        trust = 6.0
    elif CLASS_BEFORE.get(pupil.class_name) in adult.class_names:
        trust = 0.8
    if adult.source_id == MS_NOVAK:
        trust *= 1.5
    if adult.source_id == MRS_BONDAR and pupil.source_id in NEW_TO_ENGLISH:
        trust = 6.0
    if adult.source_id == MISS_PRYCE:
        trust = 5.0 if pupil.class_name == "Maple" else 0.08
    return trust


def _is_always_here(adult: DemoAdult, today: date) -> bool:
    return all(adult.can_receive(today + timedelta(days=ahead)) for ahead in range(7))
