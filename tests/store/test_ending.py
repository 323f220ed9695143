"""Around the end of a request: opened again, signed off by a second person, given to the safeguarding lead."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from kiosk.alerts.models import Alert
from kiosk.audit import KEYBOARD, AuditEvent
from kiosk.chats import store as chats
from kiosk.chats.models import Chat, ChatEvent
from kiosk.chats.outcome_rules import OutcomeEntry
from kiosk.chats.rules import AlreadyOver, NotYet, SecondPerson, StillOpen
from kiosk.chats.store import NoSuchChat, NotALead, NothingWritten
from kiosk.db import db, utc_now
from kiosk.people.accounts import add_staff
from kiosk.people.rules import Presence
from kiosk.people.store import set_presence
from kiosk.people.tablets import PairedTablet
from kiosk.school.store import change_setting, local_now
from tests.cast import PASSWORD, School
from tests.store.conftest import asker, new_chat

pytestmark = pytest.mark.usefixtures("boards_open")


@pytest.fixture
def key(oak: PairedTablet, school: School) -> UUID:
    """Amir has asked for Mrs Ali."""
    made, _new = chats.ask(new_chat(school), oak)
    return made


@pytest.fixture
def talked(key: UUID, school: School) -> UUID:
    """Mrs Ali has talked with Amir."""
    chats.answer(key, "talked", asker(school, "ali"), seen_number=1)
    return key


def state(key: UUID) -> str:
    return db.session.scalars(
        select(Chat.state).where(Chat.key == key).execution_options(populate_existing=True)
    ).one()


def ringing(school: School) -> dict[str, list[str]]:
    """What rings now, by adult."""
    names = {adult_id: who for who, adult_id in school.adults.items()}
    told: dict[str, list[str]] = {}
    rows = db.session.execute(
        select(Alert.adult_id, Alert.reason).where(Alert.quiet_at.is_(None)).order_by(Alert.id)
    )
    for adult_id, reason in rows:
        told.setdefault(names.get(adult_id, "deputy"), []).append(reason)
    return told


def out(school: School, *who: str) -> None:
    for name in who:
        set_presence(school.adults[name], Presence(tapped_on=local_now().date(), tapped_here=False), KEYBOARD)


def add_deputy() -> int:
    account = add_staff("Mr Marsh", "marsh@hazelwood.example", ["dsl"], KEYBOARD, password=PASSWORD)
    assert account.adult_id is not None
    return account.adult_id


def recorded() -> list[str]:
    return list(db.session.scalars(select(AuditEvent.name).order_by(AuditEvent.id)))


class TestReopening:
    def test_the_child_waits_anew_with_who_opened_it(
        self, talked: UUID, oak: PairedTablet, school: School
    ) -> None:
        chats.reopen(talked, asker(school, "novak"), "he came back upset")
        stands = chats.chat_on_tablet(talked, oak)
        assert (stands.state, stands.with_name, stands.is_overdue(utc_now())) == ("asked", "Ms Novak", False)
        assert ringing(school) == {"ali": ["reopened"]}
        assert "chat_reopened" in recorded()
        assert [card.came_by for card in chats.board(asker(school, "ali"))] == ["reopened"]

    def test_who_opens_it_counts_as_in(self, talked: UUID, oak: PairedTablet, school: School) -> None:
        out(school, "novak")
        chats.reopen(talked, asker(school, "novak"))
        assert chats.tick() == 0
        assert chats.chat_on_tablet(talked, oak).with_name == "Ms Novak"

    def test_its_clock_begins_anew_and_the_whole_chain_is_there_again(
        self, oak: PairedTablet, school: School
    ) -> None:
        start = utc_now()
        key, _new = chats.ask(new_chat(school), oak)
        with time_machine.travel(start + timedelta(minutes=11), tick=False):
            chats.tick()  # Mr Okafor was told, and nobody answered for an hour
        with time_machine.travel(start + timedelta(minutes=60), tick=False):
            chats.answer(key, "talked", asker(school, "ali"), seen_number=2)
        with time_machine.travel(start + timedelta(minutes=90), tick=False):
            chats.reopen(key, asker(school, "ali"))
        with time_machine.travel(start + timedelta(minutes=99), tick=False):
            assert chats.tick() == 0
        with time_machine.travel(start + timedelta(minutes=101), tick=False):
            assert chats.tick() == 1
            assert chats.chat_on_tablet(key, oak).with_name == "Mr Okafor"

    def test_only_what_was_talked_about_and_only_by_who_may_see_it(
        self, key: UUID, oak: PairedTablet, school: School
    ) -> None:
        with pytest.raises(StillOpen):
            chats.reopen(key, asker(school, "ali"))
        chats.cancel(key, oak)
        with pytest.raises(AlreadyOver):
            chats.reopen(key, asker(school, "ali"))
        with pytest.raises(NoSuchChat):
            chats.reopen(key, asker(school, "shah"))


class TestSigningOff:
    def test_writing_it_up_closes_it_where_one_person_is_enough(self, talked: UUID, school: School) -> None:
        chats.write_outcome(talked, asker(school, "ali"), OutcomeEntry(("listened",)))
        assert state(talked) == "closed"
        assert chats.to_sign_off(asker(school, "green")) == []

    def test_where_two_are_wanted_a_lead_who_did_not_talk_signs_it_off(self, talked: UUID, school: School) -> None:
        change_setting("two_person_close", "yes", KEYBOARD)
        chats.write_outcome(talked, asker(school, "ali"), OutcomeEntry(("listened",)))
        assert state(talked) == "talked"
        waits = chats.to_sign_off(asker(school, "green"))
        assert [(chat.key, chat.pupil_name, chat.talked_by, chat.has_outcome) for chat in waits] == [
            (talked, "Amir Khan", "Mrs Ali", True)
        ]
        chats.sign_off(talked, asker(school, "green"))
        assert state(talked) == "closed"
        assert chats.to_sign_off(asker(school, "green")) == []
        assert "chat_signed_off" in recorded()

    def test_nothing_is_signed_before_it_is_written(self, talked: UUID, school: School) -> None:
        change_setting("two_person_close", "yes", KEYBOARD)
        green = asker(school, "green")
        assert chats.count_waiting(green).to_sign_off == 0
        with pytest.raises(NothingWritten, match="write it down"):
            chats.sign_off(talked, green)
        assert state(talked) == "talked"
        chats.write_outcome(talked, asker(school, "ali"), OutcomeEntry(("listened",)))
        assert chats.count_waiting(green).to_sign_off == 1
        chats.sign_off(talked, green)
        assert state(talked) == "closed"

    def test_what_was_written_about_the_first_talk_signs_nothing_of_the_second(
        self, talked: UUID, school: School
    ) -> None:
        change_setting("two_person_close", "yes", KEYBOARD)
        ali = asker(school, "ali")
        chats.write_outcome(talked, ali, OutcomeEntry(("listened",)))
        chats.reopen(talked, ali)
        chats.answer(talked, "talked", ali, seen_number=9)
        with pytest.raises(NothingWritten):
            chats.sign_off(talked, asker(school, "green"))

    def test_nobody_signs_off_their_own_talk_and_nobody_but_a_lead(
        self, key: UUID, oak: PairedTablet, school: School
    ) -> None:
        change_setting("two_person_close", "yes", KEYBOARD)
        with pytest.raises(NotYet):
            chats.sign_off(key, asker(school, "green"))
        chats.answer(key, "talked", asker(school, "green"), seen_number=1)
        with pytest.raises(SecondPerson):
            chats.sign_off(key, asker(school, "green"))
        for who in ("ali", "novak"):
            with pytest.raises(NotALead):
                chats.sign_off(key, asker(school, who))
            assert chats.to_sign_off(asker(school, who)) == []
        with pytest.raises(NoSuchChat):
            chats.sign_off(key, asker(school, "shah"))
        assert chats.to_sign_off(asker(school, "green")) == []
        assert state(key) == "talked"


class TestEndedLately:
    def test_those_who_may_see_it_find_it_and_the_look_is_recorded(self, talked: UUID, school: School) -> None:
        for who, mine in (("ali", True), ("novak", False), ("green", False)):
            assert [(chat.key, chat.is_mine) for chat in chats.ended_lately(asker(school, who))] == [
                (talked, mine)
            ]
        assert recorded().count("ended_seen") == 3
        assert chats.ended_chat(talked, asker(school, "ali")).talked_by == "Mrs Ali"

    def test_nobody_else_does(self, talked: UUID, school: School) -> None:
        assert chats.ended_lately(asker(school, "shah")) == []
        with pytest.raises(NoSuchChat):
            chats.ended_chat(talked, asker(school, "shah"))

    def test_neither_what_is_open_nor_what_is_long_ago(self, key: UUID, school: School) -> None:
        assert chats.ended_lately(asker(school, "ali")) == []
        with pytest.raises(NoSuchChat):
            chats.ended_chat(key, asker(school, "ali"))
        chats.answer(key, "talked", asker(school, "ali"), seen_number=1)
        with time_machine.travel(utc_now() + timedelta(days=8), tick=False):
            assert chats.ended_lately(asker(school, "ali")) == []


class TestEscalating:
    def test_every_lead_is_told_and_the_first_who_is_here_has_it(
        self, key: UUID, oak: PairedTablet, school: School
    ) -> None:
        add_deputy()
        assert chats.escalate(key, asker(school, "ali"), "he showed me a bruise")
        assert chats.chat_on_tablet(key, oak).with_name == "Mrs Green"
        assert ringing(school) == {"green": ["escalated"], "deputy": ["escalated"]}
        (card,) = chats.board(asker(school, "green"))
        assert (card.came_by, card.level, card.owner) == ("escalated", "lead", "Mrs Green")
        assert [shown.key for shown in chats.board(asker(school, "ali"))] == [key], "and hides nothing"

    def test_only_leads_may_read_why(self, key: UUID, school: School) -> None:
        chats.escalate(key, asker(school, "ali"), "he showed me a bruise")
        (card,) = chats.board(asker(school, "green"))
        assert chats.why_escalated([card.id], asker(school, "green")) == {card.id: "he showed me a bruise"}
        for who in ("ali", "novak", "shah"):
            assert chats.why_escalated([card.id], asker(school, who)) == {}
        kept = db.session.scalars(select(AuditEvent).where(AuditEvent.name == "chat_escalated")).one()
        assert "bruise" not in str(kept.details)

    def test_the_lead_is_reminded_until_somebody_answers(self, key: UUID, school: School) -> None:
        chats.escalate(key, asker(school, "ali"), "a reason")
        assert chats.tick(utc_now() + timedelta(minutes=11)) == 1
        kinds = db.session.scalars(select(ChatEvent.kind).order_by(ChatEvent.number)).all()
        assert kinds == ["asked", "escalated", "reminded"]

    def test_while_no_lead_is_here_it_stays_with_who_escalates_and_the_leads_are_told(
        self, key: UUID, oak: PairedTablet, school: School
    ) -> None:
        out(school, "green")
        assert not chats.escalate(key, asker(school, "ali"), "a reason")
        assert chats.chat_on_tablet(key, oak).with_name == "Mrs Ali"
        assert ringing(school) == {"green": ["escalated"]}
        assert chats.tick(utc_now() + timedelta(minutes=11)) == 1
        assert db.session.scalars(select(Chat.level)).one() == "duty"

    def test_who_is_coming_and_tells_a_lead_who_is_not_here_is_still_coming(
        self, key: UUID, oak: PairedTablet, school: School
    ) -> None:
        out(school, "green")
        chats.answer(key, "coming", asker(school, "ali"), seen_number=1)
        assert not chats.escalate(key, asker(school, "ali"), "a reason")
        stands = chats.chat_on_tablet(key, oak)
        assert (stands.state, stands.with_name) == ("coming", "Mrs Ali")
        assert ringing(school) == {"green": ["escalated"]}
        assert chats.tick(utc_now() + timedelta(minutes=11)) == 1
        assert ringing(school) == {"ali": ["late"], "green": ["escalated"]}, "and asked when she is late"

    def test_who_had_it_hears_that_it_went_on(self, key: UUID, school: School) -> None:
        chats.answer(key, "coming", asker(school, "ali"), seen_number=1)
        chats.escalate(key, asker(school, "novak"), "a reason")
        assert ringing(school) == {"ali": ["moved_on"], "green": ["escalated"]}

    def test_a_lead_gives_it_to_another_lead_or_to_nobody(self, key: UUID, school: School) -> None:
        with pytest.raises(NotALead):
            chats.escalate(key, asker(school, "green"), "a reason")
        add_deputy()
        chats.escalate(key, asker(school, "green"), "a reason")
        assert ringing(school)["deputy"] == ["escalated"]

    def test_not_what_has_ended_and_not_by_who_cannot_see_it(self, talked: UUID, school: School) -> None:
        with pytest.raises(AlreadyOver):
            chats.escalate(talked, asker(school, "ali"), "a reason")
        with pytest.raises(NoSuchChat):
            chats.escalate(talked, asker(school, "shah"), "a reason")


def test_a_failing_write_leaves_everything_as_it_was(
    app: Flask, key: UUID, school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_args: object, **_more: object) -> None:
        raise RuntimeError("a slip of ours")

    monkeypatch.setattr("kiosk.chats.store.ending.record", broken)
    with pytest.raises(RuntimeError):
        chats.escalate(key, asker(school, "ali"), "a reason")
    assert state(key) == "asked"
    assert ringing(school) == {"ali": ["asked"]}
