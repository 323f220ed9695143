"""Many open boards, read by one thread that notes when each one heard."""

from __future__ import annotations

import selectors
import socket
import time
from collections.abc import Sequence

PATIENCE_SECONDS = 20.0


class Boards:
    """Event streams of signed-in adults."""

    def __init__(self, port: int, cookies: Sequence[str]) -> None:
        self._selector = selectors.DefaultSelector()
        self._sockets = []
        for cookie in cookies:
            stream = socket.create_connection(("127.0.0.1", port))
            stream.sendall(
                f"GET /staff/doorbell HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {cookie}\r\n"
                "Accept: text/event-stream\r\n\r\n".encode()
            )
            stream.setblocking(False)
            self._selector.register(stream, selectors.EVENT_READ)
            self._sockets.append(stream)
        self.hear()

    def hear(self) -> list[float]:
        """Wait until every board has heard once more; when each did, on the monotonic clock.

        Raises:
            TimeoutError: some board heard nothing for a long time, or was closed.
        """
        waiting = set(self._sockets)
        heard = []
        until = time.monotonic() + PATIENCE_SECONDS
        while waiting:
            events = self._selector.select(timeout=until - time.monotonic())
            now = time.monotonic()
            if not events:
                raise TimeoutError(f"{len(waiting)} of {len(self._sockets)} boards heard nothing.")
            for key, _mask in events:
                said = key.fileobj.recv(65536)  # type: ignore[union-attr]
                if not said:
                    raise TimeoutError("A board was closed.")
                if b"data:" in said and key.fileobj in waiting:
                    waiting.discard(key.fileobj)  # type: ignore[arg-type]
                    heard.append(now)
        return heard

    def close(self) -> None:
        """Leave."""
        for stream in self._sockets:
            stream.close()
