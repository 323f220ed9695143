"""Who can be asked on a day of the demo's term, and how soon they look. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import log
from random import Random

from kiosk.chats.passing_on import Around, Stop, first_stop
from kiosk.demo.hazelwood import DemoAdult


@dataclass(frozen=True)
class Staffroom:
    """The adults of the demo and each child's High 5."""

    adults: Mapping[int, DemoAdult]
    high5: Mapping[int, Sequence[int]]

    def with_role(self, role: str) -> list[int]:
        """The adults whose account has a role."""
        return [adult.id for adult in self.adults.values() if role in adult.post.roles]

    def can_receive(self, adult_id: int, day: date) -> bool:
        """Whether a request asked on this date reaches this adult."""
        return self.adults[adult_id].can_receive(day)

    def on_duty(self, rng: Random, day: date, *, but: int | None = None) -> int:
        """Somebody on duty in Treetops on this date, other than ``but``."""
        return rng.choice([a for a in self.with_role("duty") if a != but and self.can_receive(a, day)])

    def minutes_to_see(self, rng: Random, adult_id: int) -> timedelta:
        """How long this adult takes to see a request this time."""
        usual = self.adults[adult_id].post.sees_after
        return timedelta(minutes=max(0.2, rng.lognormvariate(log(usual), 0.75)))

    def reaches(self, pupil_id: int, asked_for: int | None, day: date, *, cannot_wait: bool) -> Stop:
        """Whom a request reaches on this date, by the product's own rule."""
        named = [a for a in self.high5[pupil_id] if not self.has_left(a, day)]
        around = Around(
            high5=named,
            on_duty=self.with_role("duty"),
            leads=self.with_role("dsl"),
            can_receive=lambda adult_id: self.can_receive(adult_id, day),
        )
        return first_stop(asked_for, around, cannot_wait=cannot_wait)

    def has_left(self, adult_id: int, day: date) -> bool:
        """Whether this adult works here no more."""
        left_on = self.adults[adult_id].presence.left_on
        return left_on is not None and day >= left_on
