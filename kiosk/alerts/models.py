"""Who must be told what, until they have heard it; and the doorbell that says "look again"."""

from __future__ import annotations

from datetime import datetime, time

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from kiosk.db import Base
from kiosk.school.languages import SOURCE

_STILL_RINGING = text("quiet_at IS NULL")


class Alert(Base):
    """One adult must be told one thing about one chat request, or about one concern.

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
        Index(
            "uq_alert_ringing_concern",
            "adult_id",
            "concern_id",
            unique=True,
            sqlite_where=_STILL_RINGING,
            postgresql_where=_STILL_RINGING,
        ),
        CheckConstraint("(chat_id IS NULL) <> (concern_id IS NULL)", name="about"),
        Index("ix_alert_chat_id", "chat_id"),
        Index("ix_alert_concern_id", "concern_id"),
        Index("ix_alert_adult_id_quiet_at", "adult_id", "quiet_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    adult_id: Mapped[int] = mapped_column(ForeignKey("adult.id"))
    chat_id: Mapped[int | None] = mapped_column(ForeignKey("chat.id", ondelete="CASCADE"))
    concern_id: Mapped[int | None] = mapped_column(ForeignKey("concern.id", ondelete="CASCADE"))
    reason: Mapped[str] = mapped_column(String(20))
    created_at: Mapped[datetime]
    quiet_at: Mapped[datetime | None]
    """When it stopped ringing: this adult answered, or somebody took the request."""


class Bell(Base):
    """A number for each adult that grows whenever their board changed."""

    __tablename__ = "bell"

    adult_id: Mapped[int] = mapped_column(ForeignKey("adult.id", ondelete="CASCADE"), primary_key=True)
    revision: Mapped[int]
    board_open_at: Mapped[datetime | None]
    """When this adult's board was last known to stand open somewhere."""


class Channel(Base):
    """One way to reach an adult away from the board: a phone's push address, or an address Apprise speaks."""

    __tablename__ = "channel"
    __table_args__ = (
        CheckConstraint("kind IN ('push', 'apprise')", name="kind"),
        Index("ix_channel_adult_id", "adult_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    adult_id: Mapped[int] = mapped_column(ForeignKey("adult.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(8))
    name: Mapped[str] = mapped_column(String(80))
    """What the adult calls it: "my phone"."""
    address: Mapped[str] = mapped_column(Text)
    """The push subscription as JSON, or an Apprise address; it may hold a password, so it is never shown whole."""
    language: Mapped[str] = mapped_column(String(8), default=SOURCE, server_default=SOURCE)
    """In which it is told: the one in which its adult last chose to read."""
    quiet_from: Mapped[time | None]
    quiet_until: Mapped[time | None]
    created_at: Mapped[datetime]
    disabled_at: Mapped[datetime | None]
    disabled_why: Mapped[str | None] = mapped_column(String(200))
    last_sent_at: Mapped[datetime | None]


class Delivery(Base):
    """One message to one channel: written with the alert, sent by whoever claims it first."""

    __tablename__ = "delivery"
    __table_args__ = (
        CheckConstraint("words IN ('asked', 'taken', 'test', 'concern')", name="words"),
        CheckConstraint("state IN ('waiting', 'sent', 'failed', 'dropped')", name="state"),
        UniqueConstraint("alert_id", "channel_id", "words"),
        Index("ix_delivery_state_next_try_at", "state", "next_try_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    alert_id: Mapped[int | None] = mapped_column(ForeignKey("alert.id", ondelete="CASCADE"))
    """The alert it tells of; none for "send me a test"."""
    channel_id: Mapped[int] = mapped_column(ForeignKey("channel.id", ondelete="CASCADE"), index=True)
    words: Mapped[str] = mapped_column(String(8))
    state: Mapped[str] = mapped_column(String(8))
    attempts: Mapped[int] = mapped_column(default=0)
    next_try_at: Mapped[datetime]
    """When it may be tried; moved ahead by whoever claims it, so that a claimer who dies loses nothing."""
    sent_at: Mapped[datetime | None]
    error: Mapped[str | None] = mapped_column(String(200))
