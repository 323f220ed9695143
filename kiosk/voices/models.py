"""Recordings: who lent their voice for what."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from kiosk.db import Base


class Recording(Base):
    """One phrase in one language, or one name, in the voice of somebody who agreed.

    It stands in the database and not in a folder: so a backup, an erasure and every server of the school have it.
    """

    __tablename__ = "recording"
    __table_args__ = (
        UniqueConstraint("language", "about"),
        CheckConstraint("pupil_id IS NULL OR adult_id IS NULL", name="one_name"),
        Index("ix_recording_digest", "digest"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    language: Mapped[str] = mapped_column(String(10))
    """Its tag; ``*`` for a name, which is the same in every language."""
    about: Mapped[str] = mapped_column(String(420))
    """What is said: ``phrase:`` and its English, ``step:`` and 1 to 5, ``hour:`` or ``minute:`` and the number,
    ``pupil:`` or ``adult:`` and the id, ``words:`` and what the school calls something, ``own:``, a pupil's id and
    their own words."""
    words: Mapped[str] = mapped_column(String(400))
    """What stood on the screen to be read out."""
    pupil_id: Mapped[int | None] = mapped_column(ForeignKey("pupil.id", ondelete="CASCADE"))
    adult_id: Mapped[int | None] = mapped_column(ForeignKey("adult.id", ondelete="CASCADE"))
    sound: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    media_type: Mapped[str] = mapped_column(String(12))
    digest: Mapped[str] = mapped_column(String(64))
    """SHA-256 of the sound, which is its address on tablets."""
    lent_by: Mapped[str] = mapped_column(String(80))
    """Whose voice it is. They agreed, or it would not be here."""
    recorded_by_id: Mapped[int] = mapped_column(ForeignKey("adult.id"))
    recorded_at: Mapped[datetime]
