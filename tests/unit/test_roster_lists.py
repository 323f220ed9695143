"""One plain list with the headings that school systems really export."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from kiosk.people.roster.model import RosterAdult, RosterPupil, RosterRefused
from kiosk.people.roster.reading import read_roster
from kiosk.people.roster.words import fingerprint
from tests.rosters import ROSTERS, file_with, folder_with

LISTS = ROSTERS / "flat"


def pupil_from(folder: Path, **values: str) -> RosterPupil:
    """The child in a list of one row with these headings."""
    path = file_with(
        folder, ",".join(f'"{heading}"' for heading in values) + "\n" + ",".join(values.values()) + "\n"
    )
    (pupil,) = read_roster(path).pupils
    return pupil


def adult_from(folder: Path, content: str) -> RosterAdult:
    (adult,) = read_roster(file_with(folder, content, "staff.csv")).staff
    return adult


@pytest.mark.parametrize(
    "given",
    [
        "Forename",
        "First name",
        "FIRST NAME",
        "first_name",
        "Given Name",
        "Legal forename",
        "Pupil Forename",
        "Student First Name",
        "Chosen forename",
        "Forename(s)",
    ],
)
@pytest.mark.parametrize(
    "family", ["Surname", "Last name", "LASTNAME", "Family name", "Legal surname", "Pupil Surname"]
)
def test_headings_of_names(given: str, family: str, tmp_path: Path) -> None:
    pupil = pupil_from(tmp_path, **{given: "Amir", family: "Khan", "UPN": "A999000116001"})
    assert (pupil.given_name, pupil.family_name, pupil.upn) == ("Amir", "Khan", "A999000116001")


@pytest.mark.parametrize(
    "heading",
    [
        "Preferred forename",
        "Known as",
        "Preferred name",
        "Preferred First Name",
        "Prefered forename",
        "prefferedGivenName",
        "Nickname",
    ],
)
def test_headings_of_what_a_child_is_called(heading: str, tmp_path: Path) -> None:
    pupil = pupil_from(tmp_path, Forename="Zofia", **{heading: "Zosia"}, Surname="Nowak", UPN="1")
    assert (pupil.given_name, pupil.known_as) == ("Zofia", "Zosia")


def test_a_legal_name_is_not_used_when_the_school_uses_another(tmp_path: Path) -> None:
    names = {
        "Legal Surname": "Smith",
        "Legal Forename": "Robert",
        "Forename": "Robin",
        "Preferred Surname": "Khan",
    }
    pupil = pupil_from(tmp_path, **names, UPN="1")
    assert (pupil.given_name, pupil.family_name) == ("Robin", "Khan")
    assert "Robert" not in repr(pupil)


@pytest.mark.parametrize(
    "heading",
    [
        "Reg",
        "Registration group",
        "Reg. Group",
        "Reg Group",
        "Class",
        "Class name",
        "Form",
        "Tutor group",
        "Form/Tutor Group",
        "Registration Form",
        "Registration",
    ],
)
def test_headings_of_the_class(heading: str, tmp_path: Path) -> None:
    path = file_with(tmp_path, f"Forename,Surname,UPN,{heading}\nAmir,Khan,1, 4  Oak \nZofia,Nowak,2,4 OAK\n")
    roster = read_roster(path)
    assert [one.name for one in roster.classes] == ["4 Oak"]
    assert [(place.pupil, place.home) for place in roster.enrolments] == [("1", True), ("2", True)]


@pytest.mark.parametrize(
    ("heading", "value", "year"),
    [("Year", "4", "4"), ("Year group", "Year 4", "4"), ("NC Year", "04", "4"), ("Year taught in", "Y4", "4"),
     ("NC Year(s)", "Curriculum Year  4", "4"), ("Yr", "Reception", "R"), ("Year group", "Year R", "R"),
     ("Year Group", "Nursery", "N"), ("Year", "N2", "N2"), ("Grade", "KG", "KG"), ("Year", "", None)],
)  # fmt: skip
def test_headings_of_the_year(heading: str, value: str, year: str | None, tmp_path: Path) -> None:
    assert pupil_from(tmp_path, Forename="Amir", Surname="Khan", UPN="1", **{heading: value}).year == year


@pytest.mark.parametrize(
    "heading",
    [
        "Admission number",
        "Admission No.",
        "Adno",
        "Pupil ID",
        "Pupil Number",
        "Student ID",
        "MIS ID",
        "ID",
        "Learner code",
        "Unique ID",
    ],
)
def test_headings_of_the_schools_own_number(heading: str, tmp_path: Path) -> None:
    pupil = pupil_from(tmp_path, **{heading: "000417"}, Forename="Amir", Surname="Khan")
    assert (pupil.key, pupil.source_id, pupil.upn) == ("000417", "000417", None)


def test_a_upn_is_kept_without_spaces_in_capitals(tmp_path: Path) -> None:
    assert pupil_from(tmp_path, Forename="Amir", Surname="Khan", UPN="a 999 0001 16 001").upn == "A999000116001"


@pytest.mark.parametrize(
    ("heading", "written"), [("Name", '"Khan, Amir"'), ("Pupil name", "Amir Khan"), ("Full Name", '"Khan , Amir"')]
)
def test_names_in_one_column(heading: str, written: str, tmp_path: Path) -> None:
    pupil = pupil_from(tmp_path, **{heading: written, "UPN": "1", "Class": "Oak"})
    assert (pupil.given_name, pupil.family_name) == ("Amir", "Khan")


def test_a_report_with_lines_above_its_headings() -> None:
    roster = read_roster(LISTS / "report-with-title-lines.csv")
    assert [(p.called, p.line) for p in roster.pupils] == [("Amir Khan", 5), ("Zofia Nowak", 6)]


def test_windows_letters_and_semicolons() -> None:
    roster = read_roster(LISTS / "windows-1252-semicolons.csv")
    assert [p.called for p in roster.pupils] == ["Amir Khan", "José Núñez", "Siân O'Brien-Jones", "Tomi Adeyemi"]
    assert (roster.pupils[0].source_id, roster.pupils[0].year) == ("000417", "4")


def test_utf_16_with_tabs() -> None:
    assert [p.called for p in read_roster(LISTS / "utf-16-tabs.csv").pupils] == [
        "Amir Khan",
        "Zosia Nowak",
        "Łukasz Wójcik",
    ]


def test_a_class_and_a_teaching_group_are_both_kept_and_one_is_home(tmp_path: Path) -> None:
    path = file_with(
        tmp_path, "Forename,Surname,UPN,Reg,Class\nAmir,Khan,1,Oak,Maths 1\nAmir,Khan,1,Oak,English 2\n"
    )
    roster = read_roster(path)
    assert len(roster.pupils) == 1
    assert [(place.school_class, place.home) for place in roster.enrolments] == [
        ("class english 2", False),
        ("class maths 1", False),
        ("class oak", True),
    ]


def test_leavers_in_the_list_are_left_out(tmp_path: Path) -> None:
    path = file_with(
        tmp_path,
        "Forename,Surname,UPN,Status,Leaving date\nAmir,Khan,1,On roll,\nZofia,Nowak,2,Leaver,\n"
        "Tomi,Adeyemi,3,On roll,22/07/2026\nSian,Jones,4,,22/07/2027\n",
    )
    roster = read_roster(path, today=date(2026, 11, 20))
    assert [pupil.given_name for pupil in roster.pupils] == ["Amir", "Sian"]


def test_an_email_address_beside_a_pupil_is_never_read(tmp_path: Path) -> None:
    path = file_with(
        tmp_path, "Forename,Surname,UPN,Class,Email,Parent Email\nAmir,Khan,1,Oak,nadia@x.example,b@x.example\n"
    )
    assert "x.example" not in repr(read_roster(path))


def test_teachers_beside_pupils_become_staff_by_their_email_address() -> None:
    roster = read_roster(LISTS / "windows-1252-semicolons.csv")
    assert [(adult.called, adult.email) for adult in roster.staff] == [
        ("Mrs Ali", "ali@hazelwood.example"),
        ("Mr Okafor", "okafor@hazelwood.example"),
    ]
    assert [(one.adult, one.school_class) for one in roster.teaching] == [
        ("ali@hazelwood.example", "class 4 oak"),
        ("okafor@hazelwood.example", "class 1 birch"),
    ]
    assert not roster.lists_all_staff


def test_teachers_beside_pupils_by_name_alone_are_not_staff_and_it_is_said_once(tmp_path: Path) -> None:
    path = file_with(
        tmp_path, "Forename,Surname,UPN,Class,Class teacher\nAmir,Khan,1,Oak,Mrs Ali\nZofia,Nowak,2,Oak,Mrs Ali\n"
    )
    roster = read_roster(path)
    assert (len(roster.pupils), roster.staff) == (2, ())
    assert [problem.line for problem in roster.problems] == [1]


def test_a_list_of_staff_says_nothing_about_pupils() -> None:
    roster = read_roster(LISTS / "staff.csv")
    assert [(a.called, a.given_name, a.source_id) for a in roster.staff] == [
        ("Mr Okafor", "Emeka", "EOK"),
        ("Ms Novak", "", "PNO"),
        ("Mrs Ali", "Saima", "SAL"),
    ]
    assert (roster.lists_pupils, roster.lists_all_staff) == (False, True)


@pytest.mark.parametrize(
    ("content", "called", "given", "family"),
    [
        ("Title,Forename,Surname,Email\nMRS,Saima,Ali,a@h.example\n", "Mrs Ali", "Saima", "Ali"),
        ("Teacher,Class,Email\nMrs S Ali,Oak,a@h.example\n", "Mrs Ali", "S", "Ali"),
        ("Staff name,Work email address\nAli Mrs,a@h.example\n", "Mrs Ali", "", "Ali"),
        ('Staff name,Email\n"Ali, Saima (Mrs)",a@h.example\n', "Mrs Ali", "Saima", "Ali"),
        ('Staff name,Email\n"Ali, Saima",a@h.example\n', "Saima Ali", "Saima", "Ali"),
        ("First name,Last name,Job title,E-mail\nJane,Lord,Cook,a@h.example\n", "Jane Lord", "Jane", "Lord"),
        ("Name,Role,Email\nJane Lord,Teaching Assistant,a@h.example\n", "Jane Lord", "Jane", "Lord"),
        (
            "Legal forename,Preferred forename,Surname,Work e-mail,Title\nSaima,Sam,Ali,a@h.example,Dr.\n",
            "Dr Ali",
            "Sam",
            "Ali",
        ),
        (
            "Employee,Staff Code,School email\nprof. van der Berg,X,a@h.example\n",
            "Prof van der Berg",
            "",
            "van der Berg",
        ),
    ],
)
def test_names_of_staff(content: str, called: str, given: str, family: str, tmp_path: Path) -> None:
    adult = adult_from(tmp_path, content)
    assert (adult.called, adult.given_name, adult.family_name) == (called, given, family)
    assert adult.email == "a@h.example"


def test_pupils_and_staff_side_by_side_are_one_school(tmp_path: Path) -> None:
    folder_with(
        tmp_path,
        {
            "Pupils.csv": "Forename,Surname,UPN,Form\nAmir,Khan,1,Oak\n",
            "Staff.csv": (LISTS / "staff.csv").read_bytes(),
        },
    )
    roster = read_roster(tmp_path)
    assert (len(roster.pupils), len(roster.staff)) == (1, 3)
    assert [(one.adult, one.school_class) for one in roster.teaching] == [("SAL", "class oak")]
    assert roster.lists_pupils
    assert roster.lists_all_staff


def test_two_lists_of_pupils_are_refused(tmp_path: Path) -> None:
    one = "Forename,Surname,UPN\nAmir,Khan,1\n"
    folder_with(tmp_path, {"autumn.csv": one, "spring.csv": one})
    with pytest.raises(RosterRefused, match=r"several lists of pupils: autumn\.csv, spring\.csv"):
        read_roster(tmp_path)


@pytest.mark.parametrize(
    "role",
    [
        "Parent",
        "Parent/carer",
        "Guardian",
        "Contact 1",
        "Mother",
        "Step father",
        "Emergency contact",
        "Next of kin",
    ],
)
def test_family_is_passed_over_without_a_word(role: str, tmp_path: Path) -> None:
    path = file_with(tmp_path, f"Role,Forename,Surname,ID\nPupil,Amir,Khan,1\n{role},Nadia,Khan,2\n")
    roster = read_roster(path)
    assert "Nadia" not in repr(roster)
    assert (len(roster.pupils), roster.problems) == (1, ())


@pytest.mark.parametrize(
    "role",
    [
        "Teacher",
        "TA",
        "SENCO",
        "Headteacher",
        "Class Teacher",
        "Parent support adviser",
        "Student teacher",
        "HLTA",
        "Midday Supervisor",
        "aide",
        "proctor",
        "site administrator",
        "learning mentor",
        "Staff",
    ],
)
def test_roles_of_staff(role: str, tmp_path: Path) -> None:
    path = file_with(tmp_path, f"Type,Forename,Surname,ID\nPupil,Amir,Khan,1\n{role},Saima,Ali,2\n")
    assert [adult.key for adult in read_roster(path).staff] == ["2"]


def test_an_unknown_role_is_a_problem_and_nobody_guesses(tmp_path: Path) -> None:
    path = file_with(tmp_path, "Type,Forename,Surname,ID\nPupil,Amir,Khan,1\nVisitor,Vera,Vine,V2\n")
    roster = read_roster(path)
    assert (len(roster.pupils), len(roster.staff)) == (1, 0)
    assert [problem.line for problem in roster.problems] == [3]
    assert roster.unreadable == {fingerprint("V2")}


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("Forename,Surname,Reg,Year\nAmir,Khan,Oak,4\n", "Nobody is recognised by name alone"),
        ("Forename,Surname,Job title\nSaima,Ali,Teacher\n", "Nobody is recognised by name alone"),
        ("Forename,Surname,Class,Email\nAmir,Khan,Oak,a@h.example\n", "pupils or of staff. Add a column Role"),
        ("Forename,Surname,Year,Staff code\nAmir,Khan,4,SAL\n", "pupils or of staff. Add a column Role"),
        ("Apples,Pears\n1,2\n", "no line of headings"),
        ("UPN,Class\n1,Oak\n", "no line of headings"),
        ("", "no line of headings"),
        ("\n\n\n", "no line of headings"),
        ("<?xml version='1.0'?><CTfile><Surname>Khan</Surname></CTfile>", "no line of headings"),
    ],
)
def test_lists_that_cannot_be_used_are_refused_in_a_sentence(content: str, why: str, tmp_path: Path) -> None:
    with pytest.raises(RosterRefused, match=why):
        read_roster(file_with(tmp_path, content))


def test_a_pupil_without_any_number_is_a_problem(tmp_path: Path) -> None:
    roster = read_roster(file_with(tmp_path, "Forename,Surname,UPN\nAmir,Khan,\nZofia,Nowak,2\n"))
    assert [pupil.given_name for pupil in roster.pupils] == ["Zofia"]
    assert [(problem.line, problem.sentence) for problem in roster.problems] == [
        (2, "There is no UPN, admission number or username to recognise the child by.")
    ]


def test_a_list_of_several_schools(tmp_path: Path) -> None:
    path = file_with(tmp_path, "School,Forename,Surname,UPN\nHazelwood,Amir,Khan,1\nElmfield,Tomi,Adeyemi,2\n")
    assert [pupil.given_name for pupil in read_roster(path, school="hazelwood").pupils] == ["Amir"]
    with pytest.raises(RosterRefused, match=r"There are: Elmfield \(Elmfield\); Hazelwood \(Hazelwood\)"):
        read_roster(path, school="Oak")
    with pytest.raises(RosterRefused, match="no column that says which school"):
        read_roster(file_with(tmp_path, "Forename,Surname,UPN\nAmir,Khan,1\n"), school="Hazelwood")


def test_a_upn_too_long_to_be_one_is_a_problem(tmp_path: Path) -> None:
    roster = read_roster(file_with(tmp_path, f"Forename,Surname,UPN\nAmir,Khan,{'A' * 21}\n"))
    assert roster.pupils == ()
    assert [problem.line for problem in roster.problems] == [2, 2]


def test_a_username_serves_when_there_is_nothing_else(tmp_path: Path) -> None:
    pupil = pupil_from(tmp_path, Username="akhan", Forename="Amir", Surname="Khan", Class="Oak")
    assert (pupil.source_id, pupil.username) == ("akhan", "akhan")


def test_a_row_of_staff_among_pupils_shows_by_what_it_has(tmp_path: Path) -> None:
    path = file_with(
        tmp_path,
        "ID,Forename,Surname,UPN,Class,Staff code,Job title\n1,Amir,Khan,A9,Oak,,\n2,Saima,Ali,,Oak,SAL,Teacher\n"
        "3,Zofia,Nowak,B8,Oak,SAL,\n",
    )
    roster = read_roster(path)
    assert [pupil.given_name for pupil in roster.pupils] == ["Amir", "Zofia"]
    assert [adult.key for adult in roster.staff] == ["SAL"]


@pytest.mark.parametrize("heading", ["House", "School house", "house_group", "Pupil House"])
def test_headings_of_houses(heading: str, tmp_path: Path) -> None:
    pupil = pupil_from(tmp_path, Forename="Amir", Surname="Khan", UPN="A999000116001", **{heading: "Heron"})
    assert pupil.house == "Heron"


@pytest.mark.parametrize(
    ("heading", "value"), [("House", "12a"), ("House name", "The Willows"), ("House number", "7"), ("House", "")]
)
def test_where_a_child_lives_is_no_house(heading: str, value: str, tmp_path: Path) -> None:
    pupil = pupil_from(tmp_path, Forename="Amir", Surname="Khan", UPN="A999000116001", **{heading: value})
    assert pupil.house is None
