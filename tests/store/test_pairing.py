"""A pairing code works once and for ten minutes; a revoked tablet is forgotten."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from kiosk.audit import KEYBOARD
from kiosk.db import db, utc_now
from kiosk.people import tablets
from kiosk.people.models import PairingCode, Tablet
from kiosk.people.store import tablet_roster, tablet_shows
from tests.cast import School


def test_a_code_works_once(app: Flask, school: School) -> None:
    with app.app_context():
        code = tablets.invite_tablet("Oak two", ["Oak"], KEYBOARD)
        tablet, token = tablets.pair_with_code(code.lower())
        assert tablets.recognise(token) == tablet
        with pytest.raises(tablets.CodeRefused):
            tablets.pair_with_code(code)


def test_a_code_works_for_ten_minutes(app: Flask, school: School) -> None:
    with app.app_context():
        code = tablets.invite_tablet("Oak two", ["Oak"], KEYBOARD)
        with time_machine.travel(utc_now() + timedelta(minutes=10, seconds=1)):
            assert tablets.invitation(code) is None
            with pytest.raises(tablets.CodeRefused):
                tablets.pair_with_code(code)


def test_of_two_devices_with_one_code_one_is_paired(app: Flask, school: School) -> None:
    with app.app_context():
        code = tablets.invite_tablet("Oak two", ["Oak"], KEYBOARD)
    outcomes: list[str] = []
    start = threading.Barrier(2)

    def pair() -> None:
        with app.app_context():
            start.wait(timeout=10)
            try:
                tablets.pair_with_code(code)
                outcomes.append("paired")
            except tablets.CodeRefused:
                outcomes.append("refused")

    devices = [threading.Thread(target=pair) for _ in range(2)]
    for device in devices:
        device.start()
    for device in devices:
        device.join()
    assert sorted(outcomes) == ["paired", "refused"]


def test_a_tablet_shows_its_classes_and_nobody_who_left_or_is_kept_off(app: Flask, school: School) -> None:
    with app.app_context():
        oak, _token = tablets.pair_tablet("T", ["oak"], KEYBOARD)
        every, _token = tablets.pair_tablet("T", ["all"], KEYBOARD)
        assert [p.name for p in tablet_roster(oak)] == ["Amir", "Zofia"]
        assert [(p.class_name, p.name) for p in tablet_roster(every)] == [
            ("Birch", "Tomi"),
            ("Oak", "Amir"),
            ("Oak", "Zofia"),
        ]
        assert not tablet_shows(oak, school.pupils["tomi"])
        assert tablet_shows(every, school.pupils["tomi"])


def test_a_class_that_is_not_there_is_refused_by_name(app: Flask, school: School) -> None:
    with app.app_context():
        with pytest.raises(tablets.NoSuchClass, match=r"'Elm'\. Classes: Birch, Oak"):
            tablets.invite_tablet("T", ["Oak", "Elm"], KEYBOARD)
        assert db.session.scalars(select(PairingCode)).all() == []


def test_a_revoked_tablet_is_not_believed_any_more(app: Flask, school: School) -> None:
    with app.app_context():
        tablet, token = tablets.pair_tablet("T", ["Oak"], KEYBOARD)
        assert tablets.revoke_tablet(tablet.id, KEYBOARD)
        assert tablets.recognise(token) is None
        assert not tablets.revoke_tablet(tablet.id, KEYBOARD)


def test_neither_codes_nor_tokens_are_kept_as_they_are(app: Flask, school: School) -> None:
    with app.app_context():
        code = tablets.invite_tablet("T", ["Oak"], KEYBOARD)
        hashes = [
            *db.session.scalars(select(PairingCode.code_hash)),
            *db.session.scalars(select(Tablet.token_hash)),
        ]
    assert code not in hashes
    assert school.oak_token not in hashes
    assert {len(kept) for kept in hashes} == {64}
