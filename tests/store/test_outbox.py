"""A message to a phone or a mailbox is written with the request, or not at all, and goes to nobody else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import time, timedelta
from uuid import UUID

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from kiosk.alerts import channels
from kiosk.alerts.models import Channel, Delivery
from kiosk.alerts.outbox import Message, claim_next, mark_never, mark_not_now, mark_sent
from kiosk.audit import KEYBOARD, AuditEvent
from kiosk.chats import store as chats
from kiosk.db import db, utc_now
from kiosk.people.accounts import set_active
from kiosk.people.models import Account
from kiosk.people.rules import Presence
from kiosk.people.store import set_presence
from kiosk.people.tablets import PairedTablet
from kiosk.school.store import local_now
from tests.cast import School
from tests.pushes import PushService
from tests.store.conftest import asker, new_chat

Phones = dict[str, int]


@pytest.fixture
def phones(oak: PairedTablet, school: School) -> Phones:
    """Everybody's phone, also that of Mr Shah, who must be told nothing: name to channel."""
    nowhere = PushService(port=9)
    return {
        who: channels.add_phone(adult_id, nowhere.phone(who), f"{who}'s phone", KEYBOARD)
        for who, adult_id in school.adults.items()
    }


@pytest.fixture
def waits(phones: Phones) -> Callable[..., dict[str, list[str]]]:
    """What the messages in the outbox say, by whose phone; of one state."""

    def look(state: str = "waiting") -> dict[str, list[str]]:
        owner = {channel_id: who for who, channel_id in phones.items()}
        found: dict[str, list[str]] = {}
        asked = select(Delivery.channel_id, Delivery.words).where(Delivery.state == state).order_by(Delivery.id)
        for channel_id, words in db.session.execute(asked):
            found.setdefault(owner[channel_id], []).append(words)
        return found

    return look


Waits = Callable[..., dict[str, list[str]]]


def send_all() -> int:
    """Send what is due, as if everything arrived."""
    sent = 0
    while message := claim_next("push", utc_now()):
        mark_sent(message, utc_now())
        sent += 1
    return sent


def claimed() -> Message:
    message = claim_next("push", utc_now())
    assert message is not None
    return message


def test_who_is_told_gets_a_message_and_nobody_else(
    oak: PairedTablet, school: School, phones: Phones, waits: Waits
) -> None:
    chats.ask(new_chat(school), oak)
    assert waits() == {"ali": ["asked"]}


class TestWhoIsNotInSchool:
    """Ill, or on a day off: the cover's phone rings, and theirs when they are back."""

    @pytest.fixture(autouse=True)
    def ali_is_ill(self, oak: PairedTablet, boards_open: None, school: School) -> None:
        today = local_now().date()
        set_presence(school.adults["ali"], Presence(away_from=today), KEYBOARD)

    def test_is_left_alone_at_home_and_finds_it_on_the_board(
        self, oak: PairedTablet, school: School, phones: Phones, waits: Waits
    ) -> None:
        key, _new = chats.ask(new_chat(school), oak)
        assert waits() == {"okafor": ["asked"]}
        assert [card.key for card in chats.board(asker(school, "ali"))] == [key]

    def test_hears_of_it_when_they_are_back(
        self, oak: PairedTablet, school: School, phones: Phones, waits: Waits
    ) -> None:
        chats.ask(new_chat(school), oak)
        set_presence(school.adults["ali"], Presence(), KEYBOARD)
        assert chats.tick() == 1
        assert waits()["ali"] == ["asked"]

    def test_hears_of_it_when_nobody_at_all_is_there(
        self, oak: PairedTablet, school: School, phones: Phones, waits: Waits
    ) -> None:
        for adult in school.adults.values():
            set_presence(adult, Presence(away_from=local_now().date()), KEYBOARD)
        chats.ask(new_chat(school), oak)
        assert waits() == {"ali": ["asked"], "green": ["asked"]}

    def test_is_left_alone_when_a_child_they_talked_with_needs_somebody_again(
        self, oak: PairedTablet, school: School, phones: Phones, waits: Waits
    ) -> None:
        set_presence(school.adults["ali"], Presence(), KEYBOARD)
        key, _new = chats.ask(new_chat(school), oak)
        chats.answer(key, "talked", asker(school, "ali"), seen_number=1)
        set_presence(school.adults["ali"], Presence(away_from=local_now().date()), KEYBOARD)
        chats.reopen(key, asker(school, "novak"))
        assert "ali" not in waits()


