"""Whatever a file holds, it is read or refused in a sentence; and what is read holds together."""

from __future__ import annotations

import random
import zipfile
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import example, given, settings
from hypothesis import strategies as st

from kiosk.people.roster.headings import EVERY_FIELD
from kiosk.people.roster.model import (
    CLASS_NAME_MOST,
    ID_MOST,
    NAME_MOST,
    UPN_MOST,
    YEAR_MOST,
    Roster,
    RosterRefused,
)
from kiosk.people.roster.plan import plan_import
from kiosk.people.roster.present import Present
from kiosk.people.roster.reading import read_roster
from tests.rosters import ROSTERS, folder_with

TEXT = st.text(st.characters(codec="utf-8"), max_size=30)
CELL = st.one_of(
    st.sampled_from(
        ["", "1", "2", "p1", "Amir", "Khan", "Oak", "student", "teacher", "parent", "tobedeleted", "Mrs", "a@b.c"]
    ),
    st.sampled_from(
        ['"', '""', '"a,b"', ",", ";", "\n", "\r", "\x00", "=", '="1"', "\u202e", "2023-05-01", "1/05/2023"]
    ),
    TEXT,
)
HEADING = st.one_of(
    st.sampled_from(sorted({alias for aliases in EVERY_FIELD.values() for alias in aliases})),
    st.sampled_from(
        ["Forename", "Surname", "UPN", "Class", "Role", "E-mail", "First Name", "SIS ID", "sourcedId"]
    ),
    CELL,
)
SETS = ("oneroster-1.1", "oneroster-1.2", "sds-v1-uk", "sds-v2.1")


def read(path: Path) -> Roster | None:
    """What is read, if it is; every other way out is a failure of the test."""
    try:
        roster = read_roster(path)
    except RosterRefused as refused:
        sentence = str(refused)
    else:
        holds_together(roster)
        return roster
    assert sentence.endswith((".", "?"))
    return None


def holds_together(roster: Roster) -> None:
    """Nothing is too long for the database, refers to nobody, or stands there twice."""
    pupils, adults, classes = ({one.key for one in some} for some in (roster.pupils, roster.staff, roster.classes))
    assert (len(pupils), len(adults), len(classes)) == (len(roster.pupils), len(roster.staff), len(roster.classes))
    assert all(place.pupil in pupils and place.school_class in classes for place in roster.enrolments)
    assert all(one.adult in adults and one.school_class in classes for one in roster.teaching)
    homes = [place.pupil for place in roster.enrolments if place.home]
    assert len(homes) == len(set(homes))
    for pupil in roster.pupils:
        assert pupil.source_id or pupil.upn or pupil.username
        assert 0 < len(pupil.given_name) <= NAME_MOST
        assert 0 < len(pupil.family_name) <= NAME_MOST
        assert len(pupil.known_as or "") <= NAME_MOST
        assert len(pupil.upn or "") <= UPN_MOST
        assert len(pupil.year or "") <= YEAR_MOST
    for adult in roster.staff:
        assert adult.source_id
        assert 0 < len(adult.called) <= NAME_MOST
        assert len(adult.given_name) <= NAME_MOST
    for person in (*roster.pupils, *roster.staff):
        assert len(person.key) <= ID_MOST
        assert len(person.source_id or "") <= ID_MOST
        assert len(person.username or "") <= ID_MOST
        assert "\x00" not in repr(person)
    assert all(0 < len(one.name) <= CLASS_NAME_MOST and len(one.key) <= ID_MOST for one in roster.classes)
    for field in ("upn", "username", "email"):
        for some in (roster.pupils, roster.staff):
            values = [value.lower() for one in some if (value := getattr(one, field, None))]
            assert len(values) == len(set(values))
    assert all(problem.sentence.endswith(".") for problem in roster.problems)
    plan_import(roster, Present())


