"""Mr Bell (nurture) and Mrs Green (safeguarding) look at one day of the school; nobody else can."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from uuid import uuid4

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from kiosk.audit import KEYBOARD, AuditEvent
from kiosk.chats.rules import NewChat
from kiosk.chats.store import ask
from kiosk.db import db, utc_now, writing
from kiosk.feelings.rules import NewCheckIn
from kiosk.feelings.store import add_check_in
from kiosk.people.attendance.models import Attendance
from kiosk.people.models import Enrolment, Pupil
from kiosk.people.tablets import recognise
from kiosk.school.store import change_setting
from tests.cast import School
from tests.client import LintingClient, lint
from tests.web.patterns_school import FRIDAY, SignIn

LATER = {"Friday": FRIDAY, "Saturday": FRIDAY + timedelta(days=1)}


pytestmark = pytest.mark.usefixtures("a_friday")


@pytest.fixture(autouse=True)
def week(app: Flask) -> None:
    with app.app_context():
        change_setting("school_days", "mon-fri", KEYBOARD)
        change_setting("school_hours", "08:30-15:30", KEYBOARD)


@pytest.fixture
def happens(app: Flask, school: School) -> Callable[..., None]:
    """A child of Oak does something now: ``happens("amir", step=4)``, ``happens("zofia", asks="okafor")``."""

    def now(who: str, *, step: int | None = None, asks: str | None = None, cannot_wait: bool = False) -> None:
        with app.app_context():
            tablet = recognise(school.oak_token)
            assert tablet
            if step:
                add_check_in(NewCheckIn(uuid4(), school.pupils[who], step, utc_now()), tablet)
            if asks:
                request = (uuid4(), school.pupils[who], school.adults[asks], None, utc_now())
                ask(NewChat(*request, cannot_wait=cannot_wait), tablet)

    return now


def words_of(client: LintingClient, address: str = "/patterns/", status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status
    return " ".join("".join(lint(answer.get_data(as_text=True)).itertext()).split())


class TestWhoMayLook:
    @pytest.mark.parametrize("who", ["bell", "green"])
    def test_nurture_staff_and_the_safeguarding_lead(self, signed_in: SignIn, who: str) -> None:
        assert signed_in(who).get("/patterns/").status_code == 200

    @pytest.mark.parametrize("who", ["ali", "shah", "novak", "patel"])
    def test_not_a_teacher_nor_who_is_on_duty_nor_the_administrator(
        self, signed_in: SignIn, happens: Callable[..., None], who: str
    ) -> None:
        happens("amir", step=5, asks="ali")
        answer = signed_in(who).get("/patterns/?day=2026-11-20")
        assert answer.status_code == 403
        assert "Amir" not in answer.get_data(as_text=True)

    def test_not_somebody_signed_out_nor_a_tablet(self, client: LintingClient, school: School) -> None:
        assert client.get("/patterns/").status_code == 303
        assert client.get("/patterns/", headers=school.bearer()).status_code == 303

    def test_each_look_is_recorded_with_who_looked(self, app: Flask, signed_in: SignIn) -> None:
        signed_in("bell").get("/patterns/?day=2026-11-19")
        with app.app_context():
            look = db.session.execute(select(AuditEvent).where(AuditEvent.name == "today_seen")).scalar_one()
            assert look.details == {"day": "2026-11-19", "classes": ["Birch", "Oak"]}
            assert look.account_id is not None

    def test_a_refused_look_is_not_recorded_as_one(self, app: Flask, signed_in: SignIn) -> None:
        signed_in("ali").get("/patterns/")
        with app.app_context():
            assert db.session.scalar(select(AuditEvent.id).where(AuditEvent.name == "today_seen")) is None


class TestTheDay:
    def test_a_step_stands_with_hand_numeral_word_and_time(
        self, signed_in: SignIn, happens: Callable[..., None]
    ) -> None:
        happens("amir", step=2)
        page = signed_in("bell").get("/patterns/").get_data(as_text=True)
        assert '<use href="#hand-2"></use></svg><b>2</b> Okay</span> <time>09:00</time>' in page
        assert 'id="hand-2"' in page

    def test_who_was_not_heard_from_stands_by_class(self, signed_in: SignIn, happens: Callable[..., None]) -> None:
        happens("amir", step=2)
        said = words_of(signed_in("bell"))
        assert "1 of 3 children have checked in today. Nobody is waiting." in said
        assert "Birch 0 of 1 checked in Not heard from yet Tomi Adeyemi" in said
        assert "Oak 1 of 2 checked in Not heard from yet Zofia Nowak" in said

    def test_all_of_them_stand_in_one_place_above_the_classes(
        self, signed_in: SignIn, happens: Callable[..., None]
    ) -> None:
        happens("amir", step=2)
        bell = signed_in("bell")
        said = words_of(bell)
        together = "Names by class BirchTomi Adeyemi OakZofia Nowak"
        assert said.index(together) < said.index("Birch 0 of 1 checked in")
        page = bell.get("/patterns/").get_data(as_text=True)
        assert '<details class="more" open>' in page, "so few are in sight"

    def test_while_the_register_is_not_in_it_says_that_children_who_are_away_are_among_the_silent(
        self, app: Flask, school: School, signed_in: SignIn
    ) -> None:
        bell = signed_in("bell")
        missing = "Today’s register is not in: children who are away are among them."
        assert f"3 children in 2 classes {missing} Names by class" in words_of(bell)
        assert f"Not heard from yet {missing} Zofia" not in words_of(bell, "/patterns/?class=Birch")
        assert f"Not heard from yet {missing} Tomi Adeyemi" in words_of(bell, "/patterns/?class=Birch")
        self.register(app, school, FRIDAY.date() - timedelta(days=1))
        assert f"{missing} The newest is of Thursday 19 November." in words_of(bell)
        assert "register of this day" not in words_of(bell, "/patterns/?day=2026-11-19")
        before = "No register of this day is in: children who were away are among them. Names"
        assert before in words_of(bell, "/patterns/?day=2026-11-18"), "a later register says nothing of it"
        self.register(app, school, FRIDAY.date())
        assert missing not in words_of(bell)

    @staticmethod
    def register(app: Flask, school: School, day: date) -> None:
        with app.app_context(), writing() as session:
            session.add(Attendance(school_day=day, pupil_id=school.pupils["amir"], morning=True, afternoon=None))

    def test_a_child_who_was_not_in_school_stands_apart_and_is_not_counted(
        self, app: Flask, school: School, signed_in: SignIn, happens: Callable[..., None]
    ) -> None:
        happens("amir", step=2)
        with app.app_context(), writing() as session:
            days = {"zofia": (FRIDAY.date(), False), "tomi": (FRIDAY.date() - timedelta(days=1), False)}
            for who, (day, morning) in days.items():
                session.add(
                    Attendance(school_day=day, pupil_id=school.pupils[who], morning=morning, afternoon=None)
                )
        said = words_of(signed_in("bell"))
        assert "1 of 2 children have checked in today. 1 is not in school, the register says." in said
        assert "Oak 1 of 1 checked in Not in school Zofia Nowak" in said
        assert "Not heard from yet 1 child in 1 class Names by class BirchTomi Adeyemi" in said, (
            "the register is in"
        )
        yesterday = words_of(signed_in("bell"), "/patterns/?day=2026-11-19")
        assert "Birch 0 of 0 checked in Not in school Tomi Adeyemi" in yesterday

    def test_who_had_it_hard_stands_apart_and_who_was_calm_does_not(
        self, signed_in: SignIn, happens: Callable[..., None]
    ) -> None:
        happens("amir", step=5)
        happens("zofia", step=1)
        said = words_of(signed_in("bell"))
        apart = said.partition("Hard today")[2].partition("Birch")[0]
        assert apart.startswith(" Before noon Amir Khan Oak Asked nobody. 5 I need help 09:00")
        assert "Zofia" not in apart
        assert "Oak 2 of 2, hard for 1 Birch 0 of 1 checked in" in said

    def test_in_the_afternoon_it_says_who_needs_help_and_has_asked_nobody(
        self, signed_in: SignIn, happens: Callable[..., None], a_friday: time_machine.Coordinates
    ) -> None:
        happens("zofia", step=4, asks="okafor")
        a_friday.shift(timedelta(hours=4, minutes=19))
        happens("amir", step=5)
        said = words_of(signed_in("bell"))
        since_noon, _, before = said.partition("Hard today")[2].partition("Before noon")
        assert since_noon == " Since noon Amir Khan Oak Asked nobody. 5 I need help 13:19 "
        assert before.startswith(" Zofia Nowak Oak 4 Upset 09:00asked for a chat 09:00 ")
        assert "Oak 2 of 2, hard for 2 Birch 0 of 1 checked in" in said
        a_friday.shift(timedelta(days=1))
        assert "Hard that day After noon Amir Khan" in words_of(
            signed_in("bell"), f"/patterns/?day={FRIDAY.date()}"
        )

    def test_names_of_who_waits_and_who_had_it_hard_lead_to_the_child(
        self, app: Flask, school: School, signed_in: SignIn, happens: Callable[..., None]
    ) -> None:
        happens("amir", asks="ali")
        happens("zofia", step=5)
        bell = signed_in("bell")
        page = bell.get("/patterns/").get_data(as_text=True)
        assert f'<a href="/patterns/children/{school.pupils["amir"]}">Amir Khan</a>' in page
        with app.app_context():
            change_setting("patterns_child", "no", KEYBOARD)
        page = bell.get("/patterns/").get_data(as_text=True)
        for who, name in (("amir", "Amir Khan"), ("zofia", "Zofia Nowak")):
            address = f"/staff/children/{school.pupils[who]}"
            assert f'<a href="{address}">{name}</a>' in page
            assert bell.get(address).status_code == 200

    def test_waiting_and_overdue_are_said_in_words(
        self, signed_in: SignIn, happens: Callable[..., None], a_friday: time_machine.Coordinates
    ) -> None:
        happens("amir", asks="ali")
        a_friday.shift(60 * 12)
        happens("zofia", asks="okafor", cannot_wait=True)
        said = words_of(signed_in("green"))
        assert "2 are waiting; the longest for 12 minutes. 1 is overdue." in said
        assert "Zofia Nowak Oak Waiting for less than a minute. Asked Mr Okafor, not seen yet. Cannot wait" in said
        assert "Waiting for 12 minutes. Asked Mrs Ali, not seen yet. Overdue since 09:10" in said

    def test_no_word_judges_a_child(self, signed_in: SignIn, happens: Callable[..., None]) -> None:
        happens("amir", step=5, asks="ali")
        said = words_of(signed_in("bell")).lower()
        for word in ("risk", "concern", "score", "rank", "worst", "bad", "wrong", "naughty", "average"):
            assert word not in said.split()


class TestOtherDays:
    def test_yesterday_is_one_link_away_and_leads_back(self, signed_in: SignIn) -> None:
        bell = signed_in("bell")
        assert "/patterns/?day=2026-11-19" in bell.get("/patterns/").get_data(as_text=True)
        said = words_of(bell, "/patterns/?day=2026-11-19")
        assert "Nobody checked in on Thursday 19 November. Nobody asked for a chat." in said
        assert "Today" in said

    def test_a_day_to_come_is_refused_with_a_sentence(self, signed_in: SignIn) -> None:
        said = words_of(signed_in("bell"), "/patterns/?day=2026-11-23", status=422)
        assert "Monday 23 November is still to come. Choose today or a day before it." in said

    @pytest.mark.parametrize(
        ("day", "status"), [("soon", 422), ("0001-01-01", 422), ("%00", 400), ("2026-13-01", 422)]
    )
    def test_no_address_makes_it_stumble(self, signed_in: SignIn, day: str, status: int) -> None:
        assert signed_in("bell").get(f"/patterns/?day={day}").status_code == status

    def test_what_was_asked_on_friday_still_waits_on_saturday(
        self, signed_in: SignIn, happens: Callable[..., None], a_friday: time_machine.Coordinates
    ) -> None:
        happens("amir", asks="ali")
        a_friday.move_to(LATER["Saturday"])
        said = words_of(signed_in("bell"))
        assert "School is closed today (weekend). 1 is waiting, since Friday 09:00." in said


class TestNothingYet:
    def test_a_weekend_points_to_the_last_school_day(
        self, signed_in: SignIn, a_friday: time_machine.Coordinates
    ) -> None:
        a_friday.move_to(LATER["Saturday"])
        said = words_of(signed_in("bell"))
        assert "Nobody is expected when school is closed. Look at Friday 20 November instead" in said
        assert "Not heard from" not in said

    def test_the_first_day_says_how_it_begins(self, signed_in: SignIn) -> None:
        bell = signed_in("bell")
        page = bell.get("/patterns/").get_data(as_text=True)
        assert "Nobody has ever checked in here." in page
        assert bell.get("/help/pairing").status_code == 200

    def test_an_empty_school_says_who_brings_the_children_in(self, app: Flask, signed_in: SignIn) -> None:
        with app.app_context(), writing() as session:
            for pupil in session.scalars(select(Pupil)):
                pupil.left_on = FRIDAY.date()
        assert "No children are on the roster for this day." in words_of(signed_in("bell"))


class TestOneClass:
    def test_it_is_opened_by_its_name_and_leads_back_to_the_whole_school(
        self, signed_in: SignIn, happens: Callable[..., None]
    ) -> None:
        happens("amir", step=2)
        bell = signed_in("bell")
        assert 'href="/patterns/?class=Oak"' in bell.get("/patterns/").get_data(as_text=True)
        said = words_of(bell, "/patterns/?class=Oak")
        assert "Oak 1 of 2 checked in Not heard from yet" in said
        assert "Zofia Nowak" in said
        assert "Whole school" in said
        assert "Tomi" not in said

    def test_who_waits_in_another_class_stands_first_all_the_same(
        self, signed_in: SignIn, happens: Callable[..., None]
    ) -> None:
        happens("amir", asks="ali")
        said = words_of(signed_in("bell"), "/patterns/?class=Birch")
        assert "Waiting now Amir Khan Oak" in said
        assert said.index("Waiting now") < said.index("Birch 0 of 1 checked in")

    def test_one_that_is_not_there_is_the_whole_school(self, signed_in: SignIn) -> None:
        assert "Oak 0 of 2 checked in" in words_of(signed_in("bell"), "/patterns/?class=%3Cb%3E")

    def test_the_look_is_recorded_with_that_class(self, app: Flask, signed_in: SignIn) -> None:
        signed_in("bell").get("/patterns/?class=Birch")
        with app.app_context():
            look = db.session.execute(select(AuditEvent).where(AuditEvent.name == "today_seen")).scalar_one()
            assert look.details["classes"] == ["Birch"]


class TestALargeSchool:
    @pytest.fixture(autouse=True)
    def many(self, app: Flask, school: School) -> None:
        with app.app_context(), writing() as session:
            for number in range(401):
                pupil = Pupil(given_name=f"Child {number:03}", family_name="", picture="cat-1")
                session.add(pupil)
                session.flush()
                session.add(Enrolment(pupil_id=pupil.id, class_id=school.classes["birch"], home=True))

    def test_who_waits_and_who_had_it_hard_stand_above_the_classes_of_which_none_is_open(
        self, signed_in: SignIn, happens: Callable[..., None]
    ) -> None:
        happens("amir", step=5, asks="ali")
        page = signed_in("bell").get("/patterns/").get_data(as_text=True)
        said = " ".join("".join(lint(page).itertext()).split())
        hard = said.index("Hard today Before noon Amir Khan")
        assert said.index("Waiting now Amir Khan") < hard < said.index("Birch 0 of")
        assert "Oak 1 of 2, hard for 1" in said
        assert "Not heard from yet 403 children in 2 classes" in said
        assert "Open a class below to see their names." in said
        assert 'href="/patterns/?class=Birch"' in page
        assert "Child 000" not in said

    def test_all_who_had_it_hard_in_the_afternoon_are_named_with_the_time_and_whether_they_asked(
        self, app: Flask, school: School, signed_in: SignIn, a_friday: time_machine.Coordinates
    ) -> None:
        a_friday.shift(timedelta(hours=4, minutes=5))
        with app.app_context():
            tablet = recognise(school.birch_token)
            assert tablet
            by_name = select(Pupil.id).where(Pupil.family_name == "").order_by(Pupil.given_name).limit(10)
            pupils = db.session.scalars(by_name).all()
            for pupil_id in pupils:
                add_check_in(NewCheckIn(uuid4(), pupil_id, 4, utc_now()), tablet)
            request = (uuid4(), pupils[9], None, None, utc_now())
            ask(NewChat(*request), tablet)
        page = signed_in("bell").get("/patterns/").get_data(as_text=True)
        said = " ".join("".join(lint(page).itertext()).split())
        assert "Child 007 Birch Asked nobody. 4 Upset 13:05" in said
        others = "Child 008 (4 at 13:05, asked nobody); Child 009 (4 at 13:05, asked for somebody)"
        assert f"2 more, by class Birch{others}" in said
        assert "Birch 10 of 402, hard for 10" in said
        behind_a_click = lint(page).iterfind(".//section[@aria-labelledby='hard']//details")
        assert list(behind_a_click) == []

    def test_a_class_that_is_opened_names_everybody(self, signed_in: SignIn) -> None:
        said = words_of(signed_in("bell"), "/patterns/?class=Birch")
        assert all(f"Child {number:03}" in said for number in range(401))
        assert "Zofia" not in said

    def test_names_of_the_silent_stand_by_class_once_they_are_fewer(
        self, app: Flask, signed_in: SignIn, happens: Callable[..., None]
    ) -> None:
        with app.app_context(), writing() as session:
            for pupil in session.scalars(select(Pupil).order_by(Pupil.id.desc()).limit(10)):
                pupil.on_tablet = False
        said = words_of(signed_in("bell"))
        assert "Not heard from yet 394 children in 2 classes" in said
        assert '<details class="more" open>' not in signed_in("bell").get("/patterns/").get_data(as_text=True)
        assert "Child 390" in said
        assert "Child 391" not in said


class TestSwitchedOff:
    """A school that does not want children's answers on Today: what needs an answer now is still there."""

    @pytest.fixture(autouse=True)
    def off(self, app: Flask, week: None) -> None:
        with app.app_context():
            change_setting("patterns_today", "no", KEYBOARD)

    def test_who_waits_stands_there_and_no_step_hard_morning_or_silence(
        self, signed_in: SignIn, happens: Callable[..., None]
    ) -> None:
        happens("amir", step=5, asks="ali")
        page = signed_in("bell").get("/patterns/").get_data(as_text=True)
        said = " ".join("".join(lint(page).itertext()).split())
        assert "1 is waiting" in said
        assert "Amir Khan" in said
        assert "switched off what children answered" in said
        assert 'class="steps"' not in page
        assert 'href="#hand-5"' not in page
        for gone in ("Hard today", "Not heard from yet", "checked in", "Zofia", "Tomi"):
            assert gone not in said, gone

    def test_who_was_answered_late_stands_there(
        self, signed_in: SignIn, happens: Callable[..., None], a_friday: time_machine.Coordinates, school: School
    ) -> None:
        happens("amir", step=2, asks="ali")
        a_friday.shift(timedelta(hours=1))
        browser = signed_in("bell")
        assert "Overdue" in words_of(browser)
        assert "Overdue" in words_of(browser, "/patterns/?class=Oak"), "and no class can be opened"

    def test_a_class_cannot_be_opened_by_its_address(
        self, signed_in: SignIn, happens: Callable[..., None]
    ) -> None:
        happens("amir", step=5)
        said = words_of(signed_in("bell"), "/patterns/?class=Oak")
        assert "Amir" not in said
        assert "Nobody is waiting." in said

    def test_the_days_before_are_switched_off_too(
        self, signed_in: SignIn, happens: Callable[..., None], a_friday: time_machine.Coordinates
    ) -> None:
        happens("amir", step=5)
        a_friday.shift(timedelta(days=3))
        said = words_of(signed_in("bell"), f"/patterns/?day={FRIDAY.date()}")
        assert "Amir" not in said
        assert "Nobody asked for a chat." in said

    def test_the_other_pages_and_the_friendly_hello_stay(self, signed_in: SignIn) -> None:
        said = words_of(signed_in("bell"))
        for place in (
            "Today",
            "Different from usual",
            "Children over time",
            "Classes and school",
            "A friendly hello",
        ):
            assert place in said

    def test_the_look_is_recorded_with_the_classes_that_were_named(
        self, app: Flask, signed_in: SignIn, happens: Callable[..., None]
    ) -> None:
        happens("amir", asks="ali")
        words_of(signed_in("bell"))
        with app.app_context():
            looks = db.session.scalars(select(AuditEvent.details).where(AuditEvent.name == "today_seen")).all()
        assert [look["classes"] for look in looks] == [["Oak"]]
