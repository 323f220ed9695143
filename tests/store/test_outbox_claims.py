"""Each message goes out once, however many send, and one who dies costs it at most the lease."""

from __future__ import annotations

import threading
from collections import Counter
from datetime import timedelta

from flask import Flask
from sqlalchemy import select

from kiosk.alerts import channels
from kiosk.alerts.models import Delivery
from kiosk.alerts.outbox import claim_next, keep_claim, mark_not_now, mark_sent
from kiosk.alerts.rules import LEASE
from kiosk.audit import KEYBOARD
from kiosk.chats import store as chats
from kiosk.db import db, utc_now
from kiosk.people.tablets import PairedTablet
from tests.cast import School
from tests.pushes import PushService
from tests.store.conftest import new_chat

REQUESTS, SENDERS = 30, 4


def add_phone(school: School, who: str = "ali") -> int:
    return channels.add_phone(school.adults[who], PushService(port=9).phone(who), "", KEYBOARD)


def test_many_senders_send_each_message_once(app: Flask, oak: PairedTablet, school: School) -> None:
    add_phone(school)
    for _ in range(REQUESTS):
        chats.ask(new_chat(school), oak)
    db.session.remove()
    start = threading.Barrier(SENDERS)
    sent: list[int] = []

    def send() -> None:
        with app.app_context():
            start.wait(timeout=10)
            while message := claim_next("push", utc_now()):
                sent.append(message.id)
                mark_sent(message, utc_now())

    senders = [threading.Thread(target=send) for _ in range(SENDERS)]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join()
    with app.app_context():
        kept = set(db.session.scalars(select(Delivery.id).where(Delivery.state == "sent")))
        assert set(db.session.scalars(select(Delivery.attempts))) == {1}
    assert len(kept) == REQUESTS
    assert Counter(sent) == Counter(kept)


def test_who_is_killed_after_claiming_costs_the_message_the_lease(oak: PairedTablet, school: School) -> None:
    add_phone(school)
    chats.ask(new_chat(school), oak)
    now = utc_now()
    dead = claim_next("push", now)
    assert dead
    assert claim_next("push", now + LEASE - timedelta(milliseconds=1)) is None
    heir = claim_next("push", now + LEASE)
    assert heir
    assert (heir.id, heir.attempt) == (dead.id, 2)


def test_who_comes_back_from_the_dead_changes_nothing(oak: PairedTablet, school: School) -> None:
    add_phone(school)
    chats.ask(new_chat(school), oak)
    now = utc_now()
    late, heir = claim_next("push", now), claim_next("push", now + LEASE)
    assert late
    assert heir
    mark_not_now(late, "it was away", now + LEASE)
    keep_claim(late, now + timedelta(hours=1))
    row = db.session.scalars(select(Delivery)).one()
    assert (row.state, row.error, row.next_try_at) == ("waiting", None, now + 2 * LEASE)
    mark_sent(heir, now + LEASE)
    mark_not_now(late, "it was away", now + LEASE)
    assert claim_next("push", now + timedelta(days=1)) is None


def test_who_is_still_at_it_keeps_the_message(oak: PairedTablet, school: School) -> None:
    add_phone(school)
    chats.ask(new_chat(school), oak)
    now = utc_now()
    slow = claim_next("push", now)
    assert slow
    keep_claim(slow, now + timedelta(seconds=10))
    assert claim_next("push", now + LEASE) is None
    mark_sent(slow, now + timedelta(seconds=20))
    assert claim_next("push", now + timedelta(days=1)) is None


def test_what_waits_for_mail_does_not_hold_up_phones(oak: PairedTablet, school: School) -> None:
    channels.add_apprise(school.adults["ali"], "Classroom", "json://localhost", KEYBOARD)
    add_phone(school)
    chats.ask(new_chat(school), oak)
    first = claim_next("push", utc_now())
    assert first
    assert first.kind == "push"
    assert claim_next("push", utc_now()) is None
    assert claim_next("apprise", utc_now())
