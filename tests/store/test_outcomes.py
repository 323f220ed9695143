"""What came of a talk: who writes it, who reads it, what helped before, and what is still to do."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
import time_machine
from sqlalchemy import select

from kiosk.audit import KEYBOARD, AuditEvent
from kiosk.chats import store as chats
from kiosk.chats.outcome_rules import OutcomeEntry, OutcomeRefused
from kiosk.chats.rules import AlreadyOver, NotYet, TalkKey
from kiosk.chats.store import HelpedBefore, NoSuchChat
from kiosk.db import db, utc_now
from kiosk.people.accounts import set_active
from kiosk.people.models import Account
from kiosk.people.rules import Presence
from kiosk.people.store import set_presence
from kiosk.people.tablets import PairedTablet
from kiosk.school.store import local_now
from tests.cast import School
from tests.store.conftest import asker, new_chat


def talk(oak: PairedTablet, school: School, who: str = "amir") -> UUID:
    """Somebody asked, and Mr Okafor talked with them."""
    key, _new = chats.ask(new_chat(school, who, "okafor"), oak)
    chats.answer(key, "talked", asker(school, "okafor"), seen_number=1)
    return key


@pytest.fixture
def talked(oak: PairedTablet, school: School) -> UUID:
    """Mr Okafor has talked with Amir."""
    return talk(oak, school)


def follow_up(school: School, who: str = "shah", days: int = 2) -> OutcomeEntry:
    return OutcomeEntry(
        did=("listened", "mended"),
        helped=("listened",),
        agreed="They play together tomorrow.",
        follow_up_by_id=school.adults[who],
        follow_up_on=local_now().date() + timedelta(days=days),
        follow_up_what="Ask how playtime was.",
    )


def test_it_is_kept_whole_and_read_by_those_who_may_see_the_request(talked: UUID, school: School) -> None:
    entry = follow_up(school)
    assert chats.outcome_of(talked, asker(school, "okafor")) is None
    chats.write_outcome(talked, asker(school, "okafor"), entry)
    for who in ("okafor", "novak", "green"):
        written = chats.outcome_of(talked, asker(school, who))
        assert written
        assert (written.entry, written.written_by) == (entry, "Mr Okafor")
    seen = select(AuditEvent).where(
        AuditEvent.name == "outcome_seen", AuditEvent.pupil_id == school.pupils["amir"]
    )
    assert len(db.session.scalars(seen).all()) == 3


def test_nobody_else_writes_or_reads_it(talked: UUID, school: School) -> None:
    for who in ("ali", "shah"):
        with pytest.raises(NoSuchChat):
            chats.write_outcome(talked, asker(school, who), OutcomeEntry())
        with pytest.raises(NoSuchChat):
            chats.outcome_of(talked, asker(school, who))


def test_it_belongs_to_a_talk(oak: PairedTablet, school: School) -> None:
    key, _new = chats.ask(new_chat(school), oak)
    with pytest.raises(NotYet):
        chats.write_outcome(key, asker(school, "ali"), OutcomeEntry())
    chats.cancel(key, oak)
    with pytest.raises(AlreadyOver):
        chats.write_outcome(key, asker(school, "ali"), OutcomeEntry())


def test_written_again_it_is_changed_and_both_times_are_on_record(talked: UUID, school: School) -> None:
    chats.write_outcome(talked, asker(school, "okafor"), OutcomeEntry(("drew",), note="A first word."))
    chats.write_outcome(talked, asker(school, "novak"), OutcomeEntry(("drew", "sat"), note="A better one."))
    written = chats.outcome_of(talked, asker(school, "okafor"))
    assert written
    assert (written.entry.did, written.entry.note, written.written_by) == (
        ("drew", "sat"),
        "A better one.",
        "Ms Novak",
    )
    kept = db.session.scalars(
        select(AuditEvent).where(AuditEvent.name == "outcome_written").order_by(AuditEvent.id)
    ).all()
    assert [row.details["again"] for row in kept] == [False, True]
    assert "word" not in str([row.details for row in kept])


class TestHelpedBefore:
    def test_the_last_talks_come_newest_first_with_what_the_child_said(
        self, oak: PairedTablet, school: School
    ) -> None:
        now = utc_now()
        for days_ago, did in ((9, "drew"), (6, "walked"), (3, "sat"), (1, "played")):
            with time_machine.travel(now - timedelta(days=days_ago), tick=False):
                key = talk(oak, school)
                chats.write_outcome(key, asker(school, "okafor"), OutcomeEntry((did,), (did,)))
                if did == "sat":
                    chats.say_helped(TalkKey(key), oak, "a_bit", utc_now())
        pupils = [school.pupils["amir"], school.pupils["zofia"]]
        found = chats.helped_before(pupils)
        assert [(talk.did, talk.child_said) for talk in found[school.pupils["amir"]]] == [
            (("played",), None),
            (("sat",), "a_bit"),
            (("walked",), None),
        ]
        assert found[school.pupils["zofia"]] == []
        newest = chats.helped_before(pupils, limit=1)[school.pupils["amir"]]
        day = local_now(now - timedelta(days=1)).date()
        assert newest == [HelpedBefore(("played",), ("played",), day, "Mr Okafor", None)]

    def test_it_holds_no_words_that_anybody_wrote(self, talked: UUID, school: School) -> None:
        chats.write_outcome(talked, asker(school, "okafor"), OutcomeEntry(("sat",), note="He told me of home."))
        assert "home" not in str(chats.helped_before([school.pupils["amir"]]))


class TestFollowUps:
    def test_they_are_that_adults_and_the_leads_and_nobody_elses(self, talked: UUID, school: School) -> None:
        chats.write_outcome(talked, asker(school, "okafor"), follow_up(school))
        for who in ("shah", "green"):
            (todo,) = chats.follow_ups_for(asker(school, who))
            assert (todo.key, todo.pupil_name, todo.by, todo.what, todo.is_overdue) == (
                talked,
                "Amir Khan",
                "Mr Shah",
                "Ask how playtime was.",
                False,
            )
        for who in ("okafor", "novak", "ali"):
            assert chats.follow_ups_for(asker(school, who)) == []
            with pytest.raises(NoSuchChat):
                chats.follow_up_done(talked, asker(school, who))

    def test_who_follows_it_up_may_read_what_it_is_about(self, talked: UUID, school: School) -> None:
        chats.write_outcome(talked, asker(school, "okafor"), follow_up(school))
        assert chats.outcome_of(talked, asker(school, "shah"))

    def test_they_are_overdue_the_day_after_and_gone_when_done(self, talked: UUID, school: School) -> None:
        chats.write_outcome(talked, asker(school, "okafor"), follow_up(school, days=0))
        with time_machine.travel(utc_now() + timedelta(days=1), tick=False):
            assert [todo.is_overdue for todo in chats.follow_ups_for(asker(school, "shah"))] == [True]
            chats.follow_up_done(talked, asker(school, "shah"))
            chats.follow_up_done(talked, asker(school, "shah"))
            assert chats.follow_ups_for(asker(school, "shah")) == []
        done = select(AuditEvent).where(AuditEvent.name == "follow_up_done")
        assert len(db.session.scalars(done).all()) == 1

    def test_the_same_follow_up_stays_done_when_the_rest_is_written_again(
        self, talked: UUID, school: School
    ) -> None:
        entry = follow_up(school, days=0)
        chats.write_outcome(talked, asker(school, "okafor"), entry)
        chats.follow_up_done(talked, asker(school, "shah"))
        with time_machine.travel(utc_now() + timedelta(days=3), tick=False):
            chats.write_outcome(talked, asker(school, "okafor"), entry)
            assert chats.follow_ups_for(asker(school, "shah")) == []
            chats.write_outcome(talked, asker(school, "okafor"), follow_up(school, "ali"))
            assert len(chats.follow_ups_for(asker(school, "ali"))) == 1

    def test_a_leaver_or_who_cannot_sign_in_is_asked_for_nothing(self, talked: UUID, school: School) -> None:
        account = db.session.scalars(select(Account).where(Account.adult_id == school.adults["shah"])).one()
        set_active(account.id, False, KEYBOARD)
        set_presence(school.adults["ali"], Presence(left_on=local_now().date()), KEYBOARD)
        for who in ("shah", "ali"):
            with pytest.raises(OutcomeRefused):
                chats.write_outcome(talked, asker(school, "okafor"), follow_up(school, who))
        with pytest.raises(OutcomeRefused):
            chats.write_outcome(talked, asker(school, "okafor"), follow_up(school, "novak", days=-1))


class TestWhatStoodBefore:
    def test_what_was_written_first_is_kept_with_who_and_when(self, talked: UUID, school: School) -> None:
        first, second = OutcomeEntry(("listened",), note="He cried."), OutcomeEntry(("drew",), note="He drew.")
        chats.write_outcome(talked, asker(school, "okafor"), first)
        then = chats.outcome_of(talked, asker(school, "okafor"))
        assert then is not None
        assert then.before == ()
        chats.write_outcome(talked, asker(school, "novak"), second)
        chats.write_outcome(talked, asker(school, "okafor"), OutcomeEntry())
        now = chats.outcome_of(talked, asker(school, "green"))
        assert now is not None
        assert (now.entry, now.written_by) == (OutcomeEntry(), "Mr Okafor")
        assert [(one.entry, one.written_by) for one in now.before] == [(second, "Ms Novak"), (first, "Mr Okafor")]
        assert now.before[-1].written_at == then.written_at

    def test_the_same_saved_again_changes_neither_the_words_nor_who_wrote_them(
        self, talked: UUID, school: School
    ) -> None:
        entry = OutcomeEntry(("listened",))
        for who in ("okafor", "novak"):
            chats.write_outcome(talked, asker(school, who), entry)
        now = chats.outcome_of(talked, asker(school, "green"))
        assert now is not None
        assert (now.written_by, now.before) == ("Mr Okafor", ())

    def test_only_whoever_may_see_the_talk_reads_it(self, talked: UUID, school: School) -> None:
        for note in ("one", "two"):
            chats.write_outcome(talked, asker(school, "okafor"), OutcomeEntry(note=note))
        with pytest.raises(NoSuchChat):
            chats.outcome_of(talked, asker(school, "shah"))
        assert chats.outcomes_of([talked], asker(school, "shah")) == {}

    def test_several_are_read_together_and_each_look_is_on_record(
        self, talked: UUID, oak: PairedTablet, school: School
    ) -> None:
        other = talk(oak, school, "zofia")
        chats.write_outcome(talked, asker(school, "okafor"), OutcomeEntry(note="Kind."))
        found = chats.outcomes_of([talked, other], asker(school, "green"))
        assert {key: written and written.entry.note for key, written in found.items()} == {
            talked: "Kind.",
            other: None,
        }
        looks = select(AuditEvent.pupil_id).where(AuditEvent.name == "outcome_seen")
        assert db.session.scalars(looks).all() == [school.pupils["amir"]]


class TestTheSecondTalk:
    """Opened again, a request has another talk: what was written about the first says nothing of it."""

    @pytest.fixture
    def again(self, talked: UUID, school: School) -> UUID:
        okafor = asker(school, "okafor")
        chats.write_outcome(talked, okafor, OutcomeEntry(("listened",)))
        chats.reopen(talked, okafor, "He came back.")
        chats.answer(talked, "talked", okafor, seen_number=9)
        return talked

    def test_it_waits_to_be_written_down_as_well(self, again: UUID, school: School) -> None:
        okafor = asker(school, "okafor")
        assert chats.count_waiting(okafor).to_write_up == 1
        assert not chats.ended_chat(again, okafor).has_outcome
        chats.write_outcome(again, okafor, OutcomeEntry(("listened",)))
        assert chats.count_waiting(okafor).to_write_up == 0, "also when the words are the same"
        assert chats.ended_chat(again, okafor).has_outcome
        written = chats.outcome_of(again, okafor)
        assert written is not None
        assert [one.entry.did for one in written.before] == [("listened",)]
