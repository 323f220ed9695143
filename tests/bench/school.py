"""The school under measurement: the cast, and as many adults on duty as boards are opened."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from flask import Flask
from flask_security.utils import hash_password

from kiosk import create_app
from kiosk.config import Settings, load_settings
from kiosk.db import db, utc_now, writing
from kiosk.migrations import migrate_database
from kiosk.people.models import Account, Adult, Role
from tests.cast import School, build_school


@dataclass
class BenchSchool:
    """A school in a folder, ready to be served."""

    folder: Path
    cast: School
    cookies: list[str]
    """One signed-in session for each adult on duty."""

    def check_in(self) -> bytes:
        """The body of a new check-in."""
        entry = {
            "id": str(uuid4()),
            "pupil": str(self.cast.pupils["amir"]),
            "step": 3,
            "felt_at": utc_now().isoformat(),
        }
        return json.dumps(entry).encode()

    def request(self) -> bytes:
        """The body of a new request to whoever is on duty."""
        entry = {
            "id": str(uuid4()),
            "pupil": str(self.cast.pupils["amir"]),
            "adult": None,
            "check_in": None,
            "asked_at": utc_now().isoformat(),
            "when": "now",
        }
        return json.dumps(entry).encode()


def make_school(folder: Path, boards: int) -> BenchSchool:
    """Build the school with ``boards`` adults on duty, each signed in."""
    settings: Settings = load_settings({"KIOSK_INSTANCE": str(folder)})
    app = create_app(settings)
    with app.app_context():
        migrate_database()
        cast = build_school()
        cookies = _adults_on_duty(app, boards)
        db.session.remove()
        db.engine.dispose()
    return BenchSchool(folder, cast, cookies)


def _adults_on_duty(app: Flask, count: int) -> list[str]:
    password = hash_password("only-for-the-benchmark")
    serializer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
    cookies = []
    with writing() as session:
        roles = session.query(Role).filter(Role.name.in_(["adult", "duty"])).all()
        for number in range(count):
            adult = Adult(given_name="Duty", family_name=str(number), called=f"Duty {number}", picture="oak-1")
            session.add(adult)
            session.flush()
            key = uuid4().hex
            session.add(
                Account(
                    email=f"duty{number}@hazelwood.example",
                    password=password,
                    fs_uniquifier=key,
                    created_at=utc_now(),
                    adult_id=adult.id,
                    roles=list(roles),
                )
            )
            cookies.append("session=" + serializer.dumps({"_user_id": key, "_fresh": True, "_permanent": True}))
    return cookies
