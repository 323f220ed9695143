"""What counts tries in memory: how often, until when, and that nothing is kept for ever."""

from __future__ import annotations

import threading

import pytest
import time_machine
from limits import parse
from limits.strategies import FixedWindowRateLimiter

from kiosk.web.limits import InMemory


@pytest.fixture
def clock():
    with time_machine.travel(1_000_000, tick=False) as travelled:
        yield travelled


def test_it_counts_up_to_the_limit_and_anew_when_the_time_is_over(clock):
    counter, limit = FixedWindowRateLimiter(InMemory()), parse("2 per minute")
    assert [counter.hit(limit, "amir") for _ in range(3)] == [True, True, False]
    assert counter.hit(limit, "zofia")
    assert counter.get_window_stats(limit, "amir").reset_time == 1_000_060
    clock.shift(59)
    assert not counter.hit(limit, "amir")
    clock.shift(1)
    assert counter.hit(limit, "amir")


def test_what_is_over_is_forgotten(clock):
    kept = InMemory()
    for number in range(1000):
        kept.incr(f"somebody {number}", 60)
    clock.shift(61)
    kept.incr("somebody else", 60)
    assert kept.reset() == 1


def test_many_at_once_are_all_counted():
    kept = InMemory()
    threads = [threading.Thread(target=lambda: [kept.incr("tablet", 60) for _ in range(500)]) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert kept.get("tablet") == 4000


def test_counting_starts_no_thread():
    before = threading.active_count()
    kept = InMemory()
    for _ in range(100):
        kept.incr("tablet", 60)
    assert threading.active_count() == before
