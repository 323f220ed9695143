"""An account is switched off and on; there is always an administrator who can switch anything on again."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from kiosk.audit import KEYBOARD
from kiosk.db import db, writing
from kiosk.people.accounts import (
    StaffRefused,
    add_staff,
    all_accounts,
    renew_password,
    set_active,
    staff_without_account,
)
from kiosk.people.models import Account, Adult
from kiosk.people.store import adults_who_can_receive, trusted_adult
from kiosk.school.store import local_now
from tests.cast import School, email_of


def account_id(who: str) -> int:
    found = db.session.scalar(select(Account.id).where(Account.email == email_of(who)))
    assert found
    return found


def test_of_two_administrators_who_switch_each_other_off_at_once_one_stays(app: Flask, school: School) -> None:
    with app.app_context():
        patel = account_id("patel")
        reid = add_staff("Ms Reid", email_of("reid"), ["admin"], KEYBOARD).account_id
    start = threading.Barrier(2)
    refused: list[int] = []

    def switch_off(account: int) -> None:
        with app.app_context():
            start.wait(timeout=10)
            try:
                set_active(account, False, KEYBOARD)
            except StaffRefused:
                refused.append(account)

    threads = [threading.Thread(target=switch_off, args=(account,)) for account in (patel, reid)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with app.app_context():
        still_on = [row.id for row in all_accounts() if row.active and "admin" in row.roles]
    assert still_on == refused
    assert len(still_on) == 1


def test_nobody_is_handed_a_request_while_switched_off(app: Flask, school: School) -> None:
    with app.app_context():
        ali, now = school.adults["ali"], local_now()
        set_active(account_id("ali"), False, KEYBOARD)
        assert ali not in [adult.id for adult in adults_who_can_receive(now)]
        set_active(account_id("ali"), True, KEYBOARD)
        adult = trusted_adult(ali)
        assert adult
        assert adult.can_receive(now)


def test_an_account_that_is_not_there_is_refused(app: Flask, school: School) -> None:
    with app.app_context():
        with pytest.raises(StaffRefused, match="no such account"):
            set_active(999, False, KEYBOARD)
        with pytest.raises(StaffRefused, match="no such account"):
            renew_password(999, KEYBOARD)


class TestStaffOfARosterWithoutAddresses:
    """Many a school's roster says who teaches which class, and no e-mail address."""

    @pytest.mark.parametrize("typed", ["Miss Todd", "daisy todd"])
    def test_they_are_offered_an_account_and_it_is_theirs(self, app: Flask, school: School, typed: str) -> None:
        with app.app_context():
            todd = on_the_roster("Daisy", "Todd", "Miss Todd")
            assert [one.called for one in staff_without_account()] == ["Miss Todd"]
            added = add_staff(typed, email_of("todd"), ["adult"], KEYBOARD)
            assert (added.adult_id, added.was_found_by_name) == (todd, True)
            assert db.session.get_one(Adult, todd).email == email_of("todd")
            assert staff_without_account() == []

    def test_two_of_one_name_are_not_guessed_between(self, app: Flask, school: School) -> None:
        with app.app_context():
            there = {on_the_roster("Daisy", "Todd", "Miss Todd") for _ in range(2)}
            assert add_staff("Miss Todd", email_of("todd"), ["adult"], KEYBOARD).adult_id not in there

    def test_which_of_two_of_one_name_can_be_said(self, app: Flask, school: School) -> None:
        with app.app_context():
            _one, other = (on_the_roster("Daisy", "Todd", "Miss Todd") for _ in range(2))
            added = add_staff("Miss Todd", email_of("todd"), ["adult"], KEYBOARD, adult_id=other, by_name=False)
            assert (added.adult_id, added.was_found_by_name) == (other, False)
            with pytest.raises(StaffRefused, match="has an account"):
                add_staff("Miss Todd", email_of("d.todd"), ["adult"], KEYBOARD, adult_id=other)

    def test_where_nobody_says_who_is_meant_a_namesake_is_asked_about(self, app: Flask, school: School) -> None:
        with app.app_context():
            todd = on_the_roster("Daisy", "Todd", "Miss Todd")
            with pytest.raises(StaffRefused, match="Miss Todd is on the roster without an e-mail address"):
                add_staff("Miss Todd", email_of("todd"), ["adult"], KEYBOARD, by_name=False)
            assert [one.id for one in staff_without_account()] == [todd]
            assert add_staff("Miss E Todd", email_of("todd"), ["adult"], KEYBOARD, by_name=False).adult_id != todd

    def test_somebody_who_has_an_address_or_an_account_or_left_is_somebody_else(
        self, app: Flask, school: School
    ) -> None:
        with app.app_context():
            add_staff("Miss Todd", email_of("todd"), ["adult"], KEYBOARD)
            there = {
                on_the_roster("Daisy", "Todd", "Miss Todd", email="another@hazelwood.example"),
                on_the_roster("Daisy", "Todd", "Miss Todd", left_on=local_now().date()),
                *db.session.scalars(select(Adult.id).where(Adult.called == "Miss Todd")),
            }
            assert add_staff("Miss Todd", email_of("d.todd"), ["adult"], KEYBOARD).adult_id not in there


def on_the_roster(given: str, family: str, called: str, **more: Any) -> int:
    with writing() as session:
        adult = Adult(given_name=given, family_name=family, called=called, picture="oak-1", **more)
        session.add(adult)
        session.flush()
        return adult.id


def test_who_has_left_or_has_an_account_is_not_offered_one(app: Flask, school: School) -> None:
    with app.app_context():
        assert staff_without_account() == []
