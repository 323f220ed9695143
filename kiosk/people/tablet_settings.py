"""How the tablet is set up for one child: what can be chosen, and how a class's choice is inherited. Pure.

A choice is kept as it was made, under its name, and nothing else: a child has what was chosen for the child, else
what was chosen for the class, else for the school, else the default. So a better default, or another choice for
the class, reaches every child for whom nobody chose otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from types import MappingProxyType
from typing import Any

from kiosk.people.pictures import PUPIL_PICTURES
from kiosk.people.words_for_children import can_be_shown, not_said
from kiosk.refusal import Refusal

Value = str | bool | float | tuple[int, ...]

STEPS: Mapping[str, tuple[int, ...]] = MappingProxyType({"2": (1, 5), "3": (1, 3, 5), "5": (1, 2, 3, 4, 5)})
"""Which of the five steps a child is offered: the two ends, the ends and the middle, or all."""
TOPICS = ("home", "friends", "learning", "body", "playtime", "put_right", "sit_with_friend", "else", "not_say")
"""What a talk can be about: those of :data:`kiosk.chats.rules.ABOUTS`."""
ALWAYS_OFFERED = frozenset({"else", "not_say"})
"""A child who does not find their topic must still be able to say so, or to say nothing."""

_YES_NO: Mapping[str, Value] = MappingProxyType({"no": False, "yes": True})
CHOICES: Mapping[str, Mapping[str, Value]] = MappingProxyType(
    {
        "steps": STEPS,
        "scale_picture": {name: name for name in ("faces", "thermometer", "weather")},
        "theme": {name: name for name in ("calm", "zones", "no_traffic_light", "high_contrast")},
        "skin": {name: name for name in ("neutral", "1", "2", "3", "4", "5")},
        "read_aloud": {name: name for name in ("on_touch", "always", "never")},
        "larger": _YES_NO,
        "symbols_only": _YES_NO,
        "calmer": _YES_NO,
        "hand": {name: name for name in ("either", "left", "right")},
        "topics_as": {name: name for name in ("pictures", "mat")},
        "scanning": {name: name for name in ("none", "one", "two")},
        "scan_seconds": {"1": 1.0, "2": 2.0, "3": 3.0, "5": 5.0},
    }
)
"""Everything that is one of a few: what a form says, and what it means. The first of each but ``steps`` and
``scan_seconds`` is the default."""

STRATEGY_PICTURES: Mapping[str, str] = MappingProxyType(
    {
        "sym-breathing": "Breathe slowly",
        "sym-drink": "Have a drink",
        "sym-stretch": "Stretch up high",
        "sym-squeeze": "Squeeze something soft",
        "sym-headphones": "Put headphones on",
        "sym-book": "Look at a book",
        "sym-draw": "Draw",
        "sym-walk": "Go for a walk",
        "sym-safe-space": "Go to a quiet place",
        "sym-sit-together": "Sit with somebody",
        "sym-talk": "Talk to somebody",
        "pic-ball": "Play outside",
        "pic-tree": "Look at the trees",
        "pic-drum": "Make music",
        "pic-cloud": "Rest",
        "pic-bear": "Hold my soft toy",
    }
)
"""The drawings a strategy card can carry, each with words that are ready."""

OWN = "own-"
"""Before the name of a picture that staff sent for this child: see people.own_pictures."""
PICTURES_MOST = 8
HARD_STEPS = (4, 5)
"""At which steps a card is offered, by intensity, until somebody chose: when it is hard."""
_OWN_PICTURE = re.compile(OWN + r"[0-9a-f]{32}")
STRATEGIES_MOST = 5
STRATEGY_WORDS_MOST = 40
STEP_WORD_MOST = 20
LANGUAGE_MOST = 20
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")


class TabletRefused(Refusal):
    """A choice that cannot be made; the message is a sentence for whoever made it."""


@dataclass(frozen=True)
class OwnStep:
    """A child's own word and picture for a step; without either the school's stands."""

    word: str | None = None
    picture: str | None = None
    """One of ``PUPIL_PICTURES``, or an own picture."""


@dataclass(frozen=True)
class Strategy:
    """A card with what helps this child."""

    picture: str
    """One of ``STRATEGY_PICTURES``, or an own picture."""
    words: str
    at: tuple[int, ...] = HARD_STEPS
    """After which steps it is offered at once, by intensity: the child's own plan for them."""


