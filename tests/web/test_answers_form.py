"""A time on a form is a time on the school's clock, later today."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.web.staff.forms import FormRefused, read_answer

LONDON = ZoneInfo("Europe/London")
SUMMER_MORNING = datetime(2026, 6, 3, 10, 5, 40, tzinfo=LONDON)
CARRIED = {"answer": "coming", "seen_number": "3"}


def test_in_ten_minutes_is_a_whole_minute_in_utc() -> None:
    answer = read_answer(CARRIED | {"in_minutes": "10"}, SUMMER_MORNING)
    assert answer.coming_at == datetime(2026, 6, 3, 9, 15, tzinfo=UTC)


def test_a_time_of_day_is_the_schools() -> None:
    answer = read_answer(CARRIED | {"at": "10:30"}, SUMMER_MORNING)
    assert answer.coming_at == datetime(2026, 6, 3, 9, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("at", "sentence"),
    [
        ("10:05", "10:05 has passed already: it is 10:05. Choose a later time today."),
        ("00:30", "00:30 has passed already: it is 10:05. Choose a later time today."),
        ("half ten", "Choose a time first, such as 10:30."),
        ("", "Choose a time first, such as 10:30."),
    ],
)
def test_a_time_that_cannot_be_kept_is_refused_in_one_sentence(at: str, sentence: str) -> None:
    with pytest.raises(FormRefused) as refused:
        read_answer(CARRIED | {"at": at}, SUMMER_MORNING)
    assert str(refused.value) == sentence


def test_in_twenty_minutes_is_refused_when_that_is_tomorrow() -> None:
    with pytest.raises(FormRefused, match="tomorrow"):
        read_answer(CARRIED | {"in_minutes": "20"}, datetime(2026, 6, 3, 23, 45, tzinfo=LONDON))


def test_when_the_clocks_go_back_the_next_such_time_is_meant() -> None:
    second_time_round = datetime(2026, 10, 25, 1, 20, tzinfo=LONDON, fold=1)
    answer = read_answer(CARRIED | {"at": "01:30"}, second_time_round)
    assert answer.coming_at == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)


def test_coming_now_carries_no_time() -> None:
    assert read_answer(CARRIED, SUMMER_MORNING).coming_at is None


def test_taking_over_is_said_with_yes() -> None:
    assert read_answer(CARRIED | {"take_over": "yes"}, SUMMER_MORNING).take_over
    assert not read_answer(CARRIED | {"take_over": "no"}, SUMMER_MORNING).take_over
    assert not read_answer(CARRIED, SUMMER_MORNING).take_over


@given(
    st.dictionaries(
        st.sampled_from(["answer", "seen_number", "take_over", "in_minutes", "at", "to", "note"]),
        st.text(max_size=30) | st.sampled_from(["coming", "handed_over", "talked", "5", "23:59", "1"]),
    )
)
def test_whatever_is_sent_is_an_answer_or_a_refusal(form: dict[str, str]) -> None:
    try:
        at = read_answer(form, SUMMER_MORNING).coming_at
    except FormRefused:
        return
    assert at is None or at > SUMMER_MORNING
