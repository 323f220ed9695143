"""Cards as a child finds them on the tablet, and keeps or waves at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, select, update

from kiosk.audit import record
from kiosk.db import db, utc_now, writing
from kiosk.minding.cards import NoSuchCard
from kiosk.minding.models import Card
from kiosk.minding.rules import CARDS_AT_A_TIME, NOTICED, PAGES_ON_TABLET, CardAnswer, Kind, believable
from kiosk.people.models import Adult, Pupil
from kiosk.people.store import on_this_tablet
from kiosk.people.tablets import PairedTablet


@dataclass(frozen=True)
class TabletCard:
    """A card as a child finds it."""

    key: UUID
    kind: Kind
    picture: str
    """Name of a drawing with its hue, such as ``sun-1``."""
    words: str
    adult_id: int
    adult: str
    adult_picture: str
    left_at: datetime


def cards_waiting(pupil_id: int, tablet: PairedTablet) -> list[TabletCard]:
    """The cards that wait for one of this tablet's pupils, oldest first, a few at a time."""
    waiting: Select[*tuple[Any, ...]] = _WAITING.where(Pupil.id == pupil_id).limit(CARDS_AT_A_TIME)
    return [TabletCard(*card) for _pupil_id, *card in db.session.execute(waiting, _scope(tablet))]


def book_on_tablet(pupil_id: int, tablet: PairedTablet) -> list[TabletCard]:
    """The last few pages of the own book of one of this tablet's pupils: what was noticed and found, newest first.

    A few pages only: a shared tablet is no place for a child's whole history.
    """
    pages = _ON_TABLET.where(Pupil.id == pupil_id, Card.kind.in_(NOTICED), Card.found_at.is_not(None))
    newest: Select[*tuple[Any, ...]] = pages.order_by(Card.left_at.desc(), Card.id.desc()).limit(PAGES_ON_TABLET)
    return [TabletCard(*card) for _pupil_id, *card in db.session.execute(newest, _scope(tablet))]


def found_since(pupil_id: int, tablet: PairedTablet, since: datetime) -> list[tuple[datetime, TabletCard]]:
    """The cards that one of this tablet's pupils has found since an instant, each with when; the first one first.

    Only for a week that an adult has opened there (:mod:`kiosk.minding.week_on_tablet`).
    """
    seen = _ON_TABLET.add_columns(Card.found_at).where(
        Pupil.id == pupil_id, Card.found_at >= since, Card.taken_back_at.is_(None)
    )
    rows = db.session.execute(seen.order_by(Card.found_at, Card.id), _scope(tablet))
    return [(found_at, TabletCard(*card)) for _pupil_id, *card, found_at in rows]


def found(key: UUID, tablet: PairedTablet, answer: CardAnswer | None, at: datetime) -> None:
    """Keep that a child found a card and what they did with it. Sent again it changes nothing.

    A card the tablet showed before it heard that the adult took it back was found all the same.

    Args:
        key: the card.
        tablet: where it was found.
        answer: kept it, or waved at it; nothing yet. The first answer counts.
        at: when, by the tablet's clock.

    Raises:
        NoSuchCard: there is none, or not for a pupil of this tablet.
    """
    now = utc_now()
    with writing() as session:
        card = session.execute(
            select(Card.id, Card.pupil_id, Card.left_at, Card.found_at, Card.answer)
            .join(Pupil, Pupil.id == Card.pupil_id)
            .where(Card.key == key, on_this_tablet())
            .with_for_update(of=Card),
            _scope(tablet),
        ).one_or_none()
        if card is None:
            raise NoSuchCard
        then = believable(at, card.left_at, now)
        news: dict[str, object] = {}
        if card.found_at is None:
            news["found_at"] = then
        if card.answer is None and answer is not None:
            news |= {"answer": answer, "answered_at": then}
        if not news:
            return
        session.execute(update(Card).where(Card.id == card.id).values(**news))
        record("card_found", tablet.actor, pupil=card.pupil_id, card=str(key), answer=answer)


_WAITS: tuple[ColumnElement[bool], ...] = (Card.found_at.is_(None), Card.taken_back_at.is_(None))
_ON_TABLET = (
    select(
        Card.pupil_id,
        Card.key,
        Card.kind,
        Card.picture,
        Card.words,
        Card.adult_id,
        Adult.called.label("adult"),
        Adult.picture.label("adult_picture"),
        Card.left_at,
    )
    .join(Pupil, Pupil.id == Card.pupil_id)
    .join(Adult, Adult.id == Card.adult_id)
    .where(on_this_tablet())
)
_WAITING = _ON_TABLET.where(*_WAITS).order_by(Card.left_at, Card.id)


def _scope(tablet: PairedTablet) -> dict[str, object]:
    return {"tablet_id": tablet.id, "all_classes": tablet.all_classes}
