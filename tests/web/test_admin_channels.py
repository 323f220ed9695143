"""Ms Patel sees which alerts do not arrive, and adds an address for Mrs Ali. No address is ever shown."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from kiosk.alerts.channels import add_apprise, my_channels
from kiosk.alerts.models import Channel, Delivery
from kiosk.alerts.outbox import claim_next, mark_never, mark_not_now, mark_sent
from kiosk.alerts.rules import SENTENCES
from kiosk.audit import KEYBOARD
from kiosk.db import db, utc_now
from kiosk.people.rules import Presence
from kiosk.people.store import set_presence
from tests.cast import School
from tests.client import LintingClient, lint

SignIn = Callable[[str], LintingClient]
PAGE = "/admin/channels"
SECRET = "ntfys://ali:only-the-office-knows@ntfy.hazelwood.example/mrs-ali-4821"
PARTS_OF_IT = ("only-the-office-knows", "ntfy.hazelwood", "mrs-ali-4821")


@pytest.fixture
def patel(signed_in: SignIn) -> LintingClient:
    return signed_in("patel")


def said(answer: TestResponse) -> str:
    main = lint(answer.get_data(as_text=True)).find(".//main")
    assert main is not None
    return " ".join(" ".join(main.itertext()).split())


def add(browser: LintingClient, school: School, **other: str) -> TestResponse:
    form = {"adult": str(school.adults["ali"]), "name": "Staff phone", "address": SECRET} | other
    return browser.post_form(f"{PAGE}/add", form, f"{PAGE}/add")


def kept(app: Flask) -> list[Channel]:
    with app.app_context():
        return list(db.session.scalars(select(Channel).order_by(Channel.id)))


def test_at_first_the_page_says_that_nobody_is_told_away_from_the_board(patel: LintingClient) -> None:
    assert "Nobody is told away from the board yet." in said(patel.get(PAGE))


def test_an_address_is_added_and_tried_at_once(app: Flask, patel: LintingClient, school: School) -> None:
    assert add(patel, school).status_code == 303
    page = said(patel.get(PAGE))
    assert "Mrs Ali, Staff phone: A test is on its way." in page
    assert "Mrs Ali Staff phone ntfy Not used yet." in page
    with app.app_context():
        message = claim_next("apprise", utc_now())
        assert message
        assert (message.sentence, message.address.startswith("ntfys://")) == (SENTENCES["test"], True)
        mark_sent(message, utc_now())
    assert "Works, last used" in said(patel.get(PAGE))


def test_no_part_of_an_address_is_ever_shown(patel: LintingClient, school: School, signed_in: SignIn) -> None:
    add(patel, school)
    refused = add(patel, school, name="")
    assert refused.status_code == 422
    pages = [refused, patel.get(PAGE), patel.get(f"{PAGE}/1/remove"), signed_in("ali").get("/staff/alerts")]
    for page in pages:
        assert not any(part in page.get_data(as_text=True) for part in PARTS_OF_IT)


def test_whose_it_is_sees_it_and_can_remove_it(patel: LintingClient, school: School, signed_in: SignIn) -> None:
    add(patel, school)
    ali = signed_in("ali")
    assert "Staff phone" in said(ali.get("/staff/alerts"))
    ali.post_form("/staff/alerts/1/remove", {}, "/staff/alerts/1/remove")
    assert "Nobody is told" in said(patel.get(PAGE))


@pytest.mark.parametrize(
    ("other", "sentence"),
    [
        ({"adult": ""}, "Choose who is alerted there."),
        ({"adult": "999"}, "Choose who is alerted there."),
        ({"name": " "}, "Say what it is"),
        ({"address": "my phone"}, "That is not an address that alerts can be sent to."),
        ({"address": ""}, "That is not an address"),
        ({"address": "ntfys://" + "a" * 1000}, "That is not an address"),
    ],
)
def test_what_cannot_be_comes_back_with_the_reason_and_changes_nothing(
    app: Flask, patel: LintingClient, school: School, other: dict[str, str], sentence: str
) -> None:
    answer = add(patel, school, **other)
    assert answer.status_code == 422
    assert sentence in said(answer)
    assert kept(app) == []


def test_nobody_who_left_or_cannot_sign_in_is_offered(app: Flask, patel: LintingClient, school: School) -> None:
    with app.app_context():
        set_presence(school.adults["okafor"], Presence(left_on=date(2026, 1, 1)), KEYBOARD)
    offered = said(patel.get(f"{PAGE}/add"))
    assert "Mrs Ali" in offered
    assert "Okafor" not in offered
    assert add(patel, school, adult=str(school.adults["okafor"])).status_code == 422


def test_what_does_not_work_comes_first_and_says_why(app: Flask, patel: LintingClient, school: School) -> None:
    add(patel, school)
    with app.app_context():
        novak = add_apprise(school.adults["novak"], "Her Teams", "json://localhost", KEYBOARD)
        message = claim_next("apprise", utc_now())
        assert message
        mark_not_now(message, "the server could not be reached", utc_now())
    assert "The last message has not arrived yet. It is tried again." in said(patel.get(PAGE))
    patel.post_form(f"{PAGE}/{novak}/test", {}, PAGE)
    with app.app_context():
        message = claim_next("apprise", utc_now())
        assert message
        mark_never(message, "the address was refused for a day", utc_now())
    page = said(patel.get(PAGE))
    assert "the address was refused for a day" in page
    assert page.index("Ms Novak") < page.index("Mrs Ali")
    assert f"{PAGE}/{novak}/test" not in patel.get(PAGE).get_data(as_text=True), "it cannot be tried any more"
    patel.post_form(f"{PAGE}/{novak}/test", {}, PAGE)
    assert "Remove it and add it again" in said(patel.get(PAGE))


def test_removing_asks_once(app: Flask, patel: LintingClient, school: School) -> None:
    add(patel, school)
    assert "Remove Staff phone of Mrs Ali?" in said(patel.get(f"{PAGE}/1/remove"))
    assert len(kept(app)) == 1
    patel.post_form(f"{PAGE}/1/remove", {}, f"{PAGE}/1/remove")
    assert "Staff phone of Mrs Ali is removed." in said(patel.get(PAGE))
    with app.app_context():
        assert my_channels(school.adults["ali"]) == []
        assert db.session.scalars(select(Delivery)).all() == []


def test_what_is_not_there_is_not_found(patel: LintingClient) -> None:
    for number in ("0", "7", "x", str(2**40)):
        assert patel.get(f"{PAGE}/{number}/remove").status_code == 404
        assert patel.post_form(f"{PAGE}/{number}/remove", {}, PAGE + "/add").status_code == 404
        assert patel.post_form(f"{PAGE}/{number}/test", {}, PAGE + "/add").status_code == 404


def test_nobody_else_sees_or_changes_where_alerts_go(
    app: Flask, patel: LintingClient, school: School, signed_in: SignIn
) -> None:
    add(patel, school)
    for who in ("ali", "novak", "green", "bell"):
        browser = signed_in(who)
        assert browser.get(PAGE).status_code == 403
        assert browser.post_form(f"{PAGE}/1/remove", {}, "/help/").status_code == 403
    assert len(kept(app)) == 1


def test_the_page_names_no_child(patel: LintingClient, school: School) -> None:
    add(patel, school)
    for address in (PAGE, f"{PAGE}/add", f"{PAGE}/1/remove", "/admin/"):
        page = patel.get(address).get_data(as_text=True)
        assert not any(name in page for name in ("Amir", "Zofia", "Tomi"))
