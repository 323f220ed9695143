"""Which hours of the week stand out as hard: those that chance does not explain, and no others."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from statistics import NormalDist

import pytest

from kiosk.patterns.school.groups import Figures
from kiosk.patterns.school.heat import Cell, Counts, Heat, heat_of, least_difference, wilson
from kiosk.patterns.school.words import few_answers, heat_finding, hour_words
from kiosk.web.patterns.pictures import heat_key, heat_tone

MONDAY = date(2026, 9, 7)
Z95 = NormalDist().inv_cdf(0.975)


def answers(number: int, hard: int) -> Counts:
    """So many answers, so many of them hard."""
    return (number - hard, 0, 0, hard, 0)


def heat(cells: dict[Cell, Counts]) -> Heat:
    """A map of some hours."""
    return Heat(
        tuple(sorted({hour for _weekday, hour in cells})), tuple(sorted({weekday for weekday, _ in cells})), cells
    )


def mornings(*hard: int, of: int = 200) -> dict[Cell, Counts]:
    """The hour from nine to ten of each weekday."""
    return {(weekday, 9): answers(of, number) for weekday, number in enumerate(hard)}


class TestIntervals:
    def test_wilsons_interval_is_that_of_the_textbook(self) -> None:
        """81 of 263 is Newcombe's own example (Statistics in Medicine 17, 1998, p. 857)."""
        assert wilson(81, 263, Z95) == pytest.approx((0.2553, 0.3662), abs=5e-5)
        assert wilson(0, 20, Z95)[0] == pytest.approx(0)

    def test_newcombes_interval_of_a_difference_is_that_of_his_table(self) -> None:
        """56 of 70 beside 48 of 80: 0.0524 to 0.3339 (p. 873, method 10)."""
        assert least_difference(56, 70, 48, 80, Z95) == pytest.approx(0.0524, abs=5e-5)


class TestHardHours:
    def test_days_of_the_same_weekday_and_hour_are_added(self) -> None:
        week = timedelta(days=7)
        found = heat_of(
            Figures(
                {
                    (MONDAY, 9): answers(20, 2),
                    (MONDAY + week, 9): answers(20, 8),
                    (MONDAY + timedelta(days=1), 13): answers(30, 0),
                }
            )
        )
        assert found.cells == {(0, 9): answers(40, 10), (1, 13): answers(30, 0)}
        assert (found.weekdays, found.hours) == ((0, 1), (9, 13))

    def test_two_in_a_hundred_on_monday_and_on_thursday_is_no_hard_hour(self) -> None:
        """The finding that began this rule: a tie that went to the earliest."""
        calm = heat(mornings(5, 3, 2, 5, 5, of=230))
        assert calm.hard_hours == ()
        assert heat_finding("Apple", calm, "4 or 5") == (
            "No hour of the week stands out: 2 % of 1150 answers were 4 or 5."
        )

    def test_an_hour_that_stands_out_is_named_beside_the_others(self) -> None:
        assert heat_finding("Oak", heat(mornings(60, 12, 10, 9, 9)), "4 or 5") == (
            "The hard hour of the week is Monday 9 to 10: 30 % of 200 answers were 4 or 5, in the other hours 5 %."
        )

    def test_hours_that_tie_are_named_together(self) -> None:
        two = heat(mornings(10, 60, 10, 60, 10))
        assert two.hard_hours == ((1, 9), (3, 9))
        assert heat_finding("Oak", two, "4 or 5") == (
            "The hard hours of the week are Tuesday 9 to 10 and Thursday 9 to 10: "
            "30 % of 400 answers were 4 or 5, in the other hours 5 %."
        )

    def test_of_many_the_hardest_are_named(self) -> None:
        cells = {(weekday, 8): answers(400, 4) for weekday in range(5)}
        cells |= {(weekday, 13): answers(400, 160 - weekday) for weekday in range(5)}
        assert heat_finding("Oak", heat(cells), "4 or 5") == (
            "5 hours of the week stand out as hard, "
            "most of all Monday 1 to 2, Tuesday 1 to 2 and Wednesday 1 to 2: "
            "40 % of 2000 answers were 4 or 5, in the other hours 1 %."
        )

    def test_a_difference_that_is_not_worth_a_sentence_is_none_however_many_answered(self) -> None:
        assert heat(mornings(13_000, 10_000, 10_000, 10_000, 10_000, of=1_000_000)).hard_hours == ()

    def test_chance_alone_names_an_hour_in_few_schools(self) -> None:
        """Of 400 made-up schools in which every hour is alike, at most one in twenty has an hour named."""
        rng = Random("every hour alike")
        named = 0
        for _ in range(400):
            cells = {
                (weekday, hour): answers(150, sum(rng.random() < 0.08 for _ in range(150)))
                for weekday in range(5)
                for hour in (8, 9, 13)
            }
            named += bool(heat(cells).hard_hours)
        assert named <= 20


class TestFewAnswers:
    def test_an_hour_with_few_answers_is_not_judged_and_it_is_said(self) -> None:
        found = heat(mornings(10, 10) | {(2, 9): answers(29, 29), (3, 9): answers(30, 0)})
        assert found.hard_hours == ()
        assert sorted(found.judged) == [(0, 9), (1, 9), (3, 9)]
        assert few_answers(found) == (
            "1 striped hour has fewer than 30 answers: it is not judged, and not in the sentence above."
        )
        assert few_answers(heat(mornings(1, 1))) is None

    def test_no_hour_with_answers_enough_makes_no_sentence(self) -> None:
        few = heat({(0, 9): answers(20, 19)})
        assert few.hard_hours == ()
        assert "too few answers of Oak" in heat_finding("Oak", few, "4 or 5")

    def test_one_hour_alone_has_nothing_to_stand_out_from(self) -> None:
        assert heat({(0, 9): answers(40, 40)}).hard_hours == ()

    def test_striped_hours_are_not_in_the_sentence_and_it_says_so(self) -> None:
        """ "3 % of 1063 answers" stood under a map whose striped hours held 20 and 25 %."""
        found = heat(mornings(5, 3, 2, 5, 5, of=230) | {(0, 13): answers(20, 5)})
        assert heat_finding("Apple", found, "4 or 5") == (
            "No hour of the week stands out: 2 % of 1150 answers in hours that are not striped were 4 or 5."
        )

    def test_a_colour_says_the_same_on_every_map(self) -> None:
        assert [heat_tone(share) for share in (0, 4.4, 4.6, 9.4, 10, 14.6, 24, 25, 100)] == [
            1, 1, 2, 2, 3, 4, 4, 5, 5,
        ]  # fmt: skip

    def test_the_key_says_each_colour(self) -> None:
        assert heat_key() == [
            (1, "under 5 %"),
            (2, "5 to 9 %"),
            (3, "10 to 14 %"),
            (4, "15 to 24 %"),
            (5, "25 % and more"),
        ]

    def test_nothing_at_all(self) -> None:
        empty = Heat((), (), {})
        assert (empty.hard_hours, few_answers(empty)) == ((), None)


def test_hours_by_the_clock_on_the_wall() -> None:
    assert [hour_words(hour) for hour in (8, 11, 12, 13, 0, 23)] == [
        "8 to 9",
        "11 to 12",
        "12 to 1",
        "1 to 2",
        "12 to 1",
        "11 to 12",
    ]
