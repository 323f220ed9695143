"""A chat request: its events, which are only ever added, and the state they add up to."""

from __future__ import annotations

import secrets
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from kiosk.db import Base
from kiosk.people.rules import LARGEST_ID


class Chat(Base):
    """A pupil asks for an adult. The lower half is derived from the events, in the same transaction."""

    __tablename__ = "chat"
    __table_args__ = (
        CheckConstraint("state IN ('asked', 'seen', 'coming', 'talked', 'closed', 'cancelled')", name="state"),
        CheckConstraint("wants IN ('chat', 'safe_space')", name="wants"),
        Index("ix_chat_state_asked_at", "state", "asked_at"),
        Index("ix_chat_pupil_id_school_day", "pupil_id", "school_day"),
        Index("ix_chat_school_day", "school_day"),
        Index("ix_chat_owner_id_ended_at", "owner_id", "ended_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[UUID] = mapped_column(unique=True)
    """The id the tablet made, so that sending again is safe."""
    pupil_id: Mapped[int] = mapped_column(ForeignKey("pupil.id", ondelete="CASCADE"))
    asked_for_id: Mapped[int | None] = mapped_column(ForeignKey("adult.id"))
    """The adult the child chose; nobody means whoever is on duty."""
    check_in_key: Mapped[UUID | None]
    """The check-in it came with. Not a foreign key: a request must not be refused because a tap was lost."""
    tablet_id: Mapped[int | None] = mapped_column(ForeignKey("tablet.id"))
    wants: Mapped[str] = mapped_column(String(12))
    when: Mapped[str] = mapped_column("wanted_when", String(8))
    how: Mapped[str | None] = mapped_column(String(8))
    about: Mapped[list[str]] = mapped_column(JSON)
    """What the child wants to talk about."""
    about_maybe: Mapped[list[str]] = mapped_column(JSON, default=list, server_default="[]")
    """What the child laid under "maybe" on the talking mat."""
    about_not_today: Mapped[list[str]] = mapped_column(JSON, default=list, server_default="[]")
    """What the child laid under "not today"."""
    asked_at: Mapped[datetime]
    received_at: Mapped[datetime]
    school_day: Mapped[date]
    clock_odd: Mapped[bool] = mapped_column(default=False)
    asked_cannot_wait: Mapped[bool] = mapped_column(default=False)
    """Whether it was asked with "I can't wait" from the start (part of what makes a repeat the same)."""

    state: Mapped[str] = mapped_column(String(10))
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("adult.id"))
    """Who has it now, or, while nobody answered, who is asked; nobody means whoever is on duty."""
    since: Mapped[datetime]
    """When the state last changed."""
    coming_at: Mapped[datetime | None]
    cannot_wait: Mapped[bool] = mapped_column(default=False)
    level: Mapped[str] = mapped_column(String(8), default="asked", server_default="asked")
    """How far along its chain: asked · high5 · duty · lead · nobody."""
    nudged: Mapped[bool] = mapped_column(default=False, server_default=false())
    """The adult who is late has been asked about it."""
    late: Mapped[bool] = mapped_column(default=False, server_default=false())
    """The time for an answer has passed at least once since the last answer."""
    hurried_at: Mapped[datetime | None]
    """When the child said that they cannot wait for who has answered."""
    due_at: Mapped[datetime]
    """By when it needs its next answer, in school time."""
    answered_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]


