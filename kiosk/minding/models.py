"""What adults know of a child, leave for a child and promise a child."""

from __future__ import annotations

from datetime import date, datetime, time
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from kiosk.db import Base


class Script(Base):
    """One voice: what every adult says and does with this child. A new version each time, the newest counts."""

    __tablename__ = "script"
    __table_args__ = (UniqueConstraint("pupil_id", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    pupil_id: Mapped[int] = mapped_column(ForeignKey("pupil.id", ondelete="CASCADE"))
    version: Mapped[int]
    shows: Mapped[str] = mapped_column(String(600))
    """How I show that I am not OK."""
    helps: Mapped[str] = mapped_column(String(600))
    """What helps me."""
    say: Mapped[str] = mapped_column(String(600))
    """What to say to me."""
    avoid: Mapped[str] = mapped_column(String(600))
    """What to avoid."""
    likes: Mapped[str] = mapped_column(String(600))
    """My strengths and interests: what to talk about first."""
    plan: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    """Co-regulation plan: what helps at each intensity, "1" calm to "5" hardest."""
    written_by_id: Mapped[int] = mapped_column(ForeignKey("adult.id"))
    written_at: Mapped[datetime]
    review_on: Mapped[date | None]


class Card(Base):
    """A small card an adult leaves for a child, found at the next check-in."""

    __tablename__ = "card"
    __table_args__ = (
        CheckConstraint("kind IN ('held_in_mind', 'kindness', 'friendship', 'success')", name="kind"),
        CheckConstraint("answer IN ('kept', 'waved')", name="answer"),
        Index("ix_card_pupil_id_left_at", "pupil_id", "left_at"),
        Index("ix_card_left_at", "left_at"),
        Index("ix_card_adult_id", "adult_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[UUID] = mapped_column(unique=True)
    pupil_id: Mapped[int] = mapped_column(ForeignKey("pupil.id", ondelete="CASCADE"))
    adult_id: Mapped[int] = mapped_column(ForeignKey("adult.id"))
    kind: Mapped[str] = mapped_column(String(12))
    """``held_in_mind``, or what an adult noticed: a kindness, a friendship, a success (the child's own book)."""
    picture: Mapped[str] = mapped_column(String(40))
    """Name of a drawing."""
    words: Mapped[str] = mapped_column(String(120))
    left_at: Mapped[datetime]
    found_at: Mapped[datetime | None]
    answer: Mapped[str | None] = mapped_column(String(6))
    answered_at: Mapped[datetime | None]
    taken_back_at: Mapped[datetime | None]


class PlannedTime(Base):
    """A regular time that an adult promises a child: every Tuesday at 09:10."""

    __tablename__ = "planned_time"
    __table_args__ = (
        CheckConstraint("weekday BETWEEN 0 AND 6", name="weekday"),
        Index("ix_planned_time_pupil_id", "pupil_id"),
        Index("ix_planned_time_adult_id", "adult_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    pupil_id: Mapped[int] = mapped_column(ForeignKey("pupil.id", ondelete="CASCADE"))
    adult_id: Mapped[int] = mapped_column(ForeignKey("adult.id"))
    weekday: Mapped[int]
    """Monday is 0."""
    at: Mapped[time]
    how: Mapped[str | None] = mapped_column(String(8))
    """talk · draw · sit · walk"""
    first_day: Mapped[date]
    last_day: Mapped[date | None]
    """The promise ended with this day; nothing while it holds."""
    made_by_id: Mapped[int] = mapped_column(ForeignKey("adult.id"))
    made_at: Mapped[datetime]


class PlannedMeeting(Base):
    """What became of one planned time on one day. A past day without a row was missed."""

    __tablename__ = "planned_meeting"
    __table_args__ = (CheckConstraint("became IN ('met', 'missed')", name="became"),)

    planned_time_id: Mapped[int] = mapped_column(
        ForeignKey("planned_time.id", ondelete="CASCADE"), primary_key=True
    )
    day: Mapped[date] = mapped_column(primary_key=True)
    became: Mapped[str] = mapped_column(String(6))
    why: Mapped[str | None] = mapped_column(String(200))
    said_by_id: Mapped[int] = mapped_column(ForeignKey("adult.id"))
    said_at: Mapped[datetime]


class WeekOnTablet(Base):
    """A child's own week, opened by an adult on one tablet to look at together: once, within minutes."""

    __tablename__ = "week_on_tablet"
    __table_args__ = (Index("ix_week_on_tablet_pupil_id_tablet_id", "pupil_id", "tablet_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    pupil_id: Mapped[int] = mapped_column(ForeignKey("pupil.id", ondelete="CASCADE"))
    tablet_id: Mapped[int] = mapped_column(ForeignKey("tablet.id"))
    opened_by_id: Mapped[int] = mapped_column(ForeignKey("adult.id"))
    opened_at: Mapped[datetime]
    until: Mapped[datetime]
    shown_at: Mapped[datetime | None]
    """When the child first looked: it opens once."""
    closed_at: Mapped[datetime | None]
    """When an adult closed it, or opened it anew elsewhere."""


class Ending(Base):
    """A proper ending between a child and a trusted adult who leaves, or is away for long."""

    __tablename__ = "ending"
    __table_args__ = (
        CheckConstraint("why IN ('left', 'away')", name="why"),
        UniqueConstraint("pupil_id", "adult_id", "since"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    pupil_id: Mapped[int] = mapped_column(ForeignKey("pupil.id", ondelete="CASCADE"))
    adult_id: Mapped[int] = mapped_column(ForeignKey("adult.id"))
    why: Mapped[str] = mapped_column(String(4))
    since: Mapped[date]
    """The day the adult left, or the first day away: a later absence is another ending."""
    told_by_id: Mapped[int | None] = mapped_column(ForeignKey("adult.id"))
    """Who tells, or told, the child."""
    told_on: Mapped[date | None]
    new_adult_id: Mapped[int | None] = mapped_column(ForeignKey("adult.id"))
    no_new_adult: Mapped[bool] = mapped_column(default=False, server_default=false())
    """The child wants no new adult now."""
    met_on: Mapped[date | None]
    """When the child and the new adult met together."""
    note: Mapped[str | None] = mapped_column(String(400))
    changed_by_id: Mapped[int | None] = mapped_column(ForeignKey("adult.id"))
    changed_at: Mapped[datetime]
    done_at: Mapped[datetime | None]
