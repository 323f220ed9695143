"""Every page of the adults, reached as a person reaches it: by following the links of a believable school.

Somebody of each role signs in to the demo school and follows every link there is, one of each kind. Each kind
of page answers, breaks no accessibility rule in light or dark, and is not wider than a small phone. What no link
leads to is named with its reason, so that no page is forgotten.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from urllib.parse import urlsplit

import pytest
from flask import Flask
from playwright.sync_api import BrowserContext, Page
from sqlalchemy import select
from werkzeug.exceptions import HTTPException

from kiosk.alerts.channels import add_apprise
from kiosk.audit import KEYBOARD, Actor
from kiosk.chats.concerns import raise_concern
from kiosk.chats.store import Asker
from kiosk.db import db
from kiosk.demo.build import SignIn, ready_demo
from kiosk.migrations import migrate_database
from kiosk.patterns.out.feeds import SCOPES, make_feed
from kiosk.people.models import Account, Adult
from kiosk.school.calendar import Span
from kiosk.school.date_rules import SchoolSpan
from kiosk.school.dates import add_dates
from kiosk.school.store import local_now
from tests.browser.pages.conftest import fits_its_screen
from tests.browser.running import Server, settings_of_server
from tests.cast import School
from tests.conftest import SECRET
from tests.web.test_access_table import ACCESS, EVERYONE, FEEDS, NOBODY, TABLETS

WIDE, NARROW = {"width": 1440, "height": 900}, {"width": 320, "height": 640}
NOT_A_PAGE = (
    "export_",
    "_export",
    "manifest",
    "service_worker",
    "static",
    "healthz",
    "readyz",
)
"""Files to keep, and what browsers and machines ask for."""


@pytest.fixture(scope="module")
def hazelwood(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, tuple[SignIn, ...]]]:
    """The demo school on a running server, and its ways in."""
    folder = tmp_path_factory.mktemp("hazelwood")
    server = Server(settings_of_server(folder, f"sqlite:///{folder / 'demo.sqlite3'}", SECRET), School())
    with server.database():
        migrate_database()
        demo = ready_demo(lambda _line: None)
        add_what_a_demo_lacks()
    server.start()
    yield server, demo.sign_ins
    server.close()


def add_what_a_demo_lacks() -> None:
    """One of each thing that has a page of its own, and that no newcomer needs to find."""
    ali, green = (account_of(called) for called in ("Mrs Ali", "Mrs Green"))
    add_apprise(ali.adult_id, "Classroom", "json://localhost", KEYBOARD)
    add_dates(SchoolSpan("closed", Span(date(2027, 2, 15), date(2027, 2, 19), "Half-term")), KEYBOARD)
    make_feed("Governors' dashboard", SCOPES, local_now().date(), Actor(account_id=green.id))
    raise_concern(Asker(ali.adult_id, ali.id, sees_all=False), "He came without a coat again.")


def account_of(called: str) -> Account:
    return db.session.scalars(select(Account).join(Adult).where(Adult.called == called)).one()


def test_every_page_can_be_reached_and_read_by_everybody(
    hazelwood: tuple[Server, tuple[SignIn, ...]],
    open_context: Callable[..., BrowserContext],
    axe: Callable[[Page], None],
) -> None:
    server, sign_ins = hazelwood
    looked_at: set[str] = set()
    broken: list[str] = []
    for one in sign_ins:
        page = open_context(viewport=WIDE, reduced_motion="reduce").new_page()
        sign_in(page, server, one)
        for address, endpoint in walk(page, server):
            if endpoint not in looked_at:
                looked_at.add(endpoint)
                broken += [f"{address} ({one.role}): {wrong}" for wrong in faults_of(page, axe)]
        page.context.close()
    assert broken == []
    assert sorted(pages_there_are(server.app) - looked_at) == sorted(NO_LINK_LEADS_THERE)


def sign_in(page: Page, server: Server, one: SignIn) -> None:
    page.goto(f"{server.url}/staff/sign-in")
    page.locator("[name=email]").fill(one.email)
    page.locator("[name=password]").fill(one.password)
    page.locator("[name=password]").press("Enter")
    page.wait_for_url(lambda url: "sign-in" not in url)


def walk(page: Page, server: Server) -> Iterator[tuple[str, str]]:
    """Every kind of page that links lead to from where somebody arrives; the page is open when it is given."""
    waiting, seen = [page.url], set[str]()
    while waiting:
        address = waiting.pop(0)
        endpoint = endpoint_of(server, address)
        if endpoint in seen:
            continue
        seen.add(endpoint)
        answer = page.goto(address)
        assert answer is not None
        assert answer.status == 200, f"{address} answers {answer.status}"
        yield address, endpoint
        waiting += [link for link in links_of(page) if is_a_page(server, link)]


def links_of(page: Page) -> list[str]:
    """Where a page leads, its folded parts included."""
    found: list[str] = page.evaluate("[...document.links].map((link) => link.href.split('#')[0])")
    return list(dict.fromkeys(found))


def is_a_page(server: Server, address: str) -> bool:
    endpoint = endpoint_of(server, address) if address.startswith(f"{server.url}/") else ""
    return bool(endpoint) and not any(part in endpoint for part in NOT_A_PAGE)


def endpoint_of(server: Server, address: str) -> str:
    """Which view answers an address; nothing when none does with GET."""
    try:
        return server.app.url_map.bind("127.0.0.1").match(urlsplit(address).path, method="GET")[0]
    except HTTPException:
        return ""


def faults_of(page: Page, axe: Callable[[Page], None]) -> list[str]:
    """What is not as it must be, in light and dark, and on a small phone."""
    faults = []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        try:
            axe(page)
        except AssertionError as error:
            faults.append(f"in the {scheme}: {error}")
    page.set_viewport_size(NARROW)
    if not fits_its_screen(page):
        faults.append("wider than a small phone")
    page.set_viewport_size(WIDE)
    return faults


def pages_there_are(app: Flask) -> set[str]:
    """Every view of adults that a browser shows as a page."""
    shown = {rule.endpoint for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())}
    not_for_adults = (EVERYONE, TABLETS, NOBODY, *FEEDS)
    adults = {endpoint for endpoint, who in ACCESS.items() if who not in not_for_adults}
    return {endpoint for endpoint in shown & adults if not any(part in endpoint for part in NOT_A_PAGE)}


NO_LINK_LEADS_THERE = {
    "admin.invited": "it follows inviting a tablet, and has a test of its own",
    "staff.board": "a part of the board, which its script asks for",
    "staff.duty_requests": "a part of the duty board, which its script asks for",
    "staff.own_picture": "a picture",
    "staff.recorded_sound": "a sound",
    "staff.ring": "the bell that a board listens to",
    "staff.tablet_preview": "it stands in a frame of the page beside it: the tablet's own screens, tested there",
    "staff.tablet_preview_roster": "the preview's script asks for it",
}
"""Each with its reason."""
