"""What an import would write: the registers' rows beside the children there are and what is known. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from kiosk.people.attendance.model import ReadRow, Registers
from kiosk.people.roster.model import Problem

Halves = tuple[bool | None, bool | None]
"""Morning and afternoon: here, not here, or not known."""
Day = tuple[date, int]
"""A day and a pupil's id."""


@dataclass(frozen=True)
class AttendancePlan:
    """What would be written."""

    source: str
    days: Mapping[Day, Halves]
    """Only what is new or other than before."""
    new: int
    """Half-days of which nothing was known."""
    changed: int
    """Half-days of which the register now says otherwise."""
    same: int
    children: int
    """How many different children the file speaks of."""
    first: date | None
    last: date | None
    unknown_pupils: tuple[tuple[str, int], ...]
    """Whom the file names and the school does not know, each with the number of rows."""
    problems: tuple[Problem, ...]


def plan_attendance(
    registers: Registers, pupils: Mapping[tuple[str, str], int], known: Mapping[Day, Halves]
) -> AttendancePlan:
    """Compare registers with what is there.

    Args:
        registers: what the file says.
        pupils: every child's id by each of their marks, such as ``("upn", "A123…")``.
        known: what is known of the days the file speaks of.
    """
    said: dict[Day, list[bool | None]] = {}
    unknown: Counter[str] = Counter()
    problems: list[Problem] = []
    for row in registers.rows:
        found = {pupils[mark] for mark in row.ids if mark in pupils}
        if not found:
            unknown[_shown(row)] += 1
        elif len(found) > 1:
            problems.append(
                Problem(row.file, row.line, "The UPN, the number and the username are not of one child.")
            )
        else:
            _say(said.setdefault((row.day, found.pop()), [None, None]), row, problems)
    writing, counts = _compared(said, known)
    days = [day for day, _pupil in said]
    return AttendancePlan(
        source=registers.source,
        days=writing,
        new=counts["new"],
        changed=counts["changed"],
        same=counts["same"],
        children=len({pupil for _day, pupil in said}),
        first=min(days, default=None),
        last=max(days, default=None),
        unknown_pupils=tuple(sorted(unknown.items())),
        problems=tuple(sorted((*registers.problems, *problems))),
    )


def _say(halves: list[bool | None], row: ReadRow, problems: list[Problem]) -> None:
    """Add what a row says; of two rows that disagree the first counts, and the second is named."""
    for at, here in enumerate((row.morning, row.afternoon)):
        if here is None:
            continue
        if halves[at] is None:
            halves[at] = here
        elif halves[at] != here:
            half = ("morning", "afternoon")[at]
            sentence = f"An earlier row says otherwise about the {half} of {row.day:%d/%m/%Y}; that one counts."
            problems.append(Problem(row.file, row.line, sentence))


def _compared(
    said: Mapping[Day, list[bool | None]], known: Mapping[Day, Halves]
) -> tuple[dict[Day, Halves], Counter[str]]:
    """What is to be written, and how many half-days are new, changed and the same. What no row says stays."""
    counts: Counter[str] = Counter()
    writing: dict[Day, Halves] = {}
    for day, halves in said.items():
        before = known.get(day, (None, None))
        for here, was in zip(halves, before, strict=True):
            if here is not None:
                counts["new" if was is None else "same" if was == here else "changed"] += 1
        morning, afternoon = (was if here is None else here for here, was in zip(halves, before, strict=True))
        if (morning, afternoon) != before:
            writing[day] = (morning, afternoon)
    return writing, counts


def _shown(row: ReadRow) -> str:
    marks = ", ".join(value[:40] for _kind, value in row.ids)
    return f"{row.called}, {marks}" if row.called else marks
