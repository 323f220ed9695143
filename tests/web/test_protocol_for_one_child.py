"""What waits for one child: cards, planned times, whether talking helped. For that child's own tablet alone."""

from __future__ import annotations

from datetime import time, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from kiosk.audit import AuditEvent
from kiosk.chats.models import Helped
from kiosk.chats.rules import NewChat
from kiosk.chats.store import Asker, answer, ask, reopen
from kiosk.db import db, utc_now, writing
from kiosk.minding.models import Card, PlannedTime
from kiosk.people.tablets import PairedTablet
from kiosk.school.store import local_now
from tests.cast import School
from tests.client import LintingClient


def leave_card(app: Flask, school: School, **more: Any) -> str:
    """Mrs Ali leaves Amir a card; its id."""
    card = {
        "key": uuid4(),
        "pupil_id": school.pupils["amir"],
        "adult_id": school.adults["ali"],
        "kind": "held_in_mind",
        "picture": "sun-1",
        "words": "I thought of you today.",
        "left_at": utc_now(),
    } | more
    with app.app_context(), writing() as session:
        session.add(Card(**card))
    return str(card["key"])


def promise_today(app: Flask, school: School) -> None:
    """Mrs Ali promises Amir ten past nine, each week on this weekday."""
    today, ali = local_today(app), school.adults["ali"]
    with app.app_context(), writing() as session:
        session.add(
            PlannedTime(
                pupil_id=school.pupils["amir"],
                adult_id=ali,
                weekday=today.weekday(),
                at=time(9, 10),
                how="draw",
                first_day=today,
                made_by_id=ali,
                made_at=utc_now(),
            )
        )


def local_today(app: Flask) -> Any:
    with app.app_context():
        return local_now().date()


def talk(app: Flask, school: School, *, end: bool = True) -> str:
    """Amir asks Mrs Ali, and (if it ends) they talk; the request's id."""
    key, ali = uuid4(), school.adults["ali"]
    with app.app_context():
        ask(
            NewChat(key, school.pupils["amir"], ali, None, utc_now()),
            PairedTablet(1, "Oak tablet", all_classes=False),
        )
        if end:
            answer(key, "talked", Asker(ali, 1, sees_all=False), seen_number=1)
    return str(key)


def waiting(client: LintingClient, school: School, pupil: str, tablet: str = "oak") -> TestResponse:
    return client.get(f"/tablet/pupils/{pupil}/waiting", headers=school.bearer(tablet))


def amirs(client: LintingClient, school: School) -> dict[str, Any]:
    """What waits for Amir."""
    answered: dict[str, Any] = waiting(client, school, str(school.pupils["amir"])).get_json()
    return answered


def find(client: LintingClient, school: School, card: str, tablet: str = "oak", **said: Any) -> TestResponse:
    body = {"answer": "waved", "at": utc_now().isoformat()} | said
    return client.post(f"/tablet/cards/{card}/found", json=body, headers=school.bearer(tablet))


def say(client: LintingClient, school: School, chat: str, tablet: str = "oak", **said: Any) -> TestResponse:
    body = {"said": "a_bit", "said_at": utc_now().isoformat()} | said
    return client.post(f"/tablet/chats/{chat}/helped", json=body, headers=school.bearer(tablet))


def test_a_child_finds_cards_planned_times_and_the_question(
    app: Flask, client: LintingClient, school: School
) -> None:
    card, chat = leave_card(app, school), talk(app, school)
    promise_today(app, school)
    heard = amirs(client, school)
    assert [one["id"] for one in heard["cards"]] == [card]
    assert heard["cards"][0]["from"]["name"] == "Mrs Ali"
    assert heard["ask_helped"] == chat
    (planned,) = heard["planned"]
    assert (planned["day"], planned["at"], planned["how"]) == (local_today(app).isoformat(), "09:10", "draw")


def test_nothing_waits_for_another_child_of_the_same_tablet(
    app: Flask, client: LintingClient, school: School
) -> None:
    leave_card(app, school)
    promise_today(app, school)
    talk(app, school)
    answered = waiting(client, school, str(school.pupils["zofia"]))
    assert answered.get_json() == {"cards": [], "book": [], "planned": [], "ask_helped": None}


def test_it_is_never_to_be_kept_and_each_look_is_recorded(
    app: Flask, client: LintingClient, school: School
) -> None:
    leave_card(app, school)
    answered = waiting(client, school, str(school.pupils["amir"]))
    assert answered.headers["Cache-Control"] == "no-store"
    assert "ETag" not in answered.headers
    with app.app_context():
        looks = db.session.scalars(select(AuditEvent).where(AuditEvent.name == "waiting_sent")).all()
        assert [(look.pupil_id, look.details["cards"]) for look in looks] == [(school.pupils["amir"], 1)]


@pytest.mark.parametrize("pupil", ["tomi", "999999", "0", "-1", "1e3", "9" * 40, "\u0661"])
def test_a_child_who_is_not_this_tablets_looks_like_nobody(
    client: LintingClient, school: School, pupil: str
) -> None:
    answered = waiting(client, school, str(school.pupils.get(pupil, pupil)))
    assert answered.status_code == 404
    assert answered.get_json() == {"error": "This pupil is not one of this tablet's."}


