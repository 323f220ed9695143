"""Work that is done again and again beside the requests, for as long as the server lives."""

from __future__ import annotations

import threading
from collections.abc import Callable

from flask import Flask


class Repeating(threading.Thread):
    """A background thread that calls something inside the application, again and again."""

    def __init__(self, name: str, app: Flask, every_seconds: float, call: Callable[[], object]) -> None:
        super().__init__(name=name, daemon=True)
        self._app = app
        self._every = every_seconds
        self._call = call
        self._stop_now = threading.Event()

    def stop_soon(self) -> None:
        """Ask the thread to end; returns at once."""
        self._stop_now.set()

    def stop(self) -> None:
        """End the thread; returns when it has ended."""
        self.stop_soon()
        self.join(timeout=10)

    def run(self) -> None:
        """Call until stopped; a fault is logged, and the next call comes all the same."""
        while not self._stop_now.wait(self._every):
            try:
                with self._app.app_context():
                    self._call()
            except Exception:
                self._app.logger.exception("%s failed; trying again", self.name)
