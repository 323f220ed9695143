"""A concern that nobody has read comes back: to whom, when, and never to whom it is about."""

from __future__ import annotations

from datetime import datetime, time
from zoneinfo import ZoneInfo

import pytest

from kiosk.chats.concern_rules import OpenConcern, still_to_read, whom_to_tell_again
from kiosk.school.calendar import SchoolCalendar

ALI, GREEN, MARSH, LATER = 1, 5, 7, 9
LONDON = ZoneInfo("Europe/London")
SCHOOL = SchoolCalendar(LONDON, frozenset(range(5)), time(8, 30), time(15, 30))


def concern(
    *given_to: int, raised_by: int = ALI, about: int | None = None, read_by: frozenset[int] = frozenset()
) -> OpenConcern:
    return OpenConcern(1, raised_by, about, at("Mon 09:00"), frozenset(given_to), read_by)


def at(day_and_time: str) -> datetime:
    """A moment of the week of Monday 9 November 2026."""
    day, clock = day_and_time.split()
    return datetime.combine(
        datetime(2026, 11, 9 + ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"].index(day), tzinfo=LONDON),
        time.fromisoformat(clock),
        LONDON,
    )


class TestWhoStillHasToReadIt:
    @pytest.mark.parametrize(
        ("given", "leads", "expected"),
        [
            (concern(GREEN, MARSH), {GREEN, MARSH}, {GREEN, MARSH}),
            (concern(GREEN, MARSH, read_by=frozenset({MARSH})), {GREEN, MARSH}, set()),
            (concern(GREEN), {GREEN, LATER}, {GREEN}),  # who sees it was decided when it was raised
            (concern(GREEN), {LATER}, {LATER}),  # they have all gone
            (concern(GREEN, read_by=frozenset({GREEN})), {LATER}, {LATER}),  # who read it has gone
            (concern(GREEN, LATER, read_by=frozenset({GREEN, LATER})), {LATER}, set()),
            (concern(MARSH, about=GREEN), {GREEN, MARSH}, {MARSH}),
            (concern(MARSH, about=GREEN), {GREEN}, set()),  # the only lead left is the one it is about
            (concern(GREEN, MARSH, raised_by=GREEN, read_by=frozenset({GREEN})), {GREEN, MARSH}, {MARSH}),
            (concern(GREEN, raised_by=GREEN, read_by=frozenset({GREEN})), {GREEN}, set()),
            (concern(GREEN), set(), set()),
        ],
    )
    def test_until_one_of_the_leads_has(self, given: OpenConcern, leads: set[int], expected: set[int]) -> None:
        assert still_to_read(given, leads) == expected


class TestWhenItComesBack:
    def whom(self, told: str, now: str, *here: int) -> set[int]:
        leads = frozenset({GREEN, MARSH})
        return set(whom_to_tell_again(leads, at(told), at(now), here=here, calendar=SCHOOL, answer_within=600))

    def test_at_the_schools_pace_to_those_who_are_here(self) -> None:
        assert self.whom("Mon 09:00", "Mon 09:09", GREEN, MARSH) == set()
        assert self.whom("Mon 09:00", "Mon 09:10", GREEN, MARSH, ALI) == {GREEN, MARSH}
        assert self.whom("Mon 09:00", "Mon 09:10", MARSH) == {MARSH}

    @pytest.mark.parametrize("now", ["Mon 15:30", "Mon 18:00", "Tue 08:29", "Sat 10:00"])
    def test_never_while_school_is_closed(self, now: str) -> None:
        assert self.whom("Mon 09:00", now, GREEN, MARSH) == set()
        assert self.whom("Mon 09:00", now) == set()

    def test_time_outside_school_does_not_count(self) -> None:
        assert self.whom("Mon 15:25", "Tue 08:34", GREEN) == set()
        assert self.whom("Mon 15:25", "Tue 08:35", GREEN) == {GREEN}
        assert self.whom("Sat 20:00", "Sun 20:00", GREEN) == set()

    def test_while_no_lead_is_here_once_each_school_day(self) -> None:
        assert self.whom("Mon 09:00", "Mon 15:00") == set()
        assert self.whom("Mon 09:00", "Tue 08:30") == {GREEN, MARSH}
        assert self.whom("Tue 08:30", "Tue 15:00") == set()
        assert self.whom("Tue 08:30", "Tue 11:00", MARSH) == {MARSH}, "and at once when one comes"
