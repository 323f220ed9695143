"""Who is not heard from, what was not met, what adults carry and how long children wait, as a file."""

from __future__ import annotations

from kiosk.patterns.connections.carried import LEAST_TIMES, Carried, every_month
from kiosk.patterns.connections.silence import Connected, Wait
from kiosk.patterns.connections.store import Connections
from kiosk.patterns.connections.unmet_store import NotMet, Unanswered
from kiosk.patterns.figures.minutes import minutes_about, minutes_within
from kiosk.patterns.out.sheets import Export, Sheet, Value

LEFT_OUT = (
    "Children whom the school leaves out of patterns are not among those not heard from, those who ask often and "
    "those who never ask. Everything else counts everybody."
)
OWN_TIMES = (
    "An adult's minutes run from when a request reached that adult until they answered and until they talked, in "
    "school time. What somebody else took, and what came while the adult was away or had no account, is not in "
    "them."
)
FEW_TIMES = f"Of fewer than {LEAST_TIMES} times no minutes of an adult are given."
_WAIT_HEADS = (
    "Minutes until seen, median",
    "Minutes until seen, nine in ten",
    "Minutes until talked, median",
    "Minutes until talked, nine in ten",
)
_CARRIED_HEADS = (
    "Asked by name",
    "Of those, taken by somebody else",
    "Of those, while away",
    "Of those, without an account",
    "Of those, never answered",
    "Answered first",
    "Talked",
    "Minutes until they answered, median",
    "Minutes until they answered, nine in ten",
    "Minutes until they talked, median",
    "Minutes until they talked, nine in ten",
)


def connections_export(shown: Connections) -> Export:
    """Who is not heard from and the like, what was not met, what adults carry, and how long children wait."""
    return Export(
        f"connections-{shown.today}",
        (_children(shown), _asked_and_not_met(shown), _adults(shown), _adults_by_month(shown), _months(shown)),
        (LEFT_OUT,),
    )


def _children(shown: Connections) -> Sheet:
    lists = {
        "not heard from": shown.lists.not_heard,
        "nobody named": shown.lists.nobody_named,
        "only one adult": shown.lists.only_one,
        "names somebody who has left": shown.lists.with_leaver,
        "names somebody without an account": shown.lists.without_account,
        "asks often, no planned time": shown.lists.asks_often,
        "never asks": shown.lists.never_asks,
    }
    return Sheet(
        "Children",
        ("List", "Child", "Class", "Last heard from", "Requests", "In school since then"),
        [_child_row(name, child, shown) for name, children in lists.items() for child in children],
        (
            "Days on which a register says that a child was not in school do not count as silence."
            if shown.registers_until
            else "A child who is absent looks like a child who is silent: who was in school is not known here.",
        ),
    )


def _child_row(name: str, child: Connected, shown: Connections) -> tuple[Value, ...]:
    here = shown.here.get(child.id) if child in shown.lists.not_heard else None
    in_school = f"{here.days} of {here.known} school days" if here else None
    return name, child.name, child.class_name, child.last_heard, child.asked, in_school


def _asked_and_not_met(shown: Connections) -> Sheet:
    return Sheet(
        "Asked and not met",
        ("Child", "Class", "Asked on", "Asked for", "What became of it", "Minutes waited, in school time"),
        [*map(_not_met_row, shown.not_met), *map(_unanswered_row, shown.unanswered)],
        ("Requests of today that are still open are not in here: they are on Today.",),
    )


def _not_met_row(one: NotMet) -> tuple[Value, ...]:
    became = "still open, answered" if one.is_answered else "still open, no answer"
    return one.name, one.class_name, one.school_day, one.asked_for or "whoever is on duty", became, None


def _unanswered_row(one: Unanswered) -> tuple[Value, ...]:
    became = "the child left the school" if one.child_left else "never answered, the child said: I'm OK now"
    whom = one.asked_for or "whoever is on duty"
    return one.name, one.class_name, one.school_day, whom, became, minutes_about(one.waited)


def _adults(shown: Connections) -> Sheet:
    return Sheet(
        "Adults",
        ("Adult", "Named by", *_CARRIED_HEADS),
        [(load.called, load.named_by, *_carried(load.total)) for load in shown.loads],
        (OWN_TIMES, FEW_TIMES),
    )


def _adults_by_month(shown: Connections) -> Sheet:
    return Sheet(
        "Adults by month",
        ("Adult", "Month", *_CARRIED_HEADS),
        [
            (load.called, month, *_carried(carried))
            for load in shown.loads
            for month, carried in every_month(load.months, shown.since, shown.today).items()
        ],
        (f"The first month begins on {shown.since}, and the last one is not over.",),
    )


def _months(shown: Connections) -> Sheet:
    return Sheet(
        "Months",
        ("Month", "Requests", "Talked the same day", "Never answered", *_WAIT_HEADS),
        [
            (one.month, one.asked, one.same_day, one.unanswered, *_wait(one.to_seen), *_wait(one.to_met))
            for one in shown.months
        ],
        ("Requests that nobody answered are in no minutes of a month.",),
    )


def _carried(carried: Carried) -> tuple[Value, ...]:
    return (
        carried.asked,
        carried.taken,
        carried.while_away,
        carried.without_account,
        carried.unanswered,
        carried.answered,
        carried.met,
        *_wait(carried.to_seen),
        *_wait(carried.to_met),
    )


def _wait(wait: Wait | None) -> tuple[Value, Value]:
    if wait is None:
        return None, None
    return minutes_about(wait.median), minutes_within(wait.ninetieth)
