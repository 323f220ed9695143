"""Who was in school during the demo's term, brought in as a school's own registers are."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from kiosk.audit import KEYBOARD
from kiosk.demo.hazelwood import STORIES, DemoPupil
from kiosk.demo.moods import SASHA_CAME, LivedCheckIn
from kiosk.people.attendance.plan import plan_attendance
from kiosk.people.attendance.reading import read_registers
from kiosk.people.attendance.store import pupils_by_mark, write_attendance

HEADINGS = ("Admission number", "Date", "AM", "PM")
_AWAY_WHEN_NOT_HEARD = 0.38
"""How often a child who says nothing on a day is not in school: about one in twenty children is away on a day."""
_GOES_HOME = 0.012
_LATE = 0.03
_SILENT_CHILD_AWAY = (3, 6)
"""So many school days ago the child who goes silent was ill: on all others she was here, and said nothing."""


def keep_registers(
    seed: int, pupils: Sequence[DemoPupil], check_ins: Sequence[LivedCheckIn], days: Sequence[date]
) -> None:
    """Bring in the registers of every school day but today's, which is not exported yet.

    Args:
        seed: the demo's.
        pupils: the children.
        check_ins: what they said, so that nobody is away who did.
        days: the school days, oldest first; the last is today.
    """
    with TemporaryDirectory() as folder:
        file = Path(folder) / "registers.csv"
        with file.open("w", encoding="utf-8", newline="") as opened:
            csv.writer(opened).writerows([HEADINGS, *registers(seed, pupils, check_ins, days)])
        read = read_registers(file, today=days[-1], oldest=days[0])
    write_attendance(plan_attendance(read, pupils_by_mark(), {}), days[0], KEYBOARD)


def registers(
    seed: int, pupils: Sequence[DemoPupil], check_ins: Sequence[LivedCheckIn], days: Sequence[date]
) -> Iterator[tuple[str, str, str, str]]:
    """A row for each child and day, as a register has it."""
    heard = {(check_in.pupil_id, check_in.school_day) for check_in in check_ins}
    past = days[:-1]
    for pupil in pupils:
        rng = Random(f"{seed}/register/{pupil.source_id}")
        story = STORIES.get(pupil.source_id)
        was_away = False
        for ago, day in zip(range(len(past), 0, -1), past, strict=True):
            if story == "settling_in" and ago >= SASHA_CAME:
                continue
            was_away = (pupil.id, day) not in heard and _is_away(rng, story, ago, was_away)
            morning, afternoon = ("I", "I") if was_away else _here(rng, said_something=(pupil.id, day) in heard)
            yield pupil.source_id, f"{day:%d/%m/%Y}", morning, afternoon


def _is_away(rng: Random, story: str | None, ago: int, was_away: bool) -> bool:
    """An illness lasts: who was away yesterday and is not heard today is most likely still away."""
    if story == "going_silent":
        return ago in _SILENT_CHILD_AWAY
    return rng.random() < (0.7 if was_away else _AWAY_WHEN_NOT_HEARD)


def _here(rng: Random, *, said_something: bool) -> tuple[str, str]:
    morning = "L" if rng.random() < _LATE else "/"
    return morning, "M" if rng.random() < _GOES_HOME and not said_something else "\\"
