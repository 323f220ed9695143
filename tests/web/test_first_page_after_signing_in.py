"""Signing in leads to the page one came for, and from the front door to the page of one's own work."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.cast import PASSWORD, email_of
from tests.client import LintingClient


@pytest.mark.parametrize(
    ("who", "asked_for", "led_to"),
    [
        ("ali", "/staff/", "/staff/"),
        ("novak", "/staff/", "/staff/"),
        ("green", "/staff/", "/staff/"),
        ("bell", "/staff/", "/patterns/"),
        ("patel", "/staff/", "/admin/"),
        ("ali", "/help/answering", "/help/answering"),
        ("green", "/patterns/?day=2026-09-14", "/patterns/?day=2026-09-14"),
    ],
)
def test_signing_in_leads_to_where_one_can_work(sqlite_app: Flask, who: str, asked_for: str, led_to: str) -> None:
    browser: LintingClient = sqlite_app.test_client()  # type: ignore[assignment]
    form = browser.get(asked_for).headers["Location"]
    entered = {"email": email_of(who), "password": PASSWORD, "csrf_token": browser.csrf(form)}
    answer = browser.post(form, data=entered, follow_redirects=True)
    assert answer.status_code == 200
    assert answer.request.full_path.rstrip("?") == led_to
