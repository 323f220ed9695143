"""A child's own week on a tablet: there once, where an adult the child trusts has just opened it, nowhere else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update

from kiosk.audit import KEYBOARD, AuditEvent
from kiosk.chats.rules import NewChat
from kiosk.chats.store import Asker, answer, ask, tick
from kiosk.db import db, utc_now, writing
from kiosk.feelings.models import CheckIn
from kiosk.feelings.rules import NewCheckIn
from kiosk.feelings.store import add_check_in
from kiosk.minding.models import Card, WeekOnTablet
from kiosk.people.models import Pupil
from kiosk.people.store import set_high5
from kiosk.people.tablets import pair_tablet, recognise, revoke_tablet
from kiosk.school.store import local_now
from tests.cast import School
from tests.client import LintingClient

SignIn = Callable[[str], LintingClient]


@pytest.fixture
def lived(app: Flask, school: School) -> None:
    """Amir tapped 4, talked with Mrs Ali and waved at her card; Zofia tapped 5."""
    with app.app_context():
        oak = recognise(school.oak_token)
        assert oak
        for who, step in (("amir", 4), ("zofia", 5)):
            add_check_in(NewCheckIn(uuid4(), school.pupils[who], step, utc_now()), oak)
        ali = school.adults["ali"]
        key, _ = ask(NewChat(uuid4(), school.pupils["amir"], ali, None, utc_now()), oak)
        answer(key, "talked", Asker(ali, 1, sees_all=False), seen_number=1)
        ask(NewChat(uuid4(), school.pupils["amir"], None, None, utc_now(), wants="safe_space"), oak)
        with writing() as session:
            for who, words in (("amir", "I thought of you."), ("zofia", "For Zofia.")):
                found = {"left_at": utc_now(), "found_at": utc_now()}
                about = {"pupil_id": school.pupils[who], "adult_id": ali, "kind": "kindness", "picture": "sun-1"}
                session.add(Card(key=uuid4(), words=words, **about, **found))


def opens(school: School, somebody: LintingClient, who: str = "amir", tablet: str = "1") -> int:
    """An adult taps a tablet on the page of a child's week; the status of the answer."""
    page = f"/staff/children/{school.pupils[who]}/week"
    status: int = somebody.post_form(f"{page}/tablet", {"tablet": tablet}, page).status_code
    return status


def waits(app: Flask, school: School, who: str = "amir", tablet: str = "oak") -> bool:
    """Whether the child is told that their week is open on this tablet."""
    answered = app.test_client().get(f"/tablet/pupils/{school.pupils[who]}/waiting", headers=school.bearer(tablet))
    return answered.status_code == 200 and answered.get_json().get("week_open") is True


def looks(app: Flask, school: School, who: str = "amir", tablet: str = "oak") -> tuple[int, Any]:
    """A child presses "My week"."""
    client: FlaskClient = app.test_client()
    answered = client.post(f"/tablet/pupils/{school.pupils[who]}/week", headers=school.bearer(tablet))
    return answered.status_code, answered.get_json()


@pytest.mark.usefixtures("lived")
def test_a_tap_of_an_adult_opens_it_and_the_child_sees_their_own_days(
    app: Flask, school: School, signed_in: SignIn
) -> None:
    assert not waits(app, school)
    assert looks(app, school)[0] == 404
    assert opens(school, signed_in("ali")) == 303
    assert waits(app, school)
    status, week = looks(app, school)
    assert status == 200
    assert len(week["days"]) == 5
    assert [day["day"] for day in week["days"]] == sorted(day["day"] for day in week["days"])
    today = week["days"][-1]
    assert [(one["step"], one["intensity"], one["word"]) for one in today["check_ins"]] == [(4, 4, "Upset")]
    assert [(talk["adult"] and talk["adult"]["name"], talk["became"]) for talk in today["talks"]] == [
        ("Mrs Ali", "talked"),
        (None, "asked"),
    ]
    assert [card["words"] for card in today["cards"]] == ["I thought of you."]


