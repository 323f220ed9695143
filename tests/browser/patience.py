"""Waiting for what a page answers later.

Playwright's own ``wait_for_function`` takes a promise for a yes: what a promise brings is never looked at, and the
check cannot fail.
"""

from __future__ import annotations

import time

from playwright.sync_api import Page

PATIENCE_SECONDS = 20
ASKS_EVERY = 50  # milliseconds


def eventually(page: Page, asks: str, arg: object = None) -> None:
    """Ask the page again and again until the promise of this function brings a yes."""
    until = time.monotonic() + PATIENCE_SECONDS
    while not page.evaluate(asks, arg):
        assert time.monotonic() < until, f"it never came to that: {asks}"
        page.wait_for_timeout(ASKS_EVERY)
