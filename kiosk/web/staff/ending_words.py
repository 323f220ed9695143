"""Endings in the words of the staff pages. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from kiosk.minding.ending_rules import EndingPlan, Going
from kiosk.patterns.days import day_words


def why_words(gone: Going, today: date) -> str:
    """That an adult leaves or is away, after their name: ``left on Friday 6 November``."""
    since = day_words(gone.since, today)
    if gone.why == "left":
        return f"{'left' if gone.since <= today else 'leaves'} on {since}"
    begins = f"has been away since {since}" if gone.since <= today else f"will be away from {since}"
    if gone.until is None:
        return f"{begins}, nobody knows until when"
    return f"{begins}, until {day_words(gone.until, today)}"


def plan_words(plan: EndingPlan, names: Mapping[int, str], today: date) -> str:
    """How an ending stands, in a sentence or two."""
    return f"{_told(plan, names, today)} {_next(plan, names, today)}".strip()


def _told(plan: EndingPlan, names: Mapping[int, str], today: date) -> str:
    who = names.get(plan.told_by_id or 0)
    if who is None and plan.told_on is None:
        return "Nobody tells the child yet."
    if plan.told_on is None:
        return f"{who} tells the child; the day is not fixed."
    when = day_words(plan.told_on, today)
    if plan.told_on > today:
        return f"{who or 'Somebody'} tells the child on {when}."
    return f"Told on {when}{f' by {who}' if who else ''}."


def _next(plan: EndingPlan, names: Mapping[int, str], today: date) -> str:
    if plan.no_new_adult:
        return "No new adult is wanted."
    new = names.get(plan.new_adult_id or 0)
    if new is None:
        return "No new adult yet." if plan.told_by_id or plan.told_on else ""
    if plan.met_on is None:
        return f"{new} comes next; they have not met yet."
    return f"{'Meets' if plan.met_on > today else 'Met'} {new} on {day_words(plan.met_on, today)}."
