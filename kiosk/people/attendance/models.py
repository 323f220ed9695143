"""Half-days on which a child was in school or was not. The register's code, and so its reason, is never kept."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from kiosk.db import Base


class Attendance(Base):
    """One child on one day."""

    __tablename__ = "attendance"
    __table_args__ = (
        Index("ix_attendance_pupil_id_school_day", "pupil_id", "school_day"),
        # Kept in the order of days, as the school's last weeks are asked for together.
        {"sqlite_with_rowid": False},
    )

    school_day: Mapped[date] = mapped_column(primary_key=True)
    pupil_id: Mapped[int] = mapped_column(
        ForeignKey("pupil.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    morning: Mapped[bool | None]
    """Whether the child was in school; nothing when no register says."""
    afternoon: Mapped[bool | None]
