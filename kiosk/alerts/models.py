"""Who must be told what, until they have heard it; and the doorbell that says "look again"."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from kiosk.db import Base


_STILL_RINGING = text("quiet_at IS NULL")


class Alert(Base):
    """One adult must be told one thing about one chat request.

    While it rings the same thing is not told twice; once it is quiet the adult can be told again (a request
    handed over, handed back, and handed over once more rings each time).
    """

    __tablename__ = "alert"
    __table_args__ = (
        Index(
            "uq_alert_ringing",
            "adult_id",
            "chat_id",
            "reason",
            unique=True,
            sqlite_where=_STILL_RINGING,
            postgresql_where=_STILL_RINGING,
        ),
        Index("ix_alert_chat_id", "chat_id"),
        Index("ix_alert_adult_id_quiet_at", "adult_id", "quiet_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    adult_id: Mapped[int] = mapped_column(ForeignKey("adult.id"))
    chat_id: Mapped[int] = mapped_column(ForeignKey("chat.id", ondelete="CASCADE"))
    reason: Mapped[str] = mapped_column(String(20))
    created_at: Mapped[datetime]
    quiet_at: Mapped[datetime | None]
    """When it stopped ringing: this adult answered, or somebody took the request."""


class Bell(Base):
    """A number for each adult that grows whenever their board changed."""

    __tablename__ = "bell"

    adult_id: Mapped[int] = mapped_column(ForeignKey("adult.id", ondelete="CASCADE"), primary_key=True)
    revision: Mapped[int]
