"""One tap answers a request: the child's tablet says so, and so does every adult's board."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time, timedelta
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from kiosk.audit import KEYBOARD, AuditEvent
from kiosk.chats.models import Chat, ChatEvent
from kiosk.db import db
from kiosk.school.store import change_setting
from tests.cast import School
from tests.client import LintingClient
from tests.clock import school_morning
from tests.web.board import ask, look, on_tablet, read, say_on_tablet
from tests.web.test_board import send_away

SignIn = Callable[[str], LintingClient]
LONDON = ZoneInfo("Europe/London")


@pytest.fixture
def chat(client: LintingClient, school: School) -> str:
    """Amir asks Mrs Ali."""
    return ask(client, school, "amir", "ali")


def life_of(app: Flask, chat: str) -> list[str]:
    """What happened to a request, in order."""
    with app.app_context():
        kinds = (
            select(ChatEvent.kind)
            .join(Chat, Chat.id == ChatEvent.chat_id)
            .where(Chat.key == UUID(chat))
            .order_by(ChatEvent.number)
        )
        return list(db.session.scalars(kinds))


def test_seen(client: LintingClient, signed_in: SignIn, school: School, chat: str) -> None:
    ali = signed_in("ali")
    answer = look(ali).card("Amir Khan").form("seen").press(ali)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/staff/")
    assert on_tablet(client, school, chat)["state"] == "seen"
    after = look(ali)
    assert "The child can see that you have seen it." in after.notice
    assert "You have it: say when you come" in after.card("Amir Khan").words
    assert look(ali).notice == ""


def test_coming_now(client: LintingClient, signed_in: SignIn, school: School, chat: str) -> None:
    ali = signed_in("ali")
    look(ali).card("Amir Khan").form("coming").press(ali)
    shown = on_tablet(client, school, chat)
    assert (shown["state"], shown["at"]) == ("coming", None)
    assert shown["with"]["name"] == "Mrs Ali"
    assert "You have it, coming now" in look(ali).card("Amir Khan").words


def test_coming_in_a_few_minutes(client: LintingClient, signed_in: SignIn, school: School, chat: str) -> None:
    ali = signed_in("ali")
    look(ali).card("Amir Khan").form("coming", to_fill="in_minutes").press(ali, in_minutes="10")
    assert on_tablet(client, school, chat)["at"] is not None


def test_coming_at_a_time_on_the_schools_clock(
    client: LintingClient, signed_in: SignIn, school: School, chat: str
) -> None:
    noon = datetime.combine(datetime.now(LONDON).date() + timedelta(days=1), time(12), LONDON)
    with time_machine.travel(noon):
        ali = signed_in("ali")
        look(ali).card("Amir Khan").form("coming", to_fill="at").press(ali, at="13:30")
        assert "coming at 13:30" in look(ali).card("Amir Khan").words
    at = datetime.fromisoformat(on_tablet(client, school, chat)["at"])
    assert at == noon + timedelta(minutes=90)


def test_a_time_that_has_passed_is_refused_in_place(
    app: Flask, signed_in: SignIn, school: School, chat: str
) -> None:
    noon = datetime.combine(datetime.now(LONDON).date() + timedelta(days=1), time(12), LONDON)
    with time_machine.travel(noon, tick=False):
        ali = signed_in("ali")
        answer = look(ali).card("Amir Khan").form("coming", to_fill="at").press(ali, at="11:59")
    assert answer.status_code == 422
    assert read(answer).notice == "11:59 has passed already: it is 12:00. Choose a later time today."
    assert read(answer).names() == ["Amir Khan"]
    assert life_of(app, chat) == ["asked"]


def test_we_talked_ends_it_for_everyone(
    app: Flask, client: LintingClient, signed_in: SignIn, school: School, chat: str
) -> None:
    ali = signed_in("ali")
    look(ali).card("Amir Khan").form("coming").press(ali)
    look(ali).card("Amir Khan").form("talked").press(ali)
    assert on_tablet(client, school, chat)["state"] == "talked"
    assert life_of(app, chat) == ["asked", "coming", "talked"]
    assert look(ali).cards == []
    assert look(signed_in("novak")).cards == []


def test_a_taken_request_shows_who_has_it_and_rings_nowhere(
    client: LintingClient, signed_in: SignIn, school: School
) -> None:
    ask(client, school, "amir", "ali", cannot_wait=True)
    ali, novak = signed_in("ali"), signed_in("novak")
    assert look(ali).card("Amir Khan").rings
    assert look(novak).card("Amir Khan").rings
    look(ali).card("Amir Khan").form("coming").press(ali)
    assert not look(ali).card("Amir Khan").rings
    on_duty = look(novak).card("Amir Khan")
    assert not on_duty.rings
    assert "Mrs Ali has it, coming now" in on_duty.words


def test_who_was_not_first_is_told_who_has_it_and_changes_nothing(
    app: Flask, client: LintingClient, signed_in: SignIn, school: School, chat: str
) -> None:
    ali, novak = signed_in("ali"), signed_in("novak")
    late = look(novak).card("Amir Khan").form("coming")
    look(ali).card("Amir Khan").form("coming", to_fill="in_minutes").press(ali, in_minutes="5")
    answer = late.press(novak)
    assert answer.status_code == 409
    assert "Mrs Ali has this request and is coming at" in read(answer).notice
    assert life_of(app, chat) == ["asked", "coming"]
    assert on_tablet(client, school, chat)["with"]["name"] == "Mrs Ali"


def test_taking_over_is_a_choice(
    app: Flask, client: LintingClient, signed_in: SignIn, school: School, chat: str
) -> None:
    ali, novak = signed_in("ali"), signed_in("novak")
    look(ali).card("Amir Khan").form("seen").press(ali)
    taken = look(novak).card("Amir Khan")
    assert "Take over" in taken.words
    assert taken.form("coming").press(novak).status_code == 303
    assert on_tablet(client, school, chat)["with"]["name"] == "Ms Novak"
    assert "Ms Novak has it, coming now" in look(ali).card("Amir Khan").words
    assert look(ali).card("Amir Khan").section == "cover"


def test_taking_over_what_has_changed_hands_meanwhile_is_refused(
    signed_in: SignIn, school: School, chat: str
) -> None:
    ali, novak, green = signed_in("ali"), signed_in("novak"), signed_in("green")
    look(ali).card("Amir Khan").form("seen").press(ali)
    stale = look(novak).card("Amir Khan").form("coming")
    look(green).card("Amir Khan").form("coming").press(green)
    answer = stale.press(novak)
    assert answer.status_code == 409
    assert "Mrs Green has this request and is coming now" in read(answer).notice


def test_handing_over_rings_at_the_other_and_hides_it_from_nobody(
    client: LintingClient, signed_in: SignIn, school: School, chat: str
) -> None:
    ali, shah = signed_in("ali"), signed_in("shah")
    look(shah)
    look(ali).card("Amir Khan").form("handed_over").press(ali, to=str(school.adults["shah"]))
    assert "Mr Shah has been told." in look(ali).notice
    mine = look(shah).card("Amir Khan")
    assert (mine.section, mine.rings) == ("mine", True)
    assert "Handed over to you" in mine.words
    still = look(ali).card("Amir Khan")
    assert (still.section, still.rings) == ("cover", False)
    assert "Handed over to Mr Shah, no answer yet" in still.words
    assert on_tablet(client, school, chat)["with"]["name"] == "Mr Shah"


def test_what_comes_back_and_is_handed_over_again_rings_again(
    signed_in: SignIn, school: School, chat: str
) -> None:
    ali, shah = signed_in("ali"), signed_in("shah")
    for giver, receiver in ((ali, "shah"), (shah, "ali"), (ali, "shah")):
        look(giver).card("Amir Khan").form("handed_over").press(giver, to=str(school.adults[receiver]))
    assert look(shah).card("Amir Khan").rings


def test_those_who_would_hear_of_it_are_offered_first_and_whom_nothing_tells_is_marked(
    signed_in: SignIn, school: School, chat: str
) -> None:
    look(signed_in("shah"))
    page = signed_in("ali").get("/staff/").get_data(as_text=True)
    choice = page[page.index(">Choose who<") :].partition("</select>")[0]
    options = [one.partition("<")[0] for one in choice.split('<option value="')[1:]]
    called = [one.partition(">")[2] for one in options]
    assert called[0] == "Mr Shah", "his board is open"
    assert "Ms Novak (Treetops): not at a board, no phone" in called


def test_handed_over_to_somebody_whom_nothing_tells_the_giver_reads_so(
    signed_in: SignIn, school: School, chat: str
) -> None:
    ali = signed_in("ali")
    look(ali).card("Amir Khan").form("handed_over").press(ali, to=str(school.adults["okafor"]))
    assert "Mr Okafor has it now, but nothing tells them just now" in look(ali).notice


@pytest.mark.usefixtures("chat")
def test_a_time_after_school_has_closed_is_refused_in_place(app: Flask, signed_in: SignIn, school: School) -> None:
    with time_machine.travel(school_morning(), tick=False):
        with app.app_context():
            change_setting("school_hours", "08:30-15:30", KEYBOARD)
        ali = signed_in("ali")
        answer = look(ali).card("Amir Khan").form("coming", to_fill="at").press(ali, at="15:45")
    assert answer.status_code == 422
    assert "School closes at 15:30 today. Choose an earlier time" in read(answer).notice


def test_only_people_who_are_here_are_offered(app: Flask, signed_in: SignIn, school: School, chat: str) -> None:
    send_away(app, school, "okafor")
    page = signed_in("ali").get("/staff/").get_data(as_text=True)
    choice = page[page.index(">Choose who<") :].partition("</select>")[0]
    assert "Mr Shah" in choice
    assert "Mr Okafor" not in choice
    assert "Mrs Ali" not in choice  # not to herself


@pytest.mark.parametrize(
    ("to", "sentence"),
    [
        ("okafor", "Mr Okafor is not here"),
        ("ali", "Choose somebody else to hand over to, not yourself."),
        ("", "Choose who you hand over to."),
        ("999999", "Choose who you hand over to."),
    ],
)
def test_whom_it_cannot_be_handed_over_to(
    app: Flask, client: LintingClient, signed_in: SignIn, school: School, chat: str, to: str, sentence: str
) -> None:
    ali = signed_in("ali")
    form = look(ali).card("Amir Khan").form("handed_over")
    send_away(app, school, "okafor")
    answer = form.press(ali, to=str(school.adults.get(to, to)))
    assert answer.status_code == 422
    assert read(answer).notice.startswith(sentence)
    assert on_tablet(client, school, chat)["state"] == "asked"


def test_what_the_child_took_back_cannot_be_answered(
    client: LintingClient, signed_in: SignIn, school: School, chat: str
) -> None:
    ali = signed_in("ali")
    form = look(ali).card("Amir Khan").form("coming")
    say_on_tablet(client, school, chat, "cancel")
    answer = form.press(ali)
    assert answer.status_code == 409
    assert read(answer).notice == "This request has ended: the child said they are OK now."


def test_what_has_been_talked_about_cannot_be_answered(signed_in: SignIn, school: School, chat: str) -> None:
    ali, novak = signed_in("ali"), signed_in("novak")
    form = look(ali).card("Amir Khan").form("coming")
    look(novak).card("Amir Khan").form("talked").press(novak)
    answer = form.press(ali)
    assert answer.status_code == 409
    assert read(answer).notice == "This request has ended: Ms Novak talked with the child."


def test_somebody_elses_request_looks_like_none_at_all(
    app: Flask, signed_in: SignIn, school: School, chat: str
) -> None:
    shah = signed_in("shah")
    data = {"answer": "coming", "seen_number": "1", "csrf_token": shah.csrf()}
    answers = [shah.post(f"/staff/chats/{key}/answer", data=data) for key in (chat, str(uuid4()))]
    assert [answer.status_code for answer in answers] == [404, 404]
    theirs, none = (read(answer) for answer in answers)
    assert theirs.notice == "This request is not on your board. It may have ended."
    assert theirs == none
    assert life_of(app, chat) == ["asked"]


@pytest.mark.parametrize(
    "change",
    [
        {"answer": "cancelled"},
        {"answer": "closed"},
        {"answer": ""},
        {"seen_number": ""},
        {"seen_number": "-1"},
        {"seen_number": "1" * 400},
        {"answer": "coming", "in_minutes": "7"},
        {"answer": "coming", "in_minutes": "1e9"},
        {"answer": "coming", "at": ""},
        {"answer": "coming", "at": "25:00"},
        {"answer": "coming", "at": "10:30+09:00"},
        {"answer": "coming", "at": "\x07"},
    ],
)
def test_a_form_that_was_tampered_with_changes_nothing(
    app: Flask, signed_in: SignIn, school: School, chat: str, change: dict[str, str]
) -> None:
    ali = signed_in("ali")
    form = look(ali).card("Amir Khan").form("seen")
    answer = ali.post(form.action, data={**form.carried, **change})
    assert answer.status_code == 422
    assert read(answer).notice
    assert life_of(app, chat) == ["asked"]


def test_without_the_forms_token_nothing_is_taken(app: Flask, signed_in: SignIn, chat: str) -> None:
    ali = signed_in("ali")
    form = look(ali).card("Amir Khan").form("seen")
    carried = {name: value for name, value in form.carried.items() if name != "csrf_token"}
    assert ali.post(form.action, data=carried).status_code == 400
    assert life_of(app, chat) == ["asked"]


def test_our_script_gets_the_sentence_and_the_board_alone(signed_in: SignIn, school: School, chat: str) -> None:
    ali, novak = signed_in("ali"), signed_in("novak")
    late = look(novak).card("Amir Khan").form("seen")
    form = look(ali).card("Amir Khan").form("seen")
    by_script = {"X-Treetops-Board": "1"}
    taken = ali.post(form.action, data=form.carried, headers=by_script)
    refused = novak.post(late.action, data=late.carried, headers=by_script)
    assert (taken.status_code, refused.status_code) == (200, 409)
    assert "<html" not in taken.get_data(as_text=True) + refused.get_data(as_text=True)
    assert "You have it" in read(taken).card("Amir Khan").words
    assert "Mrs Ali has this request." in read(refused).notice
    assert "The child can see" not in look(ali).notice  # said once


def test_an_answer_is_recorded(app: Flask, signed_in: SignIn, school: School, chat: str) -> None:
    ali = signed_in("ali")
    look(ali).card("Amir Khan").form("seen").press(ali)
    with app.app_context():
        found = db.session.scalars(select(AuditEvent).where(AuditEvent.name == "chat_answered")).one()
        assert found.details == {"chat": chat, "answer": "seen"}
        assert found.pupil_id == school.pupils["amir"]
        assert found.account_id is not None
