"""What is worth noticing on a day: a handful, drawn anew each day, without an order."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from kiosk.patterns.today.good_news import AT_MOST, KINDS, Found, chosen, kinds_told, told

FRIDAY = date(2026, 11, 20)


def found(kind: str, pupil_id: int = 1) -> Found:
    return Found(kind, pupil_id, "Mrs Ali", "You helped Tomi up.")


def test_one_thing_of_each_child_what_somebody_saw_first() -> None:
    news = chosen([found("calmer"), found("helped"), found("kindness"), found("calmer", 2)], FRIDAY)
    assert {pupil_id: one.kind for pupil_id, one in news.items()} == {1: "kindness", 2: "calmer"}


def test_a_handful_the_same_all_day_and_others_on_other_days() -> None:
    everybody = [found("helped", pupil_id) for pupil_id in range(1, 41)]
    today = chosen(everybody, FRIDAY)
    assert len(today) == AT_MOST
    assert chosen(everybody[::-1], FRIDAY) == today
    weeks = [chosen(everybody, FRIDAY + timedelta(days=day)) for day in range(60)]
    assert set().union(*weeks) == set(range(1, 41)), "in some weeks it is everybody's turn"


def test_what_is_made_of_a_childs_past_needs_the_page_that_tells_it() -> None:
    assert kinds_told(["today", "child"]) == ("kindness", "friendship", "success", "helped")
    assert kinds_told(["connections", "different"]) == KINDS


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("kindness", "Mrs Ali noticed a kindness: “You helped Tomi up.”"),
        ("friendship", "Mrs Ali noticed a friendship: “You helped Tomi up.”"),
        ("success", "Mrs Ali noticed a success: “You helped Tomi up.”"),
        ("helped", "Said that talking with Mrs Ali helped."),
        ("first_talk", "Asked for somebody and talked, for the first time in eight weeks or more."),
        ("calmer", "Calmer than usual, on the list of this week."),
    ],
)
def test_each_is_a_sentence(kind: str, words: str) -> None:
    assert told(found(kind)) == words


def test_there_is_a_sentence_for_each_kind() -> None:
    assert all(told(found(kind)) for kind in KINDS)
