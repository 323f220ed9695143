"""The people of the tests: a small school that every test can picture.

Amir trusts Mrs Ali (his teacher) and Mr Okafor (who visits). Zofia trusts Mr Okafor. Tomi is in another class.
Ms Novak is on duty in Treetops, Mrs Green leads safeguarding, Mr Bell looks at patterns, Ms Patel runs the
computers. Mr Shah is a trusted adult of nobody in these tests: he must see nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from kiosk.audit import KEYBOARD
from kiosk.db import writing
from kiosk.people.accounts import add_staff
from kiosk.people.models import Adult, Enrolment, Pupil, SchoolClass
from kiosk.people.store import set_high5
from kiosk.people.tablets import pair_tablet
from kiosk.school.store import change_setting

PASSWORD = "quiet-river-lantern-42"
STAFF = {
    "ali": ("Mrs Ali", ["adult"]),
    "okafor": ("Mr Okafor", ["adult"]),
    "shah": ("Mr Shah", ["adult"]),
    "novak": ("Ms Novak", ["duty"]),
    "green": ("Mrs Green", ["dsl"]),
    "bell": ("Mr Bell", ["nurture"]),
    "patel": ("Ms Patel", ["admin"]),
}
PLACES = {"ali": "Oak classroom", "okafor": "the blue room", "novak": "Treetops"}


def email_of(who: str) -> str:
    """The address somebody of the cast signs in with."""
    return f"{who}@hazelwood.example"


@dataclass
class School:
    """Ids of the cast, and the tokens of two paired tablets."""

    adults: dict[str, int] = field(default_factory=dict)
    pupils: dict[str, int] = field(default_factory=dict)
    classes: dict[str, int] = field(default_factory=dict)
    oak_token: str = ""
    """A tablet that shows Oak: Amir and Zofia."""
    birch_token: str = ""
    """A tablet that shows Birch: Tomi."""

    def bearer(self, tablet: str = "oak") -> dict[str, str]:
        """The header with which a tablet proves itself."""
        return {"Authorization": f"Bearer {self.oak_token if tablet == 'oak' else self.birch_token}"}


def build_school(*, always_open: bool = True) -> School:
    """Put the cast into an empty migrated database, inside an application context."""
    school = School()
    if always_open:
        change_setting("school_hours", "always", KEYBOARD)
        change_setting("school_days", "always", KEYBOARD)
    with writing() as session:
        for name in ("Oak", "Birch"):
            room = SchoolClass(name=name)
            session.add(room)
            session.flush()
            school.classes[name.lower()] = room.id
        for who, given, family, room_name, picture in (
            ("amir", "Amir", "Khan", "oak", "fox-1"),
            ("zofia", "Zofia", "Nowak", "oak", "owl-2"),
            ("tomi", "Tomi", "Adeyemi", "birch", "boat-3"),
        ):
            pupil = Pupil(given_name=given, family_name=family, picture=picture)
            session.add(pupil)
            session.flush()
            session.add(Enrolment(pupil_id=pupil.id, class_id=school.classes[room_name], home=True))
            school.pupils[who] = pupil.id
    for who, (name, roles) in STAFF.items():
        account = add_staff(name, email_of(who), roles, KEYBOARD, password=PASSWORD)
        if account.adult_id is not None:
            school.adults[who] = account.adult_id
    with writing() as session:
        for who, place in PLACES.items():
            adult = session.get(Adult, school.adults[who])
            assert adult is not None
            adult.place = place
    set_high5(school.pupils["amir"], [school.adults["ali"], school.adults["okafor"]], KEYBOARD)
    set_high5(school.pupils["zofia"], [school.adults["okafor"]], KEYBOARD)
    set_high5(school.pupils["tomi"], [school.adults["novak"]], KEYBOARD)
    _tablet, school.oak_token = pair_tablet("Oak tablet", ["Oak"], KEYBOARD)
    _tablet, school.birch_token = pair_tablet("Birch tablet", ["Birch"], KEYBOARD)
    return school
