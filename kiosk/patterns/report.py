"""``kiosk patterns-report``: the figures of the method's page, computed anew."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from kiosk.patterns.simulation import (
    CORRELATIONS,
    KINDS,
    PUPILS,
    Changed,
    Unchanged,
    entries_a_week,
    share_found,
)

WEEKS = 600
CHILDREN = 8_000
_WIDTH = 24

Show = Callable[[str, float], None]
"""Hears what is being computed and how much of it is done, 0 to 1."""


def patterns_report(
    echo: Callable[[str], None], show: Show, *, weeks: int = WEEKS, children: int = CHILDREN
) -> tuple[list[Unchanged], list[Changed]]:
    """Simulate and print; the figures come back as well.

    Args:
        echo: prints a line.
        show: shows how far it has come, where somebody looks.
        weeks: weeks that each made-up school of 400 lives without a change.
        children: made-up children who change, of each kind.
    """
    echo(f"A school of {PUPILS} in which nothing changes: entries on the weekly list ({weeks} weeks each)")
    echo(_row("", *(f"correlation {each}" for each in CORRELATIONS)))
    unchanged = []
    for kind in KINDS:
        of_kind = [
            entries_a_week(kind, correlation, weeks, progress=partial(show, f"{kind}, correlation {correlation}"))
            for correlation in CORRELATIONS
        ]
        echo(_row(f"all {kind}", *(f"{one.entries_a_week:.1f}" for one in of_kind)))
        unchanged += of_kind
    echo("")
    echo(f"Half of the answers become 4s and 5s: share on the list ({children} children each)")
    echo(_row("", "after 5 school days", "after 10"))
    changed = []
    for kind in KINDS:
        one = share_found(kind, 0.0, children, progress=partial(show, f"{kind}, changing"))
        echo(_row(kind, *(f"{share:.0%}" for share in one.after_days.values())))
        changed.append(one)
    return unchanged, changed


def _row(first: str, *others: str) -> str:
    return f"{first:<{_WIDTH}}" + "".join(f"{each:>20}" for each in others)
