"""Mrs Ali is in Amir's High 5. Mr Shah is near nobody. Mr Bell, Ms Novak and Mrs Green are near every child."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from flask import Flask
from sqlalchemy import update

from kiosk.db import utc_now, writing
from kiosk.minding.cards import leave_card
from kiosk.minding.meetings import became
from kiosk.minding.models import Card
from kiosk.minding.planned import promise
from kiosk.minding.rules import NewTime, ScriptEntry
from kiosk.minding.scripts import write_script
from kiosk.people.models import Teaching
from kiosk.school.store import local_now
from tests.cast import School
from tests.client import LintingClient, lint
from tests.store.near import near_adult
from tests.web.children import LIST, looks, page_of, read

SignIn = Callable[[str], LintingClient]


def test_everybody_sees_the_children_they_are_near(school: School, signed_in: SignIn) -> None:
    for who, children in (
        ("ali", {"Amir Khan"}),
        ("okafor", {"Amir Khan", "Zofia Nowak"}),
        ("novak", {"Amir Khan", "Zofia Nowak", "Tomi Adeyemi"}),
        ("bell", {"Amir Khan", "Zofia Nowak", "Tomi Adeyemi"}),
        ("green", {"Amir Khan", "Zofia Nowak", "Tomi Adeyemi"}),
    ):
        page = read(signed_in(who), LIST)
        found = {name for name in ("Amir Khan", "Zofia Nowak", "Tomi Adeyemi") if name in page}
        assert found == children, who


def test_somebody_near_nobody_is_told_how_a_child_comes_to_stand_here(
    app: Flask, school: School, signed_in: SignIn
) -> None:
    page = read(signed_in("shah"), LIST)
    assert "No child is linked to you yet." in page
    assert "Amir" not in page
    assert looks(app, "children_seen") == []


def test_whoever_teaches_the_class_sees_it_under_its_name(app: Flask, school: School, signed_in: SignIn) -> None:
    with app.app_context(), writing() as session:
        session.add(Teaching(adult_id=school.adults["ali"], class_id=school.classes["oak"]))
    tree = lint(signed_in("ali").get(LIST).get_data(as_text=True))
    headings = ["".join(heading.itertext()) for heading in tree.iter("h2")]
    assert headings == ["Not held in mind lately", "You are in their High 5", "Oak"]
    assert looks(app, "children_seen") == [(None, {"classes": ["You are in their High 5", "Oak"]})]


def test_a_card_of_today_takes_a_child_off_the_list_of_those_without(
    app: Flask, school: School, signed_in: SignIn
) -> None:
    assert "No card yet" in read(signed_in("ali"), LIST)
    with app.app_context():
        leave_card(near_adult(school, "okafor"), school.pupils["amir"], "held_in_mind", "sun-1", "Hello, Amir.")
    page = read(signed_in("ali"), LIST)
    assert "Not held in mind lately" not in page
    assert "No card" not in page


def test_a_card_of_long_ago_is_named_with_its_day(app: Flask, school: School, signed_in: SignIn) -> None:
    long_ago = datetime(2026, 3, 2, 15, tzinfo=UTC)
    with app.app_context():
        leave_card(near_adult(school, "okafor"), school.pupils["amir"], "held_in_mind", "sun-1", "Hello, Amir.")
        set_left(long_ago)
    assert "No card since 2 Mar" in read(signed_in("ali"), LIST)


def test_a_missing_script_and_one_to_look_at_again_are_named(
    app: Flask, school: School, signed_in: SignIn
) -> None:
    assert "No script yet" in read(signed_in("ali"), LIST)
    entry = ScriptEntry(say="I am here.", review_on=date(2026, 1, 1))
    with app.app_context():
        write_script(school.pupils["amir"], entry, near_adult(school, "ali"), seen_version=0)
    assert "Look at the script again" in read(signed_in("ali"), LIST)
    later = replace(entry, review_on=utc_now().date() + timedelta(days=30))
    with app.app_context():
        write_script(school.pupils["amir"], later, near_adult(school, "ali"), seen_version=1)
    assert "cript again" not in read(signed_in("ali"), LIST)


def test_the_high_5_page_is_reached_from_here_and_belongs_to_the_same_place(
    school: School, signed_in: SignIn
) -> None:
    browser = signed_in("ali")
    tree = lint(browser.get(LIST).get_data(as_text=True))
    assert "/staff/high5/" in {link.get("href") for link in tree.iter("a")}
    for address in (LIST, "/staff/high5/", page_of(school)):
        tree = lint(browser.get(address).get_data(as_text=True))
        here = {"".join(a.itertext()).strip() for a in tree.iter("a") if a.get("aria-current") == "page"}
        assert here == {"Children"}, address


def set_left(at: datetime) -> None:
    """Make every card one of that moment."""
    with writing() as session:
        session.execute(update(Card).values(left_at=at))


@pytest.mark.parametrize("who", ["patel"])
def test_the_administrator_has_no_children_in_the_header(school: School, signed_in: SignIn, who: str) -> None:
    assert signed_in(who).get(LIST).status_code == 403
    assert LIST not in signed_in(who).get("/help/").get_data(as_text=True)


def test_a_planned_time_that_did_not_happen_stands_at_the_top(
    app: Flask, school: School, signed_in: SignIn
) -> None:
    with app.app_context():
        today = local_now().date()
        entry = NewTime(school.adults["okafor"], today.weekday(), time(23, 59), None, today)
        planned_id = promise(school.pupils["amir"], entry, near_adult(school, "ali"))
        assert "did not happen" not in read(signed_in("ali"), LIST)
        became(planned_id, today, "missed", "Fire drill", near_adult(school, "ali"))
    page = read(signed_in("ali"), LIST)
    assert "Planned times that did not happen Amir Khan : today at 23:59 with Mr Okafor. Fire drill" in page
    assert "did not happen" not in read(signed_in("shah"), LIST)
