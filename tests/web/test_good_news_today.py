"""Worth noticing, on Today: what adults noticed, what children said of talks, and who is calmer than usual."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select, update

from kiosk.audit import KEYBOARD, AuditEvent
from kiosk.chats.models import Chat, Helped
from kiosk.db import db, utc_now, writing
from kiosk.minding.models import Card
from kiosk.people.models import Pupil
from kiosk.school.store import change_setting
from tests.cast import School
from tests.client import LintingClient, lint
from tests.web.patterns_school import SignIn, answered, oak_answers, words_of

TODAY = "/patterns/"

pytestmark = pytest.mark.usefixtures("lists_on_friday")


@pytest.fixture
def bell(signed_in: SignIn) -> LintingClient:
    return signed_in("bell")


def news(browser: LintingClient, address: str = TODAY) -> dict[str, str]:
    """What stands under Worth noticing, by the child's name."""
    page = lint(browser.get(address).get_data(as_text=True))
    lines = page.iterfind(".//section[@aria-labelledby='good-news']//li")
    return {
        "".join(line.find("p/strong").itertext()): "".join(line.findall("p")[1].itertext())  # type: ignore[union-attr]
        for line in lines
    }


def leave_card(app: Flask, school: School, who: str, kind: str, **more: object) -> None:
    with app.app_context(), writing() as session:
        card = {"left_at": utc_now(), "words": "You shared your crayons.", "picture": "sun-1", "kind": kind}
        child = {"pupil_id": school.pupils[who], "adult_id": school.adults["ali"]}
        session.add(Card(key=uuid4(), **(card | child | more)))


def talk(app: Flask, school: School, who: str, on: datetime | None = None, **more: object) -> int:
    """A request that was met; its id."""
    at = on or utc_now()
    with app.app_context(), writing() as session:
        chat = {"state": "closed", "school_day": at.date(), "wants": "chat", "about": [], "when": "now"}
        times = dict.fromkeys(("asked_at", "received_at", "since", "due_at", "answered_at", "ended_at"), at)
        ali = school.adults["ali"]
        whose = {"pupil_id": school.pupils[who], "asked_for_id": ali, "owner_id": ali}
        row = Chat(key=uuid4(), **(chat | times | whose | more))
        session.add(row)
        session.flush()
        return row.id


def says(app: Flask, chat_id: int, said: str, number: int = 1) -> None:
    with app.app_context(), writing() as session:
        session.add(Helped(chat_id=chat_id, talk=number, said=said, said_at=utc_now(), received_at=utc_now()))


class TestWhatAdultsNoticed:
    def test_a_kindness_of_today_or_the_school_day_before(
        self, app: Flask, school: School, bell: LintingClient
    ) -> None:
        leave_card(app, school, "amir", "kindness")
        leave_card(app, school, "zofia", "success", left_at=utc_now() - timedelta(days=1))
        leave_card(app, school, "tomi", "friendship", left_at=utc_now() - timedelta(days=2))
        assert news(bell) == {
            "Amir Khan": "Mrs Ali noticed a kindness: “You shared your crayons.”",
            "Zofia Nowak": "Mrs Ali noticed a success: “You shared your crayons.”",
        }
        assert news(bell, f"{TODAY}?day=2026-11-18").keys() == {"Tomi Adeyemi"}

    def test_on_monday_what_was_noticed_on_friday(
        self, app: Flask, school: School, signed_in: SignIn, a_friday: time_machine.Coordinates
    ) -> None:
        leave_card(app, school, "amir", "kindness")
        a_friday.shift(timedelta(days=3))
        assert news(signed_in("bell")).keys() == {"Amir Khan"}
        a_friday.shift(timedelta(days=1))
        assert news(signed_in("green")) == {}

    def test_no_other_card_and_none_that_was_taken_back(
        self, app: Flask, school: School, bell: LintingClient
    ) -> None:
        leave_card(app, school, "amir", "held_in_mind")
        leave_card(app, school, "zofia", "kindness", taken_back_at=utc_now())
        assert news(bell) == {}


