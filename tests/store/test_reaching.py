"""Who would hear of a request: an open board, or a phone that works; and what the chain makes of it."""

from __future__ import annotations

from datetime import time, timedelta
from uuid import UUID

import pytest
import time_machine
from sqlalchemy import event, select, update

from kiosk.alerts import channels
from kiosk.alerts.models import Alert, Bell, Channel
from kiosk.alerts.outbox import claim_next, mark_never, mark_not_now, mark_sent
from kiosk.alerts.reaching import (
    can_be_told,
    has_a_way,
    keep_board_open,
    keep_boards_open,
    whom_nothing_tells,
)
from kiosk.alerts.rules import FAILS_IN_A_ROW
from kiosk.alerts.store import revision_of, ring
from kiosk.audit import KEYBOARD
from kiosk.chats import store as chats
from kiosk.chats.models import Chat, ChatEvent
from kiosk.db import db, utc_now, writing
from kiosk.people.accounts import set_active
from kiosk.people.models import Account
from kiosk.people.rules import Presence
from kiosk.people.store import set_presence
from kiosk.people.tablets import PairedTablet
from kiosk.school.store import change_setting, local_now
from tests.cast import School
from tests.clock import school_morning
from tests.pushes import PushService
from tests.store.conftest import asker, new_chat


def names(school: School) -> set[str]:
    """Who of the cast would hear of a request now."""
    told = can_be_told(set(school.adults.values()), utc_now())
    return {who for who, adult_id in school.adults.items() if adult_id in told}


def add_phone(school: School, who: str) -> int:
    return channels.add_phone(school.adults[who], PushService(port=9).phone(who), "", KEYBOARD)


def opens_a_board(school: School, *who: str) -> None:
    keep_boards_open({school.adults[name] for name in who}, utc_now())


def switch_off(school: School, who: str) -> None:
    account = db.session.scalars(select(Account).where(Account.adult_id == school.adults[who])).one()
    set_active(account.id, False, KEYBOARD)


def told(school: School) -> dict[str, list[str]]:
    """Every alert there was, by adult."""
    who = {adult_id: name for name, adult_id in school.adults.items()}
    found: dict[str, list[str]] = {}
    for adult_id, reason in db.session.execute(select(Alert.adult_id, Alert.reason).order_by(Alert.id)):
        found.setdefault(who[adult_id], []).append(reason)
    return found


def owner(oak: PairedTablet, key: UUID) -> str | None:
    return chats.chat_on_tablet(key, oak).with_name


