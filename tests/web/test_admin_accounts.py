"""Ms Patel adds somebody, and switches an account off and on; whoever is switched off is out at once."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select

from kiosk.audit import KEYBOARD, AuditEvent
from kiosk.db import db, writing
from kiosk.people.accounts import add_staff
from kiosk.people.models import Account, Adult
from tests.cast import PASSWORD, email_of
from tests.client import LintingClient, lint

SignIn = Callable[[str], LintingClient]


def account_id(app: Flask, who: str) -> int:
    with app.app_context():
        found = db.session.scalar(select(Account.id).where(Account.email == email_of(who)))
        assert found
        return found


def press(browser: LintingClient, app: Flask, who: str, act: str) -> str:
    """Press a button about somebody's account; what the list then says."""
    answer = browser.post_form(f"/admin/accounts/{account_id(app, who)}/{act}", {}, page="/admin/accounts/add")
    return browser.get(answer.headers["Location"], follow_redirects=True).get_data(as_text=True)


class TestAdding:
    NEW = {"name": "Mr Reid", "email": "Reid@hazelwood.example", "role": ["duty"]}

    def test_the_first_password_is_shown_once_and_works(
        self, app: Flask, signed_in: SignIn, client: LintingClient
    ) -> None:
        patel = signed_in("patel")
        page = patel.post_form("/admin/accounts/add", self.NEW, page="/admin/accounts/add").get_data(as_text=True)
        password = re.search(r'class="code password">([^<]+)<', page)
        assert password
        for address in ("/admin/accounts", "/admin/"):
            assert password.group(1) not in patel.get(address).get_data(as_text=True)
        with app.app_context():
            kept = db.session.scalars(select(Account).where(Account.email == "reid@hazelwood.example")).one()
            assert password.group(1) not in kept.password
            assert {role.name for role in kept.roles} == {"adult", "duty"}
        form = {"email": "reid@hazelwood.example", "password": password.group(1)}
        assert client.post_form("/staff/sign-in", form, page="/staff/sign-in").status_code == 302

    def test_loading_the_page_again_does_not_show_it_again(self, signed_in: SignIn) -> None:
        patel = signed_in("patel")
        answers = [patel.post_form("/admin/accounts/add", self.NEW, page="/admin/accounts/add") for _ in "12"]
        assert [answer.status_code for answer in answers] == [200, 422]
        assert "has an account already" in answers[1].get_data(as_text=True)

    def test_a_namesake_without_an_address_is_asked_about_and_given_theirs_by_choice(
        self, app: Flask, signed_in: SignIn
    ) -> None:
        with app.app_context(), writing() as session:
            todd = Adult(given_name="Daisy", family_name="Todd", called="Miss Todd", picture="oak-1")
            session.add(todd)
            session.flush()
            todd_id = todd.id
        patel = signed_in("patel")
        form = {"name": "Miss Todd", "email": "todd@hazelwood.example", "role": ["adult"]}
        refused = patel.post_form("/admin/accounts/add", form, page="/admin/accounts/add")
        assert refused.status_code == 422
        assert "Miss Todd is on the roster without an e-mail address." in refused.get_data(as_text=True)
        page = patel.get("/admin/accounts").get_data(as_text=True)
        link = f"/admin/accounts/add?name=Miss+Todd&amp;adult={todd_id}"
        assert link in page
        asked = patel.get(link.replace("&amp;", "&")).get_data(as_text=True)
        assert f'<input type="hidden" name="adult" value="{todd_id}">' in asked
        form["adult"] = str(todd_id)
        assert patel.post_form("/admin/accounts/add", form, page="/admin/accounts/add").status_code == 200
        assert (
            patel.post_form(
                "/admin/accounts/add", {**form, "email": "other@hazelwood.example"}, page="/admin/accounts/add"
            ).status_code
            == 422
        )
        with app.app_context():
            assert [
                one.called for one in db.session.scalars(select(Adult).where(Adult.family_name == "Todd"))
            ] == ["Miss Todd"]

    def test_somebody_on_the_roster_is_offered_and_joined_to_themselves(
        self, app: Flask, signed_in: SignIn
    ) -> None:
        with app.app_context(), writing() as session:
            session.add(
                Adult(
                    given_name="Tom",
                    family_name="Hartley",
                    called="Mr Hartley",
                    email="hartley@hazelwood.example",
                    picture="oak-1",
                )
            )
        patel = signed_in("patel")
        page = patel.get("/admin/accounts").get_data(as_text=True)
        assert "/admin/accounts/add?name=Mr+Hartley&amp;email=hartley@hazelwood.example" in page
        form = {"name": "Mr Hartley", "email": "hartley@hazelwood.example", "role": ["adult"]}
        patel.post_form("/admin/accounts/add", form, page="/admin/accounts/add")
        assert "Give an account" not in patel.get("/admin/accounts").get_data(as_text=True)
        with app.app_context():
            assert len(db.session.scalars(select(Adult).where(Adult.called == "Mr Hartley")).all()) == 1

    @pytest.mark.parametrize(
        ("change", "said"),
        [
            ({"role": []}, "Use one or more of these roles"),
            ({"role": ["owner"]}, "Use one or more of these roles"),
            ({"email": "not an address"}, "is not an e-mail address"),
            ({"name": ""}, "Give a name"),
            ({"name": "x" * 121}, "Give a name"),
            ({"email": "ali@hazelwood.example"}, "has an account already"),
            ({"name": "a\x07b"}, "Give a name"),
        ],
    )
    def test_what_cannot_be_comes_back_with_the_reason(
        self, signed_in: SignIn, change: dict[str, object], said: str
    ) -> None:
        form = {**self.NEW, **change}
        answer = signed_in("patel").post_form("/admin/accounts/add", form, page="/admin/accounts/add")
        assert answer.status_code == 422
        refused = lint(answer.get_data(as_text=True)).find(".//*[@id='refused']")
        assert refused is not None
        assert said in "".join(refused.itertext())


