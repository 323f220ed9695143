"""Lists of children that staff make, and the figures of a week once they are made."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from kiosk.db import Base

NAME_MOST = 60


class StaffList(Base):
    """A list of children by a name that staff gave it, such as "Breakfast club"."""

    __tablename__ = "staff_list"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(NAME_MOST))
    name_key: Mapped[str | None] = mapped_column(String(2 * NAME_MOST), unique=True)
    """The name without its capitals, so that no two lists share one; nothing for a list that was deleted."""
    made_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    made_at: Mapped[datetime]
    deleted_at: Mapped[datetime | None]


class ListMember(Base):
    """A child on a list for whole weeks: a list never changes in the middle of a figure."""

    __tablename__ = "list_member"
    __table_args__ = (Index("ix_list_member_pupil_id", "pupil_id"),)

    list_id: Mapped[int] = mapped_column(ForeignKey("staff_list.id", ondelete="CASCADE"), primary_key=True)
    pupil_id: Mapped[int] = mapped_column(
        ForeignKey("pupil.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    from_week: Mapped[date] = mapped_column(primary_key=True)
    """The Monday from which the child counts: never one that has begun when they were put on the list."""
    until_week: Mapped[date | None]
    """The first Monday from which they do not count any more."""


class FiguresWeek(Base):
    """A week whose figures of houses and lists were made. They are made once and then stand."""

    __tablename__ = "figures_week"

    monday: Mapped[date] = mapped_column(primary_key=True)
    made_at: Mapped[datetime]


class GroupWeek(Base):
    """What a house or a list answered in one week; without a row, or without counts, it is not shown."""

    __tablename__ = "group_week"

    monday: Mapped[date] = mapped_column(ForeignKey("figures_week.monday", ondelete="CASCADE"), primary_key=True)
    group_key: Mapped[str] = mapped_column(String(60), primary_key=True)
    """``house-…`` or ``list-…``."""
    children: Mapped[int]
    """How many different children answered."""
    n1: Mapped[int]
    n2: Mapped[int]
    n3: Mapped[int]
    n4: Mapped[int]
    n5: Mapped[int]
