"""How often something may be tried: high enough that no class ever meets a limit, low enough to stop guessing.

Counted in this process's memory with the ``limits`` library. Flask-Limiter, built on it, cost a check-in a
tenth of its time for looking at routes that have no limit, and the library's own memory another for the threads
it starts to forget what is over (docs/decisions.md).
"""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import wraps
from math import ceil
from threading import Lock
from typing import Any, TypeVar

from flask import Flask, current_app, g, request
from limits import parse_many
from limits.storage import Storage
from limits.strategies import FixedWindowRateLimiter
from werkzeug.exceptions import TooManyRequests

PAIRING = "20 per minute; 100 per hour"
SIGN_IN = "10 per minute; 60 per hour"
"""For each account name from each address."""
SIGN_IN_ADDRESS = "120 per minute"
"""From each address, whatever the names: a whole staff room behind one address signs in within a minute, but
nobody keeps the server busy with checking passwords."""
TABLET = "30000 per minute"
"""For each tablet: about what one can send without a pause; only a broken program meets it."""

FEED = "60 per minute"
"""For each token of a feed: a dashboard asks a few times an hour."""

SWEEP_SECONDS = 60

View = TypeVar("View", bound=Callable[..., Any])


def init_limits(app: Flask) -> None:
    """Begin counting anew for this application."""
    app.extensions["limits"] = FixedWindowRateLimiter(InMemory())


class InMemory(Storage):
    """Counts in this process, forgotten once a minute by whoever counts next."""

    def __init__(self) -> None:
        super().__init__()
        self._lock = Lock()
        self._counted: dict[str, tuple[int, float]] = {}
        """For each key how often, and until when that counts."""
        self._sweep_at = 0.0

    @property
    def base_exceptions(self) -> type[Exception]:
        """What can go wrong here: nothing that the library would have to know of."""
        return ValueError

    def incr(self, key: str, expiry: float, amount: int = 1) -> int:
        """Count once more, for ``expiry`` seconds from the first time on; how often it is now."""
        now = time.time()
        with self._lock:
            if now >= self._sweep_at:
                self._sweep_at = now + SWEEP_SECONDS
                self._counted = {one: kept for one, kept in self._counted.items() if kept[1] > now}
            number, until = self._counted.get(key, (0, 0.0))
            if until <= now:
                number, until = 0, now + expiry
            self._counted[key] = number + amount, until
            return number + amount

    def get(self, key: str) -> int:
        """How often so far."""
        number, until = self._counted.get(key, (0, 0.0))
        return number if until > time.time() else 0

    def get_expiry(self, key: str) -> float:
        """When counting begins anew."""
        return self._counted.get(key, (0, time.time()))[1]

    def check(self) -> bool:
        """Whether it can count."""
        return True

    def reset(self) -> int:
        """Forget everything; how many keys that were."""
        with self._lock:
            number = len(self._counted)
            self._counted.clear()
        return number

    def clear(self, key: str) -> None:
        """Forget one."""
        with self._lock:
            self._counted.pop(key, None)


def at_most(
    limit: str, key: Callable[[], str], *, when: Callable[[], bool] = lambda: True
) -> Callable[[View], View]:
    """Answer 429 when a view is asked for more often than ``limit`` ("20 per minute; 100 per hour").

    Args:
        limit: one or more limits, all of which must hold.
        key: whose tries are counted together.
        when: whether this request counts at all.
    """
    items = parse_many(limit)

    def limited(view: View) -> View:
        @wraps(view)
        def counted(*args: Any, **kwargs: Any) -> Any:
            if when():
                counter: FixedWindowRateLimiter = current_app.extensions["limits"]
                whose = key()
                for item in items:
                    if not counter.hit(item, view.__name__, key.__name__, whose):
                        again_at = counter.get_window_stats(item, view.__name__, key.__name__, whose).reset_time
                        raise TooManyRequests(retry_after=max(1, ceil(again_at - time.time())))
            return view(*args, **kwargs)

        return counted  # type: ignore[return-value]

    return limited


def by_address() -> str:
    """Count for each address."""
    return request.remote_addr or ""


def by_tablet() -> str:
    """Count for each tablet, not for each address: a whole school may share one."""
    return str(g.tablet.id)


def by_feed() -> str:
    """Count for each token."""
    return str(g.feed.id)


def by_account() -> str:
    """Count for each account name from each address: one person's slips must not lock the staff room out."""
    return f"{request.remote_addr} {request.form.get('email', '').strip().lower()[:254]}"
