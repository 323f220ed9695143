"""A concern goes to every lead but the one it is about, and whoever it is about learns nothing of it."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise
from uuid import uuid4

import pytest
from sqlalchemy import select

from kiosk.alerts import channels
from kiosk.alerts.models import Alert, Channel, Delivery
from kiosk.alerts.outbox import claim_next
from kiosk.alerts.reaching import keep_boards_open
from kiosk.alerts.store import revision_of, ringing_concerns
from kiosk.audit import KEYBOARD, AuditEvent
from kiosk.chats import concerns
from kiosk.chats import store as chats
from kiosk.chats.concerns import ConcernRefused, NobodyToTell, NoSuchConcern, raise_concern
from kiosk.chats.models import Concern
from kiosk.chats.rules import NotYet
from kiosk.chats.store import Asker, NoSuchChat
from kiosk.db import db, utc_now
from kiosk.people.accounts import add_staff, set_active
from kiosk.people.models import Account
from kiosk.people.rules import Presence
from kiosk.people.store import set_presence
from kiosk.people.tablets import PairedTablet
from kiosk.school.store import change_setting, local_now
from tests.cast import PASSWORD, School
from tests.pushes import PushService
from tests.store.conftest import asker, new_chat

pytestmark = pytest.mark.usefixtures("boards_open")

WORDS = "He said something about home that worries me."


def ringing(school: School, deputy: Asker | None = None) -> dict[str, list[str]]:
    names = {adult_id: who for who, adult_id in school.adults.items()}
    if deputy is not None:
        names[deputy.adult_id] = "marsh"
    found: dict[str, list[str]] = {}
    rows = select(Alert.adult_id, Alert.reason).where(Alert.quiet_at.is_(None)).order_by(Alert.id)
    for adult_id, reason in db.session.execute(rows):
        found.setdefault(names[adult_id], []).append(reason)
    return found


def switch_off(adult_id: int) -> None:
    account = db.session.scalars(select(Account).where(Account.adult_id == adult_id)).one()
    set_active(account.id, False, KEYBOARD)


class TestRaising:
    def test_every_lead_is_told_and_reads_it_and_nobody_else(
        self, oak: PairedTablet, school: School, deputy: Asker
    ) -> None:
        number = raise_concern(asker(school, "ali"), WORDS, pupil_id=school.pupils["amir"])
        assert ringing(school, deputy) == {"green": ["concern"], "marsh": ["concern"]}
        for lead in (asker(school, "green"), deputy):
            (shown,) = concerns.concerns_for(lead)
            assert (shown.id, shown.words, shown.pupil_name, shown.is_new) == (number, None, "Amir Khan", True)
            assert concerns.concern(number, lead).words == WORDS
        for who in ("ali", "okafor", "novak", "bell", "shah"):
            assert concerns.concerns_for(asker(school, who)) == []
            with pytest.raises(NoSuchConcern):
                concerns.concern(number, asker(school, who))
            with pytest.raises(NoSuchConcern):
                concerns.close_concern(number, asker(school, who), "done")

    def test_out_of_a_request_it_is_about_that_child(self, oak: PairedTablet, school: School) -> None:
        key, _new = chats.ask(new_chat(school), oak)
        raise_concern(asker(school, "ali"), WORDS, chat_key=key)
        (shown,) = concerns.concerns_for(asker(school, "green"))
        assert (shown.pupil_id, shown.chat_key) == (school.pupils["amir"], key)
        with pytest.raises(NoSuchChat):
            raise_concern(asker(school, "shah"), WORDS, chat_key=key)
        with pytest.raises(NoSuchChat):
            raise_concern(asker(school, "ali"), WORDS, chat_key=uuid4())

    def test_whoever_it_is_about_is_not_told_also_when_they_are_a_lead(
        self, oak: PairedTablet, school: School, deputy: Asker
    ) -> None:
        before = revision_of(school.adults["green"])
        number = raise_concern(asker(school, "ali"), WORDS, about_adult_id=school.adults["green"])
        assert ringing(school, deputy) == {"marsh": ["concern"]}
        assert concerns.concerns_for(asker(school, "green")) == []
        with pytest.raises(NoSuchConcern):
            concerns.concern(number, asker(school, "green"))
        with pytest.raises(NoSuchConcern):
            concerns.close_concern(number, asker(school, "green"), "nothing in it")
        assert revision_of(school.adults["green"]) == before, "not even their board looks again"

    def test_no_number_is_missing_between_two_that_a_lead_sees(
        self, oak: PairedTablet, school: School, deputy: Asker
    ) -> None:
        ali = asker(school, "ali")
        numbers = [raise_concern(ali, f"{WORDS} {n}") for n in range(4)]
        raise_concern(ali, WORDS, about_adult_id=school.adults["green"])
        numbers.append(raise_concern(ali, f"{WORDS} again"))
        steps = {after - before for before, after in pairwise(numbers)}
        assert len(steps) == len(numbers) - 1, "numbers that count would show that one is missing"

    def test_when_the_only_lead_is_the_one_it_is_about_nothing_is_kept_and_a_person_is_named(
        self, oak: PairedTablet, school: School
    ) -> None:
        change_setting("concern_contact", "Mrs Hall, chair of governors, 01632 960123", KEYBOARD)
        before = len(db.session.scalars(select(AuditEvent)).all())
        with pytest.raises(NobodyToTell, match=r"in person.*Mrs Hall, chair of governors"):
            raise_concern(asker(school, "ali"), WORDS, about_adult_id=school.adults["green"])
        with pytest.raises(NobodyToTell):
            raise_concern(asker(school, "green"), WORDS, about_adult_id=school.adults["green"])
        assert db.session.scalars(select(Concern)).all() == []
        assert db.session.scalars(select(Alert)).all() == []
        assert len(db.session.scalars(select(AuditEvent)).all()) == before

    def test_a_school_without_a_lead_says_so(self, oak: PairedTablet, school: School) -> None:
        switch_off(school.adults["green"])
        with pytest.raises(NobodyToTell, match="no safeguarding lead yet"):
            raise_concern(asker(school, "ali"), WORDS)

    def test_a_lead_who_raises_one_alone_keeps_it_and_rings_nobody(
        self, oak: PairedTablet, school: School
    ) -> None:
        number = raise_concern(asker(school, "green"), WORDS)
        assert ringing(school) == {}
        assert not concerns.concern(number, asker(school, "green")).is_new

    @pytest.mark.parametrize("words", ["", "   ", "x" * 4001])
    def test_it_needs_words_and_not_too_many(self, oak: PairedTablet, school: School, words: str) -> None:
        with pytest.raises(ConcernRefused):
            raise_concern(asker(school, "ali"), words)

    def test_nobody_knows_that_child_or_adult(self, oak: PairedTablet, school: School) -> None:
        with pytest.raises(ConcernRefused):
            raise_concern(asker(school, "ali"), WORDS, pupil_id=987_654)
        with pytest.raises(ConcernRefused):
            raise_concern(asker(school, "ali"), WORDS, about_adult_id=987_654)

    def test_the_record_says_that_and_not_what_or_about_whom(self, oak: PairedTablet, school: School) -> None:
        raise_concern(
            asker(school, "ali"), WORDS, pupil_id=school.pupils["amir"], about_adult_id=school.adults["okafor"]
        )
        kept = db.session.scalars(select(AuditEvent).where(AuditEvent.name == "concern_raised")).one()
        assert (kept.pupil_id, set(kept.details)) == (None, {"concern"})


class TestRinging:
    def test_it_goes_to_the_leads_phone_in_words_that_say_nothing_and_stops_when_seen(
        self, oak: PairedTablet, school: School
    ) -> None:
        for who, adult_id in school.adults.items():
            channels.add_phone(adult_id, PushService(port=9).phone(who), "", KEYBOARD)
        number = raise_concern(asker(school, "ali"), WORDS, pupil_id=school.pupils["amir"])
        told = select(Channel.adult_id).join(Delivery, Delivery.channel_id == Channel.id)
        assert db.session.scalars(told).all() == [school.adults["green"]]
        assert list(ringing_concerns(school.adults["green"])) == [number]
        message = claim_next("push", utc_now())
        assert message
        assert message.sentence == "Something needs you in Treetops. Open Treetops."
        concerns.concern(number, asker(school, "green"))
        assert ringing_concerns(school.adults["green"]) == {}
        assert claim_next("push", utc_now() + timedelta(hours=1)) is None

    def test_closing_it_stops_it_for_the_other_leads(
        self, oak: PairedTablet, school: School, deputy: Asker
    ) -> None:
        number = raise_concern(asker(school, "ali"), WORDS)
        concerns.close_concern(number, asker(school, "green"), "I spoke with the family.")
        assert ringing(school, deputy) == {}


class TestClosing:
    def test_a_lead_closes_it_and_says_what_was_done(
        self, oak: PairedTablet, school: School, deputy: Asker
    ) -> None:
        number = raise_concern(asker(school, "ali"), WORDS)
        with pytest.raises(ConcernRefused):
            concerns.close_concern(number, deputy, "  ")
        concerns.close_concern(number, deputy, "I spoke with the family.")
        shown = concerns.concern(number, asker(school, "green"))
        assert (shown.done, shown.closed_by, shown.may_close) == ("I spoke with the family.", "Mr Marsh", False)
        with pytest.raises(ConcernRefused):
            concerns.close_concern(number, deputy, "again")

    def test_what_a_lead_raised_another_lead_closes_if_there_is_one(
        self, oak: PairedTablet, school: School, deputy: Asker
    ) -> None:
        number = raise_concern(asker(school, "green"), WORDS)
        assert not concerns.concern(number, asker(school, "green")).may_close
        with pytest.raises(ConcernRefused):
            concerns.close_concern(number, asker(school, "green"), "done")
        switch_off(deputy.adult_id)
        concerns.close_concern(number, asker(school, "green"), "I spoke with the family.")

    def test_it_outlives_the_leads_who_saw_it_but_never_goes_to_whom_it_is_about(
        self, oak: PairedTablet, school: School
    ) -> None:
        number = raise_concern(asker(school, "ali"), WORDS, about_adult_id=school.adults["okafor"])
        made = add_staff("Mr Marsh", "marsh@hazelwood.example", ["dsl"], KEYBOARD, password=PASSWORD)
        assert made.adult_id is not None
        later = Asker(made.adult_id, 1, sees_all=True, is_lead=True)
        assert concerns.concerns_for(later) == [], "who sees it was decided when it was raised"
        switch_off(school.adults["green"])
        assert concerns.concern(number, later).words == WORDS
        okafor = Asker(school.adults["okafor"], account_id=1, sees_all=True, is_lead=True)
        assert concerns.concerns_for(okafor) == []


class TestWhoRaisedIt:
    def test_learns_that_it_was_received_and_seen_and_no_more(
        self, oak: PairedTablet, school: School, deputy: Asker
    ) -> None:
        number = raise_concern(asker(school, "ali"), WORDS)
        (mine,) = concerns.raised_by(asker(school, "ali"))
        assert [(lead.name, lead.seen_at) for lead in mine.leads_told] == [("Mrs Green", None), ("Mr Marsh", None)]
        concerns.concern(number, asker(school, "green"))
        (mine,) = concerns.raised_by(asker(school, "ali"))
        assert [lead.seen_at is not None for lead in mine.leads_told] == [True, False]
        assert concerns.raised_by(asker(school, "okafor")) == []


class TestNeverAlone:
    def about(self, school: School, who: str, child: str | None = "amir") -> int:
        pupil = school.pupils[child] if child else None
        return raise_concern(asker(school, "shah"), WORDS, pupil_id=pupil, about_adult_id=school.adults[who])

    def told(self, school: School) -> dict[str, list[str]]:
        return {who: why for who, why in ringing(school).items() if why != ["concern"]}

    def test_the_adult_is_asked_as_always_and_a_lead_is_told(self, oak: PairedTablet, school: School) -> None:
        self.about(school, "ali")
        key, _new = chats.ask(new_chat(school), oak)
        assert chats.chat_on_tablet(key, oak).with_name == "Mrs Ali"
        assert ringing(school) == {"green": ["concern", "cover"], "ali": ["asked"]}
        (card,) = chats.board(asker(school, "ali"))
        assert (card.owner_id, card.came_by, card.level) == (school.adults["ali"], "asked", "asked")

    def test_they_are_not_the_cover(self, oak: PairedTablet, school: School) -> None:
        self.about(school, "okafor")
        set_presence(school.adults["ali"], Presence(tapped_on=local_now().date(), tapped_here=False), KEYBOARD)
        chats.ask(new_chat(school), oak)
        assert self.told(school) == {"ali": ["asked"], "novak": ["duty"]}
        assert chats.board(asker(school, "okafor")) == []

    def test_a_concern_that_names_no_child_counts_for_every_child_and_another_childs_does_not(
        self, oak: PairedTablet, school: School
    ) -> None:
        self.about(school, "ali", "zofia")
        chats.ask(new_chat(school), oak)
        assert ringing(school)["green"] == ["concern"]
        self.about(school, "ali", None)
        chats.ask(new_chat(school), oak)
        assert "cover" in ringing(school)["green"]

    def test_it_ends_when_the_concern_is_closed(self, oak: PairedTablet, school: School) -> None:
        number = self.about(school, "ali")
        concerns.close_concern(number, asker(school, "green"), "I spoke with everybody.")
        chats.ask(new_chat(school), oak)
        assert ringing(school) == {"ali": ["asked"]}

    def test_what_they_have_already_is_told_to_a_lead_when_the_concern_is_raised(
        self, oak: PairedTablet, school: School
    ) -> None:
        chats.ask(new_chat(school), oak)
        chats.ask(new_chat(school, "zofia", "okafor"), oak)
        self.about(school, "ali")
        assert ringing(school) == {"ali": ["asked"], "okafor": ["asked"], "green": ["concern", "cover"]}

    def test_handing_over_to_them_tells_a_lead(self, oak: PairedTablet, school: School) -> None:
        self.about(school, "okafor")
        key, _new = chats.ask(new_chat(school), oak)
        chats.answer(key, "handed_over", asker(school, "ali"), seen_number=1, to_adult_id=school.adults["okafor"])
        assert self.told(school) == {"okafor": ["handed"], "green": ["concern", "cover"]}

    @pytest.mark.parametrize("answers", [False, True])
    def test_when_the_lead_who_knew_has_gone_another_is_told(
        self, oak: PairedTablet, school: School, deputy: Asker, answers: bool
    ) -> None:
        out = Presence(tapped_on=local_now().date(), tapped_here=False)
        set_presence(deputy.adult_id, out, KEYBOARD)
        self.about(school, "ali")
        key, _new = chats.ask(new_chat(school), oak)
        if answers:
            chats.answer(key, "coming", asker(school, "ali"), seen_number=1)
        assert "cover" not in ringing(school, deputy)["marsh"]
        switch_off(school.adults["green"])
        set_presence(deputy.adult_id, Presence(), KEYBOARD)
        assert (chats.tick(), chats.tick()) == (1, 0)
        assert ringing(school, deputy)["marsh"] == ["concern", "cover"]
        assert chats.chat_on_tablet(key, oak).with_name == "Mrs Ali", "the child waits for whom they chose"

    def test_duty_alone_is_not_only_them(self, oak: PairedTablet, school: School) -> None:
        self.about(school, "novak", None)
        key, _new = chats.ask(new_chat(school, asked_for=None), oak)
        assert chats.chat_on_tablet(key, oak).with_name == "Mrs Green"


class TestEscalatingAboutAnAdult:
    def test_the_reason_is_kept_as_a_concern_that_this_lead_cannot_read(
        self, oak: PairedTablet, school: School, deputy: Asker
    ) -> None:
        keep_boards_open({deputy.adult_id}, utc_now())
        key, _new = chats.ask(new_chat(school), oak)
        assert chats.escalate(key, asker(school, "ali"), WORDS, about_adult_id=school.adults["green"])
        assert chats.chat_on_tablet(key, oak).with_name == "Mr Marsh"
        assert ringing(school, deputy) == {"marsh": ["concern", "escalated"]}
        (card,) = chats.board(deputy)
        assert chats.why_escalated([card.id], asker(school, "green")) == {}
        (shown,) = concerns.concerns_for(deputy)
        assert concerns.concern(shown.id, deputy).words == WORDS

    def test_the_childs_record_says_handed_over_as_the_boards_do(
        self, oak: PairedTablet, school: School, deputy: Asker
    ) -> None:
        key, _new = chats.ask(new_chat(school), oak)
        chats.escalate(key, asker(school, "ali"), WORDS, about_adult_id=school.adults["green"])
        of_amir = select(AuditEvent).where(AuditEvent.pupil_id == school.pupils["amir"]).order_by(AuditEvent.id)
        last = db.session.scalars(of_amir).all()[-1]
        assert (last.name, last.details["answer"]) == ("chat_answered", "handed_over")
        assert WORDS not in str(last.details)

    def test_with_no_other_lead_nothing_changes_and_a_person_is_named(
        self, oak: PairedTablet, school: School
    ) -> None:
        key, _new = chats.ask(new_chat(school), oak)
        with pytest.raises(NobodyToTell, match="in person"):
            chats.escalate(key, asker(school, "ali"), WORDS, about_adult_id=school.adults["green"])
        assert chats.chat_on_tablet(key, oak).with_name == "Mrs Ali"
        with pytest.raises(NotYet):
            chats.sign_off(key, asker(school, "green"))
