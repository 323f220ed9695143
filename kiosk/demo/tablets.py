"""Tablets that fit: how the demo's adults have set them up with some of their children, and what helped since."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from random import Random
from typing import Any

from sqlalchemy import insert

from kiosk.audit import KEYBOARD
from kiosk.db import writing
from kiosk.demo.days import on_the_clock
from kiosk.demo.drawn import teddy, trampoline
from kiosk.demo.hazelwood import STORIES, DemoPupil
from kiosk.demo.moods import make_key
from kiosk.feelings.models import StrategyUse
from kiosk.feelings.rules import SAID
from kiosk.people.high5 import AT_THE_KEYBOARD
from kiosk.people.own_pictures import add_childs_picture
from kiosk.people.set_up_tablet import WhoSetsUp, add_strategy, choose, choose_own_step, offer_card_at
from kiosk.people.tablet_settings import OWN, STRATEGY_PICTURES

OFFICE = WhoSetsUp(AT_THE_KEYBOARD, KEYBOARD)
AMIR = "pupil-159"
HAVE_CARDS, CHOSE_HANDS = 0.2, 0.3
"""The parts of the children who have cards of their own, and who chose whose hands they see."""
OFTEN_USED = 12
"""How often a card was used in the term, at most."""
SPEAK_AT_HOME = {
    "pupil-022": "uk",  # Mila Shevchenko
    "pupil-084": "uk",  # Bohdan Tkachenko
    "pupil-115": "zh-Hans",  # Marcus Wong
    "pupil-124": "ro",  # Ilinca Dobre
    "pupil-151": "uk",  # Sasha Kovalenko
    "pupil-173": "pt",  # Mateus Rodrigues
}


def set_up_tablets(seed: int, now: datetime, pupils: Sequence[DemoPupil], days: Sequence[date]) -> None:
    """Set tablets up for some children, and let those with cards say what helped.

    Args:
        seed: the same gives the same.
        now: nobody used a card after it.
        pupils: everybody who may have a tablet of their own.
        days: the school days of the term, oldest first.
    """
    rng = Random(f"{seed}-tablets")
    used: list[dict[str, Any]] = []
    with writing() as session:
        for pupil in pupils:
            for name, value in _choices(rng, pupil):
                choose(pupil.id, name, value, OFFICE)
            cards = _cards(rng, pupil)
            for picture in cards:
                add_strategy(pupil.id, picture, "", OFFICE)
            used += [use for use in _uses(rng, pupil.id, cards, days) if use["used_at"] < now]
            if pupil.source_id == AMIR:
                choose_own_step(pupil.id, 3, "Fizzy", "bee", OFFICE)
                _give_own_pictures(pupil.id)
        session.execute(insert(StrategyUse), used)


def _give_own_pictures(pupil_id: int) -> None:
    """What Amir brought to school, and where he likes to be: beside a step, and on a card."""
    names = [
        add_childs_picture(pupil_id, drawn, words, OFFICE.chooser, OFFICE.actor)
        for words, drawn in (("My teddy", teddy()), ("My trampoline", trampoline()))
    ]
    choose_own_step(pupil_id, 1, "Cosy", f"{OWN}{names[0]}", OFFICE)
    add_strategy(pupil_id, f"{OWN}{names[1]}", "", OFFICE)
    offer_card_at(pupil_id, f"{OWN}{names[1]}", 3, True, OFFICE)


def _choices(rng: Random, pupil: DemoPupil) -> Iterator[tuple[str, str]]:
    """What was chosen for a child, as a form says it."""
    if rng.random() < CHOSE_HANDS:
        yield "skin", str(rng.randint(1, 5))
    if STORIES.get(pupil.source_id) == "not_speaking":
        yield from (("symbols_only", "yes"), ("scale_picture", "weather"), ("topics_as", "mat"))
    if STORIES.get(pupil.source_id) == "hard_term":
        yield from (("calmer", "yes"), ("theme", "no_traffic_light"))
    if pupil.source_id in SPEAK_AT_HOME:
        yield "language", SPEAK_AT_HOME[pupil.source_id]


def _cards(rng: Random, pupil: DemoPupil) -> list[str]:
    if pupil.source_id == AMIR:
        return ["sym-breathing", "pic-ball", "sym-draw"]
    has_story = pupil.source_id in STORIES
    if rng.random() >= HAVE_CARDS and not has_story:
        return []
    return rng.sample(list(STRATEGY_PICTURES), rng.randint(2, 5))


def _uses(rng: Random, pupil_id: int, cards: Sequence[str], days: Sequence[date]) -> Iterator[dict[str, Any]]:
    """What a child said of each card over the term: some help this child, some do not."""
    for picture in cards:
        helps = rng.random()
        weights = {"used": 0.2, "helped": helps, "a_bit": 0.3, "not_today": (1 - helps) * 0.6}
        for day in rng.sample(list(days), min(len(days), rng.randint(0, OFTEN_USED))):
            at = on_the_clock(day, time(rng.randint(9, 14), rng.randint(0, 59)))
            yield {
                "key": make_key(rng),
                "pupil_id": pupil_id,
                "picture": picture,
                "words": STRATEGY_PICTURES[picture],
                "said": rng.choices(SAID, [weights[said] for said in SAID])[0],
                "used_at": at,
                "received_at": at,
            }
