"""Amir asks, and leaves the school: nothing rings for a child who is not here, and who had it learns why."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
import time_machine
from sqlalchemy import select, update

from kiosk.alerts import channels
from kiosk.alerts.models import Alert, Delivery
from kiosk.alerts.outbox import claim_next, mark_sent
from kiosk.audit import KEYBOARD, AuditEvent
from kiosk.chats import store as chats
from kiosk.chats.models import Chat, ChatAudience, ChatEvent
from kiosk.chats.rules import AlreadyOver
from kiosk.db import db, utc_now, writing
from kiosk.people.models import Pupil
from kiosk.people.roster.model import Roster, RosterPupil
from kiosk.people.roster.plan import plan_import
from kiosk.people.roster.store import apply_plan, present
from kiosk.people.tablets import PairedTablet
from kiosk.school.store import change_setting, local_now
from tests.cast import School
from tests.pushes import PushService
from tests.store.conftest import asker, new_chat


@pytest.fixture
def key(oak: PairedTablet, school: School) -> UUID:
    """Amir has asked for Mrs Ali."""
    made, _new = chats.ask(new_chat(school), oak)
    return made


def leave(school: School, who: str = "amir") -> None:
    with writing() as session:
        session.execute(update(Pupil).where(Pupil.id == school.pupils[who]).values(left_on=local_now().date()))


def events(key: UUID) -> list[str]:
    of_chat = select(ChatEvent.kind).join(Chat, Chat.id == ChatEvent.chat_id).where(Chat.key == key)
    return list(db.session.scalars(of_chat.order_by(ChatEvent.number)))


def ringing() -> int:
    return len(db.session.scalars(select(Alert.id).where(Alert.quiet_at.is_(None))).all())


def test_it_ends_by_itself_and_its_history_says_why(key: UUID, school: School) -> None:
    before = set(db.session.scalars(select(ChatAudience.adult_id)))
    leave(school)
    assert chats.tick() == 1
    assert events(key) == ["asked", "child_left"]
    assert ringing() == 0
    for who in ("ali", "novak", "green"):
        assert chats.board(asker(school, who)) == []
    assert set(db.session.scalars(select(ChatAudience.adult_id))) == before, "who saw it still may"
    moved = db.session.scalars(select(AuditEvent).where(AuditEvent.name == "chat_moved")).one()
    assert (moved.pupil_id, moved.details["move"]) == (school.pupils["amir"], "child_left")
    assert chats.tick() == 0, "once"


def test_also_at_night_and_whoever_had_answered(key: UUID, school: School) -> None:
    chats.answer(key, "coming", asker(school, "ali"), seen_number=1)
    change_setting("school_hours", "00:00-00:01", KEYBOARD)
    leave(school)
    assert chats.tick() == 1
    assert events(key)[-1] == "child_left"


def test_an_import_without_the_child_ends_it_too(key: UUID, school: School) -> None:
    with writing() as session:
        session.execute(update(Pupil).where(Pupil.id == school.pupils["amir"]).values(source_id="1"))
    roster = Roster("a list", pupils=(RosterPupil("2", "Lena", "Berg", source_id="2"),))
    apply_plan(plan_import(roster, present(), allow_many_leavers=True), KEYBOARD, local_now().date())
    assert chats.tick() == 1
    assert events(key) == ["asked", "child_left"]


def test_who_had_it_is_told_and_nobody_else(key: UUID, school: School) -> None:
    leave(school)
    chats.tick()
    told = {who: [one.pupil_name for one in chats.ended_for_leavers(asker(school, who))] for who in school.adults}
    assert told == {who: ["Amir Khan"] if who == "ali" else [] for who in school.adults}
    with time_machine.travel(utc_now() + timedelta(days=2), tick=False):
        assert chats.ended_for_leavers(asker(school, "ali")) == [], "the school day after is long enough"


def test_what_everyone_on_duty_had_is_told_to_those_on_duty(oak: PairedTablet, school: School) -> None:
    chats.ask(new_chat(school, asked_for=None), oak)
    leave(school)
    chats.tick()
    told = [who for who in school.adults if chats.ended_for_leavers(asker(school, who))]
    assert told == ["novak", "green"]


def test_a_phone_that_was_told_hears_that_it_is_taken_care_of(oak: PairedTablet, school: School) -> None:
    channels.add_phone(school.adults["ali"], PushService(port=9).phone("ali"), "", KEYBOARD)
    chats.ask(new_chat(school), oak)
    message = claim_next("push", utc_now())
    assert message is not None
    mark_sent(message, utc_now())
    leave(school)
    chats.tick()
    waits = select(Delivery.words).where(Delivery.state == "waiting")
    assert db.session.scalars(waits).all() == ["taken"]


def test_an_answer_that_comes_too_late_hears_why(key: UUID, school: School) -> None:
    leave(school)
    chats.tick()
    ali = asker(school, "ali")
    with pytest.raises(AlreadyOver):
        chats.answer(key, "coming", ali, seen_number=1)
    assert chats.standing(key, ali).child_left


def test_what_was_talked_about_before_stays_as_it_was(key: UUID, school: School) -> None:
    chats.answer(key, "talked", asker(school, "ali"), seen_number=1)
    leave(school)
    assert chats.tick() == 0
    assert events(key)[-1] == "talked"


def test_a_talk_is_not_lost_by_opening_it_again_for_a_child_who_has_left(key: UUID, school: School) -> None:
    ali = asker(school, "ali")
    chats.answer(key, "talked", ali, seen_number=1)
    leave(school)
    with pytest.raises(AlreadyOver, match="the child has left the school"):
        chats.reopen(key, ali, "a slip")
    assert chats.tick() == 0
    assert [talk.key for talk in chats.ended_lately(ali)] == [key], "it can still be written up"
