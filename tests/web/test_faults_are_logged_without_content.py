"""A fault is logged with what it was and where, never with what was sent: that is a child's."""

from __future__ import annotations

import logging
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from kiosk.db import db
from kiosk.feelings import store as feelings
from tests.cast import School
from tests.client import LintingClient
from tests.web.test_protocol_statuses import check_in

ODD_KEY = "0dd0dd0d-0000-4000-8000-000000000777"


def test_a_broken_rule_of_the_database_is_logged_without_the_row(
    app: Flask, client: LintingClient, school: School, caplog: pytest.LogCaptureFixture
) -> None:
    with app.app_context():
        db.session.execute(text("DROP TABLE audit_event"))
        db.session.commit()
    status, said = tap(client, school, caplog)
    assert status == 503
    assert "audit_event" in said
    assert "/tablet/check-ins" in said
    assert "audit.py" in said
    assert ODD_KEY not in said


def test_a_fault_of_our_own_is_logged_without_its_message(
    client: LintingClient, school: School, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_down(entry: Any, _tablet: Any) -> bool:
        raise LookupError(str(entry))

    monkeypatch.setattr(feelings, "add_check_in", break_down)
    status, said = tap(client, school, caplog)
    assert status == 503
    assert "LookupError" in said
    assert "in break_down" in said
    assert ODD_KEY not in said


def test_what_a_statement_was_given_is_not_in_its_error(app: Flask) -> None:
    with app.app_context(), pytest.raises(DBAPIError) as broken:
        db.session.execute(text("SELECT :what FROM nowhere"), {"what": ODD_KEY})
    assert "nowhere" in str(broken.value)
    assert ODD_KEY not in str(broken.value)


def tap(client: LintingClient, school: School, caplog: pytest.LogCaptureFixture) -> tuple[int, str]:
    """Send a check-in; the status, and everything that was logged."""
    with caplog.at_level(logging.DEBUG):
        answer = client.post("/tablet/check-ins", json=check_in(school, id=ODD_KEY), headers=school.bearer())
    return answer.status_code, caplog.text
