"""The tablet protocol answers each kind of entry with the listed status, and keeps each entry once."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from flask import Flask
from sqlalchemy import func, select, update

from kiosk.audit import KEYBOARD, AuditEvent
from kiosk.chats.models import Chat
from kiosk.db import db, utc_now, writing
from kiosk.feelings.models import CheckIn
from kiosk.people.models import Enrolment
from kiosk.people.rules import Presence
from kiosk.people.store import set_presence
from kiosk.people.tablets import revoke_tablet
from kiosk.school.store import local_now
from kiosk.web.tablet.entries import NOT_A_TIME
from tests.cast import School
from tests.client import LintingClient


def check_in(school: School, **changes: Any) -> dict[str, Any]:
    return {
        "id": str(uuid4()),
        "pupil": str(school.pupils["amir"]),
        "step": 3,
        "felt_at": utc_now().isoformat(),
    } | changes


def request_for(school: School, who: str | None = "ali", **changes: Any) -> dict[str, Any]:
    return {
        "id": str(uuid4()),
        "pupil": str(school.pupils["amir"]),
        "adult": str(school.adults[who]) if who else None,
        "check_in": None,
        "asked_at": utc_now().isoformat(),
        "when": "now",
    } | changes


def kept(app: Flask, model: type[Any]) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(model)) or 0


def test_a_new_check_in_is_201_and_the_same_again_200(app: Flask, client: LintingClient, school: School) -> None:
    entry = check_in(school)
    first = client.post("/tablet/check-ins", json=entry, headers=school.bearer())
    again = client.post("/tablet/check-ins", json=entry, headers=school.bearer())
    assert (first.status_code, again.status_code) == (201, 200)
    assert kept(app, CheckIn) == 1


@pytest.mark.parametrize("change", [{"step": 4}, {"pupil": "zofia"}, {"felt_at": "2026-01-01T09:00:00Z"}])
def test_the_same_id_for_something_else_is_409_and_changes_nothing(
    app: Flask, client: LintingClient, school: School, change: dict[str, Any]
) -> None:
    entry = check_in(school)
    client.post("/tablet/check-ins", json=entry, headers=school.bearer())
    if "pupil" in change:
        change = {"pupil": str(school.pupils["zofia"])}
    if "felt_at" in change:
        change = {"felt_at": (utc_now() - timedelta(hours=1)).isoformat()}
    answer = client.post("/tablet/check-ins", json=entry | change, headers=school.bearer())
    assert answer.status_code == 409
    assert kept(app, CheckIn) == 1


@pytest.mark.parametrize("step", [0, 6, -1, "3", 3.0, True, None, [3], {"step": 3}, 10**30])
def test_a_step_of_the_wrong_type_is_422_with_a_sentence(client: LintingClient, school: School, step: Any) -> None:
    answer = client.post("/tablet/check-ins", json=check_in(school, step=step), headers=school.bearer())
    assert answer.status_code == 422
    assert answer.get_json()["errors"] == {"step": "Send a whole number from 1 to 5."}


def test_every_field_that_does_not_fit_gets_its_sentence(client: LintingClient, school: School) -> None:
    answer = client.post("/tablet/check-ins", json={}, headers=school.bearer())
    assert answer.status_code == 422
    assert set(answer.get_json()["errors"]) == {"id", "pupil", "step", "felt_at"}


@pytest.mark.parametrize("body", [b"", b"{", b"nonsense", b"\xff\xfe", b'{"step": NaN}', b"[" * 50_000])
def test_what_is_not_json_is_400(client: LintingClient, school: School, body: bytes) -> None:
    assert client.post("/tablet/check-ins", data=body, headers=school.bearer()).status_code == 400


@pytest.mark.parametrize("body", [b"[]", b"null", b"3", b'"text"', b"true"])
def test_json_that_is_not_an_object_is_422(client: LintingClient, school: School, body: bytes) -> None:
    assert client.post("/tablet/check-ins", data=body, headers=school.bearer()).status_code == 422


def test_a_body_over_64_kib_is_413(client: LintingClient, school: School) -> None:
    entry = check_in(school, padding="x" * 65_536)
    assert client.post("/tablet/check-ins", json=entry, headers=school.bearer()).status_code == 413


def test_unknown_fields_are_ignored(client: LintingClient, school: School) -> None:
    entry = check_in(school, from_the_future={"a": [1, 2]})
    assert client.post("/tablet/check-ins", json=entry, headers=school.bearer()).status_code == 201


@pytest.mark.parametrize("pupil", ["0", "-1", "999999", "1e3", "", " 1", "9" * 40, "\u0661", "\ud800"])
def test_a_pupil_nobody_knows_is_404(client: LintingClient, school: School, pupil: str) -> None:
    answer = client.post("/tablet/check-ins", json=check_in(school, pupil=pupil), headers=school.bearer())
    assert answer.status_code == 404


def test_a_pupil_of_another_tablet_looks_the_same_as_nobody(client: LintingClient, school: School) -> None:
    tomi = check_in(school, pupil=str(school.pupils["tomi"]))
    nobody = check_in(school, pupil="999999")
    answers = [client.post("/tablet/check-ins", json=entry, headers=school.bearer()) for entry in (tomi, nobody)]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert answers[0].get_json() == answers[1].get_json()


def test_without_a_token_or_with_a_revoked_one_it_is_401(
    app: Flask, client: LintingClient, school: School
) -> None:
    entry = check_in(school)
    assert client.post("/tablet/check-ins", json=entry).status_code == 401
    assert client.get("/tablet/roster", headers={"Authorization": "Bearer nonsense"}).status_code == 401
    with app.app_context():
        revoke_tablet(1, KEYBOARD)
    assert client.post("/tablet/check-ins", json=entry, headers=school.bearer()).status_code == 401
    assert client.get("/tablet/roster", headers=school.bearer("birch")).status_code == 200


def test_a_cookie_write_needs_the_csrf_header_and_a_bearer_write_does_not(
    app: Flask, client: LintingClient, school: School
) -> None:
    client.set_cookie("treetops_tablet", school.oak_token)
    assert client.post("/tablet/check-ins", json=check_in(school)).status_code == 400
    assert kept(app, CheckIn) == 0
    token = client.get("/tablet/roster").headers["X-CSRF-Token"]
    answer = client.post("/tablet/check-ins", json=check_in(school), headers={"X-CSRF-Token": token})
    assert answer.status_code == 201


@pytest.mark.parametrize(
    ("felt", "status"),
    [
        (timedelta(days=-29), 201),
        (timedelta(days=-31), 422),
        (timedelta(minutes=4), 201),
        (timedelta(hours=9), 201),
    ],
)
def test_an_old_entry_is_taken_for_30_days_and_a_future_one_kept(
    client: LintingClient, school: School, felt: timedelta, status: int
) -> None:
    entry = check_in(school, felt_at=(utc_now() + felt).isoformat())
    assert client.post("/tablet/check-ins", json=entry, headers=school.bearer()).status_code == status


def test_a_clock_ahead_of_ours_is_marked_and_its_date_not_believed(
    app: Flask, client: LintingClient, school: School
) -> None:
    entry = check_in(school, felt_at="2999-01-01T09:00:00Z")
    assert client.post("/tablet/check-ins", json=entry, headers=school.bearer()).status_code == 201
    with app.app_context():
        there = db.session.scalars(select(CheckIn)).one()
        assert there.clock_odd
        assert there.felt_at == datetime.fromisoformat("2999-01-01T09:00:00+00:00")
        assert there.school_day.year < 2999


@pytest.mark.parametrize(
    "time",
    [
        "2026-09-14",
        "2026-09-14T09:05:00",
        "2026-13-01T00:00:00Z",
        "2026-02-30T00:00:00Z",
        "0001-01-01T00:00:00+14:00",
        "9999-12-31T23:59:59-14:00",
        "2026-09-14T25:00:00Z",
        "2026-09-14T09:05:00+99:99",
        "20260914T090500Z",
        1789376700,
        None,
        "",
        "\u0662\u0660\u0662\u0666-09-14T09:05:00Z",
    ],
)
def test_a_time_that_is_not_rfc_3339_is_422(client: LintingClient, school: School, time: Any) -> None:
    answer = client.post("/tablet/check-ins", json=check_in(school, felt_at=time), headers=school.bearer())
    assert answer.status_code == 422
    assert list(answer.get_json()["errors"]) == ["felt_at"]


def test_a_request_is_201_then_200_and_says_how_it_stands(client: LintingClient, school: School) -> None:
    entry = request_for(school)
    first = client.post("/tablet/chats", json=entry, headers=school.bearer())
    again = client.post("/tablet/chats", json=entry, headers=school.bearer())
    assert (first.status_code, again.status_code) == (201, 200)
    stands = client.get(f"/tablet/chats/{entry['id']}", headers=school.bearer()).get_json()
    assert stands["state"] == "asked"
    assert stands["with"]["name"] == "Mrs Ali"
    assert (stands["at"], stands["overdue"]) == (None, False)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("wants", "pizza"),
        ("wants", 1),
        ("wants", None),
        ("when", "tomorrow"),
        ("when", None),
        ("how", "shout"),
        ("how", ["talk"]),
        ("about", "home"),
        ("about", ["nonsense"]),
        ("about", [["home"]]),
        ("cannot_wait", "yes"),
        ("cannot_wait", 1),
        ("adult", 7),
        ("adult", "nobody"),
        ("check_in", "x"),
        ("check_in", 5),
        ("id", "x"),
        ("asked_at", "yesterday"),
    ],
)
def test_a_request_with_a_field_that_does_not_fit_is_422(
    app: Flask, client: LintingClient, school: School, field: str, value: Any
) -> None:
    answer = client.post("/tablet/chats", json=request_for(school, **{field: value}), headers=school.bearer())
    assert answer.status_code == 422
    assert list(answer.get_json()["errors"]) == [field]
    assert kept(app, Chat) == 0


def test_a_request_must_name_its_adult_even_as_null(client: LintingClient, school: School) -> None:
    entry = request_for(school)
    del entry["adult"]
    assert client.post("/tablet/chats", json=entry, headers=school.bearer()).status_code == 422


def test_an_adult_outside_the_high_5_is_422(app: Flask, client: LintingClient, school: School) -> None:
    answer = client.post("/tablet/chats", json=request_for(school, "shah"), headers=school.bearer())
    assert answer.status_code == 422
    assert kept(app, Chat) == 0


def test_a_request_whose_check_in_was_lost_is_taken_all_the_same(client: LintingClient, school: School) -> None:
    entry = request_for(school, check_in=str(uuid4()))
    assert client.post("/tablet/chats", json=entry, headers=school.bearer()).status_code == 201


@pytest.mark.parametrize("change", [{"when": "break"}, {"cannot_wait": True}, {"how": "draw"}, {"adult": None}])
def test_the_same_request_id_for_something_else_is_409(
    client: LintingClient, school: School, change: dict[str, Any]
) -> None:
    entry = request_for(school)
    client.post("/tablet/chats", json=entry, headers=school.bearer())
    assert client.post("/tablet/chats", json=entry | change, headers=school.bearer()).status_code == 409


def test_cancelling_and_not_being_able_to_wait_can_be_said_twice(client: LintingClient, school: School) -> None:
    entry = request_for(school)
    client.post("/tablet/chats", json=entry, headers=school.bearer())
    address = f"/tablet/chats/{entry['id']}"
    for _ in range(2):
        assert client.post(f"{address}/cannot-wait", headers=school.bearer()).get_json()["cannot_wait"] is True
    for _ in range(2):
        answer = client.post(f"{address}/cancel", headers=school.bearer())
        assert (answer.status_code, answer.get_json()["state"]) == (200, "cancelled")


@pytest.mark.parametrize("what", ["", "/cancel", "/cannot-wait"])
def test_another_tablet_cannot_touch_or_see_a_request(client: LintingClient, school: School, what: str) -> None:
    entry = request_for(school)
    client.post("/tablet/chats", json=entry, headers=school.bearer())
    address = f"/tablet/chats/{entry['id']}{what}"
    asked = client.post if what else client.get
    assert asked(address, headers=school.bearer("birch")).status_code == 404
    assert asked("/tablet/chats/not-an-id" + what, headers=school.bearer()).status_code == 404
    assert client.get("/tablet/chats", headers=school.bearer("birch")).get_json() == {"chats": []}


def test_the_roster_shows_this_tablets_pupils_and_nobody_else(client: LintingClient, school: School) -> None:
    answer = client.get("/tablet/roster", headers=school.bearer())
    roster = answer.get_json()
    assert [pupil["name"] for pupil in roster["pupils"]] == ["Amir", "Zofia"]
    assert roster["pupils"][0]["high5"][0] | {"picture": ""} == {
        "id": str(school.adults["ali"]),
        "name": "Mrs Ali",
        "place": "Oak classroom",
        "here": True,
        "back": None,
        "comes_at": None,
        "lunch_until": None,
        "reached": True,
        "stand_in": None,
        "picture": "",
    }
    assert isinstance(roster["version"], int)
    unchanged = client.get("/tablet/roster", headers=school.bearer() | {"If-None-Match": answer.headers["ETag"]})
    assert unchanged.status_code == 304


def test_a_tap_can_be_taken_back_only_on_its_own_tablet(app: Flask, client: LintingClient, school: School) -> None:
    entry = check_in(school)
    client.post("/tablet/check-ins", json=entry, headers=school.bearer())
    address = f"/tablet/check-ins/{entry['id']}/undo"
    assert client.post(address, headers=school.bearer("birch")).get_json()["undone"] is False
    assert client.post(address, headers=school.bearer()).get_json()["undone"] is True
    assert client.post(address, headers=school.bearer()).get_json()["undone"] is False
    assert kept(app, CheckIn) == 0


def test_every_tap_and_request_leaves_an_audit_row(app: Flask, client: LintingClient, school: School) -> None:
    client.post("/tablet/check-ins", json=check_in(school), headers=school.bearer())
    client.post("/tablet/chats", json=request_for(school), headers=school.bearer())
    client.get("/tablet/roster", headers=school.bearer())
    with app.app_context():
        asked = select(AuditEvent.name).where(AuditEvent.tablet_id == 1).order_by(AuditEvent.id)
        names = db.session.scalars(asked.where(AuditEvent.account_id.is_(None))).all()
    assert names[-3:] == ["checked_in", "chat_asked", "roster_sent"]


def test_what_was_taken_stays_taken_when_the_child_changes_class(
    app: Flask, client: LintingClient, school: School
) -> None:
    tap, wish = check_in(school), request_for(school)
    for address, entry in (("/tablet/check-ins", tap), ("/tablet/chats", wish)):
        assert client.post(address, json=entry, headers=school.bearer()).status_code == 201
    with app.app_context(), writing() as session:
        session.execute(update(Enrolment).values(class_id=school.classes["birch"]))
    for address, entry in (("/tablet/check-ins", tap), ("/tablet/chats", wish)):
        assert client.post(address, json=entry, headers=school.bearer()).status_code == 200
        assert client.post(address, json=entry | {"id": str(uuid4())}, headers=school.bearer()).status_code == 404
    for what in ("/cannot-wait", "/cancel"):
        assert client.post(f"/tablet/chats/{wish['id']}{what}", headers=school.bearer()).status_code == 200


def test_a_tap_taken_back_while_offline_is_taken_back_late(client: LintingClient, school: School) -> None:
    felt = utc_now() - timedelta(hours=2)
    entry = check_in(school, felt_at=felt.isoformat())
    with time_machine.travel(utc_now() - timedelta(hours=1)):
        client.post("/tablet/check-ins", json=entry, headers=school.bearer())
    address = f"/tablet/check-ins/{entry['id']}/undo"
    assert client.post(address, headers=school.bearer()).get_json()["undone"] is False
    long_after = {"undone_at": (felt + timedelta(minutes=3)).isoformat()}
    assert client.post(address, json=long_after, headers=school.bearer()).get_json()["undone"] is False
    assert client.post(address, json={"undone_at": "soon"}, headers=school.bearer()).status_code == 422
    at_once = {"undone_at": (felt + timedelta(seconds=4)).isoformat()}
    assert client.post(address, json=at_once, headers=school.bearer()).get_json()["undone"] is True


@pytest.mark.parametrize("end_of_time", ["0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z"])
def test_a_tap_taken_back_at_the_end_of_the_calendar_is_refused_in_words(
    client: LintingClient, school: School, end_of_time: str
) -> None:
    """Answered 503, a tablet would send it again for ever."""
    entry = check_in(school)
    client.post("/tablet/check-ins", json=entry, headers=school.bearer())
    address = f"/tablet/check-ins/{entry['id']}/undo"
    answer = client.post(address, json={"undone_at": end_of_time}, headers=school.bearer())
    assert (answer.status_code, answer.get_json()["errors"]["undone_at"]) == (422, NOT_A_TIME)


def test_with_nobody_here_the_child_is_told_at_once(app: Flask, client: LintingClient, school: School) -> None:
    with app.app_context():
        for adult_id in school.adults.values():
            out = Presence(tapped_on=local_now().date(), tapped_here=False)
            set_presence(adult_id, out, KEYBOARD)
    stands = client.post("/tablet/chats", json=request_for(school), headers=school.bearer()).get_json()
    assert (stands["nobody_here"], stands["overdue"]) == (True, True)


def test_a_cookie_write_is_read_whatever_its_content_type(client: LintingClient, school: School) -> None:
    client.set_cookie("treetops_tablet", school.oak_token)
    token = client.get("/tablet/roster").headers["X-CSRF-Token"]
    body, form = json.dumps(check_in(school)), "application/x-www-form-urlencoded"
    sent = client.post("/tablet/check-ins", data=body, content_type=form, headers={"X-CSRF-Token": token})
    large = client.post("/tablet/check-ins", data="x" * 70_000, content_type=form, headers={"X-CSRF-Token": token})
    assert (sent.status_code, large.status_code) == (201, 413)


def test_only_a_cookie_that_was_sent_and_refused_is_forgotten(client: LintingClient, school: School) -> None:
    assert "Set-Cookie" not in client.get("/tablet/roster").headers
    client.set_cookie("treetops_tablet", school.oak_token)
    assert "Set-Cookie" not in client.get("/tablet/roster", headers={"Authorization": "Bearer x"}).headers
    client.set_cookie("treetops_tablet", "revoked")
    assert "treetops_tablet=;" in client.get("/tablet/roster").headers["Set-Cookie"]
