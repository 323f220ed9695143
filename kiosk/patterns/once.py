"""Making figures once: whatever stands when it has been made is made by whoever asks for it first."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import InstrumentedAttribute

from kiosk.db import db, writing


def see_to(kept: InstrumentedAttribute[date], wanted: Collection[date], make: Callable[[date], None]) -> None:
    """See to it that the figures of each of these dates are made, each in a transaction of its own.

    Args:
        kept: the column in which a date stands once its figures are made; it must be unique.
        wanted: the dates.
        make: writes the figures of one date, and flushes.
    """
    for day in sorted(set(wanted) - _made(kept, wanted)):
        try:
            with writing():
                if not _made(kept, [day]):  # nobody made it while we waited for our turn to write
                    make(day)
        except IntegrityError:
            if not _made(kept, [day]):  # another server's was not first, so it was something else
                raise


def _made(kept: InstrumentedAttribute[date], days: Collection[date]) -> set[date]:
    return set(db.session().scalars(select(kept).where(kept.in_(days)))) if days else set()
