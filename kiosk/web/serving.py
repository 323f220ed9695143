"""Serving: waitress with threads for its work, and one more for each live board.

Measured (docs/decisions.md): waitress gives each request a thread, so open event streams would starve its four;
``channel_request_lookahead=1`` is what lets it notice that a streaming client has gone.
"""

from __future__ import annotations

import gc
import logging
import signal
import socket
from collections.abc import Callable, Iterator
from functools import partial
from types import FrameType
from typing import Any

from flask import Flask
from waitress.server import create_server

from kiosk.alerts.doorbell import Doorbell
from kiosk.alerts.listener import RingListener
from kiosk.alerts.reaching import keep_boards_open
from kiosk.alerts.sending import KINDS, Sender
from kiosk.alerts.store import doorbell
from kiosk.chats.store import tick
from kiosk.config import Settings
from kiosk.db import db, utc_now
from kiosk.patterns.different.making import make_this_weeks_list
from kiosk.people.own_pictures import forget_pictures_of_leavers
from kiosk.refusal import Refusal
from kiosk.web.repeating import Repeating

SPARE_CONNECTIONS = 700
CLOCK_EVERY_SECONDS = 1.0
LOOK_FOR_MESSAGES_EVERY_SECONDS = 1.0
KEEP_CLAIMS_EVERY_SECONDS = 5.0
SAY_WHO_LISTENS_EVERY_SECONDS = 45.0
LOOK_FOR_A_NEW_WEEK_EVERY_SECONDS = 60.0
FORGET_LEAVERS_PICTURES_EVERY_SECONDS = 3600.0
SENDERS = 3
"""Messages that may be on their way at once, to phones and as many to mail and the rest: a slow mail server holds
up neither the phones nor the clock."""
COLLECT_AFTER_OBJECTS = 10_000
LARGEST_BODY = 16 * 1024 * 1024


class CannotListen(Refusal):
    """The address cannot be served on; the message is a sentence."""


def collect_garbage_seldom() -> None:
    """What was made while starting stays for good; of the thousands of objects of a page hardly any is a cycle.

    The collector would look at the new ones after every 700 of them: a thirtieth of what a page costs.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(COLLECT_AFTER_OBJECTS)


def serve(app: Flask, settings: Settings, *, ready: Callable[[], None]) -> None:
    """Serve until told to stop; ``ready`` is called once connections are taken.

    Raises:
        CannotListen: the address is in use or not ours.
    """
    server = listen(app, settings)
    with app.app_context():
        bell = doorbell()
        listener = RingListener(db.engine, bell)
    # A thread more for each live board. All of them from the start would cost every check-in a sixth of its time:
    # waitress wakes its idle threads in turn, and the next one in turn is always a cold one.
    bell.on_seats_changed = lambda boards: server.task_dispatcher.set_thread_count(settings.workers + boards)
    sender = Sender()
    beside = [
        Repeating("chat-clock", app, CLOCK_EVERY_SECONDS, tick),
        Repeating("weekly-list", app, LOOK_FOR_A_NEW_WEEK_EVERY_SECONDS, make_this_weeks_list),
        Repeating("leavers-pictures", app, FORGET_LEAVERS_PICTURES_EVERY_SECONDS, forget_pictures_of_leavers),
        Repeating("open-boards", app, SAY_WHO_LISTENS_EVERY_SECONDS, say_who_listens),
        *_sending(app, sender),
    ]
    listener.start()
    for thread in beside:
        thread.start()
    collect_garbage_seldom()
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # it warns whenever a request waits at all
    _stop_on_signals(bell)
    ready()
    try:
        server.run()
    finally:
        sender.close()
        for thread in beside:
            thread.stop_soon()
        for thread in beside:
            thread.stop()
        listener.stop()


def say_who_listens() -> None:
    """Write down whose boards are live in this process: the chain then knows who would hear of a request."""
    keep_boards_open(doorbell().adults_listening(), utc_now())


def _sending(app: Flask, sender: Sender) -> Iterator[Repeating]:
    for kind in KINDS:
        send = partial(sender.send_due, kind)
        for number in range(1, SENDERS + 1):
            yield Repeating(f"alerts-{kind}-{number}", app, LOOK_FOR_MESSAGES_EVERY_SECONDS, send)
    yield Repeating("alerts-claims", app, KEEP_CLAIMS_EVERY_SECONDS, sender.keep_claims)


def listen(app: Flask, settings: Settings) -> Any:
    """A server that has its address and enough threads, not yet serving (waitress's own object).

    Raises:
        CannotListen: the address is in use or not ours.
    """
    try:
        return create_server(
            app,
            host=settings.host,
            port=settings.port,
            threads=settings.workers,
            connection_limit=settings.streams + SPARE_CONNECTIONS,
            channel_request_lookahead=1,
            max_request_body_size=LARGEST_BODY,
            # Who may be believed is decided in create_app; waitress would take a proxy's headers away before that.
            clear_untrusted_proxy_headers=not settings.trusted_proxy,
            asyncore_use_poll=True,
            ident=None,
        )
    except (OSError, ValueError) as error:  # ValueError: waitress does not know the host
        raise _cannot_listen(settings, error) from error


def check_address(settings: Settings) -> None:
    """Find out before any work is done whether the address can be served on.

    Raises:
        CannotListen: the address is in use or not ours.
    """
    try:
        family, kind, protocol, _name, address = socket.getaddrinfo(
            settings.host, settings.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        raise _cannot_listen(settings, error) from error


def _cannot_listen(settings: Settings, error: OSError | ValueError) -> CannotListen:
    why = error.strerror if isinstance(error, OSError) else "no such host"
    return CannotListen(
        f"Cannot serve on {settings.host}:{settings.port} ({why}). "
        "Stop what uses it, or set KIOSK_HOST and KIOSK_PORT to an address that is free."
    )


def _stop_on_signals(bell: Doorbell) -> None:
    """Stop within a moment when told to: open boards are let go first, else waitress would wait for them."""

    def stop(_signal: int, _frame: FrameType | None) -> None:
        bell.close()
        raise SystemExit(0)

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
