"""Which children an adult is near just now: those with an open request the adult was told of."""

from __future__ import annotations

from sqlalchemy import select

from kiosk.chats.models import Chat, ChatAudience
from kiosk.chats.rules import OPEN
from kiosk.db import db


def pupils_asking(adult_id: int) -> frozenset[int]:
    """The pupils with an open request of which this adult was told."""
    return frozenset(
        db.session.scalars(
            select(Chat.pupil_id)
            .join(ChatAudience, ChatAudience.chat_id == Chat.id)
            .where(ChatAudience.adult_id == adult_id, Chat.state.in_(OPEN))
            .distinct()
        )
    )
