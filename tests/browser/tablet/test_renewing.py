"""A newer page comes to the tablet by itself, and never while a child is using it."""

from __future__ import annotations

import shutil
from pathlib import Path

from playwright.sync_api import expect

from tests.browser.patience import eventually
from tests.browser.tablet.way import Way

NEWER = "A newer page"
HOLD_TAKING_OVER = """() => {
  const send = ServiceWorker.prototype.postMessage;
  ServiceWorker.prototype.postMessage = function (...words) { window.takeOver = () => send.apply(this, words); };
}"""
"""A newer page takes its time to take over: on an old tablet, seconds."""
TAKES_OVER = """() => new Promise((done) => {
  navigator.serviceWorker.addEventListener("controllerchange", () => setTimeout(done, 100, true));
  takeOver();
})"""
KEPT_VERSIONS = "caches.keys().then((names) => names.filter((name) => name !== 'treetops-sounds'))"
LOOK_FOR_A_NEWER_PAGE = """() => navigator.serviceWorker.ready.then(async (worker) => {
  await worker.update();
  const coming = worker.installing ?? worker.waiting;
  if (coming.state === "installed") return;
  await new Promise((done) => coming.addEventListener("statechange", done, { once: true }));
})"""


def publish_a_newer_page(way: Way, folder: Path) -> None:
    """What an update of the server would bring: one of the page's files is another one."""
    static = Path(way.server.app.static_folder or "")
    newer = folder / "static"
    shutil.copytree(static, newer)
    start = newer / "js" / "tablet" / "main.js"
    start.write_text(start.read_text("utf-8") + f'\ndocument.title = "{NEWER}";\n', "utf-8")
    way.server.app.static_folder = str(newer)


def test_a_newer_page_takes_over_once_the_child_has_finished(way: Way, tmp_path: Path) -> None:
    way.page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    before = way.page.evaluate(KEPT_VERSIONS)
    publish_a_newer_page(way, tmp_path)
    way.press("Amir", "3 Wobbly", "Mrs Ali")
    way.page.evaluate(LOOK_FOR_A_NEWER_PAGE)
    way.sees("Ask Mrs Ali?")
    expect(way.page).to_have_title("Treetops")
    way.press("Yes, ask").sees("We have asked Mrs Ali.")
    way.press("Start")
    expect(way.page).to_have_title(NEWER)
    way.sees("Who are you?")
    after = way.page.evaluate(KEPT_VERSIONS)
    assert len(after) == 1
    assert after != before
    assert [chat.state for chat in way.chats()] == ["asked"]


def test_a_child_who_comes_while_a_newer_page_takes_over_is_not_thrown_out(way: Way, tmp_path: Path) -> None:
    eventually(way.page, "() => Boolean(navigator.serviceWorker.controller)")
    publish_a_newer_page(way, tmp_path)
    way.page.evaluate(HOLD_TAKING_OVER)
    way.page.evaluate(LOOK_FOR_A_NEWER_PAGE)
    way.press("Amir", "Start", "Amir", "3 Wobbly").sees("Would you like to talk to someone?")
    way.stays()
    assert way.page.evaluate(TAKES_OVER)
    way.sees("Would you like to talk to someone?")
    expect(way.page).to_have_title("Treetops")
    way.press("Start")
    expect(way.page).to_have_title(NEWER)
    way.sees("Who are you?")
