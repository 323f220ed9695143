"""What a term or a closure may be."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.school.calendar import NATIONS, Span, bank_holidays_in
from kiosk.school.date_rules import DatesRefused, SchoolSpan, check_overlap, read_dates, span_words

TODAY = date(2026, 11, 20)
AUTUMN = {"kind": "term", "name": "Autumn term", "first": "2026-09-02", "last": "2026-12-18"}


def test_a_term_is_read_as_it_was_typed() -> None:
    read = read_dates(AUTUMN | {"name": "  Autumn   term "}, TODAY)
    assert read == SchoolSpan("term", Span(date(2026, 9, 2), date(2026, 12, 18), "Autumn term"))


def test_a_closure_of_one_day_needs_no_last_day() -> None:
    read = read_dates({"kind": "closed", "name": "Training day", "first": "2027-01-04", "last": ""}, TODAY)
    assert read.span == Span(date(2027, 1, 4), date(2027, 1, 4), "Training day")


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"kind": "holiday"}, "term or closed days"),
        ({"name": "  "}, "Give it a name"),
        ({"name": "A" * 61}, "at most 60"),
        ({"name": "Autumn\x00"}, "Give it a name"),
        ({"first": ""}, "Give the first day"),
        ({"first": "2 September"}, "Give the first day"),
        ({"last": ""}, "Give the last day of the term"),
        ({"last": "18/12"}, "Give the last day"),
        ({"last": "2026-09-01"}, "comes before the first"),
        ({"last": "2027-12-18"}, "longer than a year"),
        ({"first": "2062-09-02", "last": "2062-12-18"}, "2062 is far away"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(wrong: dict[str, str], said: str) -> None:
    with pytest.raises(DatesRefused, match=said):
        read_dates(AUTUMN | wrong, TODAY)


def test_two_terms_share_no_day_and_a_closure_may_lie_in_a_term() -> None:
    autumn = read_dates(AUTUMN, TODAY)
    spring = read_dates(AUTUMN | {"name": "Spring", "first": "2026-12-18", "last": "2027-03-25"}, TODAY)
    with pytest.raises(DatesRefused, match="overlap “Autumn term”"):
        check_overlap(spring, [autumn])
    half_term = read_dates(
        {"kind": "closed", "name": "Half-term", "first": "2026-10-26", "last": "2026-10-30"}, TODAY
    )
    check_overlap(half_term, [autumn])


days = st.dates(date(2026, 1, 1), date(2026, 12, 31))


@given(one=st.tuples(days, days).map(sorted), other=st.tuples(days, days).map(sorted))
def test_spans_overlap_when_they_share_a_day(one: list[date], other: list[date]) -> None:
    first, second = (SchoolSpan("closed", Span(*pair, name="some days")) for pair in (one, other))
    share = any(date.fromordinal(day) in second.span for day in range(one[0].toordinal(), one[1].toordinal() + 1))
    if not share:
        check_overlap(first, [second])
        return
    with pytest.raises(DatesRefused):
        check_overlap(first, [second])


def test_days_are_said_as_people_say_them() -> None:
    assert span_words(Span(date(2026, 9, 2), date(2026, 12, 18))) == "2 September to 18 December 2026"
    assert span_words(Span(date(2026, 12, 21), date(2027, 1, 1))) == "21 December 2026 to 1 January 2027"
    assert span_words(Span(date(2027, 1, 4), date(2027, 1, 4))) == "Monday 4 January 2027"


@pytest.mark.parametrize(
    ("nation", "there", "not_there"),
    [
        ("england", date(2027, 3, 29), date(2026, 11, 30)),  # Easter Monday, not St Andrew's
        ("scotland", date(2026, 11, 30), date(2027, 3, 29)),
        ("northern_ireland", date(2027, 3, 17), date(2026, 11, 30)),  # St Patrick's
        ("wales", date(2026, 12, 25), date(2027, 3, 17)),
    ],
)
def test_each_nation_has_its_own_bank_holidays(nation: str, there: date, not_there: date) -> None:
    assert nation in NATIONS
    found = [day for day, _name in bank_holidays_in(Span(date(2026, 9, 1), date(2027, 8, 31)), nation)]
    assert found == sorted(found)
    assert there in found
    assert not_there not in found
