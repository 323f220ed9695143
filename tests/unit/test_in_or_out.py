"""In or out today: why, what one tap changes, and an absence."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.people.here import InOrOut, away, back_again, in_or_out, switched
from kiosk.people.rules import Presence
from kiosk.web.staff.here_words import absence_words, back_words, why_words

FRIDAY, MONDAY, TUESDAY = date(2026, 11, 20), date(2026, 11, 23), date(2026, 11, 24)
TEN = datetime.combine(FRIDAY, time(10))
VISITS_TUESDAYS = Presence(weekdays=0b0000010)
MORNINGS = Presence(hours={"4": ["09:00", "12:00"]}, lunch_from=time(10, 30), lunch_until=time(11))


def is_weekday(day: date) -> bool:
    return day.weekday() < 5


def at(clock: str) -> datetime:
    return datetime.combine(FRIDAY, time.fromisoformat(clock))


def stands(presence: Presence, now: datetime = TEN) -> InOrOut:
    return in_or_out(presence, now, is_weekday)


def words(presence: Presence, now: datetime = TEN) -> str:
    found = stands(presence, now)
    return f"{'in' if found.is_in else 'out'}, {why_words(found, presence, now.date())}" + (
        f", {back}" if (back := back_words(found, now.date())) else ""
    )


@pytest.mark.parametrize(
    ("presence", "now", "said"),
    [
        (Presence(), "10:00", "in, by the timetable"),
        (MORNINGS, "08:00", "in, from 09:00"),
        (MORNINGS, "10:45", "in, at lunch until 11:00"),
        (MORNINGS, "12:00", "out, was in until 12:00, back on Monday 23 November"),
        (VISITS_TUESDAYS, "10:00", "out, not in on Fridays, back on Tuesday 24 November"),
        (Presence(tapped_on=FRIDAY), "10:00", "in, said today"),
        (Presence(tapped_on=FRIDAY, tapped_here=False), "10:00", "out, said today, back on Monday 23 November"),
        (
            Presence(away_from=FRIDAY, away_until=MONDAY),
            "10:00",
            "out, away until Monday 23 November, back on Tuesday 24 November",
        ),
        (Presence(away_from=FRIDAY), "10:00", "out, away, nobody knows yet until when"),
        (Presence(left_on=FRIDAY), "10:00", "out, works here no more"),
    ],
)
def test_it_says_why_and_when_somebody_is_back(presence: Presence, now: str, said: str) -> None:
    assert words(presence, at(now)) == said


def test_only_who_is_in_and_not_at_lunch_can_be_reached() -> None:
    clocks = ("08:00", "09:30", "10:45", "13:00")
    assert [stands(MORNINGS, at(now)).is_reachable for now in clocks] == [False, True, False, False]


def test_one_tap_out_and_in_again_leaves_the_timetable_as_it_was() -> None:
    out = switched(MORNINGS, TEN, here=False)
    assert not stands(out).is_in
    assert switched(out, TEN, here=True) == MORNINGS, "who goes home at twelve still does"


def test_one_tap_brings_somebody_in_who_is_not_expected() -> None:
    came = switched(VISITS_TUESDAYS, TEN, here=True)
    assert stands(came).is_in
    assert not came.is_here(MONDAY), "it holds for today only"


presences = st.builds(
    Presence,
    weekdays=st.integers(1, 127),
    away_from=st.sampled_from([None, FRIDAY, MONDAY]),
    away_until=st.sampled_from([None, TUESDAY]),
    hours=st.sampled_from([None, {"4": ["09:00", "12:00"]}, {"4": ["13:00", "15:00"]}]),
    lunch_from=st.just(time(12)),
    lunch_until=st.just(time(13)),
    tapped_on=st.sampled_from([None, date(2026, 11, 19), FRIDAY]),
    tapped_here=st.booleans(),
)
moments = st.times(time(7), time(18)).map(lambda clock: datetime.combine(FRIDAY, clock))


@given(presence=presences, now=moments, here=st.booleans())
def test_after_a_tap_it_is_as_was_tapped_whatever_was_before(
    presence: Presence, now: datetime, here: bool
) -> None:
    tapped = switched(presence, now, here=here)
    assert stands(tapped, now).is_in == here
    untouched = replace(tapped, tapped_on=presence.tapped_on, tapped_here=presence.tapped_here)
    assert untouched == presence, "nothing but the tap changed"


@given(presence=presences, now=moments)
def test_who_can_be_told_is_always_shown_as_in(presence: Presence, now: datetime) -> None:
    assert presence.is_here_at(now) == stands(presence, now).is_reachable


def test_an_absence_from_today_on_says_out_today_so_that_what_was_taken_passes_on() -> None:
    gone = away(Presence(tapped_on=FRIDAY), FRIDAY, FRIDAY, TUESDAY)
    assert gone.has_gone(FRIDAY)
    assert (gone.away_from, gone.away_until) == (FRIDAY, MONDAY)
    assert stands(gone).why == "away"


def test_an_absence_to_come_leaves_today_as_it_is() -> None:
    later = away(Presence(), FRIDAY, MONDAY, None)
    assert stands(later).is_in
    assert not later.is_here(MONDAY)


def test_taking_an_absence_away_brings_the_timetable_back() -> None:
    assert back_again(away(MORNINGS, FRIDAY, FRIDAY, None)) == MORNINGS


def test_an_absence_is_told_with_its_first_day_and_the_day_of_return() -> None:
    assert absence_words(Presence(), FRIDAY) == ""
    until = Presence(away_from=MONDAY, away_until=date(2026, 11, 27))
    assert absence_words(until, FRIDAY) == "From Monday 23 November, back on Saturday 28 November"
    unknown = Presence(away_from=date(2026, 11, 2))
    assert absence_words(unknown, FRIDAY) == "Since Monday 2 November, and nobody knows yet until when"
    assert absence_words(Presence(away_from=date(2026, 9, 1), away_until=date(2026, 9, 4)), FRIDAY) == ""
