"""Which children of the demo ask for a chat, whom, and what for. Pure, from a seed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from random import Random

from kiosk.chats.rules import NewChat
from kiosk.demo.answering import LivedChat, answered, unanswered
from kiosk.demo.days import on_the_clock
from kiosk.demo.hazelwood import STORIES, DemoPupil, Story
from kiosk.demo.moods import LivedCheckIn, make_key
from kiosk.demo.staffroom import Staffroom
from kiosk.feelings.rules import HARD

_ASKS = (0.012, 0.035, 0.1, 0.24, 0.36)
"""How often a check-in leads to a request, by intensity."""
_BY_POSITION = (1.0, 0.7, 0.5, 0.4, 0.3)
_STILL_ASKED_FOR = timedelta(days=21)
_LAST_ASKING = time(15, 5)
_ABOUT = {
    "friends": 8,
    "home": 5,
    "learning": 4,
    "playtime": 4,
    "body": 2,
    "else": 3,
    "not_say": 3,
    "put_right": 2,
    "sit_with_friend": 2,
}


def chats_of(
    seed: int, pupil: DemoPupil, check_ins: Sequence[LivedCheckIn], days: Sequence[date], room: Staffroom
) -> Iterator[LivedChat]:
    """A child's requests over the term, each lived to its end, never two at once."""
    rng = Random(f"{seed}/chats/{pupil.source_id}")
    story = STORIES.get(pupil.source_id)
    keen = rng.lognormvariate(-0.1, 0.5)
    next_day: Mapping[date, date] = dict(pairwise(days))
    free_from: datetime | None = None
    for check_in in check_ins:
        if rng.random() >= _likely(check_in.intensity, keen, story):
            continue
        chat = _request(rng, check_in, story, room)
        if free_from is not None and chat.asked_at <= free_from:
            continue
        day = check_in.school_day
        tomorrow = next_day.get(day)
        # What was asked on the day before today ends that day: today belongs to kiosk.demo.now.
        may_end_on = tomorrow if tomorrow != days[-1] else None
        is_let_down = story == "nobody_answers" and _is_alone(chat.pupil_id, day, room) and rng.random() < 0.85
        life = (unanswered if is_let_down else answered)(rng, chat, day, may_end_on, room)
        free_from = life.ends_at
        yield life


def _is_alone(pupil_id: int, day: date, room: Staffroom) -> bool:
    """Whether the adult this child trusted most has left."""
    return room.has_left(room.high5[pupil_id][0], day)


def _likely(intensity: int, keen: float, story: Story | None) -> float:
    if story == "always_asking":
        return 0.72
    if story in ("nobody_answers", "not_speaking"):
        return min(0.5, 2.2 * _ASKS[intensity - 1] + 0.05)
    return min(0.6, keen * _ASKS[intensity - 1])


def _request(rng: Random, check_in: LivedCheckIn, story: Story | None, room: Staffroom) -> NewChat:
    hard = check_in.intensity >= HARD
    if rng.random() < 0.12:
        # Came back to the tablet later in the morning or afternoon, without a step.
        asked_at = check_in.felt_at + timedelta(minutes=rng.uniform(20, 80))
        with_step = None
    else:
        asked_at = check_in.felt_at + timedelta(seconds=rng.uniform(6, 25))
        with_step = check_in.key
    asked_at = min(asked_at, max(check_in.felt_at, on_the_clock(check_in.school_day, _LAST_ASKING)))
    wants_space = rng.random() < (0.45 if story == "not_speaking" else 0.22 if hard else 0.05)
    when = rng.choices(("now", "break", "today"), (0.75, 0.2, 0.05) if hard else (0.5, 0.3, 0.2))[0]
    return NewChat(
        key=make_key(rng),
        pupil_id=check_in.pupil_id,
        asked_for_id=None if wants_space else _whom(rng, check_in, room),
        check_in_key=with_step,
        asked_at=asked_at,
        wants="safe_space" if wants_space else "chat",
        when="now" if wants_space else when,
        how=_how(rng, story),
        about=_about(rng, story),
        cannot_wait=rng.random() < (0.05 if hard else 0.003),
    )


def _whom(rng: Random, check_in: LivedCheckIn, room: Staffroom) -> int | None:
    """One of the High 5, rather one who is here; now and then anyone in Treetops."""
    if rng.random() < 0.12:
        return None
    day, high5 = check_in.school_day, room.high5[check_in.pupil_id]
    weights = [
        by_position * _draw_of(adult_id, day, room)
        for by_position, adult_id in zip(_BY_POSITION, high5, strict=False)
    ]
    return rng.choices(high5, weights)[0]


def _draw_of(adult_id: int, day: date, room: Staffroom) -> float:
    presence = room.adults[adult_id].presence
    if presence.left_on is not None and day >= presence.left_on:
        # In the first days back the tablet still showed her, and she was missed.
        return 3.0 if day < presence.left_on + _STILL_ASKED_FOR else 0.0
    return 1.0 if presence.is_here(day) else 0.3


def _how(rng: Random, story: Story | None) -> str | None:
    if story == "not_speaking":
        return rng.choice(("draw", "sit", "walk"))
    return rng.choices((None, "talk", "draw", "sit", "walk"), (40, 35, 12, 8, 5))[0]


def _about(rng: Random, story: Story | None) -> tuple[str, ...]:
    if story == "not_speaking" or rng.random() < 0.45:
        return ()
    wanted = rng.choices(list(_ABOUT), list(_ABOUT.values()), k=rng.choice((1, 1, 1, 2)))
    return tuple(dict.fromkeys(wanted))