class ChatEvent(Base):
    """One thing that happened to a request: who, what, when, why, from which device."""

    __tablename__ = "chat_event"
    __table_args__ = (UniqueConstraint("chat_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    chat_id: Mapped[int] = mapped_column(ForeignKey("chat.id", ondelete="CASCADE"))
    number: Mapped[int]
    """1 for the first event of a chat. Unique with it: of two adults answering at once, one wins."""
    at: Mapped[datetime]
    kind: Mapped[str] = mapped_column(String(16))
    adult_id: Mapped[int | None] = mapped_column(ForeignKey("adult.id"))
    to_adult_id: Mapped[int | None] = mapped_column(ForeignKey("adult.id"))
    tablet_id: Mapped[int | None] = mapped_column(ForeignKey("tablet.id"))
    """The child's tablet, for what a child did."""
    device: Mapped[str | None] = mapped_column(String(40))
    """What an adult held, such as "iPhone"; nothing for what came from a tablet or from Treetops itself."""
    coming_at: Mapped[datetime | None]
    level: Mapped[str | None] = mapped_column(String(8))
    note: Mapped[str | None] = mapped_column(String(2000))


class ChatAudience(Base):
    """An adult who may see and answer a request, and why. Only ever added to: passing on hides nothing."""

    __tablename__ = "chat_audience"
    __table_args__ = (Index("ix_chat_audience_adult_id", "adult_id"),)

    chat_id: Mapped[int] = mapped_column(ForeignKey("chat.id", ondelete="CASCADE"), primary_key=True)
    adult_id: Mapped[int] = mapped_column(ForeignKey("adult.id"), primary_key=True)
    why: Mapped[str] = mapped_column(String(12))
    """asked · cover · passed_on · duty · handed · last_resort · nobody_here · cannot_wait · late · reminder ·
    escalated · reopened · follow_up"""
    since: Mapped[datetime]


class Outcome(Base):
    """What came of a chat, written by an adult: what we did, what helped, what was agreed, what is still to do."""

    __tablename__ = "outcome"
    __table_args__ = (Index("ix_outcome_follow_up_by_id_followed_up_at", "follow_up_by_id", "followed_up_at"),)

    chat_id: Mapped[int] = mapped_column(ForeignKey("chat.id", ondelete="CASCADE"), primary_key=True)
    did: Mapped[list[str]] = mapped_column(JSON, default=list)
    helped: Mapped[list[str]] = mapped_column(JSON, default=list)
    note: Mapped[str | None] = mapped_column(String(2000))
    happened: Mapped[str | None] = mapped_column(String(2000))
    """Putting right: what happened, in the child's telling."""
    affected: Mapped[str | None] = mapped_column(String(2000))
    """Putting right: who was affected, and how."""
    agreed: Mapped[str | None] = mapped_column(String(2000))
    """Putting right: what would make it right, as agreed."""
    follow_up_by_id: Mapped[int | None] = mapped_column(ForeignKey("adult.id"))
    follow_up_on: Mapped[date | None]
    follow_up_what: Mapped[str | None] = mapped_column(String(400))
    followed_up_at: Mapped[datetime | None]
    followed_up_by_id: Mapped[int | None] = mapped_column(ForeignKey("adult.id"))
    written_by_id: Mapped[int] = mapped_column(ForeignKey("adult.id"))
    written_at: Mapped[datetime]


class OutcomeBefore(Base):
    """What stood written about a talk until somebody changed it: never overwritten, the first is number 1."""

    __tablename__ = "outcome_before"

    chat_id: Mapped[int] = mapped_column(ForeignKey("chat.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    did: Mapped[list[str]] = mapped_column(JSON)
    helped: Mapped[list[str]] = mapped_column(JSON)
    note: Mapped[str | None] = mapped_column(String(2000))
    happened: Mapped[str | None] = mapped_column(String(2000))
    affected: Mapped[str | None] = mapped_column(String(2000))
    agreed: Mapped[str | None] = mapped_column(String(2000))
    follow_up_by_id: Mapped[int | None] = mapped_column(ForeignKey("adult.id"))
    follow_up_on: Mapped[date | None]
    follow_up_what: Mapped[str | None] = mapped_column(String(400))
    written_by_id: Mapped[int] = mapped_column(ForeignKey("adult.id"))
    written_at: Mapped[datetime]


class Helped(Base):
    """What the child said after a talk: did talking help?"""

    __tablename__ = "helped"
    __table_args__ = (CheckConstraint("said IN ('yes', 'a_bit', 'no', 'not_say')", name="said"),)

    chat_id: Mapped[int] = mapped_column(ForeignKey("chat.id", ondelete="CASCADE"), primary_key=True)
    talk: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=1)
    """1 for the first talk about a request; opened again, the child is asked after the next talk as well."""
    said: Mapped[str] = mapped_column(String(8))
    """``not_say``: the child would rather not, and is not asked again."""
    said_at: Mapped[datetime]
    received_at: Mapped[datetime]
    tablet_id: Mapped[int | None] = mapped_column(ForeignKey("tablet.id"))


def any_number() -> int:
    """A number that tells nothing of the numbers before it."""
    return secrets.randbelow(LARGEST_ID) + 1


class Concern(Base):
    """A worry an adult raises with the safeguarding leads: out of a chat, about a child, or about an adult.

    Whoever it is about is never told of it and never among those who see it.
    """

    __tablename__ = "concern"
    __table_args__ = (Index("ix_concern_pupil_id_closed_at", "pupil_id", "closed_at"),)

    id: Mapped[int] = mapped_column(primary_key=True, default=any_number)
    """Drawn, not counted: a lead who finds a number missing between two would know of one about themselves."""
    pupil_id: Mapped[int | None] = mapped_column(ForeignKey("pupil.id", ondelete="CASCADE"))
    chat_id: Mapped[int | None] = mapped_column(ForeignKey("chat.id", ondelete="CASCADE"))
    about_adult_id: Mapped[int | None] = mapped_column(ForeignKey("adult.id"))
    words: Mapped[str] = mapped_column(String(4000))
    raised_by_id: Mapped[int] = mapped_column(ForeignKey("adult.id"))
    raised_at: Mapped[datetime]
    done: Mapped[str | None] = mapped_column(String(2000))
    """What a lead did about it, in their words."""
    closed_at: Mapped[datetime | None]
    closed_by_id: Mapped[int | None] = mapped_column(ForeignKey("adult.id"))


class ConcernAudience(Base):
    """A safeguarding lead who sees a concern; fixed when it is raised."""

    __tablename__ = "concern_audience"
    __table_args__ = (Index("ix_concern_audience_adult_id", "adult_id"),)

    concern_id: Mapped[int] = mapped_column(ForeignKey("concern.id", ondelete="CASCADE"), primary_key=True)
    adult_id: Mapped[int] = mapped_column(ForeignKey("adult.id"), primary_key=True)
    seen_at: Mapped[datetime | None]
