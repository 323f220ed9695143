"""Times as whole minutes: what has passed, a middle, and a percentile that is no shorter than it is."""

from __future__ import annotations

from datetime import timedelta
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from kiosk.patterns.connections.silence import wait_of
from kiosk.patterns.figures.minutes import minutes_about, minutes_passed, minutes_within

lengths = st.timedeltas(timedelta(), timedelta(hours=9))


@given(lengths)
def test_each_is_less_than_a_minute_away_and_leans_its_own_way(length: timedelta) -> None:
    exact = Fraction(length // timedelta(microseconds=1), 60_000_000)
    assert minutes_passed(length) <= exact < minutes_passed(length) + 1
    assert minutes_within(length) - 1 < exact <= minutes_within(length) or length == timedelta()
    assert abs(minutes_about(length) - exact) <= Fraction(1, 2)


@given(st.lists(lengths, min_size=1, max_size=60))
def test_nine_in_ten_did_wait_no_longer_than_is_said(waits: list[timedelta]) -> None:
    wait = wait_of(waits)
    assert wait is not None
    said = timedelta(minutes=minutes_within(wait.ninetieth))
    assert 10 * sum(length <= said for length in waits) >= 9 * len(waits)


def test_a_clock_that_was_set_back_is_no_wait() -> None:
    assert minutes_passed(timedelta(seconds=-90)) == minutes_about(timedelta(seconds=-90)) == 0
    assert minutes_within(timedelta(seconds=-90)) == minutes_within(timedelta()) == 1
