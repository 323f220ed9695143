"""docs/protocol.md is true: its examples are sent in the order of the page, and each answer is the one shown."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from kiosk import create_app
from kiosk.alerts.reaching import keep_boards_open
from kiosk.audit import KEYBOARD
from kiosk.chats.rules import ABOUTS, SAID_HELPED, WANTS, WHENS, NewChat
from kiosk.chats.store import Asker, answer, ask
from kiosk.db import db, writing
from kiosk.feelings.rules import CLOCK_AHEAD_ALLOWED, OLDEST_TAKEN
from kiosk.feelings.store import UNDO_WITHIN
from kiosk.minding.models import Card, PlannedTime
from kiosk.minding.rules import CARD_ANSWERS
from kiosk.minding.week_on_tablet import open_week, tablets_for_week
from kiosk.people.accounts import add_staff
from kiosk.people.models import Adult, Enrolment, Pupil, SchoolClass
from kiosk.people.near import NearAdult
from kiosk.people.rules import HOWS
from kiosk.people.store import set_high5
from kiosk.people.tablets import PairedTablet, pair_tablet
from kiosk.web.errors import TRY_AGAIN_SECONDS
from kiosk.web.limits import TABLET
from kiosk.web.tablet.protocol import LARGEST_BODY
from tests.conftest import Templates, settings_for
from tests.contracts.checkout import ROOT

PAGE = (ROOT / "docs" / "protocol.md").read_text("utf-8")
NOW = datetime.fromisoformat("2026-09-14T09:05:03+01:00")
MRS_ALI, MR_OKAFOR, AMIR = 31, 17, 214
ONLY_THURSDAYS = 0b0001000

PARTS_OF_THE_PAGE = {"tablet.screens"}
"""Asked for by the tablet's own page, in its own form; of no use to another device."""


@dataclass(frozen=True)
class Example:
    """One call on the page and the answer beneath it."""

    call: str
    bearer: str
    body: Any
    first: str
    """What happens before it, if anything."""
    status: int
    answer: Any


def examples() -> Iterator[Example]:
    """The calls of the page, each with the answer that follows it."""
    fences = re.findall(r"^```http ?([\w-]*)\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    assert len(fences) % 2 == 0
    for (first, asked), (nothing, answered) in zip(fences[::2], fences[1::2], strict=True):
        (call, headers, body), (status, _, answer_body) = _parts(asked), _parts(answered)
        assert nothing == ""
        assert status.startswith("HTTP/1.1 ")
        yield Example(
            call,
            headers.partition("Bearer ")[2],
            json.loads(body) if body else None,
            first,
            int(status.split()[1]),
            json.loads(answer_body),
        )


@pytest.fixture
def school(
    sqlite_templates: Templates, copy_database: Callable[[str], str], tmp_path: Path
) -> Iterator[tuple[Flask, str]]:
    """The school of the page at three seconds past 09:05, and the token of its five buttons."""
    app = create_app(settings_for(tmp_path, copy_database(sqlite_templates.empty)))
    with time_machine.travel(NOW, tick=False), app.app_context():
        with writing() as session:
            session.add(SchoolClass(id=1, name="Oak"))
            session.add(Pupil(id=AMIR, given_name="Amir", family_name="Khan", picture="fox-1"))
            session.flush()
            session.add(Enrolment(pupil_id=AMIR, class_id=1, home=True))
            for key, name, place, picture in (
                (MRS_ALI, "Mrs Ali", "Oak classroom", "oak-2"),
                (MR_OKAFOR, "Mr Okafor", None, "elm-5"),
            ):
                given, family = name.split()
                adult = Adult(
                    id=key, given_name=given, family_name=family, called=name, place=place, picture=picture
                )
                adult.email = f"{family.lower()}@hazelwood.example"
                adult.weekdays = ONLY_THURSDAYS if key == MR_OKAFOR else adult.weekdays
                session.add(adult)
        for name, email in (("Mrs Ali", "ali@hazelwood.example"), ("Mr Okafor", "okafor@hazelwood.example")):
            add_staff(name, email, ["adult"], KEYBOARD)
        on_duty = add_staff("Ms Novak", "novak@hazelwood.example", ["duty"], KEYBOARD).adult_id
        assert on_duty is not None
        keep_boards_open({MRS_ALI, on_duty}, NOW)
        set_high5(AMIR, [MRS_ALI, MR_OKAFOR], KEYBOARD)
        _tablet, token = pair_tablet("Five buttons", ["Oak"], KEYBOARD)
        yield app, token
        db.session.remove()
        db.engine.dispose()


def mrs_ali_comes() -> None:
    answer(
        UUID("8c2f7a52-60c8-4a0e-8d0b-64a4a0f0b5f1"),
        "coming",
        Asker(adult_id=MRS_ALI, account_id=1, sees_all=False),
        seen_number=1,
        coming_at=datetime.fromisoformat("2026-09-14T09:15:00+01:00"),
    )


def mrs_ali_thinks_of_amir() -> None:
    """They have talked, she promises him a time on Tuesdays, and leaves a card."""
    mrs_ali = Asker(adult_id=MRS_ALI, account_id=1, sees_all=False)
    key = UUID("0e5a4d8c-2a0b-4c8b-9a1e-6f1d0c2b7e31")
    ask(NewChat(key, AMIR, MRS_ALI, None, NOW), PairedTablet(1, "Five buttons", all_classes=False))
    answer(key, "talked", mrs_ali, seen_number=1)
    with writing() as session:
        session.add(
            PlannedTime(
                pupil_id=AMIR,
                adult_id=MRS_ALI,
                weekday=1,
                at=time(9, 10),
                how="draw",
                first_day=NOW.date(),
                made_by_id=MRS_ALI,
                made_at=NOW,
            )
        )
        session.add(
            Card(
                key=UUID("5b0f9f0e-63a7-4f0e-9a53-0d7c4f3f1a22"),
                pupil_id=AMIR,
                adult_id=MRS_ALI,
                kind="held_in_mind",
                picture="sun-1",
                words="I thought of you on Saturday.",
                left_at=NOW,
            )
        )


def mrs_ali_opens_amirs_week() -> None:
    mrs_ali = NearAdult(MRS_ALI, 1, every_child=False)
    (buttons,) = tablets_for_week(AMIR, mrs_ali)
    open_week(AMIR, buttons.id, mrs_ali)


HAPPENS = {
    "": lambda: None,
    "mrs-ali-comes": mrs_ali_comes,
    "mrs-ali-thinks-of-amir": mrs_ali_thinks_of_amir,
    "mrs-ali-opens-amirs-week": mrs_ali_opens_amirs_week,
}


def test_every_example_is_true(school: tuple[Flask, str]) -> None:
    app, token = school
    client = app.test_client()
    told = list(examples())
    assert len(told) >= 12
    for example in told:
        HAPPENS[example.first]()
        status, body = send(client, example, token)
        assert (example.call, status) == (example.call, example.status)
        assert without_version(body) == without_version(example.answer), example.call


def test_an_unchanged_roster_is_304(school: tuple[Flask, str]) -> None:
    app, token = school
    headers = {"Authorization": f"Bearer {token}"}
    tag = app.test_client().get("/tablet/roster", headers=headers).headers["ETag"]
    again = app.test_client().get("/tablet/roster", headers=headers | {"If-None-Match": tag})
    assert (again.status_code, again.data) == (304, b"")


def test_the_day_of_the_examples_is_one_on_which_mr_okafor_is_away() -> None:
    assert date(2026, 9, 17) > NOW.date()
    assert ONLY_THURSDAYS >> date(2026, 9, 17).weekday() & 1


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("wants", WANTS),
        ("when", WHENS),
        ("how", HOWS),
        ("about", ABOUTS),
        ("answer", CARD_ANSWERS),
        ("said", SAID_HELPED),
    ],
)
def test_every_value_of_a_field_is_listed(field: str, values: tuple[str, ...]) -> None:
    (row,) = re.findall(rf"^\| `{field}` \|.*$", PAGE, re.MULTILINE)
    listed = set(re.findall(r"`(\w+)`", row)) - {field, "null"}
    assert listed == set(values)


