"""The lists of real series: what a file says, what the lists name in it, and what they name by chance."""

from __future__ import annotations

import re
from pathlib import Path
from random import Random

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from kiosk.cli import kiosk
from kiosk.patterns.different.series import Columns, SeriesRefused, _shuffled, lists_of_series, read_series
from kiosk.patterns.different.usual import Day
from kiosk.refusal import Refusal

CALM: list[Day] = [1, 2, 1, 1, 2, 1, 1, 2, 1, 1] * 4
"""Forty days."""
TWO_DAYS = [
    "person,day,intensity",
    "Ann,2026-11-19T08:00,1",
    "Ann,2026-11-19T14:00,4.0",
    "Ben,2026-11-20T23:30:00+09:00,3",
    "Ann,2026-11-20,",
]


class TestFile:
    def test_a_day_is_its_hardest_answer_and_a_day_without_one_is_missing(self) -> None:
        assert read_series(TWO_DAYS, Columns(), by_day=True) == {"Ann": [4, None], "Ben": [None, 3]}

    def test_each_row_can_be_a_day_of_its_own_in_order_of_time(self) -> None:
        head, *rows = TWO_DAYS
        assert read_series([head, *rows[::-1]], Columns(), by_day=False) == {"Ann": [1, 4, None], "Ben": [3]}

    def test_it_can_count_the_other_way(self) -> None:
        assert read_series(TWO_DAYS, Columns(), by_day=True, calm_is_5=True) == {
            "Ann": [5, None],
            "Ben": [None, 3],
        }

    def test_its_columns_can_have_other_names(self) -> None:
        lines = ["who,at,score,more", "P1,2020-03-16 12:00:00,2.0,x"]
        assert read_series(lines, Columns("who", "at", "score"), by_day=True) == {"P1": [2]}

    @pytest.mark.parametrize(
        ("lines", "says"),
        [
            (["person,day", "Ann,2026-11-19"], "There is no column 'intensity' in this file."),
            (["person,day,intensity"], "There is no answer in this file."),
            ([], "There is no column"),
            (["person,day,intensity", "Ann,2026-11-19,6"], "Line 2 needs a date"),
            (["person,day,intensity", "Ann,2026-11-19,2.5"], "Line 2 needs a date"),
            (["person,day,intensity", "Ann,2026-11-19,nan"], "Line 2 needs a date"),
            (["person,day,intensity", "Ann,2026-11-19,1", "Ann,yesterday,1"], "Line 3 needs a date"),
            (["person,day,intensity", "Ann"], "Line 2 needs a date"),
        ],
    )
    def test_what_is_no_series_is_refused_in_a_sentence(self, lines: list[str], says: str) -> None:
        with pytest.raises(SeriesRefused, match=says.replace("(", r"\(")):
            read_series(lines, Columns(), by_day=False)


class TestLists:
    def test_whoever_changes_is_named_in_the_weeks_of_it_and_nobody_else(self) -> None:
        found = lists_of_series(
            {"same": [*CALM, *CALM[:10]], "also": CALM + CALM[5:15], "moved": [*CALM, *([4, 5] * 5)]}
        )
        assert (found.people, found.days, found.answered, found.compared) == (3, 50, 1.0, 3)
        assert found.weeks == 8, "from the day on which there are five before the last ten"
        assert (found.harder.lengths, found.harder.ever) == ((0, 0, 0, 0, 0, 0, 1, 1), 1)
        assert (found.calmer.lengths, found.calmer.ever) == ((0,) * 8, 0)
        assert found.of_400(found.harder) == pytest.approx(400 * 2 / 24)

    def test_the_calmer_are_the_same_turned_round(self) -> None:
        moved: list[Day] = [*CALM, *([4, 5] * 5)]
        found = lists_of_series({"moved": [None if day is None else 6 - day for day in moved]})
        assert found.calmer.lengths == lists_of_series({"moved": moved}).harder.lengths
        assert found.harder.ever == 0

    def test_in_any_order_hardly_anything_is_named(self) -> None:
        moved: list[Day] = [*CALM, *([4, 5] * 5)]
        found = lists_of_series({str(number): moved for number in range(12)})
        assert found.harder.a_week == pytest.approx(3)
        assert found.harder_shuffled.a_week < 0.5
        assert (
            found.harder_shuffled == lists_of_series({str(number): moved for number in range(12)}).harder_shuffled
        )

    @given(st.lists(st.one_of(st.none(), st.integers(1, 5))))
    def test_shuffling_keeps_the_answers_and_the_days_without_one(self, days: list[Day]) -> None:
        shuffled = _shuffled(Random(1), days)
        assert [day is None for day in shuffled] == [day is None for day in days]
        assert sorted(day or 0 for day in shuffled) == sorted(day or 0 for day in days)

    def test_a_series_that_is_too_short_is_refused(self) -> None:
        with pytest.raises(Refusal, match="too short"):
            lists_of_series({"Ann": [1] * 14})

    def test_how_alike_days_are_needs_answers_that_differ(self) -> None:
        assert lists_of_series({"Ann": [1] * 50}).alike is None
        turns = lists_of_series({"Ann": [1, 5] * 25}).alike
        assert turns == pytest.approx(-1)


class TestCommand:
    @pytest.fixture
    def file(self, tmp_path: Path) -> Path:
        """Six people of eleven weeks; two of them say 4 and 5 in the last."""
        rng = Random(7)
        rows = ["who,when,score"]
        for number in range(6):
            for day in range(55):
                hard = number < 2 and day >= 50
                score = rng.choice([4, 5] if hard else [1, 1, 2]) if rng.random() > 0.1 else ""
                rows.append(f"P{number},2026-{1 + day // 28:02}-{1 + day % 28:02},{score}")
        file = tmp_path / "series.csv"
        file.write_text("\n".join(rows), "utf-8")
        return file

    def ask(self, *words: str) -> tuple[int, str]:
        ran = CliRunner().invoke(kiosk, ["patterns-report", *words])
        return ran.exit_code, ran.output if ran.exception is None else str(ran.exception)

    def test_it_prints_the_length_of_each_week_and_what_chance_would_name(self, file: Path) -> None:
        status, said = self.ask("--series", str(file), "--person", "who", "--day", "when", "--intensity", "score")
        assert status == 0, said
        assert "6 people, up to 55 days" in said
        assert "week by week, harder: 0 0 0 0 0 0 0 0 2" in said
        assert re.search(r"people ever on it +33% +0%", said)
        assert "in any order (20 times)" in said
        assert "all mostly calm, calmer" in said

    def test_a_file_that_is_none_is_refused(self, file: Path, tmp_path: Path) -> None:
        assert "There is no column 'day'" in self.ask("--series", str(file), "--person", "who")[1]
        assert "cannot be read as a CSV file" in self.ask("--series", str(tmp_path / "nowhere.csv"))[1]
        file.write_bytes(b"\xff\xfe\x00")
        assert "cannot be read as a CSV file" in self.ask("--series", str(file))[1]
