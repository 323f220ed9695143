"""After "We talked": the page to write on, what is still to do, signing off, and the child who needs us again."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import time, timedelta
from uuid import UUID, uuid4

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select, update
from werkzeug.test import TestResponse

from kiosk.audit import KEYBOARD, AuditEvent
from kiosk.chats.models import Chat, ChatEvent, Outcome
from kiosk.chats.rules import DID
from kiosk.db import db, utc_now, writing
from kiosk.minding.models import PlannedTime
from kiosk.people.accounts import add_staff
from kiosk.people.models import Adult
from kiosk.school.store import change_setting, local_now
from tests.cast import PASSWORD, School
from tests.client import LintingClient
from tests.web.board import ask, look, on_tablet

SignIn = Callable[[str], LintingClient]


@pytest.fixture
def ali(signed_in: SignIn) -> LintingClient:
    """Mrs Ali's browser."""
    return signed_in("ali")


@pytest.fixture
def talk(client: LintingClient, ali: LintingClient, school: School) -> str:
    """Amir asked Mrs Ali, and they talked."""
    return talk_with(client, ali, school)


def talk_with(client: LintingClient, browser: LintingClient, school: School, **more: object) -> str:
    chat = ask(client, school, "amir", "ali", **more)
    look(browser).card("Amir Khan").form("talked").press(browser)
    return chat


def write(browser: LintingClient, chat: str, **filled: object) -> TestResponse:
    page = f"/staff/chats/{chat}/outcome"
    return browser.post_form(page, filled, page=page)


def words_of(answer: TestResponse) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.get_data(as_text=True)).split())


def kept(app: Flask, chat: str) -> Outcome | None:
    with app.app_context():
        found = select(Outcome).join(Chat, Chat.id == Outcome.chat_id).where(Chat.key == UUID(chat))
        return db.session.scalars(found).one_or_none()


def state_of(app: Flask, chat: str) -> str:
    with app.app_context():
        return db.session.scalars(select(Chat.state).where(Chat.key == UUID(chat))).one()


def test_we_talked_leads_to_the_page_to_write_on(
    client: LintingClient, ali: LintingClient, school: School
) -> None:
    chat = ask(client, school, "amir", "ali")
    answer = look(ali).card("Amir Khan").form("talked").press(ali)
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/staff/chats/{chat}/outcome")
    page = words_of(ali.get(answer.headers["Location"]))
    assert "Thank you for talking. The request has ended." in page
    assert "After the talk with Amir Khan" in page


def test_our_script_is_told_where_to_go(client: LintingClient, ali: LintingClient, school: School) -> None:
    chat = ask(client, school, "amir", "ali")
    form = look(ali).card("Amir Khan").form("talked")
    answer = ali.post(form.action, data=form.carried, headers={"X-Treetops-Board": "1"})
    assert answer.headers["X-Treetops-Next"] == f"/staff/chats/{chat}/outcome"
    assert "Amir" not in answer.get_data(as_text=True)


def test_what_is_written_is_kept_and_closes_the_request(
    app: Flask, ali: LintingClient, school: School, talk: str
) -> None:
    answer = write(ali, talk, did=["drew", "walked"], helped=["walked"], note="Lions help.")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/staff/")
    outcome = kept(app, talk)
    assert outcome is not None
    assert (outcome.did, outcome.helped, outcome.note) == (["drew", "walked"], ["walked"], "Lions help.")
    assert outcome.follow_up_on is None
    assert state_of(app, talk) == "closed"
    again = ali.get(f"/staff/chats/{talk}/outcome").get_data(as_text=True)
    assert "Lions help." in again
    assert "Mrs Ali wrote this today" in words_of(ali.get(f"/staff/chats/{talk}/outcome"))


def test_each_thing_stands_once_with_a_tick_for_whether_it_helped(ali: LintingClient, talk: str) -> None:
    write(ali, talk, did=["drew", "walked"], helped=["walked"])
    page = ali.get(f"/staff/chats/{talk}/outcome").get_data(as_text=True)
    ticks = re.findall(r'name="(did|helped)" value="(\w+)"( checked)?', page)
    assert [(name, code) for name, code, _ in ticks] == [
        (name, code) for code in DID for name in ("did", "helped")
    ]
    assert [(name, code) for name, code, checked in ticks if checked] == [
        ("did", "drew"),
        ("did", "walked"),
        ("helped", "walked"),
    ]
    assert "Drew together Drew together: it helped" in words_of(ali.get(f"/staff/chats/{talk}/outcome"))


