"""Classes and the school: hard answers per school day, weekday and hour, half terms beside other years'."""

from __future__ import annotations

from flask import render_template, request
from flask.typing import ResponseReturnValue

from kiosk.feelings.store import current_scale
from kiosk.patterns import school_words, sentences
from kiosk.patterns.groups import hard_share
from kiosk.patterns.school_store import look_at_school
from kiosk.patterns.sentences import steps_words
from kiosk.patterns.xmr import LEAST_ANSWERS, LEAST_DAYS
from kiosk.web.access import actor, allow, signed_in_roles
from kiosk.web.patterns import blueprint
from kiosk.web.patterns.pictures import SIGNALS, heat_tone, xmr


@blueprint.get("/school")
@allow("nurture", "dsl")
def school() -> ResponseReturnValue:
    """The whole school, a year or a class; nobody is named."""
    shown = look_at_school(request.args.get("group"), request.args.get("period"), actor())
    scale = current_scale()
    chart = shown.chart
    return render_template(
        "patterns/school.html",
        shown=shown,
        picture=xmr(chart.days, chart.shares, chart.limits, chart.signals),
        hard=steps_words(4, scale.direction),
        scale=scale,
        told=school_words,
        sentences=sentences,
        share=hard_share,
        tone=heat_tone,
        signals=SIGNALS,
        least_answers=LEAST_ANSWERS,
        least_days=LEAST_DAYS,
        may_give_out="dsl" in signed_in_roles(),
    )
