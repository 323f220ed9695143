"""The tablet protocol answers each kind of entry with the listed status."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from kiosk.db import utc_now
from tests.cast import School
from tests.client import LintingClient


def check_in(school: School, **changes: Any) -> dict[str, Any]:
    return {
        "id": str(uuid4()),
        "pupil": str(school.pupils["amir"]),
        "step": 3,
        "felt_at": utc_now().isoformat(),
    } | changes


def test_a_new_check_in_is_201_and_the_same_again_200(client: LintingClient, school: School) -> None:
    entry = check_in(school)
    statuses = [client.post("/tablet/check-ins", json=entry, headers=school.bearer()).status_code for _ in "12"]
    assert statuses == [201, 200]


@pytest.mark.parametrize("step", [0, 6, "3", 3.0, True, None, [3]])
def test_a_step_of_the_wrong_type_is_422_with_a_sentence(client: LintingClient, school: School, step: Any) -> None:
    answer = client.post("/tablet/check-ins", json=check_in(school, step=step), headers=school.bearer())
    assert answer.status_code == 422
    assert answer.get_json()["errors"] == {"step": "Send a whole number from 1 to 5."}
