"""The doorbell wakes exactly those who wait for it."""

from __future__ import annotations

import threading

from kiosk.alerts.doorbell import Doorbell

PATIENCE_SECONDS = 20


def test_a_ring_wakes_every_board_of_that_adult_and_no_other() -> None:
    bell = Doorbell(most_listeners=10)
    heard: list[tuple[int, int]] = []
    waiting = [
        threading.Thread(target=lambda: heard.append((1, bell.wait(1, 0, PATIENCE_SECONDS)))) for _ in range(3)
    ]
    for thread in waiting:
        thread.start()
    bell.ring({1: 5})
    for thread in waiting:
        thread.join(PATIENCE_SECONDS)
    assert heard == [(1, 5)] * 3
    assert bell.wait(2, 0, timeout=0) == 0


def test_a_ring_before_the_wait_is_not_missed() -> None:
    bell = Doorbell(most_listeners=1)
    bell.ring({1: 3})
    assert bell.wait(1, 2, timeout=0) == 3


def test_an_older_ring_changes_nothing() -> None:
    bell = Doorbell(most_listeners=1)
    bell.ring({1: 7})
    bell.ring({1: 4})
    assert bell.wait(1, 4, timeout=0) == 7
    assert bell.wait(1, 7, timeout=0) == 7


def test_there_are_only_so_many_places() -> None:
    bell = Doorbell(most_listeners=2)
    assert [bell.sit_down(1) for _ in range(3)] == [True, True, False]
    bell.stand_up(1)
    assert bell.sit_down(1)
    assert bell.listening == 2


def test_closing_ends_every_wait_and_gives_out_no_more_places() -> None:
    bell = Doorbell(most_listeners=2)
    heard: list[int] = []
    waiting = threading.Thread(target=lambda: heard.append(bell.wait(1, 4, 10 * PATIENCE_SECONDS)))
    waiting.start()
    bell.close()
    waiting.join(PATIENCE_SECONDS)
    assert heard == [4]
    assert not bell.sit_down(1)
