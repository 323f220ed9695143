"""Sends what the outbox holds. Any number of senders may run, in any number of processes."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from flask import current_app

from kiosk.alerts.carriers import NeverAgain, NotNow, carry
from kiosk.alerts.outbox import Message, claim_next, keep_claim, mark_never, mark_not_now, mark_sent
from kiosk.config import Settings
from kiosk.db import utc_now
from kiosk.wording import N_

KINDS = ("push", "apprise")


class Sender:
    """The sending of one process; several threads may call it at once, inside an application context each."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._on_the_way: set[Message] = set()
        self._closed = False

    def send_due(self, kind: str) -> int:
        """Send what is due to one kind of channel, one after another; how many were tried."""
        tried = 0
        while not self._closed and (message := claim_next(kind, utc_now())):
            with self._being_sent(message):
                _send(message)
            tried += 1
        return tried

    def keep_claims(self) -> None:
        """Keep what is on its way for another lease: a slow server must not make somebody else send it again."""
        with self._lock:
            on_the_way = list(self._on_the_way)
        for message in on_the_way:
            keep_claim(message, utc_now())

    def close(self) -> None:
        """Begin nothing more: the server stops."""
        self._closed = True

    @contextmanager
    def _being_sent(self, message: Message) -> Iterator[None]:
        with self._lock:
            self._on_the_way.add(message)
        try:
            yield
        finally:
            with self._lock:
                self._on_the_way.remove(message)


def _send(message: Message) -> None:
    """Send one message, outside any transaction, and write down what came of it."""
    settings = current_app.extensions["settings"]
    assert isinstance(settings, Settings)
    try:
        carry(message, settings.instance, to_loopback=settings.push_to_loopback)
    except NeverAgain as never:
        mark_never(message, str(never), utc_now())
    except NotNow as not_now:
        mark_not_now(message, str(not_now), utc_now())
    except Exception as fault:  # one address that trips a library must not stop the others
        current_app.logger.error("A message could not be sent (%s)", type(fault).__name__)
        mark_not_now(message, N_("something went wrong on our side"), utc_now())
    else:
        mark_sent(message, utc_now())
