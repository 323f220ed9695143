"""Did talking help? Asked once, about the newest talk, on the child's own tablet."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from kiosk.audit import AuditEvent
from kiosk.chats import store as chats
from kiosk.chats.models import Helped
from kiosk.chats.rules import TalkKey
from kiosk.chats.store import NoSuchChat
from kiosk.db import db, utc_now
from kiosk.feelings.store import DifferentContent
from kiosk.people.tablets import PairedTablet, recognise
from tests.cast import School
from tests.store.conftest import asker, new_chat


def talk(oak: PairedTablet, school: School) -> TalkKey:
    key, _new = chats.ask(new_chat(school), oak)
    chats.answer(key, "talked", asker(school, "ali"), seen_number=1)
    return TalkKey(key)


def talk_again(first: TalkKey, school: School) -> TalkKey:
    """The child needs us again, and Mrs Ali talks with them once more."""
    chats.reopen(first.chat, asker(school, "ali"))
    chats.answer(first.chat, "talked", asker(school, "ali"), seen_number=9)
    return TalkKey(first.chat, first.number + 1)


@pytest.fixture
def birch(school: School, oak: PairedTablet) -> PairedTablet:
    """The tablet of another class."""
    tablet = recognise(school.birch_token)
    assert tablet is not None
    return tablet


def test_the_newest_talk_is_asked_about_until_the_child_has_said(oak: PairedTablet, school: School) -> None:
    amir = school.pupils["amir"]
    assert chats.to_ask_helped(amir, oak) is None
    first = talk(oak, school)
    assert chats.to_ask_helped(amir, oak) == first
    second = talk(oak, school)
    assert chats.to_ask_helped(amir, oak) == second
    assert chats.say_helped(second, oak, "not_say", utc_now())
    assert chats.to_ask_helped(amir, oak) is None, "never about an older one"


def test_nobody_is_asked_about_what_was_long_ago_or_never_talked_about(oak: PairedTablet, school: School) -> None:
    key, _new = chats.ask(new_chat(school), oak)
    assert chats.to_ask_helped(school.pupils["amir"], oak) is None
    with pytest.raises(NoSuchChat):
        chats.say_helped(TalkKey(key), oak, "yes", utc_now())
    talk(oak, school)
    with time_machine.travel(utc_now() + timedelta(days=15), tick=False):
        assert chats.to_ask_helped(school.pupils["amir"], oak) is None


def test_another_classes_tablet_neither_asks_nor_answers(
    oak: PairedTablet, birch: PairedTablet, school: School
) -> None:
    key = talk(oak, school)
    assert chats.to_ask_helped(school.pupils["amir"], birch) is None
    with pytest.raises(NoSuchChat):
        chats.say_helped(key, birch, "yes", utc_now())
    assert db.session.scalars(select(Helped)).all() == []


def test_the_first_answer_stands(oak: PairedTablet, school: School) -> None:
    key = talk(oak, school)
    assert chats.say_helped(key, oak, "yes", utc_now())
    assert not chats.say_helped(key, oak, "yes", utc_now())
    with pytest.raises(DifferentContent):
        chats.say_helped(key, oak, "no", utc_now())
    assert db.session.scalars(select(Helped.said)).all() == ["yes"]
    kept = db.session.scalars(select(AuditEvent).where(AuditEvent.name == "helped_said")).one()
    assert (kept.pupil_id, kept.tablet_id, kept.details) == (
        school.pupils["amir"],
        oak.id,
        {"chat": str(key.chat)},
    )


def test_an_answer_that_comes_after_it_was_opened_again_is_kept(oak: PairedTablet, school: School) -> None:
    key = talk(oak, school)
    chats.reopen(key.chat, asker(school, "ali"))
    assert chats.to_ask_helped(school.pupils["amir"], oak) is None
    assert chats.say_helped(key, oak, "a_bit", utc_now())


class TestOpenedAgain:
    def test_after_the_second_talk_the_child_is_asked_once_more(self, oak: PairedTablet, school: School) -> None:
        amir, first = school.pupils["amir"], talk(oak, school)
        chats.say_helped(first, oak, "no", utc_now())
        second = talk_again(first, school)
        assert chats.to_ask_helped(amir, oak) == second
        assert chats.say_helped(second, oak, "yes", utc_now())
        assert chats.to_ask_helped(amir, oak) is None
        assert [row.said for row in db.session.scalars(select(Helped).order_by(Helped.talk))] == ["no", "yes"]

    def test_an_answer_about_the_first_talk_does_not_count_for_the_second(
        self, oak: PairedTablet, school: School
    ) -> None:
        first = talk(oak, school)
        second = talk_again(first, school)
        chats.say_helped(first, oak, "yes", utc_now())
        assert chats.to_ask_helped(school.pupils["amir"], oak) == second
        assert chats.ended_chat(first.chat, asker(school, "ali")).child_said is None, "the newest talk"
        chats.say_helped(second, oak, "no", utc_now())
        assert chats.ended_chat(first.chat, asker(school, "ali")).child_said == "no"

    def test_nobody_answers_about_a_talk_that_has_not_been(self, oak: PairedTablet, school: School) -> None:
        first = talk(oak, school)
        with pytest.raises(NoSuchChat):
            chats.say_helped(TalkKey(first.chat, 2), oak, "yes", utc_now())
        chats.reopen(first.chat, asker(school, "ali"))
        with pytest.raises(NoSuchChat):
            chats.say_helped(TalkKey(first.chat, 2), oak, "yes", utc_now())


def test_only_what_a_child_may_say(oak: PairedTablet, school: School) -> None:
    with pytest.raises(ValueError, match="not an answer"):
        chats.say_helped(talk(oak, school), oak, "perhaps", utc_now())


def test_adults_who_may_see_the_talk_see_what_the_child_said(oak: PairedTablet, school: School) -> None:
    key = talk(oak, school)
    chats.say_helped(key, oak, "no", utc_now())
    assert chats.ended_chat(key.chat, asker(school, "ali")).child_said == "no"
