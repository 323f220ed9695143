"""How the children of the demo feel over a term, and when they say so. Pure, from a seed.

A child's answer is a level of their own, plus the day of the week, plus something that stays for a few days,
plus the moment, cut into five steps. The numbers were tried until the whole looked like a school: most
answers calm, a tenth of the children nearly always so, neighbouring days alike (lag-one correlation about
0.2), about 15 in 100 answers missing and more of them missing when things are hard.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random
from uuid import UUID

from kiosk.demo.days import on_the_clock
from kiosk.demo.hazelwood import STORIES, DemoPupil, Story, steps_of

MORNING = time(8, 40)
AFTERNOON = time(13, 2)

_CUTS = (0.0, 1.0, 1.85, 2.7)
_WEEKDAY = (0.3, 0.05, 0.0, 0.0, -0.1, 0.0, 0.0)
_FRIDAY_AFTERNOON = -0.35
_STAYS = 0.5
_STAYING_SD = 0.85
_MOMENT_SD = 0.55
_ILL_PER_DAY = 0.034
_WELL_AGAIN_PER_DAY = 0.5


@dataclass(frozen=True, slots=True)
class LivedCheckIn:
    """A step that a child of the demo chose."""

    key: UUID
    pupil_id: int
    intensity: int
    felt_at: datetime
    received_at: datetime
    school_day: date
    shown_on_fingers: bool
    """Entered by an adult of the class for a child who showed it on their fingers."""


@dataclass(frozen=True)
class Temper:
    """What a child is usually like."""

    level: float
    answers: float
    """How often the child answers in the morning when all is well."""
    after_lunch: float


def feelings_of(seed: int, pupil: DemoPupil, days: Sequence[date], after_lunch: float) -> Iterator[LivedCheckIn]:
    """A child's check-ins on these school days, in order of time.

    Args:
        seed: the demo's seed.
        pupil: the child.
        days: school days, oldest first; the last counts as "today" in the child's story.
        after_lunch: how often this child's class checks in again after lunch.
    """
    rng = Random(f"{seed}/feelings/{pupil.source_id}")
    story = STORIES.get(pupil.source_id)
    temper = _temper(rng, story, after_lunch)
    staying = 0.0
    ill = False
    for ago, day in zip(range(len(days) - 1, -1, -1), days, strict=True):
        staying = _STAYS * staying + rng.gauss(0, _STAYING_SD * (1 - _STAYS**2) ** 0.5)
        ill = rng.random() < (1 - _WELL_AGAIN_PER_DAY if ill else _ILL_PER_DAY)
        usual = temper.level + staying + _WEEKDAY[day.weekday()] + _story_level(story, ago, day)
        answers = temper.answers * _story_answers(story, ago)
        morning = _intensity(usual + rng.gauss(0, _MOMENT_SD))
        later = usual + 0.3 * (morning - 2) + (_FRIDAY_AFTERNOON if day.weekday() == 4 else 0)
        afternoon = _intensity(later + rng.gauss(0, _MOMENT_SD))
        for intensity, likely, starts in (
            (morning, answers - _holds_back(morning), MORNING),
            (afternoon, answers * (temper.after_lunch + 0.1 * (morning > 3)), AFTERNOON),
        ):
            answered, felt_at = rng.random() < likely, _moment(rng, day, starts)
            key, fingers = make_key(rng), rng.random() < _on_fingers(story, pupil)
            if answered and not ill:
                step = nearest(intensity, steps_of(pupil))
                heard = felt_at + timedelta(seconds=rng.uniform(0.2, 1.5))
                yield LivedCheckIn(key, pupil.id, step, felt_at, heard, day, fingers)


def nearest(intensity: int, offered: Sequence[int]) -> int:
    """The step nearest to a feeling among those a child is offered."""
    return min(offered, key=lambda step: (abs(step - intensity), step))


def make_key(rng: Random) -> UUID:
    """An id as a tablet makes it, from the seed."""
    return UUID(int=rng.getrandbits(128), version=4)


def _temper(rng: Random, story: Story | None, after_lunch: float) -> Temper:
    kind = rng.random()
    if kind < 0.12:
        level = -2.4
    elif kind < 0.66:
        level = rng.gauss(-0.6, 0.35)
    elif kind < 0.93:
        level = rng.gauss(0.45, 0.35)
    else:
        level = rng.gauss(1.15, 0.3)
    answers = rng.betavariate(17, 1.7)
    if story:
        level, answers = _STORY_TEMPER[story], max(answers, 0.93)
    return Temper(level, answers, min(0.9, after_lunch * rng.uniform(0.5, 1.5)))


def _intensity(feeling: float) -> int:
    return 1 + sum(feeling > cut for cut in _CUTS)


def _holds_back(intensity: int) -> float:
    """A child for whom it is hard is less likely to say so."""
    return (0.0, 0.0, 0.05, 0.12, 0.2)[intensity - 1]


def _on_fingers(story: Story | None, pupil: DemoPupil) -> float:
    if story == "not_speaking":
        return 0.7
    return 0.08 if pupil.class_name == "Apple" else 0.004


def _moment(rng: Random, day: date, starts: time) -> datetime:
    minutes = rng.uniform(0, 22) if rng.random() < 0.9 else rng.uniform(20, 95)
    return on_the_clock(day, starts) + timedelta(seconds=int(minutes * 60) + rng.random())


_STORY_TEMPER: Mapping[Story, float] = {
    "sudden_drop": -0.8,
    "hard_mondays": -0.5,
    "going_silent": -0.3,
    "always_asking": 0.5,
    "nobody_answers": 0.4,
    "slow_slide": -0.5,
    "hard_term": 1.5,
    "settling_in": -0.2,
    "not_speaking": 0.7,
}

_STORY_LEVEL: Mapping[Story, Callable[[int, date], float]] = {
    "sudden_drop": lambda ago, _: 3.1 if ago < 10 else 0.0,
    "hard_mondays": lambda _, day: 2.6 if day.weekday() == 0 else 0.0,
    "nobody_answers": lambda ago, _: 0.7 if ago < 28 else 0.0,
    "slow_slide": lambda ago, _: 2.0 * max(0.0, 1 - ago / 28),
    "settling_in": lambda ago, _: 2.6 * max(0.0, ago - 6) / 28,
}


def _story_level(story: Story | None, ago: int, day: date) -> float:
    level = _STORY_LEVEL.get(story) if story else None
    return level(ago, day) if level else 0.0


SASHA_CAME = 34
"""How many school days ago the child who is settling in joined."""
_SILENT_FOR = 8


def _story_answers(story: Story | None, ago: int) -> float:
    if story == "settling_in":
        return 1.0 if ago < SASHA_CAME else 0.0
    if story == "going_silent":
        return min(1.0, max(0, ago - _SILENT_FOR + 1) / 18)
    return 1.0
