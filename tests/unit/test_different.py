"""Different from usual: the list of the week, its strength and its sentences."""

from __future__ import annotations

from dataclasses import replace
from math import exp, log

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.feelings.rules import CALM_IS_1, CALM_IS_5
from kiosk.patterns.different.method import ENTRIES_A_WEEK
from kiosk.patterns.different.simulation import PUPILS
from kiosk.patterns.different.usual import (
    AT_MOST,
    MOVES,
    ON_THE_LIST,
    Day,
    Different,
    calmer_list_of,
    list_of,
    look_at,
    strength_of,
)
from kiosk.patterns.different.words import chance_words, different_words
from kiosk.patterns.words import calm_steps_words, steps_words

SCHOOL = (0.6, 0.25, 0.1, 0.04, 0.01)
CALM: list[Day] = [1, 2, 1, 1, 2, 1, 1, 3, 2, 1] * 4
"""Forty school days: hard on none."""
CALMER = "On each of the last ten school days the hardest answer was {}; usually on none of 40 days."
ONE_IN_TEN: list[Day] = [1, 2, 1, 1, 2, 1, 1, 4, 2, 1] * 4


def found(days: list[Day]) -> Different:
    one = look_at(7, days, SCHOOL)
    assert one is not None
    return one


class TestStrength:
    def test_it_is_the_average_likelihood_ratio_of_the_stronger_window(self) -> None:
        before, last = CALM, [1, 1, None, 1, 2, 4, 4, 5, None, 4]
        counts = [8 * share for share in SCHOOL]
        for day in before:
            counts[(day or 0) - 1] += 1
        usual = [count / sum(counts) for count in counts]

        def ratio(window: list[Day]) -> float:
            product_of = []
            for move in MOVES:
                moved = [share * exp(move * (k - 3)) for k, share in enumerate(usual, 1)]
                moved = [share / sum(moved) for share in moved]
                product = 1.0
                for day in window:
                    if day is not None:
                        product *= moved[day - 1] / usual[day - 1]
                product_of.append(product)
            return log(sum(product_of) / len(MOVES))

        assert strength_of([*before, *last], SCHOOL) == pytest.approx(max(ratio(last), ratio(last[-5:])))

    def test_a_calm_child_who_stays_calm_is_not_on_the_list(self) -> None:
        assert look_at(1, CALM + CALM[:10], SCHOOL) is None

    def test_a_child_who_is_often_upset_is_not_different_when_upset(self) -> None:
        usual: list[Day] = [4, 5, 3, 4, 5, 2, 4, 3] * 5
        assert look_at(1, usual + usual[:10], SCHOOL) is None

    def test_getting_calmer_is_not_on_the_list(self) -> None:
        assert look_at(1, [*([4, 5, 3, 4] * 10), *([1] * 10)], SCHOOL) is None

    def test_two_answers_are_too_few_to_say_anything(self) -> None:
        assert look_at(1, [*CALM, *([None] * 8), 5, 5], SCHOOL) is None

    def test_a_child_who_came_lately_is_not_compared_with_the_others(self) -> None:
        """Seen in real series: somebody whose answers were always 4 and 5 is not different from usual."""
        assert look_at(1, [5, 4, 5, 5, *([4, 5] * 5)], SCHOOL) is None
        assert look_at(1, [1, 1, 1, 1, *([4, 5] * 5)], SCHOOL) is None
        assert look_at(1, [1, 1, 1, 1, 1, *([4, 5] * 5)], SCHOOL) is not None

    def test_a_child_nobody_heard_from_is_not_on_it(self) -> None:
        assert strength_of([None] * 50, SCHOOL) == float("-inf")

    def test_days_before_the_fifty_do_not_count(self) -> None:
        last: list[Day] = [4, 5, 4, 4, 5]
        days = CALM + CALM[:5] + last
        assert strength_of([5] * 30 + days, SCHOOL) == strength_of(days, SCHOOL)

    def test_a_step_that_nobody_ever_chose_is_no_trouble(self) -> None:
        assert strength_of([1] * 40 + [5] * 10, (1.0, 0, 0, 0, 0)) > ON_THE_LIST

    @given(st.lists(st.one_of(st.none(), st.integers(1, 5)), max_size=60), st.integers(0, 9))
    def test_a_harder_answer_never_makes_it_weaker(self, days: list[Day], at: int) -> None:
        at = len(days) - 1 - at
        if at < 0 or days[at] in (None, 5):
            return
        harder = [*days]
        harder[at] = (days[at] or 0) + 1
        assert strength_of(harder, SCHOOL) >= strength_of(days, SCHOOL) - 1e-9


