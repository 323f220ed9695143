"""Medians and the middle half of answers, against the standard library."""

from __future__ import annotations

from math import ceil
from statistics import median_high, median_low, quantiles

from hypothesis import given
from hypothesis import strategies as st

from kiosk.feelings.rules import CALM_IS_1, CALM_IS_5
from kiosk.patterns.figures.spread import Spread, counts_of, spread_of
from kiosk.patterns.words import half_words, median_words

answers = st.lists(st.integers(1, 5), min_size=1, max_size=60)


def of(given_answers: list[int]) -> Spread:
    spread = spread_of(counts_of(given_answers))
    assert spread is not None
    return spread


@given(answers)
def test_the_median_is_that_of_the_statistics_module(given_answers: list[int]) -> None:
    spread = of(given_answers)
    assert (spread.median_low, spread.median_high) == (median_low(given_answers), median_high(given_answers))


@given(answers)
def test_the_middle_half_begins_and_ends_at_the_quartiles(given_answers: list[int]) -> None:
    spread, ordered, number = of(given_answers), sorted(given_answers), len(given_answers)
    assert spread.from_ == ordered[ceil(number / 4) - 1]
    assert spread.to == ordered[ceil(3 * number / 4) - 1]
    assert 2 * spread.inside >= number


@given(st.integers(1, 14).flatmap(lambda k: st.lists(st.integers(1, 5), min_size=4 * k + 1, max_size=4 * k + 1)))
def test_where_no_quartile_falls_between_two_answers_it_is_that_of_the_statistics_module(
    given_answers: list[int],
) -> None:
    low, _middle, high = quantiles(given_answers, n=4, method="inclusive")
    assert (of(given_answers).from_, of(given_answers).to) == (low, high)


def test_nobody_answered() -> None:
    assert spread_of(counts_of([])) is None


def test_it_is_told_in_steps_and_counts() -> None:
    spread = of([1, 1, 1, 2, 2, 3, 3, 5])
    assert median_words(spread, CALM_IS_1) == "2"
    assert half_words(spread, CALM_IS_1) == "1 to 3 (7 of 8 answers)"
    assert half_words(spread, CALM_IS_5) == "3 to 5 (7 of 8 answers)"


def test_between_two_steps_there_is_no_half() -> None:
    assert median_words(of([2, 2, 3, 3]), CALM_IS_1) == "between 2 and 3"
    assert median_words(of([2, 2, 3, 3]), CALM_IS_5) == "between 3 and 4"
    assert half_words(of([4, 4]), CALM_IS_1) == "4 (2 of 2 answers)"
