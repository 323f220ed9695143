"""XmR charts: the published example, and each signal."""

from __future__ import annotations

from statistics import fmean

import pytest

from kiosk.patterns.figures.xmr import Limits, limits_of, signals

EXAMPLE = [1, 2, 1, 2, 10, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1]
FLAT = Limits(mean=0, lower=-3, upper=3)


def test_the_published_example_screened() -> None:
    limits = limits_of(EXAMPLE)
    assert (round(limits.upper, 2), round(limits.mean, 2), round(limits.lower, 2)) == (4.60, 1.94, -0.72)


def test_the_published_example_unscreened() -> None:
    limits = limits_of(EXAMPLE, screened=False)
    assert (round(limits.upper, 2), round(limits.lower, 2)) == (6.95, -3.06)


def test_the_odd_day_of_the_example_is_beyond_the_limit() -> None:
    said = signals(EXAMPLE, limits_of(EXAMPLE))
    assert [at for at, signal in enumerate(said) if signal == "beyond"] == [4]


def test_points_that_are_all_alike_have_no_spread_and_no_signal() -> None:
    limits = limits_of([3.0] * 20)
    assert (limits.lower, limits.mean, limits.upper) == (3, 3, 3)
    assert signals([3.0] * 20, limits) == [None] * 20


def test_one_point_has_no_limits() -> None:
    with pytest.raises(ValueError, match="Two points"):
        limits_of([1])


def test_seven_on_one_side_are_a_shift_and_six_are_not() -> None:
    assert signals([1] * 7, FLAT) == ["shift"] * 7
    assert signals([1] * 6 + [-1], FLAT) == [None] * 7


def test_a_point_on_the_mean_ends_a_run() -> None:
    assert signals([1, 1, 1, 0, 1, 1, 1, 1], FLAT) == [None] * 8


def test_two_of_three_in_the_outer_third_are_near() -> None:
    assert signals([2.5, 0.5, 2.5, -1], FLAT) == ["near", None, "near", None]


def test_two_of_three_with_the_third_on_the_other_side_are_not() -> None:
    assert signals([2.5, -0.5, 2.5], FLAT) == [None] * 3


def test_below_counts_as_above_does() -> None:
    assert signals([-2.5, -2.5, -0.1], FLAT) == ["near", "near", None]
    assert signals([-4], FLAT) == ["beyond"]


def test_the_outer_third_begins_at_two_thirds_of_the_way() -> None:
    limits = limits_of([2, 4, 1, 5, 3, 6])
    assert limits.near_upper == pytest.approx(fmean([2, 4, 1, 5, 3, 6]) + 2 / 3 * (limits.upper - limits.mean))
    assert limits.near_lower < limits.mean < limits.near_upper
