"""Which weeks have a list: each that follows school days, whether or not anybody looked."""

from __future__ import annotations

from datetime import date, timedelta

from kiosk.patterns.different.weeks import (
    WEEKS_BACK,
    ListWeek,
    in_a_row,
    list_day,
    list_weeks,
    oldest_list_day,
)

FRIDAY = date(2026, 11, 20)
MONDAY = date(2026, 11, 16)
DAYS = [date(2026, 10, 12) + timedelta(days=at) for at in range(40)]
HALF_TERM = {date(2026, 10, 26) + timedelta(days=at) for at in range(5)}
SCHOOL_DAYS = [day for day in DAYS if day.weekday() < 5 and day not in HALF_TERM and day <= FRIDAY]


def test_the_week_begins_on_the_schools_day() -> None:
    assert [list_day(FRIDAY, day) for day in ("fri", "mon", "sat")] == [
        FRIDAY,
        MONDAY,
        date(2026, 11, 14),
    ]


def test_every_week_after_school_days_has_a_list_and_none_after_a_holiday() -> None:
    found = list_weeks(FRIDAY, "mon", SCHOOL_DAYS, {})
    assert [week.shown_from for week in found] == [
        date(2026, 11, 16),
        date(2026, 11, 9),
        # not 2 November: half-term was before it
        date(2026, 10, 26),
        date(2026, 10, 19),
        # not 12 October: school began on that day
    ]
    assert not any(week.is_made or week.is_looked_at for week in found)


def test_a_list_that_is_there_is_not_made_again() -> None:
    found = list_weeks(FRIDAY, "mon", SCHOOL_DAYS, {MONDAY: True, date(2026, 10, 26): False})
    assert ListWeek(MONDAY, is_made=True, is_looked_at=True) in found
    assert ListWeek(date(2026, 10, 26), is_made=True, is_looked_at=False) in found
    assert len(found) == 4


def test_a_school_that_moves_the_day_has_one_list_a_week_all_the_same() -> None:
    found = list_weeks(FRIDAY, "fri", SCHOOL_DAYS, {MONDAY: True})
    assert [week.shown_from for week in found][:2] == [MONDAY, date(2026, 11, 13)]
    assert list_weeks(date(2026, 11, 27), "fri", SCHOOL_DAYS, {MONDAY: True})[0].shown_from == date(2026, 11, 27)


def test_a_school_that_has_just_begun_has_none() -> None:
    assert list_weeks(FRIDAY, "mon", [], {}) == []
    assert list_weeks(FRIDAY, "mon", [MONDAY], {}) == [], "its first day is not over yet"


def test_an_old_list_stays_and_a_missing_one_is_asked_for_no_longer_after_a_year() -> None:
    long_ago, very_old = FRIDAY - timedelta(weeks=WEEKS_BACK + 4), date(2020, 1, 6)
    found = list_weeks(FRIDAY, "mon", [long_ago], {very_old: True})
    assert [week.shown_from for week in found] == [very_old]
    assert oldest_list_day(FRIDAY, "mon") == MONDAY - timedelta(weeks=WEEKS_BACK - 1)


class TestInARow:
    """Lists that follow each other: whoever stands on each of them stands there without a break."""

    def test_week_after_week(self) -> None:
        lists = [MONDAY, date(2026, 11, 9)]
        assert in_a_row(lists, SCHOOL_DAYS) == 2
        assert in_a_row(lists[:1], SCHOOL_DAYS) == 1

    def test_a_holiday_is_no_break(self) -> None:
        """There is none on 2 November: half-term was before it."""
        lists = [MONDAY, date(2026, 11, 9), date(2026, 10, 26), date(2026, 10, 19)]
        assert in_a_row(lists, SCHOOL_DAYS) == 4

    def test_a_list_that_is_missing_is_one(self) -> None:
        assert in_a_row([MONDAY, date(2026, 10, 26), date(2026, 10, 19)], SCHOOL_DAYS) == 1
        assert in_a_row([date(2026, 11, 9), date(2026, 10, 26), date(2026, 10, 12)], SCHOOL_DAYS) == 2

    def test_moving_the_day_is_none(self) -> None:
        assert in_a_row([MONDAY, date(2026, 11, 6)], SCHOOL_DAYS) == 2
        assert in_a_row([date(2026, 11, 20), date(2026, 11, 9)], SCHOOL_DAYS) == 2
        assert in_a_row([date(2026, 11, 20), date(2026, 11, 2)], SCHOOL_DAYS) == 1
