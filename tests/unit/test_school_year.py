"""When a school year begins: in September, in August, or with the term that says so."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from kiosk.school.calendar import SchoolCalendar, Span
from kiosk.school.settings import SETTINGS, SettingRefused, calendar_of, check_setting

PLAIN = SchoolCalendar(ZoneInfo("Europe/London"), frozenset(range(5)), time(8, 30), time(15, 30))
SCOTTISH = replace(PLAIN, year_month=8)
FROM_AUGUST = replace(
    PLAIN,
    terms=(
        Span(date(2026, 8, 27), date(2026, 10, 23)),
        Span(date(2026, 11, 2), date(2026, 12, 18)),
        Span(date(2027, 4, 12), date(2027, 7, 20)),
    ),
)
DEFAULTS = {name: setting.default for name, setting in SETTINGS.items()}


@pytest.mark.parametrize(
    ("calendar", "day", "year"),
    [
        (PLAIN, date(2026, 8, 31), Span(date(2025, 9, 1), date(2026, 8, 31), "2025/26")),
        (PLAIN, date(2026, 9, 1), Span(date(2026, 9, 1), date(2027, 8, 31), "2026/27")),
        (PLAIN, date(2000, 1, 1), Span(date(1999, 9, 1), date(2000, 8, 31), "1999/00")),
        (SCOTTISH, date(2026, 7, 31), Span(date(2025, 8, 1), date(2026, 7, 31), "2025/26")),
        (SCOTTISH, date(2026, 8, 1), Span(date(2026, 8, 1), date(2027, 7, 31), "2026/27")),
        (FROM_AUGUST, date(2026, 8, 26), Span(date(2025, 9, 1), date(2026, 8, 26), "2025/26")),
        (FROM_AUGUST, date(2026, 8, 27), Span(date(2026, 8, 27), date(2027, 8, 31), "2026/27")),
        (FROM_AUGUST, date(2027, 8, 31), Span(date(2026, 8, 27), date(2027, 8, 31), "2026/27")),
    ],
)
def test_it_begins_in_its_month_or_with_its_first_term(calendar: SchoolCalendar, day: date, year: Span) -> None:
    assert calendar.school_year(day) == year


def test_a_holiday_club_in_august_begins_no_year() -> None:
    club = replace(PLAIN, terms=(Span(date(2026, 8, 3), date(2026, 8, 14), "Holiday club"),))
    assert club.school_year(date(2026, 8, 20)).name == "2025/26"


@pytest.mark.parametrize("calendar", [PLAIN, SCOTTISH, FROM_AUGUST])
def test_every_day_lies_in_one_year_and_years_follow_each_other(calendar: SchoolCalendar) -> None:
    for ahead in range(900):
        day = date(2025, 1, 1) + timedelta(days=ahead)
        year = calendar.school_year(day)
        assert day in year
        assert calendar.school_year(year.last + timedelta(days=1)).first == year.last + timedelta(days=1)


def test_the_school_decides_between_september_and_august() -> None:
    assert calendar_of(DEFAULTS).year_month == 9
    august = DEFAULTS | {"school_year_begins": check_setting("school_year_begins", "august")}
    assert calendar_of(august).year_month == 8
    with pytest.raises(SettingRefused, match="september, august"):
        check_setting("school_year_begins", "january")
