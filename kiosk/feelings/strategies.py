"""What helped: a child used one of their own cards and said how it was. Every statement about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from kiosk.audit import Actor, record
from kiosk.db import db, insert_for, utc_now, writing
from kiosk.feelings.models import StrategyUse
from kiosk.feelings.rules import SAID, NewStrategyUse
from kiosk.feelings.store import DifferentContent
from kiosk.people.childs_tablet import set_ups
from kiosk.people.near import NearAdult, must_be_near
from kiosk.people.store import NotThisTablets, tablet_shows
from kiosk.people.tablet_settings import STRATEGY_PICTURES
from kiosk.people.tablets import PairedTablet


@dataclass(frozen=True)
class WhatHelped:
    """How often a child said what about one card."""

    picture: str
    words: str
    """What stood on the card last."""
    used: int
    """Without saying whether it helped."""
    helped: int
    a_bit: int
    not_today: int
    last_used_at: datetime


def add_strategy_use(entry: NewStrategyUse, tablet: PairedTablet) -> bool:
    """Keep what a child said of a card; on disk when this returns. True when it is new.

    Raises:
        NotThisTablets: the pupil is not this tablet's.
        DifferentContent: the id stands for something else.
    """
    with writing():
        if not tablet_shows(tablet, entry.pupil_id):
            raise NotThisTablets
        return _keep(entry, tablet.actor)


def say_with_adult(entry: NewStrategyUse, asker: NearAdult) -> bool:
    """Keep what a child said of a card while looking back at their week with an adult. True when it is new.

    Raises:
        NoSuchPupil: there is none, or not for this adult.
        DifferentContent: the id stands for something else.
    """
    with writing():
        must_be_near(asker, entry.pupil_id)
        return _keep(entry, asker.actor)


def what_helped(pupil_id: int) -> list[WhatHelped]:
    """What a child said of each card, the most helpful first; for a caller with the pupil in its own scope."""
    said = {name: func.count().filter(StrategyUse.said == name) for name in SAID}
    newest = func.max(StrategyUse.used_at)
    rows = db.session.execute(
        select(StrategyUse.picture, *(said[name].label(name) for name in SAID), newest.label("last_used_at"))
        .where(StrategyUse.pupil_id == pupil_id)
        .group_by(StrategyUse.picture)
        .order_by(said["helped"].desc(), said["a_bit"].desc(), StrategyUse.picture)
    ).all()
    words = _newest_words(pupil_id)
    return [
        WhatHelped(
            row.picture, words[row.picture], row.used, row.helped, row.a_bit, row.not_today, row.last_used_at
        )
        for row in rows
    ]


def _keep(entry: NewStrategyUse, by: Actor) -> bool:
    row = {
        "key": entry.key,
        "pupil_id": entry.pupil_id,
        "picture": entry.picture,
        "words": _words_on(entry),
        "said": entry.said,
        "used_at": entry.used_at,
        "received_at": utc_now(),
        "tablet_id": by.tablet_id,
    }
    connection = db.session().connection()
    insert = insert_for(connection, StrategyUse).values(row)
    added = insert.on_conflict_do_nothing(index_elements=["key"]).returning(StrategyUse.id)
    if connection.execute(added).first() is None:
        return _check_same(entry)
    record("strategy_said", by, pupil=entry.pupil_id, picture=entry.picture, said=entry.said)
    return True


def _newest_words(pupil_id: int) -> dict[str, str]:
    rows = db.session.execute(
        select(StrategyUse.picture, StrategyUse.words)
        .where(StrategyUse.pupil_id == pupil_id)
        .order_by(StrategyUse.used_at, StrategyUse.id)
    )
    return {row.picture: row.words for row in rows}


def _words_on(entry: NewStrategyUse) -> str:
    """What stands on the child's card; what is ready for its picture when the card was taken away meanwhile."""
    cards = set_ups([entry.pupil_id])[entry.pupil_id].tablet.strategies
    ready = STRATEGY_PICTURES.get(entry.picture, "")
    return next((card.words for card in cards if card.picture == entry.picture), ready) or _said_before(entry)


def _said_before(entry: NewStrategyUse) -> str:
    """What the child's own picture was called when they used it last, now that its card was taken away."""
    return _newest_words(entry.pupil_id).get(entry.picture, "")


def _check_same(entry: NewStrategyUse) -> bool:
    there: Any = db.session.execute(
        select(StrategyUse.pupil_id, StrategyUse.picture, StrategyUse.said, StrategyUse.used_at).where(
            StrategyUse.key == entry.key
        )
    ).one()
    if tuple(there) != (entry.pupil_id, entry.picture, entry.said, entry.used_at):
        raise DifferentContent
    return False
