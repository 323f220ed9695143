"""Recordings are kept, replaced and removed; a child's name is heard by those who may choose for the child."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256

import pytest
from flask import Flask
from sqlalchemy import delete, select

from kiosk.audit import KEYBOARD, AuditEvent
from kiosk.db import db, writing
from kiosk.people.high5 import Chooser, NoSuchPupil
from kiosk.people.models import Pupil, Teaching
from kiosk.people.tablets import PairedTablet
from kiosk.voices.models import Recording
from kiosk.voices.rules import SoundRefused
from kiosk.voices.sayings import EVERY_LANGUAGE, Saying
from kiosk.voices.store import (
    NoSuchRecording,
    keep_recording,
    recordings,
    remove_recording,
    sound_on_tablet,
    sound_to_hear,
    sounds_for,
)
from tests.cast import School
from tests.sounds import ogg, webm

YES = Saying("ur", "phrase:Yes", "ہاں")
OAK, BIRCH = PairedTablet(1, "Oak tablet", all_classes=False), PairedTablet(2, "Birch tablet", all_classes=False)


@pytest.fixture
def novak(app: Flask, school: School) -> Iterator[Chooser]:
    """Ms Novak, who may choose for every child."""
    with app.app_context():
        yield Chooser(school.adults["novak"], every_class=True)


def of_a_child(school: School, name: str) -> Saying:
    number = school.pupils[name]
    return Saying(EVERY_LANGUAGE, f"pupil:{number}", name.title(), pupil_id=number)


def test_a_recording_says_whose_voice_it_is_and_is_heard_as_it_was(novak: Chooser) -> None:
    number = keep_recording(YES, webm(), "Mrs Khan", novak, KEYBOARD)
    assert sound_to_hear(number, novak) == (webm(), "audio/webm")
    kept = recordings("ur")["phrase:Yes"]
    assert (kept.id, kept.words, kept.lent_by, kept.digest) == (
        number,
        "ہاں",
        "Mrs Khan",
        sha256(webm()).hexdigest(),
    )
    assert recordings("ar") == {}


def test_a_new_one_takes_the_place_of_the_old(novak: Chooser) -> None:
    old = keep_recording(YES, webm(), "Mrs Khan", novak, KEYBOARD)
    new = keep_recording(YES, ogg(), "Mr Khan", novak, KEYBOARD)
    assert [one.lent_by for one in recordings("ur").values()] == ["Mr Khan"]
    assert sound_to_hear(new, novak)[1] == "audio/ogg"
    if old != new:
        with pytest.raises(NoSuchRecording):
            sound_to_hear(old, novak)


def test_removing_leaves_nothing_but_the_record_that_it_was(novak: Chooser) -> None:
    number = keep_recording(YES, webm(), "Mrs Khan", novak, KEYBOARD)
    remove_recording(number, novak, KEYBOARD)
    assert db.session.scalars(select(Recording)).all() == []
    events = db.session.execute(select(AuditEvent.name, AuditEvent.details).order_by(AuditEvent.id)).all()
    details = {"recording": number, "language": "ur"}
    assert [tuple(one) for one in events[-2:]] == [("recording_kept", details), ("recording_removed", details)]
    with pytest.raises(NoSuchRecording):
        remove_recording(number, novak, KEYBOARD)


def test_what_is_no_sound_is_not_kept(novak: Chooser) -> None:
    with pytest.raises(SoundRefused):
        keep_recording(YES, b"<html>", "Mrs Khan", novak, KEYBOARD)
    assert recordings("ur") == {}


def test_a_childs_name_is_for_those_who_may_choose_for_the_child(novak: Chooser, school: School) -> None:
    number = keep_recording(of_a_child(school, "amir"), webm(), "Mrs Ali", novak, KEYBOARD)
    with writing() as session:
        session.add(Teaching(adult_id=school.adults["ali"], class_id=school.classes["oak"]))
    ali = Chooser(school.adults["ali"], every_class=False)
    shah = Chooser(school.adults["shah"], every_class=False)
    assert sound_to_hear(number, ali)[0] == webm()
    for work in (lambda: sound_to_hear(number, shah), lambda: remove_recording(number, shah, KEYBOARD)):
        with pytest.raises(NoSuchRecording):
            work()
    with pytest.raises(NoSuchPupil):
        keep_recording(of_a_child(school, "amir"), webm(), "Mr Shah", shah, KEYBOARD)
    for nothing in (None, 0, 99_999):
        with pytest.raises(NoSuchRecording):
            sound_to_hear(nothing, novak)


def test_a_tablet_is_told_of_its_own_childrens_names_and_of_phrases_in_their_languages(
    novak: Chooser, school: School
) -> None:
    keep_recording(YES, webm(1), "Mrs Khan", novak, KEYBOARD)
    keep_recording(of_a_child(school, "amir"), webm(2), "Mrs Ali", novak, KEYBOARD)
    keep_recording(of_a_child(school, "tomi"), webm(3), "Mrs Ali", novak, KEYBOARD)
    shah = Saying(EVERY_LANGUAGE, f"adult:{school.adults['shah']}", "Mr Shah", adult_id=school.adults["shah"])
    keep_recording(shah, webm(4), "Mr Shah", novak, KEYBOARD)
    ali = Saying(EVERY_LANGUAGE, f"adult:{school.adults['ali']}", "Mrs Ali", adult_id=school.adults["ali"])
    keep_recording(ali, webm(5), "Mrs Ali", novak, KEYBOARD)
    assert {one.words for one in sounds_for(OAK, {"en", "ur"})} == {"ہاں", "Amir", "Mrs Ali"}
    assert {one.words for one in sounds_for(OAK, {"en"})} == {"Amir", "Mrs Ali"}
    assert {one.words for one in sounds_for(BIRCH, {"ur"})} >= {"ہاں", "Tomi"}
    tomi = sha256(webm(3)).hexdigest()
    assert sound_on_tablet(tomi, BIRCH)[0] == webm(3)
    with pytest.raises(NoSuchRecording):
        sound_on_tablet(tomi, OAK)


def test_a_childs_recording_goes_with_the_child(novak: Chooser, school: School) -> None:
    keep_recording(of_a_child(school, "zofia"), webm(), "Mrs Ali", novak, KEYBOARD)
    with writing() as session:
        session.execute(delete(Pupil).where(Pupil.id == school.pupils["zofia"]))
    assert recordings(EVERY_LANGUAGE) == {}