def test_the_numbers_are_those_of_the_program() -> None:
    assert "64 KiB (65,536 bytes)" in PAGE
    assert LARGEST_BODY == 65_536
    assert "up to 30 days old" in PAGE
    assert timedelta(days=30) == OLDEST_TAKEN
    assert "more than five minutes in the future" in PAGE
    assert timedelta(minutes=5) == CLOCK_AHEAD_ALLOWED
    assert "within two minutes" in PAGE
    assert timedelta(minutes=2) == UNDO_WITHIN
    assert "30,000 entries in a minute" in PAGE
    assert TABLET == "30000 per minute"
    assert TRY_AGAIN_SECONDS > 0


def test_every_address_of_the_protocol_is_on_the_page(sqlite_app: Flask) -> None:
    rules = [
        rule
        for rule in sqlite_app.url_map.iter_rules()
        if rule.rule.startswith("/tablet/") and rule.endpoint not in PARTS_OF_THE_PAGE
    ]
    called = {example.call for example in examples()}
    for rule in rules:
        pattern = re.sub(r"<\w+>", "[^/]+", rule.rule)
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}:
            assert any(re.fullmatch(f"{method} {pattern}", call) for call in called), f"{method} {rule.rule}"


def send(client: FlaskClient, example: Example, token: str) -> tuple[int, Any]:
    """Send one example; status and body of the answer."""
    method, path = example.call.split()
    headers = {"Authorization": f"Bearer {token if example.bearer == 'TOKEN' else example.bearer}"}
    answered = client.open(path, method=method, headers=headers, json=example.body)
    return answered.status_code, answered.get_json()


def without_version(body: Any) -> Any:
    """The version is made from everything else: any number stands for it."""
    if isinstance(body, dict) and "version" in body:
        assert isinstance(body["version"], int)
        return {name: value for name, value in body.items() if name != "version"}
    return body


def _parts(fence: str) -> tuple[str, str, str]:
    head, _, body = fence.partition("\n\n")
    first, _, headers = head.strip().partition("\n")
    return first, headers, body.strip()
