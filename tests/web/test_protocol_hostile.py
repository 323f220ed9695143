"""Whatever arrives over the protocol gets a listed 4xx, never a 5xx, and stores nothing."""

from __future__ import annotations

import json
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.chats.models import Chat
from kiosk.db import utc_now
from kiosk.feelings.models import CheckIn
from tests.cast import School
from tests.client import LintingClient
from tests.web.test_protocol_statuses import kept


def as_sent(value: Any) -> bytes:
    """As JSON, with lone surrogates escaped as a careless program would."""
    return json.dumps(value).encode()


LISTED = {400, 404, 409, 413, 422}
odd_text = st.text(alphabet=st.characters(codec=None, exclude_categories=()), max_size=40)  # type: ignore[arg-type]
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | odd_text,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(odd_text, inner, max_size=4),
    max_leaves=12,
)
FIELDS = {
    "/tablet/check-ins": ("id", "pupil", "step", "felt_at"),
    "/tablet/chats": (
        "id",
        "pupil",
        "adult",
        "check_in",
        "asked_at",
        "wants",
        "when",
        "how",
        "about",
        "cannot_wait",
    ),
}
patient = settings(
    max_examples=60,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@pytest.mark.parametrize("address", FIELDS)
@patient
@given(data=st.data())
def test_a_good_entry_with_one_odd_field_is_kept_whole_or_refused(
    app: Flask, client: LintingClient, school: School, address: str, data: st.DataObject
) -> None:
    field = data.draw(st.sampled_from(FIELDS[address]))
    value = data.draw(anything)
    before = kept(app, CheckIn) + kept(app, Chat)
    answer = client.post(
        address, data=as_sent(good_entry(school, address) | {field: value}), headers=school.bearer()
    )
    assert answer.status_code in LISTED | {201}
    assert kept(app, CheckIn) + kept(app, Chat) - before == (answer.status_code == 201)


@pytest.mark.parametrize("address", FIELDS)
@patient
@given(body=st.binary(max_size=300) | anything.map(as_sent))
def test_a_body_that_makes_no_sense_is_refused(
    app: Flask, client: LintingClient, school: School, address: str, body: bytes
) -> None:
    assert client.post(address, data=body, headers=school.bearer()).status_code in LISTED
    assert kept(app, CheckIn) + kept(app, Chat) == 0


@patient
@given(key=odd_text)
def test_an_odd_id_in_an_address_is_not_found(client: LintingClient, school: School, key: str) -> None:
    address = "/tablet/chats/" + key.encode("utf-8", "surrogatepass").hex()
    assert client.get(address, headers=school.bearer()).status_code == 404


@pytest.mark.parametrize("token", ["", " ", "\x00", "a" * 10_000, "\xff\xfe", "Bearer", "Bearer \u2603"])
def test_an_odd_token_is_401(client: LintingClient, school: School, token: str) -> None:
    header = {"Authorization": token.encode("utf-8").decode("latin-1").replace("\x00", "")}
    assert client.get("/tablet/roster", headers=header).status_code == 401


def good_entry(school: School, address: str) -> dict[str, Any]:
    now, pupil = utc_now().isoformat(), str(school.pupils["amir"])
    if address == "/tablet/check-ins":
        return {"id": str(uuid4()), "pupil": pupil, "step": 2, "felt_at": now}
    return {
        "id": str(uuid4()), "pupil": pupil, "adult": None, "check_in": None, "asked_at": now, "wants": "chat",
        "when": "now", "how": None, "about": [], "cannot_wait": False,
    }  # fmt: skip


@pytest.mark.parametrize("address", ["/tablet/sounds/%00", "/tablet/pictures/a%00b", "/tablet/chats/%00"])
def test_a_sign_that_no_keyboard_types_is_in_no_address(
    client: LintingClient, school: School, address: str
) -> None:
    """Answered 503, as PostgreSQL cannot look for it, a tablet would ask again for ever."""
    answer = client.get(address, headers=school.bearer())
    assert (answer.status_code, "error" in answer.get_json()) == (404, True)
