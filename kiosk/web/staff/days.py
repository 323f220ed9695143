"""My days: when somebody is in every week, and away. Whoever answers the telephone sees to a colleague's, too."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta

from flask import abort, redirect, render_template, request
from flask.typing import ResponseReturnValue

from kiosk.people.here import away, back_again, leaves, stays
from kiosk.people.presence import children_of
from kiosk.people.rules import Presence
from kiosk.school.calendar import DAY_NAMES
from kiosk.school.store import local_now, school_calendar
from kiosk.web.access import allow
from kiosk.web.languages import _, flash
from kiosk.web.staff import blueprint
from kiosk.web.staff.days_forms import (
    DaysRefused,
    away_fields,
    read_away,
    read_last_day,
    read_week,
    week_fields,
)
from kiosk.web.staff.here import FOR_ANYBODY, WITH_CHILDREN, here_today, keep_presence
from kiosk.web.staff.here_words import absence_words
from kiosk.web.staff.whose import Whose, mine, theirs
from kiosk.wording import N_

SAVED = {
    "week": N_("The timetable is saved. Children see it on the tablet."),
    "away": N_("The absence is saved. Children who ask meanwhile reach somebody who stands in."),
    "back": N_("The absence is gone. The timetable holds again."),
    "leaving": N_("The last day is saved. The good endings with each child are under To do."),
    "staying": N_("The last day is gone: they stay."),
}
OF_COLLEAGUES = frozenset({"leaving", "staying"})
"""What nobody says of themselves: who leaves is signed out for good."""


@blueprint.get("/days")
@allow(*WITH_CHILDREN)
def my_days() -> ResponseReturnValue:
    """The days of the person who is signed in."""
    return _page(mine())


@blueprint.post("/days")
@allow(*WITH_CHILDREN)
def change_my_days() -> ResponseReturnValue:
    """Keep my timetable or absence; what cannot be comes back with the reason."""
    return _change(mine())


@blueprint.get("/days/<adult_id>")
@allow(*FOR_ANYBODY)
def days_of(adult_id: str) -> ResponseReturnValue:
    """A colleague's days."""
    return _page(theirs(adult_id))


@blueprint.post("/days/<adult_id>")
@allow(*FOR_ANYBODY)
def change_days_of(adult_id: str) -> ResponseReturnValue:
    """Keep a colleague's timetable or absence."""
    return _change(theirs(adult_id))


def _change(whose: Whose) -> ResponseReturnValue:
    what = request.form.get("what", "")
    if what not in SAVED or (what in OF_COLLEAGUES and whose.is_me):
        abort(400)
    try:
        change = _read_change(what, request.form)
    except DaysRefused as refused:
        return _page(whose, refused=(what, _(refused))), 422
    keep_presence(whose.adult.id, change)
    flash(SAVED[what], "done")
    return redirect(whose.days, 303)


def _read_change(what: str, form: Mapping[str, str]) -> Callable[[Presence], Presence]:
    """What a form changes of a presence.

    Raises:
        DaysRefused: it says something that cannot be.
    """
    if what in _WITHOUT_A_FORM:
        return _WITHOUT_A_FORM[what]
    if what == "leaving":
        last_day = read_last_day(form, local_now().date())
        return lambda presence: leaves(presence, last_day)
    if what == "away":
        today = local_now().date()
        first, back = read_away(form, today)
        return lambda presence: away(presence, today, first, back)
    return read_week(form, school_calendar().weekdays).of


_WITHOUT_A_FORM: Mapping[str, Callable[[Presence], Presence]] = {"back": back_again, "staying": stays}


def _page(whose: Whose, refused: tuple[str, str] = ("", "")) -> str:
    """The page, with what was sent in the form that was refused and what is kept in the other."""
    presence, today = whose.adult.presence, local_now().date()
    what, problem = refused
    return render_template(
        "staff/days.html",
        whose=whose,
        here=here_today(presence),
        closed=school_calendar().why_closed(today),
        days=[(day, DAY_NAMES[day]) for day in sorted(school_calendar().weekdays)],
        week=request.form if what == "week" else week_fields(presence),
        away=request.form if what == "away" else away_fields(presence, today),
        week_problem=problem if what == "week" else None,
        away_problem=problem if what == "away" else None,
        absence=absence_words(presence, today),
        last_day=presence.left_on - timedelta(days=1) if presence.left_on else None,
        last=request.form.get("last", "") if what == "leaving" else "",
        leaving_problem=problem if what == "leaving" else None,
        today=today,
        children=children_of(whose.adult.id),
    )
