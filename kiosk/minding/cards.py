"""Cards that adults leave for a child: held in mind, and what they noticed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, Row, Select, and_, func, or_, select, true, update

from kiosk.audit import record
from kiosk.db import db, utc_now, writing
from kiosk.minding.models import Card
from kiosk.minding.rules import KINDS, NOTICED, CardAnswer, Kind, WordsRefused, check_card_words, check_picture
from kiosk.people.models import Adult, Pupil
from kiosk.people.near import NearAdult, must_be_near, near


class NoSuchCard(Exception):
    """A card that is not there, or not for this asker: the two must look the same."""


class FoundAlready(Exception):
    """The child has found it: what a child has been given is not taken away."""


@dataclass(frozen=True)
class LeftCard:
    """A card and what became of it, as an adult sees it."""

    key: UUID
    kind: Kind
    picture: str
    words: str
    adult_id: int
    left_by: str
    """What the children call whoever left it."""
    left_at: datetime
    found_at: datetime | None
    answer: CardAnswer | None
    taken_back_at: datetime | None

    @property
    def waits(self) -> bool:
        """Whether the child will find it at the next check-in."""
        return self.found_at is None and self.taken_back_at is None


def leave_card(asker: NearAdult, pupil_id: int, kind: str, picture: str, words: str) -> LeftCard:
    """Leave a card for a child, to be found at the next check-in. While it waits, the very same is left once.

    Raises:
        NoSuchPupil: there is none, or not for this asker.
        WordsRefused: the kind or the words cannot be.
        PictureRefused: no such picture.
    """
    if kind not in KINDS:
        raise WordsRefused("Choose what kind of card it is.")
    words, picture = check_card_words(words), check_picture(picture)
    with writing() as session:
        must_be_near(asker, pupil_id)
        card = Card(
            key=uuid4(),
            pupil_id=pupil_id,
            adult_id=asker.adult_id,
            kind=kind,
            picture=picture,
            words=words,
            left_at=utc_now(),
        )
        if (there := _waits_already(card)) is not None:
            return _left(there)
        session.add(card)
        session.flush()
        record("card_left", asker.actor, pupil=pupil_id, card=str(card.key), kind=kind)
        return _left(db.session.execute(_LEFT.where(Card.id == card.id)).one())


def _waits_already(new: Card) -> Row[*tuple[Any, ...]] | None:
    """The very same card from the same adult, not found yet: a button pressed twice. Its writer is locked."""
    db.session.execute(select(Adult.id).where(Adult.id == new.adult_id).with_for_update(key_share=True))
    same = (Card.pupil_id == new.pupil_id, Card.adult_id == new.adult_id, Card.kind == new.kind)
    words = (Card.words == new.words, Card.picture == new.picture)
    waits = (Card.found_at.is_(None), Card.taken_back_at.is_(None))
    return db.session.execute(_LEFT.where(*same, *words, *waits).limit(1)).first()


def take_back(key: UUID, asker: NearAdult) -> int:
    """Take a card back that the child has not found; returns the pupil it was for.

    Whoever left it may, and whoever is near every child: an unkind card must not wait for its writer.

    Raises:
        NoSuchCard: there is none, or not for this asker.
        FoundAlready: too late.
    """
    with writing() as session:
        found = session.execute(
            select(Card.id, Card.pupil_id, Card.found_at, Card.taken_back_at)
            .join(Pupil, Pupil.id == Card.pupil_id)
            .where(Card.key == key, near(asker), _may_take_back(asker))
            .with_for_update(of=Card)
        ).one_or_none()
        if found is None:
            raise NoSuchCard
        if found.found_at is not None:
            raise FoundAlready
        if found.taken_back_at is None:
            session.execute(update(Card).where(Card.id == found.id).values(taken_back_at=utc_now()))
            record("card_taken_back", asker.actor, pupil=found.pupil_id, card=str(key))
        return int(found.pupil_id)


def cards_of(pupil_id: int, asker: NearAdult) -> list[LeftCard]:
    """Every card left for a pupil, the newest first, with what became of it.

    Raises:
        NoSuchPupil: there is none, or not for this asker.
    """
    must_be_near(asker, pupil_id)
    return _read(_LEFT.where(Card.pupil_id == pupil_id))


def book_of(pupil_id: int, asker: NearAdult) -> list[LeftCard]:
    """A child's Noticed book: every kindness, friendship and success an adult saw, the newest first.

    Raises:
        NoSuchPupil: there is none, or not for this asker.
    """
    must_be_near(asker, pupil_id)
    given = or_(Card.taken_back_at.is_(None), Card.found_at.is_not(None))
    return _read(_LEFT.where(Card.pupil_id == pupil_id, Card.kind.in_(NOTICED), given))


@dataclass(frozen=True)
class NotHeld:
    """A child for whom nobody has left a card lately."""

    pupil_id: int
    last_left_at: datetime | None
    """Nothing when there never was one."""


def not_held_in_mind(asker: NearAdult, since: datetime) -> list[NotHeld]:
    """The children near this adult for whom nobody has left a card since an instant; those without any first.

    Args:
        asker: who looks.
        since: the beginning of :func:`kiosk.minding.rules.lately`, as an instant.
    """
    last = func.max(Card.left_at)
    rows = db.session.execute(
        select(Pupil.id, last.label("last_left_at"))
        .outerjoin(Card, and_(Card.pupil_id == Pupil.id, Card.taken_back_at.is_(None)))
        .where(near(asker))
        .group_by(Pupil.id)
        .having(or_(last.is_(None), last < since))
        .order_by(last.is_not(None), last, Pupil.id)
    )
    return [NotHeld(row.id, row.last_left_at) for row in rows]


_LEFT = (
    select(
        Card.key,
        Card.kind,
        Card.picture,
        Card.words,
        Card.adult_id,
        Adult.called.label("left_by"),
        Card.left_at,
        Card.found_at,
        Card.answer,
        Card.taken_back_at,
    )
    .join(Adult, Adult.id == Card.adult_id)
    .order_by(Card.left_at.desc(), Card.id.desc())
)


def _read(cards: Select[*tuple[Any, ...]]) -> list[LeftCard]:
    return [_left(row) for row in db.session.execute(cards)]


def _left(row: Row[*tuple[Any, ...]]) -> LeftCard:
    return LeftCard(**row._mapping)


def _may_take_back(asker: NearAdult) -> ColumnElement[bool]:
    return true() if asker.every_child else Card.adult_id == asker.adult_id
