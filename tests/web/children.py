"""What the tests of the pages about a child share."""

from __future__ import annotations

from flask import Flask
from sqlalchemy import select

from kiosk.audit import AuditEvent
from kiosk.db import db
from tests.cast import School
from tests.client import LintingClient, lint

LIST = "/staff/children/"


def page_of(school: School, who: str = "amir", part: str = "") -> str:
    """The address of a page about a child: ``page_of(school, "amir", "/card")``."""
    return f"{LIST}{school.pupils[who]}{part}"


def said(page: str) -> str:
    """The words of a page's main part, one space between them."""
    main = lint(page).find(".//main")
    assert main is not None
    return " ".join(" ".join(main.itertext()).split())


def read(browser: LintingClient, address: str) -> str:
    """The words of the page at an address."""
    answer = browser.get(address)
    assert answer.status_code == 200, answer.status
    return said(answer.get_data(as_text=True))


def looks(app: Flask, name: str = "child_seen") -> list[tuple[int | None, dict[str, object]]]:
    """Which looks were kept: the pupil and the details of each."""
    with app.app_context():
        rows = db.session.scalars(select(AuditEvent).where(AuditEvent.name == name).order_by(AuditEvent.id))
        return [(row.pupil_id, row.details) for row in rows]
