"""How long children waited, by month: which figures may be told to programs that may not know who they were."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.patterns.connections.wait_store import months_over
from kiosk.patterns.connections.waits import WaitFigures, wait_figures


@dataclass(frozen=True)
class Request:
    """What one child waited."""

    pupil_id: int
    to_seen: timedelta | None
    to_met: timedelta | None
    met_same_day: bool


def request(child: int, seen: int | None = 2, met: int | None = 5, same_day: bool = True) -> Request:
    """A request with its waits in minutes."""
    return Request(
        child,
        None if seen is None else timedelta(minutes=seen),
        None if met is None else timedelta(minutes=met),
        met is not None and same_day,
    )


def told(asked: Sequence[Request]) -> WaitFigures:
    """The figures of a month that has some."""
    figures = wait_figures(asked)
    assert figures is not None
    return figures


def test_fifteen_requests_of_one_child_are_one_child() -> None:
    assert wait_figures([request(1)] * 15) is None
    assert wait_figures([request(child) for child in (1, 2, 3, 4)] * 4) is None


def test_five_children_who_waited_alike_are_told_of() -> None:
    assert told([request(child) for child in range(5)]) == WaitFigures(5, 5, 120, 120, 300, 300)


def test_who_was_not_met_the_same_day_is_nobody_or_five_children() -> None:
    met = [request(child) for child in range(9)]
    for late in range(1, 5):
        assert told([*met, *(request(20 + child, same_day=False) for child in range(late))]).met_same_day is None
    assert told([*met, *(request(20 + child, same_day=False) for child in range(5))]).met_same_day == 9


def test_one_child_who_is_never_met_on_the_day_is_one_child_however_often() -> None:
    met = [request(child) for child in range(9)]
    assert told([*met, *[request(20, same_day=False)] * 12]).met_same_day is None


def test_few_children_who_were_met_on_the_day_are_not_told_of() -> None:
    late = [request(child, same_day=False) for child in range(9)]
    assert told([*late, request(20), request(21)]).met_same_day is None
    assert told(late).met_same_day == 0


def test_the_longest_wait_of_one_child_is_no_ninetieth_percentile() -> None:
    """Of twenty waits it would be the eighteenth: two children waited longer."""
    asked = [request(child, seen=child) for child in range(1, 21)]
    assert (told(asked).seen_median, told(asked).seen_ninetieth) == (630, None)
    many = [request(child, seen=child) for child in range(1, 61)]
    assert told(many).seen_ninetieth == 54 * 60


def test_a_middle_is_rounded_down_and_a_percentile_up_to_the_second_so_that_both_come_to_the_same_minute() -> None:
    asked = [
        Request(child, timedelta(minutes=2, seconds=29.6), timedelta(minutes=8, seconds=0.2), met_same_day=True)
        for child in range(10)
    ]
    figures = told(asked)
    assert (figures.seen_median, figures.seen_ninetieth) == (149, 150)
    assert (figures.met_median, figures.met_ninetieth) == (480, 481)


def test_the_middle_of_five_different_waits_is_the_wait_of_one_child() -> None:
    figures = told([request(child, seen=child) for child in range(1, 6)])
    assert (figures.seen_median, figures.seen_ninetieth) == (None, None)


def test_children_who_were_never_seen_are_in_no_time() -> None:
    asked = [request(child, seen=None, met=None) for child in range(6)]
    assert told(asked) == WaitFigures(6, 0, None, None, None, None)


requests = st.lists(
    st.builds(
        request,
        st.integers(1, 12),
        st.none() | st.integers(0, 30),
        st.none() | st.integers(0, 60),
        st.booleans(),
    ),
    max_size=60,
)


@given(requests)
def test_whatever_is_told_is_about_five_children_and_leaves_none_or_five(asked: list[Request]) -> None:
    figures = wait_figures(asked)
    if figures is None:
        assert len({one.pupil_id for one in asked}) < 5
        return
    assert children(asked) >= 5
    if figures.met_same_day is not None:
        for part in (True, False):
            assert children(one for one in asked if one.met_same_day is part) not in (1, 2, 3, 4)
    for value, name in (
        (figures.seen_median, "to_seen"),
        (figures.seen_ninetieth, "to_seen"),
        (figures.met_median, "to_met"),
        (figures.met_ninetieth, "to_met"),
    ):
        if value is not None:
            waited = [(one.pupil_id, getattr(one, name)) for one in asked if getattr(one, name) is not None]
            limit = timedelta(seconds=value)
            assert len({child for child, length in waited if length <= limit}) >= 5
            assert len({child for child, length in waited if length >= limit}) >= 5


def children(asked: Iterable[Request]) -> int:
    """How many different ones."""
    return len({one.pupil_id for one in asked})


@pytest.mark.parametrize(
    ("today", "newest"),
    [
        (date(2026, 12, 7), date(2026, 10, 1)),
        (date(2026, 12, 8), date(2026, 11, 1)),
        (date(2027, 1, 7), date(2026, 11, 1)),
        (date(2027, 1, 31), date(2026, 12, 1)),
    ],
)
def test_a_month_is_told_when_it_has_been_over_for_a_week(today: date, newest: date) -> None:
    months = months_over(today)
    assert (len(months), months[-1], months[0]) == (12, newest, first_of_eleven_before(newest))


def first_of_eleven_before(month: date) -> date:
    """The month eleven months before."""
    at = month.year * 12 + month.month - 1 - 11
    return date(at // 12, at % 12 + 1, 1)
