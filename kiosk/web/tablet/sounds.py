"""Recorded words and names, for tablets that have no voice for a child's language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from flask import Response, jsonify, request
from flask.typing import ResponseReturnValue

from kiosk.audit import record
from kiosk.db import writing
from kiosk.feelings.store import current_scale
from kiosk.people.store import TabletPupil, tablet_roster
from kiosk.school.calendar import parse_hours
from kiosk.school.languages import LANGUAGES, SOURCE
from kiosk.school.store import settings
from kiosk.voices.sayings import EVERY_LANGUAGE, is_sayable, of_a_child, of_the_school, of_times
from kiosk.voices.store import NoSuchRecording, TabletSound, sound_on_tablet, sounds_for
from kiosk.web.access import actor, allow_tablet, paired_tablet
from kiosk.web.catalogues import TABLET, phrases
from kiosk.web.tablet import blueprint

NO_SUCH_SOUND = "There is no such recording for this tablet."
FOR_EVER = "private, max-age=31536000, immutable"
"""A sound's address is made from its content."""


@blueprint.get("/tablet/sounds")
@allow_tablet
def sounds() -> ResponseReturnValue:
    """What is recorded for this tablet, by the words that its screens show: fetch what is not there yet."""
    tablet = paired_tablet()
    pupils = tablet_roster(tablet)
    languages = _languages(pupils)
    found = list(_shown(sounds_for(tablet, languages), pupils, languages))
    answer = jsonify(sounds=found)
    answer.headers["Cache-Control"] = "private, no-cache"
    answer.add_etag()
    answer.make_conditional(request)
    if answer.status_code == 200:
        with writing():
            record("sounds_sent", actor(), sounds=len(found))
    return answer


@blueprint.get("/tablet/sounds/<digest>")
@allow_tablet
def sound(digest: str) -> ResponseReturnValue:
    """One recording."""
    try:
        content, media_type = sound_on_tablet(digest, paired_tablet())
    except NoSuchRecording:
        return jsonify(error=NO_SUCH_SOUND), 404
    return Response(content, mimetype=media_type, headers={"Cache-Control": FOR_EVER})


def _languages(pupils: Iterable[TabletPupil]) -> set[str]:
    theirs = {pupil.tablet.language for pupil in pupils if pupil.tablet.language}
    return theirs | {SOURCE, settings()["tablet_language"]}


def _shown(
    kept: Iterable[TabletSound], pupils: Iterable[TabletPupil], languages: Iterable[str]
) -> Iterator[dict[str, str]]:
    """Each recording with the words as a screen shows them now; what was recorded for other words is left out."""
    names = _names(pupils)
    steps = {f"step:{hard}": word for hard, word in enumerate(current_scale().words, start=1)}
    said = {code: steps | _phrases(code) | _times(code) for code in languages if code in LANGUAGES}
    for one in kept:
        is_name = one.language == EVERY_LANGUAGE
        words = names.get(one.about) if is_name else said.get(one.language, {}).get(one.about)
        if words is not None and (is_name or words == one.words):
            yield {"language": one.language, "words": words, "sound": one.digest}


def _names(pupils: Iterable[TabletPupil]) -> dict[str, str]:
    """Whom and what this tablet names: pupils with their own words, their High 5 with their places, classes."""
    pupils = list(pupils)
    adults = [adult for pupil in pupils for adult in pupil.high5]
    school = settings()
    places = [school["safe_space_name"], school["help_place"], *(adult.place or "" for adult in adults)]
    own = [saying for pupil in pupils for saying in of_a_child(pupil.id, pupil.tablet)]
    words = own + of_the_school([*places, *(pupil.class_name for pupil in pupils)])
    return {
        **{f"pupil:{pupil.id}": pupil.name for pupil in pupils},
        **{f"adult:{adult.id}": adult.called for adult in adults},
        **{saying.about: saying.words for saying in words},
    }


def _phrases(code: str) -> dict[str, str]:
    return {f"phrase:{english}": said for english, said in phrases(TABLET, code) if is_sayable(said)}


def _times(code: str) -> dict[str, str]:
    return {saying.about: saying.words for saying in of_times(code, *parse_hours(settings()["school_hours"]))}
