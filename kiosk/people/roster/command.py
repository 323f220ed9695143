"""The import as a conversation at the keyboard: read, show what would change, write when asked to."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Self

from kiosk.audit import KEYBOARD
from kiosk.people.roster.model import RosterRefused
from kiosk.people.roster.plan import plan_import
from kiosk.people.roster.preview import preview
from kiosk.people.roster.reading import read_roster
from kiosk.people.roster.store import apply_plan, present
from kiosk.school.store import local_now


def import_roster(
    path: str | Path,
    *,
    apply: bool,
    school: str | None = None,
    allow_many_leavers: bool = False,
    echo: Callable[[str], object],
) -> int:
    """Show what a roster would change and, when asked to, change it. Runs inside an application context.

    Args:
        path: a folder, a zip or a CSV file.
        apply: write the changes; otherwise they are only shown.
        school: name or id of the one school to take from a file of several.
        allow_many_leavers: go on although more than half of the pupils or staff would leave.
        echo: prints one line.

    Returns:
        The exit code: 0, also when single rows could not be used.

    Raises:
        RosterRefused: it cannot be read or must not be applied; nothing was changed.
        Busy: another writer held the database for too long; nothing was changed.
    """
    today = local_now().date()
    with Progress() as progress:
        roster = read_roster(path, school=school, today=today, progress=progress.tell)
    plan = plan_import(roster, present(), allow_many_leavers=allow_many_leavers)
    for line in preview(roster, plan):
        echo(line)
    if plan.refusal:
        raise RosterRefused(plan.refusal)
    if plan.is_empty:
        return 0
    if not apply:
        echo("\nNothing has been changed yet. To write this, give the same command with --apply.")
        return 0
    apply_plan(plan, KEYBOARD, today)
    echo("\nDone: everything above is written.")
    return 0


class Progress:
    """Says on a terminal how far the reading of a long file is; elsewhere it is silent."""

    def __init__(self) -> None:
        self._shown = sys.stderr.isatty()

    def __enter__(self) -> Self:
        return self

    def tell(self, file: str, rows: int) -> None:
        """Write over the line that was there."""
        if self._shown:
            sys.stderr.write(f"\r{rows:,} rows read ({file})\x1b[K")
            sys.stderr.flush()

    def __exit__(self, *_: object) -> None:
        if self._shown:
            sys.stderr.write("\r\x1b[K")
