"""Somebody lends their voice: in the browser, with the form it is part of."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256

from playwright.sync_api import Page, expect

from kiosk.voices.store import recordings
from tests.browser.running import Server
from tests.browser.tablet.test_languages import SIDEWAYS

YES = f"/staff/recordings/ur/phrase-{sha256(b'Yes').hexdigest()[:12]}"


def test_a_voice_is_recorded_heard_and_kept(
    server: Server, phone: Callable[[str], Page], axe: Callable[[Page], None]
) -> None:
    page = phone("ali")
    page.context.grant_permissions(["microphone"])
    page.goto(server.url + YES)
    axe(page)
    page.get_by_role("button", name="Record", exact=True).click()
    page.get_by_text("Recording: at most 10 seconds.").wait_for()
    # the microphone of the tests has beeped
    page.wait_for_function("() => document.querySelector('[data-passed]').value > 0.5")
    page.get_by_role("button", name="Stop").click()
    expect(page.get_by_label("What you recorded")).to_be_visible()
    page.get_by_label("They know that children hear this voice").check()
    axe(page)
    assert page.evaluate(SIDEWAYS) == 0
    page.get_by_role("button", name="Keep", exact=True).click()
    expect(page.get_by_text("The recording is kept.")).to_be_visible()
    expect(page.get_by_text("Lent by Mrs Ali")).to_be_visible()
    axe(page)
    assert page.evaluate(SIDEWAYS) == 0
    with server.database():
        assert list(recordings("ur")) == ["phrase:Yes"]


def test_without_leave_to_use_the_microphone_a_file_can_still_be_chosen(
    server: Server, desktop: Callable[[str], Page]
) -> None:
    page = desktop("ali")
    page.goto(server.url + YES)
    page.evaluate("() => { navigator.mediaDevices.getUserMedia = () => Promise.reject(new Error()); }")
    page.get_by_role("button", name="Record", exact=True).click()
    expect(page.get_by_text("This browser may not use the microphone.")).to_be_visible()
    expect(page.get_by_label("Or a sound file")).to_be_enabled()
