"""The words about a talk that is over."""

from __future__ import annotations

from datetime import date

import pytest

from kiosk.chats.outcome_rules import DID
from kiosk.chats.rules import SAID_HELPED
from kiosk.chats.store import HelpedBefore
from kiosk.web.staff.after_words import (
    CHILD_SAID,
    before_words,
    day_ahead,
    list_words,
    things_to_tick,
)

TODAY = date(2026, 9, 17)
"""A Thursday."""


def test_everything_that_can_be_kept_has_words() -> None:
    assert [code for code, _words in things_to_tick("The Nest")] == list(DID)
    assert set(CHILD_SAID) == set(SAID_HELPED) - {"not_say"}


def test_the_safe_space_goes_by_the_schools_name() -> None:
    assert dict(things_to_tick("The Nest"))["safe_space"] == "Went to The Nest"
    assert list_words(("drew", "safe_space"), "The Nest") == "drew together, went to The Nest"


def test_a_code_of_an_older_version_is_left_out() -> None:
    assert list_words(("drew", "sang"), "Treetops") == "drew together"


@pytest.mark.parametrize(
    ("did", "helped", "on", "said", "words"),
    [
        (
            ("drew", "walked"),
            ("walked",),
            date(2026, 9, 14),
            "yes",
            "Went for a walk, with Mrs Ali on Monday: the child said it helped",
        ),
        (("drew",), (), date(2026, 9, 16), None, "Drew together, with Mrs Ali yesterday"),
        ((), (), date(2026, 6, 2), "not_say", "Talked, with Mrs Ali on 2 June"),
        (
            (),
            ("sat",),
            TODAY,
            "no",
            "Sat together quietly, with Mrs Ali today: the child said it did not help",
        ),
    ],
)
def test_an_earlier_talk_in_a_line(
    did: tuple[str, ...], helped: tuple[str, ...], on: date, said: str | None, words: str
) -> None:
    assert before_words(HelpedBefore(did, helped, on, "Mrs Ali", said), TODAY, "Treetops") == words


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 9, 17), "today"),
        (date(2026, 9, 18), "tomorrow"),
        (date(2026, 9, 21), "Monday"),
        (date(2026, 9, 24), "24 September"),
        (date(2026, 9, 16), "yesterday"),
        (date(2026, 9, 14), "Monday"),
        (date(2026, 9, 10), "10 September"),
    ],
)
def test_by_when(day: date, words: str) -> None:
    assert day_ahead(day, TODAY) == words
