"""Figures as JSON for the school's own programs, behind a token with scope (docs/feed.md). Nobody is named.

What a program reads is what the page of classes and school shows, suppressed in the same way: a token opens no
other door to the figures, only another form of them.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import Blueprint, jsonify, request
from flask.typing import ResponseReturnValue

from kiosk.audit import Actor
from kiosk.patterns.connections import WaitsOfMonth, waits_by_month
from kiosk.patterns.feeds import seen_now
from kiosk.patterns.groups import WHOLE_SCHOOL, hard_share
from kiosk.patterns.looking import SwitchedOff
from kiosk.patterns.school_store import SchoolOverTime, groups_offered, look_at_school, periods_offered
from kiosk.patterns.silence import Wait
from kiosk.patterns.suppression import LEAST
from kiosk.web.access import allow_feed, feed
from kiosk.web.errors import error_answer
from kiosk.web.limits import FEED, at_most, by_feed

blueprint = Blueprint("feed", __name__, url_prefix="/feed")

OF_CLASSES = ("year-", "class-")
"""How the keys of groups begin that every school has. The lists that staff make stay in the house: their names
and their members say something about children."""
LEFT_OUT = (
    f"Hours of a day in which fewer than {LEAST} children answered, or which would give those away, are in no "
    "figure here; nor is today, nor are school days with fewer than ten answers of the group."
)
FEW_REQUESTS = f"Months with fewer than {LEAST} requests are not in here."


@blueprint.get("/school")
@allow_feed("school")
@at_most(FEED, by_feed)
def school() -> ResponseReturnValue:
    """Hard answers of the whole school."""
    return _figures(WHOLE_SCHOOL)


@blueprint.get("/classes")
@allow_feed("classes")
@at_most(FEED, by_feed)
def classes() -> ResponseReturnValue:
    """Which years and classes there are."""
    _seen()
    return _answer(groups=[{"key": one.key, "name": one.name} for one in _of_classes()])


@blueprint.get("/classes/<path:key>")
@allow_feed("classes")
@at_most(FEED, by_feed)
def of_class(key: str) -> ResponseReturnValue:
    """Hard answers of one year or class. A key can hold a slash: ``year-3/4``."""
    if key not in {one.key for one in _of_classes()}:
        return error_answer(404, "There is no such year or class. GET /feed/classes lists them.")
    return _figures(key)


@blueprint.get("/waits")
@allow_feed("waits")
@at_most(FEED, by_feed)
def waits() -> ResponseReturnValue:
    """How long children waited, by month."""
    months = waits_by_month(Actor(), form=feed().form)
    _seen()
    return _answer(months=[_month(one) for one in months if one.asked >= LEAST], left_out=[FEW_REQUESTS])


@blueprint.errorhandler(SwitchedOff)
def _switched_off(switched_off: Exception) -> ResponseReturnValue:
    return error_answer(404, str(switched_off))


def _of_classes() -> list[Any]:
    return [one for one in groups_offered() if one.key.startswith(OF_CLASSES)]


def _figures(group: str) -> ResponseReturnValue:
    asked = request.args.get("period")
    if asked is not None and asked not in {one.key for one in periods_offered()}:
        return error_answer(404, "There is no such period. Leave it out to see which there are.")
    shown = look_at_school(group, asked, Actor(), form=feed().form)
    _seen()
    return _answer(
        group={"key": shown.group.key, "name": shown.group.name},
        period={"key": shown.period.key, "first": f"{shown.period.first}", "last": f"{shown.period.last}"},
        periods=[one.key for one in shown.periods],
        days=_days(shown),
        hours=_hours(shown),
        left_out=[LEFT_OUT],
        hours_left_out=shown.hours_left_out,
    )


def _days(shown: SchoolOverTime) -> list[dict[str, Any]]:
    chart = shown.chart
    return [
        {"day": f"{day}", "hard_percent": round(share, 1), "answers": number, "signal": signal}
        for day, share, number, signal in zip(chart.days, chart.shares, chart.numbers, chart.signals, strict=True)
    ]


def _hours(shown: SchoolOverTime) -> list[dict[str, Any]]:
    return [
        {
            "weekday": weekday + 1,
            "from_hour": hour,
            "hard_percent": round(hard_share(counts), 1),
            "answers": sum(counts),
        }
        for (weekday, hour), counts in sorted(shown.heat.cells.items())
    ]


def _month(one: WaitsOfMonth) -> dict[str, Any]:
    return {
        "month": f"{one.month:%Y-%m}",
        "requests": one.asked,
        "met_same_day": one.same_day,
        "minutes_to_seen": _wait(one.to_seen),
        "minutes_to_met": _wait(one.to_met),
    }


def _wait(wait: Wait | None) -> dict[str, float] | None:
    return {"median": _minutes(wait.median), "ninetieth": _minutes(wait.ninetieth)} if wait else None


def _minutes(length: timedelta) -> float:
    return round(length / timedelta(minutes=1), 1)


def _seen() -> None:
    seen_now(feed())


def _answer(**body: Any) -> ResponseReturnValue:
    answer = jsonify(body)
    answer.headers["Cache-Control"] = "no-store"
    return answer
