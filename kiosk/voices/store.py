"""Recordings: every SQL statement about them.

A child's name is heard by those who may choose their High 5, and on tablets that show the child.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from sqlalchemy import ColumnElement, and_, delete, or_, select
from sqlalchemy.orm import undefer

from kiosk.audit import Actor, record
from kiosk.db import db, utc_now, writing
from kiosk.people.high5 import Chooser, NoSuchPupil, pupil_to_choose_for
from kiosk.people.leaving import works_here
from kiosk.people.models import Adult, High5, Pupil
from kiosk.people.store import on_this_tablet
from kiosk.people.tablets import PairedTablet
from kiosk.voices.models import Recording
from kiosk.voices.rules import check_sound
from kiosk.voices.sayings import EVERY_LANGUAGE, Saying

LENT_BY_MOST = 80


class NoSuchRecording(Exception):
    """None of this number, or not for this asker."""


@dataclass(frozen=True)
class Kept:
    """A recording, without its sound."""

    id: int
    language: str
    about: str
    words: str
    lent_by: str
    recorded_at: datetime
    digest: str
    pupil_id: int | None
    """Whose name or own words it says, if a child's: then not for everybody."""


@dataclass(frozen=True)
class TabletSound:
    """What a tablet can play for some words."""

    language: str
    about: str
    words: str
    digest: str


def keep_recording(saying: Saying, sound: bytes, lent_by: str, who: Chooser, by: Actor) -> int:
    """Keep a recording in place of the one there was; its id.

    Raises:
        SoundRefused: it cannot be kept.
        NoSuchPupil: the name of a child who is not the asker's.
    """
    kind = check_sound(sound)
    _may_hear(saying.pupil_id, who)
    with writing() as session:
        session.execute(
            delete(Recording).where(Recording.language == saying.language, Recording.about == saying.about)
        )
        kept = Recording(
            language=saying.language,
            about=saying.about,
            words=saying.words,
            pupil_id=saying.pupil_id,
            adult_id=saying.adult_id,
            sound=sound,
            media_type=kind,
            digest=sha256(sound).hexdigest(),
            lent_by=lent_by,
            recorded_by_id=who.adult_id,
            recorded_at=utc_now(),
        )
        session.add(kept)
        session.flush()
        record("recording_kept", by, pupil=saying.pupil_id, recording=kept.id, language=saying.language)
    return kept.id


def recordings(language: str) -> dict[str, Kept]:
    """What is recorded in a language (names: ``*``), by what it is about. Show only what the asker may see."""
    found = db.session.scalars(
        select(Recording).where(Recording.language == language).order_by(Recording.about, Recording.id)
    )
    return {one.about: _kept(one) for one in found}


def sound_to_hear(recording_id: int | None, who: Chooser) -> tuple[bytes, str]:
    """A recording's sound and its media type.

    Raises:
        NoSuchRecording: there is none, or it is the name of a child who is not the asker's.
    """
    found = _load(recording_id, who)
    return found.sound, found.media_type


def remove_recording(recording_id: int | None, who: Chooser, by: Actor) -> Kept:
    """Take a recording away for good; what it was.

    Raises:
        NoSuchRecording: there is none, or it is the name of a child who is not the asker's.
    """
    found = _load(recording_id, who)
    kept = _kept(found)
    with writing() as session:
        session.execute(delete(Recording).where(Recording.id == found.id))
        record("recording_removed", by, pupil=found.pupil_id, recording=found.id, language=found.language)
    return kept


def sounds_for(tablet: PairedTablet, languages: Iterable[str]) -> list[TabletSound]:
    """What a tablet needs: phrases in these languages, and the names of its pupils and of their High 5."""
    rows = db.session.execute(
        select(Recording.language, Recording.about, Recording.words, Recording.digest)
        .where(_on_tablet(), or_(Recording.language == EVERY_LANGUAGE, Recording.language.in_(sorted(languages))))
        .order_by(Recording.language, Recording.about),
        {"tablet_id": tablet.id, "all_classes": tablet.all_classes},
    )
    return [TabletSound(row.language, row.about, row.words, row.digest) for row in rows]


def sound_on_tablet(digest: str, tablet: PairedTablet) -> tuple[bytes, str]:
    """A sound by its digest.

    Raises:
        NoSuchRecording: there is none, or only as the name of somebody who is not on this tablet.
    """
    found = db.session.execute(
        select(Recording.sound, Recording.media_type).where(_on_tablet(), Recording.digest == digest).limit(1),
        {"tablet_id": tablet.id, "all_classes": tablet.all_classes},
    ).first()
    if found is None:
        raise NoSuchRecording
    return found.sound, found.media_type


def adults_to_name() -> list[tuple[int, str]]:
    """The adults who work here, by what the children call them."""
    found = db.session.execute(select(Adult.id, Adult.called).where(works_here()).order_by(Adult.called, Adult.id))
    return [(row.id, row.called) for row in found]


def places_to_name() -> list[str]:
    """Where the adults who work here are found, each place once."""
    found = db.session.scalars(select(Adult.place).where(works_here(), Adult.place != "").distinct())
    return sorted(filter(None, found), key=str.casefold)


def _on_tablet() -> ColumnElement[bool]:
    """The scope of a tablet: phrases, the names of its pupils, and those of their High 5."""
    theirs = select(Pupil.id).where(on_this_tablet())
    trusted = select(High5.adult_id).where(High5.pupil_id.in_(theirs))
    is_phrase = and_(Recording.pupil_id.is_(None), Recording.adult_id.is_(None))
    return or_(is_phrase, Recording.pupil_id.in_(theirs), Recording.adult_id.in_(trusted))


def _load(recording_id: int | None, who: Chooser) -> Recording:
    found = db.session.get(Recording, recording_id, options=[undefer(Recording.sound)]) if recording_id else None
    if found is None:
        raise NoSuchRecording
    try:
        _may_hear(found.pupil_id, who)
    except NoSuchPupil:
        raise NoSuchRecording from None
    return found


def _may_hear(pupil_id: int | None, who: Chooser) -> None:
    if pupil_id is not None:
        pupil_to_choose_for(pupil_id, who)


def _kept(found: Recording) -> Kept:
    return Kept(
        found.id,
        found.language,
        found.about,
        found.words,
        found.lent_by,
        found.recorded_at,
        found.digest,
        found.pupil_id,
    )
