"""CSV in every encoding, with every separator, with stray quotation marks and headings nearly right."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.people.roster import files as files_module
from kiosk.people.roster import tables
from kiosk.people.roster.model import RosterRefused
from kiosk.people.roster.reading import read_roster
from tests.rosters import ONEROSTER, file_with, folder_with

PUPILS = "Forename,Surname,UPN\nSiân,O'Brien-Jones,1\nJosé,Núñez,2\n"


def names(path: Path) -> list[str]:
    return [f"{pupil.given_name} {pupil.family_name}" for pupil in read_roster(path).pupils]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be", "utf-16-be with mark"]
)
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_any_encoding_and_line_end(encoding: str, line_end: str, tmp_path: Path) -> None:
    mark = b"\xfe\xff" if encoding.endswith("mark") else b""
    content = mark + PUPILS.replace("\n", line_end).encode(encoding.split(" ", maxsplit=1)[0])
    assert names(file_with(tmp_path, content)) == ["Siân O'Brien-Jones", "José Núñez"]


def test_lines_of_two_encodings_in_one_file(tmp_path: Path) -> None:
    first, second, third = PUPILS.splitlines(keepends=True)
    content = first.encode() + second.encode("utf-8") + third.encode("cp1252")
    assert names(file_with(tmp_path, content)) == ["Siân O'Brien-Jones", "José Núñez"]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_any_separator(separator: str, tmp_path: Path) -> None:
    assert len(names(file_with(tmp_path, PUPILS.replace(",", separator)))) == 2


@pytest.mark.parametrize("first", ["sep=,\n", '"sep=,"\n', "\n\n", ",,\n"])
def test_lines_before_the_headings(first: str, tmp_path: Path) -> None:
    assert len(names(file_with(tmp_path, first + PUPILS))) == 2


def test_a_missing_last_line_end_and_blank_lines_between(tmp_path: Path) -> None:
    path = file_with(tmp_path, PUPILS.replace("\nJosé", "\n\n,,\nJosé").rstrip("\n"))
    assert names(path) == ["Siân O'Brien-Jones", "José Núñez"]
    assert read_roster(path).problems == ()


def test_a_stray_quotation_mark_costs_one_row_at_most(tmp_path: Path) -> None:
    path = file_with(
        tmp_path,
        'Forename,Surname,UPN,Class\n"Amir,Khan,1,Oak\nZofia,Nowak,2,Oak\nTomi "TJ,Adeyemi,3,Oak\n'
        'Siân,Jones,4,"Oak\nŁukasz,Wójcik,5,Oak\n',
    )
    roster = read_roster(path)
    assert [pupil.given_name for pupil in roster.pupils] == ["Zofia", 'Tomi "TJ', "Siân", "Łukasz"]
    assert [one.name for one in roster.classes] == ["Oak"]
    assert [(problem.line, problem.sentence) for problem in roster.problems] == [
        (2, "A quotation mark is opened in this row and not closed.")
    ]


def test_a_quoted_value_may_run_over_lines(tmp_path: Path) -> None:
    path = file_with(
        tmp_path,
        'Forename,Address,Surname,UPN\nAmir,"1 High Street\nHazelwood\n",Khan,1\n'
        'Zofia,"2 ""The"" Row",Nowak,2\nTomi,,Adeyemi\n',
    )
    roster = read_roster(path)
    assert [(pupil.given_name, pupil.line) for pupil in roster.pupils] == [("Amir", 2), ("Zofia", 5)]
    assert [problem.line for problem in roster.problems] == [6]


def test_a_row_with_too_many_values_is_not_guessed_at(tmp_path: Path) -> None:
    roster = read_roster(file_with(tmp_path, "Forename,Surname,UPN\nAmir,Khan, Jr,1\nZofia,Nowak,2,,\n"))
    assert [pupil.given_name for pupil in roster.pupils] == ["Zofia"]
    assert [(problem.line, problem.sentence) for problem in roster.problems] == [
        (2, "The row has more values than there are headings.")
    ]


def test_headings_repeated_further_down_are_no_people(tmp_path: Path) -> None:
    roster = read_roster(file_with(tmp_path, PUPILS + PUPILS))
    assert (len(roster.pupils), roster.problems) == (2, ())


def test_lists_in_quotes_may_have_spaces_before_and_within(tmp_path: Path) -> None:
    users = (
        "sourcedId,role,orgSourcedIds,givenName,familyName,userIds\n"
        'p-amir, student, "hazelwood, nurture" , "Amir" ,Khan, "{LDAP: a}, {UPN:A999000116001}"\n'
    )
    (amir,) = read_roster(folder_with(tmp_path, ONEROSTER | {"users.csv": users})).pupils
    assert (amir.given_name, amir.upn) == ("Amir", "A999000116001")


def test_excel_formulas_that_keep_leading_zeros(tmp_path: Path) -> None:
    (amir,) = read_roster(file_with(tmp_path, 'Forename,Surname,Admission number\nAmir,Khan,="000417"\n')).pupils
    assert amir.source_id == "000417"


@pytest.mark.parametrize(
    "heading",
    ["familyName", "FamilyName", "FAMILYNAME", "family name", "Family_Name", "familyNmae", "famillyName"],
)
def test_headings_in_any_case_and_nearly_right(heading: str, tmp_path: Path) -> None:
    users = ONEROSTER["users.csv"].replace("familyName", heading)
    assert len(read_roster(folder_with(tmp_path, ONEROSTER | {"users.csv": users})).pupils) == 2


def test_too_many_rows_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "ROWS_MOST", 3)
    path = file_with(tmp_path, PUPILS)
    assert len(names(path)) == 2
    with pytest.raises(RosterRefused, match=r"pupils\.csv has more than 3 rows"):
        read_roster(file_with(tmp_path, PUPILS + "Amir,Khan,3\nTomi,Adeyemi,4\n"))


def test_too_large_a_file_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files_module, "BYTES_MOST", 50)
    with pytest.raises(RosterRefused, match="larger than"):
        read_roster(file_with(tmp_path, PUPILS))


def test_a_line_without_end_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RosterRefused, match="more than a million characters"):
        read_roster(file_with(tmp_path, b"x" * 3_000_000))


def test_long_reading_tells_how_far_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "_TOLD_EVERY", 2)
    told: list[tuple[str, int]] = []
    read_roster(file_with(tmp_path, PUPILS), progress=lambda file, rows: told.append((file, rows)))
    assert told == [("pupils.csv", 2)]


def test_a_file_that_does_not_come_apart_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "BROKEN_MOST", 2)
    with pytest.raises(RosterRefused, match=r"More than 2 rows of pupils\.csv cannot be taken apart"):
        read_roster(file_with(tmp_path, PUPILS + "a,b,c,d\n" * 3))
