"""A request is kept with its events, its audience, its alerts and its rings, all in one transaction."""

from __future__ import annotations

import threading
from collections import Counter
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from kiosk.alerts.models import Alert
from kiosk.alerts.store import doorbell, revision_of
from kiosk.audit import KEYBOARD
from kiosk.chats import store as chats
from kiosk.chats.models import Chat, ChatEvent
from kiosk.chats.rules import Event, state_of
from kiosk.db import db, utc_now
from kiosk.people.rules import Presence
from kiosk.people.store import set_presence
from kiosk.people.tablets import PairedTablet, recognise
from kiosk.school.store import local_now
from tests.cast import School
from tests.store.conftest import asker, new_chat

pytestmark = pytest.mark.usefixtures("boards_open")


def boards_with(school: School, key: object) -> set[str]:
    """Who of the cast has a request on their board."""
    return {who for who in school.adults if any(card.key == key for card in chats.board(asker(school, who)))}


def away_today(school: School, who: str) -> None:
    set_presence(school.adults[who], Presence(away_from=local_now().date()), KEYBOARD)


def test_it_reaches_the_adult_asked_and_those_who_see_all_and_nobody_else(
    oak: PairedTablet, school: School
) -> None:
    key, new = chats.ask(new_chat(school), oak)
    assert new
    assert boards_with(school, key) == {"ali", "novak", "green"}
    assert db.session.scalars(select(Alert.adult_id)).all() == [school.adults["ali"]]


def test_the_cover_is_told_when_the_adult_asked_is_away(oak: PairedTablet, school: School) -> None:
    away_today(school, "ali")
    key, _new = chats.ask(new_chat(school), oak)
    assert boards_with(school, key) == {"ali", "okafor", "novak", "green"}
    assert chats.chat_on_tablet(key, oak).with_name == "Mr Okafor"


def test_whoever_is_on_duty_is_told_when_no_adult_is_named(oak: PairedTablet, school: School) -> None:
    key, _new = chats.ask(new_chat(school, asked_for=None), oak)
    assert boards_with(school, key) == {"novak", "green"}
    assert db.session.scalars(select(Alert.adult_id)).all() == [school.adults["novak"]]
    assert chats.chat_on_tablet(key, oak).with_id is None


def test_the_safeguarding_lead_is_told_when_nobody_else_is_here(oak: PairedTablet, school: School) -> None:
    for who in ("ali", "okafor", "novak"):
        away_today(school, who)
    chats.ask(new_chat(school), oak)
    told = select(Alert.adult_id, Alert.reason).order_by(Alert.adult_id)
    assert [tuple(row) for row in db.session.execute(told)] == [
        (school.adults["ali"], "asked"),
        (school.adults["green"], "last_resort"),
    ]


def test_sent_twice_at_the_same_moment_it_is_one_request(app: Flask, oak: PairedTablet, school: School) -> None:
    entry = new_chat(school)
    db.session.remove()
    start = threading.Barrier(5)
    came: list[object] = []

    def send() -> None:
        with app.app_context():
            start.wait(timeout=10)
            try:
                came.append(chats.ask(entry, oak)[1])
            except Exception as fault:
                came.append(repr(fault))

    tablets = [threading.Thread(target=send) for _ in range(5)]
    for tablet in tablets:
        tablet.start()
    for tablet in tablets:
        tablet.join()
    assert Counter(came) == {True: 1, False: 4}


def test_cannot_wait_tells_everyone_on_duty_once(oak: PairedTablet, school: School) -> None:
    key, _new = chats.ask(new_chat(school), oak)
    chats.cannot_wait(key, oak)
    chats.cannot_wait(key, oak)
    reasons = db.session.execute(select(Alert.adult_id, Alert.reason).order_by(Alert.id)).all()
    assert [tuple(row) for row in reasons] == [
        (school.adults["ali"], "asked"),
        (school.adults["ali"], "cannot_wait"),
        (school.adults["novak"], "cannot_wait"),
    ]


def test_only_those_concerned_hear_their_bell(app: Flask, oak: PairedTablet, school: School) -> None:
    chats.ask(new_chat(school), oak)
    heard = {who for who, adult_id in school.adults.items() if revision_of(adult_id)}
    assert heard == {"ali", "novak", "green"}
    if db.engine.dialect.name == "sqlite":
        rung = {who for who, adult_id in school.adults.items() if doorbell().wait(adult_id, 0, timeout=0)}
        assert rung == heard


