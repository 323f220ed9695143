"""The scale a school uses, and each step a child chose."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, SmallInteger, String, case
from sqlalchemy.orm import Mapped, mapped_column

from kiosk.db import Base


class ScaleVersion(Base):
    """The direction and words of the five steps, as they were from one day on.

    Never changed, only followed by a newer one: a check-in is read with the version it was made with.
    """

    __tablename__ = "scale_version"
    __table_args__ = (CheckConstraint("direction IN ('calm_is_1', 'calm_is_5')", name="direction"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    direction: Mapped[str] = mapped_column(String(10))
    words: Mapped[list[str]] = mapped_column(JSON)
    """Five words, from the calmest to the hardest."""
    created_at: Mapped[datetime]


class CheckIn(Base):
    """A pupil's step at a time."""

    __tablename__ = "check_in"
    __table_args__ = (
        CheckConstraint("step BETWEEN 1 AND 5", name="step"),
        CheckConstraint("intensity BETWEEN 1 AND 5", name="intensity"),
        Index("ix_check_in_pupil_id_school_day", "pupil_id", "school_day"),
        CheckConstraint("hour BETWEEN 0 AND 23", name="hour"),
        Index("ix_check_in_school_day_class_id", "school_day", "class_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[UUID] = mapped_column(unique=True)
    """The id the tablet made, so that sending again is safe."""
    pupil_id: Mapped[int] = mapped_column(ForeignKey("pupil.id", ondelete="CASCADE"))
    tablet_id: Mapped[int | None] = mapped_column(ForeignKey("tablet.id"))
    entered_by_id: Mapped[int | None] = mapped_column(ForeignKey("adult.id"))
    """The adult who entered it for a child who showed it on their fingers."""
    scale_version_id: Mapped[int] = mapped_column(ForeignKey("scale_version.id"))
    step: Mapped[int]
    intensity: Mapped[int]
    """1 calm to 5 hardest, whichever way the school counts its steps."""
    felt_at: Mapped[datetime]
    received_at: Mapped[datetime]
    school_day: Mapped[date]
    hour: Mapped[int] = mapped_column(SmallInteger)
    """The hour on the school's own clock, 0 to 23."""
    class_id: Mapped[int]
    """The child's home class at the time, so that last year's Oak stays last year's; 0 for none."""
    clock_odd: Mapped[bool] = mapped_column(default=False)
    """The tablet's clock was ahead of ours; ``school_day`` and ``hour`` are then those when we received it."""


FELT_AT = case((CheckIn.clock_odd, CheckIn.received_at), else_=CheckIn.felt_at).label("at")
"""When it was. A tablet whose clock is ahead says nothing of that: when it reached us is the best there is."""


class CheckInMove(Base):
    """A check-in that was another child's: whose it was at first, and who put it right."""

    __tablename__ = "check_in_move"
    __table_args__ = (Index("ix_check_in_move_check_in_id", "check_in_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    check_in_id: Mapped[int] = mapped_column(ForeignKey("check_in.id", ondelete="CASCADE"))
    from_pupil_id: Mapped[int] = mapped_column(ForeignKey("pupil.id", ondelete="CASCADE"))
    to_pupil_id: Mapped[int] = mapped_column(ForeignKey("pupil.id", ondelete="CASCADE"))
    moved_by_id: Mapped[int] = mapped_column(ForeignKey("adult.id"))
    moved_at: Mapped[datetime]


class StrategyUse(Base):
    """A child used one of their own cards and said whether it helped."""

    __tablename__ = "strategy_use"
    __table_args__ = (
        CheckConstraint("said IN ('used', 'helped', 'a_bit', 'not_today')", name="said"),
        Index("ix_strategy_use_pupil_id_used_at", "pupil_id", "used_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[UUID] = mapped_column(unique=True)
    """The id the tablet made, so that sending again is safe."""
    pupil_id: Mapped[int] = mapped_column(ForeignKey("pupil.id", ondelete="CASCADE"))
    picture: Mapped[str] = mapped_column(String(40))
    words: Mapped[str] = mapped_column(String(40))
    """What stood on the card then."""
    said: Mapped[str] = mapped_column(String(9))
    used_at: Mapped[datetime]
    received_at: Mapped[datetime]
    tablet_id: Mapped[int | None] = mapped_column(ForeignKey("tablet.id"))