class TestTalks:
    def test_of_which_the_child_said_that_it_helped(self, app: Flask, school: School, bell: LintingClient) -> None:
        for who, said in (("amir", "yes"), ("zofia", "a_bit"), ("tomi", "no")):
            says(app, talk(app, school, who, utc_now() - timedelta(days=3)), said)
        assert news(bell) == {"Amir Khan": "Said that talking with Mrs Ali helped."}

    def test_the_first_after_a_long_time(self, app: Flask, school: School, bell: LintingClient) -> None:
        self.has_been_here(app, school)
        talk(app, school, "amir")
        assert news(bell) == {
            "Amir Khan": "Asked for somebody and talked, for the first time in eight weeks or more."
        }

    def has_been_here(self, app: Flask, school: School) -> None:
        with app.app_context():
            answered(school.pupils["amir"], school.classes["oak"], [1], until=date(2026, 9, 10))

    def test_not_when_the_child_asked_a_month_ago(self, app: Flask, school: School, bell: LintingClient) -> None:
        self.has_been_here(app, school)
        talk(app, school, "amir", utc_now() - timedelta(days=30))
        talk(app, school, "amir")
        assert news(bell) == {}

    def test_nor_of_a_child_who_came_lately_or_still_waits(
        self, app: Flask, school: School, bell: LintingClient
    ) -> None:
        talk(app, school, "zofia")
        self.has_been_here(app, school)
        waits = {"state": "asked", "answered_at": None, "ended_at": None}
        talk(app, school, "amir", **waits)
        assert news(bell) == {}

    def test_it_looks_back_at_a_child_only_where_the_school_has_that_page(
        self, app: Flask, school: School, bell: LintingClient
    ) -> None:
        self.has_been_here(app, school)
        talk(app, school, "amir")
        with app.app_context():
            change_setting("patterns_connections", "no", KEYBOARD)
        assert news(bell) == {}


class TestCalmer:
    @pytest.fixture
    def zofia_is_calmer(self, app: Flask, school: School, bell: LintingClient) -> None:
        """By this week's list, which is made."""
        oak_answers(app, school, "zofia", [4, 5, 4, 4, 5] * 8 + [1] * 10)
        assert "Zofia Nowak" in words_of(bell, "/patterns/different")

    def test_who_is_on_this_weeks_list(self, bell: LintingClient, zofia_is_calmer: None) -> None:
        assert news(bell) == {"Zofia Nowak": "Calmer than usual, on the list of this week."}
        assert news(bell, f"{TODAY}?day=2026-11-19") == {}, "there was no list on Thursday"

    def test_not_in_a_school_without_that_list(
        self, app: Flask, school: School, bell: LintingClient, zofia_is_calmer: None
    ) -> None:
        leave_card(app, school, "amir", "kindness")
        with app.app_context():
            change_setting("patterns_different", "no", KEYBOARD)
        assert news(bell).keys() == {"Amir Khan"}, "what an adult noticed is no profile"


class TestWho:
    @pytest.mark.parametrize("how", ["left out", "left the school"])
    def test_not_who_is_left_out_or_has_left(
        self, app: Flask, school: School, bell: LintingClient, how: str
    ) -> None:
        leave_card(app, school, "amir", "kindness")
        says(app, talk(app, school, "amir"), "yes")
        assert news(bell).keys() == {"Amir Khan"}
        amir = f"/patterns/children/{school.pupils['amir']}"
        if how == "left out":
            bell.post_form(f"{amir}/leave-out", {"why": "His parents object."}, page=amir)
        else:
            with app.app_context(), writing() as session:
                session.execute(
                    update(Pupil).where(Pupil.id == school.pupils["amir"]).values(left_on=date(2026, 11, 20))
                )
        assert news(bell) == {}

    @pytest.mark.parametrize("who", ["ali", "novak", "patel"])
    def test_nobody_else_reads_it(self, app: Flask, school: School, signed_in: SignIn, who: str) -> None:
        leave_card(app, school, "amir", "kindness")
        answer = signed_in(who).get(TODAY)
        assert answer.status_code == 403
        assert "crayons" not in answer.get_data(as_text=True)

    def test_one_class_is_its_own_page(self, app: Flask, school: School, bell: LintingClient) -> None:
        leave_card(app, school, "amir", "kindness")
        oak_answers(app, school, "zofia", [1])
        assert news(bell, f"{TODAY}?class=Oak") == {}

    def test_without_answers_it_is_still_there_and_the_record_says_of_whom(
        self, app: Flask, school: School, bell: LintingClient
    ) -> None:
        leave_card(app, school, "amir", "kindness")
        with app.app_context():
            change_setting("patterns_today", "no", KEYBOARD)
        assert news(bell).keys() == {"Amir Khan"}
        with app.app_context():
            look = db.session.scalars(select(AuditEvent.details).where(AuditEvent.name == "today_seen")).all()
        assert look[-1]["classes"] == ["Oak"]
