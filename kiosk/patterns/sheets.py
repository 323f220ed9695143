"""What leaves the house: tables of what pages show, with what was left out and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from kiosk.patterns.child import ChildOverTime
from kiosk.patterns.child_words import HELPED, became_of
from kiosk.patterns.connections import Connections
from kiosk.patterns.groups import GroupOverWeeks, hard_share
from kiosk.patterns.school_store import SchoolOverTime
from kiosk.patterns.silence import Connected, Wait
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
LEFT_OUT = "Children whom the school leaves out of patterns are not in here."


@dataclass(frozen=True)
class Sheet:
    """One table."""

    name: str
    """At most 31 characters: a sheet of a workbook has no longer name."""
    heads: tuple[str, ...]
    rows: Sequence[tuple[Value, ...]]


@dataclass(frozen=True)
class Export:
    """Tables that belong together. The first is the one a CSV file holds."""

    file: str
    """The file's name without its ending; it names no child."""
    sheets: tuple[Sheet, ...]
    notes: tuple[str, ...]
    """What was left out, and why."""


def child_export(shown: ChildOverTime) -> Export:
    """One child's answers, half terms and talks; without the words that adults wrote about talks."""
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
            ),
        ),
        (
            DAYS_MISSING,
            *([NOT_HERE] if shown.away else []),
            "What adults wrote about talks is not in here: it stays with the talk.",
        ),
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
    return Export(f"different-from-usual-{week.shown_from}", (Sheet("List", heads, rows),), tuple(notes))


def connections_export(shown: Connections) -> Export:
    """Who is not heard from and the like, and how long children wait."""
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
            ),
            Sheet(
                "Adults",
                ("Adult", "Named by", "Asked", "While away", *_WAIT_HEADS),
                [
                    (
                        load.called,
                        load.named_by,
                        load.asked,
                        load.while_away,
                        *_wait(load.to_seen),
                        *_wait(load.to_met),
                    )
                    for load in shown.loads
                ],
            ),
            Sheet(
                "Months",
                ("Month", "Requests", "Talked the same day", *_WAIT_HEADS),
                [
                    (one.month, one.asked, one.same_day, *_wait(one.to_seen), *_wait(one.to_met))
                    for one in shown.months
                ],
            ),
        ),
        (
            LEFT_OUT,
            "Days on which a register says that a child was not in school do not count as silence."
            if shown.registers_until
            else "A child who is absent looks like a child who is silent: who was in school is not known here.",
            "Requests that came while the adult was away are not in that adult's times.",
        ),
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
            ),
            Sheet(
                "Weekday and hour",
                ("Weekday, 1 Monday", "From hour", "Per cent hard", "Answers"),
                [
                    (weekday + 1, hour, round(hard_share(counts), 1), sum(counts))
                    for (weekday, hour), counts in sorted(heat.cells.items())
                ],
            ),
        ),
        (
            SMALL_GROUPS.format(hours=shown.hours_left_out),
            "School days with fewer than ten answers of the group are no points and have no row.",
        ),
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


def _wait(wait: Wait | None) -> tuple[Value, Value]:
    if wait is None:
        return None, None
    return round(wait.median.total_seconds() / 60, 1), round(wait.ninetieth.total_seconds() / 60, 1)


def _child_row(name: str, child: Connected, shown: Connections) -> tuple[Value, ...]:
    here = shown.here.get(child.id) if child in shown.lists.not_heard else None
    in_school = f"{here.days} of {here.known} school days" if here else None
    return name, child.name, child.class_name, child.last_heard, child.asked, in_school
