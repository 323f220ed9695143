"""Ms Patel changes how the school runs; what cannot be comes back with the reason, and every change is a row."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select

from kiosk.audit import AuditEvent
from kiosk.db import db
from kiosk.school.settings import SETTINGS
from kiosk.school.store import settings
from tests.client import LintingClient, lint

SignIn = Callable[[str], LintingClient]


def test_every_setting_stands_there_with_its_meaning_and_value(signed_in: SignIn) -> None:
    tree = lint(signed_in("patel").get("/admin/settings").get_data(as_text=True))
    for name, setting in SETTINGS.items():
        form = tree.find(f".//form[@id='{name}']")
        assert form is not None, name
        said = "".join(form.itertext())
        assert setting.meaning in said
        if setting.choices:
            assert [option.get("value") for option in form.iter("option")] == list(setting.choices)
        else:
            assert form.find(f".//input[@id='{name}-value']") is not None


def test_a_setting_with_few_values_offers_them_all_and_no_other() -> None:
    for name, setting in SETTINGS.items():
        assert all(setting.problem(choice) is None for choice in setting.choices), name
        assert not setting.choices or setting.default in setting.choices, name


def test_a_change_is_kept_and_recorded(app: Flask, signed_in: SignIn) -> None:
    patel = signed_in("patel")
    answer = patel.post_form("/admin/settings/school_name", {"value": " Hazelwood Primary "}, "/admin/settings")
    assert answer.status_code == 303
    page = patel.get(answer.headers["Location"]).get_data(as_text=True)
    assert "School name is changed." in page
    assert 'value="Hazelwood Primary"' in page
    with app.app_context():
        assert settings()["school_name"] == "Hazelwood Primary"
        row = db.session.scalars(
            select(AuditEvent).where(AuditEvent.name == "setting_changed").order_by(AuditEvent.id.desc())
        ).first()
        assert row
        assert row.details == {"name": "school_name", "old": "Our school", "new": "Hazelwood Primary"}
        assert row.account_id is not None


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("school_hours", "15:30-08:30"),
        ("school_days", "someday"),
        ("answer_within_seconds", "0"),
        ("answer_within_seconds", "ten"),
        ("timezone", "Middle/Earth"),
        ("timezone", "../../etc/passwd"),
        ("scale_direction", "sideways"),
        ("two_person_close", ""),
        ("school_name", ""),
        ("school_name", "a\nb"),
        ("school_name", "x" * 100_000),
    ],
)
def test_a_refused_value_comes_back_with_the_reason_beside_it(
    app: Flask, signed_in: SignIn, name: str, value: str
) -> None:
    with app.app_context():
        before = dict(settings())
    answer = signed_in("patel").post_form(f"/admin/settings/{name}", {"value": value}, "/admin/settings")
    assert answer.status_code == 422
    problem = lint(answer.get_data(as_text=True)).find(f".//form[@id='{name}']//*[@id='{name}-problem']")
    assert problem is not None
    assert "cannot be" in "".join(problem.itertext())
    with app.app_context():
        assert settings() == before


def test_there_is_no_setting_by_another_name(signed_in: SignIn) -> None:
    answer = signed_in("patel").post_form("/admin/settings/secret_key", {"value": "x"}, "/admin/settings")
    assert answer.status_code == 404


def test_a_teacher_changes_nothing(app: Flask, signed_in: SignIn) -> None:
    answer = signed_in("ali").post_form("/admin/settings/school_name", {"value": "Mine"}, "/help/")
    assert answer.status_code == 403
    with app.app_context():
        assert settings()["school_name"] == "Our school"
