"""From a path to a Roster: finds out which shape the files have and has them read. Pure."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from kiosk.people.roster.files import RosterFiles, open_files
from kiosk.people.roster.flat import read_flat
from kiosk.people.roster.model import Roster
from kiosk.people.roster.oneroster import read_oneroster
from kiosk.people.roster.sds_v1 import read_sds_v1
from kiosk.people.roster.tables import Reading


def read_roster(
    path: str | Path,
    *,
    school: str | None = None,
    today: date | None = None,
    progress: Callable[[str, int], None] | None = None,
) -> Roster:
    """Read a folder, a zip or one CSV file.

    Args:
        path: where it is. Files stand at the top or in one folder.
        school: name or id of the one school to take from a file of several; all of them when not given.
        today: the day to judge "has ended" by; without it no place is taken to have ended.
        progress: told a file name and the number of rows read so far, every few thousand rows.

    Raises:
        RosterRefused: it cannot be read; the message says why in a sentence.
    """
    path = Path(path)
    with open_files(path) as files:
        reading = Reading(files, progress)
        if path.is_dir() or len(files.names) > 1:
            if _is_oneroster(files):
                return read_oneroster(reading, school, today)
            if _is_sds_v1(files):
                return read_sds_v1(reading, school, today)
        return read_flat(reading, school, today)


def _is_oneroster(files: RosterFiles) -> bool:
    return files.has("users.csv") and any(
        files.has(name) for name in ("orgs.csv", "roles.csv", "classes.csv", "enrollments.csv", "enrolments.csv")
    )


def _is_sds_v1(files: RosterFiles) -> bool:
    return files.has("student.csv") and any(
        files.has(name) for name in ("section.csv", "teacher.csv", "school.csv", "studentenrollment.csv")
    )