class TestSwitching:
    def test_somebody_switched_off_is_out_everywhere_at_once(
        self, app: Flask, signed_in: SignIn, client: LintingClient
    ) -> None:
        classroom, phone, patel = signed_in("ali"), signed_in("ali"), signed_in("patel")
        assert classroom.get("/staff/").status_code == 200
        assert "Mrs Ali is switched off." in press(patel, app, "ali", "switch-off")
        for browser in (classroom, phone):
            assert browser.get("/staff/").status_code == 303
            assert browser.get("/staff/board").status_code == 401
        form = {"email": email_of("ali"), "password": PASSWORD}
        assert client.post_form("/staff/sign-in", form, page="/staff/sign-in").status_code == 200

    def test_switched_on_again_they_sign_in_anew(self, app: Flask, signed_in: SignIn) -> None:
        before, patel = signed_in("ali"), signed_in("patel")
        press(patel, app, "ali", "switch-off")
        assert "Mrs Ali is switched on." in press(patel, app, "ali", "switch-on")
        assert before.get("/staff/").status_code == 303  # the session of before stays closed
        assert signed_in("ali").get("/staff/").status_code == 200

    def test_the_last_administrator_cannot_be_switched_off(self, app: Flask, signed_in: SignIn) -> None:
        patel = signed_in("patel")
        assert "This is the last administrator." in press(patel, app, "patel", "switch-off")
        assert patel.get("/admin/").status_code == 200

    def test_one_of_two_administrators_can(self, app: Flask, signed_in: SignIn) -> None:
        with app.app_context():
            add_staff("Ms Reid", "reid@hazelwood.example", ["admin"], KEYBOARD)
        patel = signed_in("patel")
        question = patel.get(f"/admin/accounts/{account_id(app, 'patel')}/switch-off").get_data(as_text=True)
        assert "This is your own account. You will be signed out." in question
        assert "Sign in" in press(patel, app, "patel", "switch-off")
        assert patel.get("/admin/").status_code == 303

    def test_an_administrator_who_is_off_already_does_not_count(self, app: Flask, signed_in: SignIn) -> None:
        with app.app_context():
            add_staff("Ms Reid", "reid@hazelwood.example", ["admin"], KEYBOARD)
        patel = signed_in("patel")
        assert "is switched off" in press(patel, app, "reid", "switch-off")
        assert "This is the last administrator." in press(patel, app, "patel", "switch-off")

    def test_it_is_recorded_by_whom_and_only_when_it_changed_something(
        self, app: Flask, signed_in: SignIn
    ) -> None:
        patel = signed_in("patel")
        for act in ("switch-off", "switch-off", "switch-on"):
            press(patel, app, "ali", act)
        with app.app_context():
            rows = db.session.scalars(
                select(AuditEvent).where(AuditEvent.name == "staff_switched").order_by(AuditEvent.id)
            ).all()
            ali = account_id(app, "ali")
            assert [row.details for row in rows] == [
                {"account": ali, "active": False},
                {"account": ali, "active": True},
            ]
            assert {row.account_id for row in rows} == {account_id(app, "patel")}


class TestNewPassword:
    def test_the_old_one_stops_working_and_open_sessions_end(
        self, app: Flask, signed_in: SignIn, client: LintingClient
    ) -> None:
        ali, patel = signed_in("ali"), signed_in("patel")
        address = f"/admin/accounts/{account_id(app, 'ali')}/new-password"
        assert "New password for Mrs Ali?" in patel.get(address).get_data(as_text=True)
        page = patel.post_form(address, {}, page=address).get_data(as_text=True)
        password = re.search(r'class="code password">([^<]+)<', page)
        assert password
        assert ali.get("/staff/").status_code == 303
        for word, status in ((PASSWORD, 200), (password.group(1), 302)):
            form = {"email": email_of("ali"), "password": word}
            assert client.post_form("/staff/sign-in", form, page="/staff/sign-in").status_code == status

    def test_not_for_an_account_that_is_off(self, app: Flask, signed_in: SignIn) -> None:
        patel = signed_in("patel")
        press(patel, app, "ali", "switch-off")
        assert "Switch it on first." in press(patel, app, "ali", "new-password")
