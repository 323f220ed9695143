"""The duty board on a wall: every open request, no step, names only if the school wants them, one tap to take."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4
from xml.etree.ElementTree import Element

import html5lib
import pytest
import time_machine
from flask import Flask
from sqlalchemy import func, select

from kiosk.alerts.store import revision_of
from kiosk.audit import KEYBOARD, AuditEvent
from kiosk.chats.models import Chat
from kiosk.db import db, utc_now
from kiosk.school.store import change_setting
from tests.cast import School
from tests.client import LintingClient
from tests.web.board import ask, check_in, look, on_tablet

SignIn = Callable[[str], LintingClient]


def wall(browser: LintingClient, address: str = "/staff/duty") -> Element:
    answer = browser.get(address)
    assert answer.status_code == 200
    tree: Element = html5lib.parse(answer.get_data(as_text=True), namespaceHTMLElements=False)
    return tree


def words(tree: Element) -> str:
    return " ".join(" ".join(tree.itertext()).split())


def rows(tree: Element) -> list[str]:
    return [words(article) for article in tree.iter("article")]


def shown_signs(article: Element) -> list[str]:
    """The signs that are shown before any script runs, without those that style hides."""
    late = "is-late" in (article.get("class") or "").split()
    signs = article.find("p")
    assert signs is not None
    spans = [span for span in signs if span.get("hidden") is None]
    return [words(span) for span in spans if not (late and span.get("class") == "in-time")]


def take(browser: LintingClient, chat: str, **more: str) -> int:
    tree = wall(browser)
    article = next(a for a in tree.iter("article") if a.get("id") == f"chat-{chat}")
    form = article.find("form")
    assert form is not None
    fields = {field.get("name", ""): field.get("value", "") for field in form.iter("input")}
    return browser.post(form.get("action", ""), data=fields | more).status_code


def test_it_shows_every_open_request_with_who_has_it(
    client: LintingClient, signed_in: SignIn, school: School
) -> None:
    ask(client, school, "amir", "ali")
    ask(client, school, "tomi", "novak", cannot_wait=True)
    shown = rows(wall(signed_in("novak")))
    assert len(shown) == 2
    assert "A pupil in Birch" in shown[0]
    assert "Cannot wait" in shown[0]
    assert "Asked for Mrs Ali" in shown[1]


def test_children_walk_past_so_it_names_nobody_and_shows_no_step(
    client: LintingClient, signed_in: SignIn, school: School
) -> None:
    ask(client, school, "amir", "ali", check_in=check_in(client, school, "amir", 4), about=["home"])
    tree = wall(signed_in("green"))
    said = words(tree)
    assert "A pupil in Oak" in said
    for hidden in ("Amir", "Khan", "Upset", "home,", "About"):
        assert hidden not in said
    pictures = [use.get("href") or "" for use in tree.iter("{http://www.w3.org/2000/svg}use")]
    assert not any(name.startswith(("#pic-", "#hand-", "#face-")) for name in pictures)


def test_a_school_may_want_names_and_this_screen_may_still_hide_them(
    app: Flask, client: LintingClient, signed_in: SignIn, school: School
) -> None:
    with app.app_context():
        change_setting("duty_board_names", "yes", KEYBOARD)
    ask(client, school, "amir", "ali", check_in=check_in(client, school, "amir", 4))
    novak = signed_in("novak")
    named = words(wall(novak))
    assert "Amir Khan Oak" in named
    assert "Upset" not in named
    novak.post_form("/staff/names", {"hide": "yes"})
    assert "Amir" not in words(wall(novak))


@pytest.mark.parametrize("who", ["ali", "shah", "bell", "patel"])
def test_whoever_is_not_on_duty_is_refused(
    client: LintingClient, signed_in: SignIn, school: School, who: str
) -> None:
    chat = ask(client, school, "amir", "ali")
    browser = signed_in(who)
    token = browser.csrf("/help/")
    for address in ("/staff/duty", "/staff/duty/requests"):
        assert browser.get(address).status_code == 403
    for address in (f"/staff/duty/chats/{chat}/take", "/staff/duty/safe-space", "/staff/safe-space"):
        data = {"csrf_token": token, "seen_number": "1", "full": "yes"}
        assert browser.post(address, data=data).status_code == 403
    assert on_tablet(client, school, chat)["state"] == "asked"


def test_waiting_coming_seen_and_overdue_are_said_in_words(
    client: LintingClient, signed_in: SignIn, school: School
) -> None:
    ask(client, school, "amir", "ali")
    novak, ali = signed_in("novak"), signed_in("ali")
    assert shown_signs(next(wall(novak).iter("article"))) == ["Waiting"]
    with time_machine.travel(utc_now() + timedelta(minutes=11)):
        assert shown_signs(next(wall(novak).iter("article"))) == ["Overdue"]
    look(ali).card("Amir Khan").form("seen").press(ali)
    assert shown_signs(next(wall(novak).iter("article"))) == ["Seen"]


def test_one_tap_takes_a_request_over_from_who_has_it(
    client: LintingClient, signed_in: SignIn, school: School
) -> None:
    chat = ask(client, school, "amir", "ali")
    ali = signed_in("ali")
    look(ali).card("Amir Khan").form("seen").press(ali)
    novak = signed_in("novak")
    assert take(novak, chat) == 303
    stands = on_tablet(client, school, chat)
    assert (stands["state"], stands["with"]["name"]) == ("coming", "Ms Novak")
    (row,) = rows(wall(novak))
    assert "Ms Novak has it, coming now" in row
    assert "Take over" not in row
    assert "Ms Novak has it" in look(ali).card("Amir Khan").words


def test_a_wall_that_is_behind_takes_nothing_away_unknowingly(
    client: LintingClient, signed_in: SignIn, school: School
) -> None:
    chat = ask(client, school, "amir", "ali")
    novak, ali = signed_in("novak"), signed_in("ali")
    behind = {"csrf_token": novak.csrf("/staff/duty"), "seen_number": "1"}
    look(ali).card("Amir Khan").form("coming").press(ali)
    answer = novak.post(f"/staff/duty/chats/{chat}/take", data=behind)
    assert answer.status_code == 409
    assert "Mrs Ali has this request and is coming now." in answer.get_data(as_text=True)
    assert on_tablet(client, school, chat)["with"]["name"] == "Mrs Ali"


def test_what_has_ended_or_never_was_is_told_so(client: LintingClient, signed_in: SignIn, school: School) -> None:
    chat = ask(client, school, "amir", "ali")
    novak = signed_in("novak")
    behind = {"csrf_token": novak.csrf("/staff/duty"), "seen_number": "1"}
    client.post(f"/tablet/chats/{chat}/cancel", headers=school.bearer())
    assert novak.post(f"/staff/duty/chats/{chat}/take", data=behind).status_code == 409
    assert novak.post(f"/staff/duty/chats/{uuid4()}/take", data=behind).status_code == 404
    nonsense = behind | {"seen_number": "one"}
    assert novak.post(f"/staff/duty/chats/{chat}/take", data=nonsense).status_code == 422


def test_beyond_eight_they_are_counted_and_those_nobody_has_come_first(
    app: Flask, client: LintingClient, signed_in: SignIn, school: School
) -> None:
    taken = ask(client, school, "tomi", "novak")
    novak = signed_in("novak")
    take(novak, taken)
    for pupil in ["amir", "zofia", "tomi"] * 3:
        ask(client, school, pupil, None)
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Chat)) == 10
    tree = wall(novak)
    assert len(rows(tree)) == 8
    assert f"chat-{taken}" not in [article.get("id") for article in tree.iter("article")]
    assert "and 2 more, nobody has taken one of them" in words(tree)


def test_an_empty_wall_says_so(signed_in: SignIn) -> None:
    assert "Nobody is waiting." in words(wall(signed_in("novak")))


def test_full_is_shown_on_everyones_board_and_sent_to_tablets(
    app: Flask, client: LintingClient, signed_in: SignIn, school: School
) -> None:
    novak = signed_in("novak")
    assert "Treetops: space free" in words(wall(novak))
    with app.app_context():
        before = revision_of(school.adults["shah"])
    assert novak.post_form("/staff/duty/safe-space", {"full": "yes"}, page="/staff/duty").status_code == 303
    assert "Treetops: full" in words(wall(novak))
    assert "Treetops: full" in look(signed_in("shah")).words
    assert client.get("/tablet/roster", headers=school.bearer()).get_json()["school"]["safe_space_full"] is True
    with app.app_context():
        assert revision_of(school.adults["shah"]) > before, "no live board heard of it"
        told = db.session.scalars(select(AuditEvent.details).where(AuditEvent.name == "safe_space_switched"))
        assert list(told) == [{"full": True}]


def test_it_is_switched_on_ones_own_board_as_well_by_those_who_may(signed_in: SignIn) -> None:
    green = signed_in("green")
    assert "It is full" in look(green).words
    assert green.post_form("/staff/safe-space", {"full": "yes"}).status_code == 303
    board = look(green)
    assert "Treetops is shown as full" in board.notice
    assert "There is space" in board.words
    assert "There is space" not in look(signed_in("ali")).words


def test_looks_at_the_wall_are_recorded(
    app: Flask, client: LintingClient, signed_in: SignIn, school: School
) -> None:
    chat = ask(client, school, "amir", "ali")
    novak = signed_in("novak")
    first = novak.get("/staff/duty/requests")
    again = novak.get("/staff/duty/requests", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.get_data()) == (304, b"")
    with app.app_context():
        looks = db.session.scalars(select(AuditEvent.details).where(AuditEvent.name == "board_seen"))
        assert list(looks) == [{"chats": [chat]}]
