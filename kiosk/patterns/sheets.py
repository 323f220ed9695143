"""What leaves the house: tables of what pages show, with what was left out and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from kiosk.patterns.carried import LEAST_TIMES, Carried, every_month
from kiosk.patterns.child import ChildOverTime
from kiosk.patterns.child_words import CARDS, HELPED, became_of
from kiosk.patterns.connections import Connections
from kiosk.patterns.groups import GroupOverWeeks, hard_share
from kiosk.patterns.heat import ENOUGH_IN_HOUR
from kiosk.patterns.school_store import SchoolOverTime
from kiosk.patterns.silence import Connected, Wait
from kiosk.patterns.unmet_store import NotMet, Unanswered
from kiosk.patterns.weekly import Week

Value = str | int | float | date | None

DAYS_MISSING = "A school day without an answer has no row: it says nothing, and no number stands for it."
NOT_HERE = "School days on which a register says that the child was not in school are not among the school days."
SMALL_GROUPS = (
    "Hours of a day in which fewer than five children answered, or which would give those away, are left out of "
    "every figure: {hours} of them. Today is left out until it is over."
)
WEEKS_LEFT_OUT = (
    "Weeks that could give away fewer than five children are left out: {weeks} of them. A week is made once, when "
    "it is over."
)
LISTS = {"different": "harder than usual", "calmer": "calmer than usual", "rule": "by a plain rule"}
OWN_TIMES = (
    "An adult's minutes run from when a request reached that adult until they answered and until they talked, in "
    "school time. What somebody else took, and what came while the adult was away, is not in them."
)
FEW_TIMES = f"Of fewer than {LEAST_TIMES} times no minutes of an adult are given."
LEFT_OUT = "Children whom the school leaves out of patterns are not in here."


@dataclass(frozen=True)
class Sheet:
    """One table."""

    name: str
    """At most 31 characters: a sheet of a workbook has no longer name."""
    heads: tuple[str, ...]
    rows: Sequence[tuple[Value, ...]]
    notes: tuple[str, ...] = ()
    """What was left out of this table, and why; what concerns the whole file stands there."""


@dataclass(frozen=True)
class Export:
    """Tables that belong together. A CSV file holds the first, and says which others only the spreadsheet has."""

    file: str
    """The file's name without its ending; it names no child."""
    sheets: tuple[Sheet, ...]
    notes: tuple[str, ...]
    """What was left out, and why."""


def child_export(shown: ChildOverTime) -> Export:
    """One child's answers, half terms, talks and cards; without the words that adults wrote about talks."""
    return Export(
        f"answers-{shown.period.first}-to-{shown.period.last}",
        (
            Sheet(
                "Answers",
                ("Day", "Time", "Step", "Word", "Intensity, 1 calm to 5 hardest", "Shown to"),
                [
                    (one.school_day, f"{one.at:%H:%M}", one.step, one.word, one.intensity, one.entered_by)
                    for one in shown.answers
                ],
            ),
            Sheet(
                "Half terms",
                ("From", "To", "School days", "Answered on", *(f"Answers of intensity {n}" for n in range(1, 6))),
                [
                    (
                        one.period.first,
                        one.period.last,
                        one.school_days,
                        one.answered,
                        *(one.spread.counts if one.spread else (0,) * 5),
                    )
                    for one in shown.stretches
                ],
            ),
            Sheet(
                "Requests",
                (
                    "Day",
                    "Asked at",
                    "Adult",
                    "What became of it",
                    "Step before",
                    "Step after",
                    "Child: did it help",
                ),
                [
                    (
                        talk.school_day,
                        f"{talk.asked_at:%H:%M}",
                        talk.owner or talk.asked_for or "whoever is on duty",
                        became_of(talk),
                        around.before.step if around.before else None,
                        around.after.step if around.after else None,
                        HELPED[talk.said] if talk.said else None,
                    )
                    for talk, around in shown.talks
                ],
                ("What adults wrote about talks is not in here: it stays with the talk.",),
            ),
            Sheet(
                "Cards",
                ("Day", "Left at", "Adult", "Kind", "Words", "Found"),
                [
                    (
                        card.left_at.date(),
                        f"{card.left_at:%H:%M}",
                        card.adult,
                        CARDS[card.kind],
                        card.words,
                        card.found_at.date() if card.found_at else None,
                    )
                    for card in shown.cards
                ],
                ("Cards that were taken back are not in here.",),
            ),
        ),
        (DAYS_MISSING, *([NOT_HERE] if shown.away else [])),
    )


def week_export(week: Week) -> Export:
    """The list of a week with what happened next, a row for each thing that did."""
    rows: list[tuple[Value, ...]] = []
    for entry in week.entries:
        of_entry = (entry.name, entry.class_name, LISTS[entry.kind], entry.sentence)
        rows += [
            (*of_entry, step.kind, step.words, step.by, f"{step.at:%Y-%m-%d %H:%M}") for step in entry.steps
        ] or [(*of_entry, None, None, None, None)]
    heads = ("Child", "Class", "List", "Why", "What happened next", "Words", "Who", "When")
    notes = [LEFT_OUT, "The list stops at eight: by chance alone two or three names stand on it each week."]
    if week.left_out:
        notes.append(f"{week.left_out} more children would have been on it.")
    if week.calmer_left_out:
        notes.append(f"{week.calmer_left_out} more children would have been on the list of the calmer.")
    return Export(f"different-from-usual-{week.shown_from}", (Sheet("List", heads, rows),), tuple(notes))


