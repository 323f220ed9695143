"""Photos of adults and pictures of a child's own things: who finds them, and when they go."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select, update

from kiosk.audit import KEYBOARD, AuditEvent
from kiosk.db import db, writing
from kiosk.people.high5 import AT_THE_KEYBOARD, Chooser, NoSuchPupil
from kiosk.people.models import OwnPicture, Pupil, Teaching
from kiosk.people.own_pictures import (
    NoSuchPicture,
    add_childs_picture,
    forget_pictures_of_leavers,
    keep_photo,
    photo_of,
    photos_on_tablet,
    picture_for_staff,
    picture_on_tablet,
    pictures_of_child,
    remove_photo,
)
from kiosk.people.photos import PhotoRefused, small_picture
from kiosk.people.rules import Presence
from kiosk.people.set_up_tablet import (
    WhoSetsUp,
    add_strategy,
    choose_own_step,
    remove_own_picture,
    set_up_of,
)
from kiosk.people.store import set_presence
from kiosk.people.tablet_settings import OWN, PICTURES_MOST, TabletRefused
from kiosk.people.tablets import PairedTablet, recognise
from tests.cast import School
from tests.photos import photo

OFFICE = WhoSetsUp(AT_THE_KEYBOARD, KEYBOARD)
NOBODYS = Chooser(adult_id=999, every_class=False)


@pytest.fixture(autouse=True)
def _in_the_school(oak: PairedTablet) -> None:
    """Every test here needs the application around it."""


@pytest.fixture
def birch(school: School) -> PairedTablet:
    """The tablet of Birch, as the gate would hand it on."""
    found = recognise(school.birch_token)
    assert found
    return found


def coloured(number: int) -> bytes:
    return photo(colour=(20 * number, 255 - 20 * number, 90))


def names_of_events() -> list[str]:
    return [row.name for row in db.session.scalars(select(AuditEvent).order_by(AuditEvent.id))]


class TestPhotos:
    def test_the_last_one_stands_and_removing_leaves_none(self, school: School, oak: PairedTablet) -> None:
        ali = school.adults["ali"]
        first, second = keep_photo(ali, coloured(1), KEYBOARD), keep_photo(ali, coloured(2), KEYBOARD)
        assert first != second
        assert photo_of(ali) == second
        assert photos_on_tablet(oak) == {ali: second}
        assert picture_on_tablet(second, oak) == small_picture(coloured(2))
        with pytest.raises(NoSuchPicture):
            picture_on_tablet(first, oak)
        for _twice in range(2):
            remove_photo(ali, KEYBOARD)
        assert photos_on_tablet(oak) == {}
        assert names_of_events()[-3:] == ["photo_kept", "photo_kept", "photo_removed"]

    def test_the_same_photo_twice_is_one(self, school: School) -> None:
        ali = school.adults["ali"]
        assert keep_photo(ali, photo(), KEYBOARD) == keep_photo(ali, photo(), KEYBOARD)
        assert len(db.session.scalars(select(OwnPicture)).all()) == 1

    def test_what_is_refused_leaves_the_one_there_was(self, school: School) -> None:
        ali = school.adults["ali"]
        before = keep_photo(ali, photo(), KEYBOARD)
        with pytest.raises(PhotoRefused):
            keep_photo(ali, b"no picture", KEYBOARD)
        assert photo_of(ali) == before

    def test_tablets_have_those_of_their_high5s_and_of_who_stands_in_alone(
        self, school: School, oak: PairedTablet, birch: PairedTablet
    ) -> None:
        for number, who in enumerate(("ali", "okafor", "shah", "novak", "green", "bell"), start=1):
            keep_photo(school.adults[who], coloured(number), KEYBOARD)
        on_oak = {school.adults[who] for who in ("ali", "okafor", "novak", "green")}
        assert set(photos_on_tablet(oak)) == on_oak
        assert school.adults["shah"] not in photos_on_tablet(birch)
        of_shah = photo_of(school.adults["shah"])
        assert of_shah
        with pytest.raises(NoSuchPicture):
            picture_on_tablet(of_shah, oak)
        assert picture_for_staff(of_shah, None)

    def test_it_goes_with_the_adult(self, school: School, oak: PairedTablet) -> None:
        ali = school.adults["ali"]
        name = keep_photo(ali, photo(), KEYBOARD)
        set_presence(ali, Presence(left_on=date(2020, 1, 1)), KEYBOARD)
        assert photos_on_tablet(oak) == {}
        for look in (lambda: picture_on_tablet(name, oak), lambda: picture_for_staff(name, AT_THE_KEYBOARD)):
            with pytest.raises(NoSuchPicture):
                look()
        assert forget_pictures_of_leavers() == 1
        assert forget_pictures_of_leavers() == 0
        assert db.session.scalars(select(OwnPicture)).all() == []


class TestAChildsOwn:
    def test_it_is_seen_on_the_childs_tablets_and_by_who_sets_them_up(
        self, school: School, oak: PairedTablet, birch: PairedTablet
    ) -> None:
        amir = school.pupils["amir"]
        with writing() as session:
            session.add(Teaching(adult_id=school.adults["ali"], class_id=school.classes["oak"]))
        ali = Chooser(school.adults["ali"], every_class=False)
        name = add_childs_picture(amir, photo(), "My trampoline", ali, KEYBOARD)
        assert [(one.name, one.words) for one in pictures_of_child(amir, ali)] == [(name, "My trampoline")]
        assert picture_on_tablet(name, oak) == picture_for_staff(name, ali)
        with pytest.raises(NoSuchPicture):
            picture_on_tablet(name, birch)
        for nobody in (None, NOBODYS, Chooser(school.adults["okafor"], every_class=False)):
            with pytest.raises(NoSuchPicture):
                picture_for_staff(name, nobody)
        assert photos_on_tablet(oak) == {}, "it is nobody's photo"

    def test_who_does_not_set_up_the_tablet_adds_and_removes_none(self, school: School) -> None:
        amir = school.pupils["amir"]
        with pytest.raises(NoSuchPupil):
            add_childs_picture(amir, photo(), "Mine", NOBODYS, KEYBOARD)
        name = add_childs_picture(amir, photo(), "Mine", AT_THE_KEYBOARD, KEYBOARD)
        with pytest.raises(NoSuchPupil):
            remove_own_picture(amir, name, WhoSetsUp(NOBODYS, KEYBOARD))
        remove_own_picture(school.pupils["zofia"], name, OFFICE)
        assert len(pictures_of_child(amir, AT_THE_KEYBOARD)) == 1

    def test_there_are_a_handful_and_the_same_twice_is_one(self, school: School) -> None:
        amir = school.pupils["amir"]
        for number in range(PICTURES_MOST):
            for _twice in range(2):
                add_childs_picture(amir, coloured(number), "Mine", AT_THE_KEYBOARD, KEYBOARD)
        with pytest.raises(PhotoRefused, match=f"at most {PICTURES_MOST} own pictures"):
            add_childs_picture(amir, coloured(12), "Mine", AT_THE_KEYBOARD, KEYBOARD)
        assert len(pictures_of_child(amir, AT_THE_KEYBOARD)) == PICTURES_MOST

    @pytest.mark.parametrize("words", ["", "   ", "x" * 41, "a bad cat"])
    def test_it_has_words_that_a_child_may_read(self, school: School, words: str) -> None:
        with pytest.raises(TabletRefused):
            add_childs_picture(school.pupils["amir"], photo(), words, AT_THE_KEYBOARD, KEYBOARD)

    def test_it_stands_beside_a_step_and_on_a_card_and_goes_from_both(self, school: School) -> None:
        amir = school.pupils["amir"]
        name = add_childs_picture(amir, photo(), "My trampoline", AT_THE_KEYBOARD, KEYBOARD)
        choose_own_step(amir, 2, "Bouncy", f"{OWN}{name}", OFFICE)
        add_strategy(amir, f"{OWN}{name}", "", OFFICE)
        tablet = set_up_of(amir, AT_THE_KEYBOARD).tablet
        assert tablet.own_steps[2].picture == f"{OWN}{name}"
        assert [(card.picture, card.words) for card in tablet.strategies] == [(f"{OWN}{name}", "My trampoline")]
        remove_own_picture(amir, name, OFFICE)
        tablet = set_up_of(amir, AT_THE_KEYBOARD).tablet
        assert (tablet.own_steps[2].word, tablet.own_steps[2].picture) == ("Bouncy", None)
        assert tablet.strategies == ()
        assert pictures_of_child(amir, AT_THE_KEYBOARD) == []

    def test_another_childs_cannot_be_chosen(self, school: School) -> None:
        name = add_childs_picture(school.pupils["amir"], photo(), "Mine", AT_THE_KEYBOARD, KEYBOARD)
        with pytest.raises(TabletRefused, match="not there any more"):
            choose_own_step(school.pupils["zofia"], 2, "", f"{OWN}{name}", OFFICE)
        with pytest.raises(TabletRefused, match="not there any more"):
            add_strategy(school.pupils["zofia"], f"{OWN}{name}", "Mine", OFFICE)

    def test_it_goes_with_the_child(self, school: School, oak: PairedTablet) -> None:
        amir = school.pupils["amir"]
        name = add_childs_picture(amir, photo(), "Mine", AT_THE_KEYBOARD, KEYBOARD)
        with writing() as session:
            session.execute(update(Pupil).where(Pupil.id == amir).values(left_on=date(2026, 1, 1)))
        with pytest.raises(NoSuchPicture):
            picture_on_tablet(name, oak)
        with pytest.raises(NoSuchPicture):
            picture_for_staff(name, AT_THE_KEYBOARD)
        assert forget_pictures_of_leavers() == 1
