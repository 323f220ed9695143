"""A roster while it is being read: what the rows say is gathered, checked and brought into one order."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, TypeVar, cast

from kiosk.people.roster.model import (
    EMAIL_MOST,
    ID_MOST,
    UPN_MOST,
    Place,
    Roster,
    RosterAdult,
    RosterClass,
    RosterPupil,
    Teaches,
)
from kiosk.people.roster.tables import Reading, Row
from kiosk.people.roster.words import (
    class_name_problem,
    is_before,
    looks_like_email,
    name_problem,
    read_house,
    read_known_as,
    read_title,
    read_upn,
    read_year,
)

_Person = TypeVar("_Person", RosterPupil, RosterAdult)
_Kept = TypeVar("_Kept", RosterPupil, RosterAdult, RosterClass)


class Draft:
    """Takes rows one by one; :meth:`roster` gives what they add up to."""

    def __init__(self, reading: Reading, today: date | None) -> None:
        self._reading = reading
        self._today = today
        self._classes: dict[str, RosterClass] = {}
        self._pupils: dict[str, RosterPupil] = {}
        self._staff: dict[str, RosterAdult] = {}
        self._stays: list[_Stay] = []
        self._teaching: set[Teaches] = set()

    def add_class(self, row: Row, key: str, name: str, *, year: str = "", home: bool = False) -> bool:
        """Take a class. Whether it could be used."""
        if problem := _id_problem(key) or class_name_problem(name):
            self._reading.problem(row.file, row.line, problem)
            return False
        known = self._classes.setdefault(key, RosterClass(key, name, read_year(year), home))
        if known.name != name:
            self._reading.problem(
                row.file, row.line, f"Another class in the file has the same id {key!r}. The first is used."
            )
        return True

    def add_pupil(
        self,
        row: Row,
        key: str,
        *,
        given: str,
        family: str,
        preferred: str = "",
        year: str = "",
        house: str = "",
        source_id: str = "",
        upn: str = "",
        username: str = "",
    ) -> bool:
        """Take a child. Whether the row could be used."""
        problem = _id_problem(key) or name_problem("first name", given) or name_problem("family name", family)
        if problem:
            self.refuse(row, problem, key, source_id, read_upn(upn), username)
            return False
        pupil = RosterPupil(
            key=key,
            given_name=given,
            family_name=family,
            known_as=read_known_as(given, preferred),
            year=read_year(year),
            house=read_house(house),
            source_id=source_id or None,
            upn=self._fitting(row, "UPN", read_upn(upn), UPN_MOST),
            username=self._fitting(row, "username", username, ID_MOST),
            file=row.file,
            line=row.line,
        )
        if not (pupil.source_id or pupil.upn or pupil.username):
            self.refuse(row, "Nothing is left to recognise the child by. The row is not used.", key)
            return False
        return self._add(self._pupils, pupil, row)

    def add_adult(
        self,
        row: Row,
        key: str,
        *,
        given: str,
        family: str,
        title: str = "",
        email: str = "",
        source_id: str = "",
        username: str = "",
    ) -> bool:
        """Take a member of staff; a title and a family name are enough. Whether the row could be used."""
        problem = _id_problem(key) or name_problem("family name", family)
        if problem is None and (given or not read_title(title)):
            problem = name_problem("first name", given)
        if problem:
            self.refuse(row, problem, key, source_id, email, username)
            return False
        if email and not looks_like_email(email):
            self._reading.problem(row.file, row.line, "The e-mail address is not one and is left out.")
            email = ""
        adult = RosterAdult(
            key=key,
            given_name=given,
            family_name=family,
            title=read_title(title),
            email=self._fitting(row, "e-mail address", email.lower(), EMAIL_MOST),
            source_id=source_id or None,
            username=self._fitting(row, "username", username, ID_MOST),
            file=row.file,
            line=row.line,
        )
        return self._add(self._staff, adult, row)

    def refuse(self, row: Row, sentence: str, *ids: str) -> None:
        """Note a row about a person that cannot be used; nobody with these ids is taken to have left."""
        self._reading.problem(row.file, row.line, sentence)
        self.keep(*ids)

    def keep(self, *ids: str) -> None:
        """Nobody with these ids is taken to have left, though the roster does not name them."""
        self._reading.keep(ids)

    def place(self, pupil: str, school_class: str, *, home: bool = False, ends: str = "") -> None:
        """Put a pupil into a class; both must have been taken."""
        self._stays.append(_Stay(pupil, school_class, home or self._classes[school_class].home, ends))

    def teach(self, adult: str, school_class: str) -> None:
        """Give an adult a class; both must have been taken."""
        self._teaching.add(Teaches(adult, school_class))

    def has_class(self, key: str) -> bool:
        """Whether a class with this key was taken."""
        return key in self._classes

    def has_pupil(self, key: str) -> bool:
        """Whether a pupil with this key was taken."""
        return key in self._pupils

    def has_adult(self, key: str) -> bool:
        """Whether an adult with this key was taken."""
        return key in self._staff

    def roster(self, source: str, *, lists_pupils: bool = True, lists_all_staff: bool = True) -> Roster:
        """Everything taken so far; what two people share is dropped, as it cannot tell them apart."""
        self._drop_shared(self._pupils, "upn", "UPN")
        self._drop_shared(self._pupils, "username", "username")
        self._drop_shared(self._staff, "username", "username")
        self._drop_shared(self._staff, "email", "e-mail address")
        places = tuple(sorted(self._places()))
        return Roster(
            source=source,
            classes=_in_order(self._classes),
            pupils=_in_order(self._with_class_year(places)),
            staff=_in_order(self._staff),
            enrolments=places,
            teaching=tuple(sorted(self._teaching)),
            problems=self._reading.problems(),
            unreadable=frozenset(self._reading.kept),
            lists_pupils=lists_pupils,
            lists_all_staff=lists_all_staff,
        )

    def _add(self, people: dict[str, _Person], person: _Person, row: Row) -> bool:
        """Keep the first row about a person; a later one may fill what was empty, and must have the same name."""
        known = people.get(person.key)
        if known is None:
            people[person.key] = person
        elif (known.given_name, known.family_name) == (person.given_name, person.family_name):
            people[person.key] = _filled(known, person)
        else:
            self.refuse(row, f"Somebody else in the file has the same id {person.key!r}. The first is used.")
            return False
        return True

    def _fitting(self, row: Row, what: str, text: str, most: int) -> str | None:
        if len(text) > most:
            self._reading.problem(
                row.file, row.line, f"The {what} has more than {most} characters and is left out."
            )
            return None
        return text or None

    def _drop_shared(self, people: dict[str, _Person], field: str, what: str) -> None:
        """Two people cannot be recognised by one number; both then go by their ids alone."""
        times = Counter(value.lower() for person in people.values() if (value := getattr(person, field)))
        for key, person in people.items():
            value = getattr(person, field)
            if value and times[value.lower()] > 1:
                people[key] = replace(cast(Any, person), **{field: None})
                self._reading.problem(
                    person.file, person.line, f"Somebody else in the file has the same {what}; it is left out."
                )

    def _places(self) -> Iterable[Place]:
        """Each pupil's classes; of several registration classes the first by name is home."""
        of_pupil: dict[str, dict[str, bool]] = defaultdict(dict)
        for stay in self._lasting():
            classes = of_pupil[stay.pupil]
            classes[stay.school_class] = classes.get(stay.school_class, False) or stay.home
        for pupil, classes in of_pupil.items():
            homes = [key for key, home in classes.items() if home] or (list(classes) if len(classes) == 1 else [])
            home = min(homes, key=lambda key: (self._classes[key].name, key)) if homes else None
            for key in classes:
                yield Place(pupil, key, key == home)

    def _lasting(self) -> list[_Stay]:
        """Leave out a place that has ended when the child has one of its kind that has not: they moved class.

        A registration class only gives way to another registration class. When all have ended the file is of
        last year, and all of them count: nobody loses every class.
        """
        today = self._today
        if today is None:
            return self._stays
        over = {stay for stay in self._stays if stay.ends and is_before(stay.ends, today)}
        have_lasting = {(stay.pupil, stay.home) for stay in self._stays if stay not in over}
        return [stay for stay in self._stays if stay not in over or (stay.pupil, stay.home) not in have_lasting]

    def _with_class_year(self, places: Iterable[Place]) -> dict[str, RosterPupil]:
        """A child whose row has no year is in the year of the registration class."""
        year_of = {place.pupil: self._classes[place.school_class].year for place in places if place.home}
        return {
            key: replace(pupil, year=year_of.get(key)) if pupil.year is None else pupil
            for key, pupil in self._pupils.items()
        }


@dataclass(frozen=True, slots=True)
class _Stay:
    """A pupil's place in a class as a row said it."""

    pupil: str
    school_class: str
    home: bool
    ends: str


def _id_problem(key: str) -> str | None:
    if not key:
        return "The row has no id."
    return f"The id is longer than {ID_MOST} characters." if len(key) > ID_MOST else None


def _filled(known: _Person, later: _Person) -> _Person:
    empty = {name: getattr(later, name) for name in known.__slots__ if getattr(known, name) is None}
    return replace(known, **empty)


def _in_order(kept: Mapping[str, _Kept]) -> tuple[_Kept, ...]:
    return tuple(kept[key] for key in sorted(kept))
