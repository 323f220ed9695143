"""Every setting has a safe default, and says in a sentence what it cannot be."""

from __future__ import annotations

import pytest

from kiosk.school.settings import SETTINGS, SettingRefused, calendar_of, check_setting


@pytest.mark.parametrize("name", SETTINGS)
def test_every_default_passes_its_own_check(name: str) -> None:
    assert check_setting(name, SETTINGS[name].default) == SETTINGS[name].default


def test_the_defaults_make_a_calendar() -> None:
    calendar = calendar_of({name: setting.default for name, setting in SETTINGS.items()})
    assert calendar.weekdays == frozenset(range(5))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("answer_within_seconds", "soon"),
        ("answer_within_seconds", "0"),
        ("answer_within_seconds", "-5"),
        ("answer_within_seconds", "1e3"),
        ("answer_within_seconds", "9" * 30),
        ("timezone", "Mars/Olympus"),
        ("timezone", "../../etc/passwd"),
        ("timezone", ""),
        ("school_hours", "whenever"),
        ("school_days", "someday"),
        ("scale_direction", "up"),
        ("two_person_close", "maybe"),
        ("school_name", ""),
        ("school_name", "two\nlines"),
        ("school_name", "x" * 200),
        ("no_such_setting", "1"),
    ],
)
def test_a_value_it_cannot_have_is_refused_in_a_sentence(name: str, value: str) -> None:
    with pytest.raises(SettingRefused, match=r"\.$"):
        check_setting(name, value)
