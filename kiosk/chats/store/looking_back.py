"""A child's requests of some days, to look back at on a tablet where an adult has opened the child's week."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from sqlalchemy import exists, func, select

from kiosk.chats.models import Chat, ChatEvent
from kiosk.chats.rules import TALKED
from kiosk.chats.store.scope import of_tablet
from kiosk.db import db
from kiosk.people.models import Adult, Pupil
from kiosk.people.tablets import PairedTablet

Became = Literal["talked", "ok_now", "asked"]


@dataclass(frozen=True)
class TalkOfADay:
    """One request, as the child remembers it."""

    school_day: date
    became: Became
    """They talked; the child was OK by themselves; or it was asked and nothing came of it yet."""
    wants: str
    adult_id: int | None
    """Who has it, or had it, else who was asked; nobody is whoever is on duty."""
    adult: str | None
    adult_picture: str | None


def talks_since(pupil_id: int, tablet: PairedTablet, first: date) -> list[TalkOfADay]:
    """What one of this tablet's pupils asked since a school day, the first asked first."""
    by_itself = exists(1).where(ChatEvent.chat_id == Chat.id, ChatEvent.kind == "child_left").correlate(Chat)
    rows = db.session.execute(
        select(
            Chat.school_day,
            Chat.state,
            by_itself.label("by_itself"),
            Chat.wants,
            Adult.id,
            Adult.called,
            Adult.picture,
        )
        .join(Pupil, Pupil.id == Chat.pupil_id)
        .outerjoin(Adult, Adult.id == func.coalesce(Chat.owner_id, Chat.asked_for_id))
        .where(Chat.pupil_id == pupil_id, Chat.school_day >= first, of_tablet(tablet))
        .order_by(Chat.received_at, Chat.id)
    )
    return [
        TalkOfADay(
            row.school_day,
            _became(row.state, by_itself=row.by_itself),
            row.wants,
            row.id,
            row.called,
            row.picture,
        )
        for row in rows
    ]


def _became(state: str, *, by_itself: bool) -> Became:
    """A child who is back after a mistake in a list of pupils never said that they were OK."""
    if state in TALKED:
        return "talked"
    return "ok_now" if state == "cancelled" and not by_itself else "asked"