@settings(max_examples=200)
@given(st.one_of(st.binary(max_size=3000), TEXT.map(str.encode)))
@example(b"\xff\xfe")
@example(b"\xff\xfeF\x00o")
@example(b"PK\x03\x04")
@example(b'Forename,Surname,UPN\n"')
@example(b"Forename,Surname,UPN\n\xed\xa0\x80,b,c")
@example("Forename,Surname,UPN\n".encode("utf-16-le") + b"\x00\xd8")
def test_any_bytes_as_a_file(content: bytes) -> None:
    with TemporaryDirectory() as folder:
        read(folder_with(Path(folder), {"pupils.csv": content}) / "pupils.csv")


@settings(max_examples=200)
@given(
    st.lists(HEADING, min_size=1, max_size=8),
    st.lists(st.lists(CELL, max_size=9), max_size=8),
    st.sampled_from(",;\t"),
)
def test_any_list(headings: list[str], rows: list[list[str]], separator: str) -> None:
    text = "\n".join(separator.join(row) for row in [headings, *rows])
    with TemporaryDirectory() as folder:
        read(folder_with(Path(folder), {"list.csv": text}) / "list.csv")


@settings(max_examples=150)
@given(st.sampled_from(SETS), st.data())
def test_any_spoilt_set(shape: str, data: st.DataObject) -> None:
    """Cells of good files replaced, rows cut, bytes flipped, files gone."""
    files: dict[str, bytes | str] = {}
    for path in sorted((ROSTERS / shape).iterdir()):
        lines = [line.split(",") for line in path.read_text().splitlines()]
        for _ in range(data.draw(st.integers(0, 3))):
            row = data.draw(st.integers(0, len(lines) - 1))
            cell = data.draw(st.integers(0, max(len(lines[row]) - 1, 0)))
            lines[row][cell : cell + 1] = data.draw(st.lists(CELL, max_size=2))
        content = "\n".join(",".join(line) for line in lines).encode()
        if data.draw(st.integers(0, 9)) != 5:
            files[path.name] = content
    with TemporaryDirectory() as folder:
        read(folder_with(Path(folder), files))


@settings(max_examples=150)
@given(st.integers(0, 2000), st.binary(min_size=1, max_size=20))
def test_any_spoilt_zip(at: int, spoil: bytes) -> None:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted((ROSTERS / "sds-v1-uk").iterdir()):
            archive.write(path, path.name)
    content = packed.getvalue()
    spoilt = content[:at] + spoil + content[at + len(spoil) :]
    with TemporaryDirectory() as folder:
        read(folder_with(Path(folder), {"roster.zip": spoilt}) / "roster.zip")


NAMES = st.text(st.characters(categories=["Lu", "Ll", "Lo"]), min_size=1, max_size=8).map(lambda name: f"N{name}")
PEOPLE = st.lists(st.tuples(NAMES, NAMES, st.sampled_from(["Oak", "Birch", "Elm", ""])), min_size=1, max_size=12)


@settings(max_examples=60)
@given(PEOPLE, st.randoms(use_true_random=False))
def test_row_order_does_not_matter(people: list[tuple[str, str, str]], order: random.Random) -> None:
    rows = [f"{number},{given},{family},{group}" for number, (given, family, group) in enumerate(people)]
    turned = order.sample(rows, len(rows))
    heading = "Pupil ID,Forename,Surname,Class\n"
    with TemporaryDirectory() as folder:
        one = read(folder_with(Path(folder), {"one.csv": heading + "\n".join(rows)}) / "one.csv")
        other = read(folder_with(Path(folder), {"other.csv": heading + "\n".join(turned)}) / "other.csv")
    assert one is not None
    assert other is not None
    assert len(one.pupils) == len(people)
    assert (one.pupils, one.classes, one.enrolments) == (other.pupils, other.classes, other.enrolments)
    plans = [plan_import(roster, Present()) for roster in (one, other)]
    assert (plans[0].pupils_new, plans[0].places_added) == (plans[1].pupils_new, plans[1].places_added)
