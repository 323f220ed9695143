"""Pupils, adults, the High 5, classes, tablets and accounts: who there is.

People who leave keep their row with ``left_on``: a child's history still names them. It is the first day on which
they are not here any more, so that they belong here until the end of the day before.
"""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from flask_security.core import RoleMixin, UserMixin
from sqlalchemy import (
    JSON,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    LargeBinary,
    String,
    Table,
    UniqueConstraint,
    false,
    true,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from kiosk.db import Base

HIGH5_MOST = 5
ROLES = ("adult", "duty", "nurture", "dsl", "admin")


class SchoolClass(Base):
    """A class or group as the school's own system names it."""

    __tablename__ = "school_class"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    year: Mapped[str | None] = mapped_column(String(20))
    source_id: Mapped[str | None] = mapped_column(String(120), unique=True)
    closed_on: Mapped[date | None]


class Pupil(Base):
    """A child. Only what the tablet and the adults need: no birth date, address or parent."""

    __tablename__ = "pupil"

    id: Mapped[int] = mapped_column(primary_key=True)
    given_name: Mapped[str] = mapped_column(String(120))
    family_name: Mapped[str] = mapped_column(String(120))
    known_as: Mapped[str | None] = mapped_column(String(120))
    year: Mapped[str | None] = mapped_column(String(20))
    house: Mapped[str | None] = mapped_column(String(40))
    picture: Mapped[str] = mapped_column(String(40))
    """Name of the drawing that stands for this child, such as ``fox-3``: see people.rules."""
    steps: Mapped[list[int] | None] = mapped_column(JSON(none_as_null=True))
    """Which of the five steps this child is offered; nothing is as the class has it, else all five."""
    on_tablet: Mapped[bool] = mapped_column(default=True)
    source_id: Mapped[str | None] = mapped_column(String(120), unique=True)
    upn: Mapped[str | None] = mapped_column(String(20), unique=True)
    username: Mapped[str | None] = mapped_column(String(120), unique=True)
    joined_on: Mapped[date | None]
    left_on: Mapped[date | None]
    """The first day on which this child is not here any more. An import writes today's: it never lies ahead."""


class Enrolment(Base):
    """A pupil in a class; ``home`` marks the registration class."""

    __tablename__ = "enrolment"

    pupil_id: Mapped[int] = mapped_column(ForeignKey("pupil.id", ondelete="CASCADE"), primary_key=True)
    class_id: Mapped[int] = mapped_column(ForeignKey("school_class.id"), primary_key=True, index=True)
    home: Mapped[bool] = mapped_column(default=False)


class ClassTablet(Base):
    """How the tablet is set up for the children of a class for whom nobody chose otherwise."""

    __tablename__ = "class_tablet"

    class_id: Mapped[int] = mapped_column(ForeignKey("school_class.id", ondelete="CASCADE"), primary_key=True)
    choices: Mapped[dict[str, Any]] = mapped_column(JSON)
    """Only what was chosen, by name: see people.tablet_settings."""
    changed_at: Mapped[datetime]
    changed_by_id: Mapped[int | None] = mapped_column(ForeignKey("adult.id"))


class PupilTablet(Base):
    """How the tablet is set up for one child, where that is not as the class has it."""

    __tablename__ = "pupil_tablet"

    pupil_id: Mapped[int] = mapped_column(ForeignKey("pupil.id", ondelete="CASCADE"), primary_key=True)
    choices: Mapped[dict[str, Any]] = mapped_column(JSON)
    """Only what was chosen, by name: see people.tablet_settings. The steps stand with the pupil."""
    changed_at: Mapped[datetime]
    changed_by_id: Mapped[int | None] = mapped_column(ForeignKey("adult.id"))


class Adult(Base):
    """Someone who works here and whom a child may trust."""

    __tablename__ = "adult"
    __table_args__ = (CheckConstraint("weekdays BETWEEN 0 AND 127", name="weekdays"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    given_name: Mapped[str] = mapped_column(String(120))
    family_name: Mapped[str] = mapped_column(String(120))
    called: Mapped[str] = mapped_column(String(120))
    """What the children call this adult: Mrs Ali."""
    email: Mapped[str | None] = mapped_column(String(254), unique=True)
    place: Mapped[str | None] = mapped_column(String(80))
    """Where a child finds this adult."""
    picture: Mapped[str] = mapped_column(String(40))
    """The leaf that stands for this adult, with its colour, such as ``oak-4``: see people.looks."""
    picture_chosen: Mapped[bool] = mapped_column(default=False, server_default=false())
    """Whether a person chose it, so that it stays."""
    weekdays: Mapped[int] = mapped_column(default=127)
    """The days this adult visits, one bit a day, Monday is bit 0; all seven means whenever school is open."""
    hours: Mapped[dict[str, list[str]] | None] = mapped_column(JSON)
    """For days on which this adult is here only part of the day: {"1": ["09:00", "12:00"]}, Monday is 0."""
    lunch_from: Mapped[time | None]
    lunch_until: Mapped[time | None]
    tapped_on: Mapped[date | None]
    """The day on which this adult last said in or out with one tap; it holds for that day only."""
    tapped_here: Mapped[bool] = mapped_column(default=True, server_default=true())
    away_from: Mapped[date | None]
    away_until: Mapped[date | None]
    """Last day away; with ``away_from`` and no end, nobody knows yet."""
    source_id: Mapped[str | None] = mapped_column(String(120), unique=True)
    username: Mapped[str | None] = mapped_column(String(120), unique=True)
    left_on: Mapped[date | None]
    """The first day on which this adult works here no more. It may lie ahead: see people.leaving."""


class OwnPicture(Base):
    """A picture that somebody sent: an adult's photo, or something of one child's own.

    It stands in the database and not in a folder: so a backup, an erasure and every server of the school have it.
    """

    __tablename__ = "own_picture"
    __table_args__ = (
        CheckConstraint("(adult_id IS NULL) <> (pupil_id IS NULL)", name="of_one_person"),
        UniqueConstraint("adult_id"),
        UniqueConstraint("pupil_id", "name"),
        Index("ix_own_picture_name", "name"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    adult_id: Mapped[int | None] = mapped_column(ForeignKey("adult.id", ondelete="CASCADE"))
    pupil_id: Mapped[int | None] = mapped_column(ForeignKey("pupil.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(32))
    """Made from the content, and its address."""
    words: Mapped[str] = mapped_column(String(40))
    """What is on it, for staff; empty for an adult, who is on it."""
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    """A small JPEG of our own making: see people.photos."""
    sent_by_id: Mapped[int | None] = mapped_column(ForeignKey("adult.id"))
    sent_at: Mapped[datetime]


class Teaching(Base):
    """An adult who teaches or helps a class."""

    __tablename__ = "teaching"

    adult_id: Mapped[int] = mapped_column(ForeignKey("adult.id", ondelete="CASCADE"), primary_key=True)
    class_id: Mapped[int] = mapped_column(ForeignKey("school_class.id"), primary_key=True, index=True)


class High5(Base):
    """One of a child's trusted adults, in the child's own order."""

    __tablename__ = "high5"
    __table_args__ = (
        UniqueConstraint("pupil_id", "adult_id"),
        CheckConstraint("position BETWEEN 1 AND 5", name="position"),
    )

    pupil_id: Mapped[int] = mapped_column(ForeignKey("pupil.id", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    adult_id: Mapped[int] = mapped_column(ForeignKey("adult.id"), index=True)


class Tablet(Base):
    """A paired device. It proves itself with a token of which only the hash is kept."""

    __tablename__ = "tablet"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    all_classes: Mapped[bool] = mapped_column(default=False)
    paired_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]


class TabletClass(Base):
    """A class whose pupils a tablet shows."""

    __tablename__ = "tablet_class"

    tablet_id: Mapped[int] = mapped_column(ForeignKey("tablet.id", ondelete="CASCADE"), primary_key=True)
    class_id: Mapped[int] = mapped_column(ForeignKey("school_class.id"), primary_key=True)


class PairingCode(Base):
    """An invitation to pair one tablet: works once, for ten minutes (the demo's works again and again)."""

    __tablename__ = "pairing_code"

    id: Mapped[int] = mapped_column(primary_key=True)
    code_hash: Mapped[str] = mapped_column(String(64), unique=True)
    tablet_name: Mapped[str] = mapped_column(String(80))
    all_classes: Mapped[bool] = mapped_column(default=False)
    class_ids: Mapped[list[int]] = mapped_column(JSON, default=list)
    reusable: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


account_role = Table(
    "account_role",
    Base.metadata,
    Column("account_id", ForeignKey("account.id", ondelete="CASCADE"), primary_key=True),
    Column("role_id", ForeignKey("role.id"), primary_key=True),
)


class Role(Base, RoleMixin):
    """What an account may do; the names are ``ROLES``."""

    __tablename__ = "role"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(20), unique=True)


class Account(Base, UserMixin):
    """A way to sign in. Belongs to an adult, or to an administrator who is nobody's trusted adult."""

    __tablename__ = "account"
    __table_args__ = (Index("ix_account_adult_id", "adult_id", unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    password: Mapped[str] = mapped_column(String(255))
    active: Mapped[bool] = mapped_column(default=True)
    fs_uniquifier: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime]
    adult_id: Mapped[int | None] = mapped_column(ForeignKey("adult.id"))
    adult: Mapped[Adult | None] = relationship(lazy="joined")
    roles: Mapped[list[Role]] = relationship(  # type: ignore[assignment]
        secondary=account_role, lazy="selectin"
    )
