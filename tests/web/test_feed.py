"""Figures for the school's own programs: what a token reads, what it does not, and who decides about it."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from kiosk.audit import KEYBOARD, Actor, AuditEvent
from kiosk.db import db, utc_now
from kiosk.patterns.looking import VIEWS
from kiosk.patterns.models import FeedToken
from kiosk.patterns.out.feeds import FeedRefused, known_feeds, make_feed, recognise_feed
from kiosk.school.store import change_setting
from tests.cast import School
from tests.client import LintingClient
from tests.web.feeds import ask_and_meet, asks, oak_children, read, token_for
from tests.web.patterns_school import (
    FRIDAY,
    TODAY,
    SignIn,
    add_children,
    add_class,
    answered,
    words_of,
)

PAGE = "/patterns/feeds"
OCTOBER = FRIDAY - timedelta(days=38)


pytestmark = pytest.mark.usefixtures("open_weekdays")


@pytest.fixture
def pine(app: Flask) -> int:
    """A class of twelve that answers, and one of four beside it in the year, which must not be seen."""
    with app.app_context():
        pine, small, elm = add_class("Pine", "4"), add_class("Small", "4"), add_class("Elm", "5")
        for room, names in ((pine, 12), (elm, 12)):
            for number, pupil_id in enumerate(add_children(room, [f"{room} {n}" for n in range(names)])):
                answered(pupil_id, room, [1 + (number + at) % 5 for at in range(30)])
        for pupil_id in add_children(small, ["Ann", "Ben", "Cem", "Dot"]):
            answered(pupil_id, small, [5] * 30)
        return pine


class TestFigures:
    def test_they_are_those_that_the_page_gives_out_as_a_file(
        self, app: Flask, client: LintingClient, signed_in: SignIn, lead: Actor, pine: int
    ) -> None:
        told = read(client, "/feed/school", token_for(app, lead, "school"))
        rows = rows_of(signed_in("bell").get("/patterns/school/export.csv"))
        assert [
            [one["day"], f"{one['hard_percent']}", f"{one['answers']}", one["signal"] or ""]
            for one in told["days"]
        ] == rows
        assert len(rows) == 30
        assert told["group"] == {"key": "school", "name": "the whole school"}
        assert told["hours"] == [
            {"weekday": weekday, "from_hour": 9, "hard_percent": pytest.approx(49, abs=9), "answers": 168}
            for weekday in range(1, 6)
        ]

    def test_a_class_of_four_and_the_one_that_would_give_it_away_say_nothing(
        self, app: Flask, client: LintingClient, lead: Actor, pine: int
    ) -> None:
        token = token_for(app, lead, "classes")
        for class_id in (pine, pine + 1):
            told = read(client, f"/feed/classes/class-{class_id}", token)
            assert (told["days"], told["hours"]) == ([], [])
            assert (told["hours_left_out"], told["hours_with_answers"]) == (30, 30)
            assert "fewer than 5 children" in told["left_out"][0]
        assert len(read(client, f"/feed/classes/class-{pine + 2}", token)["days"]) == 30
        assert len(read(client, "/feed/classes/year-4", token)["days"]) == 30

    def test_no_answer_names_a_child(
        self, app: Flask, client: LintingClient, lead: Actor, pine: int, school: School
    ) -> None:
        token = token_for(app, lead, "school", "classes", "waits")
        addresses = ["/feed/school", "/feed/classes", "/feed/classes/year-4", "/feed/waits"]
        said = " ".join(
            client.get(one, headers={"Authorization": f"Bearer {token}"}).get_data(as_text=True)
            for one in addresses
        )
        assert "Elm" in said
        assert not re.search(r"Ann|Ben|Cem|Dot|Amir|Zofia|Tomi|Elm \d|Mrs|Mr ", said)

    def test_a_period_is_one_of_those_offered(
        self, app: Flask, client: LintingClient, lead: Actor, pine: int
    ) -> None:
        token = token_for(app, lead, "school")
        offered = read(client, "/feed/school", token)["periods"]
        assert offered == ["weeks", "days", "year"]
        assert read(client, "/feed/school?period=year", token)["period"]["first"] == "2026-09-01"
        assert "no such period" in read(client, "/feed/school?period=today", token, status=404)["error"]

    def test_classes_are_listed_and_others_are_not_there(
        self, app: Flask, client: LintingClient, lead: Actor, pine: int
    ) -> None:
        token = token_for(app, lead, "classes")
        keys = [one["key"] for one in read(client, "/feed/classes", token)["groups"]]
        assert {"year-4", f"class-{pine}"} <= set(keys)
        assert not [key for key in keys if not key.startswith(("year-", "class-"))], "no list that staff made"
        for key in ("school", "class-999", "list-1"):
            assert "no such year or class" in read(client, f"/feed/classes/{key}", token, status=404)["error"]

    def test_a_year_of_two_is_read_by_the_key_that_is_listed(
        self, app: Flask, client: LintingClient, lead: Actor, pine: int
    ) -> None:
        with app.app_context():
            mixed = add_class("Larch", "3/4")
            for pupil_id in add_children(mixed, [f"Larch {number}" for number in range(12)]):
                answered(pupil_id, mixed, [2] * 30)
        token = token_for(app, lead, "classes")

        assert {"key": "year-3/4", "name": "Year 3/4"} in read(client, "/feed/classes", token)["groups"]
        assert read(client, "/feed/classes/year-3/4", token)["group"]["name"] == "Year 3/4"


def test_the_documentation_shows_every_field_there_is(
    app: Flask, client: LintingClient, lead: Actor, pine: int, school: School, a_friday: time_machine.Coordinates
) -> None:
    *children, slow = oak_children(app, school, 6)
    ask_and_meet(app, school, a_friday, OCTOBER, children)
    with app.app_context():
        asks(school, slow)
    a_friday.move_to(FRIDAY)
    token = token_for(app, lead, "classes", "waits")
    page = (Path(__file__).parents[2] / "docs/feed.md").read_text("utf-8")
    figures, waits = (json.loads(block) for block in re.findall(r"```json\n(.*?)```", page, re.DOTALL))
    assert shape(read(client, f"/feed/classes/class-{pine + 2}", token)) == shape(figures)
    assert shape(read(client, "/feed/waits", token)) == shape(waits)


class TestWhoReads:
    def test_a_token_reads_what_it_was_made_for_and_nothing_else(
        self, app: Flask, client: LintingClient, lead: Actor, pine: int
    ) -> None:
        token = token_for(app, lead, "waits")
        assert read(client, "/feed/school", token, status=403)["error"] == (
            "This token may not read these figures: it was made for waits."
        )
        for address in ("/tablet/roster", "/staff/", "/patterns/school", "/admin/tablets"):
            answer = client.get(address, headers={"Authorization": f"Bearer {token}"})
            assert answer.status_code in (303, 401), address

    @pytest.mark.parametrize("sent", [None, "", "Bearer ", "Bearer nonsense", "Basic YTpi", "Bearer \udcff"])
    def test_without_a_token_nothing_is_told(self, client: LintingClient, pine: int, sent: str | None) -> None:
        headers = {} if sent is None else {"Authorization": sent.encode("utf-8", "replace").decode("latin-1")}
        answer = client.get("/feed/school", headers=headers)
        assert answer.status_code == 401
        assert answer.headers["WWW-Authenticate"].startswith("Bearer")
        assert set(answer.get_json()) == {"error"}

    def test_neither_a_tablets_token_nor_signing_in_opens_it(
        self, client: LintingClient, signed_in: SignIn, school: School, pine: int
    ) -> None:
        assert client.get("/feed/school", headers=school.bearer()).status_code == 401
        assert signed_in("green").get("/feed/school").status_code == 401

    def test_it_ends_after_its_last_day(
        self, app: Flask, client: LintingClient, lead: Actor, a_friday: time_machine.Coordinates, pine: int
    ) -> None:
        token = token_for(app, lead, "school", days=1)
        a_friday.shift(timedelta(days=1))
        assert read(client, "/feed/school", token)["days"]
        a_friday.shift(timedelta(days=1))
        assert "last day is over" in read(client, "/feed/school", token, status=401)["error"]

    @pytest.mark.parametrize("view", VIEWS)
    def test_a_page_that_is_switched_off_is_no_feed_either(
        self, app: Flask, client: LintingClient, lead: Actor, pine: int, view: str
    ) -> None:
        """Every address with every switch: off with its own page, on whatever else is switched off."""
        token = token_for(app, lead, "school", "classes", "waits")
        addresses = {
            "/feed/school": "school",
            "/feed/school?period=never": "school",
            "/feed/classes": "school",
            f"/feed/classes/class-{pine}": "school",
            "/feed/classes/class-999": "school",
            "/feed/waits": "connections",
        }
        assert {rule.rule for rule in app.url_map.iter_rules() if rule.rule.startswith("/feed/")} == {
            "/feed/school",
            "/feed/classes",
            "/feed/classes/<path:key>",
            "/feed/waits",
        }
        with app.app_context():
            change_setting(f"patterns_{view}", "no", KEYBOARD)
        for address, page in addresses.items():
            if page == view:
                assert "switched this page off" in read(client, address, token, status=404)["error"], address
            elif "999" in address or "never" in address:
                assert "There is no such" in read(client, address, token, status=404)["error"], address
            else:
                read(client, address, token)

    def test_each_reading_is_recorded_with_its_token(
        self, app: Flask, client: LintingClient, lead: Actor, pine: int
    ) -> None:
        read(client, "/feed/school?period=year", token_for(app, lead, "school"))
        with app.app_context():
            (feed,) = known_feeds()
            exports = select(AuditEvent.details).where(AuditEvent.name == "pattern_exported")
            assert db.session.scalars(exports).all() == [
                {"view": "school", "what": ["school", "year"], "form": f"feed {feed.id}"}
            ]
            assert feed.last_read_at == utc_now()

    def test_too_many_readings_are_asked_to_wait(
        self, app: Flask, client: LintingClient, lead: Actor, school: School
    ) -> None:
        token, other = token_for(app, lead, "classes"), token_for(app, lead, "classes")
        for _ in range(60):
            read(client, "/feed/classes", token)
        assert "Wait a minute" in read(client, "/feed/classes", token, status=429)["error"]
        read(client, "/feed/classes", other)


class TestPage:
    def test_the_lead_makes_one_which_is_shown_once(
        self, app: Flask, client: LintingClient, signed_in: SignIn, pine: int
    ) -> None:
        browser = signed_in("green")
        assert "No program reads figures." in words_of(browser, PAGE)
        page = make(browser, name="Governors’ dashboard", scope=["school"], lasts="31").get_data(as_text=True)
        (token,) = re.findall(r'readonly value="([\w-]{43})"', page)
        assert read(client, "/feed/school", token)["days"]
        again = browser.get(PAGE).get_data(as_text=True)
        assert "Governors’ dashboard" in again
        assert token not in again
        with app.app_context():
            assert token not in str([vars(row) for row in db.session.scalars(select(FeedToken))])
            (made,) = known_feeds()
        assert (made.last_day, made.made_by) == (TODAY + timedelta(days=31), "Mrs Green")

    def test_it_is_removed_after_one_question(
        self, app: Flask, client: LintingClient, signed_in: SignIn, lead: Actor, pine: int
    ) -> None:
        token, browser = token_for(app, lead, "school"), signed_in("green")
        assert "From that moment it reads nothing." in words_of(browser, f"{PAGE}/1/remove")
        assert read(client, "/feed/school", token)["days"]
        address = f"{PAGE}/1/remove"
        answer = browser.post(address, data={"csrf_token": browser.csrf(address)}, follow_redirects=True)
        assert "Dashboard reads nothing any more." in answer.get_data(as_text=True)
        read(client, "/feed/school", token, status=401)
        assert browser.get(address).status_code == 404

    @pytest.mark.parametrize(
        ("form", "said"),
        [
            ({"name": " ", "scope": ["school"], "lasts": "31"}, "Say which program it is for"),
            ({"name": "D" * 81, "scope": ["school"], "lasts": "31"}, "at most 80 letters"),
            ({"name": "A bell\a", "scope": ["school"], "lasts": "31"}, 'value="A bell"'),
            ({"name": "D", "lasts": "31"}, "Choose at least one kind of figures."),
            ({"name": "D", "scope": ["children"], "lasts": "31"}, "Choose at least one kind of figures."),
            ({"name": "D", "scope": ["school"], "lasts": "9999"}, "Choose the last day it works"),
            ({"name": "D", "scope": ["school"]}, "Choose the last day it works"),
        ],
    )
    def test_what_cannot_be_is_refused_in_a_sentence(
        self, app: Flask, signed_in: SignIn, form: dict[str, Any], said: str
    ) -> None:
        answer = make(signed_in("green"), status=422, **form)
        assert said in answer.get_data(as_text=True)
        assert "readonly" not in answer.get_data(as_text=True)
        with app.app_context():
            assert known_feeds() == []

    @pytest.mark.parametrize("who", ["ali", "novak", "bell", "patel"])
    def test_nobody_else_decides(self, signed_in: SignIn, who: str) -> None:
        assert signed_in(who).get(PAGE).status_code == 403
        if who == "bell":
            assert "For other programs" not in words_of(signed_in(who), "/patterns/school")

    def test_nobody_makes_one_without_an_account(self, app: Flask) -> None:
        with app.app_context():
            with pytest.raises(FeedRefused):
                make_feed("Dashboard", ["school"], TODAY, KEYBOARD)
            assert recognise_feed("") is None


def shape(told: Any) -> Any:
    """The fields of an answer, and of the first of each list."""
    if isinstance(told, dict):
        return {key: shape(value) for key, value in told.items()}
    return [shape(told[0])] if isinstance(told, list) else None


def make(browser: LintingClient, status: int = 200, **form: Any) -> TestResponse:
    answer = browser.post(PAGE, data={"csrf_token": browser.csrf(PAGE), **form})
    assert answer.status_code == status
    return answer


def rows_of(answer: TestResponse) -> Sequence[Sequence[str]]:
    lines = list(csv.reader(answer.get_data(as_text=True).removeprefix("\ufeff").splitlines()))
    return lines[1 : lines.index([])]
