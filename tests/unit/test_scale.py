"""The scale reads the same inside, whichever way a school counts."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kiosk.db import utc_now
from kiosk.feelings.rules import CALM_IS_1, CALM_IS_5, intensity_of, is_clock_odd, is_too_old, step_of


def test_intensity_runs_from_calm_to_hardest_in_both_directions() -> None:
    assert [intensity_of(step, CALM_IS_1) for step in range(1, 6)] == [1, 2, 3, 4, 5]
    assert [intensity_of(step, CALM_IS_5) for step in range(1, 6)] == [5, 4, 3, 2, 1]


@pytest.mark.parametrize("direction", [CALM_IS_1, CALM_IS_5])
def test_a_step_can_be_found_again_from_its_intensity(direction: str) -> None:
    assert [step_of(intensity_of(step, direction), direction) for step in range(1, 6)] == [1, 2, 3, 4, 5]


@pytest.mark.parametrize("step", [0, 6, -1])
def test_there_is_no_other_step(step: int) -> None:
    with pytest.raises(ValueError, match="1 to 5"):
        intensity_of(step, CALM_IS_1)


def test_a_clock_is_odd_when_more_than_five_minutes_ahead() -> None:
    now = utc_now()
    assert not is_clock_odd(now + timedelta(minutes=5), now)
    assert is_clock_odd(now + timedelta(minutes=5, seconds=1), now)
    assert not is_clock_odd(now - timedelta(days=20), now)


def test_an_entry_is_too_old_after_thirty_days() -> None:
    now = utc_now()
    assert not is_too_old(now - timedelta(days=30), now)
    assert is_too_old(now - timedelta(days=30, seconds=1), now)