def test_what_helped_was_done(app: Flask, ali: LintingClient, talk: str) -> None:
    write(ali, talk, did=["drew"], helped=["walked", "drew"])
    outcome = kept(app, talk)
    assert outcome is not None
    assert (outcome.did, outcome.helped) == (["drew", "walked"], ["walked", "drew"])


def test_later_is_allowed_and_it_waits_under_to_do(app: Flask, ali: LintingClient, talk: str) -> None:
    assert kept(app, talk) is None
    page = words_of(ali.get("/staff/todo"))
    assert "To write down Amir Khan" in page
    assert "To do 1 waiting" in page
    write(ali, talk, did=["drew"])
    page = words_of(ali.get("/staff/todo"))
    assert "To write down" not in page
    assert "Nothing waits for you." in page
    assert "1 waiting" not in page


def test_of_two_who_write_at_once_nobody_loses_a_word(
    app: Flask, ali: LintingClient, signed_in: SignIn, talk: str
) -> None:
    page = f"/staff/chats/{talk}/outcome"
    both = {"note": "He drew.", "did": ["drew", "drew"], "over": mark_on(ali, page)}
    assert write(signed_in("novak"), talk, note="He walked.", did=["walked"]).status_code == 303
    answer = ali.post_form(page, both, page=page)
    assert answer.status_code == 409
    assert "What Ms Novak wrote Did: Went for a walk He walked." in words_of(answer)
    assert ">He drew.</textarea>" in answer.get_data(as_text=True)
    first = kept(app, talk)
    assert first is not None
    assert first.note == "He walked."

    seen = re.findall(r'name="over" value="([^"]+)"', answer.get_data(as_text=True))[0]
    assert ali.post_form(page, both | {"over": seen}, page=page).status_code == 303
    assert ali.post_form(page, both | {"over": seen}, page=page).status_code == 303, "pressed twice"
    last = kept(app, talk)
    assert last is not None
    assert (last.note, last.did) == ("He drew.", ["drew"])


def mark_on(browser: LintingClient, page: str) -> str:
    found = re.search(r'name="over" value="([^"]*)"', browser.get(page).get_data(as_text=True))
    assert found
    return found.group(1)


def test_what_somebody_who_left_was_to_do_falls_to_the_lead(
    app: Flask, ali: LintingClient, signed_in: SignIn, school: School, talk: str
) -> None:
    green = signed_in("green")
    with app.app_context():
        today = local_now().date()
    write(ali, talk, what="Ring home", by=str(school.adults["shah"]), on=today.isoformat())
    assert "What others follow up Amir Khan Ring home (Mr Shah)" in words_of(green.get("/staff/todo"))
    assert "waiting" not in words_of(green.get("/help/"))
    with app.app_context(), writing() as session:
        session.execute(update(Adult).where(Adult.id == school.adults["shah"]).values(left_on=today))
    page = words_of(green.get("/staff/todo"))
    assert "To follow up Amir Khan Ring home (it was for Mr Shah, who is gone)" in page
    assert "To do 1 waiting" in page
    assert "waiting" not in words_of(ali.get("/help/"))


def test_a_talk_that_only_its_own_adult_could_sign_off_says_that_it_is_not(
    app: Flask, client: LintingClient, signed_in: SignIn, school: School
) -> None:
    with app.app_context():
        change_setting("two_person_close", "yes", KEYBOARD)
    green = signed_in("green")
    chat = ask(client, school, "amir", "ali", cannot_wait=True)
    look(green).card("Amir Khan").form("talked").press(green)
    write(green, chat, note="He drew.")
    assert "not signed off yet" in words_of(green.get("/staff/todo"))
    with app.app_context():
        change_setting("two_person_close", "no", KEYBOARD)
    assert "not signed off yet" not in words_of(green.get("/staff/todo"))


