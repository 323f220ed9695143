"""The pages of patterns: which of them the school has, and what a page that was switched off says."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import url_for
from flask.typing import ResponseReturnValue

from kiosk.patterns.looking import SwitchedOff, views_switched_on
from kiosk.web.access import signed_in_roles
from kiosk.web.drawings import drawings_of
from kiosk.web.errors import error_answer
from kiosk.web.languages import _
from kiosk.web.patterns import blueprint
from kiosk.wording import N_

WHO_SEES_PATTERNS = ("nurture", "dsl")
PLACES = {
    "different": ("patterns.different", N_("Different from usual")),
    "connections": ("patterns.connections", N_("Silence and connections")),
    "child": ("patterns.children", N_("Children over time")),
    "school": ("patterns.school", N_("Classes and school")),
}
"""For each view the page that leads to it, in the order of the links."""
HELLO = ("patterns.hello", N_("A friendly hello"))


def pattern_places() -> list[tuple[str, str]]:
    """The links between the pages of patterns; Today and the friendly hello are always there."""
    switched_on = views_switched_on()
    return [
        ("patterns.today", N_("Today")),
        *(place for view, place in PLACES.items() if view in switched_on),
        HELLO,
    ]


def over_time(pupil_id: int) -> str | None:
    """The address of a child's page over time, for whoever may see it in a school that has it."""
    sees = signed_in_roles() & set(WHO_SEES_PATTERNS)
    return url_for("patterns.child", pupil_id=pupil_id) if sees and "child" in views_switched_on() else None


def page_of_child(pupil_id: int) -> str | None:
    """The address of a child's page over time, or of the one under Children in a school without it."""
    if not signed_in_roles() & set(WHO_SEES_PATTERNS):
        return None
    return over_time(pupil_id) or url_for("staff.child", pupil_id=pupil_id)


@blueprint.context_processor
def _lean() -> dict[str, Any]:
    """These pages have no scripts, and bring the drawings that they show and no others."""
    return {"lean": True, "drawings_of": drawings_of}


@blueprint.app_context_processor
def _for_templates() -> dict[str, Callable[..., Any]]:
    return {"pattern_places": pattern_places, "over_time": over_time, "page_of_child": page_of_child}


@blueprint.errorhandler(SwitchedOff)
def _switched_off(switched_off: SwitchedOff) -> ResponseReturnValue:
    return error_answer(404, _(switched_off))
