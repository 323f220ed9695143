"""OneRoster 1.1, OneRoster 1.2 and Microsoft School Data Sync v2.1: users, classes and enrolments by sourcedId.

The three differ in where a person's role stands (in ``users.csv``, or in ``roles.csv``) and in a few
headings. Roles are read before names, so that a parent's row is passed over without its name being looked at.
Sources: 1EdTech OneRoster 1.1 and 1.2 CSV bindings; Microsoft's page on the SDS v2.1 CSV format.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from kiosk.people.roster.draft import Draft
from kiosk.people.roster.model import Roster, RosterRefused
from kiosk.people.roster.schools import School, choose_school
from kiosk.people.roster.tables import Fields, Reading, Row
from kiosk.people.roster.words import (
    Kind,
    fold,
    is_gone,
    is_registration,
    kind_of_role,
    looks_like_email,
    looks_like_upn,
)

_MANIFEST: Fields = {"property": ("propertyname",), "value": ("value",)}
_ORGS: Fields = {
    "id": ("sourcedid",),
    "status": ("status",),
    "name": ("name",),
    "type": ("type",),
    "parent": ("parentsourcedid",),
}
_ROLES: Fields = {
    "user": ("usersourcedid",),
    "status": ("status",),
    "role": ("role",),
    "primary": ("roletype", "isprimary"),
    "org": ("orgsourcedid",),
    "grade": ("grade", "grades"),
}
_CLASSES: Fields = {
    "id": ("sourcedid",),
    "status": ("status",),
    "title": ("title",),
    "code": ("classcode", "code"),
    "type": ("classtype",),
    "school": ("schoolsourcedid", "orgsourcedid"),
    "grades": ("grades", "grade"),
}
_ENROLMENTS: Fields = {
    "class": ("classsourcedid",),
    "user": ("usersourcedid",),
    "status": ("status",),
    "role": ("role",),
    "ends": ("enddate",),
}
_USERS: Fields = {
    "id": ("sourcedid",),
    "status": ("status",),
    "role": ("role",),
    "orgs": ("orgsourcedids", "orgsourcedid"),
    "org": ("primaryorgsourcedid",),
    "username": ("username",),
    "user_ids": ("userids",),
    "identifier": ("identifier",),
    "given": ("givenname",),
    "family": ("familyname",),
    "preferred": ("preferredgivenname", "prefferedgivenname", "preferedgivenname", "preferredfirstname"),
    "preferred_family": ("preferredfamilyname", "prefferedfamilyname", "preferedfamilyname", "preferredlastname"),
    "email": ("email",),
    "grades": ("grades", "grade"),
    "title": ("metadatatitle", "title", "salutation"),
}
_PARTS = ("users", "classes", "enrollments", "orgs", "roles")
_LIST = re.compile(r"[,;\s]+")
_USER_ID = re.compile(r"(\w[\w ]*):([^{},;]+)")


def read_oneroster(reading: Reading, school: str | None, today: date | None) -> Roster:
    """Read a set of OneRoster or SDS v2.1 files.

    Raises:
        RosterRefused: a file is not what its name says, the set holds changes only, or has no such school.
    """
    version = _check_manifest(reading)
    draft = Draft(reading, today)
    schools = _schools(reading, school)
    people = _People(schools)
    _read_roles(reading, people)
    _read_classes(reading, draft, people)
    enrolments = _read_enrolments(reading, draft, people)
    heading = reading.find_heading("users.csv", _USERS)
    roles_in_users = heading is not None and "role" in heading.columns
    if heading and not roles_in_users and not reading.files.has("roles.csv"):
        raise RosterRefused(
            "users.csv has no role column and there is no roles.csv: pupils and parents look alike."
        )
    _read_users(reading, draft, people)
    for enrolment in enrolments:
        _enrol(reading, draft, people, enrolment)
    return draft.roster(f"{version or _version(reading, roles_in_users)}, {reading.files.label}")


@dataclass
class _People:
    """What is known of people before their names are read."""

    schools: frozenset[str] | None
    """Ids of the organisations that count; None when all do."""
    roles: dict[str, list[tuple[Kind, bool]]] = field(default_factory=lambda: defaultdict(list))
    """Each user's roles in ``roles.csv``, and whether each is their first one."""
    unclear: set[str] = field(default_factory=set)
    """Users with a role in ``roles.csv`` that is not known."""
    grades: dict[str, str] = field(default_factory=dict)
    in_schools: set[str] = field(default_factory=set)
    """Users who have a role, or are in a class, at a school that counts."""
    enrolled_as: dict[str, Kind] = field(default_factory=dict)
    passed_over: set[str] = field(default_factory=set)
    """Users who are not to be stored: family, deleted rows, other schools."""
    other_classes: set[str] = field(default_factory=set)
    """Classes that are deleted or of other schools, or could not be used."""

    def kind(self, user: str) -> Kind | None:
        """What someone is by ``roles.csv``: by the first role if it says, else a pupil before an adult."""
        roles = self.roles.get(user)
        if not roles:
            return self.enrolled_as.get(user)
        first: list[Kind] = [kind for kind, is_first in roles if is_first and kind != "family"]
        kinds = first or [kind for kind, _ in roles]
        if "pupil" in kinds:
            return "pupil"
        return "adult" if "adult" in kinds else "family"

    def counts(self, org: str) -> bool:
        """Whether an organisation is one of the schools that were asked for."""
        return self.schools is None or org in self.schools


