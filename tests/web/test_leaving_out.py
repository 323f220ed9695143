"""Leaving a child out of patterns from their page under Children: also in a school without pages over time."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select

from kiosk.audit import Actor, AuditEvent
from kiosk.db import db
from kiosk.school.store import change_setting
from tests.cast import School
from tests.client import LintingClient
from tests.web.children import page_of, read

SignIn = Callable[[str], LintingClient]
WHY = "His parents object."


@pytest.fixture(params=["yes", "no"])
def over_time(app: Flask, request: pytest.FixtureRequest) -> str:
    """Whether the school has the pages of children over time."""
    with app.app_context():
        change_setting("patterns_child", request.param, Actor())
    return str(request.param)


@pytest.fixture
def leave_out(school: School, signed_in: SignIn) -> Callable[..., LintingClient]:
    """Mr Bell leaves Amir out with the form on Amir's page."""

    def left_out(why: str = WHY) -> LintingClient:
        browser, page = signed_in("bell"), page_of(school)
        form = {"why": why, "back": "children"}
        answer = browser.post_form(f"/patterns/children/{school.pupils['amir']}/leave-out", form, page=page)
        assert answer.headers["Location"] == f"{page}#patterns"
        return browser

    return left_out


@pytest.mark.usefixtures("over_time")
def test_it_says_who_decided_and_why_and_can_be_undone(
    app: Flask, school: School, signed_in: SignIn, leave_out: Callable[..., LintingClient]
) -> None:
    said = read(leave_out(), page_of(school))
    assert "Patterns over weeks Left out of patterns since" in said
    assert f"by Mr Bell: {WHY}" in said
    green, page = signed_in("green"), page_of(school)
    back = green.post_form(
        f"/patterns/children/{school.pupils['amir']}/bring-back", {"back": "children"}, page=page
    )
    assert back.headers["Location"] == f"{page}#patterns"
    assert "Leave Amir Khan out of patterns" in read(green, page)
    with app.app_context():
        events = db.session.scalars(
            select(AuditEvent).where(AuditEvent.name.like("%patterns")).order_by(AuditEvent.id)
        ).all()
    assert [(event.name, event.pupil_id) for event in events] == [
        ("left_out_of_patterns", school.pupils["amir"]),
        ("back_in_patterns", school.pupils["amir"]),
    ]


@pytest.mark.usefixtures("over_time")
def test_nobody_is_left_out_without_a_reason(school: School, leave_out: Callable[..., LintingClient]) -> None:
    said = read(leave_out(" "), page_of(school))
    assert "Say in a sentence why" in said
    assert "Leave Amir Khan out of patterns" in said


def test_a_school_without_pages_over_time_comes_back_to_the_page_it_has(
    app: Flask, school: School, signed_in: SignIn
) -> None:
    with app.app_context():
        change_setting("patterns_child", "no", Actor())
    browser, page = signed_in("bell"), page_of(school)
    answer = browser.post_form(f"/patterns/children/{school.pupils['amir']}/leave-out", {"why": WHY}, page=page)
    assert answer.headers["Location"] == f"{page}#patterns"


@pytest.mark.usefixtures("over_time")
def test_a_friendly_hello_is_asked_for_there(school: School, signed_in: SignIn) -> None:
    browser, page = signed_in("bell"), page_of(school)
    assert "Ask every adult for a friendly hello this week" in read(browser, page)
    browser.post_form(f"/patterns/hello/{school.pupils['amir']}", {"hello": "ask"}, page=page)
    assert "On the friendly-hello list until" in read(browser, page)
    hello = read(browser, "/patterns/hello")
    assert "Amir Khan" in hello
    assert "A child is put on this list from their own page under Children." in hello


def test_who_is_left_out_is_not_asked_to_be_greeted(
    school: School, leave_out: Callable[..., LintingClient]
) -> None:
    assert "friendly hello this week" not in read(leave_out(), page_of(school))


@pytest.mark.parametrize("who", ["ali", "novak"])
def test_an_adult_or_duty_is_told_nothing_of_it(
    school: School, signed_in: SignIn, leave_out: Callable[..., LintingClient], who: str
) -> None:
    leave_out()
    browser, page = signed_in(who), page_of(school)
    said = read(browser, page)
    assert not [words for words in (WHY, "out of patterns", "Patterns over weeks") if words in said]
    for what in ("leave-out", "bring-back"):
        refused = browser.post_form(f"/patterns/children/{school.pupils['amir']}/{what}", {"why": WHY}, page=page)
        assert refused.status_code == 403
