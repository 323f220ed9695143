"""Mrs Ali decides how she is told away from the board. Mr Shah touches nothing of hers; no address is shown."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from xml.etree.ElementTree import Element

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from kiosk.alerts import channels
from kiosk.alerts.channels import MyChannel
from kiosk.alerts.models import Channel, Delivery
from kiosk.alerts.outbox import Message, claim_next, mark_never, mark_not_now, mark_sent
from kiosk.alerts.phones import phone_of
from kiosk.alerts.rules import SENTENCES
from kiosk.alerts.vapid import public_key
from kiosk.audit import KEYBOARD, AuditEvent
from kiosk.db import db, utc_now
from kiosk.school.store import change_setting
from kiosk.web.staff.alerts import standing
from tests.cast import School
from tests.client import LintingClient, lint
from tests.pushes import AUTH, POINT, PushService

SignIn = Callable[[str], LintingClient]
PHONE = {
    "endpoint": "https://push.example.com/send/ali-only-knows",
    "p256dh": POINT,
    "auth": AUTH,
    "name": "My pocket",
}
SERVER = "mailtos://treetops:pass-word@smtp.hazelwood.example?from=treetops@hazelwood.example"
PAGE = "/staff/alerts"


@pytest.fixture
def ali(signed_in: SignIn) -> LintingClient:
    return signed_in("ali")


def look(browser: LintingClient) -> Element:
    return lint(browser.get(PAGE).get_data(as_text=True))


def says(browser: LintingClient) -> str:
    return " ".join("".join(look(browser).find(".//main").itertext()).split())  # type: ignore[union-attr]


def press(browser: LintingClient, action: str, **fields: str) -> TestResponse:
    """Send a form of the page, which must stand on it."""
    assert any(form.get("action") == action for form in look(browser).iter("form")), f"no form for {action}"
    answer = browser.post_form(action, fields, PAGE)
    assert answer.status_code == 303
    return answer


def add_phone(browser: LintingClient, **other: str) -> str:
    """Add a phone through the form that its script fills in; gives the addresses of its forms a beginning."""
    press(browser, f"{PAGE}/phone", **(PHONE | other))
    tests = [form.get("action") or "" for form in look(browser).iter("form")]
    (newest,) = [action.removesuffix("/test") for action in tests if action.endswith("/test")][-1:]
    return newest


def test_at_first_there_is_only_the_board(ali: LintingClient) -> None:
    assert "You are told on the board only" in says(ali)
    assert "Your school sends no mail" in says(ali)


def test_the_account_menu_leads_there_but_for_an_administrator(signed_in: SignIn, ali: LintingClient) -> None:
    def links(browser: LintingClient) -> list[str | None]:
        return [link.get("href") for link in lint(browser.get("/help/").get_data(as_text=True)).iter("a")]

    assert PAGE in links(ali)
    assert PAGE not in links(signed_in("patel"))


def test_a_phone_is_added_and_tested_at_once(app: Flask, ali: LintingClient, school: School) -> None:
    add_phone(ali)
    assert "My pocket" in says(ali)
    assert "Not used yet" in says(ali)
    with app.app_context():
        channel = db.session.scalars(select(Channel)).one()
        assert channel.adult_id == school.adults["ali"]
        assert phone_of(channel.address).site == "localhost"
        message = claim_next("push", utc_now())
        assert message
        assert message.sentence == SENTENCES["test"]
        mark_sent(message, utc_now())
    assert "Works, last used" in says(ali)


def next_words(app: Flask) -> str:
    with app.app_context():
        message = claim_next("push", utc_now())
        assert message
        mark_sent(message, utc_now())
        return message.sentence


def test_an_alert_speaks_the_language_that_its_adult_reads(app: Flask, ali: LintingClient, school: School) -> None:
    """That of the browser that added it, and then what they choose; a colleague's phone speaks on as it did."""
    with app.app_context():
        channels.add_phone(school.adults["okafor"], PushService(port=9).phone("okafor"), "", KEYBOARD)
    ali.post_form("/staff/language", {"language": "cy"}, page=PAGE)
    add_phone(ali)
    assert next_words(app) == "Prawf yw hwn. Mae rhybuddion gan Treetops yn eich cyrraedd yma."
    ali.post_form("/staff/language", {"language": "en"}, page=PAGE)
    ali.post_form("/staff/language", {"language": "cy"}, page=PAGE)
    with app.app_context():
        by_adult = select(Channel.adult_id, Channel.language)
        assert dict(db.session.execute(by_adult).all()) == {
            school.adults["ali"]: "cy",
            school.adults["okafor"]: "en",
        }


