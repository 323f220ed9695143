"""Recordings: words and names in a voice that children know, where a tablet has none for their language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256

from flask import Response, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from kiosk.audit import record as record_event
from kiosk.db import writing
from kiosk.feelings.rules import FIRST_WORDS
from kiosk.feelings.store import current_scale
from kiosk.people.high5 import NoSuchPupil, classes_to_choose_for
from kiosk.people.rules import read_id
from kiosk.school.languages import LANGUAGES, Language
from kiosk.voices.rules import LARGEST, LONGEST_SECONDS, SoundRefused
from kiosk.voices.store import (
    EVERY_LANGUAGE,
    LENT_BY_MOST,
    Kept,
    NoSuchRecording,
    Saying,
    adults_to_name,
    keep_recording,
    recordings,
    remove_recording,
    sound_to_hear,
)
from kiosk.web.access import actor, allow
from kiosk.web.catalogues import TABLET, phrases
from kiosk.web.languages import _, flash
from kiosk.web.staff import blueprint
from kiosk.web.staff.high5 import WHO_CHOOSES, chooser
from kiosk.wording import N_, Sentence

NAMES = "names"
WHOSE_MISSING = Sentence("Write whose voice it is, in at most %(most)s letters.", most=LENT_BY_MOST)
NOT_AGREED = N_("A voice can only be kept when the person it belongs to agrees.")


@dataclass(frozen=True)
class Row:
    """Something to be said, and its recording if there is one."""

    name: str
    """Its place in the address."""
    saying: Saying
    english: str
    kept: Kept | None

    @property
    def is_stale(self) -> bool:
        """Whether other words stand on the screen now, so that tablets do not play it."""
        is_name = self.saying.language == EVERY_LANGUAGE
        return self.kept is not None and not is_name and self.kept.words != self.saying.words


@blueprint.get("/recordings/")
@allow(*WHO_CHOOSES)
def recordings_index() -> ResponseReturnValue:
    """Every language with how much of it is recorded."""
    counts = {code: len(recordings(code)) for code in LANGUAGES}
    return render_template("staff/recordings/index.html", languages=LANGUAGES.values(), counts=counts)


@blueprint.get("/recordings/<part>")
@allow(*WHO_CHOOSES)
def recordings_in(part: str) -> ResponseReturnValue:
    """Every phrase of a language, or every name, with who lent a voice for it."""
    rows = _rows(part)
    return render_template("staff/recordings/list.html", part=part, language=_language(part), rows=rows.values())


@blueprint.get("/recordings/<part>/<name>")
@allow(*WHO_CHOOSES)
def record(part: str, name: str) -> ResponseReturnValue:
    """Record one."""
    return _record_page(part, _row(part, name))


@blueprint.post("/recordings/<part>/<name>")
@allow(*WHO_CHOOSES)
def keep_recording_now(part: str, name: str) -> ResponseReturnValue:
    """Keep it; what cannot be kept comes back with the reason. Then the next that is not recorded, if wanted."""
    row = _row(part, name)
    sent = request.files.get("sound")
    lent_by = " ".join(request.form.get("lent_by", "").split())
    try:
        _check_lender(lent_by)
        keep_recording(row.saying, sent.read(LARGEST + 1) if sent else b"", lent_by, chooser(), actor())
    except SoundRefused as refused:
        return _record_page(part, row, _(refused), lent_by), 422
    except NoSuchPupil:
        abort(404)
    flash("The recording is kept. Tablets fetch it within a minute.", "done")
    after = _next_after(part, name) if "go_on" in request.form else None
    if after is None:
        return redirect(url_for("staff.recordings_in", part=part, _anchor=name), 303)
    return redirect(url_for("staff.record", part=part, name=after, lent_by=lent_by), 303)


@blueprint.get("/recorded/<recording_id>")
@allow(*WHO_CHOOSES)
def recorded_sound(recording_id: str) -> ResponseReturnValue:
    """Hear one."""
    try:
        sound, media_type = sound_to_hear(read_id(recording_id), chooser())
    except NoSuchRecording:
        abort(404)
    return Response(sound, mimetype=media_type)


@blueprint.post("/recorded/<recording_id>/remove")
@allow(*WHO_CHOOSES)
def remove_recording_now(recording_id: str) -> ResponseReturnValue:
    """Take one away for good, at once: whoever lent a voice may want it back any time."""
    try:
        removed = remove_recording(read_id(recording_id), chooser(), actor())
    except NoSuchRecording:
        abort(404)
    flash("The recording is removed. Tablets forget it within a minute.", "done")
    part = NAMES if removed.language == EVERY_LANGUAGE else removed.language
    return redirect(url_for("staff.recordings_in", part=part), 303)


def _check_lender(lent_by: str) -> None:
    if not lent_by or len(lent_by) > LENT_BY_MOST or not lent_by.isprintable():
        raise SoundRefused(WHOSE_MISSING)
    if "agreed" not in request.form:
        raise SoundRefused(NOT_AGREED)


def _record_page(part: str, row: Row, refused: str | None = None, lent_by: str | None = None) -> str:
    return render_template(
        "staff/recordings/record.html",
        part=part,
        language=_language(part),
        row=row,
        refused=refused,
        lent_by=request.args.get("lent_by", "")[:LENT_BY_MOST] if lent_by is None else lent_by,
        longest=LONGEST_SECONDS,
        largest=LARGEST,
    )


def _language(part: str) -> Language | None:
    """The language of a part; nothing for the names."""
    if part != NAMES and part not in LANGUAGES:
        abort(404)
    return LANGUAGES.get(part)


def _row(part: str, name: str) -> Row:
    found = _rows(part).get(name)
    if found is None:
        abort(404)
    return found


def _next_after(part: str, name: str) -> str | None:
    """The next that is not recorded yet, from here on and then from the beginning."""
    names = list(rows := _rows(part))
    at = names.index(name)
    return next((one for one in names[at + 1 :] + names[:at] if rows[one].kept is None), None)


def _rows(part: str) -> Mapping[str, Row]:
    """Everything of a part that can be recorded, by its name in the address."""
    language = _language(part)
    kept = recordings(EVERY_LANGUAGE if language is None else language.code)
    sayings = _names() if language is None else _phrases(language.code)
    return {name: Row(name, saying, english, kept.get(saying.about)) for name, saying, english in sayings}


def _phrases(code: str) -> list[tuple[str, Saying, str]]:
    """The phrases of a language that have words in it; of the steps those that the school wrote itself."""
    own = [
        (f"step-{hard}", Saying(code, f"step:{hard}", word), word)
        for hard, (word, first) in enumerate(zip(current_scale().words, FIRST_WORDS, strict=True), start=1)
        if word != first
    ]
    return own + [
        (f"phrase-{sha256(english.encode()).hexdigest()[:12]}", Saying(code, f"phrase:{english}", said), english)
        for english, said in phrases(TABLET, code)
        if said
    ]


def _names() -> list[tuple[str, Saying, str]]:
    """The adults, and the children for whom this person may choose; showing them is a look, which is recorded."""
    classes = classes_to_choose_for(chooser())
    with writing():
        record_event("recordings_seen", actor(), classes=[one.name for one in classes])
    adults = [
        (f"adult-{number}", Saying(EVERY_LANGUAGE, f"adult:{number}", called, adult_id=number), "")
        for number, called in adults_to_name()
    ]
    return adults + [
        (
            f"pupil-{pupil.id}",
            Saying(EVERY_LANGUAGE, f"pupil:{pupil.id}", pupil.name, pupil_id=pupil.id),
            one.name,
        )
        for one in classes
        for pupil in one.pupils
    ]