def test_sent_again_by_the_tablet_it_is_told_once(
    oak: PairedTablet, school: School, phones: Phones, waits: Waits
) -> None:
    entry = new_chat(school)
    chats.ask(entry, oak)
    chats.ask(entry, oak)
    assert waits() == {"ali": ["asked"]}


def test_a_request_that_is_not_kept_leaves_no_message(
    oak: PairedTablet, school: School, phones: Phones, waits: Waits, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_args: object, **_more: object) -> None:
        raise RuntimeError("a slip of ours")

    monkeypatch.setattr("kiosk.chats.store.asking.record", broken)
    with pytest.raises(RuntimeError):
        chats.ask(new_chat(school), oak)
    assert waits() == {}


def test_each_channel_of_an_adult_is_told(oak: PairedTablet, school: School, phones: Phones) -> None:
    channels.add_apprise(school.adults["ali"], "Classroom", "json://localhost", KEYBOARD)
    chats.ask(new_chat(school), oak)
    kinds = select(Channel.kind).join(Delivery, Delivery.channel_id == Channel.id).order_by(Channel.kind)
    assert db.session.scalars(kinds).all() == ["apprise", "push"]


def test_passing_on_tells_the_next_and_not_again_those_who_had_it(
    oak: PairedTablet, school: School, phones: Phones, waits: Waits
) -> None:
    chats.ask(new_chat(school), oak)
    send_all()
    chats.tick(utc_now() + timedelta(minutes=11))
    assert waits() == {"okafor": ["asked"]}


def test_what_is_told_anew_takes_the_place_of_what_still_waits(
    oak: PairedTablet, school: School, phones: Phones, waits: Waits
) -> None:
    key, _new = chats.ask(new_chat(school), oak)
    chats.cannot_wait(key, oak)
    assert waits() == {"ali": ["asked"], "novak": ["asked"]}
    assert waits("dropped") == {"ali": ["asked"]}


def test_when_one_takes_it_the_others_hear_that_it_is_taken_care_of(
    oak: PairedTablet, school: School, phones: Phones, waits: Waits
) -> None:
    key = urgent_chat(oak, school)
    assert send_all() == 2
    chats.answer(key, "coming", asker(school, "novak"), seen_number=2)
    assert waits() == {"ali": ["taken"]}
    send_all()
    chats.answer(key, "talked", asker(school, "novak"), seen_number=3)
    assert waits() == {}


def test_what_was_not_sent_yet_is_not_sent_any_more(
    oak: PairedTablet, school: School, phones: Phones, waits: Waits
) -> None:
    key = urgent_chat(oak, school)
    chats.answer(key, "coming", asker(school, "novak"), seen_number=2)
    assert waits() == {}
    assert waits("dropped") == {"ali": ["asked"], "novak": ["asked"]}


def test_what_was_on_its_way_when_it_was_taken_is_followed_too(
    oak: PairedTablet, school: School, phones: Phones, waits: Waits
) -> None:
    key = urgent_chat(oak, school)
    on_the_way = [claimed(), claimed()]
    chats.answer(key, "coming", asker(school, "novak"), seen_number=2)
    for message in on_the_way:
        mark_sent(message, utc_now())
    assert waits("sent") == {"ali": ["asked"], "novak": ["asked"]}
    assert waits() == {"ali": ["taken"]}


def test_a_failure_after_it_was_taken_is_not_tried_again(
    oak: PairedTablet, school: School, phones: Phones, waits: Waits
) -> None:
    key, _new = chats.ask(new_chat(school), oak)
    on_the_way = claimed()
    chats.cancel(key, oak)
    mark_not_now(on_the_way, "it was away", utc_now())
    assert waits() == {}


def test_when_the_child_is_ok_now_everybody_who_was_told_hears_it(
    oak: PairedTablet, school: School, phones: Phones, waits: Waits
) -> None:
    key = urgent_chat(oak, school)
    send_all()
    chats.cancel(key, oak)
    assert waits() == {"ali": ["taken"], "novak": ["taken"]}


def test_that_the_child_is_ok_now_keeps_the_quiet_hours_that_began_meanwhile(
    oak: PairedTablet, school: School, phones: Phones, waits: Waits
) -> None:
    set_quiet(school, phones, "ali", time(17), time(8))
    with time_machine.travel("2026-11-23T16:55:00+00:00", tick=False):
        key, _new = chats.ask(new_chat(school), oak)
        assert send_all() == 1
    with time_machine.travel("2026-11-23T17:05:00+00:00", tick=False):
        chats.cancel(key, oak)
        assert send_all() == 0
        assert waits() == {"ali": ["taken"]}


