"""Behind as many proxies as KIOSK_TRUSTED_PROXY says their word counts; without one, nobody's does."""

from __future__ import annotations

import http.client
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

import pytest
from waitress import wasyncore

from kiosk import create_app
from kiosk.web.serving import listen
from tests.conftest import Templates, settings_for

FORWARDED = {
    "X-Forwarded-For": "198.51.100.7",
    "X-Forwarded-Proto": "https",
    "X-Forwarded-Host": "treetops.example",
}


@contextmanager
def serving(folder: Path, url: str, proxies: int) -> Iterator[int]:
    """A real server that trusts so many proxies; its port."""
    settings = settings_for(folder, url, trusted_proxy=proxies)
    app = create_app(settings)
    server = listen(app, replace(settings, port=0))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        yield server.effective_port
    finally:
        with suppress(OSError):  # an answer that ends just now may have closed the loop's descriptor
            server.trigger.pull_trigger(lambda: wasyncore.close_all(server._map, ignore_all=True))
        thread.join(10)
        with suppress(OSError):
            server.task_dispatcher.shutdown(cancel_pending=True, timeout=10)


@pytest.mark.parametrize(("proxies", "is_secure"), [(0, False), (1, True)])
def test_https_is_believed_of_a_proxy_and_of_nobody_else(
    proxies: int,
    is_secure: bool,
    sqlite_templates: Templates,
    copy_database: Callable[[str], str],
    tmp_path: Path,
) -> None:
    with serving(tmp_path, copy_database(sqlite_templates.empty), proxies) as port:
        connection = http.client.HTTPConnection("127.0.0.1", port)
        connection.request("GET", "/staff/", headers=FORWARDED)
        answer = connection.getresponse()
        answer.read()
        connection.request("GET", "/staff/sign-in", headers=FORWARDED)
        form = connection.getresponse()
        form.read()
        connection.close()
    assert answer.status == 303
    assert (answer.headers["Strict-Transport-Security"] is not None) == is_secure
    assert ("Secure" in form.headers["Set-Cookie"]) == is_secure
