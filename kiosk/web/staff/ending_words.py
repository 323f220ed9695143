"""Endings in the words of the staff pages. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from kiosk.minding.ending_rules import EndingPlan, Going
from kiosk.patterns.days import day_words
from kiosk.wording import N_, Sentence, joined


def why_words(gone: Going, today: date) -> str:
    """That an adult leaves or is away, after their name: ``left on Friday 6 November``."""
    since = day_words(gone.since, today)
    has_begun = gone.since <= today
    if gone.why == "left":
        return (
            Sentence("left on %(weekday)s", weekday=since)
            if has_begun
            else Sentence("works here until %(weekday)s", weekday=day_words(gone.since - timedelta(days=1), today))
        )
    begins = (
        Sentence("has been away since %(weekday)s", weekday=since)
        if has_begun
        else Sentence("will be away from %(weekday)s", weekday=since)
    )
    if gone.until is None:
        return joined([begins, N_("nobody knows until when")])
    return joined([begins, Sentence("until %(weekday)s", weekday=day_words(gone.until, today))])


def plan_words(plan: EndingPlan, names: Mapping[int, str], today: date) -> str:
    """How an ending stands, in a sentence or two."""
    return joined([words for words in (_told(plan, names, today), _next(plan, names, today)) if words], " ")


def _told(plan: EndingPlan, names: Mapping[int, str], today: date) -> str:
    who = names.get(plan.told_by_id or 0)
    if plan.told_on is None:
        if who is None:
            return N_("Nobody tells the child yet.")
        return Sentence("%(adult)s tells the child; the day is not fixed.", adult=who)
    when = day_words(plan.told_on, today)
    if plan.told_on > today:
        if who is None:
            return Sentence("Somebody tells the child on %(weekday)s.", weekday=when)
        return Sentence("%(adult)s tells the child on %(weekday)s.", adult=who, weekday=when)
    if who is None:
        return Sentence("Told on %(weekday)s.", weekday=when)
    return Sentence("Told on %(weekday)s by %(adult)s.", weekday=when, adult=who)


def _next(plan: EndingPlan, names: Mapping[int, str], today: date) -> str:
    if plan.no_new_adult:
        return N_("No new adult is wanted.")
    new = names.get(plan.new_adult_id or 0)
    if new is None:
        return N_("No new adult yet.") if plan.told_by_id or plan.told_on else ""
    if plan.met_on is None:
        return Sentence("%(adult)s comes next; they have not met yet.", adult=new)
    when = day_words(plan.met_on, today)
    if plan.met_on > today:
        return Sentence("Meets %(adult)s on %(weekday)s.", adult=new, weekday=when)
    return Sentence("Met %(adult)s on %(weekday)s.", adult=new, weekday=when)
