"""The import of registers as a conversation at the keyboard: read, show what it says, write when asked to."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from pathlib import Path

from kiosk.audit import KEYBOARD
from kiosk.people.attendance.model import Registers
from kiosk.people.attendance.plan import AttendancePlan, plan_attendance
from kiosk.people.attendance.reading import read_registers
from kiosk.people.attendance.store import known_between, pupils_by_mark, write_attendance
from kiosk.people.roster.command import Progress
from kiosk.people.roster.preview import NAMES_MOST
from kiosk.school.store import local_now, settings


def import_attendance(path: str | Path, *, apply: bool, echo: Callable[[str], object]) -> int:
    """Show what registers say and, when asked to, write it. Runs inside an application context.

    Args:
        path: a folder, a zip or a CSV file.
        apply: write it; otherwise it is only shown.
        echo: prints one line.

    Returns:
        The exit code: 0, also when single rows could not be used.

    Raises:
        RosterRefused: it cannot be read; nothing was changed.
        Busy: another writer held the database for too long; nothing was changed.
    """
    today = local_now().date()
    oldest = today - timedelta(days=int(settings()["retention_checkins_days"]))
    with Progress() as progress:
        registers = read_registers(path, today=today, oldest=oldest, progress=progress.tell)
    days = [row.day for row in registers.rows]
    known = known_between(min(days), max(days)) if days else {}
    plan = plan_attendance(registers, pupils_by_mark(), known)
    for line in preview(registers, plan):
        echo(line)
    if not plan.days:
        echo("\nNothing would change." if not apply else "\nNothing has changed.")
    elif apply:
        write_attendance(plan, oldest, KEYBOARD)
        echo("\nDone: here or not here is written, and nothing else of the registers.")
    else:
        echo("\nNothing has been changed yet. To write this, give the same command with --apply.")
    return 0


def preview(registers: Registers, plan: AttendancePlan) -> Iterator[str]:
    """Lines to print: what the file says, and what in it could not be used."""
    if plan.first is None or plan.last is None:
        yield f"{plan.source}: nothing about any child of this school"
    else:
        children = f"{plan.children:,} {'child' if plan.children == 1 else 'children'}"
        yield f"{plan.source}: {children}, {plan.first:%d/%m/%Y} to {plan.last:%d/%m/%Y}"
        yield f"Half-days that are new: {plan.new:,}; changed: {plan.changed:,}; known already: {plan.same:,}"
    if registers.too_old:
        yield f"Rows older than check-ins are kept, which are not taken: {registers.too_old:,}"
    if plan.unknown_pupils:
        rows = sum(number for _who, number in plan.unknown_pupils)
        yield f"Not on the roster: {len(plan.unknown_pupils):,}, in {rows:,} rows, which are not taken"
        yield from _some([f"{who}: {number:,}" for who, number in plan.unknown_pupils])
    if registers.unknown_codes:
        number = sum(found for _code, found, _file, _line in registers.unknown_codes)
        yield f"Marks that are no attendance codes, which are not guessed: {number:,}"
        yield from _some(
            [
                f"{code!r}: {found:,}, first in {file}, line {line}"
                for code, found, file, line in registers.unknown_codes
            ]
        )
    if plan.problems:
        yield f"Rows that could not be used, or only in part: {len(plan.problems):,}"
        yield from _some(
            [
                f"{one.file}, line {one.line}: {one.sentence}" if one.line else f"{one.file}: {one.sentence}"
                for one in plan.problems
            ]
        )


def _some(lines: Sequence[str]) -> Iterator[str]:
    yield from (f"  {line}" for line in lines[:NAMES_MOST])
    if len(lines) > NAMES_MOST:
        yield f"  and {len(lines) - NAMES_MOST:,} more"
