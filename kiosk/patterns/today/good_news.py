"""Worth noticing: a few good things that are known, so that a day is not only its hard moments. Pure.

No ranking: whom it is about is drawn anew each day from all for whom there is something, and stands by name.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from kiosk.wording import N_, Sentence

AT_MOST = 5
WEEKS_SILENT = 8
"""A child who asked for nobody so long, and then did and talked with somebody."""
NEEDS = {"first_talk": "connections", "calmer": "different"}
"""What is made of a child's past is only told in a school that has the page which tells it, too."""
KINDS = ("kindness", "friendship", "success", "helped", "first_talk", "calmer")
"""What can be told, in the order in which one of a child's is chosen: what somebody saw comes first."""


@dataclass(frozen=True, slots=True)
class Found:
    """Something good about a child."""

    kind: str
    """One of ``KINDS``."""
    pupil_id: int
    adult: str | None
    """What the children call the adult who noticed it, or who talked with the child."""
    words: str | None
    """What the adult wrote to the child."""


@dataclass(frozen=True, slots=True)
class GoodNews:
    """A line of the list."""

    pupil_id: int
    name: str
    class_name: str
    sentence: str


def kinds_told(switched_on: Collection[str]) -> tuple[str, ...]:
    """What can be told in a school that has these views."""
    return tuple(kind for kind in KINDS if kind not in NEEDS or NEEDS[kind] in switched_on)


def chosen(found: Iterable[Found], day: date) -> Mapping[int, Found]:
    """One thing each of a few children; on the same day the same ones, however often somebody looks."""
    of_child: dict[int, Found] = {}
    for one in sorted(found, key=lambda one: KINDS.index(one.kind)):
        of_child.setdefault(one.pupil_id, one)
    drawn = sorted(of_child, key=lambda pupil_id: sha256(f"{day} {pupil_id}".encode()).digest())
    return {pupil_id: of_child[pupil_id] for pupil_id in drawn[:AT_MOST]}


def told(found: Found) -> str:
    """What is good, in a sentence."""
    if found.kind in _NOTICED:
        return Sentence(str(_NOTICED[found.kind]), adult=found.adult, words=found.words)
    if found.kind == "helped":
        return Sentence("Said that talking with %(adult)s helped.", adult=found.adult)
    return _TOLD[found.kind]


_NOTICED = {
    "kindness": N_("%(adult)s noticed a kindness: “%(words)s”"),
    "friendship": N_("%(adult)s noticed a friendship: “%(words)s”"),
    "success": N_("%(adult)s noticed a success: “%(words)s”"),
}
_TOLD = {
    "first_talk": N_("Asked for somebody and talked, for the first time in eight weeks or more."),
    "calmer": N_("Calmer than usual, on the list of this week."),
}
