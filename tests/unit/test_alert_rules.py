"""What goes out names nobody, keeps quiet hours, and is tried again for about a day."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from urllib.parse import parse_qs, urlsplit
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.alerts.phones import ChannelRefused, read_phone
from kiosk.alerts.rules import (
    GIVE_UP_AFTER,
    SENTENCES,
    is_given_up,
    mail_address,
    may_be_sent_at,
    retry_after,
    tried_for,
)
from kiosk.school.settings import SettingRefused, check_setting
from tests.pushes import POINT

LONDON = ZoneInfo("Europe/London")
MONDAY = datetime(2026, 11, 23, tzinfo=LONDON)
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
AUTH = "A" * 22
ENDPOINT = "https://push.example.com/send/abc"


def at(clock: str, day: datetime = MONDAY) -> datetime:
    return datetime.combine(day, time.fromisoformat(clock), day.tzinfo)


def test_the_sentences_are_whole_and_have_no_place_for_a_name() -> None:
    for sentence in SENTENCES.values():
        assert sentence.endswith(".")
        assert not set("{}%<>") & set(sentence)


@pytest.mark.parametrize(
    ("now", "sent"),
    [
        ("16:59", "2026-11-23 16:59"),
        ("17:00", "2026-11-24 08:00"),
        ("23:59", "2026-11-24 08:00"),
        ("00:00", "2026-11-23 08:00"),
        ("07:59", "2026-11-23 08:00"),
        ("08:00", "2026-11-23 08:00"),
    ],
)
def test_quiet_hours_run_over_midnight(now: str, sent: str) -> None:
    assert f"{may_be_sent_at(at(now), time(17), time(8)):%Y-%m-%d %H:%M}" == sent


def test_quiet_hours_within_a_day() -> None:
    assert may_be_sent_at(at("12:15"), time(12), time(13)) == at("13:00")
    assert may_be_sent_at(at("13:00"), time(12), time(13)) == at("13:00")


@pytest.mark.parametrize("hours", [(None, None), (time(8), None), (None, time(8)), (time(8), time(8))])
def test_no_quiet_hours_no_wait(hours: tuple[time | None, time | None]) -> None:
    assert may_be_sent_at(at("08:00"), *hours) == at("08:00")


TIMES = st.times().map(lambda t: t.replace(second=0, microsecond=0))


@given(st.integers(int(NOON.timestamp()), int(NOON.timestamp()) + 366 * 86_400), TIMES, TIMES)
def test_it_is_never_sent_early_nor_in_quiet_hours(seconds: int, begins: time, ends: time) -> None:
    moment = datetime.fromtimestamp(seconds, LONDON)
    sent = may_be_sent_at(moment, begins, ends)
    assert sent.astimezone(UTC) >= moment.astimezone(UTC)
    assert sent.astimezone(UTC) - moment.astimezone(UTC) <= timedelta(hours=26)
    assert may_be_sent_at(sent, begins, ends) == sent


def test_retries_begin_soon_slow_down_and_last_about_a_day() -> None:
    pauses = [retry_after(attempt) for attempt in range(1, 400)]
    assert pauses[0] <= timedelta(seconds=5)
    assert pauses == sorted(pauses)
    assert max(pauses) == timedelta(minutes=5)
    assert [tried_for(n) for n in (1, 8, 20)] == [sum(pauses[:n], timedelta()) for n in (1, 8, 20)]
    last = next(n for n in range(1, 400) if is_given_up(n, n, NOON, NOON))
    assert GIVE_UP_AFTER <= tried_for(last) <= GIVE_UP_AFTER + timedelta(minutes=5)


def test_a_channel_that_has_failed_for_a_day_is_given_up_also_when_each_message_was_young() -> None:
    yesterday = NOON - timedelta(days=1)
    assert is_given_up(1, 30, yesterday, NOON)
    assert not is_given_up(1, 30, yesterday + timedelta(minutes=1), NOON)
    assert not is_given_up(1, 2, yesterday, NOON)  # two short troubles on two days
    assert not is_given_up(1, 1, None, NOON)


def test_mail_to_one_person_goes_through_the_schools_server() -> None:
    address = mail_address(
        "mailtos://name:p%40ss@smtp.school.example:465?from=treetops@school.example", "a+b@c.example", 7
    )
    parts = urlsplit(address)
    assert (parts.scheme, parts.netloc) == ("mailtos", "name:p%40ss@smtp.school.example:465")
    assert parse_qs(parts.query) == {
        "from": ["treetops@school.example"],
        "to": ["a+b@c.example"],
        "format": ["text"],
        "+References": ["<7@alerts.treetops.invalid>"],
    }


def test_an_address_cannot_add_recipients_or_options() -> None:
    address = mail_address("mailto://smtp.school.example", "x@y.example&cc=all@z.example", 7)
    assert parse_qs(urlsplit(address).query)["to"] == ["x@y.example&cc=all@z.example"]


@pytest.mark.parametrize(
    "value",
    [
        "smtp.school.example",
        "json://169.254.169.254/",
        "mailto://",
        "mailto://smtp.school.example/head@school.example",
        "mailto://smtp.school.example?to=head@school.example",
        "mailto://smtp.school.example:port",
        "mailto://name:password@[",
    ],
)
def test_a_mail_server_is_a_mail_server_without_a_recipient(value: str) -> None:
    with pytest.raises(SettingRefused, match="mail_server cannot be that") as refused:
        check_setting("mail_server", value)
    assert "password" not in str(refused.value)


def test_a_phone_is_a_public_name_over_https() -> None:
    phone = read_phone(ENDPOINT, POINT, AUTH, "school.example")
    assert phone.endpoint == ENDPOINT


@pytest.mark.parametrize(
    "endpoint",
    [
        "",
        "push.example.com",
        "http://push.example.com/send",
        "https://localhost/send",
        "https://127.0.0.1/send",
        "https://127.1/send",
        "https://2130706433/send",
        "https://10.0.0.1/send",
        "https://169.254.169.254/latest",
        "https://[::1]/send",
        "https://[::ffff:127.0.0.1]/send",
        "https://intranet/send",
        "https://push.example.com:8443/send",
        "https://name:password@push.example.com/send",
        "https://push.example.com:port/send",
        "file:///etc/passwd",
        "https://push.example.com/" + "x" * 1000,
        "https://push.example.com/\r\nX: y",
        "http://127.0.0.1:8080/send",
    ],
)
def test_nothing_that_only_this_server_reaches_is_taken_for_a_phone(endpoint: str) -> None:
    with pytest.raises(ChannelRefused, match="Try another browser"):
        read_phone(endpoint, POINT, AUTH, "school.example")


@pytest.mark.parametrize(
    ("p256dh", "auth"),
    [("", AUTH), (POINT, ""), (POINT[:-4], AUTH), (POINT, "A" * 80), ("Zoë", AUTH), (AUTH, POINT)],
)
def test_keys_that_cannot_encrypt_are_refused(p256dh: str, auth: str) -> None:
    with pytest.raises(ChannelRefused):
        read_phone(ENDPOINT, p256dh, auth, "school.example")


def test_only_tests_may_use_a_phone_on_this_machine() -> None:
    assert read_phone("http://127.0.0.1:8080/send", POINT, AUTH, "localhost", to_loopback=True)
    with pytest.raises(ChannelRefused):
        read_phone("http://10.0.0.1:8080/send", POINT, AUTH, "localhost", to_loopback=True)
