"""Mail and push, with a real mail server and a real push service: down for a while, slow, gone for ever.

Mrs Ali has a phone and mail; so has Mr Shah, who must be told nothing.
"""

from __future__ import annotations

import email
import logging
import socket
import stat
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import Message as Mail
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import time_machine
from aiosmtpd.controller import Controller
from flask import Flask
from sqlalchemy import select

from kiosk import create_app
from kiosk.alerts import channels
from kiosk.alerts.carriers import NotNow, carry
from kiosk.alerts.models import Delivery
from kiosk.alerts.outbox import Message
from kiosk.alerts.phones import read_phone
from kiosk.alerts.rules import SENTENCES
from kiosk.alerts.sending import Sender
from kiosk.audit import KEYBOARD
from kiosk.chats import store as chats
from kiosk.db import db, utc_now
from kiosk.people.tablets import PairedTablet, recognise
from kiosk.school.store import change_setting
from kiosk.web.repeating import Repeating
from tests.bench.servers import free_port
from tests.cast import School
from tests.conftest import Templates, settings_for
from tests.pushes import AUTH, POINT, PushService, is_signed, push_service
from tests.store.conftest import asker, new_chat

ABOUT_THE_CHILD = ("Amir", "Khan", "fox", "step", "Oak", "cannot")


@dataclass
class Mailbox:
    """What a mail server took."""

    got: list[tuple[list[str], str]] = field(default_factory=list)
    may_answer: threading.Event = field(default_factory=threading.Event)
    asked: threading.Event = field(default_factory=threading.Event)

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's name
        """Take a mail, once the test lets it."""
        import asyncio

        self.asked.set()
        await asyncio.get_running_loop().run_in_executor(None, self.may_answer.wait, 30)
        self.got.append((envelope.rcpt_tos, envelope.content.decode()))
        return "250 OK"


@contextmanager
def mail_server(port: int, *, answers: bool = True) -> Iterator[Mailbox]:
    """A mail server, until the block ends; then nobody listens there."""
    box = Mailbox()
    if answers:
        box.may_answer.set()
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield box
    finally:
        box.may_answer.set()
        controller.stop()


@dataclass
class Scene:
    """A server with people who want to be told, and nobody else."""

    app: Flask
    school: School
    tablet: PairedTablet
    mail_port: int
    push_port: int
    phones: PushService
    """The push service as it will be; nobody listens before a test starts one."""

    def add_phone(self, who: str) -> int:
        return channels.add_phone(self.school.adults[who], self.phones.phone(who), "", KEYBOARD)

    def states(self) -> list[str]:
        return list(db.session.scalars(select(Delivery.state).order_by(Delivery.id)))


