"""What leaves the house: tables of what pages show, with what was left out and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

Value = str | int | float | date | None

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
