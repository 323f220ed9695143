"""The day told in sentences with counts: what is missing is missing, and nothing is a verdict."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from kiosk.patterns.today.words import headline, late_words, was_offline, with_whom
from kiosk.patterns.words import about_words, length_words, moment, wait_words, within_words
from tests.unit.a_friday import AMIR, ASKED, EVERYONE, SATURDAY, TOMI, ZOFIA, at, shown, step


class TestHeadline:
    def test_counts_who_checked_in_and_who_waits(self):
        second = replace(ASKED, pupil_id=ZOFIA.id, asked_at=at(9, 55), due_at=at(10, 5))
        day = shown(step(AMIR, 1, at(9)), requests=[ASKED, second])
        assert headline(day) == (
            "1 of 3 children have checked in today. 2 are waiting; the longest for 1 hour. 1 is overdue."
        )

    def test_a_child_who_asked_twice_is_one_child(self):
        again = replace(ASKED, asked_at=at(9, 56))
        assert "1 is waiting, for 12 minutes." in headline(shown(requests=[ASKED, again], now=at(9, 12)))

    def test_before_anybody(self):
        assert headline(shown()) == "Nobody has checked in yet today. Nobody is waiting."

    def test_everybody(self):
        day = shown(*(step(child, 1, at(9)) for child in EVERYONE))
        assert headline(day) == "All 3 children have checked in today. Nobody is waiting."

    def test_who_was_not_in_school(self):
        children = (AMIR, replace(ZOFIA, is_away=True), replace(TOMI, is_away=True))
        assert headline(shown(step(AMIR, 1, at(9)), children=children[:2])) == (
            "1 of 1 children have checked in today. 1 is not in school, the register says. Nobody is waiting."
        )
        day = shown(children=children, now=at(10, day=SATURDAY))
        assert headline(day).startswith(
            "Nobody checked in on Friday 20 November. 2 were not in school, the register says. "
        )

    def test_school_is_closed(self):
        assert headline(shown(day=SATURDAY)) == "School is closed today (weekend). Nobody is waiting."
        day = shown(step(TOMI, 2, at(9)), day=SATURDAY)
        assert headline(day).startswith("School is closed today (weekend). 1 child checked in all the same.")

    def test_a_day_that_is_over(self):
        day = shown(step(AMIR, 1, at(9)), requests=[replace(ASKED, state="talked")], now=at(10, day=SATURDAY))
        assert headline(day) == (
            "1 of 3 children checked in on Friday 20 November. "
            "1 request for a chat. Nobody who asked is still waiting."
        )

    def test_a_day_that_is_over_with_somebody_still_waiting(self):
        said = headline(shown(requests=[ASKED], now=at(10, day=SATURDAY)))
        assert said == (
            "Nobody checked in on Friday 20 November. "
            "1 request for a chat. 1 is waiting, since Friday 09:00. 1 is overdue."
        )

    def test_a_quiet_day_that_is_over(self):
        assert headline(shown(now=at(10, day=SATURDAY))).endswith("Nobody asked for a chat.")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, "Asked Mrs Ali, not seen yet"),
        ({"asked_for": None, "owner": None}, "Asked whoever is on duty, not seen yet"),
        ({"owner": None}, "Asked Mrs Ali, now with whoever is on duty, not seen yet"),
        ({"owner": None, "level": "nobody"}, "Asked Mrs Ali; nobody who could be told is here"),
        ({"state": "seen"}, "Mrs Ali has seen it"),
        ({"state": "coming"}, "Mrs Ali is coming now"),
        ({"state": "coming", "coming_at": at(10, 30)}, "Mrs Ali is coming at 10:30"),
        ({"owner": "Mr Okafor", "answered_at": at(9, 5)}, "Asked Mrs Ali, now with Mr Okafor, not seen yet"),
    ],
)
def test_with_whom_a_request_is(changes, said):
    assert with_whom(replace(ASKED, **changes)) == said


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (-5, "less than a minute"),
        (59, "less than a minute"),
        (60, "1 minute"),
        (12 * 60 + 59, "12 minutes"),
        (3600, "1 hour"),
        (2 * 3600 + 60, "2 hours 1 minute"),
        (24 * 3600, "1 day"),
        (50 * 3600, "2 days"),
    ],
)
def test_lengths_are_whole_units_that_have_passed(seconds, said):
    assert length_words(timedelta(seconds=seconds)) == said


@pytest.mark.parametrize(
    ("seconds", "about", "within"),
    [
        (0, "less than a minute", "1 minute"),
        (29, "less than a minute", "1 minute"),
        (30, "1 minute", "1 minute"),
        (2.6 * 60, "3 minutes", "3 minutes"),
        (8.4 * 60, "8 minutes", "9 minutes"),
        (8 * 60, "8 minutes", "8 minutes"),
        (8 * 60 + 0.001, "8 minutes", "9 minutes"),
        (59 * 60 + 40, "1 hour", "1 hour"),
        (26 * 3600 + 100, "26 hours 2 minutes", "26 hours 2 minutes"),
    ],
)
def test_a_middle_is_told_to_the_nearest_minute_and_a_percentile_never_too_short(seconds, about, within):
    length = timedelta(seconds=seconds)
    assert (about_words(length), within_words(length)) == (about, within)


def test_a_wait_from_another_day_names_the_day():
    assert wait_words(at(9), at(9, 12)) == "for 12 minutes"
    assert wait_words(at(15, 29), at(8, 31, date(2026, 11, 23))) == "since Friday 15:29"
    assert wait_words(at(15, 29), at(8, 31, date(2026, 11, 27))) == "since Friday 20 November 15:29"


def test_a_moment_of_last_year_names_the_year():
    assert moment(at(9, day=date(2025, 11, 20)), at(9)) == "Thursday 20 November 2025 09:00"


def test_how_a_request_that_waited_too_long_ended():
    late = shown(
        requests=[
            replace(ASKED, state="talked", answered_at=at(9, 14)),
            replace(ASKED, state="cancelled", ended_at=at(9, 20), asked_at=at(9, 1)),
        ]
    ).late
    assert [late_words(one) for one in late] == [
        "First answer after 14 minutes",
        'No answer; the child said "I\'m OK now" after 19 minutes',
    ]


def test_a_request_that_lay_on_an_offline_tablet_says_so():
    assert not was_offline(ASKED)
    assert was_offline(replace(ASKED, said_at=at(8, 40)))
