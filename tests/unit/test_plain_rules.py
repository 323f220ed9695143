"""The plain rules a school can switch on: what each of them says, and that each can be switched off."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from kiosk.patterns.different import Day
from kiosk.patterns.plain_rules import DayOfChild, sentences
from kiosk.school.settings import SETTINGS, SettingRefused, check_setting

MONDAY = date(2026, 9, 7)
OFF = {
    "scale_direction": "calm_is_1",
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
        "The last three answers were all 4 or 5."
    ]


def test_hard_answers_among_the_last_days() -> None:
    assert said([4, 1, 5, None, 4, 1, 4, 1, 1, 1], rule_hard_answers="4 in 10") == [
        "Four answers in the last ten school days were 4 or 5."
    ]
    assert said([4, 1, 5, None, 4, 1, 4, 1, 1, 1], rule_hard_answers="5 in 10") == []
    assert said([4, 4, 4, 4, *([1] * 10)], rule_hard_answers="4 in 10") == []


def test_hard_days_running_are_not_ended_by_a_day_without_an_answer() -> None:
    assert said([1, 4, None, 5, 4], rule_hard_running="3") == ["The last three answers were all 4 or 5."]
    assert said([4, 4, 4, 3], rule_hard_running="3") == []
    assert said([4, 4], rule_hard_running="3") == []


def test_where_five_is_calm_the_steps_are_the_schools_own() -> None:
    assert said([5, 5, 5], rule_hard_running="3", scale_direction="calm_is_5") == [
        "The last three answers were all 1 or 2."
    ]


def test_always_the_same_answer() -> None:
    assert said([2, *([1] * 15)], rule_always_same="15") == ["The last 15 answers were all the same."]
    assert said([*([1] * 14), 2], rule_always_same="15") == []
    assert said([1] * 14, rule_always_same="15") == []


@pytest.mark.parametrize(
    ("last", "words"),
    [
        ([4, 3, 4], "The last three answers lie three steps harder than the ten before them."),
        ([3, 3, 1], "The last three answers lie two steps harder than the ten before them."),
    ],
)
def test_a_sudden_move_either_way(last: list[Day], words: str) -> None:
    assert said([1] * 10 + last, rule_sudden_move="2") == [words]
    assert said([1] * 9 + last, rule_sudden_move="2") == [], "nine are too few to move from"
    assert said([1] * 10 + [2, 2, 2], rule_sudden_move="2") == []
    assert said([5] * 10 + [1, 1, 2], rule_sudden_move="2") == [
        "The last three answers lie four steps calmer than the ten before them."
    ]


def test_hard_after_weekends() -> None:
    assert said([4, 1, 1, 2, 1] * 6, rule_weekends="yes") == [
        "Six of the last six answers after a weekend were 4 or 5; of those between 0 of 18."
    ]


def test_hard_before_weekends() -> None:
    assert said([1, 1, 1, 2, 5] * 4, rule_weekends="yes") == [
        "Four of the last four answers before a weekend were 4 or 5; of those between 0 of 12."
    ]


def test_hard_on_every_day_is_not_about_weekends() -> None:
    assert said([4] * 40, rule_weekends="yes") == []
    assert said([4, 1, 1, 1, 1] * 3, rule_weekends="yes") == [], "three Mondays are too few"


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
