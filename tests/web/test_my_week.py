"""A child's own week, opened by an adult the child trusts, for the two to look back at together."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import select, update

from kiosk.audit import KEYBOARD, AuditEvent
from kiosk.chats.rules import NewChat
from kiosk.chats.store import Asker, answer, ask
from kiosk.db import db, utc_now, writing
from kiosk.feelings.models import CheckIn, StrategyUse
from kiosk.feelings.rules import NewCheckIn
from kiosk.feelings.store import add_check_in
from kiosk.people.high5 import AT_THE_KEYBOARD
from kiosk.people.set_up_tablet import WhoSetsUp, add_strategy, choose, choose_own_step
from kiosk.people.tablets import recognise
from tests.cast import School
from tests.client import LintingClient

SignIn = Callable[[str], LintingClient]
ANYONE = WhoSetsUp(AT_THE_KEYBOARD, KEYBOARD)


@pytest.fixture
def lived(app: Flask, school: School) -> None:
    """Amir tapped 4 and talked with Mrs Ali; Zofia tapped 5. Amir has a card, and his own word for step 4."""
    with app.app_context():
        oak = recognise(school.oak_token)
        assert oak
        for who, step in (("amir", 4), ("zofia", 5)):
            add_check_in(NewCheckIn(uuid4(), school.pupils[who], step, utc_now()), oak)
        ali = school.adults["ali"]
        key, _ = ask(NewChat(uuid4(), school.pupils["amir"], ali, None, utc_now()), oak)
        answer(key, "talked", Asker(ali, 1, sees_all=False), seen_number=1)
        add_strategy(school.pupils["amir"], "pic-ball", "Kick my ball", ANYONE)
        choose_own_step(school.pupils["amir"], 4, "Stormy", "", ANYONE)
        choose(school.pupils["amir"], "scale_picture", "weather", ANYONE)


def week_of(school: School, who: str = "amir") -> str:
    return f"/staff/children/{school.pupils[who]}/week"


def said(app: Flask) -> list[tuple[int, str, str, int | None]]:
    with app.app_context():
        rows = db.session.scalars(select(StrategyUse).order_by(StrategyUse.id))
        return [(row.pupil_id, row.picture, row.said, row.tablet_id) for row in rows]


@pytest.mark.usefixtures("lived")
def test_the_week_is_the_childs_own_in_the_childs_own_pictures(school: School, signed_in: SignIn) -> None:
    page = signed_in("ali").get(week_of(school)).get_data(as_text=True)
    shown = page.split("<main", 1)[1]
    assert "Stormy" in shown
    assert "#weather-4" in shown
    assert "You talked with Mrs Ali" in shown
    assert "Kick my ball" in shown
    assert "Zofia" not in shown
    assert shown.count("week-step ") == 1


@pytest.mark.usefixtures("lived")
@pytest.mark.parametrize("who", ["ali", "okafor", "bell", "green"])
def test_adults_the_child_trusts_nurture_and_lead_may_open_it(school: School, signed_in: SignIn, who: str) -> None:
    somebody = signed_in(who)
    assert somebody.get(week_of(school)).status_code == 200
    assert week_of(school) in somebody.get(f"/staff/children/{school.pupils['amir']}").get_data(as_text=True)


@pytest.mark.usefixtures("lived")
def test_nobody_else_finds_such_a_page(app: Flask, school: School, signed_in: SignIn) -> None:
    """Ms Novak is on duty and knows of Amir, but he has not chosen her to look at his week with him."""
    form = {"key": str(uuid4()), "picture": "pic-ball", "said": "helped"}
    for who in ("shah", "novak"):
        somebody = signed_in(who)
        for address in (week_of(school), "/staff/children/999/week", "/staff/children/x/week"):
            assert somebody.get(address).status_code == 404, (who, address)
            assert somebody.post_form(address, form, "/help/").status_code == 404, (who, address)
    assert signed_in("ali").get(week_of(school, "tomi")).status_code == 404
    duty = signed_in("novak").get(f"/staff/children/{school.pupils['amir']}").get_data(as_text=True)
    assert "Look back with" not in duty
    assert said(app) == []


@pytest.mark.usefixtures("lived")
def test_the_child_says_what_helped_once(app: Flask, school: School, signed_in: SignIn) -> None:
    ali, page = signed_in("ali"), week_of(school)
    found = re.search(r'name="key" value="([^"]+)"', ali.get(page).get_data(as_text=True))
    assert found
    form = {"key": found[1], "picture": "pic-ball", "said": "helped"}
    for _ in range(2):
        assert ali.post_form(page, form, page).status_code == 303
    assert said(app) == [(school.pupils["amir"], "pic-ball", "helped", None)]
    ali.post_form(page, form | {"said": "a_bit"}, page)
    assert len(said(app)) == 1


@pytest.mark.usefixtures("lived")
@pytest.mark.parametrize(
    "other", [{"picture": "sym-drink"}, {"picture": ""}, {"said": "yes"}, {"key": "x"}, {"said": ""}]
)
def test_what_is_none_of_the_childs_cards_is_not_kept(
    app: Flask, school: School, signed_in: SignIn, other: dict[str, str]
) -> None:
    page = week_of(school)
    form = {"key": str(uuid4()), "picture": "pic-ball", "said": "helped"} | other
    ali = signed_in("ali")
    ali.post_form(page, form, page)
    assert said(app) == []
    assert "did not arrive" in ali.get(page).get_data(as_text=True)


@pytest.mark.usefixtures("lived")
def test_earlier_weeks_are_there_too(app: Flask, school: School, signed_in: SignIn) -> None:
    with app.app_context(), writing() as session:
        moved = session.scalars(select(CheckIn).where(CheckIn.pupil_id == school.pupils["amir"])).one()
        session.execute(
            update(CheckIn).where(CheckIn.id == moved.id).values(school_day=moved.school_day - timedelta(days=7))
        )
    ali = signed_in("ali")
    assert "Stormy" not in ali.get(week_of(school)).get_data(as_text=True)
    assert "Stormy" in ali.get(week_of(school) + "?ago=1").get_data(as_text=True)
    for odd in ("-1", "x", "99999999999"):
        assert ali.get(f"{week_of(school)}?ago={odd}").status_code == 200


@pytest.mark.usefixtures("lived")
def test_each_look_is_recorded(app: Flask, school: School, signed_in: SignIn) -> None:
    signed_in("ali").get(week_of(school))
    with app.app_context():
        rows = db.session.scalars(select(AuditEvent).where(AuditEvent.name == "child_seen")).all()
        assert [(row.pupil_id, row.details) for row in rows] == [(school.pupils["amir"], {"part": "week"})]
