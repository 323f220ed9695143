"""Adults answer, write down, raise concerns and go out, and children ask, all at once: each of it happens.

On PostgreSQL two transactions that lock the same rows in another order wait for each other until one is ended:
somebody's answer, or a child's "I can't wait", came to nothing.
"""

from __future__ import annotations

import random
import threading
from collections import Counter
from collections.abc import Callable

import pytest
from flask import Flask

from kiosk.chats import concerns
from kiosk.chats import store as chats
from kiosk.chats.outcome_rules import OutcomeEntry
from kiosk.chats.store import Asker
from kiosk.db import db
from kiosk.people.here import switched
from kiosk.people.presence import change_presence
from kiosk.people.tablets import PairedTablet
from kiosk.refusal import Refusal
from kiosk.school.store import local_now
from tests.cast import School
from tests.store.conftest import asker, new_chat

pytestmark = pytest.mark.usefixtures("boards_open")
AT_ONCE, ACTS = 6, 30
WHO = ("ali", "okafor", "novak", "green")


def test_nobody_waits_for_who_waits_for_them(app: Flask, oak: PairedTablet, school: School) -> None:
    keys = [chats.ask(new_chat(school, asked_for=None), oak)[0] for _ in range(3)]
    talked = chats.ask(new_chat(school, "zofia", None), oak)[0]
    chats.answer(talked, "talked", asker(school, "novak"), seen_number=1)
    db.session.remove()
    start, came = threading.Barrier(AT_ONCE), Counter[str]()

    def acts(dice: random.Random, me: Asker) -> list[Callable[[], object]]:
        key, about, words = dice.choice(keys), school.adults[dice.choice(WHO)], f"{dice.random()}"
        entry = OutcomeEntry(("listened",), note=words, follow_up_by_id=about, follow_up_on=local_now().date())
        return [
            lambda: chats.answer(key, "seen", me, seen_number=999, take_over=True),
            lambda: chats.cannot_wait(key, oak),
            lambda: chats.escalate(key, me, words, about_adult_id=about),
            lambda: chats.write_outcome(talked, me, entry),
            lambda: concerns.raise_concern(me, words, pupil_id=school.pupils["amir"], about_adult_id=about),
            lambda: concerns.raise_concern(me, words, about_adult_id=about),
            lambda: change_presence(me.adult_id, lambda now: switched(now, local_now(), here=True), me.actor),
        ]

    def do(seed: int) -> None:
        dice = random.Random(seed)
        start.wait(timeout=10)
        for _ in range(ACTS):
            with app.app_context():
                try:
                    dice.choice(acts(dice, asker(school, dice.choice(WHO))))()
                except (Refusal, chats.NoSuchChat):
                    pass  # told in a sentence, as any other time
                except Exception as fault:
                    came[repr(fault)] += 1

    people = [threading.Thread(target=do, args=(seed,)) for seed in range(AT_ONCE)]
    for one in people:
        one.start()
    for one in people:
        one.join()
    assert came == Counter()
