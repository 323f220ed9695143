"""A ring in one process is heard in another, on both kinds of database."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask

from kiosk.alerts.doorbell import Doorbell
from kiosk.alerts.listener import RingListener
from kiosk.alerts.store import revision_of, ring
from kiosk.db import db, writing
from tests.cast import School

PATIENCE_SECONDS = 20


@pytest.fixture
def elsewhere(app: Flask) -> Iterator[Doorbell]:
    """The doorbell of another process: it shares nothing with the ringing one but the database."""
    bell = Doorbell(most_listeners=1)
    with app.app_context():
        listener = RingListener(db.engine, bell)
    listener.start()
    yield bell
    listener.stop()
    assert not listener.is_alive()


def test_another_process_hears_each_ring_and_only_that_adults(
    app: Flask, school: School, elsewhere: Doorbell
) -> None:
    ali, shah = school.adults["ali"], school.adults["shah"]
    for turn in (1, 2, 3):
        with app.app_context():
            with writing():
                ring([ali])
            assert revision_of(ali) == turn
        assert elsewhere.wait(ali, turn - 1, timeout=PATIENCE_SECONDS) == turn
    assert elsewhere.wait(shah, 0, timeout=0) == 0


def test_a_process_that_starts_later_catches_up(app: Flask, school: School) -> None:
    with app.app_context():
        with writing():
            ring([school.adults["ali"]])
        bell = Doorbell(most_listeners=1)
        listener = RingListener(db.engine, bell)
    listener.start()
    assert bell.wait(school.adults["ali"], 0, timeout=PATIENCE_SECONDS) == 1
    listener.stop()
