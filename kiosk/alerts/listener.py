"""Hears rings from other processes and passes them to this process's doorbell.

PostgreSQL tells us (LISTEN). SQLite cannot, but counts the commits of other processes (``PRAGMA data_version``),
which costs nothing to look at.
"""

from __future__ import annotations

import json
import logging
import threading
from contextlib import suppress

from sqlalchemy import Engine

from kiosk.alerts.doorbell import Doorbell
from kiosk.alerts.store import CHANNEL, all_revisions

LOOK_EVERY_SECONDS = 0.25
TRY_AGAIN_SECONDS = 1.0

log = logging.getLogger(__name__)


class RingListener(threading.Thread):
    """A background thread that lives as long as the server."""

    def __init__(self, engine: Engine, doorbell: Doorbell) -> None:
        super().__init__(name="ring-listener", daemon=True)
        self._engine = engine
        self._doorbell = doorbell
        self._stop_now = threading.Event()

    def stop(self) -> None:
        """End the thread; returns when it has ended."""
        self._stop_now.set()
        self.join(timeout=10)

    def run(self) -> None:
        """Listen until stopped; a lost database is tried again every second."""
        listen = self._listen_on_postgresql if self._engine.dialect.name == "postgresql" else self._watch_sqlite
        while not self._stop_now.is_set():
            try:
                listen()
            except Exception:
                log.exception("The doorbell between processes is broken; trying again.")
                self._stop_now.wait(TRY_AGAIN_SECONDS)

    def _listen_on_postgresql(self) -> None:
        with self._engine.connect() as connection:
            raw = connection.connection.driver_connection
            assert raw is not None
            raw.autocommit = True
            try:
                raw.execute(f"LISTEN {CHANNEL}")
                self._catch_up()
                while not self._stop_now.is_set():
                    for notice in raw.notifies(timeout=LOOK_EVERY_SECONDS, stop_after=1):
                        self._doorbell.ring({int(a): r for a, r in json.loads(notice.payload).items()})
            finally:
                with suppress(Exception):
                    connection.invalidate()  # never back into the pool while it listens

    def _watch_sqlite(self) -> None:
        raw = self._engine.raw_connection()
        try:
            seen = None
            while not self._stop_now.is_set():
                version = raw.cursor().execute("PRAGMA data_version").fetchone()
                if version != seen:
                    seen = version
                    self._catch_up()
                self._stop_now.wait(LOOK_EVERY_SECONDS)
        finally:
            raw.close()

    def _catch_up(self) -> None:
        """Ring what was missed while nobody listened."""
        with self._engine.connect() as connection:
            self._doorbell.ring(all_revisions(connection))
