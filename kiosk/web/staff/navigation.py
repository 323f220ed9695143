"""The header of every staff page: where this person may go, and who is signed in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from flask import request
from flask_login import current_user

from kiosk.chats.store import SEE_ALL_ROLES
from kiosk.school.store import settings
from kiosk.web.access import signed_in_roles
from kiosk.web.staff import blueprint
from kiosk.web.staff.after import WHO_TALKS
from kiosk.web.staff.high5 import WHO_CHOOSES
from kiosk.web.staff.todo import how_much_waits
from kiosk.wording import N_

THE_PERSONS_OWN = ("/staff/alerts", "/staff/days", "/staff/here", "/staff/picture", "/staff/recordings")
"""Belong to the person, not to a place: they are in the menu with their name."""
IN_THE_BAR = 3
"""How many places a phone shows beside "More"."""

REACHED_FROM_CHILDREN = ("/staff/high5/", "/staff/fingers", "/staff/classes/")
REACHED_FROM_TO_DO = ("/staff/concerns/", "/staff/endings")


@dataclass(frozen=True)
class Place:
    """A link in the header."""

    words: str
    address: str
    symbol: str
    roles: frozenset[str]
    count: Callable[[], int] | None = None
    """How much waits there for whoever is signed in."""
    also: tuple[str, ...] = ()
    """Addresses of pages that belong to this place and are reached from it."""

    @property
    def is_here(self) -> bool:
        """Whether the page being shown belongs to this link: to the one whose address says most of it."""
        return _address_nearest_to(request.path) in (self.address, *self.also)

    @property
    def waiting(self) -> int:
        """How much waits there."""
        return self.count() if self.count is not None else 0


PLACES = (
    Place(N_("Board"), "/staff/", "sym-board", frozenset({"adult", "duty", "dsl"})),
    Place(N_("To do"), "/staff/todo", "sym-tick", frozenset(WHO_TALKS), how_much_waits, also=REACHED_FROM_TO_DO),
    Place(N_("Duty"), "/staff/duty", "sym-safe-space", frozenset(SEE_ALL_ROLES)),
    Place(N_("Children"), "/staff/children/", "sym-people", frozenset(WHO_CHOOSES), also=REACHED_FROM_CHILDREN),
    Place(N_("Today"), "/patterns/", "sym-calendar", frozenset({"nurture", "dsl"})),
    Place(N_("Office"), "/admin/", "sym-gear", frozenset({"admin"})),
    Place(N_("Help"), "/help/", "sym-help", frozenset({"adult", "duty", "nurture", "dsl", "admin"})),
)


@lru_cache(maxsize=500)
def _address_nearest_to(path: str) -> str | None:
    if path.startswith(THE_PERSONS_OWN):
        return None
    addresses = [address for place in PLACES for address in (place.address, *place.also)]
    return max((one for one in addresses if path.startswith(one)), key=len, default=None)


def places() -> list[Place]:
    """The links for whoever is signed in, in the order of the day's work."""
    roles = signed_in_roles()
    return [place for place in PLACES if place.roles & roles]


def my_name() -> str:
    """What the children call the person who is signed in, or the address of one who is nobody's adult."""
    return str(current_user.adult.called if current_user.adult else current_user.email)


def my_initials() -> str:
    """Two letters for where there is no room for the name."""
    *_, before, last = ["", *my_name().replace("@", " ").split()]
    return (before[:1] + last[:1]).upper()


def may_be_alerted() -> bool:
    """Whether a child may ask for the person who is signed in, who then has alerts to set up."""
    return current_user.adult_id is not None


def school_name() -> str:
    """The school's name as it set it."""
    return settings()["school_name"]


def safe_space_name() -> str:
    """What the children call the safe space."""
    return settings()["safe_space_name"]


@blueprint.app_context_processor
def _for_layouts() -> dict[str, Any]:
    """Functions, not values: a page that shows no header asks the database for nothing."""
    return {
        "places": places,
        "places_in_the_bar": IN_THE_BAR,
        "my_name": my_name,
        "my_initials": my_initials,
        "may_be_alerted": may_be_alerted,
        "school_name": school_name,
        "safe_space_name": safe_space_name,
    }
