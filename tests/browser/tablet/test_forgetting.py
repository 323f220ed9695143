"""A tablet that was removed forgets everything, and one that was never paired knows nothing."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect
from sqlalchemy import select

from kiosk.audit import KEYBOARD
from kiosk.db import db
from kiosk.people.models import Tablet
from kiosk.people.tablets import invite_tablet, revoke_tablet
from tests.browser.conftest import Console
from tests.browser.patience import eventually
from tests.browser.running import Server
from tests.browser.tablet.way import GONE, Way

WHAT_IS_LEFT = """async () => ({
  databases: (await indexedDB.databases()).map((one) => one.name),
  caches: await caches.keys(),
  workers: (await navigator.serviceWorker.getRegistrations()).length,
  settings: localStorage.length + sessionStorage.length,
})"""
SAME = "Object.keys(wanted).every((what) => String(left[what]) === String(wanted[what]))"
NOTHING = {"databases": [], "caches": [], "workers": 0, "settings": 0}


def revoke(server: Server) -> None:
    with server.database():
        tablet_id = db.session.scalar(select(Tablet.id).where(Tablet.name == "Oak tablet"))
        assert tablet_id is not None
        assert revoke_tablet(tablet_id, KEYBOARD)


def test_a_removed_tablet_forgets_everything(open_way: Callable[..., Way], console: Console) -> None:
    console.expect("401")
    way = open_way(clock=True).ask_mrs_ali()
    expect(way.page.locator(".stations")).to_be_visible()
    way.page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    assert way.page.evaluate(WHAT_IS_LEFT) != NOTHING
    revoke(way.server)
    way.sees("This tablet is not ready")
    expect_left(way.page, NOTHING)
    for name in ("Amir", "Zofia", "Ali"):
        assert name not in way.words()
    way.page.reload()
    way.sees("This tablet is not ready")
    expect_left(way.page, NOTHING)


def test_taps_not_sent_yet_are_forgotten_with_the_rest(way: Way, console: Console) -> None:
    console.expect(f"401|{GONE}")
    way.page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    way.server.stop()
    way.press("Amir", "3 Wobbly", "Not now")
    revoke(way.server)
    way.server.start()
    way.page.evaluate("dispatchEvent(new Event('online'))")
    way.sees("This tablet is not ready")
    expect_left(way.page, NOTHING)
    assert way.check_ins() == []


def test_a_device_that_was_never_paired_shows_nobody_and_can_be_paired(
    server: Server, open_context: Callable[..., object], console: Console
) -> None:
    console.expect("401")
    page: Page = open_context().new_page()  # type: ignore[attr-defined]
    page.goto(server.url)
    expect(page.locator("#question")).to_have_text("This tablet is not ready")
    expect(page.get_by_role("link", name="Set up this tablet")).to_have_attribute("href", "/pair")
    expect_left(page, NOTHING)
    with server.database():
        code = invite_tablet("Birch corner", ["Birch"], KEYBOARD)
    page.get_by_role("link", name="Set up this tablet").click()
    page.get_by_label("Code").fill(code)
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Pair this tablet").click()
    expect(page.locator(".tile")).to_have_text(["Tomi"], use_inner_text=True)


def test_what_the_staff_pages_keep_in_the_same_browser_stays(
    server: Server, open_context: Callable[..., object], console: Console
) -> None:
    console.expect("401")
    page: Page = open_context().new_page()  # type: ignore[attr-defined]
    page.add_init_script("localStorage.setItem('muted', 'yes'); sessionStorage.setItem('alerts-heard', '7')")
    page.goto(server.url)
    expect(page.locator("#question")).to_have_text("This tablet is not ready")
    expect_left(page, {**NOTHING, "settings": 2})


def expect_left(page: Page, wanted: object) -> None:
    """Until exactly this is left on the tablet."""
    eventually(page, f"wanted => ({WHAT_IS_LEFT})().then((left) => {SAME})", wanted)
