"""The plain rules a school can switch on: what each of them says, and that each can be switched off."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from kiosk.patterns.different.plain_rules import DayOfChild, sentences
from kiosk.patterns.different.usual import Day
from kiosk.school.settings import SETTINGS, SettingRefused, check_setting

MONDAY = date(2026, 9, 7)
MIDDLE = "The middle of the hardest answers of the last three days with an answer lies"
AFTER = "days with an answer just after a weekend the hardest answer was 4 or 5; on the days between weekends on"
BEFORE = AFTER.replace("after", "before")
OFF = {
    "scale_direction": "calm_is_1",
    "school_days": "mon-fri",
    "rule_hard_answers": "off",
    "rule_hard_running": "off",
    "rule_always_same": "off",
    "rule_sudden_move": "off",
    "rule_weekends": "no",
}


def days(*answers: Day) -> list[DayOfChild]:
    """School days from a Monday on, weekends left out."""
    first = (MONDAY + timedelta(days=7 * (at // 5) + at % 5) for at in range(len(answers)))
    return [DayOfChild(day, answer) for day, answer in zip(first, answers, strict=True)]


def said(answers: list[Day], **on: str) -> list[str]:
    return sentences(days(*answers), OFF | on)


def test_with_every_rule_off_nothing_is_said() -> None:
    assert said([5] * 40) == []


def test_the_defaults_are_settings_there_are() -> None:
    assert OFF.keys() <= SETTINGS.keys()
    assert sentences(days(1, 4, 5, 4), {name: SETTINGS[name].default for name in OFF}) == [
        "On each of the last three days with an answer the hardest answer was 4 or 5."
    ]


def test_hard_answers_among_the_last_days() -> None:
    assert said([4, 1, 5, None, 4, 1, 4, 1, 1, 1], rule_hard_answers="4 in 10") == [
        "On four of the last ten school days the hardest answer was 4 or 5."
    ]
    assert said([4, 1, 5, None, 4, 1, 4, 1, 1, 1], rule_hard_answers="5 in 10") == []
    assert said([4, 4, 4, 4, *([1] * 10)], rule_hard_answers="4 in 10") == []


def test_hard_days_running_are_not_ended_by_a_day_without_an_answer() -> None:
    assert said([1, 4, None, 5, 4], rule_hard_running="3") == [
        "On each of the last three days with an answer the hardest answer was 4 or 5."
    ]
    assert said([4, 4, 4, 3], rule_hard_running="3") == []
    assert said([4, 4], rule_hard_running="3") == []


def test_where_five_is_calm_the_steps_are_the_schools_own() -> None:
    assert said([5, 5, 5], rule_hard_running="3", scale_direction="calm_is_5") == [
        "On each of the last three days with an answer the hardest answer was 1 or 2."
    ]


def test_always_the_same_answer() -> None:
    assert said([2, *([1] * 15)], rule_always_same="15") == [
        "On each of the last 15 days with an answer the hardest answer was 1."
    ]
    assert said([1] * 15, rule_always_same="15", scale_direction="calm_is_5") == [
        "On each of the last 15 days with an answer the hardest answer was 5."
    ]
    assert said([*([1] * 14), 2], rule_always_same="15") == []
    assert said([1] * 14, rule_always_same="15") == []


@pytest.mark.parametrize(
    ("last", "words"),
    [
        ([4, 3, 4], f"{MIDDLE} three steps harder than that of the ten such days before."),
        ([3, 3, 1], f"{MIDDLE} two steps harder than that of the ten such days before."),
    ],
)
def test_a_sudden_move_either_way(last: list[Day], words: str) -> None:
    assert said([1] * 10 + last, rule_sudden_move="2") == [words]
    assert said([1] * 9 + last, rule_sudden_move="2") == [], "nine are too few to move from"
    assert said([1] * 10 + [2, 2, 2], rule_sudden_move="2") == []
    assert said([5] * 10 + [1, 1, 2], rule_sudden_move="2") == [
        f"{MIDDLE} four steps calmer than that of the ten such days before."
    ]


def test_a_sudden_move_of_one_step() -> None:
    assert said([1] * 10 + [2, 2, 2], rule_sudden_move="1") == [
        f"{MIDDLE} one step harder than that of the ten such days before."
    ]


def test_what_was_answered_long_ago_is_not_said_again_each_week() -> None:
    """A child who fell silent stands under silence and connections, not here for the same old days."""
    assert said([*([1] * 10), 4, 4, None, 4, *([None] * 5)], rule_sudden_move="2")
    assert said([*([1] * 10), 4, 4, None, 4, *([None] * 6)], rule_sudden_move="2") == []
    assert said([*([1] * 15), *([None] * 14)], rule_always_same="15")
    assert said([*([1] * 15), *([None] * 15)], rule_always_same="15") == []
    assert said([4, 4, 4, *([None] * 7)], rule_hard_running="3") == []


def test_hard_after_weekends() -> None:
    assert said([4, 1, 1, 2, 1] * 6, rule_weekends="yes") == [f"On six of the last six {AFTER} none of 18."]


def test_hard_before_weekends() -> None:
    assert said([1, 1, 1, 2, 5] * 4, rule_weekends="yes") == [f"On four of the last four {BEFORE} none of 12."]


def test_hard_on_every_day_is_not_about_weekends() -> None:
    assert said([4] * 40, rule_weekends="yes") == []
    assert said([4, 1, 1, 1, 1] * 3, rule_weekends="yes") == [], "three Mondays are too few"


WITHOUT = -1
"""No school on this day."""


def weeks_of(*answers: Day) -> list[str]:
    """What the rule about weekends says of days from a Monday on, on some of which there is no school."""
    return sentences([one for one in days(*answers) if one.hardest != WITHOUT], OFF | {"rule_weekends": "yes"})


def test_a_week_that_is_not_over_has_no_day_before_a_weekend() -> None:
    """Where lists change on Thursday, the last day looked at is a Wednesday, each week."""
    three_fridays: list[Day] = [1, 1, 1, 1, 5] * 3
    assert weeks_of(*three_fridays, 1, 1, 5) == []
    assert weeks_of(*three_fridays, 1, 1, 5, 1, 5) == [f"On four of the last four {BEFORE} one of 12."]


def test_a_wednesday_before_a_holiday_is_not_before_a_weekend() -> None:
    short: list[Day] = [1, 1, 5, WITHOUT, WITHOUT]
    whole: list[Day] = [1, 1, 1, 1, 5]
    assert weeks_of(*whole * 3, *short, 1) == [], "three Fridays are too few"
    late: list[Day] = [WITHOUT, WITHOUT, 5, 1, 1]
    assert weeks_of(*[4, 1, 1, 1, 1] * 3, *late, 1) == [], "nor is one after a holiday after a weekend"


@pytest.mark.parametrize("school_days", ["always", "thu-tue"])
def test_a_school_that_has_no_weekend_hears_nothing_of_it(school_days: str) -> None:
    assert said([4, 1, 1, 2, 1] * 6, rule_weekends="yes", school_days=school_days) == []


def test_the_weekend_is_the_schools_own() -> None:
    """Sunday to Thursday: the days of :func:`days` fall into other weeks."""
    sunday = date(2026, 9, 6)
    answers = [4, 1, 1, 2, 1] * 6
    of_child = [
        DayOfChild(sunday + timedelta(days=7 * (at // 5) + at % 5), answer) for at, answer in enumerate(answers)
    ]
    on = OFF | {"rule_weekends": "yes", "school_days": "sun-thu"}
    assert sentences(of_child, on) == [f"On six of the last six {AFTER} none of 18."]


@pytest.mark.parametrize("value", ["11 in 10", "0 in 10", "4 in 41", "4", "four in ten", "", "4 in 10 in 12"])
def test_a_rule_nobody_could_mean_is_refused(value: str) -> None:
    with pytest.raises(SettingRefused):
        check_setting("rule_hard_answers", value)


@pytest.mark.parametrize(
    ("name", "value"), [("rule_hard_running", "1"), ("rule_sudden_move", "5"), ("quiet_days", "0")]
)
def test_a_number_out_of_reach_is_refused(name: str, value: str) -> None:
    with pytest.raises(SettingRefused):
        check_setting(name, value)
