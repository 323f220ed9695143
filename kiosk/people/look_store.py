"""The leaves that stand for adults: telling those of a High 5 apart, and choosing one's own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from sqlalchemy import select, update

from kiosk.audit import Actor, record
from kiosk.db import db, writing
from kiosk.people.leaving import works_here
from kiosk.people.looks import LOOKS, rarest_look, taken_beside, tell_apart
from kiosk.people.models import Adult, High5
from kiosk.refusal import Refusal


class LookRefused(Refusal):
    """A look that an adult cannot have; the message is a sentence for whoever chose it."""


def look_for_somebody_new(seed: str) -> str:
    """The leaf of an adult who is added now; see :func:`kiosk.people.looks.rarest_look`."""
    return rarest_look(db.session.scalars(select(Adult.picture).where(works_here())).all(), seed)


def settle_looks(by: Actor, *, only: Collection[int] | None = None, moving_costs: bool = True) -> dict[int, str]:
    """Give those adults another leaf who look the same to a child as somebody else; the new ones by adult.

    Args:
        by: who changed what made it needed.
        only: the adults who may move, such as those of one High 5; nothing means all.
        moving_costs: whether children know the looks there are.
    """
    with writing() as session:
        rows = session.execute(select(Adult.id, Adult.picture, Adult.picture_chosen).where(works_here())).all()
        looks = {row.id: row.picture for row in rows}
        chosen = {row.id for row in rows if row.picture_chosen}
        changed = tell_apart(_high5s(), looks, only=only, chosen=chosen, moving_costs=moving_costs)
        for adult_id, look in changed.items():
            session.execute(update(Adult).where(Adult.id == adult_id).values(picture=look))
        if changed:
            record("looks_told_apart", by, adults={str(adult_id): look for adult_id, look in changed.items()})
    return changed


def choose_look(adult_id: int, look: str, by: Actor) -> None:
    """Make this leaf in this colour the adult's own; it stays until somebody chooses another.

    Raises:
        LookRefused: there is no such look, or a child could not tell two of their adults apart.
    """
    if look not in LOOKS:
        raise LookRefused("Choose one of the leaves.")
    with writing() as session:
        if look in looks_taken(adult_id):
            raise LookRefused(
                "Somebody whom the same children can ask for has this one. Choose another leaf or colour."
            )
        session.execute(update(Adult).where(Adult.id == adult_id).values(picture=look, picture_chosen=True))
        record("look_chosen", by, adult=adult_id, look=look)


def looks_taken(adult_id: int) -> set[str]:
    """The looks an adult cannot have: those of everybody who stands in a High 5 together with them."""
    rows = db.session.execute(select(Adult.id, Adult.picture).where(works_here()))
    return taken_beside(adult_id, _high5s(), {row.id: row.picture for row in rows})


def _high5s() -> list[list[int]]:
    """The adults of each child who still work here."""
    found: defaultdict[int, list[int]] = defaultdict(list)
    rows = db.session.execute(
        select(High5.pupil_id, High5.adult_id)
        .join(Adult, Adult.id == High5.adult_id)
        .where(works_here())
        .order_by(High5.pupil_id, High5.position)
    )
    for row in rows:
        found[row.pupil_id].append(row.adult_id)
    return list(found.values())
