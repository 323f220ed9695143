"""From a path to what the registers say: one CSV, or several in a folder or zip. Pure.

A row is a child's day with a mark for the morning and one for the afternoon, or a child's half-day with its mark.
What a mark means beyond being here or not is forgotten in this file.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from kiosk.people.attendance.codes import UnknownCode, was_here
from kiosk.people.attendance.headings import FIELDS
from kiosk.people.attendance.model import ReadRow, Registers
from kiosk.people.roster.files import open_files
from kiosk.people.roster.model import RosterRefused
from kiosk.people.roster.tables import Heading, Reading, Row
from kiosk.people.roster.words import read_upn

_HEADING_WITHIN = 15
_IDS = {"upn": "upn", "admission": "source_id", "id": "source_id", "username": "username"}
_MORNING = re.compile(r"(?i)\b(?:am|morning|mo?rn)\b|^(?:a|1)$|(?:^|\D)am$")
_AFTERNOON = re.compile(r"(?i)\b(?:pm|afternoon|aft)\b|^(?:p|2)$|(?:^|\D)pm$")
_WRITTEN_OUT = re.compile(r"(?i)(?:[a-z]+,?\s+)?(\d{1,2})(?:st|nd|rd|th)?[\s/-]+([a-z]{3,})[\s/,-]+(\d{4}|\d{2})")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def read_registers(
    path: str | Path,
    *,
    today: date,
    oldest: date,
    progress: Callable[[str, int], None] | None = None,
) -> Registers:
    """Read what was exported from the school's registers.

    Args:
        path: a folder, a zip or a CSV file.
        today: no register speaks of a later day.
        oldest: rows of earlier days are counted and not taken.
        progress: told a file name and the number of rows read so far, every few thousand rows.

    Raises:
        RosterRefused: it cannot be read; the message says why in a sentence.
    """
    with open_files(Path(path)) as files:
        reading = Reading(files, progress)
        taking = _Taking(reading, today, oldest)
        for name in files.names:
            taking.read(_find_registers(reading, name))
        return Registers(
            source=files.label,
            rows=tuple(taking.rows),
            unknown_codes=tuple((code, *found) for code, found in sorted(taking.unknown.items())),
            too_old=taking.too_old,
            problems=reading.problems(),
        )


def _find_registers(reading: Reading, name: str) -> Heading:
    heading = reading.find_heading(name, FIELDS, within=_HEADING_WITHIN)
    there = heading.columns.keys() if heading else set()
    shown = reading.files.shown(name)
    if heading is None or "date" not in there:
        raise RosterRefused(f"{shown} has no line of headings with a date, such as UPN, Date, AM, PM.")
    if not there & _IDS.keys():
        raise RosterRefused(
            f"{shown} has no column to recognise children by: a UPN, an admission number or a username, as in the "
            "roster. Nobody is recognised by name alone."
        )
    if not (there & {"am", "pm"} or {"half", "mark"} <= there):
        raise RosterRefused(
            f"{shown} has no columns AM and PM with the register's marks, and no columns Session and Mark."
        )
    return heading


@dataclass
class _Taking:
    """Takes rows; what cannot be used becomes a problem of the reading."""

    reading: Reading
    today: date
    oldest: date
    rows: list[ReadRow] = field(default_factory=list)
    unknown: dict[str, tuple[int, str, int]] = field(default_factory=dict)
    too_old: int = 0

    def read(self, heading: Heading) -> None:
        """Take every row of one file."""
        for row in self.reading.rows(heading):
            try:
                taken = self._take(row)
            except _Unusable as unusable:
                self.reading.problem(row.file, row.line, str(unusable))
            else:
                self.rows.extend([taken] if taken else [])

    def _take(self, row: Row) -> ReadRow | None:
        ids = _ids_of(row)
        if not ids:
            raise _Unusable("There is no UPN, admission number or username to recognise the child by.")
        day = read_day(row.get("date"))
        if day is None:
            raise _Unusable(f"{row.get('date')[:40]!r} is not a date such as 20/11/2026 or 2026-11-20.")
        if day > self.today:
            raise _Unusable(f"{day:%d/%m/%Y} is still to come.")
        if day < self.oldest:
            self.too_old += 1
            return None
        morning, afternoon = self._halves(row)
        if morning is None and afternoon is None:
            return None
        return ReadRow(ids, _called(row), day, morning, afternoon, row.file, row.line)

    def _halves(self, row: Row) -> tuple[bool | None, bool | None]:
        half, mark = row.get("half"), row.get("mark")
        if not (half and mark):
            return self._here(row, row.get("am")), self._here(row, row.get("pm"))
        is_morning, is_afternoon = bool(_MORNING.search(half)), bool(_AFTERNOON.search(half))
        if is_morning == is_afternoon:
            raise _Unusable(f"{half[:40]!r} is neither morning (AM) nor afternoon (PM).")
        here = self._here(row, mark)
        return (here, None) if is_morning else (None, here)

    def _here(self, row: Row, mark: str) -> bool | None:
        try:
            return was_here(mark)
        except UnknownCode:
            code = mark[:20]
            number, file, line = self.unknown.get(code, (0, row.file, row.line))
            self.unknown[code] = (number + 1, file, line)
            return None


class _Unusable(Exception):
    """A row that cannot be used; the message is a sentence saying why."""


def _ids_of(row: Row) -> tuple[tuple[str, str], ...]:
    found: dict[str, str] = {}
    for name, kind in _IDS.items():
        value = read_upn(row.get(name)) if name == "upn" else row.get(name)
        if value:
            found.setdefault(kind, value)
    return tuple(found.items())


def _called(row: Row) -> str:
    return (row.get("name") or f"{row.get('given')} {row.get('family')}").strip()[:80]


def read_day(text: str) -> date | None:
    """A date as English schools' systems write it, the day before the month; nothing when it is none.

    "20/11/2026", "20.11.26", "2026-11-20", "20261120", "20-Nov-2026", "Friday 20 November 2026", each also with a
    time of day behind it.
    """
    text = text.strip()
    if found := re.match(r"(\d{4})-?(\d{2})-?(\d{2})(?!\d)", text):
        return _day(found[1], found[2], found[3])
    if found := re.match(r"(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4}|\d{2})(?!\d)", text):
        return _day(found[3], found[2], found[1])
    if found := _WRITTEN_OUT.match(text):
        month = found[2][:3].lower()
        return _day(found[3], str(_MONTHS.index(month) + 1), found[1]) if month in _MONTHS else None
    return None


def _day(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year) + (2000 if len(year) == 2 else 0), int(month), int(day))
    except ValueError:
        return None