def test_taken_care_of_never_hides_that_another_child_waits(
    oak: PairedTablet, school: School, phones: Phones, waits: Waits
) -> None:
    first = urgent_chat(oak, school)
    second, _new = chats.ask(new_chat(school, "zofia", None), oak)
    send_all()
    chats.answer(first, "coming", asker(school, "ali"), seen_number=2)
    assert waits() == {}  # Ms Novak's phone still says that somebody would like to talk, and that is so
    chats.answer(second, "coming", asker(school, "green"), seen_number=1)
    assert waits() == {"novak": ["taken"]}


def test_a_new_request_takes_the_place_of_taken_care_of(
    oak: PairedTablet, school: School, phones: Phones, waits: Waits
) -> None:
    first = urgent_chat(oak, school)
    send_all()
    chats.answer(first, "coming", asker(school, "ali"), seen_number=2)
    assert waits() == {"novak": ["taken"]}
    chats.ask(new_chat(school, "zofia", None), oak)
    assert waits() == {"novak": ["asked"]}


def test_what_is_handed_over_is_told_to_the_other_adult_alone(
    oak: PairedTablet, school: School, phones: Phones, waits: Waits
) -> None:
    key = urgent_chat(oak, school)
    send_all()
    okafor = school.adults["okafor"]
    chats.answer(key, "handed_over", asker(school, "ali"), seen_number=2, to_adult_id=okafor)
    assert waits() == {"okafor": ["asked"], "novak": ["taken"]}
    send_all()
    chats.answer(key, "handed_over", asker(school, "okafor"), seen_number=3, to_adult_id=school.adults["ali"])
    assert waits() == {"ali": ["asked"]}


def test_quiet_hours_are_kept_and_what_is_asked_in_them_comes_after(
    oak: PairedTablet, school: School, phones: Phones, waits: Waits
) -> None:
    set_quiet(school, phones, "ali", time(17), time(8))
    with time_machine.travel("2026-11-23T18:00:00+00:00", tick=False):
        chats.ask(new_chat(school), oak)
        send_all()
        assert waits("sent") == {"okafor": ["asked"]}, "the next who would hear of it"
    with time_machine.travel("2026-11-24T07:59:59+00:00", tick=False):
        assert send_all() == 0
    with time_machine.travel("2026-11-24T08:00:00+00:00", tick=False):
        assert send_all() == 1
    assert waits("sent")["ali"] == ["asked"]


def test_new_quiet_hours_hold_for_what_waits_already(oak: PairedTablet, school: School, phones: Phones) -> None:
    with time_machine.travel("2026-11-23T18:00:00+00:00", tick=False):
        chats.ask(new_chat(school), oak)
        set_quiet(school, phones, "ali", time(17), time(8))
        assert send_all() == 0
        set_quiet(school, phones, "ali", None, None)
        assert send_all() == 1


def test_a_test_comes_at_once_also_in_quiet_hours_and_once(
    oak: PairedTablet, school: School, phones: Phones, waits: Waits
) -> None:
    with time_machine.travel("2026-11-23T18:00:00+00:00", tick=False):
        set_quiet(school, phones, "ali", time(17), time(8))
        channels.send_test(phones["ali"], school.adults["ali"])
        channels.send_test(phones["ali"], school.adults["ali"])
        assert waits() == {"ali": ["test"]}
        assert send_all() == 1


def test_somebody_who_was_switched_off_is_told_nothing_more(
    oak: PairedTablet, school: School, phones: Phones, waits: Waits
) -> None:
    chats.ask(new_chat(school), oak)
    account = db.session.scalars(select(Account.id).where(Account.adult_id == school.adults["ali"])).one()
    set_active(account, False, KEYBOARD)
    assert send_all() == 0
    assert waits("dropped") == {"ali": ["asked"]}
    chats.ask(new_chat(school), oak)
    assert "ali" not in waits()


def test_a_channel_that_was_removed_stops_no_request(
    oak: PairedTablet, school: School, phones: Phones, waits: Waits
) -> None:
    chats.ask(new_chat(school), oak)
    on_the_way = claimed()
    channels.remove(phones["ali"], school.adults["ali"], KEYBOARD)
    mark_sent(on_the_way, utc_now())
    chats.ask(new_chat(school), oak)
    assert waits() == {"okafor": ["asked"]}, "Mr Okafor would hear of it and Mrs Ali would not"


