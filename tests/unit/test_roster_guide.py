"""The guide for the school's IT person tells the truth about headings and limits."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.people.roster.files import BYTES_MOST
from kiosk.people.roster.headings import EVERY_FIELD
from kiosk.people.roster.tables import BROKEN_MOST, ROWS_MOST
from kiosk.people.roster.words import fold

GUIDE = (Path(__file__).parents[2] / "docs" / "roster.md").read_text()
FIELDS = {
    "first name": {"given", "legal_given"},
    "what the child is called": {"preferred"},
    "family name": {"family", "legal_family", "preferred_family"},
    "both in one": {"name"},
    "UPN": {"upn"},
    "the school's own number": {"admission", "id"},
    "username": {"username"},
    "registration group": {"registration"},
    "class": {"class"},
    "house": {"house"},
    "year": {"year"},
    "who a row is about": {"role"},
    "state": {"status", "leaving"},
    "staff: name in one": {"staff_name", "teacher"},
    "staff: title": {"title"},
    "staff: id": {"staff_id"},
    "staff: e-mail": {"staff_email", "email"},
    "staff: post": {"job"},
    "teacher beside a pupil": {"teacher"},
    "that teacher's e-mail": {"teacher_email"},
    "that teacher's id": {"teacher_id"},
    "school": {"school", "school_id"},
}


def headings_in_guide() -> Iterator[tuple[str, str]]:
    table = GUIDE.split("| what | headings |")[1].split("\n\n")[0]
    for row in table.splitlines()[2:]:
        what, headings = (cell.strip() for cell in row.strip("|").split("|"))
        for heading in headings.partition(' ("')[0].split(" · "):
            yield what, heading


@pytest.mark.parametrize(("what", "heading"), list(headings_in_guide()))
def test_a_heading_in_the_guide_is_read_as_what_it_says(what: str, heading: str) -> None:
    fields = {field for field, aliases in EVERY_FIELD.items() if fold(heading) in aliases}
    assert fields & FIELDS[what]


@pytest.mark.parametrize("what", FIELDS)
def test_the_guide_names_headings_in_the_order_they_are_preferred(what: str) -> None:
    in_guide = [fold(heading) for row, heading in headings_in_guide() if row == what]
    for field in FIELDS[what]:
        known = [heading for heading in in_guide if heading in EVERY_FIELD[field]]
        assert known == sorted(known, key=EVERY_FIELD[field].index)


def test_the_guide_has_every_kind_of_heading() -> None:
    assert {what for what, _ in headings_in_guide()} == FIELDS.keys()
    covered = set().union(*FIELDS.values())
    assert EVERY_FIELD.keys() - covered == {"sourced_id"}  # only there to notice one file of a OneRoster set


def test_the_limits_in_the_guide_are_the_limits() -> None:
    assert f"{BYTES_MOST // 1024 // 1024} MB" in GUIDE
    assert ROWS_MOST == 1_000_000
    assert "a million rows" in GUIDE
    assert BROKEN_MOST == 1000
    assert "more than a thousand of its rows" in GUIDE