@pytest.mark.parametrize("words", SENTENCES)
def test_no_language_says_more_than_english(app: Flask, words: str) -> None:
    """Each is translated, and none has a place that a name could fill."""
    with app.app_context():
        english = Message(1, 1, 1, "push", "", words)  # type: ignore[arg-type]
        welsh = replace(english, language="cy")
        assert welsh.sentence != english.sentence
        assert "%" not in welsh.sentence + english.sentence


def test_how_a_channel_stands_is_said_with_its_day() -> None:
    monday, wednesday = datetime(2026, 11, 23, 9, 12, tzinfo=UTC), datetime(2026, 11, 25, 10, 0, tzinfo=UTC)
    works = MyChannel(1, "push", "My phone", None, None, None, None, last_sent_at=monday, in_trouble=False)
    assert standing(works, wednesday) == ("done", "Works, last used Monday 09:12.")
    off = replace(works, disabled_at=monday, disabled_why="the phone is gone")
    assert standing(off, wednesday) == (
        "stopped",
        "Does not work any more, since Monday 09:12: the phone is gone.",
    )


def test_the_page_offers_the_key_that_phones_need_and_no_other(app: Flask, ali: LintingClient) -> None:
    form = look(ali).find(".//form[@id='add-phone']")
    assert form is not None
    assert form.get("data-key") == public_key(app.extensions["settings"].instance)


def test_a_browser_that_gives_no_address_is_told_so(app: Flask, ali: LintingClient) -> None:
    press(ali, f"{PAGE}/phone", **(PHONE | {"endpoint": "https://10.0.0.1/admin"}))
    assert "gave no address that alerts can be sent to" in says(ali)
    with app.app_context():
        assert db.session.scalars(select(Channel)).all() == []


def test_no_address_is_ever_shown(app: Flask, ali: LintingClient, signed_in: SignIn) -> None:
    with app.app_context():
        change_setting("mail_server", SERVER, KEYBOARD)
    add_phone(ali)
    press(ali, f"{PAGE}/mail")
    patel = signed_in("patel")
    pages = [ali.get(PAGE), patel.get("/admin/"), patel.get("/admin/settings")]
    for page in pages:
        text = page.get_data(as_text=True)
        for hidden in ("ali-only-knows", AUTH, "pass-word", "smtp.hazelwood"):
            assert hidden not in text
    with app.app_context():
        record = json.dumps([event.details for event in db.session.scalars(select(AuditEvent))])
    for hidden in ("ali-only-knows", AUTH, "pass-word", "smtp.hazelwood"):
        assert hidden not in record


def test_mail_goes_to_my_own_address_once(app: Flask, ali: LintingClient) -> None:
    with app.app_context():
        change_setting("mail_server", SERVER, KEYBOARD)
    assert "To ali@hazelwood.example." in says(ali)
    press(ali, f"{PAGE}/mail", to="head@hazelwood.example")
    press(ali, f"{PAGE}/mail")
    assert "Alerts go to your e-mail already." in says(ali)
    with app.app_context():
        channel = db.session.scalars(select(Channel)).one()
        channels.send_test(channel.id, channel.adult_id)
        message = claim_next("apprise", utc_now())
        assert message
        mine = f"{SERVER.replace('@hazelwood', '%40hazelwood')}&to=ali%40hazelwood.example&format=text"
        assert message.address.startswith(mine)
        assert "head" not in message.address


def test_without_a_mail_server_there_is_no_mail(app: Flask, ali: LintingClient) -> None:
    answer = ali.post_form(f"{PAGE}/mail", {}, PAGE)
    assert answer.status_code == 303
    assert "E-mail cannot be used" in says(ali)


def test_quiet_hours_are_kept_and_can_be_taken_back(app: Flask, ali: LintingClient) -> None:
    phone = add_phone(ali)
    press(ali, f"{phone}/quiet", **{"from": "17:00", "until": "08:00"})
    assert [i.get("value") for i in look(ali).iter("input") if i.get("type") == "time"] == ["17:00", "08:00"]
    press(ali, f"{phone}/quiet", **{"from": "", "until": ""})
    assert [i.get("value") for i in look(ali).iter("input") if i.get("type") == "time"] == ["", ""]


