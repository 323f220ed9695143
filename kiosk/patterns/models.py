"""Check-ins counted as they come, the weekly lists, and what came of them."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import JSON, CheckConstraint, Dialect, ForeignKey, Index, SmallInteger, String, Text
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import TypeDecorator

from kiosk.db import Base
from kiosk.wording import Sentence, packed, unpacked

LONGEST_ENGLISH = 300
"""So many characters of the English are kept beside what a sentence is made of."""


class PackedSentence(TypeDecorator[Sentence]):
    """A sentence with its pattern and its values, so that whoever reads it later reads it in their own language.

    JSON in a text of its own: the same few sentences are said of many children, and each is made once.
    """

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Sentence | None, _dialect: Dialect) -> str | None:
        """As JSON."""
        return None if value is None else packed(value)

    def process_result_value(self, value: str | None, _dialect: Dialect) -> Sentence | None:
        """The sentence again."""
        return None if value is None else unpacked(value)


class _Counts:
    """How many check-ins of each intensity, 1 calm to 5 hardest.

    The database's own triggers keep these tables in the transaction of each check-in (migrations 0006, 0012):
    nothing here writes them, and whatever adds, moves or deletes check-ins keeps them right without knowing.
    """

    n1: Mapped[int]
    n2: Mapped[int]
    n3: Mapped[int]
    n4: Mapped[int]
    n5: Mapped[int]


class PupilDay(_Counts, Base):
    """One child on one school day."""

    __tablename__ = "pupil_day"
    __table_args__ = (
        Index("ix_pupil_day_pupil_id_school_day", "pupil_id", "school_day"),
        # Kept in the order of days, so that the whole school's last weeks lie side by side.
        {"sqlite_with_rowid": False},
    )

    school_day: Mapped[date] = mapped_column(primary_key=True)
    pupil_id: Mapped[int] = mapped_column(
        ForeignKey("pupil.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )


class ClassHour(_Counts, Base):
    """One class in one hour of one school day."""

    __tablename__ = "class_hour"
    __table_args__ = {"sqlite_with_rowid": False}

    school_day: Mapped[date] = mapped_column(primary_key=True)
    class_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    """The children's class at the time; 0 for children of none."""
    hour: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    """0 to 23, on the school's own clock."""
    children: Mapped[int]
    """How many different children checked in."""


class SchoolHour(_Counts, Base):
    """The classes of one hour of one school day together: years of them are asked for at once."""

    __tablename__ = "school_hour"
    __table_args__ = {"sqlite_with_rowid": False}

    school_day: Mapped[date] = mapped_column(primary_key=True)
    hour: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    children: Mapped[int]


class WeeklyList(Base):
    """The list of one week, as it was made: it does not change while it is talked about."""

    __tablename__ = "weekly_list"

    id: Mapped[int] = mapped_column(primary_key=True)
    shown_from: Mapped[date] = mapped_column(unique=True)
    last_day: Mapped[date]
    """The last school day it looked at."""
    left_out: Mapped[int]
    """How many more children would have been on it."""
    calmer_left_out: Mapped[int] = mapped_column(default=0, server_default="0")
    """How many more would have been on the list of those who are calmer than usual."""
    compared: Mapped[int | None]
    """How many children were compared with themselves; nothing for a list made before that was counted."""
    made_at: Mapped[datetime]
    looked_at: Mapped[datetime | None]
    """When somebody first looked at it; nothing while nobody has."""


class ListEntry(Base):
    """A child on a weekly list, with the sentence that says why."""

    __tablename__ = "list_entry"
    __table_args__ = (
        CheckConstraint("kind IN ('different', 'calmer', 'rule')", name="kind"),
        Index("ix_list_entry_list_id", "list_id"),
        Index("ix_list_entry_pupil_id", "pupil_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    list_id: Mapped[int] = mapped_column(ForeignKey("weekly_list.id", ondelete="CASCADE"))
    pupil_id: Mapped[int] = mapped_column(ForeignKey("pupil.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(10))
    """``different`` from usual, ``calmer`` than usual, or by a plain ``rule`` of the school."""
    place: Mapped[int]
    sentence: Mapped[str] = mapped_column(String(LONGEST_ENGLISH))
    """In English, cut off where there is no more room: all there is of an entry from before ``made_of``."""
    made_of: Mapped[Sentence | None] = mapped_column(PackedSentence)
    """The whole of it, to be said in each reader's language."""


class NextStep(Base):
    """What happened next: somebody saw it, decided something, or knows what came of it. Only ever added to."""

    __tablename__ = "next_step"
    __table_args__ = (
        CheckConstraint("kind IN ('seen', 'decided', 'outcome')", name="kind"),
        Index("ix_next_step_entry_id", "entry_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("list_entry.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(8))
    words: Mapped[str] = mapped_column(String(1000))
    """Empty for ``seen``."""
    by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    at: Mapped[datetime]


class Hello(Base):
    """A child whom every adult greets by name for a while, because somebody asked them to. It never says why."""

    __tablename__ = "hello"

    pupil_id: Mapped[int] = mapped_column(
        ForeignKey("pupil.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    last_day: Mapped[date]
    by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    since: Mapped[datetime]


class NotInPatterns(Base):
    """A child who is left out of all patterns: their check-ins and requests stay, nothing is made of them."""

    __tablename__ = "not_in_patterns"

    pupil_id: Mapped[int] = mapped_column(
        ForeignKey("pupil.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    why: Mapped[str] = mapped_column(String(200))
    by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    since: Mapped[datetime]


class FeedToken(Base):
    """What lets one program of the school read figures. Only the token's hash is kept."""

    __tablename__ = "feed_token"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    scopes: Mapped[list[str]] = mapped_column(JSON)
    """Which figures: some of ``kiosk.patterns.out.feeds.SCOPES``."""
    last_day: Mapped[date]
    """The last day it works."""
    made_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    made_at: Mapped[datetime]
    last_read_at: Mapped[datetime | None]
    removed_at: Mapped[datetime | None]


class WaitMonth(Base):
    """How long children waited in a month that is over, as it was made for programs; it never changes.

    A figure that may not be told is not kept either: kiosk.patterns.connections.waits says why.
    """

    __tablename__ = "wait_month"

    month: Mapped[date] = mapped_column(primary_key=True)
    """Its first day."""
    made_at: Mapped[datetime]
    requests: Mapped[int | None]
    """Nothing for a month in which fewer than five different children asked."""
    met_same_day: Mapped[int | None]
    seen_median: Mapped[int | None]
    """Seconds of school time, as the three below."""
    seen_ninetieth: Mapped[int | None]
    met_median: Mapped[int | None]
    met_ninetieth: Mapped[int | None]