@pytest.fixture
def scene(
    sqlite_templates: Templates,
    copy_database: Callable[[str], str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Scene]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    url = copy_database(sqlite_templates.with_cast)
    app = create_app(settings_for(tmp_path, url, push_to_loopback=True))
    school, mail_port, push_port = sqlite_templates.school, free_port(), free_port()
    with app.app_context():
        change_setting("mail_server", f"mailto://127.0.0.1:{mail_port}?from=treetops@hazelwood.example", KEYBOARD)
        tablet = recognise(school.oak_token)
        assert tablet
        made = Scene(app, school, tablet, mail_port, push_port, PushService(push_port))
        made.add_phone("shah")
        channels.add_own_mail(school.adults["shah"], KEYBOARD)
        yield made
        db.session.remove()
        db.engine.dispose()


def test_the_phone_gets_the_words_encrypted_signed_and_nothing_else(scene: Scene) -> None:
    scene.add_phone("ali")
    with push_service(scene.push_port) as service:
        key, _new = chats.ask(new_chat(scene.school), scene.tablet)
        assert Sender().send_due("push") == 1
        chats.cancel(key, scene.tablet)
        Sender().send_due("push")
    asked, taken = db.session.scalars(select(Delivery.id).order_by(Delivery.id)).all()
    assert service.read("ali") == [
        {"words": SENTENCES["asked"], "silent": False, "id": asked},
        {"words": SENTENCES["taken"], "silent": True, "id": taken},
    ]
    assert service.said("shah") == []
    path, headers, body = service.pushed[0]
    assert is_signed(headers)
    assert (headers["urgency"], headers["topic"], headers["content-encoding"]) == ("high", "treetops", "aes128gcm")
    in_the_open = path.encode() + repr(headers).encode() + body
    for word in (*ABOUT_THE_CHILD, "talk", str(key)):
        assert word.encode() not in in_the_open


def test_the_mail_is_one_sentence_to_one_person(scene: Scene) -> None:
    channels.add_own_mail(scene.school.adults["ali"], KEYBOARD)
    with mail_server(scene.mail_port) as box:
        chats.ask(new_chat(scene.school), scene.tablet)
        Sender().send_due("apprise")
    ((to, text),) = box.got
    assert to == ["ali@hazelwood.example"]
    mail: Mail = email.message_from_string(text)
    assert (mail["Subject"], mail.get_content_type()) == ("Treetops", "text/plain")
    body = mail.get_payload(decode=True)
    assert isinstance(body, bytes)
    assert body.decode().strip() == SENTENCES["asked"]
    assert mail["From"] == "treetops@hazelwood.example"
    number = db.session.scalars(select(Delivery.id)).one()
    assert mail["References"] == f"<{number}@alerts.treetops.invalid>"
    for word in ABOUT_THE_CHILD:
        assert word not in text


def test_what_could_not_be_delivered_arrives_when_they_are_back(scene: Scene) -> None:
    scene.add_phone("ali")
    channels.add_own_mail(scene.school.adults["ali"], KEYBOARD)
    sender = Sender()
    with time_machine.travel(utc_now(), tick=False) as clock:
        for _ in range(3):
            chats.ask(new_chat(scene.school), scene.tablet)
        for _ in range(20):
            sender.send_due("push")
            sender.send_due("apprise")
            clock.shift(60)
        assert set(scene.states()) == {"waiting"}
        with push_service(scene.push_port) as service, mail_server(scene.mail_port) as box:
            clock.shift(300)  # the longest pause between two tries
            sender.send_due("push")
            sender.send_due("apprise")
    assert service.said("ali") == [SENTENCES["asked"]] * 3
    assert [to for to, _text in box.got] == [["ali@hazelwood.example"]] * 3
    assert set(scene.states()) == {"sent"}
    assert service.said("shah") == []


def test_nothing_is_sent_late_when_somebody_took_it_meanwhile(scene: Scene) -> None:
    scene.add_phone("ali")
    with time_machine.travel(utc_now(), tick=False) as clock:
        key, _new = chats.ask(new_chat(scene.school), scene.tablet)
        Sender().send_due("push")
        chats.answer(key, "coming", asker(scene.school, "novak"), seen_number=1)
        with push_service(scene.push_port) as service:
            clock.shift(600)
            Sender().send_due("push")
    assert service.pushed == []


def test_a_slow_mail_server_holds_up_no_phone_and_gets_no_mail_twice(scene: Scene) -> None:
    scene.add_phone("ali")
    channels.add_own_mail(scene.school.adults["ali"], KEYBOARD)
    chats.ask(new_chat(scene.school), scene.tablet)
    db.session.remove()
    sender = Sender()
    with (
        push_service(scene.push_port) as service,
        mail_server(scene.mail_port, answers=False) as box,
        running(scene.app, partial(sender.send_due, "apprise")),
    ):
        assert box.asked.wait(timeout=30)
        sender.send_due("push")
        assert service.said("ali") == [SENTENCES["asked"]]
        with time_machine.travel(utc_now(), tick=False) as clock:
            for _ in range(5):
                clock.shift(10)
                sender.keep_claims()
                assert Sender().send_due("apprise") == 0
        box.may_answer.set()
    assert len(box.got) == 1
    assert scene.states() == ["sent", "sent"]


@pytest.mark.parametrize("status", [404, 410])
def test_a_phone_that_is_gone_is_switched_off(scene: Scene, status: int) -> None:
    scene.add_phone("ali")
    with push_service(scene.push_port) as service:
        service.status = status
        chats.ask(new_chat(scene.school), scene.tablet)
        assert Sender().send_due("push") == 1
    (mine,) = channels.my_channels(scene.school.adults["ali"])
    assert mine.disabled_why == "the phone does not take alerts from Treetops any more"
    assert channels.channels_not_working() == 1


@pytest.mark.parametrize("status", [302, 307, 400, 403, 429, 500])
def test_any_other_trouble_is_tried_again_and_never_led_elsewhere(scene: Scene, status: int) -> None:
    scene.add_phone("ali")
    with time_machine.travel(utc_now(), tick=False) as clock, push_service(scene.push_port) as service:
        service.status = status
        chats.ask(new_chat(scene.school), scene.tablet)
        Sender().send_due("push")
        assert (service.asked, scene.states()) == (1, ["waiting"])
        (mine,) = channels.my_channels(scene.school.adults["ali"])
        assert mine.in_trouble
        service.status = 201
        clock.shift(5)
        Sender().send_due("push")
    assert service.said("ali") == [SENTENCES["asked"]]


def test_an_address_that_cannot_be_read_is_switched_off(scene: Scene) -> None:
    channels.add_own_mail(scene.school.adults["ali"], KEYBOARD)
    change_setting("mail_server", "", KEYBOARD)
    chats.ask(new_chat(scene.school), scene.tablet)
    Sender().send_due("apprise")
    (mine,) = channels.my_channels(scene.school.adults["ali"])
    assert mine.disabled_why == "its address cannot be read"


def test_an_address_of_apprise_for_an_adult_is_checked_when_it_is_added(scene: Scene) -> None:
    ali = scene.school.adults["ali"]
    for address in ("", "no address", "nothing://here", "mailto://\n"):
        with pytest.raises(channels.ChannelRefused):
            channels.add_apprise(ali, "Teams", address, KEYBOARD)
    assert channels.my_channels(ali) == []


def test_a_name_that_leads_into_this_network_is_never_called(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
    phone = read_phone("https://push.example.com/send", POINT, AUTH, "hazelwood.example")
    message = Message(1, 1, 1, "push", phone.kept(), "asked")
    for address in ("127.0.0.1", "10.1.2.3", "169.254.169.254", "fe80::1%eth0", "::1"):
        answer = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 443))]
        monkeypatch.setattr(socket, "getaddrinfo", lambda *_args, _answer=answer, **_more: _answer)
        with pytest.raises(NotNow, match="could not be reached"):
            carry(message, scene.app.extensions["settings"].instance)


