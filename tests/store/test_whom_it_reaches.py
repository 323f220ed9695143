"""Whom a request reaches: those on duty, whom the child chose when they are back, nobody while nobody hears."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from kiosk.alerts.models import Alert
from kiosk.alerts.reaching import keep_boards_open
from kiosk.audit import KEYBOARD
from kiosk.chats import store as chats
from kiosk.chats.coming import CannotCome
from kiosk.chats.models import ChatAudience
from kiosk.db import db, utc_now
from kiosk.people.accounts import add_staff
from kiosk.people.rules import Presence
from kiosk.people.store import set_presence
from kiosk.people.tablets import PairedTablet
from kiosk.school.store import change_setting
from tests.cast import PASSWORD, School
from tests.store.conftest import asker, new_chat

LONDON = ZoneInfo("Europe/London")
MONDAY_AFTERNOON = datetime(2026, 9, 14, 16, 0, tzinfo=LONDON)
TUESDAY, TUESDAY_MORNING = 1, datetime(2026, 9, 15, 8, 30, tzinfo=LONDON)
TUESDAYS_AND_THURSDAYS = 0b1010


@pytest.fixture
def clock(oak: PairedTablet) -> Iterator[time_machine.Coordinates]:
    """Ten on a Tuesday, in a school that is open from 08:30 to 15:30 on weekdays."""
    change_setting("school_hours", "08:30-15:30", KEYBOARD)
    change_setting("school_days", "mon-fri", KEYBOARD)
    with time_machine.travel(datetime(2026, 9, 15, 10, 0, tzinfo=LONDON), tick=False) as moving:
        yield moving


def is_in(school: School, who: str, presence: Presence) -> None:
    set_presence(school.adults[who], presence, KEYBOARD)


def opens_a_board(school: School, *who: str) -> None:
    keep_boards_open({school.adults[name] for name in who}, utc_now())


def rings(school: School) -> dict[str, list[str]]:
    """Every alert there was, by adult."""
    names = {adult_id: who for who, adult_id in school.adults.items()}
    told: dict[str, list[str]] = {}
    for adult_id, reason in db.session.execute(select(Alert.adult_id, Alert.reason).order_by(Alert.id)):
        told.setdefault(names[adult_id], []).append(reason)
    return told


def tick() -> list[int]:
    """What the clock moves until it comes to rest."""
    moved = [chats.tick()]
    while moved[-1] and len(moved) < 9:
        moved.append(chats.tick())
    return moved


def every_day(**hours: str) -> dict[str, tuple[str, str]]:
    """The same part of the day on every weekday."""
    return {str(day): (hours["comes"], hours["goes"]) for day in range(5)}


class TestCannotWait:
    @pytest.fixture
    def reid(self, oak: PairedTablet, school: School) -> None:
        """A second adult on duty."""
        account = add_staff("Mr Reid", "reid@hazelwood.example", ["duty"], KEYBOARD, password=PASSWORD)
        assert account.adult_id is not None
        school.adults["reid"] = account.adult_id

    @pytest.mark.usefixtures("reid", "clock")
    def test_everyone_on_duty_has_it_though_only_the_lead_hears(self, oak: PairedTablet, school: School) -> None:
        opens_a_board(school, "green")
        key, _new = chats.ask(new_chat(school, cannot_wait=True), oak)
        assert {who: why for who, why in rings(school).items() if who != "ali"} == {
            "novak": ["cannot_wait"],
            "reid": ["cannot_wait"],
            "green": ["cannot_wait"],
        }
        theirs = set(db.session.scalars(select(ChatAudience.adult_id)))
        assert {school.adults["novak"], school.adults["reid"]} <= theirs
        assert not chats.chat_on_tablet(key, oak).duty_told, "it reached the lead, and nobody on duty"
        opens_a_board(school, "reid")
        assert chats.chat_on_tablet(key, oak).duty_told

    @pytest.mark.usefixtures("reid", "clock")
    def test_said_later_it_tells_them_too(self, oak: PairedTablet, school: School) -> None:
        opens_a_board(school, "ali", "novak")
        key, _new = chats.ask(new_chat(school), oak)
        assert not chats.chat_on_tablet(key, oak).duty_told
        chats.cannot_wait(key, oak)
        assert rings(school) == {
            "ali": ["asked", "cannot_wait"],
            "novak": ["cannot_wait"],
            "reid": ["cannot_wait"],
        }
        assert chats.chat_on_tablet(key, oak).duty_told

    def test_said_again_after_the_first_talk_it_is_told_as_it_is_now(
        self, oak: PairedTablet, school: School, clock: time_machine.Coordinates
    ) -> None:
        """Everyone on duty knew of the first time: of the second the child is not told so unless they do."""
        opens_a_board(school, "ali", "novak")
        key, _new = chats.ask(new_chat(school, cannot_wait=True), oak)
        assert chats.chat_on_tablet(key, oak).duty_told
        chats.answer(key, "talked", asker(school, "ali"), seen_number=2)
        clock.shift(timedelta(minutes=30))
        opens_a_board(school, "ali", "green")
        chats.reopen(key, asker(school, "ali"))
        chats.cannot_wait(key, oak)
        assert not chats.chat_on_tablet(key, oak).duty_told, "no board is open on duty, and no phone rings"

    @pytest.mark.usefixtures("clock")
    def test_who_comes_on_duty_meanwhile_is_told_once(self, oak: PairedTablet, school: School, reid: None) -> None:
        is_in(school, "reid", Presence(hours=every_day(comes="10:05", goes="15:00")))
        opens_a_board(school, "ali", "novak")
        chats.ask(new_chat(school, cannot_wait=True), oak)
        assert tick() == [0]
        with time_machine.travel(utc_now() + timedelta(minutes=5), tick=False):
            opens_a_board(school, "ali", "novak")
            assert tick() == [1, 0]
        assert rings(school)["reid"] == ["cannot_wait"]


class TestWhoTookItAndGoes:
    def test_it_passes_on_when_their_hours_end(
        self, oak: PairedTablet, school: School, clock: time_machine.Coordinates
    ) -> None:
        opens_a_board(school, "ali", "okafor")
        change_setting("answer_within_seconds", str(24 * 3600), KEYBOARD)
        key, _new = chats.ask(new_chat(school), oak)
        chats.answer(key, "seen", asker(school, "ali"), seen_number=1)
        is_in(school, "ali", Presence(hours=every_day(comes="08:30", goes="12:00")))
        clock.move_to(datetime(2026, 9, 15, 11, 59, tzinfo=LONDON))
        assert tick() == [0]
        clock.move_to(datetime(2026, 9, 15, 12, 0, tzinfo=LONDON))
        opens_a_board(school, "okafor")
        assert tick() == [1, 0]
        stands = chats.chat_on_tablet(key, oak)
        assert (stands.state, stands.with_name) == ("asked", "Mr Okafor")

    def test_an_absence_from_tomorrow_passes_it_on_when_school_opens_and_asks_nobody_at_home(
        self, oak: PairedTablet, school: School, clock: time_machine.Coordinates
    ) -> None:
        clock.move_to(datetime(2026, 9, 15, 15, 25, tzinfo=LONDON))
        opens_a_board(school, "ali")
        key, _new = chats.ask(new_chat(school), oak)
        chats.answer(key, "seen", asker(school, "ali"), seen_number=1)
        tomorrow = datetime(2026, 9, 16, 8, 30, tzinfo=LONDON)
        is_in(school, "ali", Presence(away_from=tomorrow.date()))
        clock.move_to(tomorrow)
        opens_a_board(school, "okafor")
        assert tick() == [1, 0]
        assert chats.chat_on_tablet(key, oak).with_name == "Mr Okafor"
        assert "late" not in rings(school)["ali"]

    def test_at_lunch_they_keep_what_they_promised_for_after_it(
        self, oak: PairedTablet, school: School, clock: time_machine.Coordinates
    ) -> None:
        is_in(school, "ali", Presence(lunch_from=time(12), lunch_until=time(13)))
        opens_a_board(school, "ali")
        first, _new = chats.ask(new_chat(school), oak)
        second, _new = chats.ask(new_chat(school), oak)
        ali, at = asker(school, "ali"), datetime(2026, 9, 15, 13, 30, tzinfo=LONDON)
        chats.answer(first, "coming", ali, seen_number=1, coming_at=at)
        clock.move_to(datetime(2026, 9, 15, 11, 52, tzinfo=LONDON))
        chats.answer(second, "seen", ali, seen_number=1)
        for hour, minute, moved in ((12, 1, [0]), (12, 2, [1, 0])):
            clock.move_to(datetime(2026, 9, 15, hour, minute, tzinfo=LONDON))
            opens_a_board(school, "okafor")
            assert tick() == moved
        assert chats.chat_on_tablet(first, oak).with_name == "Mrs Ali"
        assert chats.chat_on_tablet(second, oak).with_name == "Mr Okafor"


class TestWhomTheChildChose:
    @pytest.fixture
    def key(self, oak: PairedTablet, school: School, clock: time_machine.Coordinates) -> UUID:
        """On Monday after school Amir asks for Mr Okafor, who is in on Tuesdays; Mrs Ali has it meanwhile."""
        is_in(school, "okafor", Presence(weekdays=TUESDAYS_AND_THURSDAYS))
        clock.move_to(MONDAY_AFTERNOON)
        opens_a_board(school, "ali")
        key, _new = chats.ask(new_chat(school, asked_for="okafor"), oak)
        assert chats.chat_on_tablet(key, oak).with_name == "Mrs Ali"
        return key

    def test_asked_after_school_it_is_theirs_when_school_opens(
        self, oak: PairedTablet, school: School, key: UUID, clock: time_machine.Coordinates
    ) -> None:
        clock.move_to(TUESDAY_MORNING)
        opens_a_board(school, "ali")
        assert tick() == [1, 0]
        stands = chats.chat_on_tablet(key, oak)
        assert (stands.with_name, stands.late) == ("Mr Okafor", False)
        assert stands.due_at == TUESDAY_MORNING + timedelta(minutes=10)
        assert rings(school) == {"okafor": ["asked", "back"], "ali": ["cover", "moved_on"]}

    def test_many_clocks_give_it_to_them_once(
        self, app: Flask, school: School, key: UUID, clock: time_machine.Coordinates
    ) -> None:
        clock.move_to(TUESDAY_MORNING)
        opens_a_board(school, "ali")
        db.session.remove()
        start, moved = threading.Barrier(4), []

        def run() -> None:
            with app.app_context():
                start.wait(timeout=10)
                moved.append(chats.tick())

        clocks = [threading.Thread(target=run) for _ in range(4)]
        for one in clocks:
            one.start()
        for one in clocks:
            one.join()
        assert sum(moved) == 1
        assert Counter(db.session.scalars(select(Alert.reason)))["back"] == 1

    def test_with_nobody_in_at_that_hour_it_goes_in_the_morning_to_who_is_nearest(
        self, oak: PairedTablet, school: School, clock: time_machine.Coordinates
    ) -> None:
        for who in ("ali", "novak"):
            is_in(school, who, Presence(hours=every_day(comes="08:30", goes="15:30")))
        is_in(school, "okafor", Presence(away_from=MONDAY_AFTERNOON.date()))
        clock.move_to(MONDAY_AFTERNOON)
        key, _new = chats.ask(new_chat(school, who="zofia", asked_for="okafor"), oak)
        assert chats.chat_on_tablet(key, oak).with_name == "Mrs Green"
        clock.move_to(TUESDAY_MORNING)
        opens_a_board(school, "novak")
        assert tick() == [1, 0]
        stands = chats.chat_on_tablet(key, oak)
        assert (stands.with_name, stands.level) == (None, "duty")

    def test_asked_during_lunch_it_is_theirs_when_they_are_back(
        self, oak: PairedTablet, school: School, clock: time_machine.Coordinates
    ) -> None:
        is_in(school, "ali", Presence(lunch_from=time(12), lunch_until=time(12, 5)))
        clock.move_to(datetime(2026, 9, 15, 12, 0, tzinfo=LONDON))
        opens_a_board(school, "okafor")
        key, _new = chats.ask(new_chat(school), oak)
        assert chats.chat_on_tablet(key, oak).with_name == "Mr Okafor"
        clock.move_to(datetime(2026, 9, 15, 12, 5, tzinfo=LONDON))
        opens_a_board(school, "okafor")
        assert tick() == [1, 0]
        assert chats.chat_on_tablet(key, oak).with_name == "Mrs Ali"


@pytest.mark.usefixtures("clock")
class TestNobodyHears:
    def test_the_child_is_told_at_once_and_no_more_as_soon_as_somebody_hears(
        self, oak: PairedTablet, school: School
    ) -> None:
        key, _new = chats.ask(new_chat(school), oak)
        stands = chats.chat_on_tablet(key, oak)
        assert (stands.with_name, stands.nobody_is_here) == ("Mrs Ali", True)
        assert rings(school) == {"ali": ["asked"], "green": ["nobody_here"]}, "the lead knows"
        opens_a_board(school, "novak")
        assert not chats.chat_on_tablet(key, oak).nobody_is_here
        assert tick() == [1, 0]
        assert rings(school)["novak"] == ["duty"], "who opens a board has it at once"

    def test_a_board_counts_within_its_grace_and_the_lead_is_told_once(
        self, oak: PairedTablet, school: School, clock: time_machine.Coordinates
    ) -> None:
        opens_a_board(school, "ali")
        key, _new = chats.ask(new_chat(school), oak)
        clock.shift(timedelta(seconds=119))
        assert (chats.chat_on_tablet(key, oak).nobody_is_here, tick()) == (False, [0])
        for _ in range(2):
            clock.shift(timedelta(seconds=122))
            assert chats.chat_on_tablet(key, oak).nobody_is_here
            tick()
            opens_a_board(school, "ali")
            assert not chats.chat_on_tablet(key, oak).nobody_is_here
            assert tick() == [0]
        assert rings(school) == {"ali": ["asked"], "green": ["nobody_here"]}
        assert [chat.nobody_is_here for chat in chats.chats_on_tablet(oak, utc_now().date())] == [False]

    def test_what_somebody_has_taken_is_heard(self, oak: PairedTablet, school: School) -> None:
        key, _new = chats.ask(new_chat(school), oak)
        chats.answer(key, "seen", asker(school, "ali"), seen_number=1)
        assert not chats.chat_on_tablet(key, oak).nobody_is_here


@pytest.mark.usefixtures("clock")
class TestHandedOver:
    def test_to_somebody_whom_nothing_tells_tells_the_next_as_well(
        self, oak: PairedTablet, school: School
    ) -> None:
        opens_a_board(school, "ali", "novak")
        key, _new = chats.ask(new_chat(school), oak)
        chats.answer(key, "handed_over", asker(school, "ali"), seen_number=1, to_adult_id=school.adults["shah"])
        assert rings(school) == {"ali": ["asked"], "shah": ["handed"], "novak": ["cover"]}
        assert tick() == [0]
        assert chats.chat_on_tablet(key, oak).with_name == "Mr Shah"

    def test_when_only_the_giver_hears_it_comes_back_to_them_and_rings(
        self, oak: PairedTablet, school: School, clock: time_machine.Coordinates
    ) -> None:
        opens_a_board(school, "ali")
        key, _new = chats.ask(new_chat(school), oak)
        chats.answer(key, "handed_over", asker(school, "ali"), seen_number=1, to_adult_id=school.adults["shah"])
        assert tick() == [0]
        clock.shift(timedelta(minutes=2))
        opens_a_board(school, "ali")
        assert tick() == [1, 0]
        assert chats.chat_on_tablet(key, oak).with_name == "Mrs Ali"
        assert rings(school) == {"ali": ["asked", "passed_on"], "shah": ["handed", "moved_on"]}

    def test_given_to_a_lead_whom_nothing_tells_whoever_had_it_is_asked_still(
        self, oak: PairedTablet, school: School
    ) -> None:
        opens_a_board(school, "ali", "novak")
        key, _new = chats.ask(new_chat(school), oak)
        chats.answer(key, "coming", asker(school, "ali"), seen_number=1)
        chats.escalate(key, asker(school, "novak"), "a reason")
        assert chats.chat_on_tablet(key, oak).with_name == "Mrs Green"
        assert rings(school) == {"ali": ["asked", "cover"], "green": ["escalated"]}

    def test_to_somebody_who_hears_tells_nobody_else(self, oak: PairedTablet, school: School) -> None:
        opens_a_board(school, "ali", "novak", "shah")
        key, _new = chats.ask(new_chat(school), oak)
        chats.answer(key, "handed_over", asker(school, "ali"), seen_number=1, to_adult_id=school.adults["shah"])
        assert rings(school) == {"ali": ["asked"], "shah": ["handed"]}


@pytest.mark.usefixtures("clock")
def test_a_time_that_cannot_be_kept_changes_nothing(oak: PairedTablet, school: School) -> None:
    opens_a_board(school, "ali")
    key, _new = chats.ask(new_chat(school), oak)
    eight = datetime(2026, 9, 15, 20, 0, tzinfo=LONDON)
    with pytest.raises(CannotCome, match="School closes at 15:30 today"):
        chats.answer(key, "coming", asker(school, "ali"), seen_number=1, coming_at=eight)
    assert chats.chat_on_tablet(key, oak).state == "asked"
