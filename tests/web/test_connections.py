"""Silence and connections: who stands on which list, how long children wait, and who must not see it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any, cast
from uuid import uuid4
from xml.etree.ElementTree import Element

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select, update

from kiosk.audit import KEYBOARD, AuditEvent
from kiosk.chats.models import Chat
from kiosk.chats.rules import Kind, NewChat
from kiosk.chats.store import Asker, answer, ask, cancel, reopen, tick
from kiosk.db import db, utc_now, writing
from kiosk.minding.models import PlannedTime
from kiosk.people.models import Account, Pupil
from kiosk.people.rules import Presence
from kiosk.people.store import set_high5, set_presence
from kiosk.people.tablets import recognise
from kiosk.school.store import change_setting
from tests.cast import School
from tests.client import LintingClient, lint
from tests.web.patterns_school import FRIDAY, SignIn, oak_answers, words_of
from tests.web.test_pattern_exports import tables

PAGE = "/patterns/connections"
Asks = Callable[..., None]
Step = tuple[Any, ...]
"""After how many minutes, what, and who did it, such as ``(3, "handed_over", "ali", "okafor")``."""


pytestmark = pytest.mark.usefixtures("open_weekdays")


@pytest.fixture
def weeks(app: Flask, school: School) -> None:
    """Amir answered every day, Zofia not for five school days, Tomi never."""
    oak_answers(app, school, "amir", [1] * 12)
    oak_answers(app, school, "zofia", [2] * 7 + [None] * 5)


@pytest.fixture
def asks(app: Flask, school: School, a_friday: time_machine.Coordinates) -> Asks:
    """A child of Oak asks an adult, or whoever is on duty, on a school day.

    After so many minutes they talk; or what is listed happens, each thing so many minutes after asking: an adult
    answers, hands it to another, the child is OK now. Or nobody comes.
    """

    def now(
        day: datetime, adult: str | None = "ali", who: str = "amir", *steps: Step, talked_after: int | None = None
    ) -> None:
        a_friday.move_to(day)
        with app.app_context():
            tablet = recognise(school.oak_token)
            assert tablet
            asked_for = school.adults[adult] if adult else None
            entry = NewChat(uuid4(), school.pupils[who], asked_for, None, utc_now())
            key, _new = ask(entry, tablet)
            talked = [(talked_after, "talked", adult or "novak")] if talked_after is not None else []
            for number, (minutes, what, *people) in enumerate([*steps, *talked], 1):
                a_friday.move_to(day + timedelta(minutes=minutes))
                if what == "ok now":
                    cancel(key, tablet)
                elif what == "next":
                    tick()
                else:
                    by, *to = (school.adults[name] for name in people)
                    asker = Asker(by, 1, sees_all=True)
                    given_to = to[0] if to else None
                    answer(key, cast(Kind, what), asker, seen_number=number, to_adult_id=given_to, take_over=True)
        a_friday.move_to(FRIDAY)

    return now


def leave_out(browser: LintingClient, school: School, *who: str) -> None:
    """Leave children out of patterns."""
    for name in who:
        child = f"/patterns/children/{school.pupils[name]}"
        browser.post_form(f"{child}/leave-out", {"why": "Agreed."}, page=child)


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

    def test_a_child_who_is_left_out_is_on_none_of_what_a_child_does(
        self, school: School, signed_in: SignIn, asks: Asks, weeks: None
    ) -> None:
        for ago in range(3, 11):
            asks(FRIDAY - timedelta(days=ago), talked_after=5)
        browser = signed_in("bell")
        leave_out(browser, school, "amir", "zofia", "tomi")
        said = words_of(browser, f"{PAGE}?never-asks")
        assert "0 children have not been heard from" in said
        for begins, ends in (
            ("Not heard from 0", "Asked and not met"),
            ("Asks often 0", "Never asks for"),
            ("Never asks for anybody 0", "How long"),
        ):
            filtered = part(said, begins, ends)
            assert "3 children are left out of patterns and are not counted here." in filtered
            assert not [name for name in ("Amir", "Zofia", "Tomi") if name in filtered]
        assert said.count("are left out of patterns and") == 3, "the lists that count everybody say nothing of it"

    def test_a_child_who_is_left_out_is_on_each_of_what_the_school_owes_them(
        self, app: Flask, school: School, signed_in: SignIn, asks: Asks, weeks: None
    ) -> None:
        asks(FRIDAY - timedelta(days=1), "okafor")
        with app.app_context():
            set_presence(school.adults["okafor"], Presence(left_on=date(2026, 11, 1)), KEYBOARD)
        browser = signed_in("bell")
        before = words_of(browser, PAGE)
        leave_out(browser, school, "amir", "zofia")
        said = words_of(browser, PAGE)
        assert "1 request of earlier days is still open." in said
        assert "1 child has nobody to ask for." in said
        for begins, ends in (
            ("Asked and not met 1", "Nobody named"),
            ("Nobody named 1", "Only one adult"),
            ("Only one adult 2", "Names somebody who has left"),
            ("Names somebody who has left 2", "Asks often"),
        ):
            assert part(said, begins, ends) == part(before, begins, ends) != ""
        adults = rows_of(browser, PAGE, "adults")
        assert adults["Mr Okafor has left"][0] == "2 children: they name Mr Okafor"
        assert "2 children name Mr Okafor" in words_of(browser, f"{PAGE}/map?adult={school.adults['okafor']}")

    def test_with_nobody_left_out_nothing_is_said_of_it(self, signed_in: SignIn, weeks: None) -> None:
        assert "left out of patterns" not in words_of(signed_in("bell"), PAGE)


class TestWaits:
    def test_the_middle_and_nine_in_ten_in_school_time(self, signed_in: SignIn, asks: Asks, weeks: None) -> None:
        for ago, minutes in ((3, 4), (4, 6), (10, 30)):
            asks(FRIDAY - timedelta(days=ago), talked_after=minutes)
        page = signed_in("bell").get(PAGE).get_data(as_text=True)
        assert '<td>6 minutes<br><small class="soft">nine in ten within 30 minutes</small></td>' in page
        assert "3 of 3" in page

    def test_nine_in_ten_is_never_told_too_short_and_the_file_says_the_same(
        self, signed_in: SignIn, asks: Asks, weeks: None
    ) -> None:
        for ago, seen in ((1, 2.6), (2, 2.6), (3, 2.6), (10, 8.4), (11, 8.4)):
            asks(FRIDAY - timedelta(days=ago), "ali", "amir", (seen, "seen", "ali"), (11.5, "talked", "ali"))
        browser = signed_in("bell")
        page = ["3 minutes / nine in ten within 9 minutes", "12 minutes / nine in ten within 12 minutes"]
        assert rows_of(browser, PAGE, "waits")["November 2026"][1:3] == page
        assert (
            "In November the middle wait until an adult had seen a request was 3 minutes. How long children wait"
            in part(words_of(browser, PAGE), "Silence and connections", "Spreadsheet")
        )
        assert rows_of(browser, PAGE, "adults")["Mrs Ali"][4:] == page
        book = tables(browser, f"{PAGE}/export.xlsx")
        (november,) = (row for row in book["Months"] if row[1] == "5")
        assert november[4:] == ["3", "9", "12", "12"]
        (ali,) = (row for row in book["Adults"] if row[0] == "Mrs Ali")
        assert ali[9:] == ["3", "9", "12", "12"]

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

    def test_an_adult_without_an_account_is_not_said_to_have_been_away(
        self, app: Flask, school: School, signed_in: SignIn, asks: Asks, weeks: None
    ) -> None:
        """Nobody can ever ask them: that is a reason of its own, and a list of its own."""
        asks(FRIDAY - timedelta(days=3), "okafor", "amir", (3, "talked", "ali"))
        browser = signed_in("bell")
        assert "without an account" not in words_of(browser, PAGE)
        with app.app_context(), writing() as session:
            okafor = Account.adult_id == school.adults["okafor"]
            session.execute(update(Account).where(okafor).values(active=False))
        for ago in (1, 2):
            asks(FRIDAY - timedelta(days=ago), "okafor", "amir", (3, "talked", "ali"))
        row = rows_of(browser, PAGE, "adults")["Mr Okafor no account"]
        assert row[1] == "3 / 1 taken by somebody else, 2 could not reach them: no account"
        said = words_of(browser, PAGE)
        listed = part(said, "Names somebody without an account 2", "Asks often")
        assert "Mr Okafor named by 2 children" in listed
        book = tables(browser, f"{PAGE}/export.xlsx")
        assert [row[1] for row in book["Children"] if row[0] == "names somebody without an account"] == [
            "Amir Khan",
            "Zofia Nowak",
        ]
        (okafor_row,) = (row for row in book["Adults"] if row[0] == "Mr Okafor")
        assert okafor_row[2:7] == ["3", "1", "0", "2", "0"]
        with app.app_context():
            set_presence(school.adults["okafor"], Presence(left_on=date(2026, 11, 20)), KEYBOARD)
        said = words_of(browser, PAGE)
        assert "without an account" not in said, "who has left needs none"
        assert "2 while away" in rows_of(browser, PAGE, "adults")["Mr Okafor has left"][1]

    def test_what_was_never_answered_stands_beside_the_waits(
        self, signed_in: SignIn, asks: Asks, weeks: None
    ) -> None:
        asks(FRIDAY - timedelta(days=3), talked_after=4)
        asks(FRIDAY - timedelta(days=2), "ali", "amir", (49, "ok now"))
        row = rows_of(signed_in("bell"), PAGE, "waits")["November 2026"]
        wait = "4 minutes / nine in ten within 4 minutes"
        assert row == ["2", wait, wait, "1 of 2", "1"]

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


class TestNeverAnswered:
    def test_who_gave_up_when_whom_they_asked_and_how_long_they_waited(
        self, signed_in: SignIn, asks: Asks, weeks: None
    ) -> None:
        asks(FRIDAY - timedelta(days=2), "ali", "amir", (49, "ok now"))
        asks(FRIDAY - timedelta(days=1), None, "zofia", (7, "ok now"))
        said = words_of(signed_in("bell"), PAGE)
        assert "2 requests since Friday 28 August were never answered." in said
        ended = part(said, "Never answered 2", "Never asks for anybody")
        assert "Amir Khan Oak asked Mrs Ali on Wednesday 18 November; “I’m OK now” after 49 minutes" in ended
        assert "Zofia Nowak Oak asked whoever is on duty on Thursday 19 November; “I’m OK now” after 7" in ended
        assert ended.index("Zofia") < ended.index("Amir"), "the newest first"

    def test_a_night_is_no_wait_here_either(self, signed_in: SignIn, asks: Asks, weeks: None) -> None:
        asks(datetime(2026, 11, 16, 15, 25, tzinfo=UTC), "ali", "amir", (17 * 60 + 10, "ok now"))
        assert "“I’m OK now” after 10 minutes" in words_of(signed_in("bell"), PAGE)

    def test_what_somebody_answered_is_not_here_though_they_never_talked(
        self, signed_in: SignIn, asks: Asks, weeks: None
    ) -> None:
        asks(FRIDAY - timedelta(days=2), "ali", "amir", (3, "seen", "ali"), (49, "ok now"))
        said = words_of(signed_in("bell"), PAGE)
        assert "0 requests since Friday 28 August were never answered." in said
        assert "OK now" not in said

    def test_a_child_who_left_while_nobody_had_answered(
        self, app: Flask, school: School, signed_in: SignIn, asks: Asks, weeks: None
    ) -> None:
        asks(FRIDAY - timedelta(minutes=20), "ali", "amir")
        with app.app_context():
            with writing() as session:
                session.execute(
                    update(Pupil).where(Pupil.id == school.pupils["amir"]).values(left_on=FRIDAY.date())
                )
            assert tick() == 1
        said = words_of(signed_in("bell"), PAGE)
        assert "Amir Khan Oak asked Mrs Ali on Friday 20 November; left the school after 20 minutes" in said

    def test_before_the_time_looked_at(self, signed_in: SignIn, asks: Asks, weeks: None) -> None:
        asks(FRIDAY - timedelta(weeks=12, days=1), "ali", "amir", (49, "ok now"))
        assert "0 requests since Friday 28 August were never answered." in words_of(signed_in("bell"), PAGE)

    def test_headline_list_and_tables_agree_whoever_is_left_out(
        self, school: School, signed_in: SignIn, asks: Asks, weeks: None
    ) -> None:
        for who, ago in (("amir", 2), ("zofia", 2), ("amir", 30)):
            asks(FRIDAY - timedelta(days=ago), "okafor", who, (49, "ok now"))
        browser = signed_in("bell")
        for who in (None, "amir", "zofia"):
            if who:
                leave_out(browser, school, who)
            said = words_of(browser, PAGE)
            assert "3 requests since Friday 28 August were never answered." in said
            listed = part(said, "Never answered 3", "Never asks for anybody")
            assert (listed.count("Amir Khan"), listed.count("Zofia Nowak")) == (2, 1)
            assert sum(int(row[-1]) for row in rows_of(browser, PAGE, "waits").values()) == 3
            assert "3 never answered" in rows_of(browser, PAGE, "adults")["Mr Okafor"][1]

    @pytest.mark.parametrize("who", ["ali", "okafor", "novak", "patel"])
    def test_who_must_not_see_it(self, signed_in: SignIn, asks: Asks, weeks: None, who: str) -> None:
        asks(FRIDAY - timedelta(days=2), "ali", "amir", (49, "ok now"))
        for address in (PAGE, f"{PAGE}/export.csv", f"{PAGE}/export.xlsx"):
            answer_ = signed_in(who).get(address)
            assert answer_.status_code == 403
            assert b"Amir" not in answer_.get_data()


class TestWhoAnswers:
    def test_requests_that_named_nobody_count_for_whoever_answered(
        self, signed_in: SignIn, asks: Asks, weeks: None
    ) -> None:
        for ago in (1, 2, 3, 4, 7):
            asks(FRIDAY - timedelta(days=ago), None, "amir", (2, "seen", "novak"), (9, "talked", "novak"))
        browser = signed_in("bell")
        assert rows_of(browser, PAGE, "adults")["Ms Novak"] == [
            "1 child: they name Ms Novak",
            "0",
            "5",
            "5",
            "2 minutes / nine in ten within 2 minutes",
            "9 minutes / nine in ten within 9 minutes",
        ]
        assert "5 of 5 requests named nobody: whoever is on duty answers those." in words_of(browser, PAGE)

    def test_what_somebody_else_took_is_not_the_wait_of_the_adult_asked(
        self, signed_in: SignIn, asks: Asks, weeks: None
    ) -> None:
        for ago in (1, 2, 3, 4, 7):
            steps = (12, "next"), (14, "seen", "novak"), (20, "talked", "novak")
            asks(FRIDAY - timedelta(days=ago), "okafor", "zofia", *steps)
        rows = rows_of(signed_in("bell"), PAGE, "adults")
        assert rows["Mr Okafor"][1:] == ["5 / 5 taken by somebody else", "0", "0", "none", "none"]
        assert rows["Ms Novak"][1:3] == ["0", "5"]
        assert rows["Ms Novak"][4] == "2 minutes / nine in ten within 2 minutes", "since it was passed on to duty"

    def test_handed_over_it_is_theirs_from_then_on(self, signed_in: SignIn, asks: Asks, weeks: None) -> None:
        for ago in (1, 2, 3, 4, 7):
            steps = (3, "handed_over", "ali", "okafor"), (8, "seen", "okafor"), (30, "talked", "okafor")
            asks(FRIDAY - timedelta(days=ago), "ali", "amir", *steps)
        rows = rows_of(signed_in("bell"), PAGE, "adults")
        assert rows["Mrs Ali"][1:5] == ["5", "5", "0", "3 minutes / nine in ten within 3 minutes"]
        assert rows["Mr Okafor"][1:] == [
            "0",
            "0",
            "5",
            "5 minutes / nine in ten within 5 minutes",
            "27 minutes / nine in ten within 27 minutes",
        ]

    def test_of_fewer_than_five_no_time_is_told(self, signed_in: SignIn, asks: Asks, weeks: None) -> None:
        for ago in (1, 2, 3, 4):
            asks(FRIDAY - timedelta(days=ago), talked_after=5)
        row = rows_of(signed_in("bell"), PAGE, "adults")["Mrs Ali"]
        assert row[1:] == ["4", "4", "4", "too few to say", "too few to say"]

    def test_opened_again_the_wait_ends_with_the_first_talk(
        self, app: Flask, school: School, signed_in: SignIn, asks: Asks, weeks: None
    ) -> None:
        asks(FRIDAY - timedelta(days=1), talked_after=5)
        with app.app_context():
            reopen(db.session.scalars(select(Chat.key)).one(), Asker(school.adults["ali"], 1, sees_all=False))
        browser = signed_in("bell")
        assert rows_of(browser, PAGE, "waits")["November 2026"] == [
            "1",
            "5 minutes / nine in ten within 5 minutes",
            "5 minutes / nine in ten within 5 minutes",
            "1 of 1",
            "0",
        ]
        assert rows_of(browser, PAGE, "adults")["Mrs Ali"][1:4] == ["1", "1", "1"]

    def test_an_adult_by_month(self, school: School, signed_in: SignIn, asks: Asks, weeks: None) -> None:
        asks(FRIDAY - timedelta(weeks=6), talked_after=5)
        for ago in (1, 2, 3, 4, 7):
            asks(FRIDAY - timedelta(days=ago), talked_after=6)
        asks(FRIDAY - timedelta(days=8), "ali", "amir", (49, "ok now"))
        browser = signed_in("bell")
        around = f"{PAGE}/map?adult={school.adults['ali']}"
        assert f'href="{around}#over-time"' in browser.get(PAGE).get_data(as_text=True)
        assert rows_of(browser, around, "over-time") == {
            "August 2026": ["0", "0", "0", "none", "none"],
            "September 2026": ["0", "0", "0", "none", "none"],
            "October 2026": ["1", "1", "1", "too few to say", "too few to say"],
            "November 2026": [
                "6 / 1 never answered",
                "5",
                "5",
                "6 minutes / nine in ten within 6 minutes",
                "6 minutes / nine in ten within 6 minutes",
            ],
        }
        assert "Since Friday 28 August" in words_of(browser, around)

    def test_an_adult_whom_nobody_asked(self, school: School, signed_in: SignIn, weeks: None) -> None:
        said = words_of(signed_in("bell"), f"{PAGE}/map?adult={school.adults['shah']}")
        assert "Nobody has asked Mr Shah, and they have answered nobody, since Friday 28 August." in said

    @pytest.mark.parametrize("who", ["ali", "okafor", "novak", "patel"])
    def test_no_adult_sees_what_another_carries(self, school: School, signed_in: SignIn, who: str) -> None:
        assert signed_in(who).get(f"{PAGE}/map?adult={school.adults['ali']}").status_code == 403


def test_a_new_school_has_nothing_to_show_and_says_so(signed_in: SignIn) -> None:
    said = words_of(signed_in("bell"), PAGE)
    assert "0 children have not been heard from" in said
    assert "Nobody has asked for a chat" in said
