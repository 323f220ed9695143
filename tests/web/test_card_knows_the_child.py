"""A card tells the adult how to be with this child: one voice, what helped before, who else the child trusts."""

from __future__ import annotations

from collections.abc import Callable

from flask import Flask
from sqlalchemy import update

from kiosk.db import utc_now, writing
from kiosk.minding.models import Script
from kiosk.people.models import Pupil
from kiosk.school.store import local_now
from tests.cast import School
from tests.client import LintingClient
from tests.web.board import ask, check_in, look

SignIn = Callable[[str], LintingClient]
SCRIPT = {
    "shows": "Goes quiet",
    "helps": "A walk to the pond",
    "say": "We have time",
    "avoid": "Asking why",
    "likes": "Trains",
}


def write_script(app: Flask, school: School, pupil: str, **more: object) -> None:
    with app.app_context(), writing() as session:
        entry = Script(
            pupil_id=school.pupils[pupil],
            version=1,
            written_by_id=school.adults["ali"],
            written_at=utc_now(),
            **SCRIPT,  # type: ignore[arg-type]
            **more,
        )
        session.add(entry)


def test_the_script_and_the_plan_for_this_step(
    app: Flask, client: LintingClient, signed_in: SignIn, school: School
) -> None:
    write_script(app, school, "amir", plan={"4": "Sit beside me", "1": "Smile"})
    ask(client, school, "amir", "ali", check_in=check_in(client, school, "amir", 4))
    words = look(signed_in("ali")).card("Amir Khan").words
    assert "Say We have time Helps Sit beside me A walk to the pond" in words
    assert "How I show that I am not OK Goes quiet Avoid Asking why Talk first about Trains" in words
    assert "Smile" not in words


def test_without_a_step_what_helps_always_stands_alone(
    app: Flask, client: LintingClient, signed_in: SignIn, school: School
) -> None:
    write_script(app, school, "amir", plan={"4": "Sit beside me"})
    ask(client, school, "amir", "ali")
    words = look(signed_in("ali")).card("Amir Khan").words
    assert "Helps A walk to the pond" in words
    assert "Sit beside me" not in words


def test_a_child_without_a_script_has_a_link_to_write_it(
    client: LintingClient, signed_in: SignIn, school: School
) -> None:
    ask(client, school, "amir", "ali")
    ali = signed_in("ali")
    assert "Write Amir’s script" in look(ali).card("Amir Khan").words
    assert f'href="/staff/children/{school.pupils["amir"]}/script"' in ali.get("/staff/").get_data(as_text=True)


def test_who_else_is_in_the_high5_and_who_of_them_is_away(
    client: LintingClient, signed_in: SignIn, school: School
) -> None:
    ask(client, school, "amir", "ali")
    assert "High 5 Mrs Ali Mr Okafor" in look(signed_in("ali")).card("Amir Khan").words


def test_another_childs_script_is_not_on_it(
    app: Flask, client: LintingClient, signed_in: SignIn, school: School
) -> None:
    write_script(app, school, "zofia", plan={})
    ask(client, school, "amir", "ali")
    assert "We have time" not in look(signed_in("ali")).words


def test_nothing_of_it_is_sent_to_a_screen_that_hides_names(
    app: Flask, client: LintingClient, signed_in: SignIn, school: School
) -> None:
    write_script(app, school, "amir", plan={})
    ask(client, school, "amir", "ali")
    ali = signed_in("ali")
    ali.post_form("/staff/names", {"hide": "yes"})
    page = ali.get("/staff/").get_data(as_text=True)
    for words in ("We have time", "Goes quiet", "Trains", "Amir", "Mr Okafor is", "/staff/children/"):
        assert words not in page.partition('id="board"')[2]


def test_a_card_that_is_not_mine_folds_all_of_it(
    app: Flask, client: LintingClient, signed_in: SignIn, school: School
) -> None:
    write_script(app, school, "amir", plan={})
    ask(client, school, "amir", "ali")
    words = look(signed_in("novak")).card("Amir Khan").words
    assert "How to be with Amir Say We have time" in words


def test_a_child_who_left_can_still_be_seen_to_and_leads_to_no_page(
    app: Flask, client: LintingClient, signed_in: SignIn, school: School
) -> None:
    ask(client, school, "amir", "ali")
    with app.app_context(), writing() as session:
        left = update(Pupil).where(Pupil.id == school.pupils["amir"])
        session.execute(left.values(left_on=local_now().date()))
    ali = signed_in("ali")
    assert f'href="/staff/children/{school.pupils["amir"]}' not in ali.get("/staff/").get_data(as_text=True)
    assert look(ali).card("Amir Khan").form("talked").press(ali).status_code == 303
