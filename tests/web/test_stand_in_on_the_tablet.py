"""What the tablet tells of an adult before a child asks: who is here now, who stands in, and whether school is
open. What it says beforehand is what the chain then does."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from kiosk.alerts.reaching import keep_boards_open
from kiosk.audit import KEYBOARD
from kiosk.chats.store import Asker
from kiosk.chats.store.raising import raise_concern
from kiosk.db import db, utc_now
from kiosk.people.accounts import set_active
from kiosk.people.models import Account
from kiosk.people.rules import Presence
from kiosk.people.store import set_presence
from kiosk.school.store import change_setting, local_now
from tests.cast import School, email_of
from tests.client import LintingClient
from tests.web.board import ask, look

LONDON = ZoneInfo("Europe/London")
FRIDAY, SUNDAY, MONDAY = date(2026, 11, 20), date(2026, 11, 22), date(2026, 11, 23)
AT_LUNCH = Presence(lunch_from=time(12), lunch_until=time(13))
FROM_TEN = Presence(hours={"4": ("10:00", "15:00")})
OUT = Presence(weekdays=0b1101111)

Be = Callable[[str, Presence], None]


@pytest.fixture
def away(app: Flask, school: School) -> Any:
    """Say of somebody that they are out today."""

    def tap_out(who: str) -> None:
        with app.app_context():
            out = Presence(tapped_on=local_now().date(), tapped_here=False)
            set_presence(school.adults[who], out, KEYBOARD)

    return tap_out


@pytest.fixture
def be(app: Flask, school: School) -> Be:
    """Change when somebody is in school."""

    def change(who: str, presence: Presence) -> None:
        with app.app_context():
            set_presence(school.adults[who], presence, KEYBOARD)

    return change


@pytest.fixture
def noon(school: School) -> Iterator[time_machine.Coordinates]:
    """Friday at noon, in a world that can be moved on."""
    with time_machine.travel(datetime.combine(FRIDAY, time(12), LONDON), tick=False) as clock:
        yield clock


def hears(app: Flask, school: School, *who: str) -> None:
    """Boards of these adults stand open, and nobody else would hear of a request."""
    with app.app_context():
        keep_boards_open({school.adults[one] for one in who}, utc_now())


def roster(client: LintingClient, school: School) -> dict[str, Any]:
    told: dict[str, Any] = client.get("/tablet/roster", headers=school.bearer()).get_json()
    return told


def child(client: LintingClient, school: School, who: str) -> dict[str, Any]:
    pupils = roster(client, school)["pupils"]
    (found,) = [one for one in pupils if one["id"] == str(school.pupils[who])]
    return dict(found)


def high5(client: LintingClient, school: School, who: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = child(client, school, who)["high5"]
    return found


def person(school: School, who: str, called: str) -> dict[str, str]:
    return {"id": str(school.adults[who]), "name": called}


def test_nobody_stands_in_for_somebody_who_is_here(client: LintingClient, school: School) -> None:
    told = [(adult["here"], adult["reached"], adult["stand_in"]) for adult in high5(client, school, "amir")]
    assert told == [(True, True, None)] * 2


def test_the_tablet_names_who_is_then_told(
    client: LintingClient, school: School, away: Any, signed_in: Any
) -> None:
    away("ali")
    ali, okafor = high5(client, school, "amir")
    assert not ali["here"]
    assert not ali["reached"]
    assert ali["stand_in"] == {"id": str(school.adults["okafor"]), "name": "Mr Okafor"}
    assert (okafor["here"], okafor["stand_in"]) == (True, None)
    ask(client, school, "amir", "ali")
    assert look(signed_in("okafor")).card("Amir Khan").rings


def test_a_child_with_nobody_else_is_sent_to_the_safe_space(
    client: LintingClient, school: School, away: Any
) -> None:
    away("okafor")
    (okafor,) = high5(client, school, "zofia")
    assert (okafor["here"], okafor["stand_in"]) == (False, None)


def test_who_cannot_sign_in_cannot_stand_in(app: Flask, client: LintingClient, school: School, away: Any) -> None:
    away("ali")
    with app.app_context():
        account_id = db.session.scalars(select(Account.id).where(Account.email == email_of("okafor"))).one()
        set_active(account_id, False, KEYBOARD)
    ali, okafor = high5(client, school, "amir")
    assert ali["stand_in"] is None
    assert (okafor["here"], okafor["reached"]) == (True, False), "is in school, and nobody could tell them"


def test_the_roster_is_a_new_one_when_the_stand_in_changes(
    client: LintingClient, school: School, away: Any
) -> None:
    away("ali")
    before = client.get("/tablet/roster", headers=school.bearer())
    same = {"If-None-Match": before.headers["ETag"]}
    assert client.get("/tablet/roster", headers=school.bearer() | same).status_code == 304
    away("okafor")
    after = client.get("/tablet/roster", headers=school.bearer() | same)
    assert after.status_code == 200
    assert after.get_json()["version"] != before.get_json()["version"]


def test_an_adult_who_would_not_be_asked_alone_is_not_named_and_not_told(
    app: Flask, client: LintingClient, school: School, away: Any, signed_in: Any
) -> None:
    away("ali")
    with app.app_context():
        lead = Asker(school.adults["green"], account_id=1, sees_all=True)
        raise_concern(lead, "Something was said.", about_adult_id=school.adults["okafor"])
    assert high5(client, school, "amir")[0]["stand_in"] is None
    ask(client, school, "amir", "ali")
    assert look(signed_in("novak")).card("Amir Khan").rings
    assert look(signed_in("okafor")).names() == []


def test_a_page_of_the_staff_does_not_tell_who_would_not_be_asked_alone(
    app: Flask, client: LintingClient, school: School, away: Any, signed_in: Any
) -> None:
    away("ali")
    with app.app_context():
        lead = Asker(school.adults["green"], account_id=1, sees_all=True)
        raise_concern(lead, "Something was said.", about_adult_id=school.adults["okafor"])
    amir = school.pupils["amir"]
    shown = signed_in("novak").get(f"/staff/children/{amir}/tablet/preview.json").get_json()
    assert shown["pupils"][0]["high5"][0]["stand_in"] == person(school, "okafor", "Mr Okafor")


class TestNotHereJustNow:
    """Mrs Ali is in today, but not now: the child hears why, and who is there instead."""

    def test_at_lunch(self, client: LintingClient, school: School, be: Be, noon: time_machine.Coordinates) -> None:
        be("ali", AT_LUNCH)
        ali, _okafor = high5(client, school, "amir")
        assert (ali["here"], ali["back"], ali["lunch_until"], ali["comes_at"]) == (True, None, "13:00", None)
        assert (ali["reached"], ali["stand_in"]) == (False, person(school, "okafor", "Mr Okafor"))
        noon.shift(timedelta(hours=1))
        ali, _okafor = high5(client, school, "amir")
        assert (ali["lunch_until"], ali["reached"], ali["stand_in"]) == (None, True, None)

    def test_before_their_hours_begin(
        self, client: LintingClient, school: School, be: Be, noon: time_machine.Coordinates
    ) -> None:
        be("ali", FROM_TEN)
        noon.shift(timedelta(hours=-3))
        ali, _okafor = high5(client, school, "amir")
        assert (ali["here"], ali["comes_at"], ali["reached"]) == (True, "10:00", False)
        assert ali["stand_in"] == person(school, "okafor", "Mr Okafor")
        noon.shift(timedelta(hours=1))
        assert high5(client, school, "amir")[0]["reached"]
        noon.shift(timedelta(hours=5))
        ali, _okafor = high5(client, school, "amir")
        assert (ali["here"], ali["back"], ali["comes_at"]) == (False, "2026-11-21", None)

    @pytest.mark.parametrize("presence", [AT_LUNCH, OUT])
    @pytest.mark.parametrize(
        "hearing", [("okafor",), ("okafor", "novak"), ("novak",), ("green",), ("green", "novak")]
    )
    def test_who_is_named_is_who_then_has_it(
        self,
        app: Flask,
        client: LintingClient,
        school: School,
        be: Be,
        noon: time_machine.Coordinates,
        presence: Presence,
        hearing: tuple[str, ...],
    ) -> None:
        be("ali", presence)
        hears(app, school, *hearing)
        named = high5(client, school, "amir")[0]["stand_in"]
        key = ask(client, school, "amir", "ali")
        having = client.get(f"/tablet/chats/{key}", headers=school.bearer()).get_json()["with"]
        assert named == (having and {"id": having["id"], "name": having["name"]})

    def test_a_lead_who_is_in_no_high_5_can_stand_in(
        self, app: Flask, client: LintingClient, school: School, be: Be, noon: time_machine.Coordinates
    ) -> None:
        for who in ("ali", "okafor", "novak"):
            be(who, OUT)
        hears(app, school, "green")
        assert high5(client, school, "amir")[0]["stand_in"] == person(school, "green", "Mrs Green")


class TestNobodyIsHere:
    def test_the_child_can_be_told_before_asking(
        self, app: Flask, client: LintingClient, school: School, be: Be, noon: time_machine.Coordinates
    ) -> None:
        hears(app, school, "novak")
        assert child(client, school, "amir")["nobody_here"] is False
        for who in ("ali", "okafor", "shah", "novak", "green"):
            be(who, OUT)
        assert child(client, school, "amir")["nobody_here"] is True
        assert [adult["stand_in"] for adult in high5(client, school, "amir")] == [None, None]


class TestWhileSchoolIsClosed:
    """School is open from Monday to Friday, from half past eight to half past three."""

    @pytest.fixture(autouse=True)
    def on_weekdays(self, app: Flask, school: School) -> None:
        with app.app_context():
            change_setting("school_days", "mon-fri", KEYBOARD)
            change_setting("school_hours", "08:30-15:30", KEYBOARD)

    def at(self, day: date, hour: time) -> time_machine.travel:
        return time_machine.travel(datetime.combine(day, hour, LONDON), tick=False)

    @pytest.mark.parametrize(("day", "hour"), [(SUNDAY, time(10)), (FRIDAY, time(16)), (SUNDAY, time(23, 59))])
    def test_nobody_is_said_to_be_here_and_it_says_when_it_opens(
        self, client: LintingClient, school: School, day: date, hour: time
    ) -> None:
        with self.at(day, hour):
            told = roster(client, school)
            assert told["school"]["closed_until"] == "2026-11-23T08:30:00+00:00"
            for adult in told["pupils"][0]["high5"]:
                assert (adult["here"], adult["reached"], adult["stand_in"]) == (False, False, None)
                assert adult["back"] == MONDAY.isoformat()
            assert told["pupils"][0]["nobody_here"] is False

    def test_before_it_opens_they_are_here_today(self, client: LintingClient, school: School) -> None:
        with self.at(MONDAY, time(8)):
            told = roster(client, school)
            assert told["school"]["closed_until"] == "2026-11-23T08:30:00+00:00"
            assert [adult["here"] for adult in told["pupils"][0]["high5"]] == [True, True]

    def test_while_it_is_open_nothing_is_said_of_it(self, client: LintingClient, school: School) -> None:
        with self.at(MONDAY, time(8, 30)):
            assert roster(client, school)["school"]["closed_until"] is None

    def test_the_roster_is_a_new_one_when_school_closes(self, client: LintingClient, school: School) -> None:
        with self.at(FRIDAY, time(15, 29)):
            before = client.get("/tablet/roster", headers=school.bearer())
        with self.at(FRIDAY, time(15, 30)):
            same = {"If-None-Match": before.headers["ETag"]}
            assert client.get("/tablet/roster", headers=school.bearer() | same).status_code == 200


class TestICannotWait:
    """ "We told everyone on duty" is said only when it holds."""

    def says(self, client: LintingClient, school: School, key: str) -> dict[str, Any]:
        told: dict[str, Any] = client.post(f"/tablet/chats/{key}/cannot-wait", headers=school.bearer()).get_json()
        return told

    def test_with_somebody_on_duty(self, app: Flask, client: LintingClient, school: School) -> None:
        hears(app, school, "ali", "novak")
        key = ask(client, school, "amir", "ali")
        assert not client.get(f"/tablet/chats/{key}", headers=school.bearer()).get_json()["duty_told"]
        assert self.says(client, school, key)["duty_told"] is True

    def test_with_nobody_on_duty_in_only_whoever_has_it_was_told(
        self, app: Flask, client: LintingClient, school: School, away: Any
    ) -> None:
        away("novak")
        hears(app, school, "ali")
        told = self.says(client, school, ask(client, school, "amir", "ali"))
        assert (told["cannot_wait"], told["duty_told"], told["with"]["name"]) == (True, False, "Mrs Ali")
