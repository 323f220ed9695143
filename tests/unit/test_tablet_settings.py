"""How a tablet is set up for a child: what can be chosen, what a class hands on, what a device is told."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from jinja2 import Environment, FileSystemLoader

from kiosk.chats.rules import ABOUTS
from kiosk.people.pictures import PUPIL_PICTURES
from kiosk.people.tablet_settings import (
    ALWAYS_OFFERED,
    CHOICES,
    DEFAULT,
    STRATEGIES_MOST,
    STRATEGY_PICTURES,
    STRATEGY_WORDS_MOST,
    TOPICS,
    OwnStep,
    Strategy,
    TabletRefused,
    check_choice,
    check_own_step,
    check_strategies,
    check_topics,
    tablet_of,
    what_differs,
)
from kiosk.school.settings import SCALE_PICTURES, THEMES

TOP = Path(__file__).parents[2]


class TestWhatAChildHas:
    def test_a_child_of_whom_nothing_is_known_has_the_safe_defaults(self):
        assert tablet_of(None, {}) == DEFAULT
        assert DEFAULT.steps == (1, 2, 3, 4, 5)
        assert (DEFAULT.theme, DEFAULT.read_aloud, DEFAULT.scanning) == ("calm", "on_touch", "none")
        assert DEFAULT.strategies == ()

    def test_a_child_has_what_was_chosen_for_the_class_unless_it_was_chosen_otherwise_for_the_child(self):
        of_class = {"steps": [1, 3, 5], "theme": "zones", "larger": True}
        tablet = tablet_of(of_class, {"theme": "calm"})
        assert (tablet.steps, tablet.theme, tablet.larger) == ((1, 3, 5), "calm", True)

    @pytest.mark.parametrize(
        "kept",
        [
            {"theme": "neon"},
            {"steps": [2, 4]},
            {"steps": "all"},
            {"larger": "very"},
            {"language": "not a language"},
            {"language": 5},
            {"own_steps": ["Fizzy"]},
            {"own_steps": {"three": {"word": "Fizzy"}}},
            {"strategies": [{"picture": "sym-breathing"}]},
            {"topics": ["weather"]},
            {"what_a_newer_version_knows": True},
        ],
    )
    def test_what_this_version_does_not_know_counts_as_not_chosen(self, kept):
        assert tablet_of(kept) == DEFAULT

    @pytest.mark.parametrize("name", CHOICES)
    def test_every_choice_survives_being_kept(self, name):
        for said, meant in CHOICES[name].items():
            kept = json.loads(json.dumps({name: check_choice(name, said)}))
            assert getattr(tablet_of(kept), name) == meant

    def test_own_words_and_cards_survive_being_kept(self):
        kept = {
            "own_steps": {"3": check_own_step(3, " Fizzy ", "bee")},
            "strategies": check_strategies([("sym-breathing", ""), ("pic-ball", "Kick my ball")]),
        }
        tablet = tablet_of(json.loads(json.dumps(kept)))
        assert tablet.own_steps == {3: OwnStep("Fizzy", "bee")}
        assert tablet.strategies == (
            Strategy("sym-breathing", "Breathe slowly"),
            Strategy("pic-ball", "Kick my ball"),
        )


class TestWhatADeviceIsTold:
    def test_nothing_about_a_child_who_has_the_defaults(self):
        assert what_differs(DEFAULT) == {}

    def test_only_what_differs(self):
        tablet = tablet_of(
            {"theme": "zones", "skin": "neutral"},
            {
                "own_steps": {"3": {"word": "Fizzy"}},
                "topics": check_topics(["home"]),
                "strategies": [{"picture": "sym-draw", "words": "Draw"}],
            },
        )
        assert what_differs(tablet) == {
            "theme": "zones",
            "own_steps": {"3": {"word": "Fizzy"}},
            "topics": ["home", "else", "not_say"],
            "strategies": [{"picture": "sym-draw", "words": "Draw"}],
        }


class TestChoosing:
    @pytest.mark.parametrize(
        ("name", "value"),
        [
            ("theme", "neon"),
            ("theme", ""),
            ("steps", "4"),
            ("nothing", "yes"),
            ("language", "EN"),
            ("language", ""),
        ],
    )
    def test_what_there_is_not_is_refused(self, name, value):
        with pytest.raises(TabletRefused, match=r"\w"):
            check_choice(name, value)

    def test_what_a_school_can_choose_is_what_there_is(self):
        assert tuple(CHOICES["theme"]) == THEMES
        assert tuple(CHOICES["scale_picture"]) == SCALE_PICTURES

    def test_a_language_is_a_tag(self):
        assert [check_choice("language", tag) for tag in ("ur", "zh-Hans", "en-GB")] == ["ur", "zh-Hans", "en-GB"]

    def test_topics_are_those_a_request_can_be_about(self):
        assert TOPICS == ABOUTS

    def test_a_child_can_always_say_something_else_or_not_say(self):
        assert set(check_topics([])) == ALWAYS_OFFERED
        assert check_topics(["friends", "home"]) == ["home", "friends", "else", "not_say"]

    def test_an_own_step_is_a_word_a_picture_or_both(self):
        assert check_own_step(1, "Sunny", "") == {"word": "Sunny"}
        assert check_own_step(5, "", "rocket") == {"picture": "rocket"}
        assert check_own_step(5, " ", "") == {}

    @pytest.mark.parametrize(
        ("intensity", "word", "picture"),
        [
            (6, "Fizzy", ""),
            (None, "Fizzy", ""),
            (3, "", "fox-1"),
            (3, "x" * 21, ""),
            (3, "a\x07b", ""),
            (3, "Bad", ""),
        ],
    )
    def test_an_own_step_that_cannot_be_shown_is_refused(self, intensity, word, picture):
        with pytest.raises(TabletRefused, match=r"\w"):
            check_own_step(intensity, word, picture)

    @pytest.mark.parametrize("words", ["You are naughty", "It is a SECRET", "Earn 5 points", "That was wrong"])
    def test_a_card_says_nothing_unkind_promises_nothing_and_counts_nothing(self, words):
        with pytest.raises(TabletRefused, match="never says"):
            check_strategies([("sym-draw", words)])

    def test_a_card_needs_one_of_the_pictures_and_few_words(self):
        for cards in ([("sym-bell", "Ring")], [("", "Ring")], [("sym-draw", "x" * (STRATEGY_WORDS_MOST + 1))]):
            with pytest.raises(TabletRefused, match=r"\w"):
                check_strategies(cards)

    def test_there_are_at_most_five_cards_and_each_picture_once(self):
        pictures = list(STRATEGY_PICTURES)
        assert len(check_strategies([(one, "") for one in pictures[:STRATEGIES_MOST]])) == 5
        with pytest.raises(TabletRefused, match="at most 5"):
            check_strategies([(one, "") for one in pictures[: STRATEGIES_MOST + 1]])
        with pytest.raises(TabletRefused, match="already"):
            check_strategies([("sym-draw", "Draw"), ("sym-draw", "Paint")])


class TestPictures:
    def test_every_picture_that_can_be_chosen_is_drawn(self):
        pages = Environment(loader=FileSystemLoader(TOP / "templates"), autoescape=True)
        drawn = pages.get_template("drawings/all.html").render()
        chosen = [*STRATEGY_PICTURES, *(f"pic-{name}" for name in PUPIL_PICTURES)]
        chosen += [f"{family}-{n}" for family in ("hand", "face", "thermometer", "weather") for n in range(1, 6)]
        assert [name for name in chosen if f'<symbol id="{name}"' not in drawn] == []

    def test_words_that_are_ready_fit_on_a_card(self):
        assert check_strategies([(picture, "") for picture in list(STRATEGY_PICTURES)[:5]])
        assert max(map(len, STRATEGY_PICTURES.values())) <= STRATEGY_WORDS_MOST


class TestThePlanForAStep:
    def test_a_card_is_offered_when_it_is_hard_until_somebody_chooses(self) -> None:
        assert tablet_of({"strategies": [{"picture": "sym-drink", "words": "Drink"}]}).strategies[0].at == (4, 5)

    def test_what_was_chosen_is_read_and_told_and_the_default_is_not(self) -> None:
        tablet = tablet_of(
            {
                "strategies": [
                    {"picture": "sym-drink", "words": "Drink", "at": [2, 3]},
                    {"picture": "sym-book", "words": "Book"},
                ]
            }
        )
        assert [card.at for card in tablet.strategies] == [(2, 3), (4, 5)]
        assert what_differs(tablet)["strategies"] == [
            {"picture": "sym-drink", "words": "Drink", "at": [2, 3]},
            {"picture": "sym-book", "words": "Book"},
        ]

    def test_steps_there_are_not_count_as_not_chosen(self) -> None:
        assert tablet_of({"strategies": [{"picture": "sym-book", "words": "B", "at": [0, 9]}]}).strategies == ()
