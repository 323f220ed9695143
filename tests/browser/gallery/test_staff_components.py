"""Every component of the staff's pages in every state: accessible, in the light and the dark, inside a phone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

from playwright.sync_api import BrowserContext, Page

from tests.browser.conftest import PHONE_SIZE
from tests.browser.running import Server
from tests.gallery.staff_examples import STAFF_EXAMPLES

SEEN_IN: tuple[tuple[Literal["light", "dark"], str], ...] = (("light", "ltr"), ("dark", "rtl"))
SIDEWAYS = "document.documentElement.scrollWidth - innerWidth"


def test_every_component_is_accessible_and_inside_a_phone(
    gallery: Server, open_context: Callable[..., BrowserContext], axe: Callable[[Page], None]
) -> None:
    phone: dict[str, Any] = {"viewport": PHONE_SIZE, "reduced_motion": "reduce"}
    page = open_context(**phone).new_page()
    for example in STAFF_EXAMPLES:
        for scheme, direction in SEEN_IN:
            page.emulate_media(color_scheme=scheme)
            page.goto(f"{gallery.url}/gallery/staff/{example.name}?direction={direction}")
            assert page.evaluate(SIDEWAYS) <= 0, (example.name, direction)
            axe(page)