def test_putting_right_asks_its_questions(
    app: Flask, client: LintingClient, ali: LintingClient, school: School
) -> None:
    chat = talk_with(client, ali, school, about=["put_right"])
    page = ali.get(f"/staff/chats/{chat}/outcome").get_data(as_text=True)
    fold = page[page.index('<details class="writing-fold"') :]
    assert fold.startswith('<details class="writing-fold" open>')
    for asked in (
        "What happened?",
        "Who was affected, and how?",
        "What would make it right, and what was agreed?",
    ):
        assert asked in page
    write(ali, chat, happened="A push", affected="Zofia", agreed="They build it again")
    outcome = kept(app, chat)
    assert outcome is not None
    assert (outcome.happened, outcome.affected, outcome.agreed) == ("A push", "Zofia", "They build it again")


def test_otherwise_they_are_folded(ali: LintingClient, talk: str) -> None:
    page = ali.get(f"/staff/chats/{talk}/outcome").get_data(as_text=True)
    assert '<details class="writing-fold" open>' not in page


@pytest.mark.parametrize(
    ("filled", "sentence"),
    [
        ({"what": "Ring home"}, "Say who does what is still to do."),
        ({"what": "Ring home", "by": "me", "on": "soon"}, "Choose by which day it is to be done."),
        ({"by": "me", "on": "2020-01-01"}, "Choose today or a later day."),
        ({"did": ["sang"]}, "Choose from what is listed."),
    ],
)
def test_what_cannot_be_kept_comes_back_as_it_was_written(
    app: Flask, ali: LintingClient, school: School, talk: str, filled: dict[str, object], sentence: str
) -> None:
    if filled.get("by") == "me":
        filled = filled | {"by": str(school.adults["ali"])}
    answer = write(ali, talk, note="A long morning.", **filled)
    assert answer.status_code == 422
    assert sentence in words_of(answer)
    assert "A long morning." in answer.get_data(as_text=True)
    assert kept(app, talk) is None


def test_a_follow_up_waits_for_whoever_does_it_and_is_done_with_one_tap(
    app: Flask, ali: LintingClient, signed_in: SignIn, school: School, talk: str
) -> None:
    shah = signed_in("shah")
    assert "Amir" not in words_of(shah.get("/staff/todo"))
    with app.app_context():
        today = local_now().date()
    write(ali, talk, what="Read with him", by=str(school.adults["shah"]), on=today.isoformat())
    page = words_of(shah.get("/staff/todo"))
    assert "To follow up Amir Khan Read with him by today" in page
    assert "To do 1 waiting" in page
    assert "Read with him" not in words_of(ali.get("/staff/todo"))

    assert shah.post_form(f"/staff/chats/{talk}/followed-up", {}, page="/staff/todo").status_code == 303
    page = words_of(shah.get("/staff/todo"))
    assert "Done today Amir Khan" in page
    assert "To follow up" not in page

    shah.post_form(f"/staff/chats/{talk}/not-followed-up", {}, page="/staff/todo")
    assert "To follow up Amir Khan" in words_of(shah.get("/staff/todo"))


def test_a_follow_up_of_yesterday_is_overdue(
    app: Flask, ali: LintingClient, signed_in: SignIn, school: School, talk: str
) -> None:
    with app.app_context():
        today = local_now().date()
    write(ali, talk, what="Read", by=str(school.adults["ali"]), on=today.isoformat())
    with time_machine.travel(utc_now() + timedelta(days=1)):
        assert "Overdue : by yesterday" in words_of(signed_in("ali").get("/staff/todo"))


def test_only_whoever_does_it_may_say_that_it_is_done(
    app: Flask, ali: LintingClient, signed_in: SignIn, school: School, talk: str
) -> None:
    with app.app_context():
        today = local_now().date()
    write(ali, talk, what="Read", by=str(school.adults["shah"]), on=today.isoformat())
    for other in (ali, signed_in("okafor")):
        assert other.post_form(f"/staff/chats/{talk}/followed-up", {}).status_code == 404
    shah = signed_in("shah")
    shah.post_form(f"/staff/chats/{talk}/followed-up", {})
    assert ali.post_form(f"/staff/chats/{talk}/not-followed-up", {}).status_code == 404