@pytest.mark.usefixtures("lived")
def test_it_opens_once_and_a_lost_answer_can_be_asked_for_again(
    app: Flask, school: School, signed_in: SignIn
) -> None:
    opens(school, signed_in("ali"))
    assert [looks(app, school)[0] for _ in range(2)] == [200, 200]
    assert not waits(app, school)
    with time_machine.travel(utc_now() + timedelta(seconds=31), tick=True):
        assert looks(app, school)[0] == 404


@pytest.mark.usefixtures("lived")
def test_after_its_minutes_it_is_closed(app: Flask, school: School, signed_in: SignIn) -> None:
    opens(school, signed_in("ali"))
    with time_machine.travel(utc_now() + timedelta(minutes=9, seconds=50), tick=True):
        assert waits(app, school)
    with time_machine.travel(utc_now() + timedelta(minutes=10, seconds=1), tick=True):
        assert not waits(app, school)
        assert looks(app, school)[0] == 404


@pytest.mark.usefixtures("lived")
def test_no_other_child_and_no_other_tablet_gets_it(app: Flask, school: School, signed_in: SignIn) -> None:
    with app.app_context():
        _tablet, everywhere = pair_tablet("Treetops tablet", ["all"], KEYBOARD)
    opens(school, signed_in("ali"))
    assert not waits(app, school, "zofia")
    assert looks(app, school, "zofia")[0] == 404
    for address in ("waiting", "week"):
        path = f"/tablet/pupils/{school.pupils['amir']}/{address}"
        method = "GET" if address == "waiting" else "POST"
        answered = app.test_client().open(path, method=method, headers={"Authorization": f"Bearer {everywhere}"})
        assert "week_open" not in answered.get_json()
        assert "days" not in answered.get_json()
    assert looks(app, school, "amir", "birch") == (404, {"error": "This pupil is not one of this tablet's."})
    assert looks(app, school)[0] == 200


@pytest.mark.usefixtures("lived")
@pytest.mark.parametrize("who", ["okafor", "bell", "green"])
def test_others_the_child_trusts_nurture_and_the_lead_open_it_too(
    app: Flask, school: School, signed_in: SignIn, who: str
) -> None:
    assert opens(school, signed_in(who)) == 303
    assert waits(app, school)


@pytest.mark.usefixtures("lived")
@pytest.mark.parametrize("who", ["shah", "novak"])
def test_nobody_else_can_open_or_close_it(app: Flask, school: School, signed_in: SignIn, who: str) -> None:
    """Ms Novak is on duty and knows of Amir, but he has not chosen her."""
    somebody = signed_in(who)
    page = f"/staff/children/{school.pupils['amir']}/week/tablet"
    assert somebody.post_form(page, {"tablet": "1"}, "/help/").status_code == 404
    assert not waits(app, school)
    opens(school, signed_in("ali"))
    assert somebody.post_form(page, {"tablet": ""}, "/help/").status_code == 404
    assert waits(app, school)


@pytest.mark.usefixtures("lived")
@pytest.mark.parametrize("tablet", ["2", "999", "x", "-1"])
def test_a_tablet_that_does_not_show_the_child_cannot_be_chosen(
    app: Flask, school: School, signed_in: SignIn, tablet: str
) -> None:
    ali = signed_in("ali")
    page = ali.get(f"/staff/children/{school.pupils['amir']}/week").get_data(as_text=True)
    assert "Open on Oak tablet" in page
    assert "Birch tablet" not in page
    assert opens(school, ali, tablet=tablet) == 404
    with app.app_context():
        assert db.session.scalars(select(WeekOnTablet)).all() == []


@pytest.mark.usefixtures("lived")
def test_an_adult_closes_it_again(app: Flask, school: School, signed_in: SignIn) -> None:
    ali = signed_in("ali")
    opens(school, ali)
    assert "Close it" in ali.get(f"/staff/children/{school.pupils['amir']}/week").get_data(as_text=True)
    assert opens(school, ali, tablet="") == 303
    assert not waits(app, school)
    assert looks(app, school)[0] == 404


