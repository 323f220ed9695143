"""What registers say, as English schools' systems export them, and what is not guessed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from kiosk.people.attendance.codes import UnknownCode, was_here
from kiosk.people.attendance.model import Registers
from kiosk.people.attendance.plan import plan_attendance
from kiosk.people.attendance.reading import read_day, read_registers
from kiosk.people.roster.model import RosterRefused
from tests.rosters import file_with, folder_with

TODAY, OLDEST = date(2026, 11, 20), date(2025, 9, 1)
FRIDAY = "20/11/2026"
Reader = Callable[[str], Registers]


@pytest.fixture
def read(tmp_path: Path) -> Reader:
    return lambda content: read_registers(
        file_with(tmp_path, content, "registers.csv"), today=TODAY, oldest=OLDEST
    )


class TestCodes:
    @pytest.mark.parametrize("mark", ["/", "\\", "L", "l", " U "])
    def test_here(self, mark: str) -> None:
        assert was_here(mark) is True

    @pytest.mark.parametrize("mark", [*"BCDEFGHIJKMNOPQRSTVWXY", "C1", "C2", "J1", "Y1", "Y7"])
    def test_not_here(self, mark: str) -> None:
        assert was_here(mark) is False

    @pytest.mark.parametrize("mark", ["", "-", "#", "Z"])
    def test_says_nothing(self, mark: str) -> None:
        assert was_here(mark) is None

    @pytest.mark.parametrize("mark", ["Present", "A", "Y8", "1", "??"])
    def test_what_is_no_code_is_not_guessed(self, mark: str) -> None:
        with pytest.raises(UnknownCode):
            was_here(mark)


class TestShapes:
    def test_a_day_with_two_marks(self, read: Reader) -> None:
        (row,) = read(f"UPN,Pupil name,Date,AM,PM\nA999000116001,Amir Khan,{FRIDAY},/,I\n").rows
        assert (row.day, row.morning, row.afternoon) == (TODAY, True, False)
        assert row.ids == (("upn", "A999000116001"),)
        assert not hasattr(row, "mark"), "the code itself goes no further"

    def test_a_half_day_a_row(self, read: Reader) -> None:
        rows = read(f"Adno;Date;Session;Mark\n17;{FRIDAY};AM;L\n17;{FRIDAY};Afternoon;M\n").rows
        assert [(row.ids, row.morning, row.afternoon) for row in rows] == [
            ((("source_id", "17"),), True, None),
            ((("source_id", "17"),), None, False),
        ]

    @pytest.mark.parametrize("half", ["PM", "pm", "Fri PM", "Afternoon session", "2", "P"])
    def test_words_for_the_afternoon(self, read: Reader, half: str) -> None:
        (row,) = read(f"Username,Session date,AM/PM,Attendance code\nakhan,2026-11-20,{half},\\\n").rows
        assert (row.morning, row.afternoon) == (None, True)

    @pytest.mark.parametrize(
        ("am", "pm"),
        [("AM mark", "PM mark"), ("Morning", "Afternoon"), ("am_code", "pm_code"), ("Mark AM", "Mark PM")],
    )
    @pytest.mark.parametrize("day", ["Date", "Attendance date", "Mark Date", "Register date", "Day"])
    def test_headings(self, read: Reader, am: str, pm: str, day: str) -> None:
        (row,) = read(f"Registers of Hazelwood\n\nPupil UPN,{day},{am},{pm}\nA1,{FRIDAY},/,\\\n").rows
        assert (row.morning, row.afternoon) == (True, True)

    def test_one_file_a_week_in_a_folder(self, tmp_path: Path) -> None:
        folder = folder_with(
            tmp_path,
            {f"week{n}.csv": f"UPN,Date,AM,PM\nA1,{day}/11/2026,/,/\n" for n, day in enumerate((6, 13, 20))},
        )
        found = read_registers(folder, today=TODAY, oldest=OLDEST)
        assert [row.day.day for row in found.rows] == [6, 13, 20]


class TestWhatCannotBeUsed:
    def test_without_a_date_children_or_marks_it_is_refused(self, read: Reader) -> None:
        for content, why in (
            ("UPN,AM,PM\nA1,/,/\n", "no line of headings with a date"),
            ("Name,Date,AM,PM\nAmir Khan,20/11/2026,/,/\n", "recognised by name alone"),
            ("UPN,Date,Reason\nA1,20/11/2026,ill\n", "no columns AM and PM"),
        ):
            with pytest.raises(RosterRefused, match=why):
                read(content)

    def test_rows_that_are_wrong_are_named_and_the_others_taken(self, read: Reader) -> None:
        found = read("UPN,Date,AM,PM\n,20/11/2026,/,/\nA1,32/11/2026,/,/\nA1,23/11/2026,/,/\nA1,20/11/2026,/,\n")
        assert [(one.line, one.sentence[:28]) for one in found.problems] == [
            (2, "There is no UPN, admission n"),
            (3, "'32/11/2026' is not a date s"),
            (4, "23/11/2026 is still to come."),
        ]
        assert [(row.line, row.morning, row.afternoon) for row in found.rows] == [(5, True, None)]

    def test_unknown_codes_are_counted_with_their_first_place(self, read: Reader) -> None:
        found = read("UPN,Date,AM,PM\nA1,19/11/2026,A,/\nA1,20/11/2026,A,Present\n")
        assert found.unknown_codes == (("A", 2, "registers.csv", 2), ("Present", 1, "registers.csv", 3))
        assert [row.morning for row in found.rows] == [None], "of the second day nothing is known"

    def test_what_is_older_than_check_ins_are_kept_is_not_taken(self, read: Reader) -> None:
        found = read("UPN,Date,AM,PM\nA1,31/08/2025,/,/\nA1,01/09/2025,/,/\n")
        assert (found.too_old, len(found.rows)) == (1, 1)

    def test_a_half_day_that_is_neither(self, read: Reader) -> None:
        found = read(f"UPN,Date,Session,Mark\nA1,{FRIDAY},Maths,/\n")
        assert found.rows == ()
        assert "neither morning (AM) nor afternoon (PM)" in found.problems[0].sentence


@pytest.mark.parametrize(
    "text",
    [
        "20/11/2026", "20.11.26", "20-11-2026", "2026-11-20", "20261120", "20-Nov-2026", "20 November 2026",
        "Fri 20 Nov 2026", "Friday, 20th November 2026", "20/11/2026 08:55:00", "2026-11-20T08:55:00Z",
    ],
)  # fmt: skip
def test_dates(text: str) -> None:
    assert read_day(text) == TODAY


@pytest.mark.parametrize("text", ["", "11/20/2026", "Friday", "20 Smarch 2026", "2026-02-30", "1"])
def test_what_is_no_date(text: str) -> None:
    assert read_day(text) is None


class TestPlan:
    PUPILS = {("upn", "A1"): 1, ("source_id", "17"): 1, ("upn", "A2"): 2}

    def test_new_changed_and_the_same(self, read: Reader) -> None:
        found = read("UPN,Date,AM,PM\nA1,19/11/2026,/,I\nA2,19/11/2026,/,/\n")
        day = date(2026, 11, 19)
        plan = plan_attendance(found, self.PUPILS, {(day, 1): (True, True), (day, 2): (True, None)})
        assert (plan.new, plan.changed, plan.same, plan.children) == (1, 1, 2, 2)
        assert plan.days == {(day, 1): (True, False), (day, 2): (True, True)}
        assert plan_attendance(found, self.PUPILS, plan.days).days == {}

    def test_what_a_file_does_not_say_stays(self, read: Reader) -> None:
        day = date(2026, 11, 19)
        plan = plan_attendance(
            read("UPN,Date,AM,PM\nA1,19/11/2026,L,-\n"), self.PUPILS, {(day, 1): (False, False)}
        )
        assert plan.days == {(day, 1): (True, False)}

    def test_whom_the_school_does_not_know_is_named_and_counted(self, read: Reader) -> None:
        found = read(
            "UPN,Name,Date,AM,PM\nX9,Kim Lee,19/11/2026,/,/\nX9,Kim Lee,20/11/2026,/,/\nA1,,20/11/2026,/,/\n"
        )
        plan = plan_attendance(found, self.PUPILS, {})
        assert plan.unknown_pupils == (("Kim Lee, X9", 2),)
        assert plan.children == 1

    def test_marks_of_two_children_in_a_row_and_rows_that_disagree(self, read: Reader) -> None:
        found = read("UPN,Adno,Date,AM,PM\nA2,17,19/11/2026,/,/\nA1,,20/11/2026,/,/\nA1,,20/11/2026,I,/\n")
        plan = plan_attendance(found, self.PUPILS, {})
        assert plan.days == {(TODAY, 1): (True, True)}
        assert [one.line for one in plan.problems] == [2, 4]