@pytest.mark.parametrize("who", ["shah", "okafor"])
def test_whoever_was_not_told_of_the_request_finds_nothing(signed_in: SignIn, talk: str, who: str) -> None:
    browser = signed_in(who)
    assert browser.get(f"/staff/chats/{talk}/outcome").status_code == 404
    for what in ("outcome", "reopen", "followed-up"):
        assert (
            browser.post_form(f"/staff/chats/{talk}/{what}", {"why": "Because", "did": "drew"}).status_code == 404
        )
    assert "Amir" not in words_of(browser.get("/staff/todo"))


def test_a_request_that_is_open_or_unknown_has_no_such_page(
    client: LintingClient, ali: LintingClient, school: School
) -> None:
    chat = ask(client, school, "amir", "ali")
    assert ali.get(f"/staff/chats/{chat}/outcome").status_code == 404
    assert ali.get(f"/staff/chats/{uuid4()}/outcome").status_code == 404


def test_the_child_needs_us_again(
    app: Flask, client: LintingClient, ali: LintingClient, school: School, talk: str
) -> None:
    assert "The child needs us again" in words_of(ali.get("/staff/todo"))
    answer = ali.post_form(f"/staff/chats/{talk}/reopen", {"why": "He came back crying"}, page="/staff/todo")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/staff/")
    assert on_tablet(client, school, talk)["state"] in ("asked", "seen", "coming")
    assert "Amir Khan" in look(ali).names("mine")
    with app.app_context():
        notes = db.session.scalars(select(ChatEvent.note).where(ChatEvent.kind == "reopened"))
        assert list(notes) == ["He came back crying"]


def test_to_open_again_needs_a_reason_and_a_talk_that_ended(
    app: Flask, client: LintingClient, ali: LintingClient, school: School, talk: str
) -> None:
    ali.post_form(f"/staff/chats/{talk}/reopen", {"why": "  "}, page="/staff/todo")
    assert "why the child needs us again" in words_of(ali.get("/staff/todo"))
    assert state_of(app, talk) == "talked"
    ali.post_form(f"/staff/chats/{talk}/reopen", {"why": "Again"}, page="/staff/todo")
    ali.post_form(f"/staff/chats/{talk}/reopen", {"why": "Twice"}, page="/staff/todo")
    assert "waiting already" in words_of(ali.get("/staff/todo"))


def test_a_second_person_signs_off_with_the_outcome_before_them(
    app: Flask, ali: LintingClient, signed_in: SignIn, school: School, talk: str
) -> None:
    with app.app_context():
        change_setting("two_person_close", "yes", KEYBOARD)
    write(ali, talk, did=["drew"], helped=["drew"], note="Lions help.")
    assert state_of(app, talk) == "talked"
    green = signed_in("green")
    page = words_of(green.get("/staff/todo"))
    assert "To sign off Amir Khan Mrs Ali talked" in page
    assert "Did: drew together Helped: drew together Lions help." in page
    assert green.post_form(f"/staff/chats/{talk}/sign-off", {}, page="/staff/todo").status_code == 303
    assert state_of(app, talk) == "closed"
    assert "To sign off" not in words_of(green.get("/staff/todo"))


def test_nothing_is_signed_off_before_it_is_written(
    app: Flask, ali: LintingClient, signed_in: SignIn, talk: str
) -> None:
    with app.app_context():
        change_setting("two_person_close", "yes", KEYBOARD)
    green = signed_in("green")
    page = green.get("/staff/todo")
    assert "It can be signed off when it is: ask Mrs Ali" in words_of(page)
    assert f"/staff/chats/{talk}/sign-off" not in page.get_data(as_text=True)
    green.post_form(f"/staff/chats/{talk}/sign-off", {}, page="/staff/todo")
    assert "Nothing is written about this talk yet." in words_of(green.get("/staff/todo"))
    assert state_of(app, talk) == "talked"


