"""What real exports get wrong, and that it costs no good row."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from kiosk.people.roster.model import Problem
from kiosk.people.roster.reading import read_roster
from kiosk.people.roster.words import fingerprint
from tests.rosters import ONEROSTER, ROSTERS, file_with, folder_with

TODAY = date(2026, 11, 20)


def test_a_messy_set_keeps_every_good_row() -> None:
    roster = read_roster(ROSTERS / "messy-oneroster", today=TODAY)
    assert [(p.key, p.given_name, p.known_as, p.family_name, p.year, p.upn) for p in roster.pupils] == [
        ("p-amir", "Amir", None, "Khan", "4", "A999000116001"),
        ("p-zofia", "Zofia", "Zosia", "Nowak", "4/5", None),
    ]
    assert [(c.name, c.year, c.home) for c in roster.classes] == [
        ("Maths set 1", "3/4", False),
        ("Oak", "4", True),
    ]
    assert [(place.pupil, place.school_class, place.home) for place in roster.enrolments] == [
        ("p-amir", "c-oak", True),
        ("p-zofia", "c-maths", False),
        ("p-zofia", "c-oak", True),
    ]
    assert [(adult.called, adult.email) for adult in roster.staff] == [("Saima Ali", None)]
    assert [teaches.school_class for teaches in roster.teaching] == ["c-oak"]


def test_a_messy_set_says_what_is_wrong_by_file_and_line() -> None:
    assert read_roster(ROSTERS / "messy-oneroster").problems == (
        Problem("enrollments.csv", 5, "The class 'c-nowhere' is not in classes.csv."),
        Problem("enrollments.csv", 6, "The person 'p-nobody' is not in users.csv."),
        Problem("users.CSV", 5, "The first name is empty."),
        Problem("users.CSV", 7, "The first name is longer than 120 characters."),
        Problem("users.CSV", 8, "The e-mail address is not one and is left out."),
        Problem(
            "users.CSV",
            9,
            "The role 'visitor' is not known to be a pupil's or a member of staff's. It is not used.",
        ),
    )


def test_people_whose_rows_cannot_be_used_are_remembered_as_still_there() -> None:
    unreadable = read_roster(ROSTERS / "messy-oneroster").unreadable
    assert {fingerprint(id_) for id_ in ("p-nameless", "p-long", "x-visitor")} <= unreadable
    assert not {fingerprint(id_) for id_ in ("p-gone", "g-nadia", "p-amir")} & unreadable


def test_people_whose_rows_cannot_be_taken_apart_are_remembered_without_the_rest_of_the_row(
    tmp_path: Path,
) -> None:
    path = file_with(
        tmp_path,
        'UPN,Forename,Surname,Password\nA9,Amir,Khan, Jr,Sekret\nB8,"Zofia,Nowak,Sekret\nC7,Tomi,Adeyemi,Sekret\n',
    )
    roster = read_roster(path)
    assert [pupil.upn for pupil in roster.pupils] == ["C7"]
    assert {fingerprint("a9"), fingerprint("B8")} <= roster.unreadable
    assert "Sekret" not in repr(roster)


def test_header_only_files_are_no_trouble(tmp_path: Path) -> None:
    folder_with(tmp_path, ONEROSTER | {"enrollments.csv": "classSourcedId,userSourcedId,role"})
    roster = read_roster(tmp_path)
    assert (len(roster.pupils), roster.enrolments, roster.problems) == (2, (), ())


def test_an_empty_file_is_said_and_skipped(tmp_path: Path) -> None:
    folder_with(tmp_path, ONEROSTER | {"enrollments.csv": b""})
    roster = read_roster(tmp_path)
    assert len(roster.pupils) == 2
    assert roster.problems == (Problem("enrollments.csv", 1, "The file is empty."),)


def test_a_set_of_people_without_classes_is_read(tmp_path: Path) -> None:
    folder_with(tmp_path, {name: ONEROSTER[name] for name in ("orgs.csv", "users.csv", "enrollments.csv")})
    roster = read_roster(tmp_path)
    assert (len(roster.pupils), roster.classes, roster.problems) == (2, (), ())


@pytest.mark.parametrize("status", ["tobedeleted", "ToBeDeleted", "inactive"])
def test_deleted_rows_are_as_if_they_were_not_there(status: str, tmp_path: Path) -> None:
    users = (
        "sourcedId,status,role,orgSourcedIds,givenName,familyName\n"
        f"p-amir,{status},student,hazelwood,Amir,Khan\np-zofia,,student,hazelwood,Zofia,Nowak\n"
    )
    roster = read_roster(folder_with(tmp_path, ONEROSTER | {"users.csv": users}))
    assert [pupil.key for pupil in roster.pupils] == ["p-zofia"]
    assert roster.problems == ()


def test_a_pupil_whose_role_row_is_missing_is_known_by_being_in_a_class(tmp_path: Path) -> None:
    files = ONEROSTER | {
        "users.csv": "sourcedId,givenName,familyName\np-amir,Amir,Khan\nt-ali,Saima,Ali\ng-nadia,Nadia,Khan\n",
        "roles.csv": "userSourcedId,role,orgSourcedId\nt-ali,teacher,hazelwood\n",
        "enrollments.csv": "classSourcedId,userSourcedId,role\nc-oak,p-amir,student\n",
    }
    roster = read_roster(folder_with(tmp_path, files))
    assert [pupil.key for pupil in roster.pupils] == ["p-amir"]
    assert [adult.key for adult in roster.staff] == ["t-ali"]
    assert "Nadia" not in repr(roster)


def test_a_parent_who_teaches_here_is_staff_and_a_pupil_who_helps_is_a_pupil(tmp_path: Path) -> None:
    files = ONEROSTER | {
        "users.csv": "sourcedId,givenName,familyName\nt-ali,Saima,Ali\np-amir,Amir,Khan\ng-nadia,Nadia,Khan\n",
        "roles.csv": "userSourcedId,roleType,role\nt-ali,primary,guardian\nt-ali,secondary,teacher\n"
        "p-amir,primary,student\np-amir,secondary,aide\ng-nadia,primary,parent\n",
    }
    roster = read_roster(folder_with(tmp_path, files))
    assert [adult.key for adult in roster.staff] == ["t-ali"]
    assert [pupil.key for pupil in roster.pupils] == ["p-amir"]


@pytest.mark.parametrize(
    ("ended", "classes"),
    [
        ("2026-10-23", {"c-elm"}),
        ("23/10/2026", {"c-elm"}),
        ("2027-07-22", {"c-oak", "c-elm"}),
        ("", {"c-oak", "c-elm"}),
    ],
)
def test_a_child_who_moved_class_is_only_in_the_new_one(ended: str, classes: set[str], tmp_path: Path) -> None:
    files = ONEROSTER | {
        "classes.csv": ONEROSTER["classes.csv"] + "c-elm,Elm,homeroom,hazelwood\n",
        "enrollments.csv": f"classSourcedId,userSourcedId,role,endDate\nc-oak,p-amir,student,{ended}\n"
        "c-elm,p-amir,student,2027-07-22\n",
    }
    roster = read_roster(folder_with(tmp_path, files), today=TODAY)
    assert {place.school_class for place in roster.enrolments} == classes
    assert sum(place.home for place in roster.enrolments) == 1


def test_a_file_of_last_year_keeps_everybody_in_class(tmp_path: Path) -> None:
    files = ONEROSTER | {
        "enrollments.csv": "classSourcedId,userSourcedId,role,endDate\nc-oak,p-amir,student,2023-07-21\n"
    }
    assert len(read_roster(folder_with(tmp_path, files), today=TODAY).enrolments) == 1


def test_somebody_listed_twice_is_one_person(tmp_path: Path) -> None:
    users = (
        "sourcedId,role,orgSourcedIds,givenName,familyName,username,grades\n"
        "p-amir,student,hazelwood,Amir,Khan,,\np-amir,student,elmfield,Amir,Khan,amir,04\n"
    )
    (amir,) = read_roster(folder_with(tmp_path, ONEROSTER | {"users.csv": users})).pupils
    assert (amir.username, amir.year) == ("amir", "4")


def test_two_people_under_one_id_keep_the_first_and_say_so(tmp_path: Path) -> None:
    path = file_with(tmp_path, "Forename,Surname,UPN\nAmir,Khan,A999000116001\nTomi,Adeyemi,A999000116001\n")
    roster = read_roster(path)
    assert [pupil.given_name for pupil in roster.pupils] == ["Amir"]
    assert [(problem.line, problem.sentence) for problem in roster.problems] == [
        (3, "Somebody else in the file has the same id 'A999000116001'. The first is used.")
    ]


def test_a_username_that_two_people_share_is_left_out_for_both(tmp_path: Path) -> None:
    users = ONEROSTER["users.csv"].replace("zofia\n", "AMIR\n")
    roster = read_roster(folder_with(tmp_path, ONEROSTER | {"users.csv": users}))
    assert [pupil.username for pupil in roster.pupils] == [None, None]
    assert [problem.line for problem in roster.problems] == [2, 3]


def test_names_keep_their_letters_and_lose_what_nobody_sees(tmp_path: Path) -> None:
    path = file_with(
        tmp_path,
        "Forename,Surname,UPN\nSia\u0302n,O\u2019Brien\u00a0-Jones,1\nZe\u0301\u202eevil\u202c,\tN\u00fa\u00f1ez\x07,2\n"
        "\u0645\u06cc\u200c\u0631\u0627,Al-\u00b4Abd,3\n",
    )
    roster = read_roster(path)
    assert [(pupil.given_name, pupil.family_name) for pupil in roster.pupils] == [
        ("Siân", "O\u2019Brien -Jones"),
        ("Z\u00e9evil", "Núñez"),
        ("\u0645\u06cc\u200c\u0631\u0627", "Al-\u00b4Abd"),
    ]


@pytest.mark.parametrize("name", ["", ".", "-", "  ", "123", "\u200b"])
def test_a_name_without_a_letter_is_a_problem(name: str, tmp_path: Path) -> None:
    roster = read_roster(file_with(tmp_path, f"Forename,Surname,UPN\n{name},Khan,7\nZofia,Nowak,8\n"))
    assert [pupil.given_name for pupil in roster.pupils] == ["Zofia"]
    assert [problem.line for problem in roster.problems] == [2]


def test_only_so_many_problems_are_listed_and_the_rest_counted(tmp_path: Path) -> None:
    path = file_with(tmp_path, "Forename,Surname,UPN\nZofia,Nowak,1\n" + ",Khan,2\n" * 250)
    problems = read_roster(path).problems
    assert len(problems) == 201
    assert problems[0] == Problem("pupils.csv", 0, "50 more rows could not be used.")
