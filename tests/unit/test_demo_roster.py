"""The roster that the demo ships: a believable school of nobody who exists."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from kiosk.demo.hazelwood import HIGH5, MISS_PRYCE, NEW_TO_ENGLISH, POSTS, STORIES
from kiosk.demo.now import SCENES
from tests.demo import ROSTER, rows_of

LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"


def children() -> list[dict[str, str]]:
    ids = {row["userSourcedId"] for row in rows_of("roles") if row["role"] == "student"}
    return [row for row in rows_of("users") if row["sourcedId"] in ids]


def staff() -> list[dict[str, str]]:
    ids = {row["sourcedId"] for row in children()}
    return [row for row in rows_of("users") if row["sourcedId"] not in ids]


def class_of() -> dict[str, str]:
    return {row["userSourcedId"]: row["classSourcedId"] for row in rows_of("enrollments")}


def test_there_are_240_children_in_8_classes_and_30_staff():
    sizes = Counter(class_of()[row["sourcedId"]] for row in children())
    assert (len(children()), len(staff())) == (240, 30)
    assert len(sizes) == 8
    assert all(26 <= size <= 32 for size in sizes.values())


def test_one_class_is_mixed():
    assert [row["title"] for row in rows_of("classes") if "," in row["grades"]] == ["Maple"]


def test_the_manifest_names_exactly_the_files_that_are_there():
    said = {row["propertyName"]: row["value"] for row in rows_of("manifest")}
    assert said["oneroster.version"] == "1.2"
    there = {name.removeprefix("file.") for name, value in said.items() if value == "bulk"}
    assert there == {path.stem for path in ROSTER.glob("*.csv")} - {"manifest"}


@pytest.mark.parametrize(
    ("file", "column", "target"),
    [
        ("classes", "courseSourcedId", "courses"),
        ("classes", "schoolSourcedId", "orgs"),
        ("classes", "termSourcedIds", "academicSessions"),
        ("enrollments", "classSourcedId", "classes"),
        ("enrollments", "userSourcedId", "users"),
        ("roles", "userSourcedId", "users"),
        ("users", "primaryOrgSourcedId", "orgs"),
    ],
)
def test_every_reference_leads_somewhere(file: str, column: str, target: str):
    assert {row[column] for row in rows_of(file)} <= {row["sourcedId"] for row in rows_of(target)}


def test_nobody_is_two_people():
    everyone = rows_of("users")
    for column in ("sourcedId", "username"):
        assert len({row[column] for row in everyone}) == len(everyone)
    assert len({(row["givenName"], row["familyName"]) for row in everyone}) == len(everyone)
    assert len({row["familyName"] for row in staff()}) == len(staff()), "children say Mrs Ali"


def test_pupil_numbers_have_the_right_shape_and_belong_to_no_real_authority():
    numbers = [row["identifier"] for row in children()]
    assert len(set(numbers)) == len(numbers)
    for number in numbers:
        assert re.fullmatch(r"[A-Z]000\d{9}", number)
        weighed = sum(int(digit) * weight for weight, digit in enumerate(number[1:], 2))
        assert number[0] == LETTERS[weighed % 23]


def test_every_address_is_under_the_example_domain():
    assert all(re.fullmatch(r"[a-z]+@hazelwood\.example", row["email"]) for row in staff())
    assert not any(row["email"] for row in children())


def test_nothing_is_shipped_that_the_product_must_not_store():
    for row in rows_of("users"):
        assert not any(row[column] for column in ("sms", "phone", "password", "agentSourcedIds"))


def test_names_are_as_varied_as_in_a_real_school():
    names = " ".join(row["givenName"] + " " + row["familyName"] for row in children())
    assert set("Șğıöńąôéáëïêç") & set(names), "diacritics"
    assert "O'Connor" in names
    assert "Clarke-Osei" in names
    assert "da Silva Ferreira" in names
    called = [(class_of()[row["sourcedId"]], row["preferredGivenName"] or row["givenName"]) for row in children()]
    twice = [who for who, times in Counter(called).items() if times > 1]
    assert ("class-oak", "Aisha") in twice
    assert sum(bool(row["preferredGivenName"]) for row in children()) >= 20


def test_whoever_has_a_story_or_a_post_is_in_the_roster():
    known = {row["sourcedId"] for row in rows_of("users")}
    assert set(POSTS) - {MISS_PRYCE} == {row["sourcedId"] for row in staff()}
    assert MISS_PRYCE not in known
    named = {scene.pupil for scene in SCENES} | set(STORIES) | set(HIGH5) | NEW_TO_ENGLISH
    assert named <= known
    assert {adult for high5 in HIGH5.values() for adult in high5} <= set(POSTS)


def test_the_people_of_the_stories_are_who_we_say():
    called = {row["sourcedId"]: f"{row['givenName']} {row['familyName']}" for row in rows_of("users")}
    assert [called[who] for who in ("pupil-149", "pupil-150", "pupil-151", "pupil-138")] == [
        "Leo Carter",
        "Daniel Mensah",
        "Oleksandra Kovalenko",
        "Tyler Brooks",
    ]
    assert [called[who] for who in ("pupil-159", "pupil-155", "pupil-042")] == [
        "Amir Khan",
        "Zofia Nowak",
        "Tomi Adeyemi",
    ]
    assert [called[who] for who in ("staff-09", "staff-22", "staff-23", "staff-02", "staff-03")] == [
        "Samina Ali",
        "Chidi Okafor",
        "Eva Novak",
        "Patricia Green",
        "Simon Bell",
    ]