def test_with_a_single_lead_their_own_talk_says_that_it_waits_for_a_second_person(
    app: Flask, client: LintingClient, signed_in: SignIn, school: School
) -> None:
    with app.app_context():
        change_setting("two_person_close", "yes", KEYBOARD)
    green = signed_in("green")
    chat = ask(client, school, "amir", "ali", cannot_wait=True)
    look(green).card("Amir Khan").form("talked").press(green)
    assert "Waits for a second person" not in words_of(green.get("/staff/todo")), "it is to be written first"
    write(green, chat, note="He drew.")
    assert "there is no safeguarding lead but you. Ask the office to make a deputy" in words_of(
        green.get("/staff/todo")
    )
    patel = signed_in("patel")
    assert "there are not two safeguarding leads" in words_of(patel.get("/admin/"))
    with app.app_context():
        add_staff("Mr Marsh", "marsh@hazelwood.example", ["dsl"], KEYBOARD, password=PASSWORD)
    assert "Waits for a second person" not in words_of(green.get("/staff/todo"))
    assert "there are not two safeguarding leads" not in words_of(patel.get("/admin/"))
    assert "To sign off Amir Khan Mrs Green talked" in words_of(signed_in("marsh").get("/staff/todo"))


def test_what_stood_there_before_is_shown_with_who_and_when(
    ali: LintingClient, signed_in: SignIn, talk: str
) -> None:
    write(ali, talk, note="He cried.", did=["listened"])
    page = f"/staff/chats/{talk}/outcome"
    assert "what stood here before" not in words_of(ali.get(page))
    novak = signed_in("novak")
    assert write(novak, talk, note="He drew a lion.", over=mark_on(novak, page)).status_code == 303
    shown = words_of(ali.get(page))
    assert re.search(r"Changed today at \d\d:\d\d by Ms Novak: what stood here before", shown)
    assert re.search(r"Mrs Ali, today at \d\d:\d\d Did: Listened He cried\.", shown)


def test_whoever_talked_cannot_sign_off_and_others_may_not(
    app: Flask, client: LintingClient, signed_in: SignIn, school: School
) -> None:
    with app.app_context():
        change_setting("two_person_close", "yes", KEYBOARD)
    chat = ask(client, school, "amir", "ali")
    green = signed_in("green")
    look(green).card("Amir Khan").form("talked").press(green)
    assert "To sign off" not in words_of(green.get("/staff/todo"))
    green.post_form(f"/staff/chats/{chat}/sign-off", {}, page="/staff/todo")
    assert state_of(app, chat) == "talked"
    assert signed_in("novak").post_form(f"/staff/chats/{chat}/sign-off", {}).status_code == 403


def test_names_that_are_hidden_are_hidden_here_too(ali: LintingClient, talk: str) -> None:
    ali.post_form("/staff/names", {"hide": "yes"})
    for address in ("/staff/todo", f"/staff/chats/{talk}/outcome"):
        assert "Amir" not in ali.get(address).get_data(as_text=True)


def test_the_number_beside_to_do_leaves_no_trace_of_a_look(app: Flask, ali: LintingClient, talk: str) -> None:
    def looks() -> int:
        with app.app_context():
            return len(db.session.scalars(select(AuditEvent).where(AuditEvent.name == "ended_seen")).all())

    before = looks()
    assert "To do 1 waiting" in words_of(ali.get("/help/"))
    assert looks() == before


def test_todays_planned_times_stand_on_it(
    app: Flask, ali: LintingClient, signed_in: SignIn, school: School
) -> None:
    with app.app_context():
        today = local_now().date()
        promised = PlannedTime(
            pupil_id=school.pupils["amir"],
            adult_id=school.adults["ali"],
            weekday=today.weekday(),
            at=time(9, 10),
            first_day=today,
            made_by_id=school.adults["ali"],
            made_at=utc_now(),
        )
        with writing() as session:
            session.add(promised)
    page = words_of(ali.get("/staff/todo"))
    assert "Today with you 09:10 Amir Khan" in page
    assert "Nothing waits for you." not in page
    assert "Amir" not in words_of(signed_in("novak").get("/staff/todo"))
    with app.app_context():
        looks = db.session.scalars(select(AuditEvent.details).where(AuditEvent.name == "my_day_seen"))
        assert [look["planned_times"] for look in looks] == [[1]]
