"""A concern that no lead has read is brought back to them in school hours, once each time, and to nobody else."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from kiosk.alerts import channels
from kiosk.alerts.models import Alert, Delivery
from kiosk.alerts.outbox import claim_next, mark_not_now, mark_sent
from kiosk.alerts.store import revision_of, ringing_concerns
from kiosk.audit import KEYBOARD, AuditEvent
from kiosk.chats import concerns
from kiosk.chats import store as chats
from kiosk.chats.concerns import raise_concern
from kiosk.chats.store import Asker
from kiosk.db import db, utc_now
from kiosk.people.accounts import add_staff, set_active
from kiosk.people.models import Account
from kiosk.people.rules import Presence
from kiosk.people.store import set_presence
from kiosk.people.tablets import PairedTablet
from kiosk.school.store import change_setting, local_now
from tests.cast import PASSWORD, School
from tests.pushes import PushService
from tests.store.conftest import asker

pytestmark = pytest.mark.usefixtures("boards_open")

FRIDAY = "2026-11-20T15:20:00+00:00"
WORDS = "He said something about home that worries me."


@pytest.fixture
def friday(oak: PairedTablet) -> Iterator[time_machine.Coordinates]:
    """Ten minutes before school closes on a Friday, standing still."""
    change_setting("school_days", "mon-fri", KEYBOARD)
    change_setting("school_hours", "08:30-15:30", KEYBOARD)
    with time_machine.travel(FRIDAY, tick=False) as clock:
        yield clock


def told(school: School, deputy: Asker | None = None) -> dict[str, list[str]]:
    """Every alert about a concern there was, by adult."""
    names = {adult_id: who for who, adult_id in school.adults.items()}
    if deputy is not None:
        names[deputy.adult_id] = "marsh"
    found: dict[str, list[str]] = {}
    about = select(Alert.adult_id, Alert.reason).where(Alert.concern_id.is_not(None)).order_by(Alert.id)
    for adult_id, reason in db.session.execute(about):
        found.setdefault(names[adult_id], []).append(reason)
    return found


def out_today(adult_id: int) -> None:
    set_presence(adult_id, Presence(tapped_on=local_now().date(), tapped_here=False), KEYBOARD)


def test_it_rings_again_until_a_lead_has_read_it(
    friday: time_machine.Coordinates, school: School, deputy: Asker
) -> None:
    number = raise_concern(asker(school, "ali"), WORDS)
    first = ringing_concerns(deputy.adult_id)[number]
    assert chats.tick() == 0
    friday.shift(timedelta(minutes=9, seconds=30))
    assert chats.tick() == 0, "not before an answer would be due"
    friday.move_to("2026-11-23T08:31:00+00:00")
    assert (chats.tick(), chats.tick()) == (1, 0)
    assert told(school, deputy) == {"green": ["concern", "reminder"], "marsh": ["concern", "reminder"]}
    assert ringing_concerns(deputy.adult_id)[number] > first, "a new alert rings on an open board"
    concerns.concern(number, deputy)
    friday.shift(timedelta(minutes=30))
    assert chats.tick() == 0


@pytest.mark.parametrize(
    "moment", ["2026-11-20T15:31", "2026-11-20T22:00", "2026-11-21T12:00", "2026-11-23T08:29"]
)
def test_nobody_is_told_while_school_is_closed(
    friday: time_machine.Coordinates, school: School, moment: str
) -> None:
    raise_concern(asker(school, "ali"), WORDS)
    friday.move_to(f"{moment}:00+00:00")
    assert chats.tick() == 0
    assert told(school) == {"green": ["concern"]}


def test_it_goes_to_the_leads_who_are_here_and_to_all_once_a_day_while_none_is(
    friday: time_machine.Coordinates, school: School, deputy: Asker
) -> None:
    raise_concern(asker(school, "ali"), WORDS)
    friday.move_to("2026-11-23T09:00:00+00:00")
    out_today(school.adults["green"])
    chats.tick()
    assert told(school, deputy) == {"green": ["concern"], "marsh": ["concern", "reminder"]}
    friday.move_to("2026-11-24T09:00:00+00:00")
    out_today(school.adults["green"])
    out_today(deputy.adult_id)
    for _hour in range(4):
        chats.tick()
        friday.shift(timedelta(hours=1))
    assert told(school, deputy) == {"green": ["concern", "reminder"], "marsh": ["concern"] + ["reminder"] * 2}


def test_whoever_it_is_about_learns_nothing_of_it(
    friday: time_machine.Coordinates, school: School, deputy: Asker
) -> None:
    before = revision_of(school.adults["green"])
    raise_concern(asker(school, "ali"), WORDS, about_adult_id=school.adults["green"])
    friday.move_to("2026-11-23T09:00:00+00:00")
    assert chats.tick() == 1
    set_active(account_of(deputy.adult_id), False, KEYBOARD)
    friday.shift(timedelta(minutes=30))
    assert chats.tick() == 0, "with nobody else to tell, nobody is told"
    assert told(school, deputy) == {"marsh": ["concern", "reminder"]}
    assert revision_of(school.adults["green"]) == before, "not even their board looks again"


def test_when_the_leads_who_were_told_have_gone_it_comes_to_whoever_leads_now_and_stops_when_closed(
    friday: time_machine.Coordinates, school: School
) -> None:
    number = raise_concern(asker(school, "ali"), WORDS)
    made = add_staff("Mr Marsh", "marsh@hazelwood.example", ["dsl"], KEYBOARD, password=PASSWORD)
    assert made.adult_id is not None
    set_active(account_of(school.adults["green"]), False, KEYBOARD)
    friday.move_to("2026-11-23T09:00:00+00:00")
    assert chats.tick() == 1
    assert list(ringing_concerns(made.adult_id)) == [number]
    later = add_staff("Mrs Hall", "hall@hazelwood.example", ["dsl"], KEYBOARD, password=PASSWORD)
    assert later.adult_id is not None
    hall = Asker(later.adult_id, 1, sees_all=True, is_lead=True)
    concerns.close_concern(number, hall, "I spoke with everybody.")
    assert ringing_concerns(made.adult_id) == {}
    friday.shift(timedelta(minutes=30))
    assert chats.tick() == 0


def test_a_phone_that_was_off_hears_it_once_when_it_is_back(
    friday: time_machine.Coordinates, school: School
) -> None:
    channels.add_phone(school.adults["green"], PushService(port=9).phone("green"), "", KEYBOARD)
    raise_concern(asker(school, "ali"), WORDS)
    friday.move_to("2026-11-23T09:00:00+00:00")
    for _time in range(3):
        message = claim_next("push", utc_now())
        assert message
        mark_not_now(message, "it was off", utc_now())
        friday.shift(timedelta(minutes=11))
        assert chats.tick() == 1
    arrived = 0
    while message := claim_next("push", utc_now()):
        assert message.sentence == "Something needs you in Treetops. Open Treetops."
        mark_sent(message, utc_now())
        arrived += 1
    assert arrived == 1


def test_many_clocks_bring_it_back_once(app: Flask, friday: time_machine.Coordinates, school: School) -> None:
    channels.add_phone(school.adults["green"], PushService(port=9).phone("green"), "", KEYBOARD)
    for number in range(5):
        raise_concern(asker(school, "ali"), f"{WORDS} {number}")
    db.session.remove()
    then = datetime.fromisoformat("2026-11-23T09:00:00+00:00")
    together = threading.Barrier(4)
    done: list[int] = []

    def run() -> None:
        with app.app_context():
            together.wait()
            done.append(chats.tick(then))

    clocks = [threading.Thread(target=run) for _clock in range(4)]
    for clock in clocks:
        clock.start()
    for clock in clocks:
        clock.join()
    db.session.remove()
    assert sum(done) == 5
    reminders = select(Alert.concern_id).where(Alert.reason == "reminder")
    assert sorted(Counter(db.session.scalars(reminders)).values()) == [1] * 5
    messages = select(Delivery.id).join(Alert, Alert.id == Delivery.alert_id).where(Alert.reason == "reminder")
    assert len(db.session.scalars(messages).all()) == 5


def test_the_record_says_that_and_not_what_or_about_whom(
    friday: time_machine.Coordinates, school: School, deputy: Asker
) -> None:
    raise_concern(
        asker(school, "ali"), WORDS, pupil_id=school.pupils["amir"], about_adult_id=school.adults["okafor"]
    )
    friday.move_to("2026-11-23T09:00:00+00:00")
    chats.tick()
    kept = db.session.scalars(select(AuditEvent).where(AuditEvent.name == "concern_told_again")).one()
    assert (kept.pupil_id, kept.account_id, set(kept.details)) == (None, None, {"concern"})


def account_of(adult_id: int) -> int:
    return db.session.scalars(select(Account.id).where(Account.adult_id == adult_id)).one()
