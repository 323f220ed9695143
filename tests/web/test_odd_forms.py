"""What no keyboard types is refused on every form, on both databases, and nothing of it is kept."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import func, select

from kiosk.chats.models import Concern, Outcome
from kiosk.db import db
from tests.cast import School
from tests.client import LintingClient
from tests.web.a_talk import write
from tests.web.test_telling_the_lead import tell

SignIn = Callable[[str], LintingClient]


def test_a_form_with_a_nul_in_it_is_refused(app: Flask, ali: LintingClient, talk: str, school: School) -> None:
    assert write(ali, talk, note="He drew\0a boat.").status_code == 400
    assert tell(ali, words="He drew\0a boat.").status_code == 400
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Outcome)) == 0
        assert db.session.scalar(select(func.count()).select_from(Concern)) == 0


@pytest.mark.parametrize("address", ["/staff/children/?find=%00", "/staff/concerns/new?chat=%00"])
def test_an_address_with_a_nul_in_it_is_refused(school: School, signed_in: SignIn, address: str) -> None:
    assert signed_in("ali").get(address).status_code == 400