@dataclass(frozen=True, slots=True)
class _Enrolment:
    file: str
    line: int
    school_class: str
    user: str
    ends: str


def _check_manifest(reading: Reading) -> str | None:
    """The shape the manifest names. A set of changes only would make everyone else leave, so it is refused."""
    version = None
    for row in reading.table("manifest.csv", _MANIFEST):
        name, value = fold(row.get("property")), row.get("value")
        if name == "onerosterversion" and value:
            version = f"OneRoster {value[:8]}"
        if name in {fold(f"file.{part}") for part in _PARTS} and fold(value) == "delta":
            raise RosterRefused(
                "This set holds changes only (its manifest says delta). Export the whole roster (bulk) instead."
            )
    return version


def _schools(reading: Reading, school: str | None) -> frozenset[str] | None:
    """The organisations that count: the school asked for and what belongs to it."""
    if school is None:
        return None
    found = [
        School(row.get("id"), row.get("name"), row.get("parent"), fold(row.get("type")) == "school")
        for row in reading.table("orgs.csv", _ORGS)
        if not is_gone(row.get("status"))
    ]
    return choose_school(found, school, "orgs.csv")


def _read_roles(reading: Reading, people: _People) -> None:
    for row in reading.table("roles.csv", _ROLES, needs={"user": "userSourcedId", "role": "role"}):
        if is_gone(row.get("status")):
            continue
        user, role = row.get("user"), row.get("role")
        kind = kind_of_role(role)
        if kind is None:
            reading.problem(row.file, row.line, _unknown_role(role))
            people.unclear.add(user)
            continue
        people.roles[user].append((kind, fold(row.get("primary")) in ("primary", "true", "yes", "1")))
        if kind != "family":
            people.grades.setdefault(user, row.get("grade"))
            if people.counts(row.get("org")):
                people.in_schools.add(user)


def _unknown_role(role: str) -> str:
    if not role:
        return "The row has no role."
    return f"The role {role[:40]!r} is not known to be a pupil's or a member of staff's. It is not used."


def _read_classes(reading: Reading, draft: Draft, people: _People) -> None:
    for row in reading.table("classes.csv", _CLASSES, needs={"id": "sourcedId"}):
        key, name = row.get("id"), row.first("title", "code")
        taken = (
            not is_gone(row.get("status"))
            and people.counts(row.get("school"))
            and draft.add_class(row, key, name, year=row.get("grades"), home=_is_home(row.get("type"), name))
        )
        if not taken and not draft.has_class(key):
            people.other_classes.add(key)


def _is_home(kind: str, name: str) -> bool:
    return fold(kind) == "homeroom" if kind else is_registration(name)


