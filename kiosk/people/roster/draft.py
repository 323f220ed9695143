"""A roster while it is being read: what the rows say is gathered, checked and brought into one order."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

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
    is_before,
    looks_like_email,
    name_problem,
    read_known_as,
    read_title,
    read_upn,
    read_year,
)

_Person = TypeVar("_Person", RosterPupil, RosterAdult)


@dataclass(frozen=True, slots=True)
class _Stay:
    """A pupil's place in a class as a row said it."""

    pupil: str
    school_class: str
    home: bool
    ends: str


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
        self._unreadable: set[str] = set()
        self._no_class_problem: set[str] = set()

    def add_class(self, row: Row, key: str, *names: str, year: str = "", home: bool = False) -> bool:
        """Take a class, called by the first of ``names`` that is not empty. Whether it could be used."""
        name = next((name for name in names if name), "")
        problem = self._id_problem(key) or (
            "The class has no name." if not name else "The class has a name that is too long." if len(name) > 120 else None
        )
        if problem:
            self._refuse(row, problem)
            return False
        known = self._classes.get(key)
        if known is None:
            self._classes[key] = RosterClass(key, name, read_year(year), home)
        elif known.name != name:
            self._refuse(row, f"Another class in the file has the same id {key!r}. The first one is used.")
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
        source_id: str = "",
        upn: str = "",
        username: str = "",
    ) -> bool:
        """Take a child. Whether the row could be used."""
        problem = self._id_problem(key) or name_problem("first name", given) or name_problem("family name", family)
        if problem:
            self._refuse(row, problem, key, source_id, read_upn(upn), username)
            return False
        pupil = RosterPupil(
            key,
            given,
            family,
            read_known_as(given, preferred),
            read_year(year),
            source_id or None,
            self._fitting(row, "UPN", read_upn(upn), UPN_MOST),
            self._fitting(row, "username", username, ID_MOST),
            row.file,
            row.line,
        )
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
        """Take a member of staff. Whether the row could be used."""
        known_title = read_title(title)
        problem = self._id_problem(key) or name_problem("family name", family)
        if problem is None and (given or not known_title):  # "Mrs Ali" is enough
            problem = name_problem("first name", given)
        if problem:
            self._refuse(row, problem, key, source_id, email, username)
            return False
        if email and not looks_like_email(email):
            self._reading.problem(row.file, row.line, "The e-mail address is not one. The rest of the row is used.")
            email = ""
        adult = RosterAdult(
            key,
            given,
            family,
            known_title,
            self._fitting(row, "e-mail address", email.lower(), EMAIL_MOST),
            source_id or None,
            self._fitting(row, "username", username, ID_MOST),
            row.file,
            row.line,
        )
        return self._add(self._staff, adult, row)

    def refuse(self, row: Row, sentence: str, *ids: str) -> None:
        """Note a row about a person that cannot be used; the person is not taken to have left."""
        self._refuse(row, sentence, *ids)

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
        """Everything taken so far, with nothing that two people share left to tell them apart by."""
        self._drop_shared("UPN", self._pupils, lambda pupil: pupil.upn, lambda pupil: replace(pupil, upn=None))
        for people in (self._pupils, self._staff):
            self._drop_shared_usernames(people)
        self._drop_shared(
            "e-mail address", self._staff, lambda adult: adult.email, lambda adult: replace(adult, email=None)
        )
        places = tuple(sorted(self._places()))
        return Roster(
            source=source,
            classes=_in_order(self._classes),
            pupils=_in_order(self._with_class_year(places)),
            staff=_in_order(self._staff),
            enrolments=places,
            teaching=tuple(sorted(self._teaching)),
            problems=self._reading.problems(),
            unreadable=frozenset(self._unreadable),
            lists_pupils=lists_pupils,
            lists_all_staff=lists_all_staff,
        )

    def _add(self, people: dict[str, _Person], person: _Person, row: Row) -> bool:
        """Keep the first row about a person; a later one may fill what was empty, and must have the same name."""
        known = people.get(person.key)
        if known is None:
            people[person.key] = person
            return True
        if (known.given_name, known.family_name) == (person.given_name, person.family_name):
            people[person.key] = _filled(known, person)
            return True
        self._refuse(row, f"Somebody else in the file has the same id {person.key!r}. The first one is used.")
        return False

    def _refuse(self, row: Row, sentence: str, *ids: str) -> None:
        self._reading.problem(row.file, row.line, sentence)
        self._unreadable.update(text.lower() for text in ids if text)

    def _fitting(self, row: Row, what: str, text: str, most: int) -> str | None:
        if len(text) > most:
            self._reading.problem(row.file, row.line, f"The {what} is longer than {most} characters and is left out.")
            return None
        return text or None

    @staticmethod
    def _id_problem(key: str) -> str | None:
        if not key:
            return "The row has no id."
        return f"The id is longer than {ID_MOST} characters." if len(key) > ID_MOST else None

    def _drop_shared_usernames(self, people: dict[str, RosterPupil] | dict[str, RosterAdult]) -> None: ...

    def _drop_shared(
        self,
        what: str,
        people: dict[str, _Person],
        value_of: Callable[[_Person], str | None],
        without: Callable[[_Person], _Person],
    ) -> None:
        """Two people cannot be recognised by one number; both then go by their ids alone."""
        times = Counter(value.lower() for person in people.values() if (value := value_of(person)))
        for key, person in people.items():
            value = value_of(person)
            if value and times[value.lower()] > 1:
                people[key] = without(person)
                self._reading.problem(
                    person.file, person.line, f"Several people have the {what} {value!r}; it is left out for each."
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

    def _lasting(self) -> Iterable[_Stay]:
        """Leave out a place that has ended when the child has one that has not: they moved class.

        When all have ended the file is of last year, and all of them count: no child loses every class.
        """
        today = self._today
        if today is None:
            return self._stays
        ended = [bool(stay.ends) and is_before(stay.ends, today) for stay in self._stays]
        have_lasting = {stay.pupil for stay, over in zip(self._stays, ended, strict=True) if not over}
        return [
            stay
            for stay, over in zip(self._stays, ended, strict=True)
            if not over or stay.pupil not in have_lasting
        ]

    def _with_class_year(self, places: Iterable[Place]) -> dict[str, RosterPupil]:
        """A child whose row has no year is in the year of the registration class."""
        year_of = {place.pupil: self._classes[place.school_class].year for place in places if place.home}
        return {
            key: replace(pupil, year=year_of.get(key)) if pupil.year is None else pupil
            for key, pupil in self._pupils.items()
        }
