"""Ms Patel invites a tablet with a code and a QR, and makes a tablet forget everything."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from html import unescape

import pytest
import segno
import time_machine
from flask import Flask
from sqlalchemy import select

from kiosk.audit import AuditEvent
from kiosk.db import db, utc_now
from kiosk.web.admin.qr import qr
from kiosk.web.admin.tablets import only_this_computer
from tests.cast import School
from tests.client import LintingClient, lint

SignIn = Callable[[str], LintingClient]


def invite(browser: LintingClient, **form: object) -> str:
    """Send the form; the page that follows."""
    answer = browser.post_form("/admin/tablets/invite", form, page="/admin/tablets/invite")
    assert answer.status_code == 303
    return browser.get(answer.headers["Location"]).get_data(as_text=True)


def code_on(page: str) -> str:
    found = re.search(r'class="code">([A-Z2-9]{4}) ([A-Z2-9]{4})<', page)
    assert found
    return found.group(1) + found.group(2)


def squares(page: str) -> str:
    """The path that draws the QR's squares."""
    drawn = lint(page).find(".//{*}svg[@class='qr-squares']/{*}path")
    assert drawn is not None
    return str(drawn.get("d"))


class TestInviting:
    def test_the_code_pairs_a_device_for_these_classes_and_no_other(
        self, signed_in: SignIn, client: LintingClient
    ) -> None:
        code = code_on(invite(signed_in("patel"), name="Window tablet", **{"class": ["Oak"]}))
        client.post_form("/pair", {"code": code}, page=f"/pair?code={code}")
        roster = client.get("/tablet/roster").get_json()
        assert {pupil["class"] for pupil in roster["pupils"]} == {"Oak"}

    def test_every_class(self, signed_in: SignIn, client: LintingClient) -> None:
        code = code_on(invite(signed_in("patel"), name="Treetops tablet", every="yes"))
        client.post_form("/pair", {"code": code}, page=f"/pair?code={code}")
        assert len(client.get("/tablet/roster").get_json()["pupils"]) == 3

    def test_the_qr_holds_the_address_of_this_server_with_the_code(self, signed_in: SignIn) -> None:
        page = invite(signed_in("patel"), name="Window tablet", **{"class": ["Oak"]})
        assert "http://localhost/pair" in page
        assert squares(page) == squares(f"<div>{qr(f'http://localhost/pair?code={code_on(page)}')}</div>")

    def test_the_qr_is_a_plain_drawing_of_exactly_this_address(self) -> None:
        address = "https://treetops.hazelwood.example/pair?code=ABCD2345"
        drawn = qr(address)
        lint(f"<div>{drawn}</div>")  # no inline style
        assert squares(f"<div>{drawn}</div>") != squares(f"<div>{qr(address[:-1] + '6')}</div>")
        side = segno.make(address, error="m", micro=False).symbol_size(border=4)[0]
        assert f'viewBox="0 0 {side} {side}"' in drawn

    def test_an_address_that_only_this_computer_knows_is_pointed_out(self, signed_in: SignIn) -> None:
        assert "only this computer knows" in invite(signed_in("patel"), name="Window tablet", every="yes")

    @pytest.mark.parametrize("host", ["localhost", "localhost:8080", "127.0.0.1:8080", "[::1]:8080", "127.9.9.9"])
    def test_a_tablet_cannot_reach(self, host: str) -> None:
        assert only_this_computer(host)

    @pytest.mark.parametrize(
        "host", ["treetops.school.example", "192.168.1.4:8080", "[fd00::4]:8080", "localhost.example"]
    )
    def test_a_tablet_can_reach(self, host: str) -> None:
        assert not only_this_computer(host)

    def test_it_says_how_long_it_works_and_then_that_it_does_not(self, signed_in: SignIn) -> None:
        patel = signed_in("patel")
        page = invite(patel, name="Window tablet", **{"class": ["Oak"]})
        assert "10 minutes left." in page
        with time_machine.travel(utc_now() + timedelta(minutes=9, seconds=50)):
            assert "1 minute left." in patel.get("/admin/tablets/invited").get_data(as_text=True)
        with time_machine.travel(utc_now() + timedelta(minutes=10, seconds=1)):
            later = patel.get("/admin/tablets/invited").get_data(as_text=True)
        assert "was not used in time" in later
        assert code_on(page) not in later

    def test_once_used_it_says_that_the_tablet_is_paired(self, signed_in: SignIn, client: LintingClient) -> None:
        patel = signed_in("patel")
        code = code_on(invite(patel, name="Window tablet", **{"class": ["Oak"]}))
        client.post_form("/pair", {"code": code}, page=f"/pair?code={code}")
        assert "Window tablet is paired and ready." in patel.get("/admin/tablets/invited").get_data(as_text=True)
        assert patel.get("/admin/tablets/invited").headers["Location"] == "/admin/tablets"

    def test_the_code_is_shown_to_who_invited_and_to_nobody_else(self, app: Flask, signed_in: SignIn) -> None:
        invite(signed_in("patel"), name="Window tablet", **{"class": ["Oak"]})
        assert signed_in("patel").get("/admin/tablets/invited").status_code == 303  # her other browser

    @pytest.mark.parametrize(
        ("form", "said"),
        [
            ({"name": "Window tablet"}, "Name at least one class"),
            ({"name": "Window tablet", "class": ["Willow"]}, "There is no class 'Willow'"),
            ({"name": " ", "class": ["Oak"]}, "name"),
            ({"name": "x" * 81, "class": ["Oak"]}, "80"),
            ({"name": "a\x07b", "class": ["Oak"]}, "name"),
        ],
    )
    def test_what_cannot_be_is_refused_with_a_sentence_and_nothing_is_made(
        self, app: Flask, signed_in: SignIn, form: dict[str, object], said: str
    ) -> None:
        patel = signed_in("patel")
        answer = patel.post_form("/admin/tablets/invite", form, page="/admin/tablets/invite")
        assert answer.status_code == 422
        refused = lint(answer.get_data(as_text=True)).find(".//*[@id='refused']")
        assert refused is not None
        assert said in "".join(refused.itertext())
        with app.app_context():
            assert db.session.scalar(select(AuditEvent.id).where(AuditEvent.name == "tablet_invited")) is None

    def test_a_refused_form_keeps_what_was_typed(self, signed_in: SignIn) -> None:
        form = {"name": '"Window" <tablet>', "class": ["Nowhere"]}
        answer = signed_in("patel").post_form("/admin/tablets/invite", form, page="/admin/tablets/invite")
        assert 'value="&#34;Window&#34; &lt;tablet&gt;"' in answer.get_data(as_text=True)