def connections_export(shown: Connections) -> Export:
    """Who is not heard from and the like, what was not met, what adults carry, and how long children wait."""
    lists = {
        "not heard from": shown.lists.not_heard,
        "nobody named": shown.lists.nobody_named,
        "only one adult": shown.lists.only_one,
        "names somebody who has left": shown.lists.with_leaver,
        "asks often, no planned time": shown.lists.asks_often,
        "never asks": shown.lists.never_asks,
    }
    return Export(
        f"connections-{shown.today}",
        (
            Sheet(
                "Children",
                ("List", "Child", "Class", "Last heard from", "Requests", "In school since then"),
                [_child_row(name, child, shown) for name, children in lists.items() for child in children],
                (
                    "Days on which a register says that a child was not in school do not count as silence."
                    if shown.registers_until
                    else "A child who is absent looks like a child who is silent: who was in school is not known "
                    "here.",
                ),
            ),
            Sheet(
                "Asked and not met",
                ("Child", "Class", "Asked on", "Asked for", "What became of it", "Minutes waited, in school time"),
                [*map(_not_met_row, shown.not_met), *map(_unanswered_row, shown.unanswered)],
                ("Requests of today that are still open are not in here: they are on Today.",),
            ),
            Sheet(
                "Adults",
                ("Adult", "Named by", *_CARRIED_HEADS),
                [(load.called, load.named_by, *_carried(load.total)) for load in shown.loads],
                (OWN_TIMES, FEW_TIMES),
            ),
            Sheet(
                "Adults by month",
                ("Adult", "Month", *_CARRIED_HEADS),
                [
                    (load.called, month, *_carried(carried))
                    for load in shown.loads
                    for month, carried in every_month(load.months, shown.since, shown.today).items()
                ],
                (f"The first month begins on {shown.since}, and the last one is not over.",),
            ),
            Sheet(
                "Months",
                ("Month", "Requests", "Talked the same day", "Never answered", *_WAIT_HEADS),
                [
                    (one.month, one.asked, one.same_day, one.unanswered, *_wait(one.to_seen), *_wait(one.to_met))
                    for one in shown.months
                ],
                ("Requests that nobody answered are in no minutes of a month.",),
            ),
        ),
        (LEFT_OUT,),
    )


def school_export(shown: SchoolOverTime) -> Export:
    """Figures of a class, a year or the school."""
    chart, heat = shown.chart, shown.heat
    return Export(
        f"{shown.group.key}-{shown.period.first}-to-{shown.period.last}".replace(" ", "-"),
        (
            Sheet(
                "School days",
                ("Day", "Per cent hard", "Answers", "Signal"),
                [
                    (day, round(share, 1), number, said)
                    for day, share, number, said in zip(
                        chart.days, chart.shares, chart.numbers, chart.signals, strict=True
                    )
                ],
                ("School days with fewer than ten answers of the group are no points and have no row.",),
            ),
            Sheet(
                "Weekday and hour",
                ("Weekday, 1 Monday", "From hour", "Per cent hard", "Answers"),
                [
                    (weekday + 1, hour, round(hard_share(counts), 1), sum(counts))
                    for (weekday, hour), counts in sorted(heat.cells.items())
                ],
                (f"Hours of the week with fewer than {ENOUGH_IN_HOUR} answers are too few to judge.",),
            ),
            Sheet(
                "Half terms",
                ("School year", "From", "To", "Days with answers", "Per cent hard", "Answers"),
                [
                    (
                        year.name,
                        one.first,
                        one.last,
                        one.days,
                        round(hard_share(one.spread.counts), 1),
                        one.spread.number,
                    )
                    for year in shown.years
                    for one in year.halves
                    if one.spread
                ],
            ),
        ),
        (SMALL_GROUPS.format(hours=shown.hours_left_out),),
    )


def weeks_export(shown: GroupOverWeeks) -> Export:
    """Figures of a house or a list, by weeks. The file does not have the list's name, which may say too much."""
    return Export(
        f"weeks-{shown.period.first}-to-{shown.period.last}",
        (
            Sheet(
                "Weeks",
                ("Week from", "Per cent hard", "Answers"),
                [
                    (monday, round(hard_share(counts), 1), sum(counts))
                    for monday, counts in shown.weeks
                    if counts is not None
                ],
            ),
        ),
        (WEEKS_LEFT_OUT.format(weeks=sum(counts is None for _monday, counts in shown.weeks)),),
    )


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
    "Of those, never answered",
    "Answered first",
    "Talked",
    "Minutes until they answered, median",
    "Minutes until they answered, nine in ten",
    "Minutes until they talked, median",
    "Minutes until they talked, nine in ten",
)


def _carried(carried: Carried) -> tuple[Value, ...]:
    return (
        carried.asked,
        carried.taken,
        carried.while_away,
        carried.unanswered,
        carried.answered,
        carried.met,
        *_wait(carried.to_seen),
        *_wait(carried.to_met),
    )


def _not_met_row(one: NotMet) -> tuple[Value, ...]:
    became = "still open, answered" if one.is_answered else "still open, no answer"
    return one.name, one.class_name, one.school_day, one.asked_for or "whoever is on duty", became, None


def _unanswered_row(one: Unanswered) -> tuple[Value, ...]:
    became = "the child left the school" if one.child_left else "never answered, the child said: I'm OK now"
    whom = one.asked_for or "whoever is on duty"
    return one.name, one.class_name, one.school_day, whom, became, _minutes(one.waited)


def _wait(wait: Wait | None) -> tuple[Value, Value]:
    if wait is None:
        return None, None
    return _minutes(wait.median), _minutes(wait.ninetieth)


def _minutes(length: timedelta) -> float:
    return round(length / timedelta(minutes=1), 1)


def _child_row(name: str, child: Connected, shown: Connections) -> tuple[Value, ...]:
    here = shown.here.get(child.id) if child in shown.lists.not_heard else None
    in_school = f"{here.days} of {here.known} school days" if here else None
    return name, child.name, child.class_name, child.last_heard, child.asked, in_school
