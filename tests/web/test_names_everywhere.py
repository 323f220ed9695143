"""A screen with hidden names shows none on any page: what cannot do without them asks first."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import timedelta
from html import unescape

import pytest
import time_machine
from flask import url_for

from kiosk.db import utc_now
from kiosk.web.staff.glance import COVERED, HOLDS_NO_NAMES, TURNED_AWAY_SECONDS
from tests.cast import School
from tests.client import LintingClient
from tests.web.patterns_school import SignIn, words_of
from tests.web.test_access_table import House, house  # noqa: F401 - the cast at work, with something on every page

CHILDREN = ("Amir", "Khan", "Zofia", "Nowak", "Tomi", "Adeyemi")
ASKS = "This page shows children’s names"
ENDLESS = frozenset({"staff.ring", "staff.doorbell"})
"""Streams that do not end, of numbers alone."""


def press_hide(browser: LintingClient, hide: str = "yes") -> None:
    browser.post("/staff/names", data={"hide": hide, "csrf_token": browser.csrf()})


def turn_away(browser: LintingClient, page: str) -> str:
    """Press "nobody else sees it"; where it leads."""
    form = {"page": page, "csrf_token": browser.csrf()}
    return browser.post("/staff/names/turned-away", data=form).headers["Location"]


def addresses(of: House, method: str, *, but: Collection[str]) -> list[tuple[str, str]]:
    """Each endpoint that may show names, with an address of it."""
    with of.app.test_request_context():
        return [
            (rule.endpoint, url_for(rule.endpoint, **of.arguments(rule)))
            for rule in of.app.url_map.iter_rules()
            if method in (rule.methods or ())
            and rule.endpoint.partition(".")[0] in COVERED
            and rule.endpoint not in but
        ]


@pytest.fixture
def green(signed_in: SignIn) -> LintingClient:
    """The safeguarding lead, who may open nearly every page, at a screen that others see."""
    browser = signed_in("green")
    press_hide(browser)
    return browser


def test_no_page_that_is_open_shows_a_child(house: House) -> None:  # noqa: F811
    """Every address there is, asked for by somebody who sees all: no name, no picture, whatever the page."""
    shown, asked = [], 0
    browsers = {who: house.browser_of(who) for who in ("green", "bell", "ali", "novak", "patel")}
    for browser in browsers.values():
        browser.set_cookie("treetops_names", "hidden")
    for endpoint, address in addresses(house, "GET", but=ENDLESS):
        for who, browser in browsers.items():
            page = browser.get(address, follow_redirects=True).data.decode("utf-8", "replace")
            asked += ASKS in page
            if any(re.search(rf"\b{name}\b", page) for name in CHILDREN):
                shown.append((endpoint, who))
    assert shown == []
    assert asked > 60


def test_no_title_names_a_child(house: House) -> None:  # noqa: F811
    """A browser shows titles in its tabs and keeps them in its history: on a shared computer others read them."""
    titles = []
    green = house.browser_of("green")
    for endpoint, address in addresses(house, "GET", but=ENDLESS):
        page = green.get(address, follow_redirects=True).data.decode("utf-8", "replace")
        if title := re.search(r"<title>(.*?)</title>", page[: page.find("</head>")], re.DOTALL):
            titles.append((endpoint, title[1]))
    assert [one for one in titles if any(name in one[1] for name in CHILDREN)] == []
    assert len(titles) > 45


def test_no_form_that_is_refused_shows_a_child(house: House) -> None:  # noqa: F811
    """Every form there is, sent empty from a screen with hidden names: what comes back asks first as well."""
    shown, asked = [], 0
    browsers = {who: house.browser_of(who) for who in ("green", "ali", "novak")}
    for browser in browsers.values():
        browser.set_cookie("treetops_names", "hidden")
    for endpoint, address in addresses(house, "POST", but={"staff.names", "staff.screen_turned_away"}):
        for who, browser in browsers.items():
            page = browser.post(address, data={"csrf_token": browser.csrf()}).data.decode("utf-8", "replace")
            asked += ASKS in page
            if any(re.search(rf"\b{name}\b", page) for name in CHILDREN):
                shown.append((endpoint, who))
    assert shown == []
    assert asked > 10


def test_what_was_written_is_kept_behind_the_question(house: House) -> None:  # noqa: F811
    """A quarter of an hour is short for a long note: it comes back once somebody says that nobody else sees it."""
    ali = house.browser_of("ali")
    with house.app.test_request_context():
        (rule,) = (one for one in house.app.url_map.iter_rules() if one.endpoint == "staff.write_outcome")
        address = url_for(rule.endpoint, **house.arguments(rule))
    press_hide(ali)
    wrote = {
        "did": ["drew", "sat"],
        "note": "Drew “lions” & <ships>.",
        "what": "Ask her again",
        "on": "2040-01-01",
    }
    asked = ali.post(address, data=wrote | {"csrf_token": ali.csrf()})
    assert asked.status_code == 422
    page = asked.get_data(as_text=True)
    assert not any(name in page for name in CHILDREN)
    assert ASKS in page
    carried = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)"', page)
    form: dict[str, list[str]] = {}
    for name, value in carried:
        form.setdefault(name, []).append(unescape(value))
    back = ali.post(address, data=form)
    assert back.status_code == 422, "that day is still too far away"
    page = back.get_data(as_text=True)
    assert any(name in page for name in CHILDREN)
    assert "Drew “lions” &amp; &lt;ships&gt;.</textarea>" in page
    assert "Cover them again" in page
    assert any(name in ali.get(address).get_data(as_text=True) for name in CHILDREN), "and stays open for a while"


def test_every_page_that_is_said_to_hold_no_names_is_there(house: House) -> None:  # noqa: F811
    assert house.app.view_functions.keys() >= HOLDS_NO_NAMES


def test_it_asks_once_and_then_opens_for_a_quarter_of_an_hour(school: School, green: LintingClient) -> None:
    address = f"/patterns/children/{school.pupils['amir']}?period=year"
    assert ASKS in words_of(green, address)
    assert turn_away(green, address) == address
    assert "Amir Khan" in words_of(green, address)
    assert "Cover them again" in words_of(green, "/staff/children/")
    assert "Amir" not in words_of(green, "/staff/"), "the board stays as it is"
    with time_machine.travel(utc_now() + timedelta(seconds=TURNED_AWAY_SECONDS + 1), tick=False):
        assert ASKS in words_of(green, "/staff/children/")


def test_what_was_just_done_is_said_once_the_page_is_open(school: School, green: LintingClient) -> None:
    """The quarter of an hour ended while a form was open: what it says names a child."""
    page = f"/staff/children/{school.pupils['amir']}/week"
    form = {"tablet": "", "page": page, "csrf_token": green.csrf()}
    green.post(f"{page}/tablet", data=form)
    asked = words_of(green, page)
    assert ASKS in asked
    assert "Amir" not in asked
    green.post("/staff/names/turned-away", data=form)
    assert "Amir’s week is not open on any tablet." in words_of(green, page)


def test_covering_again(green: LintingClient) -> None:
    turn_away(green, "/staff/children/")
    green.post("/staff/names/turned-back", data={"csrf_token": green.csrf()})
    assert ASKS in words_of(green, "/staff/children/")


def test_hiding_again_covers_again(green: LintingClient) -> None:
    turn_away(green, "/staff/children/")
    press_hide(green)
    assert ASKS in words_of(green, "/staff/children/")


def test_where_names_are_shown_nothing_asks(signed_in: SignIn) -> None:
    browser = signed_in("green")
    assert "Amir Khan" in words_of(browser, "/staff/children/")
    press_hide(browser)
    press_hide(browser, "no")
    said = words_of(browser, "/staff/children/")
    assert "Amir Khan" in said
    assert "Cover them again" not in said


@pytest.mark.parametrize("page", ["https://elsewhere.example/", "//elsewhere.example", "/\\elsewhere", "", "x"])
def test_it_leads_nowhere_else(green: LintingClient, page: str) -> None:
    assert turn_away(green, page) == "/staff/home"


def test_who_may_not_see_a_page_learns_no_more(signed_in: SignIn) -> None:
    browser = signed_in("ali")
    press_hide(browser)
    turn_away(browser, "/patterns/")
    assert browser.get("/patterns/").status_code == 403
