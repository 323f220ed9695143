"""Mrs Ali leaves Amir cards; he finds them on Oak's tablet. Birch's tablet and Mr Shah know nothing of them."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select, update

from kiosk.audit import AuditEvent
from kiosk.db import db, utc_now, writing
from kiosk.minding.cards import (
    FoundAlready,
    LeftCard,
    NoSuchCard,
    book_of,
    cards_of,
    leave_card,
    not_held_in_mind,
    take_back,
)
from kiosk.minding.found import cards_waiting, found
from kiosk.minding.models import Card
from kiosk.minding.rules import PictureRefused, WordsRefused
from kiosk.people.high5 import NoSuchPupil
from kiosk.people.models import Pupil
from kiosk.people.tablets import PairedTablet, recognise
from tests.cast import School
from tests.store.near import near_adult

WORDS = "I thought of you today."


@pytest.fixture
def birch(oak: PairedTablet, school: School) -> PairedTablet:
    tablet = recognise(school.birch_token)
    assert tablet is not None
    return tablet


def leave(
    school: School, who: str = "ali", pupil: str = "amir", kind: str = "held_in_mind", words: str = WORDS
) -> LeftCard:
    return leave_card(near_adult(school, who), school.pupils[pupil], kind, "sun-1", words)


def events(name: str) -> list[dict[str, object]]:
    rows = db.session.scalars(select(AuditEvent).where(AuditEvent.name == name).order_by(AuditEvent.id))
    return [row.details for row in rows]


class TestOnTheTablet:
    def test_the_child_finds_what_was_left(self, school: School, oak: PairedTablet) -> None:
        left = leave(school)
        (card,) = cards_waiting(school.pupils["amir"], oak)
        assert (card.key, card.words, card.picture, card.adult) == (left.key, WORDS, "sun-1", "Mrs Ali")
        assert cards_waiting(school.pupils["zofia"], oak) == []

    def test_a_button_pressed_twice_leaves_one_card(self, school: School, oak: PairedTablet) -> None:
        first = leave(school)
        assert leave(school).key == first.key
        assert len(cards_waiting(school.pupils["amir"], oak)) == 1
        assert len(events("card_left")) == 1
        leave(school, who="okafor")
        found(first.key, oak, None, utc_now())
        assert leave(school).key != first.key
        assert len(cards_waiting(school.pupils["amir"], oak)) == 2

    def test_at_most_three_wait_at_a_time_and_the_oldest_come_first(
        self, school: School, oak: PairedTablet
    ) -> None:
        for number in range(5):
            leave(school, words=f"Card {number}")
        amir = school.pupils["amir"]
        waiting = cards_waiting(amir, oak)
        assert [card.words for card in waiting] == ["Card 0", "Card 1", "Card 2"]
        found(waiting[0].key, oak, "waved", utc_now())
        assert [card.words for card in cards_waiting(amir, oak)] == ["Card 1", "Card 2", "Card 3"]

    def test_another_tablet_neither_shows_nor_finds_it(
        self, school: School, oak: PairedTablet, birch: PairedTablet
    ) -> None:
        left = leave(school)
        assert cards_waiting(school.pupils["amir"], birch) == []
        with pytest.raises(NoSuchCard):
            found(left.key, birch, "kept", utc_now())
        assert [card.key for card in cards_waiting(school.pupils["amir"], oak)] == [left.key]

    def test_a_child_kept_off_the_tablets_finds_nothing_there(self, school: School, oak: PairedTablet) -> None:
        left = leave(school)
        with writing() as session:
            session.execute(update(Pupil).where(Pupil.id == school.pupils["amir"]).values(on_tablet=False))
        assert cards_waiting(school.pupils["amir"], oak) == []
        with pytest.raises(NoSuchCard):
            found(left.key, oak, None, utc_now())


class TestFinding:
    def test_what_the_child_did_reaches_whoever_left_it(self, school: School, oak: PairedTablet) -> None:
        left = leave(school)
        at = utc_now()
        found(left.key, oak, "kept", at)
        (card,) = cards_of(school.pupils["amir"], near_adult(school, "ali"))
        assert (card.answer, card.found_at, card.waits) == ("kept", at, False)

    def test_sent_again_it_changes_nothing_and_the_first_answer_counts(
        self, school: School, oak: PairedTablet
    ) -> None:
        left = leave(school)
        at = utc_now()
        for answer in (None, "kept", "kept", "waved", None):
            found(left.key, oak, answer, at)  # type: ignore[arg-type]
        (card,) = cards_of(school.pupils["amir"], near_adult(school, "ali"))
        assert (card.answer, card.found_at) == ("kept", at)
        assert [row["answer"] for row in events("card_found")] == [None, "kept"]

    def test_a_tablets_odd_clock_finds_nothing_before_it_was_left_or_later_than_now(
        self, school: School, oak: PairedTablet
    ) -> None:
        early, late = leave(school), leave(school, words="I remember your boat.")
        found(early.key, oak, None, utc_now() - timedelta(days=400))
        found(late.key, oak, None, utc_now() + timedelta(days=400))
        cards = cards_of(school.pupils["amir"], near_adult(school, "ali"))
        assert len(cards) == 2
        for card in cards:
            assert card.found_at is not None
            assert card.left_at <= card.found_at <= utc_now()

    def test_a_card_nobody_left_is_not_there(self, oak: PairedTablet) -> None:
        with pytest.raises(NoSuchCard):
            found(uuid4(), oak, "kept", utc_now())


class TestTakingBack:
    def test_a_card_taken_back_waits_for_nobody(self, school: School, oak: PairedTablet) -> None:
        left = leave(school)
        assert take_back(left.key, near_adult(school, "ali")) == school.pupils["amir"]
        assert cards_waiting(school.pupils["amir"], oak) == []
        (card,) = cards_of(school.pupils["amir"], near_adult(school, "ali"))
        assert card.taken_back_at is not None

    def test_what_the_child_found_is_not_taken_away(self, school: School, oak: PairedTablet) -> None:
        left = leave(school)
        found(left.key, oak, None, utc_now())
        with pytest.raises(FoundAlready):
            take_back(left.key, near_adult(school, "ali"))

    def test_only_whoever_left_it_and_those_near_every_child_take_it_back(
        self, school: School, oak: PairedTablet
    ) -> None:
        left = leave(school)
        for who in ("okafor", "shah"):
            with pytest.raises(NoSuchCard):
                take_back(left.key, near_adult(school, who))
        assert take_back(left.key, near_adult(school, "green")) == school.pupils["amir"]

    def test_shown_offline_before_the_tablet_heard_it_was_found_all_the_same(
        self, school: School, oak: PairedTablet
    ) -> None:
        left = leave(school, kind="kindness")
        take_back(left.key, near_adult(school, "ali"))
        found(left.key, oak, "kept", utc_now())
        (card,) = cards_of(school.pupils["amir"], near_adult(school, "ali"))
        assert card.answer == "kept"
        assert [one.key for one in book_of(school.pupils["amir"], near_adult(school, "ali"))] == [left.key]


class TestWhoMay:
    def test_somebody_who_is_not_near_leaves_nothing_and_sees_nothing(
        self, school: School, oak: PairedTablet
    ) -> None:
        shah, amir = near_adult(school, "shah"), school.pupils["amir"]
        leave(school, kind="success")
        for look in (cards_of, book_of):
            with pytest.raises(NoSuchPupil):
                look(amir, shah)
        with pytest.raises(NoSuchPupil):
            leave(school, who="shah")
        assert db.session.scalar(select(func.count()).select_from(Card)) == 1

    @pytest.mark.parametrize(
        ("kind", "picture", "words", "refusal"),
        [
            ("held_in_mind", "sun-1", "You were naughty.", WordsRefused),
            ("held_in_mind", "sun-1", "", WordsRefused),
            ("gold_star", "sun-1", WORDS, WordsRefused),
            ("held_in_mind", "dragon-1", WORDS, PictureRefused),
        ],
    )
    def test_what_cannot_stand_on_a_card_is_refused(
        self, school: School, oak: PairedTablet, kind: str, picture: str, words: str, refusal: type[Exception]
    ) -> None:
        with pytest.raises(refusal):
            leave_card(near_adult(school, "ali"), school.pupils["amir"], kind, picture, words)
        assert cards_waiting(school.pupils["amir"], oak) == []


class TestTheBook:
    def test_it_holds_what_was_noticed_newest_first_and_nothing_taken_back(
        self, school: School, oak: PairedTablet
    ) -> None:
        leave(school)
        leave(school, kind="kindness", words="I saw how kind you were.")
        leave(school, who="okafor", kind="success", words="You kept trying. I saw it.")
        take_back(leave(school, kind="friendship").key, near_adult(school, "ali"))
        book = book_of(school.pupils["amir"], near_adult(school, "ali"))
        assert [(one.kind, one.left_by) for one in book] == [("success", "Mr Okafor"), ("kindness", "Mrs Ali")]


class TestLately:
    def set_left(self, key: UUID, days_ago: int) -> None:
        with writing() as session:
            session.execute(
                update(Card).where(Card.key == key).values(left_at=utc_now() - timedelta(days=days_ago))
            )

    def test_children_without_a_card_come_first_then_the_longest_without(
        self, school: School, oak: PairedTablet
    ) -> None:
        amir, zofia, tomi = (school.pupils[who] for who in ("amir", "zofia", "tomi"))
        self.set_left(leave(school, who="novak", pupil="zofia").key, 30)
        self.set_left(leave(school, who="novak", pupil="tomi").key, 40)
        take_back(leave(school).key, near_adult(school, "ali"))
        since = utc_now() - timedelta(days=20)
        assert [one.pupil_id for one in not_held_in_mind(near_adult(school, "green"), since)] == [
            amir,
            tomi,
            zofia,
        ]

    def test_a_card_of_today_is_lately_whatever_its_kind(self, school: School, oak: PairedTablet) -> None:
        leave(school, kind="friendship")
        since = utc_now() - timedelta(days=20)
        missing = [one.pupil_id for one in not_held_in_mind(near_adult(school, "okafor"), since)]
        assert missing == [school.pupils["zofia"]]

    def test_an_adult_hears_of_nobody_they_are_not_near(self, school: School, oak: PairedTablet) -> None:
        assert not_held_in_mind(near_adult(school, "shah"), utc_now()) == []


def test_every_change_is_on_record(school: School, oak: PairedTablet) -> None:
    left = leave(school, kind="kindness")
    take_back(left.key, near_adult(school, "ali"))
    assert events("card_left") == [{"card": str(left.key), "kind": "kindness"}]
    assert events("card_taken_back") == [{"card": str(left.key)}]