def test_no_address_and_no_password_comes_into_a_log(scene: Scene, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    ali = scene.school.adults["ali"]
    scene.add_phone("ali")
    channels.add_own_mail(ali, KEYBOARD)
    channels.add_apprise(ali, "Classroom", f"json://somebody:pass-word@127.0.0.1:{scene.push_port}", KEYBOARD)
    chats.ask(new_chat(scene.school), scene.tablet)
    Sender().send_due("push")
    Sender().send_due("apprise")
    assert scene.states() == ["waiting"] * 3
    for hidden in ("127.0.0.1", "pass-word", "ali@", str(scene.mail_port)):
        assert hidden not in caplog.text
        for delivery in db.session.scalars(select(Delivery)):
            assert hidden not in str(delivery.error)


def test_the_key_is_made_once_and_readable_by_its_owner_alone(scene: Scene) -> None:
    scene.add_phone("ali")
    key = scene.app.extensions["settings"].instance / "vapid_key.pem"
    with push_service(scene.push_port) as service:
        for _ in range(2):
            chats.ask(new_chat(scene.school), scene.tablet)
        Sender().send_due("push")
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    keys = {headers["authorization"].partition("k=")[2] for _path, headers, _body in service.pushed}
    assert len(keys) == 1


@contextmanager
def running(app: Flask, call: Callable[[], object]) -> Iterator[None]:
    """As the server does it: again and again, in a thread."""
    thread = Repeating("alerts", app, 0.02, call)
    thread.start()
    try:
        yield
    finally:
        thread.stop()
