"""The clock passes on what nobody answers, once, however many processes run it."""

from __future__ import annotations

import threading
from collections import Counter
from datetime import date, timedelta
from uuid import UUID

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from kiosk.alerts.models import Alert
from kiosk.audit import KEYBOARD, AuditEvent
from kiosk.chats import store as chats
from kiosk.chats.models import Chat, ChatEvent
from kiosk.db import db, utc_now
from kiosk.people.rules import Presence
from kiosk.people.store import set_presence
from kiosk.people.tablets import PairedTablet
from kiosk.school.calendar import Span
from kiosk.school.date_rules import SchoolSpan
from kiosk.school.dates import add_dates, close_today
from kiosk.school.store import change_setting, local_now
from tests.cast import School
from tests.store.conftest import asker, new_chat

pytestmark = pytest.mark.usefixtures("boards_open")


@pytest.fixture
def key(oak: PairedTablet, school: School) -> UUID:
    """Amir has asked for Mrs Ali; Mr Okafor is next in his High 5."""
    made, _new = chats.ask(new_chat(school), oak)
    return made


def minutes_later(minutes: float) -> int:
    """How many requests the clock moves then."""
    return chats.tick(utc_now() + timedelta(minutes=minutes))


def rings(school: School) -> dict[str, list[str]]:
    """Every alert there was, by adult."""
    names = {adult_id: who for who, adult_id in school.adults.items()}
    told: dict[str, list[str]] = {}
    for adult_id, reason in db.session.execute(select(Alert.adult_id, Alert.reason).order_by(Alert.id)):
        told.setdefault(names[adult_id], []).append(reason)
    return told


def test_it_goes_along_the_chain_and_nobody_who_had_it_loses_it(
    oak: PairedTablet, school: School, key: UUID
) -> None:
    assert minutes_later(9) == 0
    for minutes, level in ((11, "high5"), (22, "duty"), (33, "lead"), (44, "lead")):
        assert minutes_later(minutes) == 1
        assert db.session.scalars(select(Chat.level)).one() == level
    assert rings(school) == {
        "ali": ["asked", "moved_on"],
        "okafor": ["passed_on", "moved_on"],
        "novak": ["duty"],
        "green": ["last_resort", "reminder"],
    }
    for who in ("ali", "okafor", "novak", "green"):
        assert [card.key for card in chats.board(asker(school, who))] == [key]
    assert chats.board(asker(school, "shah")) == []


def test_the_child_is_told_that_it_takes_too_long_until_somebody_answers(
    oak: PairedTablet, school: School, key: UUID
) -> None:
    minutes_later(11)
    stands = chats.chat_on_tablet(key, oak)
    assert (stands.state, stands.with_name, stands.is_overdue(utc_now())) == ("asked", "Mr Okafor", True)
    chats.answer(key, "coming", asker(school, "okafor"), seen_number=2)
    assert not chats.chat_on_tablet(key, oak).is_overdue(utc_now())


def test_an_adult_who_goes_away_loses_no_request(oak: PairedTablet, school: School, key: UUID) -> None:
    chats.answer(key, "seen", asker(school, "ali"), seen_number=1)
    out = Presence(tapped_on=local_now().date(), tapped_here=False)
    set_presence(school.adults["ali"], out, KEYBOARD)
    assert chats.tick() == 1
    assert chats.chat_on_tablet(key, oak).with_name == "Mr Okafor"
    assert chats.tick() == 0


def test_the_clock_stands_still_while_school_is_closed(oak: PairedTablet, school: School) -> None:
    change_setting("school_days", "mon-fri", KEYBOARD)
    change_setting("school_hours", "08:30-15:30", KEYBOARD)
    with time_machine.travel("2026-11-20T15:28:00+00:00", tick=False):  # a Friday
        key, _new = chats.ask(new_chat(school), oak)
    for moment in ("2026-11-20T15:31", "2026-11-21T12:00", "2026-11-23T08:29"):
        with time_machine.travel(f"{moment}:00+00:00", tick=False):
            assert chats.tick() == 0
            assert not chats.chat_on_tablet(key, oak).is_overdue(utc_now())
    with time_machine.travel("2026-11-23T08:38:30+00:00", tick=False):
        assert chats.tick() == 1


class TestTheSchoolChangesItsDays:
    """By when an answer is due follows what the office enters; else a request could be due in a year."""

    MONDAY = "2027-01-04T09:00:00+00:00"

    @pytest.fixture(autouse=True)
    def weekdays(self, oak: PairedTablet) -> None:
        change_setting("school_days", "mon-fri", KEYBOARD)
        change_setting("school_hours", "08:30-15:30", KEYBOARD)

    def test_asked_in_a_term_that_nobody_had_entered_it_is_due_once_it_is(
        self, oak: PairedTablet, school: School
    ) -> None:
        add_dates(SchoolSpan("term", Span(date(2026, 9, 2), date(2026, 12, 18), "Autumn")), KEYBOARD)
        with time_machine.travel(self.MONDAY, tick=False):
            chats.ask(new_chat(school), oak)
            assert chats.tick() == 0, "school is closed, as far as anybody knows"
            add_dates(SchoolSpan("term", Span(date(2027, 1, 4), date(2027, 3, 25), "Spring")), KEYBOARD)
            chats.tick()
            assert db.session.scalars(select(Chat.due_at)).one() == utc_now() + timedelta(minutes=10)

    def test_a_day_that_is_closed_after_all_gives_the_time_back(self, oak: PairedTablet, school: School) -> None:
        with time_machine.travel(self.MONDAY, tick=False):
            key, _new = chats.ask(new_chat(school), oak)
            close_today(date(2027, 1, 4), KEYBOARD)
            chats.tick()
        with time_machine.travel("2027-01-05T08:35:00+00:00", tick=False):
            assert not chats.chat_on_tablet(key, oak).is_overdue(utc_now())

    def test_a_shorter_promise_holds_for_who_waits_already(self, oak: PairedTablet, school: School) -> None:
        with time_machine.travel(self.MONDAY, tick=False) as clock:
            chats.ask(new_chat(school), oak)
            change_setting("answer_within_seconds", "120", KEYBOARD)
            clock.shift(timedelta(minutes=3))
            assert chats.tick() == 1


def test_many_clocks_move_each_request_once(app: Flask, oak: PairedTablet, school: School) -> None:
    for _ in range(20):
        chats.ask(new_chat(school), oak)
    db.session.remove()
    later = utc_now() + timedelta(minutes=11)
    start = threading.Barrier(4)
    moved: list[int] = []

    def run() -> None:
        with app.app_context():
            start.wait(timeout=10)
            moved.append(chats.tick(later))

    clocks = [threading.Thread(target=run) for _ in range(4)]
    for clock in clocks:
        clock.start()
    for clock in clocks:
        clock.join()
    assert sum(moved) == 20
    with app.app_context():
        kinds = Counter(db.session.scalars(select(ChatEvent.kind)))
        assert kinds == {"asked": 20, "passed_on": 20}
        told = Counter(db.session.scalars(select(Alert.reason)))
        assert told == {"asked": 20, "passed_on": 20, "moved_on": 20}


def test_every_move_is_on_record(oak: PairedTablet, school: School, key: UUID) -> None:
    minutes_later(11)
    kept = db.session.scalars(select(AuditEvent).where(AuditEvent.name == "chat_moved")).one()
    assert kept.details == {"chat": str(key), "move": "passed_on", "to": school.adults["okafor"]}
    assert kept.pupil_id == school.pupils["amir"]
