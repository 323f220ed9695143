"""Scripts: what every adult says and does with a child. Each is a new version; none is ever overwritten."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from kiosk.audit import record
from kiosk.db import db, utc_now, writing
from kiosk.minding.models import Script
from kiosk.minding.rules import ScriptEntry, check_script
from kiosk.people.models import Adult, Pupil
from kiosk.people.near import NearAdult, must_be_near


class SomebodyWroteMeanwhile(Exception):
    """The script has a newer version than the one its writer saw; ``newest`` is it. Nothing was kept."""

    def __init__(self, newest: WrittenScript) -> None:
        super().__init__("Somebody else has written this script meanwhile.")
        self.newest = newest


@dataclass(frozen=True)
class WrittenScript:
    """One version of a child's script."""

    pupil_id: int
    version: int
    entry: ScriptEntry
    written_by: str
    """What the children call whoever wrote it."""
    written_at: datetime

    def for_intensity(self, intensity: int) -> str | None:
        """What helps at an intensity from 1 (calm) to 5 (hardest); nothing when the plan does not say."""
        return self.entry.plan.get(str(intensity)) or None


def script_of(pupil_id: int) -> WrittenScript | None:
    """The script that counts for a pupil, for a caller that has the pupil in its own scope."""
    return scripts_of([pupil_id]).get(pupil_id)


def scripts_of(pupil_ids: Collection[int]) -> dict[int, WrittenScript]:
    """The newest script of each pupil who has one, for a caller that has these pupils in its own scope."""
    newest = (
        select(Script.pupil_id, func.max(Script.version).label("version"))
        .where(Script.pupil_id.in_(pupil_ids))
        .group_by(Script.pupil_id)
        .subquery()
    )
    rows = db.session.execute(
        _SCRIPTS.join(
            newest, (newest.c.pupil_id == Script.pupil_id) & (newest.c.version == Script.version)
        ).order_by(Script.pupil_id)
    )
    return {script.pupil_id: _written(script, called) for script, called in rows}


def versions(pupil_id: int, asker: NearAdult) -> list[WrittenScript]:
    """Every version of a pupil's script, the newest first.

    Raises:
        NoSuchPupil: there is none, or not for this asker.
    """
    must_be_near(asker, pupil_id)
    rows = db.session.execute(_SCRIPTS.where(Script.pupil_id == pupil_id).order_by(Script.version.desc()))
    return [_written(script, called) for script, called in rows]


def write_script(pupil_id: int, entry: ScriptEntry, asker: NearAdult, *, seen_version: int) -> WrittenScript:
    """Write a new version of a pupil's script.

    Args:
        pupil_id: the pupil.
        entry: what is written.
        asker: who writes.
        seen_version: the version the writer had before their eyes; 0 when there was none.

    Raises:
        NoSuchPupil: there is none, or not for this asker.
        WordsRefused: it cannot be kept as it is.
        SomebodyWroteMeanwhile: there is a newer version than the one the writer saw.
    """
    with writing() as session:
        must_be_near(asker, pupil_id)
        # Two adults who press Save in the same moment wait for each other here: one of them is then told.
        session.execute(select(Pupil.id).where(Pupil.id == pupil_id).with_for_update(key_share=True))
        newest = script_of(pupil_id)
        if newest is not None and newest.version != seen_version:
            raise SomebodyWroteMeanwhile(newest)
        written = check_script(entry)
        version = newest.version + 1 if newest else 1
        session.add(
            Script(
                pupil_id=pupil_id,
                version=version,
                shows=written.shows,
                helps=written.helps,
                say=written.say,
                avoid=written.avoid,
                likes=written.likes,
                plan=dict(written.plan),
                written_by_id=asker.adult_id,
                written_at=utc_now(),
                review_on=written.review_on,
            )
        )
        session.flush()
        record("script_written", asker.actor, pupil=pupil_id, version=version)
        kept = script_of(pupil_id)
        assert kept is not None
        return kept


_SCRIPTS = select(Script, Adult.called).join(Adult, Adult.id == Script.written_by_id)


def _written(script: Script, called: str) -> WrittenScript:
    entry = ScriptEntry(
        script.shows,
        script.helps,
        script.say,
        script.avoid,
        script.likes,
        {step: words for step, words in sorted(script.plan.items()) if words},
        script.review_on,
    )
    return WrittenScript(script.pupil_id, script.version, entry, called, script.written_at)
