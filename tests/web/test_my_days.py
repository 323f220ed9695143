"""Mr Okafor visits on Thursdays and says so; what cannot be comes back with the reason, and nothing changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, time

import pytest
import time_machine
from flask import Flask
from werkzeug.test import TestResponse

from kiosk.audit import KEYBOARD
from kiosk.people.presence import colleague
from kiosk.people.rules import EVERY_DAY, Presence
from kiosk.school.store import change_setting
from tests.cast import School
from tests.client import LintingClient, lint

SignIn = Callable[[str], LintingClient]
DAYS = "/staff/days"
THURSDAY_MORNINGS = {"what": "week", "day-3": "yes", "from-3": "09:00", "until-3": "12:00"}


@pytest.fixture(autouse=True)
def friday(app: Flask) -> Iterator[None]:
    with time_machine.travel("2026-11-20T10:00:00Z", tick=True):
        with app.app_context():
            change_setting("school_days", "mon-fri", KEYBOARD)
        yield


@pytest.fixture
def okafor(signed_in: SignIn) -> LintingClient:
    return signed_in("okafor")


def said(answer: TestResponse) -> str:
    main = lint(answer.get_data(as_text=True)).find(".//main")
    assert main is not None
    return " ".join(" ".join(main.itertext()).split())


def presence(app: Flask, school: School, who: str = "okafor") -> Presence:
    with app.app_context():
        return colleague(school.adults[who]).presence


def on_the_tablet(client: LintingClient, school: School) -> dict[str, object]:
    roster = client.get("/tablet/roster", headers=school.bearer()).get_json()
    (amir,) = [child for child in roster["pupils"] if child["name"] == "Amir"]
    found: dict[str, object] = amir["high5"][1]
    return found


def test_a_timetable_is_kept_and_the_tablet_shows_it(
    app: Flask, client: LintingClient, okafor: LintingClient, school: School
) -> None:
    answer = okafor.post_form(DAYS, THURSDAY_MORNINGS | {"lunch-from": "12:00", "lunch-until": "12:30"}, DAYS)
    assert (answer.status_code, answer.headers["Location"]) == (303, DAYS)
    kept = presence(app, school)
    assert (kept.weekdays, kept.hours) == (0b0001000, {"3": ["09:00", "12:00"]})
    assert (kept.lunch_from, kept.lunch_until) == (time(12), time(12, 30))
    assert "not in on Fridays, back on Thursday 26 November" in said(okafor.get(DAYS))
    assert (on_the_tablet(client, school)["here"], on_the_tablet(client, school)["back"]) == (False, "2026-11-26")


def test_an_absence_is_kept_and_taken_away(
    app: Flask, client: LintingClient, okafor: LintingClient, school: School
) -> None:
    assert "2 children have you in their High 5." in said(okafor.get(DAYS))
    okafor.post_form(DAYS, {"what": "away", "first": "2026-11-20", "back": "2026-12-03"}, DAYS)
    page = said(okafor.get(DAYS))
    assert "Since Friday 20 November, back on Thursday 3 December." in page
    assert "You are out today , away until Wednesday 2 December" in page.replace("today,", "today ,")
    assert presence(app, school).has_gone(date(2026, 11, 20)), "what he has taken passes on"
    assert on_the_tablet(client, school)["back"] == "2026-12-03"
    okafor.post_form(DAYS, {"what": "back"}, DAYS)
    assert presence(app, school) == Presence()
    assert "Since Friday" not in said(okafor.get(DAYS))


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        ({"what": "week"}, "Tick at least one day."),
        (THURSDAY_MORNINGS | {"until-3": ""}, "Thursday: give both times, or none."),
        ({"what": "away", "first": "", "back": ""}, "Give the first day away"),
        ({"what": "away", "first": "2026-11-20", "back": "2026-11-20"}, "The day of return comes after"),
    ],
)
def test_what_cannot_be_comes_back_with_the_reason_and_changes_nothing(
    app: Flask, okafor: LintingClient, school: School, form: dict[str, str], sentence: str
) -> None:
    answer = okafor.post_form(DAYS, form, DAYS)
    assert answer.status_code == 422
    assert sentence in said(answer)
    assert presence(app, school) == Presence()


def test_what_was_typed_stands_in_the_form_that_comes_back(okafor: LintingClient) -> None:
    page = lint(okafor.post_form(DAYS, THURSDAY_MORNINGS | {"until-3": ""}, DAYS).get_data(as_text=True))
    fields = {field.get("name"): field for field in page.iter("input")}
    assert fields["from-3"].get("value") == "09:00"
    assert "checked" in fields["day-3"].attrib
    assert "checked" not in fields["day-0"].attrib


@pytest.mark.parametrize("what", ["", "everything"])
def test_a_form_that_is_none_of_ours_changes_nothing(
    app: Flask, okafor: LintingClient, school: School, what: str
) -> None:
    assert okafor.post_form(DAYS, {"what": what}, DAYS).status_code == 400
    assert presence(app, school) == Presence()


def test_the_office_enters_a_colleagues_absence_and_learns_no_childs_name(
    app: Flask, school: School, signed_in: SignIn
) -> None:
    patel, address = signed_in("patel"), f"{DAYS}/{school.adults['okafor']}"
    page = patel.get(address)
    assert "Days of Mr Okafor" in said(page)
    assert not any(name in said(page) for name in ("Amir", "Zofia"))
    answer = patel.post_form(address, {"what": "away", "first": "2026-11-23", "unknown": "yes"}, address)
    assert answer.headers["Location"] == address
    assert presence(app, school).away_from == date(2026, 11, 23)
    assert "From Monday 23 November, and nobody knows yet until when." in said(patel.get(address))


def test_somebody_elses_days_are_not_reached_by_ones_own_page(
    app: Flask, okafor: LintingClient, school: School
) -> None:
    form = THURSDAY_MORNINGS | {"adult_id": str(school.adults["ali"])}
    okafor.post_form(DAYS, form, DAYS)
    assert presence(app, school, "ali").weekdays == EVERY_DAY
    assert okafor.post_form(f"{DAYS}/{school.adults['ali']}", THURSDAY_MORNINGS, DAYS).status_code == 403


def test_an_administrator_without_children_has_no_days(signed_in: SignIn) -> None:
    assert signed_in("patel").get(DAYS).status_code == 403


class TestLeavingTheSchool:
    def test_the_last_day_is_entered_for_a_colleague_and_the_task_is_there_at_once(
        self, app: Flask, school: School, signed_in: SignIn
    ) -> None:
        green, address = signed_in("green"), f"{DAYS}/{school.adults['okafor']}"
        assert green.post_form(address, {"what": "leaving", "last": "2026-12-04"}, address).status_code == 303
        assert presence(app, school).left_on == date(2026, 12, 5), "the first day without him"
        assert "The last day is Friday 4 December 2026." in said(green.get(address))
        assert "good endings are due" in said(green.get("/staff/todo"))
        assert "Mr Okafor works here until Friday 4 December" in said(green.get("/staff/endings"))
        assert signed_in("okafor").get("/staff/").status_code == 200, "he works here until then"
        green.post_form(address, {"what": "staying"}, address)
        assert presence(app, school) == Presence()
        assert "good endings are due" not in said(green.get("/staff/todo"))

    @pytest.mark.parametrize(
        ("last", "sentence"),
        [
            ("", "Give the last day here."),
            ("2026-11-19", "That day has passed."),
            ("2226-11-20", "That day is years away."),
        ],
    )
    def test_what_cannot_be_comes_back(
        self, app: Flask, school: School, signed_in: SignIn, last: str, sentence: str
    ) -> None:
        address = f"{DAYS}/{school.adults['okafor']}"
        answer = signed_in("novak").post_form(address, {"what": "leaving", "last": last}, address)
        assert answer.status_code == 422
        assert sentence in said(answer)
        assert presence(app, school) == Presence()

    def test_nobody_enters_it_for_themselves(self, app: Flask, okafor: LintingClient, school: School) -> None:
        assert "Leaving the school" not in said(okafor.get(DAYS))
        assert okafor.post_form(DAYS, {"what": "leaving", "last": "2026-12-04"}, DAYS).status_code == 400
        assert presence(app, school) == Presence()
