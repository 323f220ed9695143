"""What the picture of a child's answers says first: whether hard days became more or fewer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import product
from math import comb

import pytest

from kiosk.patterns.child.over_time import Answer, ChildOverTime, child_over_time
from kiosk.patterns.child.turn import Turn, chance_of, turn_of
from kiosk.patterns.child.words import finding
from kiosk.patterns.figures.periods import Period

DAYS = [date(2026, 9, 7) + timedelta(days=at + 2 * (at // 5)) for at in range(30)]
SINCE = DAYS[20]


def answers_of(intensities: Sequence[int | None]) -> list[Answer]:
    """One answer of each school day, none where there is nothing."""
    return [
        Answer(number, day, each, each, "", datetime(day.year, day.month, day.day, 9, tzinfo=UTC))
        for number, (day, each) in enumerate(zip(DAYS, intensities, strict=True))
        if each
    ]


def shown(intensities: Sequence[int | None]) -> ChildOverTime:
    return child_over_time(
        Period("weeks", "the last weeks", DAYS[0], DAYS[-1]),
        DAYS,
        answers=answers_of(intensities),
        talks=[],
        cards=[],
        year=[],
        halves=[],
        year_counts={},
    )


def test_the_last_third_is_beside_the_rest() -> None:
    assert turn_of(DAYS, answers_of([1] * 19 + [5] + [4] * 5 + [1] * 5)) == Turn(SINCE, 1, 20, 5, 10, "harder")


@pytest.mark.parametrize(
    ("intensities", "says"),
    [
        ([1] * 20 + [4] * 4 + [1] * 6, "harder"),
        ([4, 5] * 10 + [1] * 10, "calmer"),
        ([1, 4] * 15, "alike"),
        ([1] * 20 + [5] + [3] * 9, "alike"),
    ],
)
def test_a_change_is_told_only_where_chance_hardly_makes_it(intensities: list[int], says: str) -> None:
    turn = turn_of(DAYS, answers_of(intensities))
    assert turn
    assert turn.says == says


def test_a_day_counts_once_by_its_hardest_answer_however_often_the_child_answered() -> None:
    """Four taps on one upset morning are one hard day: the sentence would else be about a thumb."""
    calm = answers_of([1] * 30)
    upset = [Answer(number, DAYS[25], 5, 5, "", calm[25].at + timedelta(minutes=number)) for number in range(4)]
    assert turn_of(DAYS, [*calm, *upset]) == Turn(SINCE, 0, 20, 1, 10, "alike")


def test_fewer_than_five_days_with_an_answer_on_a_side_are_no_side() -> None:
    assert turn_of(DAYS, answers_of([1] * 20 + [5] * 4 + [None] * 6) * 2) is None
    assert turn_of(DAYS, answers_of([1] * 20 + [5] * 4 + [None] * 6)) is None
    assert turn_of(DAYS, answers_of([None] * 16 + [5] * 4 + [1] * 10)) is None
    assert turn_of([], []) is None


def test_chance_is_counted_as_every_way_of_dealing_the_answers_out() -> None:
    for answers, others in product((5, 8, 21), (5, 13)):
        for hard, others_hard in product(range(answers + 1), range(others + 1)):
            all_hard, every = hard + others_hard, answers + others
            ways = sum(
                comb(all_hard, more) * comb(every - all_hard, answers - more)
                for more in range(hard, min(all_hard, answers) + 1)
            )
            assert chance_of(hard, answers, others_hard, others) == pytest.approx(ways / comb(every, answers))


def test_the_finding_stands_before_the_counts() -> None:
    assert finding("Amir", shown([1] * 20 + [4] * 4 + [1] * 6), "calm_is_1") == (
        "Harder since 5 October: 4 or 5 on 4 of 10 days with an answer, earlier on 0 of 20. "
        "Amir answered on 30 of 30 school days; 4 of 30 answers were 4 or 5."
    )
    assert finding("Amir", shown([5] * 20 + [1] * 10), "calm_is_5").startswith(
        "Calmer since 5 October: 1 or 2 on 0 of 10 days with an answer, earlier on 20 of 20. Amir answered"
    )
    assert finding("Amir", shown([1, 4] * 15), "calm_is_1").startswith(
        "No clear change: since 5 October 4 or 5 on 5 of 10 days with an answer, earlier on 10 of 20. Amir"
    )


def test_without_a_hard_answer_or_with_few_there_is_no_change_to_tell() -> None:
    assert finding("Amir", shown([2] * 30), "calm_is_1").startswith("No answer was 4 or 5. Amir answered")
    assert finding("Amir", shown([5] * 4 + [None] * 26), "calm_is_1").startswith(
        "Too few answers to see a change. Amir answered on 4 of 30 school days;"
    )
    assert finding("Amir", shown([None] * 30), "calm_is_1") == "Amir answered on 0 of 30 school days."
