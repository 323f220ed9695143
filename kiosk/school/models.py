"""What the school decided, one row a setting that differs from its default."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, false
from sqlalchemy.orm import Mapped, mapped_column

from kiosk.db import Base


class Setting(Base):
    """One decision."""

    __tablename__ = "setting"

    name: Mapped[str] = mapped_column(String(60), primary_key=True)
    value: Mapped[str] = mapped_column(String(400))


class SchoolDates(Base):
    """A term, or days on which the school is closed."""

    __tablename__ = "school_dates"
    __table_args__ = (
        CheckConstraint("kind IN ('term', 'closed')", name="kind"),
        CheckConstraint("first_day <= last_day", name="order"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(8))
    first_day: Mapped[date]
    last_day: Mapped[date]
    name: Mapped[str] = mapped_column(String(60))


class SafeSpace(Base):
    """Whether there is room in the safe space. One row, that counts on the day it was changed; none means room."""

    __tablename__ = "safe_space"

    id: Mapped[int] = mapped_column(primary_key=True)
    is_full: Mapped[bool] = mapped_column(default=False, server_default=false())
    changed_at: Mapped[datetime]
    changed_by_id: Mapped[int | None] = mapped_column(ForeignKey("adult.id"))
