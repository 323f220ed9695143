"""What may stand on a card and in a script, and which days a promise means."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.minding.rules import (
    CARD_PICTURES,
    CARD_WORDS_MOST,
    KINDS,
    LATELY_SCHOOL_DAYS,
    PLAN_WORDS_MOST,
    READY,
    SCRIPT_WORDS_MOST,
    PictureRefused,
    Promise,
    ScriptEntry,
    WordsRefused,
    believable,
    check_card_words,
    check_picture,
    check_script,
    differing,
    is_due,
    lately,
)
from kiosk.people.pictures import CARD_DRAWINGS, HUES, PUPIL_PICTURES
from kiosk.school.calendar import SchoolCalendar, Span

TUESDAY = date(2026, 11, 24)
HALF_TERM = Span(date(2026, 10, 26), date(2026, 10, 30), "half-term")
WEEK = SchoolCalendar(
    ZoneInfo("Europe/London"), frozenset(range(5)), time(8, 30), time(15, 30), closures=(HALF_TERM,)
)
days = st.dates(date(2026, 1, 1), date(2027, 12, 31))


class TestCards:
    @pytest.mark.parametrize("words", [words for kind in KINDS for words in READY[kind]])
    def test_the_ready_words_may_stand_on_a_card(self, words: str) -> None:
        assert check_card_words(words) == words

    def test_words_are_tidied(self) -> None:
        assert check_card_words("  I thought\n of  you. ") == "I thought of you."

    @pytest.mark.parametrize(
        "words",
        [
            "You were not NAUGHTY today",
            "That was wrong.",
            "A bad day is over",
            "Our secret",
            "Our se\u200dcret",
            "Ten points for you",
            "I will not tell anybody",
            "I won\u2019t tell",
            "Just between us",
        ],
    )
    def test_what_we_do_not_say_to_children_is_refused_with_a_sentence(self, words: str) -> None:
        with pytest.raises(WordsRefused) as refused:
            check_card_words(words)
        assert str(refused.value).startswith("A card never")

    @pytest.mark.parametrize("words", ["You built a badger.", "Wrap up warm.", "Let\u2019s make an appointment."])
    def test_words_that_only_hold_such_letters_are_taken(self, words: str) -> None:
        assert check_card_words(words) == words

    @pytest.mark.parametrize("words", ["", "  ", "x" * (CARD_WORDS_MOST + 1), "a\x00b", "a\u202eb"])
    def test_none_too_many_and_what_cannot_be_shown_are_refused(self, words: str) -> None:
        with pytest.raises(WordsRefused):
            check_card_words(words)

    def test_letters_joined_as_farsi_needs_them_are_taken(self) -> None:
        assert check_card_words("می\u200cبینمت") == "می\u200cبینمت"

    def test_every_picture_is_one_of_our_drawings_on_one_of_the_tile_colours(self) -> None:
        assert len(CARD_PICTURES) >= 12
        for picture in CARD_PICTURES:
            drawing, _, hue = picture.rpartition("-")
            assert drawing in (*PUPIL_PICTURES, *CARD_DRAWINGS)
            assert 1 <= int(hue) <= HUES

    @pytest.mark.parametrize("name", ["", "sun", "sun-9", "dragon-1", "../sun-1"])
    def test_no_other_picture_is_taken(self, name: str) -> None:
        with pytest.raises(PictureRefused):
            check_picture(name)


class TestScripts:
    def test_what_is_written_is_tidied_and_steps_without_words_are_left_out(self) -> None:
        entry = ScriptEntry(
            say=" I am here. \r\nTake your time.  ", plan={"1": " ", "5": " Go outside ", "9": "?"}
        )
        assert check_script(entry) == ScriptEntry(say="I am here.\nTake your time.", plan={"5": "Go outside"})

    @pytest.mark.parametrize(
        "entry",
        [
            ScriptEntry(),
            ScriptEntry(say=" \n"),
            ScriptEntry(plan={"6": "no such step"}),
            ScriptEntry(helps="x" * (SCRIPT_WORDS_MOST + 1)),
            ScriptEntry(plan={"2": "x" * (PLAN_WORDS_MOST + 1)}),
            ScriptEntry(avoid="a\x07b"),
        ],
    )
    def test_what_cannot_be_kept_is_refused_with_a_sentence(self, entry: ScriptEntry) -> None:
        with pytest.raises(WordsRefused) as refused:
            check_script(entry)
        assert str(refused.value).endswith((".", "start."))

    @given(st.text(alphabet="ab \n\r\t", max_size=60))
    def test_tidying_twice_is_tidying_once(self, words: str) -> None:
        once = check_script(ScriptEntry(likes="Lions", say=words))
        assert check_script(once) == once

    def test_what_differs_is_named(self) -> None:
        one = ScriptEntry(say="Hello", plan={"1": "Play"})
        assert differing(one, ScriptEntry(say="Hello", plan={"1": "Rest"}, avoid="Noise")) == ["avoid", "plan"]
        assert differing(one, one) == []

    def test_a_script_is_due_from_its_day_on(self) -> None:
        assert is_due(TUESDAY, TUESDAY)
        assert not is_due(TUESDAY + timedelta(days=1), TUESDAY)
        assert not is_due(None, TUESDAY)


class TestPromises:
    @given(days, days, st.integers(0, 6))
    def test_its_days_are_its_weekday_while_it_holds_and_school_is_open(
        self, first: date, last: date, weekday: int
    ) -> None:
        promise = Promise(weekday, first, last)
        listed = list(promise.days(date(2026, 1, 1), date(2027, 12, 31), WEEK))
        every_day = (date(2026, 1, 1) + timedelta(days=days) for days in range(730))
        assert listed == [day for day in every_day if promise.holds_on(day, WEEK)]
        assert all(first <= day <= last and day.weekday() == weekday and WEEK.is_school_day(day) for day in listed)

    def test_the_next_day_steps_over_a_closure(self) -> None:
        promise = Promise(1, date(2026, 9, 1))
        assert next(promise.next_days(date(2026, 10, 21), WEEK), None) == date(2026, 11, 3)
        assert next(promise.next_days(TUESDAY, WEEK), None) == TUESDAY

    def test_one_that_has_ended_has_no_next_day(self) -> None:
        assert (
            next(Promise(1, date(2026, 9, 1), TUESDAY).next_days(TUESDAY + timedelta(days=1), WEEK), None) is None
        )
        assert next(Promise(5, date(2026, 9, 1)).next_days(TUESDAY, WEEK), None) is None


class TestTime:
    def test_lately_is_so_many_school_days_today_included(self) -> None:
        since = lately(TUESDAY, WEEK)
        school_days = [
            day
            for day in (since + timedelta(days=days) for days in range((TUESDAY - since).days + 1))
            if WEEK.is_school_day(day)
        ]
        assert len(school_days) == LATELY_SCHOOL_DAYS
        assert since == date(2026, 11, 5)
        assert lately(date(2026, 11, 29), WEEK) == lately(date(2026, 11, 27), WEEK)

    def test_a_tablets_time_stays_between_what_can_be(self) -> None:
        early, late = datetime(2026, 11, 24, 9, tzinfo=UTC), datetime(2026, 11, 24, 10, tzinfo=UTC)
        between = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
        assert believable(between, early, late) == between
        assert believable(early - timedelta(days=1), early, late) == early
        assert believable(late + timedelta(days=1), early, late) == late
