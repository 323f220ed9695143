"""What the forms of "My days" may say."""

from __future__ import annotations

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.people.here import away
from kiosk.people.rules import EVERY_DAY, Presence
from kiosk.web.staff.days_forms import DaysRefused, Week, away_fields, read_away, read_week, week_fields

SCHOOL_DAYS = range(5)
TODAY = date(2026, 11, 20)


def week(**fields: str) -> dict[str, str]:
    """A form with Monday and Thursday ticked; ``from_0="09:00"`` for its fields."""
    return {"day-0": "yes", "day-3": "yes"} | {name.replace("_", "-"): text for name, text in fields.items()}


def test_days_with_and_without_times_and_a_lunch() -> None:
    read = read_week(week(from_3="09:00", until_3="12:15", lunch_from="12:15", lunch_until="13:00"), SCHOOL_DAYS)
    assert read == Week(0b0001001, {"3": ["09:00", "12:15"]}, time(12, 15), time(13))


def test_every_school_day_is_every_day_that_school_is_open() -> None:
    every = {f"day-{day}": "yes" for day in SCHOOL_DAYS}
    assert read_week(every, SCHOOL_DAYS).weekdays == EVERY_DAY


def test_times_on_a_day_that_is_not_ticked_count_for_nothing() -> None:
    assert read_week(week(from_1="late"), SCHOOL_DAYS).hours == {}


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"day_0": "", "day_3": ""}, "Tick at least one day"),
        ({"day_0": "", "day_3": "", "day_6": "yes"}, "Tick at least one day"),
        ({"from_0": "09:00"}, "Monday: give both times, or none"),
        ({"until_3": "12:00"}, "Thursday: give both times"),
        ({"from_0": "12:00", "until_0": "09:00"}, "Monday: “until” comes after “from”"),
        ({"from_0": "09:00", "until_0": "09:00"}, "Monday: “until” comes after"),
        ({"from_0": "nine", "until_0": "12:00"}, "Monday: give times such as 09:00"),
        ({"from_0": "09:00+01:00", "until_0": "12:00"}, "Monday: give times such as"),
        ({"lunch_from": "12:00"}, "Lunch: give both times"),
        ({"lunch_from": "13:00", "lunch_until": "12:00"}, "Lunch: “until” comes after"),
    ],
)
def test_a_week_that_cannot_be_is_refused_in_a_sentence(fields: dict[str, str], said: str) -> None:
    with pytest.raises(DaysRefused, match=said):
        read_week(week(**fields), SCHOOL_DAYS)


def test_an_absence_has_a_first_day_and_a_return_or_none_known() -> None:
    assert read_away({"first": "2026-11-23", "back": "2026-12-04"}, TODAY) == (
        date(2026, 11, 23),
        date(2026, 12, 4),
    )
    assert read_away({"first": "2026-11-02", "back": "2026-12-04", "unknown": "yes"}, TODAY)[1] is None


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"first": ""}, "Give the first day away"),
        ({"first": "Monday"}, "Give the first day away"),
        ({"back": ""}, "Give the day of return, or tick"),
        ({"back": "soon"}, "Give the day of return"),
        ({"back": "2026-11-23"}, "comes after the first day"),
        ({"back": "2026-11-22"}, "comes after the first day"),
        ({"first": "2026-11-02", "back": "2026-11-20"}, "not ahead of us"),
        ({"first": "2206-11-23", "back": "2206-12-04"}, "years away"),
        ({"first": "2016-11-23", "unknown": "yes"}, "years away"),
        ({"back": "2062-12-04"}, "years away"),
    ],
)
def test_an_absence_that_cannot_be_is_refused_in_a_sentence(fields: dict[str, str], said: str) -> None:
    with pytest.raises(DaysRefused, match=said):
        read_away({"first": "2026-11-23", "back": "2026-12-04"} | fields, TODAY)


clocks = st.sampled_from(["", "08:30", "09:00", "12:15", "15:30", "x"])


@given(
    ticked=st.sets(st.integers(0, 4)),
    times=st.lists(st.tuples(clocks, clocks), min_size=6, max_size=6),
)
def test_what_is_kept_comes_back_into_the_form_as_it_was(ticked: set[int], times: list[tuple[str, str]]) -> None:
    form = {f"day-{day}": "yes" for day in ticked}
    for day, (begins, ends) in enumerate(times[:5]):
        form |= {f"from-{day}": begins, f"until-{day}": ends}
    form |= {"lunch-from": times[5][0], "lunch-until": times[5][1]}
    try:
        read = read_week(form, SCHOOL_DAYS)
    except DaysRefused:
        return
    assert read_week(week_fields(read.of(Presence())), SCHOOL_DAYS) == read


def test_an_absence_comes_back_into_the_form_until_it_is_over() -> None:
    kept = away(Presence(), TODAY, date(2026, 11, 23), date(2026, 12, 4))
    fields = away_fields(kept, TODAY)
    assert fields == {"first": "2026-11-23", "back": "2026-12-04"}
    assert away_fields(kept, date(2026, 12, 4)) == {}
    assert away_fields(away(Presence(), TODAY, TODAY, None), TODAY) == {"first": "2026-11-20", "unknown": "yes"}