class TestRemoving:
    def test_it_asks_first_then_the_tablet_forgets_everything(
        self, app: Flask, school: School, signed_in: SignIn, client: LintingClient
    ) -> None:
        patel = signed_in("patel")
        page = unescape(patel.get("/admin/tablets").get_data(as_text=True))
        address = re.search(r'href="(/admin/tablets/\d+/remove)">Remove<span class="visually-hidden"> Oak', page)
        assert address
        assert "Remove Oak tablet?" in patel.get(address.group(1)).get_data(as_text=True)
        assert client.get("/tablet/roster", headers=school.bearer()).status_code == 200
        answer = patel.post_form(address.group(1), {}, page=address.group(1))
        assert "Oak tablet is removed." in patel.get(answer.headers["Location"]).get_data(as_text=True)
        gone = client.get("/tablet/roster", headers=school.bearer())
        assert gone.status_code == 401
        assert "Amir" not in gone.get_data(as_text=True)
        assert client.get("/tablet/roster", headers=school.bearer("birch")).status_code == 200
        with app.app_context():
            removed = db.session.scalars(select(AuditEvent).where(AuditEvent.name == "tablet_revoked")).one()
            assert removed.account_id is not None

    def test_a_removed_tablet_stays_in_the_list_with_its_dates(self, signed_in: SignIn) -> None:
        patel = signed_in("patel")
        for _ in "twice":
            patel.post_form("/admin/tablets/1/remove", {}, page="/admin/tablets/1/remove")
        said = "".join(lint(patel.get("/admin/tablets").get_data(as_text=True)).itertext())
        assert "was removed already" in said
        assert "Oak tablet" in said.partition("Removed")[2]