@pytest.mark.parametrize(
    "hours", [("17:00", ""), ("", "08:00"), ("08:00", "08:00"), ("late", "08:00"), ("25:00", "08:00")]
)
def test_quiet_hours_that_are_none_are_refused(app: Flask, ali: LintingClient, hours: tuple[str, str]) -> None:
    phone = add_phone(ali)
    press(ali, f"{phone}/quiet", **{"from": hours[0], "until": hours[1]})
    assert "Give " in says(ali)
    with app.app_context():
        assert db.session.scalars(select(Channel.quiet_until)).one() is None


def test_removing_asks_once_and_then_sends_nothing_more(app: Flask, ali: LintingClient) -> None:
    phone = add_phone(ali)
    question = ali.get(f"{phone}/remove")
    assert "Remove My pocket?" in question.get_data(as_text=True)
    assert "My pocket" in says(ali)
    ali.post_form(f"{phone}/remove", {}, f"{phone}/remove")
    assert "You are told on the board only" in says(ali)
    with app.app_context():
        assert db.session.scalars(select(Delivery)).all() == []


def test_what_does_not_work_any_more_says_so_here_on_the_board_and_in_the_office(
    app: Flask, ali: LintingClient, signed_in: SignIn
) -> None:
    phone = add_phone(ali)
    patel = signed_in("patel")
    assert "alerted" not in patel.get("/admin/").get_data(as_text=True)
    with app.app_context():
        message = claim_next("push", utc_now())
        assert message
        mark_never(message, "the phone does not take alerts from Treetops any more", utc_now())
    assert "Does not work any more, since" in says(ali)
    assert "the phone does not take alerts" in says(ali)
    assert f"{phone}/test" not in ali.get(PAGE).get_data(as_text=True)
    assert "1 phone or mailbox of staff cannot be alerted" in patel.get("/admin/").get_data(as_text=True)
    ali.post_form(f"{phone}/test", {}, PAGE)
    assert "Remove it and add it again" in says(ali)
    notice = "A phone or mailbox of yours cannot be alerted any more"
    assert notice in ali.get("/staff/").get_data(as_text=True)
    assert notice not in signed_in("shah").get("/staff/").get_data(as_text=True)


def test_what_has_not_arrived_yet_says_so(app: Flask, ali: LintingClient) -> None:
    add_phone(ali)
    with app.app_context():
        message = claim_next("push", utc_now())
        assert message
        mark_not_now(message, "the phone's push service could not be reached", utc_now())
    assert "has not arrived yet. It is tried again." in says(ali)


def test_somebody_else_sees_and_touches_nothing_of_hers(app: Flask, ali: LintingClient, signed_in: SignIn) -> None:
    phone = add_phone(ali)
    shah = signed_in("shah")
    assert "My pocket" not in says(shah)
    assert shah.get(f"{phone}/remove").status_code == 404
    for what in ("quiet", "test", "remove"):
        assert shah.post_form(f"{phone}/{what}", {}, PAGE).status_code == 404
        assert shah.post_form(f"{PAGE}/0{what}/{what}", {}, PAGE).status_code == 404
    assert "My pocket" in says(ali)


def test_a_phone_that_changes_hands_alerts_whoever_added_it_last(ali: LintingClient, signed_in: SignIn) -> None:
    add_phone(ali)
    shah = signed_in("shah")
    add_phone(shah, name="Shared phone")
    assert "You are told on the board only" in says(ali)
    assert "Shared phone" in says(shah)


def test_there_is_an_end_to_how_many(ali: LintingClient) -> None:
    for number in range(channels.MOST_CHANNELS + 1):
        press(ali, f"{PAGE}/phone", **(PHONE | {"endpoint": f"https://push.example.com/send/{number}"}))
    assert "Remove one that you do not use" in says(ali)


def test_tests_are_not_for_flooding(ali: LintingClient) -> None:
    phone = add_phone(ali)
    token = ali.csrf(PAGE)
    statuses = [ali.post(f"{phone}/test", data={"csrf_token": token}).status_code for _ in range(12)]
    assert (statuses[0], statuses[-1]) == (303, 429)


def test_the_worker_and_the_manifest_say_nothing_about_anybody(client: LintingClient) -> None:
    worker = client.get("/staff/sw.js")
    assert (worker.status_code, worker.mimetype) == (200, "text/javascript")
    assert "script-src 'self'" in worker.headers["Content-Security-Policy"]
    manifest = client.get("/staff/manifest.webmanifest")
    assert manifest.mimetype == "application/manifest+json"
    told = json.loads(manifest.get_data())
    assert (told["start_url"], told["id"], told["display"]) == ("/staff/home", "/staff/", "standalone")
    assert {client.get(icon["src"]).status_code for icon in told["icons"]} == {200}
