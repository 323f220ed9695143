"""The doorbell: a stream that tells a live board "look again", and nothing else.

Each open stream holds a thread and a place, so the places are counted, a client that has gone is noticed within
seconds, and nothing of the database is held while waiting.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

from flask import Response, request
from flask.typing import ResponseReturnValue

from kiosk.alerts.doorbell import Doorbell
from kiosk.alerts.reaching import keep_board_open
from kiosk.alerts.store import doorbell, revision_of
from kiosk.db import utc_now
from kiosk.web.access import allow, asker
from kiosk.web.staff import blueprint

LOOK_EVERY_SECONDS = 2.0
"""How often a stream looks whether its client is still there."""
HEARTBEAT_SECONDS = 15.0
"""A silent stream says something this often, so that no proxy between takes it for dead."""
LONGEST_SECONDS = 600.0
"""Then the client comes back through the gate: an account closed meanwhile hears no more."""
COME_BACK_MILLISECONDS = 2000
FULL = "All places for live boards are taken. Ask /staff/board every few seconds instead.\n"


@blueprint.get("/doorbell")
@allow("adult", "duty", "dsl", live=True)
def ring() -> ResponseReturnValue:
    """The revisions of the signed-in adult's board, as they grow."""
    bell, me = doorbell(), asker().adult_id
    keep_board_open(me, utc_now())
    if not bell.sit_down(me):
        return Response(FULL, 503, {"Retry-After": "5"}, mimetype="text/plain")
    place = _Place(bell, me)
    try:
        gone: Callable[[], bool] = request.environ.get("waitress.client_disconnected", _never)
        answer = Response(revisions(bell, me, revision_of(me), gone), mimetype="text/event-stream")
    except BaseException:
        place.give_back()
        raise
    # Called when the server is done with the answer, also when its first byte was never asked for (HEAD).
    answer.call_on_close(place.give_back)
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["X-Accel-Buffering"] = "no"
    return answer


def revisions(bell: Doorbell, adult_id: int, heard: int, gone: Callable[[], bool]) -> Iterator[str]:
    """The lines of one stream: the revision at once, then each time it grows, until client or server goes.

    Args:
        bell: this process's doorbell.
        adult_id: whose board.
        heard: the revision now.
        gone: whether the client has disconnected.
    """
    yield f"retry: {COME_BACK_MILLISECONDS}\ndata: {heard}\n\n"
    began = said = time.monotonic()
    while not (gone() or bell.is_closed) and time.monotonic() - began < LONGEST_SECONDS:
        revision = bell.wait(adult_id, heard, LOOK_EVERY_SECONDS)
        if revision > heard:
            heard, said = revision, time.monotonic()
            yield f"data: {revision}\n\n"
        elif time.monotonic() - said >= HEARTBEAT_SECONDS:
            said = time.monotonic()
            yield ": still here\n\n"


class _Place:
    """A place for a live board, given back once."""

    def __init__(self, bell: Doorbell, adult_id: int) -> None:
        self._bell: Doorbell | None = bell
        self._adult_id = adult_id

    def give_back(self) -> None:
        bell, self._bell = self._bell, None
        if bell is not None:
            bell.stand_up(self._adult_id)


def _never() -> bool:
    return False