def _read_enrolments(reading: Reading, draft: Draft, people: _People) -> list[_Enrolment]:
    """Who is in which class, by id alone: names come later."""
    name = reading.files.first_there("enrollments.csv", "enrolments.csv")
    enrolments = []
    same: dict[str, str] = {}  # each id once in memory, however many rows name it
    for row in reading.table(name, _ENROLMENTS, needs={"class": "classSourcedId", "user": "userSourcedId"}):
        if is_gone(row.get("status")):
            continue
        user = same.setdefault(text := row.get("user"), text)
        school_class = same.setdefault(text := row.get("class"), text)
        ends = same.setdefault(text := row.get("ends"), text)
        enrolments.append(_Enrolment(row.file, row.line, school_class, user, ends))
        if (kind := kind_of_role(row.get("role"))) and user not in people.enrolled_as:
            people.enrolled_as[user] = kind
        if draft.has_class(school_class):
            people.in_schools.add(user)
    return enrolments


def _read_users(reading: Reading, draft: Draft, people: _People) -> None:
    needs = {"id": "sourcedId", "given": "givenName", "family": "familyName"}
    for row in reading.table("users.csv", _USERS, needs=needs):
        user, role = row.get("id"), row.get("role")
        kind = kind_of_role(role) if role else people.kind(user)
        taken = False
        if role and kind is None:
            draft.refuse(row, _unknown_role(role), user)
        elif kind is None and user in people.unclear:
            draft.keep(user)
        elif kind in ("pupil", "adult") and not is_gone(row.get("status")) and _is_here(row, user, people):
            taken = _add_pupil(row, user, draft, people) if kind == "pupil" else _add_adult(row, user, draft)
        if not taken:
            people.passed_over.add(user)


def _is_here(row: Row, user: str, people: _People) -> bool:
    if people.schools is None or user in people.in_schools:
        return True
    return any(people.counts(org) for org in (*_LIST.split(row.get("orgs").strip("[]\"'")), row.get("org")))


def _add_pupil(row: Row, user: str, draft: Draft, people: _People) -> bool:
    return draft.add_pupil(
        row,
        user,
        given=row.first("given", "preferred"),
        family=row.first("preferred_family", "family"),
        preferred=row.get("preferred"),
        year=row.get("grades") or people.grades.get(user, ""),
        source_id=user,
        upn=_upn(row),
        username=row.get("username"),
    )


def _add_adult(row: Row, user: str, draft: Draft) -> bool:
    username, email = row.get("username"), row.get("email")
    return draft.add_adult(
        row,
        user,
        given=row.first("preferred", "given"),
        family=row.first("preferred_family", "family"),
        title=row.get("title"),
        # Where people sign in with their e-mail address, systems leave the e-mail column empty.
        email=email or (username if looks_like_email(username) else ""),
        source_id=user,
        username=username,
    )


def _upn(row: Row) -> str:
    """The unique pupil number. To Microsoft UPN means something else, which looks like an e-mail address."""
    for kind, number in _USER_ID.findall(row.get("user_ids")):
        if fold(kind) in ("upn", "uniquepupilnumber") and "@" not in number:
            return str(number)
    identifier = row.get("identifier")
    return identifier if looks_like_upn(identifier) else ""


def _enrol(reading: Reading, draft: Draft, people: _People, enrolment: _Enrolment) -> None:
    school_class, user = enrolment.school_class, enrolment.user
    if not draft.has_class(school_class):
        if school_class not in people.other_classes and reading.files.has("classes.csv"):
            reading.problem(
                enrolment.file, enrolment.line, f"The class {school_class[:40]!r} is not in classes.csv."
            )
    elif draft.has_pupil(user):
        draft.place(user, school_class, ends=enrolment.ends)
    elif draft.has_adult(user):
        draft.teach(user, school_class)
    elif user not in people.passed_over:
        reading.problem(enrolment.file, enrolment.line, f"The person {user[:40]!r} is not in users.csv.")


def _version(reading: Reading, roles_in_users: bool) -> str:
    if roles_in_users:
        return "OneRoster 1.1"
    roles = reading.find_heading("roles.csv", {"type": ("roletype",)})
    return "OneRoster 1.2" if roles and "type" in roles.columns else "Microsoft SDS v2.1"
