"""Today, and the days before it."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from flask import render_template, request
from flask.typing import ResponseReturnValue

from kiosk.patterns.days import DayRefused, day_words, neighbours, read_day
from kiosk.patterns.today import words
from kiosk.patterns.today.hard import HardDay
from kiosk.patterns.today.looking import look_at
from kiosk.patterns.today.rules import NAMES_AT_ONCE, NAMES_MOST
from kiosk.patterns.today.store import has_any_check_in
from kiosk.school.store import local_now, school_calendar
from kiosk.web.access import actor, allow
from kiosk.web.languages import _
from kiosk.web.patterns import blueprint


@blueprint.get("/")
@allow("nurture", "dsl")
def today() -> ResponseReturnValue:
    """One day of the school, or of one of its classes: who checked in and how, who is silent, who waits."""
    now = local_now()
    try:
        day = read_day(request.args.get("day"), now.date())
    except DayRefused as refused:
        return render_template("patterns/refused.html", refused=refused, today=now.date()), 422
    shown = look_at(day, actor(), request.args.get("class"))
    return render_template(
        "patterns/today.html",
        shown=shown,
        words=words,
        hard_in_short=_hard_in_short(),
        names_most=NAMES_MOST,
        names_at_once=NAMES_AT_ONCE,
        name_of_day=day_words(day, now.date()),
        around=neighbours(day, now.date(), school_calendar()),
        first_of_all=not shown.checked_in and not has_any_check_in(),
    )


def _hard_in_short() -> Callable[[Iterable[HardDay]], str]:
    """Names children with a step, its time and whether they asked; its words are looked up once for hundreds."""
    spoken = {asked: _(said) for asked, said in words.HARD_IN_SHORT.items()}

    def told(found: Iterable[HardDay]) -> str:
        return "; ".join(
            spoken[one.asked] % {"child": one.child.name, "step": one.answer.step, "time": one.answer.clock}
            for one in found
        )

    return told
