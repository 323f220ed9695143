"""Silence and connections: who stands on which list, how long children wait, and who must not see it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4
from xml.etree.ElementTree import Element

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select, update

from kiosk.audit import KEYBOARD, AuditEvent
from kiosk.chats.rules import NewChat
from kiosk.chats.store import Asker, answer, ask
from kiosk.db import db, utc_now, writing
from kiosk.minding.models import PlannedTime
from kiosk.people.models import Pupil
from kiosk.people.rules import Presence
from kiosk.people.store import set_high5, set_presence
from kiosk.people.tablets import recognise
from kiosk.school.store import change_setting
from tests.cast import School
from tests.client import LintingClient, lint
from tests.web.patterns_school import FRIDAY, SignIn, oak_answers, words_of

PAGE = "/patterns/connections"
Asks = Callable[..., None]


pytestmark = pytest.mark.usefixtures("open_weekdays")


@pytest.fixture
def weeks(app: Flask, school: School) -> None:
    """Amir answered every day, Zofia not for five school days, Tomi never."""
    oak_answers(app, school, "amir", [1] * 12)
    oak_answers(app, school, "zofia", [2] * 7 + [None] * 5)


@pytest.fixture
def asks(app: Flask, school: School, a_friday: time_machine.Coordinates) -> Asks:
    """A child of Oak asks an adult on a school day; after so many minutes they talk, or nobody comes."""

    def now(day: datetime, adult: str = "ali", who: str = "amir", *, talked_after: int | None = None) -> None:
        a_friday.move_to(day)
        with app.app_context():
            tablet = recognise(school.oak_token)
            assert tablet
            entry = NewChat(uuid4(), school.pupils[who], school.adults[adult], None, utc_now())
            key, _new = ask(entry, tablet)
            if talked_after is not None:
                a_friday.shift(timedelta(minutes=talked_after))
                answer(key, "talked", Asker(school.adults[adult], 1, sees_all=False), seen_number=1)
        a_friday.move_to(FRIDAY)

    return now


def part(said: str, begins: str, ends: str) -> str:
    """The words of one list."""
    return said.partition(begins)[2].partition(ends)[0]


def rows_of(page: LintingClient, address: str, table: str) -> dict[str, list[str]]:
    """The rows of a page's table by what stands in their first cell; a line of small print follows a stroke."""
    tree = lint(page.get(address).get_data(as_text=True))
    found = {}
    for row in tree.iterfind(f".//section[@aria-labelledby='{table}']//tbody/tr"):
        head, *cells = (" ".join("".join(cell.itertext()).split()) for cell in _with_strokes(row))
        found[head] = cells
    return found


def _with_strokes(row: Element) -> Element:
    for line in row.iterfind(".//br"):
        line.text = " / "
    return row


class TestWhoMayLook:
    @pytest.mark.parametrize("who", ["ali", "okafor", "shah", "novak", "patel"])
    def test_no_adult_nor_duty_nor_the_administrator(self, signed_in: SignIn, weeks: None, who: str) -> None:
        answer_ = signed_in(who).get(PAGE)
        assert answer_.status_code == 403
        assert "Tomi" not in answer_.get_data(as_text=True)

    def test_every_look_is_recorded(self, app: Flask, signed_in: SignIn, weeks: None) -> None:
        signed_in("green").get(PAGE)
        with app.app_context():
            looks = db.session.scalars(select(AuditEvent.details).where(AuditEvent.name == "pattern_seen")).all()
        assert looks == [{"view": "connections", "what": ["2026-08-28"]}]

    def test_a_school_can_do_without_it(self, app: Flask, signed_in: SignIn, weeks: None) -> None:
        with app.app_context():
            change_setting("patterns_connections", "no", KEYBOARD)
        assert "Tomi" not in words_of(signed_in("bell"), PAGE, status=404)


