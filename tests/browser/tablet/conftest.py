"""The Oak class tablet as a child meets it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Page

from kiosk.alerts.reaching import keep_boards_open
from kiosk.db import utc_now
from tests.browser.running import Server
from tests.browser.tablet.way import HEARS_AT_ONCE, UNHURRIED, Way


@pytest.fixture(autouse=True)
def boards_open(server: Server) -> None:
    """Everybody's board stands open: what a child asks is heard by whoever is here."""
    with server.database():
        keep_boards_open(server.school.adults.values(), utc_now() + timedelta(days=400))


@pytest.fixture
def open_way(server: Server, open_tablet: Callable[..., Page]) -> Callable[..., Way]:
    """Opens a tablet on its start screen.

    ``clock=True`` to move its time by hand. However slow the machine of the tests is: ``prompt=True`` for a tablet
    that has always heard what waits for a child before anybody has read the screen, ``unhurried=True`` for one on
    which what can be taken back can be until the child does the next thing.
    """

    def open_one(
        which: str = "oak",
        *,
        clock: bool = False,
        prompt: bool = False,
        unhurried: bool = False,
        **more: object,
    ) -> Way:
        page = open_tablet(which, **more)
        if clock:
            page.clock.install()
        if prompt:
            page.add_init_script(HEARS_AT_ONCE)
        if unhurried:
            page.add_init_script(UNHURRIED)
        return Way(page, server).open()

    return open_one


@pytest.fixture
def way(open_way: Callable[..., Way]) -> Way:
    """The Oak tablet on its start screen."""
    return open_way()
