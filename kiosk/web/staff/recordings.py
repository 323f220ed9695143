"""Recordings: words and names in a voice that children know, where a tablet has none for their language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from flask import Response, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from kiosk.audit import record as record_event
from kiosk.db import writing
from kiosk.feelings.rules import FIRST_WORDS
from kiosk.feelings.store import current_scale
from kiosk.people.childs_tablet import set_ups
from kiosk.people.high5 import ClassHigh5s, NoSuchPupil, classes_to_choose_for
from kiosk.people.rules import read_id
from kiosk.school.calendar import parse_hours
from kiosk.school.languages import LANGUAGES, Language
from kiosk.school.store import settings
from kiosk.voices.rules import LARGEST, LONGEST_SECONDS, SoundRefused
from kiosk.voices.sayings import EVERY_LANGUAGE, Saying, is_sayable, of_a_child, of_the_school, of_times
from kiosk.voices.store import (
    LENT_BY_MOST,
    Kept,
    NoSuchRecording,
    adults_to_name,
    keep_recording,
    places_to_name,
    recordings,
    remove_recording,
    sound_to_hear,
)
from kiosk.web.access import actor, allow
from kiosk.web.catalogues import TABLET, phrases, templates_of
from kiosk.web.languages import _, flash
from kiosk.web.staff import blueprint
from kiosk.web.staff.high5 import WHO_CHOOSES, chooser
from kiosk.wording import N_, Sentence

NAMES = "names"
HEARD_MOST = frozenset({"how.html", "talk.html", "ask.html", "waiting.html", "statuses.html"})
"""The screens of every check-in and every request."""
WHOSE_MISSING = Sentence("Write whose voice it is, in at most %(most)s letters.", most=LENT_BY_MOST)
DAYS = frozenset({"days.html"})
"""The days of the week, which are said before times."""
HOW_TO_SAY = N_(
    "The steps, the questions, the answers. A word in braces such as {adult} is a name, a place or a time: leave "
    "it out, the tablet says it after the phrase."
)
HOW_TO_SAY_TIMES = N_(
    "For 10:30 the tablet says 10: and then :30. Say the hour alone, and the minutes as they follow it."
)
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


@dataclass(frozen=True)
class Section:
    """Some of what can be recorded, under a heading."""

    title: str
    rows: Sequence[Row]
    hint: str = ""
    is_folded: bool = False
    """Whether it is opened only by those who want to do more."""
    is_name: bool = False
    """Whether the title is what the school calls something, and so is never translated."""


@blueprint.get("/recordings/")
@allow(*WHO_CHOOSES)
def recordings_index() -> ResponseReturnValue:
    """Every language with how much of it is recorded."""
    counts = {code: len(recordings(code)) for code in LANGUAGES}
    return render_template("staff/recordings/index.html", languages=LANGUAGES.values(), counts=counts)


@blueprint.get("/recordings/<part>")
@allow(*WHO_CHOOSES)
def recordings_in(part: str) -> ResponseReturnValue:
    """Every phrase of a language, or every name, with who lent a voice for it: what is heard most comes first."""
    language = _language(part)
    kept = recordings(EVERY_LANGUAGE if language is None else language.code)
    sections = [one for one in _sections(language, kept) if one.rows]
    return render_template(
        "staff/recordings/list.html",
        part=part,
        language=language,
        sections=sections,
        left_over=_left_over(sections, kept.values()),
    )


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
    """Everything of a part that can be recorded, by its name in the address, in the order of its sections."""
    language = _language(part)
    kept = recordings(EVERY_LANGUAGE if language is None else language.code)
    return {row.name: row for section in _sections(language, kept) for row in section.rows}


def _sections(language: Language | None, kept: Mapping[str, Kept]) -> list[Section]:
    return _names(kept) if language is None else _phrases(language.code, kept)


def _phrases(code: str, kept: Mapping[str, Kept]) -> list[Section]:
    """The phrases of a language that have words in it; of the steps the school's own words too."""
    where, words_of_steps = templates_of(TABLET), current_scale().words
    first = _steps(code, kept)
    days: list[Row] = []
    seldom: list[Row] = []
    for english, said in phrases(TABLET, code):
        if is_sayable(said):
            is_heard_most = HEARD_MOST & where[english] or english in words_of_steps
            saying = Saying(code, f"phrase:{english}", said)
            row = _to_say(_address("phrase", english), saying, kept, english)
            (days if where[english] == DAYS else first if is_heard_most else seldom).append(row)
    times = of_times(code, *parse_hours(settings()["school_hours"]))
    said_at = [_to_say(one.about.replace(":", "-"), one, kept) for one in times]
    return [
        Section(N_("Heard most"), sorted(first, key=lambda row: row.english not in words_of_steps), HOW_TO_SAY),
        Section(N_("Days and times"), days + said_at, HOW_TO_SAY_TIMES),
        Section(N_("Everything else"), seldom, is_folded=True),
    ]


