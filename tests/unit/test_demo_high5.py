"""Everybody at Hazelwood has a High 5, and somebody in it is here."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from kiosk.demo.days import half_term
from kiosk.demo.hazelwood import MISS_PRYCE, MR_OKAFOR, MRS_ALI, MRS_CLARKE
from kiosk.demo.high5 import choose_high5
from tests.demo import demo_people

TODAY = date(2026, 11, 24)


def chosen(seed: int = 1, today: date = TODAY) -> dict[str, tuple[str, ...]]:
    pupils, adults = demo_people(today)
    who = {adult.id: adult.source_id for adult in adults}
    high5 = choose_high5(seed, pupils, adults, today)
    return {pupil.source_id: tuple(who[adult] for adult in high5[pupil.id]) for pupil in pupils}


def test_everyone_trusts_three_to_five_different_adults_but_two_whom_the_map_shows():
    for pupil, high5 in chosen().items():
        assert 3 <= len(high5) <= 5 or pupil in ("pupil-137", "pupil-141")
        assert len(set(high5)) == len(high5)


def test_two_children_have_one_adult_left():
    left = [pupil for pupil, high5 in chosen().items() if len(set(high5) - {MISS_PRYCE}) == 1]
    assert left == ["pupil-137", "pupil-141"]


@pytest.mark.parametrize("ahead", range(7))
def test_on_every_day_of_the_week_somebody_in_it_can_be_reached(ahead: int):
    day = TODAY + timedelta(days=ahead)
    adults = {adult.source_id: adult for adult in demo_people(TODAY)[1]}
    for pupil, high5 in chosen().items():
        assert any(adults[who].can_receive(day) for who in high5), pupil


def test_the_own_class_comes_first_to_mind():
    pupils, adults = demo_people(TODAY)
    class_of = {pupil.source_id: pupil.class_name for pupil in pupils}
    own = {adult.source_id: adult.class_names for adult in adults}
    with_own = [pupil for pupil, high5 in chosen().items() if any(class_of[pupil] in own[who] for who in high5)]
    assert len(with_own) > 0.9 * len(pupils)


def test_some_still_name_who_left_and_some_who_is_away_for_long():
    named = [who for high5 in chosen().values() for who in high5]
    assert named.count(MISS_PRYCE) >= 8
    assert named.count(MRS_CLARKE) >= 8


def test_who_left_went_at_half_term_and_who_is_away_has_no_date_to_be_back():
    adults = {adult.source_id: adult.presence for adult in demo_people(TODAY)[1]}
    assert adults[MISS_PRYCE].left_on == half_term(TODAY)
    assert not adults[MISS_PRYCE].is_here(TODAY)
    assert adults[MRS_CLARKE].back_on(TODAY, lambda _day: True) is None


def test_the_learning_mentor_comes_on_two_days():
    mentor = next(adult for adult in demo_people(TODAY)[1] if adult.source_id == MR_OKAFOR)
    monday = date(2026, 11, 23)
    assert [mentor.presence.is_here(monday + timedelta(days=ahead)) for ahead in range(7)] == [
        False,
        True,
        False,
        True,
        False,
        False,
        False,
    ]


def test_the_same_seed_gives_the_same_and_another_seed_another():
    assert chosen(1) == chosen(1)
    assert chosen(1) != chosen(2)
    assert chosen(1)["pupil-149"] == chosen(2)["pupil-149"], "the cast is always the same"
    assert chosen(1)["pupil-149"][0] == MRS_ALI