class TestLists:
    def test_who_is_not_heard_from_and_since_when(self, signed_in: SignIn, weeks: None) -> None:
        said = words_of(signed_in("bell"), PAGE)
        assert "2 children have not been heard from for 5 school days." in said
        silent = part(said, "Not heard from", "Asked and not met")
        assert "Zofia Nowak Oak last on Thursday 12 November" in silent
        assert "Tomi Adeyemi Birch never yet" in silent
        assert "Amir" not in silent

    def test_a_request_is_a_word_too(self, signed_in: SignIn, asks: Asks, weeks: None) -> None:
        asks(FRIDAY - timedelta(days=1), "okafor", "zofia", talked_after=5)
        silent = part(words_of(signed_in("bell"), PAGE), "Not heard from", "Asked and not met")
        assert "Zofia" not in silent
        assert "Tomi" in silent

    def test_a_child_who_is_kept_off_the_tablet_is_not_silent(
        self, app: Flask, school: School, signed_in: SignIn, weeks: None
    ) -> None:
        with app.app_context(), writing() as session:
            session.execute(update(Pupil).where(Pupil.id == school.pupils["tomi"]).values(on_tablet=False))
        assert "1 child has not been heard from" in words_of(signed_in("bell"), PAGE)

    def test_a_request_of_an_earlier_day_that_is_still_open(
        self, signed_in: SignIn, asks: Asks, weeks: None
    ) -> None:
        asks(FRIDAY - timedelta(days=1))
        said = words_of(signed_in("bell"), PAGE)
        assert "1 request of earlier days is still open." in said
        assert "Amir Khan Oak asked Mrs Ali on Thursday 19 November; no answer" in said

    def test_a_request_of_today_is_on_today_and_not_here(self, signed_in: SignIn, asks: Asks, weeks: None) -> None:
        asks(FRIDAY)
        assert "0 requests of earlier days are still open." in words_of(signed_in("bell"), PAGE)

    def test_nobody_only_one_and_somebody_who_has_left(
        self, app: Flask, school: School, signed_in: SignIn, weeks: None
    ) -> None:
        with app.app_context():
            set_presence(school.adults["okafor"], Presence(left_on=date(2026, 11, 1)), KEYBOARD)
        said = words_of(signed_in("bell"), PAGE)
        assert "1 child has nobody to ask for." in said
        assert "Zofia Nowak" in part(said, "Nobody named", "Only one adult")
        only = part(said, "Only one adult", "Names somebody who has left")
        assert "Amir Khan" in only
        assert "Tomi Adeyemi" in only
        left = part(said, "Names somebody who has left", "Asks often")
        assert "Amir Khan" in left
        assert "Zofia Nowak" in left
        assert "Tomi" not in left

    def test_who_asks_often_needs_a_planned_time(
        self, app: Flask, school: School, signed_in: SignIn, asks: Asks, weeks: None
    ) -> None:
        for ago in range(3, 11):
            asks(FRIDAY - timedelta(days=ago), talked_after=5)
        said = words_of(signed_in("bell"), PAGE)
        assert "Amir Khan Oak 8 requests" in part(said, "Asks often", "Never asks")
        promised = {"weekday": 1, "at": datetime(2026, 1, 1, 9, 10).time(), "first_day": date(2026, 11, 1)}  # noqa: DTZ001
        with app.app_context(), writing() as session:
            ali = school.adults["ali"]
            session.add(
                PlannedTime(
                    pupil_id=school.pupils["amir"], adult_id=ali, made_by_id=ali, made_at=utc_now(), **promised
                )
            )
        assert "Amir" not in part(words_of(signed_in("bell"), PAGE), "Asks often", "Never asks")

    def test_who_never_asks_is_named_when_somebody_wants_to_know(self, signed_in: SignIn, weeks: None) -> None:
        browser = signed_in("bell")
        assert "Zofia" not in part(words_of(browser, PAGE), "Never asks for anybody 2", "How long")
        assert "Zofia Nowak" in part(
            words_of(browser, f"{PAGE}?never-asks"), "Never asks for anybody 2", "How long"
        )

    def test_a_child_who_is_left_out_is_on_none(
        self, school: School, signed_in: SignIn, asks: Asks, weeks: None
    ) -> None:
        asks(FRIDAY - timedelta(days=1))
        browser = signed_in("bell")
        for who in ("amir", "zofia", "tomi"):
            child = f"/patterns/children/{school.pupils[who]}"
            browser.post_form(f"{child}/leave-out", {"why": "Agreed."}, page=child)
        said = words_of(browser, f"{PAGE}?never-asks")
        assert not [name for name in ("Amir", "Zofia", "Tomi") if name in said]


class TestWaits:
    def test_the_middle_and_nine_in_ten_in_school_time(self, signed_in: SignIn, asks: Asks, weeks: None) -> None:
        for ago, minutes in ((3, 4), (4, 6), (10, 30)):
            asks(FRIDAY - timedelta(days=ago), talked_after=minutes)
        page = signed_in("bell").get(PAGE).get_data(as_text=True)
        assert '<td>6 minutes<br><small class="soft">nine in ten within 30 minutes</small></td>' in page
        assert "3 of 3" in page

    def test_a_night_is_no_wait(self, signed_in: SignIn, asks: Asks, weeks: None) -> None:
        asks(datetime(2026, 11, 16, 15, 25, tzinfo=UTC), talked_after=17 * 60 + 10)  # seen at 08:35
        said = words_of(signed_in("bell"), PAGE)
        assert "10 minutes" in part(said, "How long children wait", "Who is named")
        assert "0 of 1" in said

    def test_an_adult_who_was_away_is_not_said_to_have_been_slow(
        self, app: Flask, school: School, signed_in: SignIn, asks: Asks, weeks: None
    ) -> None:
        with app.app_context():
            set_presence(
                school.adults["ali"],
                Presence(away_from=date(2026, 11, 16), away_until=date(2026, 11, 18)),
                KEYBOARD,
            )
        asks(FRIDAY - timedelta(days=3))
        row = rows_of(signed_in("bell"), PAGE, "adults")["Mrs Ali"]
        assert row == ["1 child: they name Mrs Ali", "1 / 1 while away", "0", "0", "none", "none"]

    def test_who_is_named_by_whom(self, school: School, signed_in: SignIn, weeks: None) -> None:
        browser = signed_in("bell")
        assert "2 children: they name Mr Okafor" in words_of(browser, PAGE)
        assert f"{PAGE}/map?adult={school.adults['okafor']}" in browser.get(PAGE).get_data(as_text=True)

    def test_adults_stand_by_name_and_nobody_is_first(
        self, app: Flask, school: School, signed_in: SignIn, weeks: None
    ) -> None:
        with app.app_context():
            set_high5(school.pupils["tomi"], [school.adults["shah"], school.adults["novak"]], KEYBOARD)
        page = signed_in("bell").get(PAGE).get_data(as_text=True).partition("Who is named by whom")[2]
        places = [page.index(name) for name in ("Mr Okafor", "Mr Shah", "Mrs Ali", "Ms Novak")]
        assert places == sorted(places)


def test_a_new_school_has_nothing_to_show_and_says_so(signed_in: SignIn) -> None:
    said = words_of(signed_in("bell"), PAGE)
    assert "0 children have not been heard from" in said
    assert "Nobody has asked for a chat" in said
