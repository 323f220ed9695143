"""Waiting for what a page answers later, and letting no time go by on it.

Playwright's own ``wait_for_function`` takes a promise for a yes: what a promise brings is never looked at, and the
check cannot fail.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from playwright.sync_api import Error, Page

PATIENCE_SECONDS = 20
ASKS_EVERY = 50  # milliseconds


def eventually(page: Page, asks: str, arg: object = None) -> None:
    """Ask the page again and again until the promise of this function brings a yes."""
    until_true(page, lambda: bool(page.evaluate(asks, arg)), asks)


def until_true(page: Page, is_so: Callable[[], bool], what: str) -> None:
    """Let the page go on until this is so."""
    until = time.monotonic() + PATIENCE_SECONDS
    while not is_so():
        assert time.monotonic() < until, f"it never came to that: {what}"
        page.wait_for_timeout(ASKS_EVERY)


def stop_time(page: Page) -> None:
    """On a page with a clock time goes on only where the test lets it, from about a second after now."""
    try:
        _pause_in_a_second(page)
    except Error:  # that second was over before the page heard of it; now its time stands still
        _pause_in_a_second(page)


def _pause_in_a_second(page: Page) -> None:
    page.clock.pause_at(page.evaluate("Date.now() + 1000") / 1000)
