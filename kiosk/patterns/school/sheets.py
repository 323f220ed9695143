"""Figures of a class, a year, the school, a house or a list as a file."""

from __future__ import annotations

import re

from kiosk.patterns.figures.xmr import ENOUGH_ANSWERS
from kiosk.patterns.out.sheets import Export, Sheet
from kiosk.patterns.school.groups import GroupOverWeeks, hard_share
from kiosk.patterns.school.heat import ENOUGH_IN_HOUR
from kiosk.patterns.school.store import SchoolOverTime

SMALL_GROUPS = (
    "Hours of a day in which fewer than five children answered, or which would give those away, are left out of "
    "every figure: {hidden} of {hours} hours. Today is left out until it is over."
)
WEEKS_LEFT_OUT = (
    "Weeks that could give away fewer than five children are left out: {weeks} of them. A week is made once, when "
    "it is over."
)


def school_export(shown: SchoolOverTime) -> Export:
    """Figures of a class, a year or the school."""
    return Export(
        f"{_plain(shown.group.key)}-{shown.period.first}-to-{shown.period.last}",
        (_school_days(shown), _weekday_and_hour(shown), _half_terms(shown), *_weeks(shown)),
        (SMALL_GROUPS.format(hidden=shown.figures.hidden, hours=shown.figures.hours),),
    )


def _plain(key: str) -> str:
    """A group's key as part of a file's name: a year is called what the school calls it, and a header is Latin."""
    return re.sub("[^A-Za-z0-9]+", "-", key).strip("-")


def _school_days(shown: SchoolOverTime) -> Sheet:
    return Sheet(
        "School days",
        ("Day", "Per cent hard", "Answers", "Signal"),
        [(day, round(share, 1), number, said) for day, share, number, said in shown.days],
        (
            "School days with fewer than ten answers of the group have no row; those with fewer than "
            f"{ENOUGH_ANSWERS} no signal.",
        ),
    )


def _weeks(shown: SchoolOverTime) -> list[Sheet]:
    """The points of a chart that goes by weeks."""
    chart = shown.chart
    if not chart.by_week:
        return []
    weeks = zip(chart.days, chart.shares, chart.numbers, chart.signals, strict=True)
    return [
        Sheet(
            "Weeks",
            ("Week from", "Per cent hard", "Answers", "Signal"),
            [(monday, round(share, 1), number, said) for monday, share, number, said in weeks],
            (f"Weeks that are not over, or have fewer than {ENOUGH_ANSWERS} answers of the group, have no row.",),
        )
    ]


def _weekday_and_hour(shown: SchoolOverTime) -> Sheet:
    return Sheet(
        "Weekday and hour",
        ("Weekday, 1 Monday", "From hour", "Per cent hard", "Answers"),
        [
            (weekday + 1, hour, round(hard_share(counts), 1), sum(counts))
            for (weekday, hour), counts in sorted(shown.heat.cells.items())
        ],
        (f"Hours of the week with fewer than {ENOUGH_IN_HOUR} answers are too few to judge.",),
    )


def _half_terms(shown: SchoolOverTime) -> Sheet:
    return Sheet(
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
