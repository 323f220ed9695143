"""The simulation behind the method's page: seeded, and near the figures for which the method was chosen."""

from __future__ import annotations

from itertools import pairwise
from random import Random
from statistics import fmean

import pytest
from click.testing import CliRunner

from kiosk.cli import kiosk
from kiosk.patterns.different import report
from kiosk.patterns.different.simulation import (
    KINDS,
    MISSED,
    SCHOOL,
    _answers,
    entries_a_week,
    half_hard,
    share_found,
)

CALM = "mostly calm"


def test_the_same_seed_lives_the_same_school() -> None:
    once, again = (entries_a_week(CALM, 0.2, 2) for _ in range(2))
    assert once == again
    assert share_found(CALM, 0.0, 50, seed=1) == share_found(CALM, 0.0, 50, seed=1)


def test_the_chances_are_chances_and_the_harder_ones_half_hard() -> None:
    for chances in (*KINDS.values(), SCHOOL):
        assert sum(chances) == pytest.approx(1)
        assert sum(half_hard(chances)[3:]) == pytest.approx(0.5)
        assert sum(half_hard(chances)) == pytest.approx(1)


def test_made_up_children_answer_by_their_chances_and_miss_as_often_as_said() -> None:
    days = list(_answers(Random(1), KINDS[CALM], 0.4, 40_000))
    given = [day for day in days if day is not None]
    assert 1 - len(given) / len(days) == pytest.approx(MISSED, abs=0.01)
    for intensity, chance in enumerate(KINDS[CALM], 1):
        assert given.count(intensity) / len(given) == pytest.approx(chance, abs=0.015)


def test_a_feeling_that_stays_makes_todays_answer_like_yesterdays() -> None:
    def alike(correlation: float) -> float:
        days = list(_answers(Random(2), KINDS["always mixed"], correlation, 20_000))
        return fmean(a == b for a, b in pairwise(days) if a and b)

    assert alike(0.0) < alike(0.2) < alike(0.4)


@pytest.mark.parametrize(("kind", "five", "ten"), [(CALM, 0.21, 0.47), ("nearly always 1", 0.35, 0.72)])
def test_how_many_are_found_is_what_the_method_was_chosen_for(kind: str, five: float, ten: float) -> None:
    found = share_found(kind, 0.0, 2_500).after_days
    assert found[5] == pytest.approx(five, rel=0.15)
    assert found[10] == pytest.approx(ten, rel=0.15)


def test_few_of_the_always_mixed_are_found_and_the_page_must_say_so() -> None:
    found = share_found("always mixed", 0.0, 1_000).after_days
    assert found[5] < 0.15
    assert found[10] < 0.35


def test_with_nothing_changing_the_list_is_short_and_longer_where_feelings_stay() -> None:
    lengths = [entries_a_week(CALM, correlation, 30).entries_a_week for correlation in (0.0, 0.2, 0.4)]
    assert lengths == sorted(lengths)
    assert lengths[1] == pytest.approx(2, rel=0.5)
    assert lengths[2] < 10


def test_fewer_stand_among_the_calmer_for_nothing() -> None:
    """Whoever is mostly calm cannot become much calmer; the page says so, with figures."""
    one = entries_a_week("always mixed", 0.2, 30)
    assert 0 < one.calmer_a_week < one.entries_a_week


def test_the_command_prints_every_kind_and_nothing_but_lines() -> None:
    ran = CliRunner().invoke(kiosk, ["patterns-report", "--weeks", "1", "--children", "20", "--charts", "5"])
    assert ran.exit_code == 0, ran.output
    assert all(kind in ran.output for kind in KINDS)
    assert "correlation 0.4" in ran.output
    assert "of 1000 answers" in ran.output
    assert "\r" not in ran.output


def test_progress_is_told() -> None:
    heard: list[tuple[str, float]] = []
    report.patterns_report(lambda _: None, lambda name, done: heard.append((name, done)), weeks=1, children=3)
    assert heard[0][0] == f"{CALM}, correlation 0.0"
    assert heard[-1] == ("always mixed, changing", 1.0)
