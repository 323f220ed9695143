"""One plain list, as any school system exports it: a row a pupil or a member of staff, headings in any order.

Headings about parents and contacts are never read, and neither is an e-mail address beside a pupil: it may be
a parent's. A pupil needs a UPN, an admission number or a username, and an adult an id or an e-mail address:
nobody is ever recognised by name alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from kiosk.people.roster.draft import Draft
from kiosk.people.roster.headings import EVERY_FIELD, PUPILS_MORE_LIKELY, SURELY_PUPILS, SURELY_STAFF
from kiosk.people.roster.model import Roster, RosterRefused
from kiosk.people.roster.schools import School, choose_school
from kiosk.people.roster.tables import Heading, Reading, Row
from kiosk.people.roster.words import (
    Kind,
    is_before,
    is_gone,
    kind_of_role,
    read_title,
    read_upn,
    split_name,
    split_staff_name,
)

_HEADING_WITHIN = 15
_PUPIL_IDS = ("upn", "admission", "id", "username")
_STAFF_IDS = ("staff_id", "id", "staff_email", "email", "teacher_email", "teacher_id", "username")


def read_flat(reading: Reading, school: str | None, today: date | None) -> Roster:
    """Read one CSV of pupils, of staff, or of both; or one list of each side by side.

    Raises:
        RosterRefused: no line has the headings of a list of people, the headings leave it open whether they
            are pupils or staff, or there are several lists of the same kind.
    """
    lists = [_find_list(reading, name) for name in reading.files.names]
    _refuse_two_alike(lists, reading.files.label)
    people = _People(reading, Draft(reading, today), today)
    for one in lists:
        people.read(one, school)
    return people.roster(lists)


@dataclass(frozen=True)
class _List:
    """One CSV file and what its headings say it is."""

    heading: Heading
    usual: Kind | None
    """What a row is about when it names no role; None when only the role can say."""

    def says(self, *fields: str) -> bool:
        """Whether there is a column for one of these."""
        return any(field in self.heading.columns for field in fields)


def _find_list(reading: Reading, name: str) -> _List:
    heading = reading.find_heading(name, EVERY_FIELD, within=_HEADING_WITHIN)
    if heading is None or not _has_names(heading.columns) or len(heading.columns) < 2:
        raise RosterRefused(
            f"{reading.files.shown(name)} has no line of headings such as Forename, Surname, Class and UPN. "
            "Is it the right file?"
        )
    name = heading.name
    if "sourced_id" in heading.columns:
        raise RosterRefused(f"{name} is one file of a OneRoster set. Give the folder or zip that it is part of.")
    one = _List(heading, _usual_kind(heading.columns))
    if one.usual is None and not one.says("role"):
        raise RosterRefused(f"{name} could be a list of pupils or of staff. Add a column Role that says which.")
    if not one.says(
        *(_STAFF_IDS if one.usual == "adult" else _PUPIL_IDS), *(_STAFF_IDS if one.says("role") else ())
    ):
        raise RosterRefused(
            f"{name} has no column to recognise people by: a UPN or admission number for pupils, an e-mail "
            "address or staff id for staff. Nobody is recognised by name alone."
        )
    return one


def _has_names(columns: dict[str, int]) -> bool:
    return bool({"name", "staff_name", "given", "legal_given", "preferred", "teacher"} & columns.keys())


def _usual_kind(columns: dict[str, int]) -> Kind | None:
    """Whether a list is of pupils or staff by its headings; taking a child for staff would be the worst slip."""
    there = columns.keys()
    if there & SURELY_PUPILS.keys():
        return "pupil"
    staff = bool(there & SURELY_STAFF.keys()) or {"title", "email"} <= there
    if there & PUPILS_MORE_LIKELY.keys():
        return "pupil" if not staff else "adult" if "staff_name" in there else None
    if staff or ("teacher" in there and not there & {"name", "given"}):
        return "adult"
    if "email" in there:
        return None if "class" in there else "adult"
    return "pupil"


def _refuse_two_alike(lists: list[_List], label: str) -> None:
    """Two lists of pupils may be of two terms: joined, they would keep leavers."""
    for kinds, what in (({"pupil", None}, "pupils"), ({"adult"}, "staff")):
        names = [one.heading.name for one in lists if one.usual in kinds]
        if len(names) > 1:
            raise RosterRefused(
                f"{label} holds several lists of {what}: {', '.join(names[:5])}. Keep one of them."
            )


class _People:
    """Takes the rows of the lists; adults get their classes when all classes are known."""

    def __init__(self, reading: Reading, draft: Draft, today: date | None) -> None:
        self._reading = reading
        self._draft = draft
        self._today = today
        self._teaching: list[tuple[str, str]] = []

    def read(self, one: _List, school: str | None) -> None:
        """Take every row of one list."""
        nameless = False
        for row in self._rows(one, school):
            kind = self._kind(row, one)
            if kind == "adult":
                self._add_adult(row, one)
            elif kind == "pupil":
                self._add_pupil(row)
                nameless |= bool(row.get("teacher") and not row.first("teacher_email", "teacher_id"))
        if nameless:
            self._reading.problem(
                one.heading.name,
                one.heading.number,
                "Teachers named without an e-mail address or id are not used: nobody is recognised by name alone.",
            )

    def roster(self, lists: list[_List]) -> Roster:
        """Everything taken. A class that only staff name ("Office") is no class."""
        for adult, school_class in self._teaching:
            if self._draft.has_class(school_class):
                self._draft.teach(adult, school_class)
        return self._draft.roster(
            f"CSV list, {self._reading.files.label}",
            lists_pupils=any(one.usual != "adult" for one in lists),
            lists_all_staff=any(one.usual == "adult" or one.says("role", "job") for one in lists),
        )

    def _rows(self, one: _List, school: str | None) -> Iterator[Row]:
        rows = self._reading.rows(one.heading)
        for row in rows if school is None else _of_school(list(rows), school, one):
            left = row.get("leaving")
            if not is_gone(row.get("status")) and not (left and self._today and is_before(left, self._today)):
                yield row

    def _kind(self, row: Row, one: _List) -> Kind | None:
        role = row.get("role")
        kind = kind_of_role(role)
        if kind is None and not role:
            of_staff = row.first(*SURELY_STAFF) and not row.first(*SURELY_PUPILS)
            kind = "adult" if of_staff else one.usual
        if kind is None and one.usual == "adult":
            return "adult"  # a job that is not among the words we know
        if kind is None:
            what = f"The role {role[:40]!r} is not known" if role else "There is no role"
            self._draft.refuse(
                row, f"{what}, so this may be a pupil or an adult.", *map(row.get, (*_PUPIL_IDS, *_STAFF_IDS))
            )
        return kind

    def _add_pupil(self, row: Row) -> None:
        upn, username = read_upn(row.get("upn")), row.get("username")
        source_id = row.first("admission", "id") or ("" if upn else username)
        key = source_id or upn
        if not key:
            self._draft.refuse(row, "There is no UPN, admission number or username to recognise the child by.")
            return
        from_one_column = split_name(row.get("name"))
        taken = self._draft.add_pupil(
            row,
            key,
            given=row.first("given", "legal_given", "preferred") or from_one_column[0],
            family=row.first("preferred_family", "family", "legal_family") or from_one_column[1],
            preferred=row.get("preferred"),
            year=row.get("year"),
            house=row.get("house"),
            source_id=source_id,
            upn=upn,
            username=username,
        )
        if taken:
            self._place(row, key)

    def _place(self, row: Row, pupil: str) -> None:
        """Into the registration group, and into the class if that is another; a class alone is home."""
        registration, other = row.get("registration"), row.get("class")
        for name, home in ((registration, True), (other, not registration)):
            if name and self._draft.add_class(row, _class_key(name), name):
                self._draft.place(pupil, _class_key(name), home=home)
        if registration or other:
            self._add_teacher(row, registration or other)

    def _add_teacher(self, row: Row, class_name: str) -> None:
        """The teacher named beside a pupil, when there is something to recognise them by."""
        email = row.get("teacher_email").lower()
        key = row.get("teacher_id") or email
        if not key:
            return
        title, given, family = split_staff_name(row.get("teacher"))
        if self._draft.has_adult(key) or self._draft.add_adult(
            row, key, title=title or "", given=given, family=family, email=email, source_id=key
        ):
            self._teaching.append((key, _class_key(class_name)))

    def _add_adult(self, row: Row, one: _List) -> None:
        own = one.usual == "adult"  # in a list of pupils, "teacher" columns are about somebody else
        email = row.first("staff_email", "email", *(("teacher_email",) if own else ())).lower()
        username = row.get("username")
        key = row.first("staff_id", "id", *(("teacher_id",) if own else ())) or email or username
        if not key:
            self._draft.refuse(row, "There is no e-mail address or staff id to recognise the adult by.")
            return
        title, given, family = _staff_names(row)
        if self._draft.add_adult(
            row, key, title=title, given=given, family=family, email=email, source_id=key, username=username
        ):
            classes = (row.get("registration"), *row.get("class").replace(";", ",").split(","))
            self._teaching.extend((key, _class_key(name.strip())) for name in classes if name.strip())


def _staff_names(row: Row) -> tuple[str, str, str]:
    """Title, given and family name, from columns of their own or from one column with all of it."""
    title, given = row.get("title"), row.first("preferred", "given", "legal_given")
    family = row.first("preferred_family", "family", "legal_family")
    if not family:
        found, first, family = split_staff_name(row.first("staff_name", "name", "teacher"))
        given = given or first
        title = title if read_title(title) else found or ""
    return title, given, family


def _class_key(name: str) -> str:
    """A list has no ids for classes, so the name stands in; the word before it keeps it apart from other ids."""
    return f"class {name.casefold()}"


def _of_school(rows: list[Row], school: str, one: _List) -> list[Row]:
    if not one.says("school", "school_id"):
        raise RosterRefused(f"{one.heading.name} has no column that says which school a row is of.")
    there = {(row.first("school_id", "school"), row.get("school")) for row in rows}
    chosen = choose_school([School(key, name) for key, name in sorted(there) if key], school, one.heading.name)
    return [row for row in rows if row.first("school_id", "school") in chosen]