@dataclass(frozen=True)
class ChildsTablet:
    """The tablet as one child meets it. Every default is safe for a child of whom nothing is known."""

    steps: tuple[int, ...] = STEPS["5"]
    own_steps: Mapping[int, OwnStep] = field(default_factory=dict)
    """By intensity, 1 calm to 5 hardest: they stay with the feeling when the school turns its scale round."""
    scale_picture: str = "faces"
    language: str | None = None
    """A language tag such as ``ur``; nothing is the school's own."""
    read_aloud: str = "on_touch"
    larger: bool = False
    symbols_only: bool = False
    hand: str = "either"
    calmer: bool = False
    """Less motion and fewer choices."""
    theme: str = "calm"
    skin: str = "neutral"
    """Of the hands: neutral, or 1 (lightest) to 5."""
    topics: tuple[str, ...] = TOPICS
    topics_as: str = "pictures"
    """How the child says what a talk is about: by choosing pictures, or on a talking mat of three columns."""
    scanning: str = "none"
    """With how many switches the screen is scanned."""
    scan_seconds: float = 2.0
    strategies: tuple[Strategy, ...] = ()


DEFAULT = ChildsTablet()


def tablet_of(*layers: Mapping[str, Any] | None) -> ChildsTablet:
    """The tablet that kept choices describe: those of the school, then of the class, then of the child.

    A choice that this version of the program does not know (any more) counts as not made, so that a child is never
    without a tablet because of it.
    """
    chosen: dict[str, Any] = {}
    for layer in layers:
        for name, kept in (layer or {}).items():
            value = _read(name, kept)
            if value is not None:
                chosen[name] = value
    return ChildsTablet(**chosen)


def what_differs(tablet: ChildsTablet) -> dict[str, Any]:
    """What a device is told: all that is not as by default, in JSON's types. The steps it hears elsewhere."""
    told = {
        one.name: getattr(tablet, one.name)
        for one in fields(tablet)
        if one.name not in ("steps", "own_steps", "strategies", "topics")
        and getattr(tablet, one.name) != getattr(DEFAULT, one.name)
    }
    if tablet.topics != DEFAULT.topics:
        told["topics"] = list(tablet.topics)
    if tablet.own_steps:
        told["own_steps"] = {
            str(intensity): {name: value for name, value in vars(own).items() if value is not None}
            for intensity, own in sorted(tablet.own_steps.items())
        }
    if tablet.strategies:
        told["strategies"] = [
            {"picture": one.picture, "words": one.words} | ({"at": list(one.at)} if one.at != HARD_STEPS else {})
            for one in tablet.strategies
        ]
    return told


def check_choice(name: str, value: str) -> Any:
    """One of a few, as it is kept.

    Raises:
        TabletRefused: nothing like that can be chosen.
    """
    if name == "language":
        if len(value) > LANGUAGE_MOST or not _LANGUAGE.fullmatch(value):
            raise TabletRefused("Choose one of the languages.")
        return value
    if value not in CHOICES.get(name, {}):
        raise TabletRefused("That cannot be chosen. Nothing was changed.")
    return _kept(CHOICES[name][value])


def check_topics(topics: Sequence[str]) -> list[str]:
    """The topics that are offered, in their order, as they are kept; with the two that always are.

    Raises:
        TabletRefused: there is no such topic.
    """
    if not set(topics) <= set(TOPICS):
        raise TabletRefused("There is no such topic. Nothing was changed.")
    return [topic for topic in TOPICS if topic in topics or topic in ALWAYS_OFFERED]