def test_the_state_kept_is_the_state_its_events_add_up_to(oak: PairedTablet, school: School) -> None:
    key, _new = chats.ask(new_chat(school, cannot_wait=True), oak)
    chats.answer(key, "seen", asker(school, "ali"), seen_number=2)
    chats.answer(key, "coming", asker(school, "ali"), seen_number=3, coming_at=utc_now() + timedelta(minutes=20))
    to_okafor = school.adults["okafor"]
    chats.answer(key, "handed_over", asker(school, "ali"), seen_number=4, to_adult_id=to_okafor)
    chats.answer(key, "talked", asker(school, "okafor"), seen_number=5)
    chat = db.session.scalars(select(Chat).where(Chat.key == key)).one()
    rows = db.session.scalars(
        select(ChatEvent).where(ChatEvent.chat_id == chat.id).order_by(ChatEvent.number)
    ).all()
    kept = state_of(Event(row.kind, row.at, row.adult_id, row.to_adult_id, row.coming_at) for row in rows)  # type: ignore[arg-type]
    assert [row.number for row in rows] == [1, 2, 3, 4, 5, 6]
    assert (chat.state, chat.owner_id, chat.since, chat.coming_at) == (
        kept.state,
        kept.owner_id,
        kept.since,
        kept.coming_at,
    )
    assert (chat.cannot_wait, chat.answered_at, chat.ended_at) == (
        kept.cannot_wait,
        kept.answered_at,
        kept.ended_at,
    )


def test_handing_over_adds_the_other_adult_and_hides_nothing(oak: PairedTablet, school: School) -> None:
    key, _new = chats.ask(new_chat(school), oak)
    to_okafor = school.adults["okafor"]
    chats.answer(key, "handed_over", asker(school, "ali"), seen_number=1, to_adult_id=to_okafor)
    assert boards_with(school, key) == {"ali", "okafor", "novak", "green"}
    assert chats.chat_on_tablet(key, oak).state == "asked"
    assert chats.chat_on_tablet(key, oak).with_name == "Mr Okafor"


def test_it_cannot_be_handed_to_somebody_who_is_away(oak: PairedTablet, school: School) -> None:
    away_today(school, "okafor")
    key, _new = chats.ask(new_chat(school), oak)
    with pytest.raises(chats.CannotReceive, match="Mr Okafor is not here now"):
        chats.answer(key, "handed_over", asker(school, "ali"), seen_number=1, to_adult_id=school.adults["okafor"])
    assert chats.chat_on_tablet(key, oak).with_name == "Mrs Ali"


def test_somebody_who_was_not_told_cannot_answer_and_learns_nothing(oak: PairedTablet, school: School) -> None:
    key, _new = chats.ask(new_chat(school), oak)
    for kind in ("seen", "coming", "talked"):
        with pytest.raises(chats.NoSuchChat):
            chats.answer(key, kind, asker(school, "shah"), seen_number=1)  # type: ignore[arg-type]
    assert chats.chat_on_tablet(key, oak).state == "asked"


def test_ringing_stops_for_all_when_one_takes_it(oak: PairedTablet, school: School) -> None:
    key, _new = chats.ask(new_chat(school, cannot_wait=True), oak)
    ringing = select(Alert.adult_id).where(Alert.quiet_at.is_(None))
    assert len(db.session.scalars(ringing).all()) == 2
    chats.answer(key, "coming", asker(school, "novak"), seen_number=2)
    assert db.session.scalars(ringing).all() == []


def test_the_adult_of_another_class_tablet_sees_no_request_of_oak(
    app: Flask, oak: PairedTablet, school: School
) -> None:
    key, _new = chats.ask(new_chat(school), oak)
    birch = recognise(school.birch_token)
    assert birch is not None
    with pytest.raises(chats.NoSuchChat):
        chats.chat_on_tablet(key, birch)
    with pytest.raises(chats.NoSuchChat):
        chats.cancel(key, birch)


def test_a_request_is_overdue_when_the_schools_time_is_up(oak: PairedTablet, school: School) -> None:
    key, _new = chats.ask(new_chat(school), oak)
    chat = chats.chat_on_tablet(key, oak)
    assert not chat.is_overdue(utc_now())
    assert chat.is_overdue(utc_now() + timedelta(minutes=11))
    chats.answer(key, "talked", asker(school, "ali"), seen_number=1)
    assert not chats.chat_on_tablet(key, oak).is_overdue(utc_now() + timedelta(minutes=11))
