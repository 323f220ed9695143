"""The board shows each adult the requests that are theirs, and nobody else's."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from flask import Flask

from kiosk.audit import KEYBOARD
from kiosk.chats.store import tick
from kiosk.db import utc_now
from kiosk.people.rules import Presence
from kiosk.people.store import set_presence
from kiosk.school.store import change_setting, local_now
from tests.cast import School
from tests.client import LintingClient
from tests.web.board import ask, check_in, look, read, say_on_tablet

SignIn = Callable[[str], LintingClient]


def send_away(app: Flask, school: School, who: str) -> None:
    with app.app_context():
        today = local_now().date()
        set_presence(school.adults[who], Presence(away_from=today, away_until=today), KEYBOARD)


def test_a_request_appears_at_the_adult_asked_and_at_nobody_else(
    client: LintingClient, signed_in: SignIn, school: School
) -> None:
    ask(client, school, "amir", "ali")
    assert look(signed_in("ali")).names("mine") == ["Amir Khan"]
    for other in ("okafor", "shah", "bell"):
        board = look(signed_in(other))
        assert board.cards == []
        assert "Nobody is waiting for you." in board.words
        assert "Amir" not in board.words


@pytest.mark.usefixtures("boards_open")
@pytest.mark.parametrize("who", ["novak", "green"])
def test_duty_and_the_safeguarding_lead_see_everyone_waiting(
    client: LintingClient, signed_in: SignIn, school: School, who: str
) -> None:
    ask(client, school, "amir", "ali")
    board = look(signed_in(who))
    assert board.names("everyone") == ["Amir Khan"]
    assert "Asked for Mrs Ali, no answer yet" in board.card("Amir Khan").words
    assert not board.card("Amir Khan").rings


def test_others_have_no_section_for_everyone(signed_in: SignIn) -> None:
    assert look(signed_in("ali")).sections == ["mine", "cover"]


@pytest.mark.parametrize(
    ("address", "status"), [("/staff/", 303), ("/staff/board", 401), ("/staff/doorbell", 401)]
)
def test_signed_out_nobody_sees_it(client: LintingClient, address: str, status: int) -> None:
    assert client.get(address).status_code == status


@pytest.mark.parametrize("address", ["/staff/", "/staff/board", "/staff/doorbell"])
def test_an_administrator_is_refused(signed_in: SignIn, address: str) -> None:
    assert signed_in("patel").get(address).status_code == 403


def test_while_the_adult_is_away_the_next_of_the_high5_stands_in(
    app: Flask, client: LintingClient, signed_in: SignIn, school: School
) -> None:
    send_away(app, school, "ali")
    ask(client, school, "amir", "ali")
    covering, away, elsewhere = (look(signed_in(who)) for who in ("okafor", "ali", "shah"))
    assert covering.card("Amir Khan").section == "mine"
    assert covering.card("Amir Khan").rings
    assert "Asked for Mrs Ali, who is away: you stand in" in covering.card("Amir Khan").words
    assert "who are away: Mr Okafor stands in" in away.card("Amir Khan").words
    assert "You are out today" in away.words
    assert "You are in today" in covering.words
    assert elsewhere.cards == []


@pytest.mark.usefixtures("boards_open")
def test_asking_for_anyone_reaches_whoever_is_on_duty(
    client: LintingClient, signed_in: SignIn, school: School
) -> None:
    ask(client, school, "amir", None, wants="safe_space")
    on_duty = look(signed_in("novak")).card("Amir Khan")
    assert (on_duty.section, on_duty.rings) == ("mine", True)
    assert "Asked for anyone in Treetops" in on_duty.words
    assert not look(signed_in("green")).card("Amir Khan").rings
    assert look(signed_in("ali")).cards == []


def test_when_nobody_is_on_duty_the_safeguarding_lead_stands_in(
    app: Flask, client: LintingClient, signed_in: SignIn, school: School
) -> None:
    send_away(app, school, "novak")
    ask(client, school, "amir", None)
    lead = look(signed_in("green")).card("Amir Khan")
    assert (lead.section, lead.rings) == ("mine", True)
    assert "Asked for anyone in Treetops, nobody is on duty: you stand in" in lead.words


def test_when_nobody_at_all_is_here_the_leads_read_so(
    app: Flask, client: LintingClient, signed_in: SignIn, school: School
) -> None:
    for who in school.adults:
        send_away(app, school, who)
    ask(client, school, "amir", "ali")
    card = look(signed_in("green")).card("Amir Khan")
    assert (card.section, card.rings) == ("mine", True)
    assert "Asked for Mrs Ali: nobody is here who could be told" in card.words


def test_what_is_passed_on_says_to_whom(
    app: Flask, client: LintingClient, signed_in: SignIn, school: School
) -> None:
    ask(client, school, "amir", "ali")
    with app.app_context():
        assert tick(utc_now() + timedelta(minutes=11)) == 1
    assert "Passed on to you" in look(signed_in("okafor")).card("Amir Khan").words
    had_it = look(signed_in("ali")).card("Amir Khan")
    assert "Passed on to Mr Okafor, no answer yet" in had_it.words
    assert had_it.is_overdue


def test_a_card_says_who_how_and_what_about(client: LintingClient, signed_in: SignIn, school: School) -> None:
    feeling = check_in(client, school, "amir", 4)
    ask(client, school, "amir", "ali", check_in=feeling, when="break", how="sit", about=["home", "friends"])
    card = look(signed_in("ali")).card("Amir Khan")
    for words in ("Oak", "4 Upset", "A chat at break, to sit together", "About home, friends", "Asked for you"):
        assert words in card.words
    assert {"#pic-fox", "#hand-4", "#face-4"} <= set(card.pictures)


def test_the_face_follows_how_hard_it_is_and_the_hand_the_step(
    app: Flask, client: LintingClient, signed_in: SignIn, school: School
) -> None:
    with app.app_context():
        change_setting("scale_direction", "calm_is_5", KEYBOARD)
    ask(client, school, "amir", "ali", check_in=check_in(client, school, "amir", 1))
    card = look(signed_in("ali")).card("Amir Khan")
    assert {"#hand-1", "#face-5"} <= set(card.pictures)
    assert "1 I need help" in card.words


def test_another_childs_step_is_never_shown(client: LintingClient, signed_in: SignIn, school: School) -> None:
    ask(client, school, "amir", "ali", check_in=check_in(client, school, "zofia", 5))
    assert not any(name.startswith("#hand") for name in look(signed_in("ali")).card("Amir Khan").pictures)


def test_who_cannot_wait_comes_first_and_rings_for_everyone_on_duty(
    client: LintingClient, signed_in: SignIn, school: School
) -> None:
    ask(client, school, "zofia", "okafor")
    ask(client, school, "amir", "okafor", cannot_wait=True)
    board = look(signed_in("okafor"))
    assert board.names() == ["Amir Khan", "Zofia Nowak"]
    assert "Cannot wait" in board.card("Amir Khan").words
    assert "Cannot wait" not in board.card("Zofia Nowak").words
    on_duty = look(signed_in("novak"))
    assert on_duty.names("mine") == ["Amir Khan"]
    assert on_duty.card("Amir Khan").rings


def test_what_nobody_has_taken_comes_before_what_somebody_has(
    client: LintingClient, signed_in: SignIn, school: School
) -> None:
    ask(client, school, "zofia", "okafor")
    okafor = signed_in("okafor")
    look(okafor).card("Zofia Nowak").form("coming").press(okafor)
    ask(client, school, "amir", "okafor")
    assert look(okafor).names("mine") == ["Amir Khan", "Zofia Nowak"]


def test_whoever_has_it_is_told_when_the_child_cannot_wait_any_more(
    client: LintingClient, signed_in: SignIn, school: School
) -> None:
    chat = ask(client, school, "amir", "ali")
    ali, shah = signed_in("ali"), signed_in("shah")
    look(ali).card("Amir Khan").form("handed_over").press(ali, to=str(school.adults["shah"]))
    look(shah).card("Amir Khan").form("seen").press(shah)
    assert not look(shah).card("Amir Khan").rings
    say_on_tablet(client, school, chat, "cannot-wait")
    assert look(shah).card("Amir Khan").rings


def test_waiting_longer_than_promised_is_said_in_words(
    client: LintingClient, signed_in: SignIn, school: School
) -> None:
    ask(client, school, "amir", "ali")
    ali = signed_in("ali")
    assert not look(ali).card("Amir Khan").is_overdue
    with time_machine.travel(utc_now() + timedelta(minutes=11)):
        late = look(ali).card("Amir Khan")
    assert late.is_overdue
    assert "Overdue" in late.words


def test_a_request_that_waited_on_an_offline_tablet_says_when_it_was_asked(
    client: LintingClient, signed_in: SignIn, school: School
) -> None:
    ask(client, school, "amir", "ali", asked_at=(utc_now() - timedelta(minutes=30)).isoformat())
    assert "while the tablet had no Wi-Fi" in look(signed_in("ali")).card("Amir Khan").words


def test_a_request_the_child_takes_back_is_gone(client: LintingClient, signed_in: SignIn, school: School) -> None:
    chat = ask(client, school, "amir", "ali")
    say_on_tablet(client, school, chat, "cancel")
    assert look(signed_in("ali")).cards == []
    assert look(signed_in("novak")).cards == []


def test_the_title_counts_and_never_names(client: LintingClient, signed_in: SignIn, school: School) -> None:
    ali = signed_in("ali")
    assert "<title>Treetops</title>" in ali.get("/staff/").get_data(as_text=True)
    ask(client, school, "amir", "ali")
    assert "<title>(1) Treetops</title>" in ali.get("/staff/").get_data(as_text=True)


def test_the_fragment_is_the_same_board(client: LintingClient, signed_in: SignIn, school: School) -> None:
    ask(client, school, "amir", "ali")
    ali = signed_in("ali")
    fragment = ali.get("/staff/board")
    assert "<html" not in fragment.get_data(as_text=True)
    assert read(fragment).names("mine") == ["Amir Khan"]
    assert fragment.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("who", ["ali", "okafor", "bell", "novak", "green"])
def test_home_leads_to_the_page_each_came_for(signed_in: SignIn, who: str) -> None:
    wanted = "/patterns/" if who == "bell" else "/staff/"
    assert signed_in(who).get("/staff/home").headers["Location"] == wanted


def test_home_leads_an_administrator_to_the_office(signed_in: SignIn) -> None:
    assert signed_in("patel").get("/staff/home").headers["Location"] == "/admin/"
