"""An attack on what pages and programs are told: figures as the answers they are made of, and pairs subtracted.

The attacker knows who answered when. What each figure that was read is made of is worked out from the check-ins
themselves, and has to add up to the number that was read.
"""

from __future__ import annotations

import shutil
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from kiosk import create_app
from kiosk.db import db
from kiosk.demo.build import ready_demo
from kiosk.feelings.models import CheckIn
from kiosk.patterns.figures.suppression import LEAST
from kiosk.patterns.school.groups import Told
from tests.client import LintingClient
from tests.conftest import Templates, settings_for

NOW = datetime(2026, 11, 24, 10, 15, tzinfo=UTC)
Answer = tuple[int, date, int, int]
"""Child, day, hour, number of the check-in."""
Answers = dict[Answer, tuple[int, int]]
"""For each answer its class and its intensity."""


@contextmanager
def demo_school(templates: Templates, folder: Path) -> Iterator[Flask]:
    """The demo school on a Tuesday, on SQLite."""
    shutil.copy(templates.empty, folder / "treetops.sqlite3")
    app = create_app(settings_for(folder, f"sqlite:///{folder / 'treetops.sqlite3'}"))
    app.test_client_class = LintingClient
    with time_machine.travel(NOW, tick=False), app.app_context():
        ready_demo(lambda _line: None, NOW)
        db.session.remove()
        yield app
        db.session.remove()
        db.engine.dispose()


def answers_of_everybody() -> Answers:
    """Everything that children answered."""
    rows = db.session.execute(
        select(CheckIn.pupil_id, CheckIn.school_day, CheckIn.hour, CheckIn.id, CheckIn.class_id, CheckIn.intensity)
    )
    return {(row[0], row[1], row[2], row[3]): (row[4], row[5]) for row in rows}


@dataclass
class Attack:
    """What was read, each figure as the answers it is made of."""

    figures: dict[str, frozenset[Answer]] = field(default_factory=dict)

    def add(self, name: str, answers: Iterable[Answer]) -> None:
        """A figure, by what it is of."""
        self.figures[name] = frozenset(answers)

    def add_sums(self, name: str, pieces: Iterable[tuple[object, frozenset[Answer]]]) -> None:
        """What anybody can add up: all of some figures together, and those of each weekday."""
        sums: dict[object, set[Answer]] = defaultdict(set)
        for key, answers in pieces:
            sums[key] |= answers
            sums["all"] |= answers
        for key, answers in sums.items():
            self.add(f"{name}, {key}", answers)

    def found(self) -> list[tuple[str, str, int]]:
        """Each pair of figures that differ by one to four children, and by how many.

        A figure with few children in it is found as its difference from nothing.
        """
        everything = list(frozenset().union(*self.figures.values()))
        numbers = {answer: number for number, answer in enumerate(everything)}
        # As numbers of which each bit is an answer, two figures are told apart in a microsecond.
        masks: dict[int, str] = {0: "nothing"}
        for name, answers in self.figures.items():
            masks.setdefault(_mask(numbers[answer] for answer in answers), name)
        most = 4 * max(Counter(child for child, *_when in everything).values())
        ordered = sorted((mask.bit_count(), mask) for mask in masks)
        leaks = []
        for at, (size, mask) in enumerate(ordered):
            for other_size, other in ordered[at + 1 :]:
                if other_size - size > most:
                    break
                apart = mask ^ other
                if apart.bit_count() <= most:
                    children = _few(everything[bit][0] for bit in _bits(apart))
                    if children:
                        leaks.append((masks[other], masks[mask], children))
        return leaks


def _few(children: Iterable[int]) -> int:
    """How many different children there are when there are few; 0 as soon as there are enough."""
    seen: set[int] = set()
    for child in children:
        seen.add(child)
        if len(seen) == LEAST:
            return 0
    return len(seen)


def _mask(bits: Iterable[int]) -> int:
    found = bytearray()
    for bit in bits:
        place = bit // 8
        if place >= len(found):
            found.extend(bytes(place + 1 - len(found)))
        found[place] |= 1 << bit % 8
    return int.from_bytes(found, "little")


def _bits(mask: int) -> Iterator[int]:
    while mask:
        yield (mask & -mask).bit_length() - 1
        mask &= mask - 1


def told_by_hour(answers: Mapping[Answer, tuple[int, int]]) -> dict[tuple[date, int], list[Told]]:
    """Who answered when, class by class."""
    children: dict[tuple[date, int], dict[int, set[int]]] = defaultdict(lambda: defaultdict(set))
    for (child, day, hour, _number), (class_id, _step) in answers.items():
        children[day, hour][class_id].add(child)
    return {
        moment: [Told(class_id, len(there), (1, 0, 0, 0, 0)) for class_id, there in of_moment.items()]
        for moment, of_moment in children.items()
    }


def is_in(key: str, class_id: int, classes: Mapping[int, object]) -> bool:
    """Whether a class is the group, or in it."""
    year = getattr(classes.get(class_id), "year", "")
    return key in ("school", f"class-{class_id}", f"year-{year}")


def check(made_of: Iterable[Answer], answers: Mapping[Answer, tuple[int, int]], share: float, number: int) -> None:
    """What we take a figure to be made of adds up to what was read."""
    steps = [answers[answer][1] for answer in made_of]
    assert len(steps) == number
    assert round(100 * sum(step >= 4 for step in steps) / len(steps), 1) == pytest.approx(share)
