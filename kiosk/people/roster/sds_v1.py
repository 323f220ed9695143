"""Microsoft School Data Sync v1: six files, with UK headings (``DfE Number``, ``ID``) or US ones (``SIS ID``).

Sources: Microsoft's page on CSV files for School Data Sync, and its published samples.
"""

from __future__ import annotations

from datetime import date

from kiosk.people.roster.draft import Draft
from kiosk.people.roster.model import Roster
from kiosk.people.roster.schools import School, choose_school
from kiosk.people.roster.tables import Fields, Reading
from kiosk.people.roster.words import is_gone, is_registration, looks_like_email

_SCHOOL_ID = ("schoolsisid", "schooldfenumber", "schoolid", "dfenumber")
_SCHOOLS: Fields = {"id": ("sisid", "dfenumber", "id"), "name": ("name", "schoolname")}
_SECTIONS: Fields = {
    "id": ("sisid", "id", "sectionsisid", "sectionid"),
    "school": _SCHOOL_ID,
    "name": ("sectionname",),
    "number": ("sectionnumber",),
    "course": ("coursename",),
    "subject": ("coursesubject",),
    "status": ("status",),
}
_STUDENTS: Fields = {
    "id": ("sisid", "id", "studentsisid", "studentid"),
    "school": _SCHOOL_ID,
    "given": ("firstname",),
    "family": ("lastname",),
    "username": ("username",),
    "year": ("grade", "yeargroup", "year"),
    "upn": ("upn", "uniquepupilnumber"),
    "status": ("status",),
}
_TEACHERS: Fields = {
    "id": ("sisid", "id", "teachersisid", "teacherid"),
    "school": _SCHOOL_ID,
    "given": ("firstname",),
    "family": ("lastname",),
    "title": ("title",),
    "username": ("username",),
    "email": ("email", "emailaddress", "workemail"),
    "status": ("status",),
}
_IN_CLASS: Fields = {
    "class": ("sectionsisid", "sectionid"),
    "person": ("sisid", "id", "studentsisid", "studentid", "teachersisid", "teacherid"),
}


def read_sds_v1(reading: Reading, school: str | None, today: date | None) -> Roster:
    """Read a set of SDS v1 files.

    Raises:
        RosterRefused: a file is not what its name says, or there is no such school.
    """
    draft = Draft(reading, today)
    schools = _schools(reading, school)
    elsewhere: set[str] = set()  # classes and people that are gone, of other schools, or not usable
    _read_sections(reading, draft, schools, elsewhere)
    _read_students(reading, draft, schools, elsewhere)
    _read_teachers(reading, draft, schools, elsewhere)
    _read_places(reading, draft, elsewhere)
    return draft.roster(f"Microsoft SDS v1, {reading.files.label}")


def _schools(reading: Reading, school: str | None) -> frozenset[str] | None:
    if school is None:
        return None
    found = [School(row.get("id"), row.get("name")) for row in reading.table("school.csv", _SCHOOLS)]
    return choose_school(found, school, "School.csv")


def _read_sections(reading: Reading, draft: Draft, schools: frozenset[str] | None, elsewhere: set[str]) -> None:
    for row in reading.table("section.csv", _SECTIONS, needs={"id": "SIS ID or ID"}):
        key, name = row.get("id"), row.first("name", "number")
        home = is_registration(name) or is_registration(row.get("course")) or is_registration(row.get("subject"))
        counts = (schools is None or row.get("school") in schools) and not is_gone(row.get("status"))
        if not (counts and draft.add_class(row, key, name, home=home)):
            elsewhere.add(key)


def _read_students(reading: Reading, draft: Draft, schools: frozenset[str] | None, elsewhere: set[str]) -> None:
    needs = {"id": "SIS ID or ID", "given": "First Name", "family": "Last Name"}
    for row in reading.table("student.csv", _STUDENTS, needs=needs):
        key = row.get("id")
        counts = (schools is None or row.get("school") in schools) and not is_gone(row.get("status"))
        if not counts or not draft.add_pupil(
            row,
            key,
            given=row.get("given"),
            family=row.get("family"),
            year=row.get("year"),
            source_id=key,
            upn=row.get("upn"),
            username=row.get("username"),
        ):
            elsewhere.add(key)


def _read_teachers(reading: Reading, draft: Draft, schools: frozenset[str] | None, elsewhere: set[str]) -> None:
    needs = {"id": "SIS ID or ID", "given": "First Name", "family": "Last Name"}
    for row in reading.table("teacher.csv", _TEACHERS, needs=needs):
        key, username = row.get("id"), row.get("username")
        counts = (schools is None or row.get("school") in schools) and not is_gone(row.get("status"))
        if not counts or not draft.add_adult(
            row,
            key,
            given=row.get("given"),
            family=row.get("family"),
            title=row.get("title"),
            email=row.get("email") or (username if looks_like_email(username) else ""),
            source_id=key,
            username=username,
        ):
            elsewhere.add(key)


def _read_places(reading: Reading, draft: Draft, elsewhere: set[str]) -> None:
    needs = {"class": "Section SIS ID or Section ID", "person": "SIS ID or ID"}
    pupils_in = reading.files.first_there("studentenrollment.csv", "studentenrolment.csv")
    for file, people, knows, take in (
        (pupils_in, "Student.csv", draft.has_pupil, draft.place),
        ("teacherroster.csv", "Teacher.csv", draft.has_adult, draft.teach),
    ):
        for row in reading.table(file, _IN_CLASS, needs=needs):
            school_class, person = row.get("class"), row.get("person")
            if not draft.has_class(school_class):
                missing = (
                    None
                    if school_class in elsewhere
                    else f"The class {school_class[:40]!r} is not in Section.csv."
                )
            elif not knows(person):
                missing = None if person in elsewhere else f"The person {person[:40]!r} is not in {people}."
            else:
                take(person, school_class)
                continue
            if missing:
                reading.problem(row.file, row.line, missing)
