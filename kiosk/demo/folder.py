"""The folder a demo lives in. A mark in it says so; nothing without the mark is ever taken away."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

from sqlalchemy import make_url

from kiosk.config import Settings
from kiosk.refusal import Refusal

MARK = "demo-school.json"


class DemoRefused(Refusal):
    """There is no room for a demo here; the message is a sentence for the person who asked for one."""


def make_way(settings: Settings, today: date, *, fresh: bool = False) -> None:
    """Take an older demo out of its folder, or claim an empty folder; today's demo stays.

    Call it before the database is opened.

    Args:
        settings: where the demo lives.
        today: a demo built on another day shows an old "today" and is built anew.
        fresh: build anew in any case.

    Raises:
        DemoRefused: the folder holds a school that is not a demo. Nothing was changed.
    """
    files = _database_files(settings)
    if _mark_of(settings) is None:
        if any(file.exists() for file in files):
            raise DemoRefused(f"{settings.instance} holds a school that is not a demo. Choose another folder.")
    elif built_on(settings) == today and not fresh:
        return
    for file in files:
        file.unlink(missing_ok=True)
    _write_mark(settings, built=None)


def built_on(settings: Settings) -> date | None:
    """The day the demo in this folder was finished; nothing when there is none, or half of one."""
    mark = _mark_of(settings)
    return date.fromisoformat(mark) if mark else None


def mark_built(settings: Settings, today: date) -> None:
    """Remember that the demo is whole."""
    _write_mark(settings, built=today)


def _database_files(settings: Settings) -> list[Path]:
    """The demo's own database; one on a server is not ours to delete."""
    if not settings.on_sqlite:
        return []
    file = Path(make_url(settings.database_url).database or "")
    if not file.resolve().is_relative_to(settings.instance.resolve()):
        raise DemoRefused(f"A demo keeps its database in {settings.instance}, not in {file}.")
    return [file.with_name(file.name + ending) for ending in ("", "-wal", "-shm")]


def _mark_of(settings: Settings) -> str | None:
    """What the mark says: a date, or an empty text for a demo that was not finished."""
    mark = settings.instance / MARK
    if not mark.exists():
        return None
    try:
        return str(json.loads(mark.read_text("utf-8"))["built_on"] or "")
    except (ValueError, KeyError, TypeError):
        return ""


def _write_mark(settings: Settings, built: date | None) -> None:
    text = json.dumps({"what": "a made-up school; may be deleted", "built_on": built and built.isoformat()})
    (settings.instance / MARK).write_text(text + "\n", "utf-8")
