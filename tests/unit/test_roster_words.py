"""Single values as school systems write them."""

from __future__ import annotations

from datetime import date

import pytest

from kiosk.people.roster.model import RosterAdult
from kiosk.people.roster.words import clean, is_before, is_called_by_rule, is_registration, kind_of_role, read_year

DAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("text", "earlier"),
    [
        ("2026-11-19", True),
        ("2026-11-20", False),
        ("20261119", True),
        ("2026-11-19T23:59:59.000Z", True),
        ("1/05/2026", True),
        ("19/11/2026", True),
        ("11/12/2026", False),  # 12 November or 11 December: only one of them is earlier
        ("12/11/2026", False),
        ("31/31/2020", False),
        ("2026-13-01", False),
        ("soon", False),
        ("", False),
        ("0000-01-01", False),
        ("99999999999", False),
    ],
)
def test_a_date_is_only_earlier_when_every_reading_is(text: str, earlier: bool) -> None:
    assert is_before(text, DAY) is earlier


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("03, 04", "3/4"),
        ('["05"]', "5"),
        ("Year 10", "10"),
        ("Yr 2", "2"),
        ("Mixed", "Mixed"),
        ("x" * 21, None),
        (" ", None),
    ],
)
def test_years(text: str, year: str | None) -> None:
    assert read_year(text) == year


@pytest.mark.parametrize("role", ["", "visitor", "other", "alumni", "governor", "123"])
def test_roles_of_nobody_we_know(role: str) -> None:
    assert kind_of_role(role) is None


@pytest.mark.parametrize("role", ["student", "Student", "STUDENT", "Pupil", "Student - main registration"])
def test_roles_of_pupils(role: str) -> None:
    assert kind_of_role(role) == "pupil"


def test_cleaning_changes_nothing_that_can_be_seen() -> None:
    assert clean("  Anna  Maria ") == "Anna Maria"
    assert clean("e\u0301") == "\u00e9"
    assert clean("a\x00b\x1bc\u200bd\u202ee\ufeff") == "abcde"
    assert clean('="007"') == "007"
    assert clean("O'Neil-Smith") == "O'Neil-Smith"


@pytest.mark.parametrize(
    ("called", "by_rule"),
    [("Mrs Ali", True), ("Saima Ali", True), ("Miss Polly", False), ("Mrs A", False), ("Ali", True)],
)
def test_what_an_import_would_have_called_an_adult(called: str, by_rule: bool) -> None:
    assert is_called_by_rule(called, "Saima", "Ali") is by_rule


def test_what_an_adult_is_called_always_fits() -> None:
    adult = RosterAdult("1", "S" * 120, "A" * 120, "Mrs")
    assert adult.called == "A" * 120


@pytest.mark.parametrize(
    ("name", "home"), [("Reg 5M", True), ("Form 4", True), ("Homeroom 2", True), ("Platform games", False)]
)
def test_registration_classes_by_name(name: str, home: bool) -> None:
    assert is_registration(name) is home