class TestList:
    def test_it_is_short_and_the_strongest_come_first(self) -> None:
        moved = [(number, [*CALM, *([4, 5] * 5)]) for number in range(10)]
        stronger = (99, [*([1] * 40), *([5] * 10)])
        listed = list_of([*moved, (50, CALM + CALM[:10]), stronger], SCHOOL)
        assert [len(listed.shown), listed.left_out] == [AT_MOST, 3]
        assert [one.pupil_id for one in listed.shown[:3]] == [99, 0, 1]

    def test_it_counts_whom_it_compared_and_nobody_whom_it_could_not(self) -> None:
        silent: list[Day] = [*CALM, *([None] * 8), 5, 5]
        new: list[Day] = [1, 1, 1, 1, *([4, 5] * 5)]
        children = [(1, CALM + CALM[:10]), (2, silent), (3, new), (4, [*CALM, *([4, 5] * 5)])]
        for listed in (list_of(children, SCHOOL), calmer_list_of(children, SCHOOL)):
            assert listed.compared == 2


class TestByChance:
    """How many names stand on a list for nothing grows with the children it compared."""

    @pytest.mark.parametrize(
        ("compared", "words"),
        [
            (400, "Of 400 children compared, about 2 stand here each week by chance alone."),
            (2_000, "Of 2000 children compared, about 10 stand here each week by chance alone."),
            (240, "Of 240 children compared, about one stands here each week by chance alone."),
            (40, "Of 40 children compared, about one stands here every 5 weeks by chance alone."),
            (1, "Of 1 child compared, about one stands here every 200 weeks by chance alone."),
            (0, "No child has answered often enough yet to be compared with themselves."),
            (None, "By chance alone about one in every 200 children compared stands here each week."),
        ],
    )
    def test_by_how_many_were_compared(self, compared: int | None, words: str) -> None:
        assert chance_words(compared, 0) == words

    def test_it_says_when_chance_may_be_all(self) -> None:
        assert "chance may explain them all" in chance_words(2_000, 8)
        assert "chance may explain them all" in chance_words(400, 2)
        for compared, found in ((400, 3), (240, 0), (40, 1), (None, 1)):
            assert "explain" not in chance_words(compared, found)

    def test_its_measure_is_the_simulations(self) -> None:
        assert chance_words(PUPILS, 0).count(f"about {ENTRIES_A_WEEK['mostly calm'][1]:.0f} ") == 1


class TestGoodNews:
    def test_it_is_the_same_list_with_the_scale_turned_round(self) -> None:
        hard: list[Day] = [4, 5, 4, 3, 5, 4, 4, 5, 3, 4] * 4
        harder = list_of([(1, [*CALM, *([4, 5] * 5)])], SCHOOL).shown[0]
        turned: list[Day] = [6 - (day or 0) for day in [*CALM, *([4, 5] * 5)]]
        calmer = calmer_list_of([(1, turned), (2, hard + hard[:10])], SCHOOL[::-1]).shown
        assert [(one.pupil_id, one.strength, one.hard) for one in calmer] == [(1, harder.strength, harder.hard)]

    def test_its_sentence_names_the_calm_steps(self) -> None:
        (one,) = calmer_list_of([(1, [*([4, 5, 4, 3, 5] * 8), *([1, 2] * 5)])], SCHOOL).shown
        assert different_words(one, CALM_IS_1) == CALMER.format("1 or 2")
        assert different_words(one, CALM_IS_5) == CALMER.format("4 or 5")