def _steps(code: str, kept: Mapping[str, Kept]) -> list[Row]:
    """Words of steps that the school wrote itself."""
    words = zip(current_scale().words, FIRST_WORDS, strict=True)
    own = [(hard, word) for hard, (word, first) in enumerate(words, start=1) if word != first]
    return [_to_say(f"step-{hard}", Saying(code, f"step:{hard}", word), kept, word) for hard, word in own]


def _names(kept: Mapping[str, Kept]) -> list[Section]:
    """The adults, what the school calls its own, and the children for whom this person may choose.

    Showing the children is a look, which is recorded.
    """
    classes = classes_to_choose_for(chooser())
    with writing():
        record_event("recordings_seen", actor(), classes=[one.name for one in classes])
    adults = [
        _to_say(f"adult-{number}", Saying(EVERY_LANGUAGE, f"adult:{number}", called, adult_id=number), kept)
        for number, called in adults_to_name()
    ]
    school = settings()
    places = [school["safe_space_name"], school["help_place"], *places_to_name(), *(one.name for one in classes)]
    return [
        Section(N_("Adults"), adults),
        Section(
            N_("Places and classes"),
            [_to_say(_address("words", one.words), one, kept) for one in of_the_school(places)],
        ),
        *(_class(one, kept) for one in classes),
    ]


def _class(one: ClassHigh5s, kept: Mapping[str, Kept]) -> Section:
    """The names of a class, each followed by the child's own words for steps and on cards."""
    tablets = set_ups([pupil.id for pupil in one.pupils])
    rows = []
    for pupil in one.pupils:
        name = Saying(EVERY_LANGUAGE, f"pupil:{pupil.id}", pupil.name, pupil_id=pupil.id)
        rows.append(_to_say(f"pupil-{pupil.id}", name, kept, one.name))
        for saying in of_a_child(pupil.id, tablets[pupil.id].tablet):
            rows.append(_to_say(_address(f"own-{pupil.id}", saying.words), saying, kept, pupil.name))
    return Section(one.name or N_("No class"), rows, is_name=bool(one.name))


def _to_say(name: str, saying: Saying, kept: Mapping[str, Kept], english: str = "") -> Row:
    return Row(name, saying, english, kept.get(saying.about))


def _address(kind: str, words: str) -> str:
    return f"{kind}-{sha256(words.encode()).hexdigest()[:12]}"


def _left_over(sections: Iterable[Section], kept: Iterable[Kept]) -> list[Kept]:
    """What was recorded for something that is no more, to be removed; a child's only where the child is theirs."""
    rows = [row.saying for section in sections for row in section.rows]
    used, pupils = {saying.about for saying in rows}, {saying.pupil_id for saying in rows}
    return [one for one in kept if one.about not in used and (one.pupil_id is None or one.pupil_id in pupils)]
