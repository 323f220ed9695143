"""Mrs Ali's phone asks for alerts, shows what is pushed to it, and shows nothing else.

A real push service is not needed: what the browser would be given by one is put in its place, and everything else
is the browser's own.
"""

from __future__ import annotations

import json
from collections.abc import Callable

from playwright.sync_api import Page, expect

from kiosk.alerts import channels
from kiosk.alerts.outbox import claim_next
from kiosk.alerts.phones import phone_of
from kiosk.alerts.rules import SENTENCES
from kiosk.db import utc_now
from tests.browser.patience import eventually
from tests.browser.running import Server
from tests.pushes import AUTH, POINT

Open = Callable[[str], Page]
SUBSCRIPTION = {"endpoint": "https://push.example.com/send/ali", "keys": {"p256dh": POINT, "auth": AUTH}}
SUBSCRIBE = f"PushManager.prototype.subscribe = async () => ({{ toJSON: () => ({json.dumps(SUBSCRIPTION)}) }})"


def open_my_alerts(page: Page) -> None:
    page.locator("details.me summary").click()
    page.get_by_role("link", name="My alerts").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("My alerts")


def test_a_phone_is_added_and_shows_what_is_pushed(
    phone: Open, server: Server, axe: Callable[[Page], None]
) -> None:
    ali = phone("ali")
    ali.context.grant_permissions(["notifications"])
    ali.add_init_script(SUBSCRIBE)
    open_my_alerts(ali)
    axe(ali)
    ali.get_by_role("button", name="Alert this phone").click()
    expect(ali.locator("#notices")).to_contain_text("Alerts come to this phone now.")
    axe(ali)
    with server.database():
        (mine,) = channels.my_channels(server.school.adults["ali"])
        assert mine.name == "My phone"
        message = claim_next("push", utc_now())
        assert message
        assert phone_of(message.address).endpoint == SUBSCRIPTION["endpoint"]

    machinery = PushMachinery(ali, server)
    machinery.deliver(json.dumps({"words": SENTENCES["asked"], "silent": False}))
    shows(ali, SENTENCES["asked"])
    machinery.deliver(json.dumps({"words": SENTENCES["taken"], "silent": True}))
    shows(ali, SENTENCES["taken"])
    for rings in (True, False):  # sent twice, because the first sender was stopped before it could note it
        machinery.deliver(json.dumps({"words": SENTENCES["asked"], "silent": False, "id": 7}))
        shows(ali, SENTENCES["asked"], rings=rings)
    machinery.deliver("nothing that we sent")
    shows(ali, "Open Treetops.")


def test_who_does_not_allow_it_is_told_what_to_do(phone: Open, server: Server) -> None:
    ali = phone("ali")
    ali.add_init_script("Notification.requestPermission = async () => 'denied'")
    open_my_alerts(ali)
    ali.get_by_role("button", name="Alert this phone").click()
    expect(ali.locator("#phone-problem")).to_contain_text("Allow them in the browser’s settings")
    with server.database():
        assert channels.my_channels(server.school.adults["ali"]) == []


def test_without_scripts_the_rest_of_the_page_works(signed_in_page: Callable[..., Page]) -> None:
    ali = signed_in_page("ali", java_script_enabled=False)
    open_my_alerts(ali)
    expect(ali.get_by_role("button", name="Alert this phone")).to_be_hidden()
    expect(ali.locator("#cannot-phone")).to_be_visible()


class PushMachinery:
    """The browser's own: it wakes the staff pages' service worker with what a push service would bring."""

    def __init__(self, page: Page, server: Server) -> None:
        self._devtools = page.context.new_cdp_session(page)
        self._server = server
        self._workers: list[dict[str, str]] = []
        self._devtools.on("ServiceWorker.workerRegistrationUpdated", self._heard)
        self._devtools.send("ServiceWorker.enable")
        for _frame in range(1_000):
            if self._workers:
                return
            page.evaluate("new Promise(requestAnimationFrame)")  # meanwhile the browser tells of its workers
        raise AssertionError("the staff pages have no service worker")

    def deliver(self, data: str) -> None:
        """Deliver a message, decrypted as the browser would have."""
        (worker,) = {each["registrationId"] for each in self._workers}
        self._devtools.send(
            "ServiceWorker.deliverPushMessage",
            {"origin": self._server.url, "registrationId": worker, "data": data},
        )

    def _heard(self, told: dict[str, list[dict[str, str]]]) -> None:
        ours = f"{self._server.url}/staff/"
        self._workers += [each for each in told["registrations"] if each["scopeURL"] == ours]


def shows(page: Page, words: str, *, rings: bool | None = None) -> None:
    """The phone shows this one notification and no other, and rings for it or not where that is said."""
    eventually(
        page,
        """async ([words, rings]) => {
          const shown = await (await navigator.serviceWorker.getRegistration("/staff/")).getNotifications();
          const [first] = shown;
          return shown.length === 1 && first.title === "Treetops" && first.body === words
            && (rings === null || (first.renotify === rings && first.silent === !rings));
        }""",
        [words, rings],
    )