@pytest.mark.usefixtures("lived")
def test_opened_elsewhere_it_closes_here(app: Flask, school: School, signed_in: SignIn) -> None:
    with app.app_context():
        other, _token = pair_tablet("Treetops tablet", ["all"], KEYBOARD)
    opens(school, signed_in("ali"))
    opens(school, signed_in("okafor"), tablet=str(other.id))
    assert not waits(app, school)
    assert looks(app, school)[0] == 404


@pytest.mark.usefixtures("lived")
def test_who_is_trusted_no_more_has_opened_nothing(app: Flask, school: School, signed_in: SignIn) -> None:
    opens(school, signed_in("ali"))
    with app.app_context():
        set_high5(school.pupils["amir"], [school.adults["okafor"]], KEYBOARD)
    assert not waits(app, school)
    assert looks(app, school)[0] == 404


@pytest.mark.usefixtures("lived")
def test_a_child_kept_off_the_tablets_and_a_tablet_that_was_removed_show_nothing(
    app: Flask, school: School, signed_in: SignIn
) -> None:
    ali = signed_in("ali")
    opens(school, ali)
    with app.app_context(), writing() as session:
        session.execute(update(Pupil).where(Pupil.id == school.pupils["amir"]).values(on_tablet=False))
    assert looks(app, school)[0] == 404
    page = f"/staff/children/{school.pupils['amir']}/week"
    assert ali.post_form(f"{page}/tablet", {"tablet": "1"}, "/help/").status_code == 404
    assert "Open on" not in ali.get(page).get_data(as_text=True)
    with app.app_context():
        revoke_tablet(1, KEYBOARD)
    assert looks(app, school)[0] == 401


@pytest.mark.usefixtures("lived")
def test_what_ended_while_a_list_of_pupils_was_mistaken_is_no_ok_now(
    app: Flask, school: School, signed_in: SignIn
) -> None:
    """Amir was missing on a list and is back: he never said that he was OK."""
    with app.app_context():
        for left in (local_now().date(), None):
            with writing() as session:
                session.execute(update(Pupil).where(Pupil.id == school.pupils["amir"]).values(left_on=left))
            tick()
    opens(school, signed_in("ali"))
    _status, week = looks(app, school)
    assert [talk["became"] for talk in week["days"][-1]["talks"]] == ["talked", "asked"]


@pytest.mark.usefixtures("lived")
def test_days_before_the_last_five_are_not_in_it(app: Flask, school: School, signed_in: SignIn) -> None:
    with app.app_context(), writing() as session:
        moved: date = local_now().date() - timedelta(days=5)
        amirs = update(CheckIn).where(CheckIn.pupil_id == school.pupils["amir"])
        session.execute(amirs.values(school_day=moved))
    opens(school, signed_in("ali"))
    _status, week = looks(app, school)
    assert [one for day in week["days"] for one in day["check_ins"]] == []


@pytest.mark.usefixtures("lived")
def test_opening_and_each_look_are_recorded(app: Flask, school: School, signed_in: SignIn) -> None:
    ali = signed_in("ali")
    opens(school, ali)
    looks(app, school)
    opens(school, ali)
    opens(school, ali, tablet="")
    with app.app_context():
        rows = db.session.scalars(
            select(AuditEvent).where(AuditEvent.name.like("week_%")).order_by(AuditEvent.id)
        ).all()
        told = [(row.name, row.pupil_id, row.account_id is not None, row.tablet_id, row.details) for row in rows]
    amir, who = school.pupils["amir"], school.adults["ali"]
    assert told == [
        ("week_opened", amir, True, None, {"tablet": 1}),
        ("week_sent", amir, False, 1, {"opened_by": who, "days": 5}),
        ("week_opened", amir, True, None, {"tablet": 1}),
        ("week_closed", amir, True, None, {"tablet": 1}),
    ]
