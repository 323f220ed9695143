"""What a device is told after school, and on the next morning, of a request that is open still."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
import time_machine
from flask import Flask

from kiosk.alerts.reaching import keep_boards_open
from kiosk.chats import store as chats
from kiosk.db import utc_now
from tests.cast import School
from tests.client import LintingClient
from tests.web.board import ask, look, on_tablet
from tests.web.patterns_school import open_on_weekdays

SignIn = Callable[[str], LintingClient]
MONDAY = "2026-11-23T08:30:00+00:00"


@pytest.fixture
def clock(app: Flask, school: School) -> Iterator[time_machine.Coordinates]:
    """A Friday that stands still, twenty minutes before school closes, with every board open."""
    with time_machine.travel("2026-11-20T15:10:00+00:00", tick=False) as friday:
        with app.app_context():
            open_on_weekdays()
        yield friday


def tick(app: Flask, school: School) -> None:
    with app.app_context():
        keep_boards_open(school.adults.values(), utc_now())
        chats.tick()


class TestAfterSchool:
    def test_nobody_is_sent_to_a_place_where_nobody_is(
        self, app: Flask, client: LintingClient, school: School, clock: time_machine.Coordinates
    ) -> None:
        tick(app, school)
        chat = ask(client, school, "amir", "ali")
        clock.move_to("2026-11-20T15:21:00+00:00")
        tick(app, school)
        stands = on_tablet(client, school, chat)
        assert (stands["overdue"], stands["late"], stands["closed_until"]) == (True, True, None)
        clock.move_to("2026-11-20T15:30:00+00:00")
        tick(app, school)
        stands = on_tablet(client, school, chat)
        assert (stands["overdue"], stands["late"], stands["closed_until"]) == (False, True, MONDAY)
        clock.move_to(MONDAY)
        tick(app, school)
        stands = on_tablet(client, school, chat)
        assert (stands["overdue"], stands["late"], stands["closed_until"]) == (True, True, None)

    def test_what_is_asked_then_is_not_late(
        self, client: LintingClient, school: School, clock: time_machine.Coordinates
    ) -> None:
        clock.move_to("2026-11-20T16:00:00+00:00")
        chat = ask(client, school, "amir", "ali")
        stands = on_tablet(client, school, chat)
        assert (stands["overdue"], stands["late"], stands["closed_until"]) == (False, False, MONDAY)


class TestTheNextMorning:
    @pytest.fixture
    def chat(
        self,
        app: Flask,
        client: LintingClient,
        signed_in: SignIn,
        school: School,
        clock: time_machine.Coordinates,
    ) -> str:
        """Mrs Ali said "Coming now" at 15:25 on Friday, and did not come."""
        clock.move_to("2026-11-20T15:25:00+00:00")
        tick(app, school)
        chat = ask(client, school, "amir", "ali")
        ali = signed_in("ali")
        assert look(ali).card("Amir Khan").form("coming").press(ali).status_code == 303
        return chat

    def test_the_child_is_not_told_that_she_is_coming(
        self, app: Flask, client: LintingClient, school: School, clock: time_machine.Coordinates, chat: str
    ) -> None:
        clock.move_to(MONDAY)
        tick(app, school)
        stands = on_tablet(client, school, chat)
        assert (stands["state"], stands["with"]["name"], stands["overdue"]) == ("seen", "Mrs Ali", False)

    def test_she_is_asked_about_it_and_can_come_now_in_truth(
        self,
        app: Flask,
        client: LintingClient,
        signed_in: SignIn,
        school: School,
        clock: time_machine.Coordinates,
        chat: str,
    ) -> None:
        clock.move_to(MONDAY)
        tick(app, school)
        ali = signed_in("ali")
        assert look(ali).card("Amir Khan").form("coming").press(ali).status_code == 303
        clock.move_to("2026-11-23T08:36:00+00:00")
        tick(app, school)
        assert on_tablet(client, school, chat)["state"] == "coming"

    def test_else_it_passes_on_when_the_rest_of_fridays_time_is_over(
        self, app: Flask, client: LintingClient, school: School, clock: time_machine.Coordinates, chat: str
    ) -> None:
        clock.move_to(MONDAY)
        tick(app, school)
        clock.move_to("2026-11-23T08:35:00+00:00")
        tick(app, school)
        stands = on_tablet(client, school, chat)
        assert (stands["state"], stands["with"]["name"], stands["overdue"]) == ("asked", "Mr Okafor", True)
