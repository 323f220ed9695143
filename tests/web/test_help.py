"""Help is short, in plain words, whole on every page, and there for everyone who signs in and for nobody else."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from pathlib import Path
from urllib.parse import urldefrag, urljoin

import pytest
from flask import Flask

from kiosk.audit import KEYBOARD
from kiosk.school.store import change_setting
from kiosk.web.help.pages import PAGES
from kiosk.web.staff.navigation import PLACES
from kiosk.web.staff.tablet_words import CHOOSE
from tests.cast import School
from tests.client import LintingClient, lint

TEMPLATES = Path(__file__).parents[2] / "templates"
SignIn = Callable[[str], LintingClient]


def links(client: LintingClient, address: str) -> set[str]:
    """The addresses a page points to, without the way out of the signed-in pages."""
    answer = client.get(address, follow_redirects=True)
    assert answer.status_code == 200, address
    tree = lint(answer.get_data(as_text=True))
    found = (urljoin(address, link.get("href", "")) for link in tree.iter("a"))
    return {urldefrag(link).url for link in found}


@pytest.mark.parametrize("who", ["ali", "novak", "bell", "green", "patel"])
def test_every_link_of_every_page_leads_somewhere_this_person_may_go(signed_in: SignIn, who: str) -> None:
    browser = signed_in(who)
    to_walk, walked = {"/help/"}, set()
    while to_walk:
        address = to_walk.pop()
        walked.add(address)
        found = links(browser, address)
        if address.startswith("/help/"):
            to_walk |= found - walked
    assert walked >= {f"/help/{name}" for name in PAGES}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_has_one_heading_that_is_its_title_and_can_be_read_in_two_minutes(
    signed_in: SignIn, name: str
) -> None:
    tree = lint(signed_in("ali").get(f"/help/{name}").get_data(as_text=True))
    assert "".join(tree.find(".//h1").itertext()) == PAGES[name].title  # type: ignore[union-attr]
    words = " ".join(tree.find(".//article").itertext()).split()  # type: ignore[union-attr]
    assert 60 < len(words) < 450


def test_pages_follow_one_another_from_first_to_last(signed_in: SignIn) -> None:
    browser, address, read = signed_in("ali"), "/help/first-minute", []
    while address:
        read.append(address.rsplit("/", 1)[1])
        onward = re.search(r'href="([^"]+)" rel="next"', browser.get(address).get_data(as_text=True))
        address = onward.group(1) if onward else ""
    assert read == list(PAGES)


def written(*folders: str) -> str:
    """Everything that stands in some folders of templates."""
    return unescape(
        "\n".join(page.read_text() for folder in folders for page in (TEMPLATES / folder).glob("*.html"))
    )


def test_what_help_calls_a_button_or_a_place_is_what_stands_there() -> None:
    """Words in <em> are those of the pages; this fails when a page changes its words and help does not."""
    pages = written("staff", "staff/children", "components", "admin", "patterns", "layouts", "tablet") + "".join(
        place.words + "\n" for place in PLACES
    )
    pages += "\n".join(option.words for choice in CHOOSE for option in choice.options)
    named = set(re.findall(r"<em>([^<]+)</em>", written("help")))
    assert len(named) >= 15
    plain = pages.replace("%(minutes)s", "5")
    assert [name for name in sorted(named) if name not in plain] == []


def test_what_help_says_the_tablet_says_is_what_it_says() -> None:
    statuses = (
        written("tablet").replace("{adult}", "Mrs Ali").replace("{asked}", "Mrs Ali").replace("{time}", "10:30")
    )
    said = re.findall(r"<q>([^<]+)</q>", written("help"))
    assert len(said) == 10
    assert [one for one in said if one.replace("Mr Okafor", "Mrs Ali") not in statuses] == []


@pytest.mark.parametrize("address", ["/help/", "/help/who-sees-what"])
def test_who_is_signed_out_and_a_tablet_are_sent_to_sign_in(
    client: LintingClient, school: School, address: str
) -> None:
    assert client.get(address).status_code == 303
    assert client.get(address, headers=school.bearer()).status_code == 303


@pytest.mark.parametrize("name", ["layout", "index", "pages", "../staff/board", "%2e%2e/error", "nothing"])
def test_only_pages_that_are_meant_to_be_read_are_there(signed_in: SignIn, name: str) -> None:
    assert signed_in("ali").get(f"/help/{name}").status_code == 404


def test_the_office_is_linked_only_for_who_may_open_it(signed_in: SignIn) -> None:
    assert "/admin/tablets" in links(signed_in("patel"), "/help/pairing")
    assert "/admin/tablets" not in links(signed_in("ali"), "/help/pairing")
    assert "/patterns/" in links(signed_in("bell"), "/help/today")
    assert "/patterns/" not in links(signed_in("ali"), "/help/today")


def test_the_schools_own_words_and_times_stand_in_it(app: Flask, signed_in: SignIn) -> None:
    with app.app_context():
        change_setting("help_place", "the blue sofa", KEYBOARD)
        change_setting("safe_space_name", "The Nest", KEYBOARD)
        change_setting("answer_within_seconds", "900", KEYBOARD)
    ali = signed_in("ali")
    assert "the blue sofa" in ali.get("/help/no-wifi").get_data(as_text=True)
    assert "The Nest" in ali.get("/help/on-duty").get_data(as_text=True)
    assert "15 minutes" in ali.get("/help/answering").get_data(as_text=True)
