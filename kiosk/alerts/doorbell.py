"""The doorbell: wakes the live boards of exactly the adults whose board changed.

It carries a revision number for one adult and nothing else, so that nobody can learn from it that something
happened to somebody else. The database holds the truth (``bell``); this is only the fast way to hear of it.
"""

from __future__ import annotations

import threading
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping


class Doorbell:
    """Revisions by adult, and the threads waiting for the next one."""

    def __init__(self, most_listeners: int) -> None:
        self._most = most_listeners
        self._listening: Counter[int] = Counter()
        self.on_seats_changed: Callable[[int], None] | None = None
        """Told how many boards are live whenever that changes, so that a server can have a thread for each."""
        self._closed = False
        self._lock = threading.Lock()
        self._revision: dict[int, int] = {}
        self._changed: dict[int, threading.Condition] = defaultdict(threading.Condition)

    def ring(self, revisions: Mapping[int, int]) -> None:
        """Wake everyone who waits for one of these adults."""
        for adult_id, revision in revisions.items():
            changed = self._condition(adult_id)
            with changed:
                if revision > self._revision.get(adult_id, 0):
                    self._revision[adult_id] = revision
                    changed.notify_all()

    def wait(self, adult_id: int, heard: int, timeout: float) -> int:
        """The adult's revision once it is past ``heard``; ``heard`` after ``timeout`` seconds, or when closed."""
        changed = self._condition(adult_id)
        until = time.monotonic() + timeout
        with changed:
            while self._revision.get(adult_id, 0) <= heard:
                left = until - time.monotonic()
                if self._closed or left <= 0 or not changed.wait(left):
                    return max(heard, self._revision.get(adult_id, 0))
            return self._revision[adult_id]

    def sit_down(self, adult_id: int) -> bool:
        """Take a place for this adult's live board; False when all are taken and the board must poll."""
        with self._lock:
            if self._closed or self._listening.total() >= self._most:
                return False
            self._listening[adult_id] += 1
            self._tell_seats()
            return True

    def stand_up(self, adult_id: int) -> None:
        """Give the place back."""
        with self._lock:
            self._listening[adult_id] -= 1
            self._tell_seats()

    def close(self) -> None:
        """End every wait now and give out no more places: the server stops, and boards need not hold it up."""
        with self._lock:
            self._closed = True
            self.on_seats_changed = None  # a board that leaves now must not bring threads back
            waiting = list(self._changed.values())
        for changed in waiting:
            with changed:
                changed.notify_all()

    @property
    def is_closed(self) -> bool:
        """Whether the server stops."""
        return self._closed

    @property
    def listening(self) -> int:
        """How many boards are live."""
        return self._listening.total()

    def adults_listening(self) -> set[int]:
        """Whose boards are live in this process."""
        with self._lock:
            return {adult_id for adult_id, boards in self._listening.items() if boards > 0}

    def _tell_seats(self) -> None:
        if self.on_seats_changed is not None:
            self.on_seats_changed(self._listening.total())

    def _condition(self, adult_id: int) -> threading.Condition:
        with self._lock:
            return self._changed[adult_id]
