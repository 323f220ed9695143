"""What a file says about who was here, before anybody is looked up. Frozen, without the registers' codes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kiosk.people.roster.model import Problem

MARKS_BY = ("upn", "source_id", "username")
"""What a child is recognised by, as the roster knows them."""


@dataclass(frozen=True, slots=True)
class ReadRow:
    """One child's day, or half of it, as a row says it."""

    ids: tuple[tuple[str, str], ...]
    """Which of ``MARKS_BY``, and its value."""
    called: str
    """The name beside it, to say of whom the school knows nothing; nobody is recognised by it."""
    day: date
    morning: bool | None
    afternoon: bool | None
    file: str
    line: int


@dataclass(frozen=True, slots=True)
class Registers:
    """Everything one export says."""

    source: str
    rows: tuple[ReadRow, ...]
    unknown_codes: tuple[tuple[str, int, str, int], ...]
    """Each mark that is no code, how many there are, and the file and line of the first."""
    too_old: int
    """Rows older than the school keeps check-ins: nothing would ever ask for them."""
    problems: tuple[Problem, ...]
