"""What is in Treetops before an import: the part of it that a roster may change. Frozen."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.people.rules import full_name


@dataclass(frozen=True, slots=True)
class PresentPupil:
    """A child in Treetops, also one who has left."""

    id: int
    given_name: str
    family_name: str
    known_as: str | None = None
    year: str | None = None
    house: str | None = None
    source_id: str | None = None
    upn: str | None = None
    username: str | None = None
    picture: str = ""
    left: bool = False

    @property
    def called(self) -> str:
        """First and family name."""
        return full_name(self.given_name, self.known_as, self.family_name)

    @property
    def by_hand(self) -> bool:
        """Whether this child was entered by hand, so that no file speaks for them."""
        return not (self.source_id or self.upn or self.username)


@dataclass(frozen=True, slots=True)
class PresentAdult:
    """An adult in Treetops, also one who has left."""

    id: int
    given_name: str
    family_name: str
    called: str
    email: str | None = None
    source_id: str | None = None
    username: str | None = None
    left: bool = False

    @property
    def by_hand(self) -> bool:
        """Whether this adult was entered by hand: an e-mail address alone may have been typed in."""
        return not (self.source_id or self.username)


@dataclass(frozen=True, slots=True)
class PresentClass:
    """A class in Treetops, also one that is closed."""

    id: int
    name: str
    year: str | None = None
    source_id: str | None = None
    closed: bool = False


@dataclass(frozen=True, slots=True)
class Present:
    """Everything in Treetops that a roster may change."""

    pupils: tuple[PresentPupil, ...] = ()
    adults: tuple[PresentAdult, ...] = ()
    classes: tuple[PresentClass, ...] = ()
    places: frozenset[tuple[int, int, bool]] = frozenset()
    """Pupil, class, and whether it is the registration class."""
    teaching: frozenset[tuple[int, int]] = frozenset()
    """Adult, class."""