def check_own_step(intensity: int | None, word: str, picture: str) -> dict[str, str]:
    """A child's own word and picture for a step, as they are kept; empty when there is neither.

    Raises:
        TabletRefused: no such step or picture, or a word that cannot be shown to a child.
    """
    if intensity is None or not 1 <= intensity <= 5:
        raise TabletRefused("There is no such step. Nothing was changed.")
    if picture and picture not in PUPIL_PICTURES and not is_own(picture):
        raise TabletRefused("Choose one of the pictures.")
    word = check_words(word, STEP_WORD_MOST) if word.strip() else ""
    return {name: value for name, value in (("word", word), ("picture", picture)) if value}


def check_strategies(cards: Sequence[tuple[str, str]]) -> list[dict[str, str]]:
    """Strategy cards as they are kept, in their order; a picture without words brings its own.

    Raises:
        TabletRefused: too many, the same picture twice, no such picture, or words that cannot be shown to a child.
    """
    if len(cards) > STRATEGIES_MOST:
        raise TabletRefused("A child can have at most %(most)s cards. Take one away first.", most=STRATEGIES_MOST)
    pictures = [picture for picture, _ in cards]
    if not {one for one in pictures if not is_own(one)} <= set(STRATEGY_PICTURES):
        raise TabletRefused("Choose a picture for the card.")
    if len(set(pictures)) < len(pictures):
        raise TabletRefused("This child has a card with that picture already. Choose another picture.")
    return [
        {
            "picture": picture,
            "words": _words_on_card(picture, words),
        }
        for picture, words in cards
    ]


def is_own(picture: str) -> bool:
    """Whether this names a picture that was sent for one child, and none of our drawings."""
    return _OWN_PICTURE.fullmatch(picture) is not None


def check_picture_words(words: str) -> str:
    """What is on a child's own picture, as it is kept.

    Raises:
        TabletRefused: nothing, too many words, or some that cannot be shown to a child.
    """
    if not words.strip():
        raise TabletRefused("Write what is on the picture, such as “My trampoline”.")
    return check_words(words, STRATEGY_WORDS_MOST)


def _words_on_card(picture: str, words: str) -> str:
    if words.strip():
        return check_words(words, STRATEGY_WORDS_MOST)
    if picture not in STRATEGY_PICTURES:
        raise TabletRefused("Write the words for this card: its picture is your own.")
    return STRATEGY_PICTURES[picture]


def check_steps_of_card(at: Sequence[int]) -> tuple[int, ...]:
    """After which steps a card is offered, by intensity, in their order; none is under "What helps me" alone.

    Raises:
        TabletRefused: there is no such step.
    """
    if not set(at) <= set(STEPS["5"]):
        raise TabletRefused("There is no such step. Nothing was changed.")
    return tuple(sorted(set(at)))


def check_words(text: str, most: int) -> str:
    """A few words that a child may read, with single spaces.

    Raises:
        TabletRefused: too many, something that cannot be printed, or a word that we do not say to children.
    """
    words = " ".join(text.split())
    if len(words) > most:
        raise TabletRefused("Use at most %(most)s letters: yours are %(written)s.", most=most, written=len(words))
    if not can_be_shown(words):
        raise TabletRefused("There is a sign in your words that cannot be shown. Write them with letters alone.")
    if found := not_said(words):
        raise TabletRefused("The tablet never says “%(found)s” to a child. Say it in another way.", found=found)
    return words


def _kept(value: Value) -> Any:
    return list(value) if isinstance(value, tuple) else value


def _read(name: str, kept: Any) -> Any:
    """A kept choice in our own types, or nothing when it is none of ours."""
    try:
        if name == "own_steps":
            return {int(key): OwnStep(own.get("word"), own.get("picture")) for key, own in kept.items()}
        if name == "strategies":
            return tuple(
                Strategy(one["picture"], one["words"], check_steps_of_card(one.get("at", HARD_STEPS)))
                for one in kept
            )
        if name == "topics":
            return tuple(check_topics(kept))
        if name == "language":
            return check_choice(name, kept)
    except (TabletRefused, AttributeError, KeyError, TypeError, ValueError):
        return None
    value = tuple(kept) if isinstance(kept, list) else kept
    return value if value in CHOICES.get(name, {}).values() else None
