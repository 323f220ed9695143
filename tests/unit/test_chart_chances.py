"""How often a chart marks something although nothing changes: pages say what the simulation finds."""

from __future__ import annotations

import pytest

from kiosk.patterns.different.report import charts_report
from kiosk.patterns.figures.chance import (
    ANSWERS,
    HARD,
    MARKED,
    POINTS,
    _chances,
    charts_unchanged,
    of_100_charts,
)
from kiosk.patterns.figures.xmr import ENOUGH_ANSWERS, ENOUGH_HARD, LEAST_DAYS, LEAST_WEEKS, MOST_DAYS

Patch = pytest.MonkeyPatch


def test_every_chart_with_limits_is_among_those_simulated() -> None:
    assert (POINTS[0], HARD * ANSWERS[0]) == (LEAST_WEEKS, ENOUGH_HARD)
    assert ENOUGH_ANSWERS in ANSWERS
    assert LEAST_DAYS in POINTS
    assert POINTS[-1] == MOST_DAYS
    assert list(MARKED) == list(POINTS)
    assert {len(marked) for marked in MARKED.values()} == {len(ANSWERS)}


def test_the_chances_of_so_many_hard_answers_are_chances() -> None:
    for answers in ANSWERS:
        chances = _chances(answers)
        assert sum(chances) == pytest.approx(1)
        assert sum(hard * chance for hard, chance in enumerate(chances)) == pytest.approx(0.05 * answers)


@pytest.mark.parametrize("points", [12, 20, 55])
def test_the_figures_that_pages_show_are_those_of_the_simulation(points: int) -> None:
    """Computed anew with fewer charts, so only roughly; ``kiosk patterns-report`` prints them exactly."""
    again = [100 * charts_unchanged(points, answers, 500).marked for answers in ANSWERS]
    assert again == pytest.approx(MARKED[points], abs=6)


def test_a_class_day_by_day_would_nearly_always_have_something_marked() -> None:
    """Why a class is drawn by weeks: 22 answers a day, twelve weeks; beside them twelve weeks of 110 answers."""
    by_day, by_week = charts_unchanged(55, 22, 500), charts_unchanged(12, 110, 500)
    assert by_day.marked > 0.75
    assert by_day.beyond > 0.45
    assert by_week.marked < 0.15


def test_a_chart_between_two_of_the_table_is_told_the_larger_chance() -> None:
    assert of_100_charts(11, 110, 5) == MARKED[12][3]
    assert of_100_charts(13, 99.5, 5) == MARKED[20][2]
    assert of_100_charts(58, 260, 5) == MARKED[65][4]
    assert of_100_charts(10, 5000, 5) == MARKED[10][5]


@pytest.mark.parametrize(("hard", "answers"), [(1, 100), (2, 50), (2, 100), (3, 100), (10, 50)])
def test_what_counts_is_how_many_of_the_answers_are_hard(hard: int, answers: int, monkeypatch: Patch) -> None:
    """A calm class: chance marks a week of it two and three times as often as one with 5 in 100."""
    monkeypatch.setattr("kiosk.patterns.figures.chance.HARD", hard / 100)
    again = 100 * charts_unchanged(12, answers, 1000).marked
    monkeypatch.undo()
    assert again - 3 <= of_100_charts(12, answers, hard) <= again + 10


def test_the_same_seed_draws_the_same_charts() -> None:
    assert charts_unchanged(20, 100, 50) == charts_unchanged(20, 100, 50)


def test_the_report_has_a_line_for_each_length() -> None:
    lines: list[str] = []
    drawn = charts_report(lines.append, lambda _name, _done: None, charts=3)
    assert len(drawn) == len(POINTS) * len(ANSWERS)
    assert [line.split()[0] for line in lines if " points " in line] == list(map(str, POINTS))
