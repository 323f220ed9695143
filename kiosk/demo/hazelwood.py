"""Hazelwood Primary School, the made-up school of the demo: who does what, where, and who has a story.

People are named by their id in ``roster/users.csv``. The roster says who there is and which class they
belong to; here is what a roster does not know.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from kiosk.demo.days import half_term, monday_of
from kiosk.people.rules import EVERY_DAY, Presence

SCHOOL_NAME = "Hazelwood Primary School"
SAFE_SPACE = "Treetops"

Job = Literal["lead", "teacher", "helper", "mentor", "treetops", "office", "lunch", "caretaker"]
Story = Literal[
    "sudden_drop",
    "hard_mondays",
    "going_silent",
    "always_asking",
    "nobody_answers",
    "slow_slide",
    "hard_term",
    "settling_in",
    "not_speaking",
]

MON, TUE, WED, THU, FRI = (1 << day for day in range(5))


@dataclass(frozen=True)
class Post:
    """What an adult does at Hazelwood."""

    job: Job
    place: str
    """Where a child finds this adult."""
    days: int = EVERY_DAY
    sees_after: float = 4.0
    """Minutes until a request is usually seen (the median)."""
    roles: tuple[str, ...] = ("adult",)
    """What the account may do; nothing means no account."""


@dataclass(frozen=True)
class DemoPupil:
    """A child of the imported roster."""

    id: int
    source_id: str
    class_name: str


@dataclass(frozen=True)
class DemoAdult:
    """An adult of the imported roster, in the post they hold."""

    id: int
    source_id: str
    class_names: tuple[str, ...]
    post: Post
    presence: Presence

    def can_receive(self, day: date) -> bool:
        """Whether a request asked on this date reaches this adult."""
        return bool(self.post.roles) and self.presence.is_here(day)


def _teacher(class_name: str, sees_after: float = 5.0) -> Post:
    return Post("teacher", f"{class_name} class", sees_after=sees_after)


def _helper(class_name: str, sees_after: float = 3.0) -> Post:
    return Post("helper", f"{class_name} class", sees_after=sees_after)


MRS_MARSH = "staff-01"
MRS_GREEN = "staff-02"
MR_BELL = "staff-03"
MR_HARTLEY = "staff-08"
MRS_ALI = "staff-09"
MRS_CLARKE = "staff-14"
MISS_BENNETT = "staff-18"
MRS_BONDAR = "staff-21"
MR_OKAFOR = "staff-22"
MS_NOVAK = "staff-23"
MR_REID = "staff-24"
MISS_PRYCE = "staff-31"
"""Left at half-term and is in no roster any more; some children's High 5 still names her."""

POSTS: Mapping[str, Post] = {
    MRS_MARSH: Post("lead", "Head's office", sees_after=9, roles=("adult", "dsl")),
    MRS_GREEN: Post("lead", "Office by the hall", sees_after=5, roles=("adult", "dsl")),
    MR_BELL: Post("lead", "The Nest", sees_after=5, roles=("adult", "nurture")),
    "staff-04": _teacher("Apple"),
    "staff-05": _teacher("Birch"),
    "staff-06": _teacher("Cherry", 4),
    "staff-07": _teacher("Elm"),
    MR_HARTLEY: _teacher("Maple", 27),
    MRS_ALI: _teacher("Oak", 3),
    "staff-10": _teacher("Rowan", 6),
    "staff-11": _teacher("Willow", 7),
    "staff-12": Post("teacher", "Staff room", WED | THU | FRI, 8),
    "staff-13": _helper("Apple"),
    MRS_CLARKE: _helper("Birch"),
    "staff-15": _helper("Cherry"),
    "staff-16": _helper("Elm", 2),
    "staff-17": _helper("Maple", 4),
    MISS_BENNETT: _helper("Oak", 2),
    "staff-19": _helper("Rowan"),
    "staff-20": _helper("Willow", 4),
    MRS_BONDAR: Post("helper", "Library", MON | WED | FRI, 3),
    MR_OKAFOR: Post("mentor", "Blue room", TUE | THU, 2),
    MS_NOVAK: Post("treetops", SAFE_SPACE, sees_after=1.5, roles=("adult", "duty")),
    MR_REID: Post("treetops", SAFE_SPACE, sees_after=1.5, roles=("adult", "duty")),
    "staff-25": Post("treetops", SAFE_SPACE, MON | TUE | WED, 2, ("adult", "duty")),
    "staff-26": Post("office", "School office", sees_after=4),
    "staff-27": Post("caretaker", "Gate and workshop", sees_after=8),
    "staff-28": Post("lunch", "Dinner hall", sees_after=9),
    "staff-29": Post("lunch", "Playground", sees_after=7),
    "staff-30": Post("lunch", "Dinner hall", MON | TUE | WED | THU, roles=()),
    MISS_PRYCE: Post("helper", "Maple class", sees_after=2),
}

