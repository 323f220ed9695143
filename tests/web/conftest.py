"""Pages are tested on a school morning, whatever the time of the machine: "in ten minutes" must be today."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import time_machine

from tests.clock import school_morning


@pytest.fixture(autouse=True)
def _on_a_school_morning() -> Iterator[None]:
    with time_machine.travel(school_morning(), tick=True):
        yield
