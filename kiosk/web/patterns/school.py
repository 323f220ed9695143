"""Classes and the school: hard answers per school day, weekday and hour, half terms beside other years'."""

from __future__ import annotations

from flask import render_template, request
from flask.typing import ResponseReturnValue

from kiosk.feelings.store import current_scale
from kiosk.patterns import words
from kiosk.patterns.figures.xmr import ENOUGH_ANSWERS, LEAST_ANSWERS
from kiosk.patterns.school import words as school_words
from kiosk.patterns.school.cut_store import cuts_offered, look_at_cut
from kiosk.patterns.school.groups import Chart, Group, hard_share
from kiosk.patterns.school.store import groups_offered, look_at_school
from kiosk.school.calendar import DAY_NAMES
from kiosk.web.access import actor, allow, signed_in_roles
from kiosk.web.patterns import blueprint
from kiosk.web.patterns.pictures import SIGNALS, Xmr, heat_key, heat_tone, week_called, xmr

BROAD = 900.0


@blueprint.get("/school")
@allow("nurture", "dsl")
def school() -> ResponseReturnValue:
    """The whole school, a year, a class, a house or a list; nobody is named."""
    asked, cuts = request.args.get("group"), cuts_offered()
    for cut in cuts:
        if cut.key == asked:
            return _over_weeks(cut, cuts)
    shown = look_at_school(asked, request.args.get("period"), actor())
    scale = current_scale()
    chart = shown.chart
    return render_template(
        "patterns/school.html",
        shown=shown,
        groups=[*shown.groups, *cuts],
        picture=_drawn(chart),
        hard=words.steps_words(4, scale.direction),
        scale=scale,
        weekdays=DAY_NAMES,
        told=school_words,
        words=words,
        share=hard_share,
        tone=heat_tone,
        heat_key=heat_key,
        signals=SIGNALS,
        least_answers=LEAST_ANSWERS,
        enough_answers=ENOUGH_ANSWERS,
        may_give_out="dsl" in signed_in_roles(),
    )


def _over_weeks(cut: Group, cuts: list[Group]) -> str:
    shown = look_at_cut(cut, request.args.get("period"), actor())
    scale, chart = current_scale(), shown.chart
    return render_template(
        "patterns/school_weeks.html",
        shown=shown,
        groups=[*groups_offered(), *cuts],
        picture=_drawn(chart),
        hard=words.steps_words(4, scale.direction),
        scale=scale,
        told=school_words,
        share=hard_share,
    )


def _drawn(chart: Chart) -> Xmr:
    points = chart.days, chart.shares, chart.limits, chart.signals
    if chart.by_week:
        return xmr(*points, called=week_called, least_width=BROAD, leads_to="week")
    return xmr(*points, least_width=BROAD)