STORIES: Mapping[str, Story] = {
    "pupil-149": "sudden_drop",  # Leo Carter, two weeks ago
    "pupil-061": "hard_mondays",  # Kacper Nowak
    "pupil-179": "going_silent",  # Hodan Abdi
    "pupil-031": "always_asking",  # Ruby Whitaker
    "pupil-138": "nobody_answers",  # Tyler Brooks
    "pupil-209": "slow_slide",  # Tia Okoye-Wright
    "pupil-040": "hard_term",  # Harvey Holroyd
    "pupil-151": "settling_in",  # Sasha Kovalenko, new to English
    "pupil-150": "not_speaking",  # Daniel Mensah, shows it on his fingers
}

NEW_TO_ENGLISH = frozenset({"pupil-022", "pupil-084", "pupil-115", "pupil-124", "pupil-151", "pupil-173"})
"""Children whom Mrs Bondar helps in the library."""

HIGH5 = {
    "pupil-149": (MRS_ALI, MR_OKAFOR, MS_NOVAK, "staff-29"),
    "pupil-150": (MISS_BENNETT, MS_NOVAK, MRS_ALI, MR_BELL),
    "pupil-151": (MRS_BONDAR, MRS_ALI, MISS_BENNETT, MR_REID),
    "pupil-138": (MISS_PRYCE, MR_HARTLEY, MRS_CLARKE, "staff-30"),
    "pupil-031": ("staff-05", MR_REID, MRS_CLARKE, "staff-26", "staff-25"),
    "pupil-061": ("staff-15", "staff-06", MS_NOVAK),
    "pupil-179": ("staff-10", MR_OKAFOR, "staff-19"),
    "pupil-155": (MR_OKAFOR, MISS_BENNETT, "staff-27"),  # Zofia Nowak
    "pupil-159": (MRS_ALI, MR_OKAFOR, "staff-27", MR_REID),  # Amir Khan
    "pupil-042": (MS_NOVAK, "staff-05", "staff-13"),  # Tomi Adeyemi
    "pupil-160": (MISS_BENNETT, MRS_ALI, "staff-28"),  # Gurleen Kaur Dhillon
    "pupil-162": ("staff-26", MRS_ALI, "staff-16"),  # Ellie Broadbent
    "pupil-176": (MRS_ALI, MISS_BENNETT, MRS_GREEN),  # Safiya Choudhry
    "pupil-137": (MISS_PRYCE, "staff-17"),  # has one adult since Miss Pryce left
    "pupil-141": ("staff-17",),  # has named one alone
}
"""The High 5 of children with a story or a part in :mod:`kiosk.demo.now`; the others draw theirs."""

CLASS_BEFORE = {
    "Birch": "Apple",
    "Cherry": "Birch",
    "Elm": "Cherry",
    "Maple": "Elm",
    "Oak": "Elm",
    "Rowan": "Oak",
    "Willow": "Rowan",
}


def presence_of(source_id: str, today: date) -> Presence:
    """When this adult is in school, as it is known today."""
    days = POSTS[source_id].days
    if source_id == MISS_PRYCE:
        return Presence(days, left_on=half_term(today))
    if source_id == MRS_CLARKE:
        return Presence(days, away_from=monday_of(today) - timedelta(weeks=3))
    return Presence(days)


def steps_of(pupil: DemoPupil) -> tuple[int, ...]:
    """Which steps a child is offered: the youngest start with three, a few of them with two."""
    if pupil.class_name != "Apple":
        return (1, 2, 3, 4, 5)
    return (1, 5) if int(pupil.source_id[-3:]) % 7 == 0 else (1, 3, 5)