def test_without_a_tablets_token_nothing_is_told(app: Flask, client: LintingClient, school: School) -> None:
    leave_card(app, school)
    answered = client.get(f"/tablet/pupils/{school.pupils['amir']}/waiting")
    assert answered.status_code == 401
    assert "thought" not in answered.get_data(as_text=True)


def test_the_book_is_what_was_noticed_and_found_five_pages_far(
    app: Flask, client: LintingClient, school: School
) -> None:
    now = utc_now()
    for age in range(7):
        then = now - timedelta(days=age + 1)
        leave_card(app, school, kind="kindness", words=f"Page {age}", left_at=then, found_at=then)
    leave_card(app, school, words="Held in mind before", found_at=now)
    leave_card(app, school)
    leave_card(app, school, kind="success", words="Not found yet")
    assert [page["words"] for page in amirs(client, school)["book"]] == [f"Page {age}" for age in range(5)]
    assert waiting(client, school, str(school.pupils["zofia"])).get_json()["book"] == []


def test_a_card_that_was_answered_is_not_found_again_and_the_first_answer_stands(
    app: Flask, client: LintingClient, school: School
) -> None:
    card = leave_card(app, school)
    first, other = find(client, school, card), find(client, school, card, answer="kept")
    assert [first.status_code, other.status_code] == [200, 200]
    assert first.get_json() == {"id": card}
    assert amirs(client, school)["cards"] == []
    with app.app_context():
        assert db.session.scalars(select(Card.answer).where(Card.key == UUID(card))).one() == "waved"


def test_a_card_of_another_tablets_child_looks_like_none(
    app: Flask, client: LintingClient, school: School
) -> None:
    card = leave_card(app, school)
    answers = [find(client, school, one, "birch") for one in (card, str(uuid4()), "d4")]
    assert [one.status_code for one in answers] == [404, 404, 404]
    assert len({one.get_data() for one in answers}) == 1
    assert len(amirs(client, school)["cards"]) == 1


@pytest.mark.parametrize(
    ("said", "field"), [({"answer": "thrown away"}, "answer"), ({"at": "today"}, "at"), ({"at": None}, "at")]
)
def test_what_does_not_fit_a_card_is_422(
    app: Flask, client: LintingClient, school: School, said: dict[str, Any], field: str
) -> None:
    answered = find(client, school, leave_card(app, school), **said)
    assert answered.status_code == 422
    assert set(answered.get_json()["errors"]) == {field}


@pytest.mark.parametrize("said", ["yes", "a_bit", "no", "not_say"])
def test_a_child_is_asked_once_whether_talking_helped(
    app: Flask, client: LintingClient, school: School, said: str
) -> None:
    chat = talk(app, school)
    again = [say(client, school, chat, said=said) for _ in range(2)]
    assert [(one.status_code, one.get_json()) for one in again] == [(200, {"id": chat})] * 2
    assert amirs(client, school)["ask_helped"] is None
    with app.app_context():
        assert db.session.scalars(select(Helped.said)).all() == [said]


def test_after_the_second_talk_about_a_request_the_child_is_asked_by_an_id_of_its_own(
    app: Flask, client: LintingClient, school: School
) -> None:
    chat = talk(app, school)
    say(client, school, chat, said="no")
    with app.app_context():
        ali = Asker(school.adults["ali"], 1, sees_all=False)
        reopen(UUID(chat), ali)
        answer(UUID(chat), "talked", ali, seen_number=9)
    asked = amirs(client, school)["ask_helped"]
    assert asked == f"{chat}.2"
    assert say(client, school, chat, said="no").status_code == 200, "the first, sent again"
    assert amirs(client, school)["ask_helped"] == asked
    answered = say(client, school, asked, said="yes")
    assert (answered.status_code, answered.get_json()) == (200, {"id": asked})
    assert amirs(client, school)["ask_helped"] is None
    for odd in (f"{chat}.1", f"{chat}.3", f"{chat}.02", f"{chat}.", f"{chat}.x", f"{chat}.9999"):
        assert say(client, school, odd).status_code == 404


def test_what_was_said_first_stands(app: Flask, client: LintingClient, school: School) -> None:
    chat = talk(app, school)
    assert say(client, school, chat, said="no").status_code == 200
    assert say(client, school, chat, said="yes").status_code == 409


def test_nobody_says_whether_it_helped_of_a_talk_that_was_not_or_not_here(
    app: Flask, client: LintingClient, school: School
) -> None:
    talked, open_one = talk(app, school), talk(app, school, end=False)
    asked = ((open_one, "oak"), (talked, "birch"), (str(uuid4()), "oak"), ("d4", "oak"))
    answers = [say(client, school, chat, tablet) for chat, tablet in asked]
    assert [one.status_code for one in answers] == [404] * 4
    assert len({one.get_data() for one in answers}) == 1


@pytest.mark.parametrize(("said", "field"), [({"said": "great"}, "said"), ({"said_at": 3}, "said_at")])
def test_what_does_not_fit_an_answer_is_422(
    app: Flask, client: LintingClient, school: School, said: dict[str, Any], field: str
) -> None:
    answered = say(client, school, talk(app, school), **said)
    assert answered.status_code == 422
    assert set(answered.get_json()["errors"]) == {field}
