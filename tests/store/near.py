"""Somebody of the cast as the scope of what they may know of children."""

from __future__ import annotations

from kiosk.people.near import NearAdult
from tests.cast import School

NEAR_EVERYBODY = ("novak", "green", "bell")


def near_adult(school: School, who: str, *, for_now: frozenset[int] = frozenset()) -> NearAdult:
    """Mrs Ali and Mr Okafor by the High 5; Ms Novak, Mrs Green and Mr Bell by their role; Mr Shah by nothing."""
    return NearAdult(school.adults[who], account_id=1, every_child=who in NEAR_EVERYBODY, for_now=for_now)