def test_a_channel_that_can_never_work_is_switched_off_and_counted(
    oak: PairedTablet, school: School, phones: Phones, waits: Waits
) -> None:
    chats.ask(new_chat(school), oak)
    chats.ask(new_chat(school), oak)
    mark_never(claimed(), "the phone is gone", utc_now())
    assert (waits("failed"), waits("dropped"), waits()) == ({"ali": ["asked"]}, {"ali": ["asked"]}, {})
    (mine,) = channels.my_channels(school.adults["ali"])
    assert (mine.disabled_why, mine.disabled_at is None) == ("the phone is gone", False)
    assert channels.channels_not_working() == 1
    off = db.session.scalars(select(AuditEvent).where(AuditEvent.name == "channel_switched_off")).one()
    assert off.details == {"channel": phones["ali"], "why": "the phone is gone"}
    chats.ask(new_chat(school), oak)
    assert waits() == {"okafor": ["asked"]}, "Mr Okafor would hear of it and Mrs Ali would not"
    with pytest.raises(channels.ChannelRefused):
        channels.send_test(phones["ali"], school.adults["ali"])


def test_it_is_tried_again_and_again_and_given_up_after_a_day(
    oak: PairedTablet, school: School, phones: Phones, waits: Waits
) -> None:
    start = utc_now()
    with time_machine.travel(start, tick=False) as clock:
        chats.ask(new_chat(school), oak)
        tries = 0
        while waits():
            while message := claim_next("push", utc_now()):
                tries += 1
                mark_not_now(message, "it was away", utc_now())
            clock.shift(60)
        took = utc_now() - start
    assert waits("failed") == {"ali": ["asked"]}
    assert timedelta(hours=24) <= took <= timedelta(hours=24, minutes=10)
    assert tries > 100


def test_requests_that_are_taken_soon_do_not_keep_a_broken_channel_alive(
    oak: PairedTablet, school: School, phones: Phones
) -> None:
    with time_machine.travel(utc_now(), tick=False) as clock:
        for hours in range(27):
            (mine,) = channels.my_channels(school.adults["ali"])
            assert (mine.disabled_at is None) == (hours <= 24)
            key, _new = chats.ask(new_chat(school), oak)
            while message := claim_next("push", utc_now()):
                mark_not_now(message, "it was away", utc_now())
            chats.cancel(key, oak)
            clock.shift(3600)
    assert channels.channels_not_working() == 1


def test_a_phone_that_changes_hands_belongs_to_whoever_added_it_last(
    oak: PairedTablet, school: School, phones: Phones
) -> None:
    again = channels.add_phone(school.adults["shah"], PushService(port=9).phone("ali"), "", KEYBOARD)
    assert channels.my_channels(school.adults["ali"]) == []
    assert [mine.id for mine in channels.my_channels(school.adults["shah"])] == [phones["shah"], again]


def test_nobody_touches_somebody_elses_channel(oak: PairedTablet, school: School, phones: Phones) -> None:
    shah = school.adults["shah"]
    for touch in (
        lambda: channels.remove(phones["ali"], shah, KEYBOARD),
        lambda: channels.send_test(phones["ali"], shah),
        lambda: channels.set_quiet_hours(phones["ali"], shah, time(8), time(9), KEYBOARD),
        lambda: channels.my_channel(phones["ali"], shah),
        lambda: channels.remove(None, shah, KEYBOARD),
    ):
        with pytest.raises(channels.NoSuchChannel):
            touch()
    assert [mine.name for mine in channels.my_channels(school.adults["ali"])] == ["ali's phone"]


def test_nothing_that_is_read_holds_an_address(app: Flask, school: School, phones: Phones) -> None:
    for adult_id in school.adults.values():
        assert "127.0.0.1" not in repr(channels.my_channels(adult_id))
    kept = [str(event.details) for event in db.session.scalars(select(AuditEvent))]
    assert not [details for details in kept if "127.0.0.1" in details]


def urgent_chat(oak: PairedTablet, school: School) -> UUID:
    """Amir asks Mrs Ali and cannot wait: she and Ms Novak on duty are told."""
    key, _new = chats.ask(new_chat(school, cannot_wait=True), oak)
    return key


def set_quiet(school: School, phones: Phones, who: str, begins: time | None, ends: time | None) -> None:
    channels.set_quiet_hours(phones[who], school.adults[who], begins, ends, KEYBOARD)
