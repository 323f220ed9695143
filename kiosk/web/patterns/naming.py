"""Who is named by whom, drawn: the school's adults, the map of a class, the map around one adult."""

from __future__ import annotations

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue

from kiosk.patterns.connections import naming as told
from kiosk.patterns.connections.naming_store import Naming, NothingToMap, look_at_naming
from kiosk.patterns.words import about_words, within_words
from kiosk.people.rules import read_id
from kiosk.school.store import settings
from kiosk.web.access import actor, allow
from kiosk.web.patterns import blueprint
from kiosk.web.patterns.naming_pictures import draw_bars, draw_map
from kiosk.web.patterns.places import WHO_SEES_PATTERNS
from kiosk.wording import Day, Sentence


@blueprint.get("/connections/map")
@allow(*WHO_SEES_PATTERNS)
def naming() -> ResponseReturnValue:
    """The map of a class or an adult; of neither, the adults' bars and the classes to choose from."""
    try:
        look = look_at_naming(actor(), class_id=_asked_for("class"), adult_id=_asked_for("adult"))
    except NothingToMap:
        abort(404)
    is_narrow = look.class_name is not None or look.adult is not None
    rows, columns = look.found.rows, look.found.columns
    return render_template(
        "patterns/naming.html",
        look=look,
        told=told,
        finding=_finding(look),
        map=draw_map(look.found) if is_narrow and 0 < len(rows) <= told.MOST_ROWS else None,
        bars=draw_bars(columns) if not is_narrow and 0 < len(columns) <= told.MOST_BARS else None,
        by_class=told.classes_of(rows) if look.class_name is None else [],
        class_id=_asked_for("class"),
        child_pages=settings()["patterns_child"] == "yes",
        Day=Day,
        about_words=about_words,
        within_words=within_words,
    )


def _asked_for(name: str) -> int | None:
    """An id of the address; nothing when it holds none, and not found when it is no id."""
    text = request.args.get(name, "")
    if not text:
        return None
    found = read_id(text)
    if found is None:
        abort(404)
    return found


def _finding(look: Naming) -> list[Sentence]:
    if look.adult is not None:
        return told.adult_finding(look.found, look.adult, look.today)
    return told.class_finding(look.found) if look.class_name else told.school_finding(look.found)
