"""The server is killed without warning while tablets send: whatever got a 2xx is there, once."""

from __future__ import annotations

import http.client
import json
import random
import sqlite3
import threading
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import pytest

from kiosk.db import utc_now
from tests.bench.servers import free_port, running
from tests.cast import School
from tests.conftest import Templates

TABLETS = 4


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_every_check_in_that_got_a_2xx_is_there_once(
    seed: int, sqlite_templates: Templates, copy_database: Callable[[str], str], tmp_path: Path
) -> None:
    url = copy_database(sqlite_templates.with_cast)
    taken: Counter[str] = Counter()
    for _life in range(3):
        port = free_port()
        environ = {"KIOSK_DATABASE_URL": url, "KIOSK_INSTANCE": str(tmp_path), "KIOSK_STREAMS": "4"}
        with running(["-m", "kiosk", "serve", "--port", str(port)], port, **environ) as server:
            enough = threading.Event()
            senders = [
                threading.Thread(
                    target=send_until_killed, args=(port, sqlite_templates.school, taken, enough, wanted)
                )
                for wanted in random.Random(seed).choices(range(5, 60), k=TABLETS)
            ]
            for sender in senders:
                sender.start()
            assert enough.wait(timeout=60), "no tablet got its answers"
            server.kill()
            for sender in senders:
                sender.join()
    file = url.removeprefix("sqlite:///")
    with sqlite3.connect(file) as connection:
        there = Counter(key for (key,) in connection.execute("SELECT key FROM check_in"))
        seen = connection.execute("SELECT count(*) FROM audit_event WHERE name = 'checked_in'").fetchone()[0]
    assert len(taken) > TABLETS
    assert max(there.values()) == 1
    assert set(taken) <= set(there)
    assert seen == len(there), "a check-in and its audit row are one transaction"


def send_until_killed(
    port: int, school: School, taken: Counter[str], enough: threading.Event, wanted: int
) -> None:
    """Send until the server is gone, sending each entry again once as a tablet does; note each 2xx."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    got = 0
    while True:
        key = uuid4()
        entry = {
            "id": str(key),
            "pupil": str(school.pupils["amir"]),
            "step": 2,
            "felt_at": utc_now().isoformat(),
        }
        try:
            for _ in range(2):
                connection.request("POST", "/tablet/check-ins", json.dumps(entry), school.bearer())
                answer = connection.getresponse()
                answer.read()
                if answer.status in (200, 201):
                    taken[key.hex] += 1
                    got += 1
        except (OSError, http.client.HTTPException):
            return
        if got >= wanted:
            enough.set()
