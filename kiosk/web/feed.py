"""Figures as JSON for the school's own programs, behind a token with scope (docs/feed.md). Nobody is named.

What a program reads is what the page of classes and school shows, suppressed in the same way: a token opens no
other door to the figures, only another form of them.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from flask import Blueprint, jsonify, request
from flask.typing import ResponseReturnValue

from kiosk.audit import Actor
from kiosk.patterns.connections.wait_store import waits_by_month
from kiosk.patterns.connections.waits import WaitFigures
from kiosk.patterns.figures.minutes import minutes_about, minutes_within
from kiosk.patterns.figures.suppression import LEAST
from kiosk.patterns.looking import SwitchedOff, check_switched_on
from kiosk.patterns.out.feeds import seen_now
from kiosk.patterns.school.groups import WHOLE_SCHOOL, hard_share
from kiosk.patterns.school.store import SchoolOverTime, groups_offered, look_at_school
from kiosk.patterns.school_days import periods_offered
from kiosk.school.store import local_now
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
FEW_ASKED = (
    f"Months in which fewer than {LEAST} different children asked are not in here, nor is a month until it has "
    "been over for a week. Each month is made once and never changes."
)
FEW_WAITED = f"It would be about fewer than {LEAST} different children, or give those away."


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
    check_switched_on("school")
    _seen()
    return _answer(groups=[{"key": one.key, "name": one.name} for one in _of_classes()])


@blueprint.get("/classes/<path:key>")
@allow_feed("classes")
@at_most(FEED, by_feed)
def of_class(key: str) -> ResponseReturnValue:
    """Hard answers of one year or class. A key can hold a slash: ``year-3/4``."""
    check_switched_on("school")
    if key not in {one.key for one in _of_classes()}:
        return error_answer(404, "There is no such year or class. GET /feed/classes lists them.")
    return _figures(key)


@blueprint.get("/waits")
@allow_feed("waits")
@at_most(FEED, by_feed)
def waits() -> ResponseReturnValue:
    """How long children waited, by month that is over."""
    months = waits_by_month(Actor(), form=feed().form)
    _seen()
    return _answer(months=[_month(*one) for one in months], left_out=[FEW_ASKED])


@blueprint.errorhandler(SwitchedOff)
def _switched_off(switched_off: Exception) -> ResponseReturnValue:
    return error_answer(404, str(switched_off))


def _of_classes() -> list[Any]:
    return [one for one in groups_offered() if one.key.startswith(OF_CLASSES)]


def _figures(group: str) -> ResponseReturnValue:
    check_switched_on("school")
    asked = request.args.get("period")
    if asked is not None and asked not in {one.key for one in periods_offered(local_now().date())}:
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
        hours_left_out=shown.figures.hidden,
        hours_with_answers=shown.figures.hours,
    )


def _days(shown: SchoolOverTime) -> list[dict[str, Any]]:
    return [
        {"day": f"{day}", "hard_percent": round(share, 1), "answers": number, "signal": signal}
        for day, share, number, signal in shown.days
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


def _month(month: date, figures: WaitFigures) -> dict[str, Any]:
    told: dict[str, Any] = {
        "requests": figures.requests,
        "met_same_day": figures.met_same_day,
        "minutes_to_seen": _wait(figures.seen_median, figures.seen_ninetieth),
        "minutes_to_met": _wait(figures.met_median, figures.met_ninetieth),
    }
    return {"month": f"{month:%Y-%m}", **told, "left_out": dict.fromkeys(_missing(told), FEW_WAITED)}


def _wait(median: int | None, ninetieth: int | None) -> dict[str, int | None]:
    return {"median": _minutes(median, minutes_about), "ninetieth": _minutes(ninetieth, minutes_within)}


def _minutes(seconds: int | None, whole: Callable[[timedelta], int]) -> int | None:
    return None if seconds is None else whole(timedelta(seconds=seconds))


def _missing(told: dict[str, Any], inside: str = "") -> list[str]:
    """Which figures are not told, such as ``minutes_to_seen.ninetieth``."""
    found = []
    for name, value in told.items():
        if isinstance(value, dict):
            found += _missing(value, f"{name}.")
        elif value is None:
            found.append(f"{inside}{name}")
    return found


def _seen() -> None:
    seen_now(feed())


def _answer(**body: Any) -> ResponseReturnValue:
    answer = jsonify(body)
    answer.headers["Cache-Control"] = "no-store"
    return answer
