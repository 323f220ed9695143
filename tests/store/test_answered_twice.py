"""An answer that arrives twice, or from a page that is older than what has happened since, does no harm."""

from __future__ import annotations

from collections import Counter

import pytest
from sqlalchemy import select

from kiosk.alerts import channels
from kiosk.alerts.models import Channel
from kiosk.alerts.outbox import claim_next, mark_sent
from kiosk.audit import KEYBOARD
from kiosk.chats import store as chats
from kiosk.chats.concerns import raise_concern
from kiosk.chats.models import ChatEvent
from kiosk.chats.rules import OpenedAgain
from kiosk.db import db, utc_now
from kiosk.people.rules import Presence
from kiosk.people.store import set_presence
from kiosk.people.tablets import PairedTablet
from kiosk.school.store import local_now
from tests.cast import School
from tests.pushes import PushService
from tests.store.conftest import asker, new_chat

pytestmark = pytest.mark.usefixtures("boards_open")


@pytest.fixture
def phones(oak: PairedTablet, school: School) -> School:
    """Everybody has a phone."""
    for who, adult_id in school.adults.items():
        channels.add_phone(adult_id, PushService(port=9).phone(who), "", KEYBOARD)
    return school


def heard(school: School) -> Counter[tuple[str, str]]:
    """Send whatever waits; how often each adult's phone said what."""
    names = {adult_id: who for who, adult_id in school.adults.items()}
    found: Counter[tuple[str, str]] = Counter()
    while message := claim_next("push", utc_now()):
        owner = db.session.scalar(select(Channel.adult_id).where(Channel.id == message.channel_id))
        found[names[owner or 0], message.words] += 1
        mark_sent(message, utc_now())
    return found


class TestPressedTwice:
    def test_handed_over_twice_from_one_page_rings_once(self, phones: School, oak: PairedTablet) -> None:
        key, _new = chats.ask(new_chat(phones), oak)
        heard(phones)
        for _press in range(2):
            to = phones.adults["okafor"]
            chats.answer(key, "handed_over", asker(phones, "ali"), seen_number=1, to_adult_id=to)
        assert heard(phones)["okafor", "asked"] == 1
        assert kinds() == ["asked", "handed_over"]

    @pytest.mark.parametrize("kind", ["seen", "coming"])
    def test_an_answer_sent_twice_happened_once(self, phones: School, oak: PairedTablet, kind: str) -> None:
        key, _new = chats.ask(new_chat(phones), oak)
        for _press in range(2):
            chats.answer(key, kind, asker(phones, "ali"), seen_number=1)  # type: ignore[arg-type]
        assert kinds() == ["asked", kind]

    def test_pressed_anew_on_a_page_that_shows_it_it_counts_again(self, phones: School, oak: PairedTablet) -> None:
        key, _new = chats.ask(new_chat(phones), oak)
        for number in (1, 2):
            chats.answer(key, "coming", asker(phones, "ali"), seen_number=number)
        assert kinds() == ["asked", "coming", "coming"]


class TestAPageFromBeforeItWasOpenedAgain:
    @pytest.mark.parametrize("kind", ["seen", "coming", "talked", "handed_over"])
    def test_says_nothing_of_the_new_waiting(self, phones: School, oak: PairedTablet, kind: str) -> None:
        key, _new = chats.ask(new_chat(phones), oak)
        ali, to = asker(phones, "ali"), phones.adults["okafor"]
        chats.answer(key, "talked", ali, seen_number=1)
        chats.reopen(key, asker(phones, "novak"))
        with pytest.raises(OpenedAgain):
            chats.answer(key, kind, ali, seen_number=1, to_adult_id=to)  # type: ignore[arg-type]
        assert chats.chat_on_tablet(key, oak).state == "asked"
        chats.answer(key, "coming", ali, seen_number=3)
        assert chats.chat_on_tablet(key, oak).state == "coming"


class TestSeveralAreToldAtOnce:
    """With a concern about the adult who has it now, a lead is told as well: and nobody less for it."""

    def test_whom_it_is_handed_over_to_hears_of_it(self, phones: School, oak: PairedTablet) -> None:
        raise_concern(asker(phones, "shah"), "words", about_adult_id=phones.adults["okafor"])
        key, _new = chats.ask(new_chat(phones), oak)
        heard(phones)
        to = phones.adults["okafor"]
        chats.answer(key, "handed_over", asker(phones, "ali"), seen_number=1, to_adult_id=to)
        told = heard(phones)
        assert (told["okafor", "asked"], told["green", "asked"]) == (1, 1)

    def test_who_talked_hears_that_it_was_opened_again(self, phones: School, oak: PairedTablet) -> None:
        raise_concern(asker(phones, "shah"), "words", about_adult_id=phones.adults["okafor"])
        key, _new = chats.ask(new_chat(phones, asked_for="okafor"), oak)
        chats.answer(key, "handed_over", asker(phones, "okafor"), seen_number=1, to_adult_id=phones.adults["ali"])
        chats.answer(key, "talked", asker(phones, "ali"), seen_number=2)
        heard(phones)
        chats.reopen(key, asker(phones, "okafor"))
        told = heard(phones)
        assert (told["ali", "asked"], told["green", "asked"]) == (1, 1)

    def test_whose_phone_is_left_alone_at_home_is_left_alone(self, phones: School, oak: PairedTablet) -> None:
        raise_concern(asker(phones, "shah"), "words", about_adult_id=phones.adults["okafor"])
        key, _new = chats.ask(new_chat(phones, asked_for="okafor"), oak)
        chats.answer(key, "handed_over", asker(phones, "okafor"), seen_number=1, to_adult_id=phones.adults["ali"])
        chats.answer(key, "talked", asker(phones, "ali"), seen_number=2)
        heard(phones)
        today = local_now().date()
        set_presence(phones.adults["ali"], Presence(tapped_on=today, tapped_here=False), KEYBOARD)
        chats.reopen(key, asker(phones, "okafor"))
        told = heard(phones)
        assert (told["ali", "asked"], told["green", "asked"]) == (0, 1)


def kinds() -> list[str]:
    return list(db.session.scalars(select(ChatEvent.kind).order_by(ChatEvent.id)))
