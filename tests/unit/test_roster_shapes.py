"""Each shape of roster, as a folder and as a zip, tells of the same school; and of nothing else."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from kiosk.people.roster.model import Roster, RosterRefused
from kiosk.people.roster.reading import read_roster
from tests.rosters import NEVER_STORED, ONEROSTER, ROSTERS, SHAPES, folder_with, zip_with

TODAY = date(2026, 11, 20)


@pytest.mark.parametrize("shape", SHAPES)
def test_every_shape_tells_of_the_same_school(shape: str) -> None:
    roster = read_roster(ROSTERS / shape, today=TODAY)
    assert roster.problems == ()
    assert [(p.key, p.given_name, p.known_as or "", p.family_name, p.year) for p in roster.pupils] == [
        ("p-amir", "Amir", "", "Khan", "4"),
        ("p-lukasz", "Łukasz", "", "Wójcik", "4"),
        ("p-sian", "Siân", "", "O'Brien-Jones", "1"),
        ("p-tomi", "Tomi", "", "Adeyemi", "1"),
        ("p-zofia", "Zofia", "Zosia" if says_what_children_are_called(shape) else "", "Nowak", "4"),
    ]
    assert roster.pupils[0].username == "amir.khan"
    assert [(c.name) for c in roster.classes] == ["Birch", "Oak"]
    class_name = {c.key: c.name for c in roster.classes}
    assert sorted((place.pupil, class_name[place.school_class], place.home) for place in roster.enrolments) == [
        ("p-amir", "Oak", True),
        ("p-lukasz", "Oak", True),
        ("p-sian", "Birch", True),
        ("p-tomi", "Birch", True),
        ("p-zofia", "Oak", True),
    ]
    assert sorted((teaches.adult, class_name[teaches.school_class]) for teaches in roster.teaching) == [
        ("t-ali", "Oak"),
        ("t-novak", "Birch"),
        ("t-okafor", "Birch"),
    ]
    assert [(a.key, a.given_name, a.family_name, a.email) for a in roster.staff] == [
        ("t-ali", "Saima", "Ali", "ali@hazelwood.example"),
        ("t-novak", "Petra", "Novak", "novak@hazelwood.example"),
        ("t-okafor", "Emeka", "Okafor", "okafor@hazelwood.example"),
    ]


def says_what_children_are_called(shape: str) -> bool:
    return shape in ("oneroster-1.2", "flat/pupils-and-staff.csv")


@pytest.mark.parametrize("shape", [shape for shape in SHAPES if shape not in ("sds-v1-us", "sds-v2.1")])
def test_upns_are_found_wherever_a_shape_puts_them(shape: str) -> None:
    roster = read_roster(ROSTERS / shape)
    assert [pupil.upn for pupil in roster.pupils] == [
        "A999000116001",
        "C999000116003",
        "E999000119005",
        "D999000119004",
        "B999000116002",
    ]


@pytest.mark.parametrize("shape", [shape for shape in SHAPES if shape != "sds-v2.1"])
def test_adults_are_called_by_title_and_family_name(shape: str) -> None:
    assert [adult.called for adult in read_roster(ROSTERS / shape).staff] == ["Mrs Ali", "Ms Novak", "Mr Okafor"]


def test_adults_without_a_title_are_called_by_both_names() -> None:
    called = [adult.called for adult in read_roster(ROSTERS / "sds-v2.1").staff]
    assert called == ["Saima Ali", "Petra Novak", "Emeka Okafor"]


@pytest.mark.parametrize(
    "shape", [*SHAPES, "messy-oneroster", "flat/windows-1252-semicolons.csv", "flat/staff.csv"]
)
def test_passwords_phones_birth_dates_and_parents_never_come_out(shape: str) -> None:
    said = repr(read_roster(ROSTERS / shape))
    assert [piece for piece in NEVER_STORED if piece in said] == []


def test_the_files_hold_what_must_not_come_out() -> None:
    held = "".join(path.read_text() for path in (ROSTERS / "oneroster-1.2").iterdir())
    held += (ROSTERS / "oneroster-1.1" / "demographics.csv").read_text()
    assert [piece for piece in NEVER_STORED if piece not in held] == []


@pytest.mark.parametrize("inside", ["", "export 2026/"])
@pytest.mark.parametrize("shape", [shape for shape in SHAPES if not shape.startswith("flat")])
def test_a_zip_says_what_its_folder_says(shape: str, inside: str, tmp_path: Path) -> None:
    files = {inside + path.name: path.read_bytes() for path in (ROSTERS / shape).iterdir()}
    zipped = read_roster(zip_with(tmp_path / f"{shape}.zip", files))
    assert same(zipped, read_roster(ROSTERS / shape))


def test_files_may_be_in_one_folder_within_the_folder(tmp_path: Path) -> None:
    folder_with(tmp_path / "downloads" / "roster", ONEROSTER)
    assert len(read_roster(tmp_path / "downloads").pupils) == 2


def test_file_names_may_be_in_any_case(tmp_path: Path) -> None:
    folder_with(tmp_path, {name.upper(): content for name, content in ONEROSTER.items()})
    assert len(read_roster(tmp_path).pupils) == 2


@pytest.mark.parametrize(
    ("shape", "name"),
    [
        ("oneroster-1.1", "OneRoster 1.1"),
        ("oneroster-1.2", "OneRoster 1.2"),
        ("sds-v2.1", "Microsoft SDS v2.1"),
        ("sds-v1-uk", "Microsoft SDS v1"),
    ],
)
def test_a_roster_names_its_shape(shape: str, name: str) -> None:
    assert read_roster(ROSTERS / shape).source == f"{name}, {shape}"


def test_the_shape_is_seen_without_a_manifest(tmp_path: Path) -> None:
    for shape in ("oneroster-1.1", "oneroster-1.2"):
        files = {
            path.name: path.read_bytes() for path in (ROSTERS / shape).iterdir() if path.name != "manifest.csv"
        }
        roster = read_roster(folder_with(tmp_path / shape, files))
        assert roster.source.lower().startswith(shape.replace("-", " "))


def test_row_order_does_not_matter(tmp_path: Path) -> None:
    for shape in SHAPES[:-1]:
        turned = {}
        for path in (ROSTERS / shape).iterdir():
            heading, *rows = path.read_bytes().splitlines(keepends=True)
            turned[path.name] = heading + b"".join(reversed(rows))
        assert same(read_roster(folder_with(tmp_path / shape, turned)), read_roster(ROSTERS / shape))


def same(one: Roster, other: Roster) -> bool:
    return (one.pupils, one.staff, one.classes, one.enrolments, one.teaching, one.problems) == (
        other.pupils,
        other.staff,
        other.classes,
        other.enrolments,
        other.teaching,
        other.problems,
    )


def test_one_school_of_several_with_what_belongs_to_it(tmp_path: Path) -> None:
    files = ONEROSTER | {
        "orgs.csv": "sourcedId,name,type,parentSourcedId\ntrust,Trust,district,\n"
        "hazelwood,Hazelwood,school,trust\nnurture,Nurture,department,hazelwood\nelmfield,Elmfield,school,trust\n",
        "users.csv": ONEROSTER["users.csv"].replace("p-zofia,student,hazelwood", "p-zofia,student,elmfield")
        + 'p-tomi,student,"elmfield, nurture",Tomi,Adeyemi,tomi\n',
        "classes.csv": ONEROSTER["classes.csv"] + "c-elm,Elm,homeroom,elmfield\n",
        "enrollments.csv": "classSourcedId,userSourcedId,role\nc-oak,p-amir,student\nc-elm,p-zofia,student\n",
    }
    folder_with(tmp_path, files)
    for name in ("hazelwood", "Hazelwood", " HAZELWOOD "):
        roster = read_roster(tmp_path, school=name)
        assert [pupil.key for pupil in roster.pupils] == ["p-amir", "p-tomi"]
        assert [one.name for one in roster.classes] == ["Oak"]
        assert roster.problems == ()
    assert [pupil.key for pupil in read_roster(tmp_path, school="Elmfield").pupils] == ["p-tomi", "p-zofia"]
    assert len(read_roster(tmp_path).pupils) == 3
    with pytest.raises(
        RosterRefused, match=r"No school is called 'Oakfield' in orgs\.csv.*Hazelwood \(hazelwood\)"
    ):
        read_roster(tmp_path, school="Oakfield")


@pytest.mark.parametrize("shape", ["sds-v1-uk", "sds-v1-us"])
def test_one_school_of_an_sds_set(shape: str) -> None:
    assert len(read_roster(ROSTERS / shape, school="hazelwood primary school").pupils) == 5
    with pytest.raises(RosterRefused, match="No school is called 'Elm'"):
        read_roster(ROSTERS / shape, school="Elm")


def test_a_set_of_changes_only_is_refused(tmp_path: Path) -> None:
    manifest = "propertyName,value\noneroster.version,1.1\nfile.users,delta\n"
    folder_with(tmp_path, ONEROSTER | {"manifest.csv": manifest})
    with pytest.raises(RosterRefused, match=r"changes only.*bulk"):
        read_roster(tmp_path)


def test_users_without_any_role_are_refused_as_parents_look_alike(tmp_path: Path) -> None:
    users = "sourcedId,givenName,familyName\np-amir,Amir,Khan\n"
    folder_with(tmp_path, ONEROSTER | {"users.csv": users})
    with pytest.raises(RosterRefused, match="pupils and parents look alike"):
        read_roster(tmp_path)


def test_a_file_of_the_set_without_its_main_column_is_refused_by_name(tmp_path: Path) -> None:
    folder_with(tmp_path, ONEROSTER | {"enrollments.csv": "a,b,c\n1,2,3\n"})
    with pytest.raises(RosterRefused, match=r"enrollments\.csv has no column 'classSourcedId'"):
        read_roster(tmp_path)


def test_one_file_of_a_set_asks_for_its_folder() -> None:
    with pytest.raises(RosterRefused, match="one file of a OneRoster set"):
        read_roster(ROSTERS / "oneroster-1.1" / "users.csv")


def test_an_sds_set_without_classes_is_still_one(tmp_path: Path) -> None:
    files = {name: (ROSTERS / "sds-v1-us" / name).read_bytes() for name in ("Student.csv", "Teacher.csv")}
    roster = read_roster(folder_with(tmp_path, files))
    assert (roster.source.split(",")[0], len(roster.pupils), len(roster.staff)) == ("Microsoft SDS v1", 5, 3)


def test_a_teacher_file_by_itself_is_never_taken_for_pupils() -> None:
    roster = read_roster(ROSTERS / "sds-v1-us" / "Teacher.csv")
    assert (len(roster.pupils), len(roster.staff), roster.lists_pupils) == (0, 3, False)