class TestSentence:
    def test_it_says_the_counts_and_the_usual(self) -> None:
        one = found([*ONE_IN_TEN, 1, 2, 1, 1, 2, 4, 5, 1, 4, 4])
        assert different_words(one, CALM_IS_1) == (
            "On four of the last five school days the hardest answer was 4 or 5; usually on 4 of 40 days."
        )

    def test_a_missing_day_is_said(self) -> None:
        one = found([*CALM, 1, 2, 1, 1, 2, 4, 5, None, 4, 4])
        assert (
            different_words(one, CALM_IS_1)
            == "On each of the four days with an answer among the last five school days the hardest answer was "
            "4 or 5; usually on none of 40 days."
        )

    def test_a_missing_day_and_a_calmer_one_are_said(self) -> None:
        one = found([*CALM, 1, 2, 1, 1, 2, 4, 5, None, 4, 1])
        assert different_words(one, CALM_IS_1).startswith(
            "On three of the four days with an answer among the last five school days the hardest answer was "
        )

    def test_where_five_is_calm_the_steps_are_the_schools_own(self) -> None:
        one = found([*ONE_IN_TEN, 1, 2, 1, 1, 2, 4, 5, 1, 4, 4])
        assert "was 1 or 2; usually" in different_words(one, CALM_IS_5)

    def test_a_child_who_came_lately_is_compared_with_the_school_and_it_says_so(self) -> None:
        one = found([2, 1, 1, 2, 1, 1, *([4] * 10)])
        assert different_words(one, CALM_IS_1).endswith(
            "there are only six earlier days to compare with, in the whole school it is on 5 of 100 days."
        )

    @pytest.mark.parametrize(
        ("number", "of", "words"),
        [
            (0, 38, "none of 38 days"),
            (4, 40, "4 of 40 days"),
            (14, 35, "14 of 35 days"),
            (39, 40, "39 of 40 days"),
            (40, 40, "all 40 days"),
        ],
    )
    def test_the_usual_is_counted_and_not_rounded(self, number: int, of: int, words: str) -> None:
        one = found([*ONE_IN_TEN, 1, 2, 1, 1, 2, 4, 5, 1, 4, 4])
        counted = replace(one, usual_hard=number, usual_answered=of)
        assert different_words(counted, CALM_IS_1).endswith(f"was 4 or 5; usually on {words}.")

    def test_steps(self) -> None:
        assert [steps_words(least, CALM_IS_1) for least in (5, 4, 3)] == ["5", "4 or 5", "3 or harder"]
        assert [steps_words(least, CALM_IS_5) for least in (5, 4, 3, 2)] == [
            "1",
            "1 or 2",
            "3 or harder",
            "4 or harder",
        ]
        assert [calm_steps_words(most, CALM_IS_1) for most in (1, 2, 3)] == ["1", "1 or 2", "3 or calmer"]

    def test_no_range_stands_there_that_was_not_answered(self) -> None:
        """Seen in the demo: 3, 2, 5, 3, 2 was told as "2 to 5"."""
        one = found([*([1] * 40), *([1] * 5), 3, 2, 5, 3, 2])
        assert different_words(one, CALM_IS_1) == (
            "On each of the last five school days the hardest answer was 2 or harder; usually on none of 40 days."
        )

    def test_what_is_hardly_ever_so_in_the_school_is_said_to_be_rare(self) -> None:
        one = found([2, 1, 1, 2, 1, 1, *([5] * 10)])
        rare = replace(one, school_share=0.004)
        assert different_words(rare, CALM_IS_1).endswith("in the whole school it is on fewer than 1 of 100 days.")
