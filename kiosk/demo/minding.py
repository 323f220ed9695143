"""Putting what is known of the demo's children into its database: scripts, cards and planned times."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any
from uuid import UUID

from sqlalchemy import insert
from sqlalchemy.orm import Session

from kiosk.db import writing
from kiosk.demo.days import ZONE, on_the_clock
from kiosk.demo.hazelwood import DemoAdult, DemoPupil
from kiosk.demo.known import CARDS, FIRST_SCRIPT_OF_LEO, SCRIPTS, TIMES, TO_LOOK_AT_AGAIN, DemoTime
from kiosk.minding.models import Card, PlannedMeeting, PlannedTime, Script
from kiosk.minding.rules import CARD_PICTURES, KINDS, READY, ScriptEntry, check_card_words, check_script

LEO = "pupil-149"
GIVEN_LATELY = 0.6
"""The share of the other children whom somebody left a card in the last weeks."""
WEEKS_PROMISED = 4


def keep_in_mind(
    seed: int,
    now: datetime,
    pupils: Sequence[DemoPupil],
    adults: Sequence[DemoAdult],
    high5: Mapping[int, Sequence[int]],
) -> None:
    """Write down what the adults know of some children, what they left for them, and what they promised."""
    today = now.astimezone(ZONE).date()
    pupil_ids = {pupil.source_id: pupil.id for pupil in pupils}
    adult_ids = {adult.source_id: adult.id for adult in adults}
    here = {adult.id for adult in adults if adult.post.roles and adult.presence.left_on is None}
    rng = Random(f"{seed}/minding")
    cards = [*_told_cards(rng, now, pupil_ids, adult_ids), *_other_cards(rng, now, pupils, high5, here)]
    with writing() as session:
        session.execute(insert(Script), list(_scripts(today, pupil_ids, adult_ids)))
        session.execute(insert(Card), cards)
        for one in TIMES:
            _promise(session, one, today, pupil_ids, adult_ids)


def _scripts(today: date, pupil_ids: Mapping[str, int], adult_ids: Mapping[str, int]) -> Iterator[dict[str, Any]]:
    for number, (who, (writer, entry)) in enumerate(SCRIPTS.items()):
        written_on = today - timedelta(days=20 + 3 * number)
        review_on = today - timedelta(days=5) if who in TO_LOOK_AT_AGAIN else today + timedelta(days=60 + number)
        pupil_id, writer_id = pupil_ids[who], adult_ids[writer]
        if who == LEO:
            first_on = written_on - timedelta(days=50)
            yield _script(FIRST_SCRIPT_OF_LEO, pupil_id, writer_id, version=1, written_on=first_on, review_on=None)
        version = 2 if who == LEO else 1
        yield _script(entry, pupil_id, writer_id, version=version, written_on=written_on, review_on=review_on)


def _script(
    entry: ScriptEntry, pupil_id: int, writer_id: int, *, version: int, written_on: date, review_on: date | None
) -> dict[str, Any]:
    words = check_script(entry)
    return {
        "pupil_id": pupil_id,
        "version": version,
        "shows": words.shows,
        "helps": words.helps,
        "say": words.say,
        "avoid": words.avoid,
        "likes": words.likes,
        "plan": dict(words.plan),
        "written_by_id": writer_id,
        "written_at": on_the_clock(written_on, time(15, 50)),
        "review_on": review_on,
    }


def _told_cards(
    rng: Random, now: datetime, pupil_ids: Mapping[str, int], adult_ids: Mapping[str, int]
) -> Iterator[dict[str, Any]]:
    for card in CARDS:
        row = _card(rng, now, pupil_ids[card.pupil], adult_ids[card.adult], card.days_ago, waits=card.waits)
        yield row | {
            "kind": card.kind,
            "picture": card.picture,
            "words": check_card_words(card.words),
            "answer": card.answer if row["found_at"] else None,
            "answered_at": row["found_at"] if card.answer else None,
        }


def _other_cards(
    rng: Random,
    now: datetime,
    pupils: Sequence[DemoPupil],
    high5: Mapping[int, Sequence[int]],
    here: set[int],
) -> Iterator[dict[str, Any]]:
    """Most of the other children had a card in the last weeks from somebody they trust; some had none."""
    told = {card.pupil for card in CARDS}
    for pupil in pupils:
        givers = [adult_id for adult_id in high5[pupil.id] if adult_id in here]
        if pupil.source_id in told or not givers or rng.random() > GIVEN_LATELY:
            continue
        row = _card(rng, now, pupil.id, rng.choice(givers), rng.randint(1, 30), waits=False)
        kind = rng.choice(KINDS)
        answer = rng.choice(("kept", "waved", "waved", None)) if row["found_at"] else None
        yield row | {
            "kind": kind,
            "picture": rng.choice(list(CARD_PICTURES)),
            "words": rng.choice(READY[kind]),
            "answer": answer,
            "answered_at": row["found_at"] if answer else None,
        }


def _card(
    rng: Random, now: datetime, pupil_id: int, adult_id: int, days_ago: int, *, waits: bool
) -> dict[str, Any]:
    """A card left after school so many days ago, or on the Friday before; found on the next school morning."""
    day = now.astimezone(ZONE).date() - timedelta(days=days_ago)
    day -= timedelta(days=max(0, day.weekday() - 4))
    left_at = on_the_clock(day, time(15, rng.randint(35, 59)))
    morning = day + timedelta(days=3 if day.weekday() == 4 else 1)
    found_at = on_the_clock(morning, time(8, rng.randint(40, 59)))
    return {
        "key": UUID(int=rng.getrandbits(128), version=4),
        "pupil_id": pupil_id,
        "adult_id": adult_id,
        "left_at": left_at,
        "found_at": None if waits or found_at > now else found_at,
        "taken_back_at": None,
    }


def _promise(
    session: Session, one: DemoTime, today: date, pupil_ids: Mapping[str, int], adult_ids: Mapping[str, int]
) -> None:
    """A planned time that was kept each week, but for what is told of the last one."""
    weekday = today.weekday() if one.weekday is None else one.weekday
    last = today - timedelta(days=(today.weekday() - weekday) % 7 or 7)
    adult_id = adult_ids[one.adult]
    planned = PlannedTime(
        pupil_id=pupil_ids[one.pupil],
        adult_id=adult_id,
        weekday=weekday,
        at=one.at,
        how=one.how,
        first_day=last - timedelta(weeks=WEEKS_PROMISED - 1),
        made_by_id=adult_id,
        made_at=on_the_clock(last - timedelta(weeks=WEEKS_PROMISED), time(16)),
    )
    session.add(planned)
    session.flush()
    for week in range(WEEKS_PROMISED):
        if (said := one.last if week == 0 else ("met", None)) is None:
            continue
        day = last - timedelta(weeks=week)
        session.add(
            PlannedMeeting(
                planned_time_id=planned.id,
                day=day,
                became=said[0],
                why=said[1],
                said_by_id=adult_id,
                said_at=on_the_clock(day, one.at) + timedelta(minutes=20),
            )
        )