class TestABoard:
    def test_it_counts_for_two_minutes_and_then_no_more(self, oak: PairedTablet, school: School) -> None:
        now = utc_now()
        with time_machine.travel(now, tick=False):
            opens_a_board(school, "ali", "novak")
            assert names(school) == {"ali", "novak"}
        with time_machine.travel(now + timedelta(seconds=119), tick=False):
            keep_board_open(school.adults["novak"], utc_now())
            assert names(school) == {"ali", "novak"}
        with time_machine.travel(now + timedelta(seconds=121), tick=False):
            assert names(school) == {"novak"}

    def test_looking_at_it_again_and_again_is_written_down_once_a_minute(
        self, oak: PairedTablet, school: School
    ) -> None:
        ali, now = school.adults["ali"], utc_now()
        for seconds in (0, 5, 59, 60, 61):
            keep_board_open(ali, now + timedelta(seconds=seconds))
        opened = db.session.scalars(select(Bell.board_open_at).where(Bell.adult_id == ali)).one()
        assert opened == now + timedelta(seconds=60)

    def test_all_of_a_process_are_written_down_with_one_statement(self, oak: PairedTablet, school: School) -> None:
        said: list[str] = []

        def hear(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
            if "INTO bell" in statement or "UPDATE bell" in statement:
                said.append(statement)

        event.listen(db.engine, "before_cursor_execute", hear)
        try:
            keep_boards_open(set(school.adults.values()), utc_now())
        finally:
            event.remove(db.engine, "before_cursor_execute", hear)
        assert len(said) == 1
        assert names(school) == set(school.adults)

    def test_its_revision_stays_its_own(self, oak: PairedTablet, school: School) -> None:
        ali = school.adults["ali"]
        keep_board_open(ali, utc_now())
        assert revision_of(ali) == 0
        with writing():
            ring({ali})
        keep_boards_open({ali}, utc_now())
        assert revision_of(ali) == 1
        assert names(school) == {"ali"}


class TestAPhone:
    def test_one_that_works_counts(self, oak: PairedTablet, school: School) -> None:
        add_phone(school, "ali")
        assert names(school) == {"ali"}

    def test_not_in_its_quiet_hours(self, oak: PairedTablet, school: School) -> None:
        phone, ali = add_phone(school, "ali"), school.adults["ali"]
        channels.set_quiet_hours(phone, ali, time(17), time(8), KEYBOARD)
        with time_machine.travel("2026-11-23T18:00:00+00:00", tick=False):
            assert names(school) == set()
        with time_machine.travel("2026-11-23T10:00:00+00:00", tick=False):
            assert names(school) == {"ali"}

    def test_not_one_that_is_gone(self, oak: PairedTablet, school: School) -> None:
        add_phone(school, "ali")
        chats.ask(new_chat(school), oak)
        message = claim_next("push", utc_now())
        assert message
        mark_never(message, "it is gone", utc_now())
        assert names(school) == set()

    def test_not_one_that_fails_again_and_again_until_it_works(self, oak: PairedTablet, school: School) -> None:
        add_phone(school, "ali")
        chats.ask(new_chat(school), oak)
        at = utc_now()
        for failed in range(1, FAILS_IN_A_ROW + 1):
            message = claim_next("push", at)
            assert message
            mark_not_now(message, "it was away", at)
            assert (names(school) == {"ali"}) == (failed < FAILS_IN_A_ROW)
            at += timedelta(minutes=1)
        message = claim_next("push", at)
        assert message
        mark_sent(message, at)
        assert names(school) == {"ali"}

    def test_mail_counts_while_the_school_has_a_mail_server(self, oak: PairedTablet, school: School) -> None:
        change_setting("mail_server", "mailto://127.0.0.1:9?from=treetops@hazelwood.example", KEYBOARD)
        channels.add_own_mail(school.adults["ali"], KEYBOARD)
        assert names(school) == {"ali"}
        change_setting("mail_server", "", KEYBOARD)
        assert names(school) == set()


class TestTheChain:
    def test_who_was_asked_keeps_it_and_who_would_hear_of_it_is_told_as_well(
        self, oak: PairedTablet, school: School
    ) -> None:
        opens_a_board(school, "novak", "shah")
        key, _new = chats.ask(new_chat(school), oak)
        assert owner(oak, key) == "Mrs Ali"
        assert told(school) == {"ali": ["asked"], "novak": ["cover"]}
        assert chats.tick() == 0

    def test_it_passes_on_at_once_when_those_who_have_it_hear_no_more(
        self, oak: PairedTablet, school: School
    ) -> None:
        start = utc_now()
        with time_machine.travel(start, tick=False):
            opens_a_board(school, "ali", "okafor")
            key, _new = chats.ask(new_chat(school), oak)
            assert told(school) == {"ali": ["asked"]}
        with time_machine.travel(start + timedelta(minutes=3), tick=False):
            opens_a_board(school, "okafor")
            assert chats.tick() == 1
            assert chats.tick() == 0
            assert owner(oak, key) == "Mr Okafor"
            assert not chats.chat_on_tablet(key, oak).is_overdue(utc_now()), "ten minutes are not over"
        moved = db.session.scalars(select(ChatEvent).where(ChatEvent.kind == "passed_on")).one()
        assert moved.note == "unreachable"

    def test_a_school_without_boards_and_phones_works_as_it_always_did(
        self, oak: PairedTablet, school: School
    ) -> None:
        key, _new = chats.ask(new_chat(school), oak)
        assert chats.tick(utc_now() + timedelta(minutes=9)) == 0
        assert chats.tick(utc_now() + timedelta(minutes=11)) == 1
        assert owner(oak, key) == "Mr Okafor"


class TestWhoIsHereNoMore:
    @pytest.mark.parametrize("taken", [False, True])
    def test_a_leavers_request_passes_on_at_the_next_tick(
        self, oak: PairedTablet, school: School, taken: bool
    ) -> None:
        key, _new = chats.ask(new_chat(school), oak)
        if taken:
            chats.answer(key, "coming", asker(school, "ali"), seen_number=1)
        set_presence(school.adults["ali"], Presence(left_on=local_now().date()), KEYBOARD)
        assert chats.tick() == 1
        assert owner(oak, key) == "Mr Okafor"
        assert db.session.scalars(select(Chat.state)).one() == "asked"

    @pytest.mark.parametrize("taken", [False, True])
    def test_so_does_that_of_who_can_sign_in_no_more(self, oak: PairedTablet, school: School, taken: bool) -> None:
        opens_a_board(school, "ali", "okafor")
        key, _new = chats.ask(new_chat(school), oak)
        if taken:
            chats.answer(key, "coming", asker(school, "ali"), seen_number=1)
        switch_off(school, "ali")
        assert chats.tick() == 1
        assert owner(oak, key) == "Mr Okafor"
        assert "passed_on" in told(school)["okafor"]

    def test_a_lead_who_leaves_leaves_no_request_behind(self, oak: PairedTablet, school: School) -> None:
        key, _new = chats.ask(new_chat(school), oak)
        chats.escalate(key, asker(school, "ali"), "a reason")
        switch_off(school, "green")
        assert chats.tick() == 1
        assert db.session.scalars(select(Chat.level)).one() == "duty"


class TestWhomNothingTells:
    """Who is here and would hear of a request by nothing is said to those who can do something about it."""

    def test_with_no_board_and_no_phone_it_is_everybody_who_is_here(
        self, oak: PairedTablet, school: School
    ) -> None:
        told = {adult.id for adult in whom_nothing_tells(utc_now())}
        assert told == set(school.adults.values())

    def test_a_board_a_phone_or_not_being_in_takes_somebody_off(self, oak: PairedTablet, school: School) -> None:
        opens_a_board(school, "ali", "shah", "bell")
        add_phone(school, "okafor")
        out = Presence(tapped_on=local_now().date(), tapped_here=False)
        set_presence(school.adults["novak"], out, KEYBOARD)
        assert [adult.called for adult in whom_nothing_tells(utc_now())] == ["Mrs Green"]

    def test_while_school_is_closed_nobody_has_to_hear_anything(self, oak: PairedTablet) -> None:
        change_setting("school_days", "mon-fri", KEYBOARD)
        change_setting("school_hours", "08:30-15:30", KEYBOARD)
        with time_machine.travel(school_morning() + timedelta(hours=10), tick=False):
            assert whom_nothing_tells(utc_now()) == []

    def test_a_phone_counts_as_a_way_in_its_quiet_hours_and_not_when_it_stopped(
        self, oak: PairedTablet, school: School
    ) -> None:
        ali = school.adults["ali"]
        assert not has_a_way(ali)
        channel = channels.add_phone(ali, PushService(port=9).phone("ali"), "", KEYBOARD)
        channels.set_quiet_hours(channel, ali, time(0), time(23, 59), KEYBOARD)
        assert has_a_way(ali)
        with writing() as session:
            session.execute(update(Channel).values(disabled_at=utc_now()))
        assert not has_a_way(ali)
