"""Rules about the scale and about a check-in's time. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

CALM_IS_1 = "calm_is_1"
CALM_IS_5 = "calm_is_5"
FIRST_WORDS = ("Calm", "Okay", "Wobbly", "Upset", "I need help")
"""From the calmest to the hardest, until a school writes its own."""

SAID = ("used", "helped", "a_bit", "not_today")
"""What a child can say of a card with what helps: "used" is that, and nothing of whether it helped."""

HARD = 4
"""From this intensity on (1 calm to 5 hardest) an answer is one of the two hardest."""
CLOCK_AHEAD_ALLOWED = timedelta(minutes=5)
OLDEST_TAKEN = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class NewCheckIn:
    """A step that a child chose, as the tablet sends it."""

    key: UUID
    pupil_id: int
    step: int
    felt_at: datetime


@dataclass(frozen=True, slots=True)
class NewStrategyUse:
    """What a child said of one of their own cards, as the tablet sends it."""

    key: UUID
    pupil_id: int
    picture: str
    """One of ``people.tablet_settings.STRATEGY_PICTURES``: the card."""
    said: str
    """One of ``SAID``."""
    used_at: datetime


def intensity_of(step: int, direction: str) -> int:
    """1 (calm) to 5 (hardest) for a step, whichever way the school counts.

    Raises:
        ValueError: no such step.
    """
    if not 1 <= step <= 5:
        raise ValueError("A step is 1 to 5.")
    return step if direction == CALM_IS_1 else 6 - step


def step_of(intensity: int, direction: str) -> int:
    """The step that stands for an intensity in a school's direction."""
    return intensity_of(intensity, direction)


def is_clock_odd(said: datetime, received: datetime) -> bool:
    """Whether a tablet's time is so far ahead of ours that we do not believe its date."""
    return said - received > CLOCK_AHEAD_ALLOWED


def is_too_old(said: datetime, received: datetime) -> bool:
    """Whether an entry is older than a tablet may have been offline."""
    return received - said > OLDEST_TAKEN
