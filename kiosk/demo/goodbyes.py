"""What the demo's adults did when Miss Pryce left and Mrs Clarke was away for long: most children were told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, time, timedelta
from random import Random
from typing import Any

from sqlalchemy import insert

from kiosk.db import writing
from kiosk.demo.days import on_the_clock
from kiosk.demo.hazelwood import DemoAdult
from kiosk.minding.models import Ending

DONE = {"left": 0.9, "away": 0.8}
"""The share of the children who had a proper ending already."""
WITH_NEW_ADULT = 0.4


def keep_goodbyes(seed: int, today: date, adults: Sequence[DemoAdult], high5: Mapping[int, Sequence[int]]) -> None:
    """Write down the endings of the children who were told, and a plan for some of the others."""
    rows = list(_goodbyes(Random(f"{seed}/goodbyes"), today, adults, high5))
    with writing() as session:
        for row in rows:
            session.execute(insert(Ending).values(row))


def _goodbyes(
    rng: Random, today: date, adults: Sequence[DemoAdult], high5: Mapping[int, Sequence[int]]
) -> Iterator[dict[str, Any]]:
    here = {adult.id for adult in adults if adult.post.roles and _stays(adult)}
    for adult in adults:
        if _stays(adult):
            continue
        for pupil_id, named in sorted(high5.items()):
            others = [one for one in named if one in here]
            if adult.id in named and others:
                yield _goodbye(rng, today, pupil_id, adult, others)


def _stays(adult: DemoAdult) -> bool:
    return adult.presence.left_on is None and adult.presence.away_from is None


def _goodbye(rng: Random, today: date, pupil_id: int, adult: DemoAdult, others: Sequence[int]) -> dict[str, Any]:
    why = "left" if adult.presence.left_on else "away"
    since = adult.presence.left_on or adult.presence.away_from
    assert since is not None
    told_on = since - timedelta(days=3) if why == "left" else since + timedelta(days=1)
    ending: dict[str, Any] = {"pupil_id": pupil_id, "adult_id": adult.id, "why": why, "since": since}
    ending |= {
        "told_by_id": others[0],
        "changed_by_id": others[0],
        "changed_at": on_the_clock(told_on, time(15, 40)),
    }
    if rng.random() >= DONE[why]:
        planned = today + timedelta(days=rng.randrange(1, 4)) if rng.random() < 0.5 else None
        return ending | {"told_on": planned}
    done_on = told_on + timedelta(days=4)
    ending |= {"told_on": told_on, "done_at": on_the_clock(done_on, time(15, 45))}
    if len(others) > 1 and rng.random() < WITH_NEW_ADULT:
        return ending | {"new_adult_id": others[-1], "met_on": done_on}
    return ending | {"no_new_adult": True}
