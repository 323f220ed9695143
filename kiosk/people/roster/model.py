"""What a roster says, whichever file shape it came in. Frozen, and no more than the school needs here.

There is no field for a birth date, password, phone number, address, parent or medical fact, so none can
be stored by mistake.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from kiosk.people.rules import full_name
from kiosk.refusal import Refusal

NAME_MOST = 120
CLASS_NAME_MOST = 100
ID_MOST = 120
UPN_MOST = 20
YEAR_MOST = 20
HOUSE_MOST = 40
EMAIL_MOST = 254


class RosterRefused(Refusal):
    """A roster that cannot be read or must not be applied; the message is a sentence for the person importing."""


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """A row that could not be used, or only in part."""

    file: str
    line: int
    """Counted from 1, as a text editor counts; 0 when it is about the whole file."""
    sentence: str


@dataclass(frozen=True, slots=True)
class RosterClass:
    """A class, group or section."""

    key: str
    """What names it at the source; kept as ``source_id``."""
    name: str
    year: str | None = None
    home: bool = False
    """Whether the source says that this is a registration class."""


@dataclass(frozen=True, slots=True)
class RosterPupil:
    """A child on the school's roll."""

    key: str
    """Names this child within the roster, in enrolments."""
    given_name: str
    family_name: str
    known_as: str | None = None
    """None: the source does not say. Empty: it says that the first name is used."""
    year: str | None = None
    house: str | None = None
    source_id: str | None = None
    upn: str | None = None
    username: str | None = None
    file: str = field(default="", compare=False)
    line: int = field(default=0, compare=False)

    @property
    def called(self) -> str:
        """First and family name, as the school says them."""
        return full_name(self.given_name, self.known_as, self.family_name)


@dataclass(frozen=True, slots=True)
class RosterAdult:
    """Someone who works at the school."""

    key: str
    given_name: str
    family_name: str
    title: str | None = None
    email: str | None = None
    source_id: str | None = None
    username: str | None = None
    file: str = field(default="", compare=False)
    line: int = field(default=0, compare=False)

    @property
    def called(self) -> str:
        """What children call this adult: "Mrs Ali"; first and family name when there is no title."""
        with_title = f"{self.title} {self.family_name}" if self.title else ""
        in_full = f"{self.given_name} {self.family_name}".strip()
        return next(name for name in (with_title, in_full, self.family_name) if 0 < len(name) <= NAME_MOST)


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A pupil in a class."""

    pupil: str
    school_class: str
    home: bool = False
    """Whether it is the child's registration class; at most one of a child's places is."""


@dataclass(frozen=True, slots=True, order=True)
class Teaches:
    """An adult with a class."""

    adult: str
    school_class: str


@dataclass(frozen=True, slots=True)
class Roster:
    """Everything one file says about the school, in an order that does not depend on the order of its rows."""

    source: str
    """The shape and the file, such as "OneRoster 1.1, roster.zip"."""
    classes: tuple[RosterClass, ...] = ()
    pupils: tuple[RosterPupil, ...] = ()
    staff: tuple[RosterAdult, ...] = ()
    enrolments: tuple[Place, ...] = ()
    teaching: tuple[Teaches, ...] = ()
    problems: tuple[Problem, ...] = ()
    unreadable: frozenset[str] = frozenset()
    """Fingerprints of what stands in rows that could not be used: whoever has such an id has not left."""
    lists_pupils: bool = True
    """False for a list of staff alone, which says nothing about pupils."""
    lists_all_staff: bool = True
    """False when adults are only named beside pupils' classes: others are then not said to have left."""
