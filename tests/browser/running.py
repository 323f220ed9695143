"""A real server, as ``kiosk serve`` runs it, in a thread of the test; it can be stopped and started again."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from flask import Flask
from waitress import wasyncore

from kiosk import create_app
from kiosk.alerts.listener import RingListener
from kiosk.alerts.store import doorbell
from kiosk.config import Settings
from kiosk.db import db
from kiosk.web.serving import listen
from tests.cast import School

ENDS_WITHIN_SECONDS = 10


class Server:
    """A server on a free port of this machine, with the cast in its database."""

    def __init__(self, settings: Settings, school: School) -> None:
        self.school = school
        self.app: Flask = create_app(settings)
        self._settings = settings
        self._waitress: Any = None
        self._thread: threading.Thread | None = None
        self._listener: RingListener | None = None

    @property
    def url(self) -> str:
        """The address, without a slash at the end; the same after stopping and starting."""
        return f"http://127.0.0.1:{self._settings.port}"

    def start(self) -> None:
        """Take connections from now on."""
        self._waitress = listen(self.app, self._settings)
        self._settings = replace(self._settings, port=self._waitress.effective_port)
        with self.app.app_context():
            bell = doorbell()
            self._listener = RingListener(db.engine, bell)
        dispatcher, workers = self._waitress.task_dispatcher, self._settings.workers
        bell.on_seats_changed = lambda boards: dispatcher.set_thread_count(workers + boards)
        self._listener.start()
        self._thread = threading.Thread(target=self._waitress.run, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Refuse connections from now on, as if the cable were pulled. Stopping twice is stopping once."""
        if self._thread is None or self._listener is None:
            return
        waitress = self._waitress
        # Its loop ends by itself once nothing is left to wait for; only its own thread may take things away.
        with suppress(OSError):  # its descriptor is gone when the loop has ended already
            waitress.trigger.pull_trigger(lambda: wasyncore.close_all(waitress._map, ignore_all=True))
        self._thread.join(ENDS_WITHIN_SECONDS)
        with self.app.app_context():
            doorbell().on_seats_changed = None  # a board that leaves now must not bring threads back
        with suppress(OSError):  # an answer cut off now tells the loop, whose own descriptor is gone already
            waitress.task_dispatcher.shutdown(cancel_pending=True, timeout=ENDS_WITHIN_SECONDS)
        self._listener.stop()
        self._thread = None

    @contextmanager
    def database(self) -> Iterator[None]:
        """Use the stores directly, as an adult or the office would through their pages."""
        with self.app.app_context():
            yield
            db.session.remove()

    def close(self) -> None:
        """Stop, and let the database go."""
        self.stop()
        with self.app.app_context():
            db.engine.dispose()


def settings_of_server(folder: Path, database_url: str, secret: str) -> Settings:
    """Settings of a server on any free port."""
    return Settings(
        instance=folder, database_url=database_url, secret_key=secret, host="127.0.0.1", port=0, streams=12
    )
