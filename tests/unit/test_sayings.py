"""What there is to be said: never a phrase without words, and as few recordings as say it all."""

from __future__ import annotations

from datetime import time

import pytest

from kiosk.people.tablet_settings import ChildsTablet, OwnStep, Strategy
from kiosk.school.languages import LANGUAGES
from kiosk.voices.sayings import is_sayable, of_a_child, of_the_school, of_times
from kiosk.web.catalogues import TABLET, phrases


@pytest.mark.parametrize("phrase", ["{day} {time}", "{day}{time}", "{words}", "{step}. {word}", "", "0800 1111"])
def test_a_phrase_without_words_of_its_own_is_not_said(phrase: str) -> None:
    assert not is_sayable(phrase)


@pytest.mark.parametrize("phrase", ["Ask {name}?", "{adult}会在{day}{time}来。", "ہاں", "ਹਾਂ"])
def test_a_phrase_with_words_is(phrase: str) -> None:
    assert is_sayable(phrase)


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_language_has_almost_all_phrases_to_be_said(code: str) -> None:
    unsaid = {english for english, said in phrases(TABLET, code) if said and not is_sayable(said)}
    assert unsaid <= {"{day} at {time}"}


def test_the_times_of_a_school_day_are_said_by_twenty_recordings() -> None:
    times = of_times("so", time(8, 30), time(15, 30))
    assert [one.words for one in times][:9] == ["8:", "9:", "10:", "11:", "12:", "1:", "2:", "3:", ":00"]
    assert [one.words for one in times][-1] == ":55"
    assert len(times) == 8 + 12
    assert {one.language for one in times} == {"so"}


def test_a_school_that_never_closes_needs_each_hour_of_the_clock_once() -> None:
    hours = [one.about for one in of_times("en", time(0), time(0)) if one.about.startswith("hour:")]
    assert sorted(hours) == sorted(f"hour:{hour}" for hour in range(1, 13))


def test_a_place_that_two_share_is_recorded_once() -> None:
    assert [one.words for one in of_the_school(["Treetops", "the hall", "Treetops", "", "1"])] == [
        "Treetops",
        "the hall",
    ]


def test_of_a_childs_words_those_are_recorded_that_are_their_own() -> None:
    cards = (Strategy("sym-drink", "Have a drink"), Strategy("pic-bear", "Hold Bruno"))
    tablet = ChildsTablet(own_steps={5: OwnStep("Volcano"), 1: OwnStep("Calm"), 2: OwnStep()}, strategies=cards)
    assert [(one.about, one.words, one.pupil_id) for one in of_a_child(7, tablet)] == [
        ("own:7:Volcano", "Volcano", 7),
        ("own:7:Hold Bruno", "Hold Bruno", 7),
    ]
