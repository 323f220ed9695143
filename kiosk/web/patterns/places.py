"""The pages of patterns: which of them the school has, and what a page that was switched off says."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import url_for
from flask.typing import ResponseReturnValue

from kiosk.patterns.looking import SwitchedOff, views_switched_on
from kiosk.web.access import signed_in_roles
from kiosk.web.errors import error_answer
from kiosk.web.patterns import blueprint

WHO_SEES_PATTERNS = ("nurture", "dsl")
PLACES = {
    "different": ("patterns.different", "Different from usual"),
    "connections": ("patterns.connections", "Silence and connections"),
    "child": ("patterns.children", "Children over time"),
    "school": ("patterns.school", "Classes and school"),
}
"""For each view the page that leads to it, in the order of the links."""
HELLO = ("patterns.hello", "A friendly hello")


def pattern_places() -> list[tuple[str, str]]:
    """The links between the pages of patterns; Today and the friendly hello are always there."""
    switched_on = views_switched_on()
    return [("patterns.today", "Today"), *(place for view, place in PLACES.items() if view in switched_on), HELLO]


def over_time(pupil_id: int) -> str | None:
    """The address of a child's page over time, for whoever may see it in a school that has it."""
    sees = signed_in_roles() & set(WHO_SEES_PATTERNS)
    return url_for("patterns.child", pupil_id=pupil_id) if sees and "child" in views_switched_on() else None


@blueprint.app_context_processor
def _for_templates() -> dict[str, Callable[..., Any]]:
    return {"pattern_places": pattern_places, "over_time": over_time}


@blueprint.errorhandler(SwitchedOff)
def _switched_off(switched_off: Exception) -> ResponseReturnValue:
    return error_answer(404, str(switched_off))
