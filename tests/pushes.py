"""A push service and a phone of our own, on this machine: what arrives is decrypted as a phone would."""

from __future__ import annotations

import json
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import http_ece
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from py_vapid import Vapid02

from kiosk.alerts.phones import Phone

AUTH_SECRET = b"sixteen letters."
_PRIVATE = ec.derive_private_key(20261123, ec.SECP256R1())
POINT = (
    urlsafe_b64encode(_PRIVATE.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint))
    .rstrip(b"=")
    .decode()
)
AUTH = urlsafe_b64encode(AUTH_SECRET).rstrip(b"=").decode()


@dataclass
class PushService:
    """What a push service got, and what it answers."""

    port: int
    status: int = 201
    asked: int = 0
    pushed: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)

    def phone(self, name: str = "phone") -> Phone:
        """A phone whose alerts come here."""
        return Phone(f"http://127.0.0.1:{self.port}/{name}", POINT, AUTH, "localhost")

    def read(self, name: str = "phone") -> list[dict[str, Any]]:
        """What a phone got, decrypted, in the order in which it came."""
        return [json.loads(decrypted(body)) for path, _headers, body in self.pushed if path == f"/{name}"]

    def said(self, name: str = "phone") -> list[str]:
        """The sentences a phone got."""
        return [message["words"] for message in self.read(name)]


def decrypted(body: bytes) -> bytes:
    """What a phone reads of a body that a push service only carries."""
    read: bytes = http_ece.decrypt(body, private_key=_PRIVATE, auth_secret=AUTH_SECRET, version="aes128gcm")
    return read


def is_signed(headers: dict[str, str]) -> bool:
    """Whether the sender proved who it is, as RFC 8292 says."""
    return bool(Vapid02.verify(headers["authorization"]))


@contextmanager
def push_service(port: int = 0) -> Iterator[PushService]:
    """A push service, until the block ends; then nobody listens there."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            service.asked += 1
            if service.status < 300:
                service.pushed.append((self.path, {k.lower(): v for k, v in self.headers.items()}, body))
            self.send_response(service.status)
            if 300 <= service.status < 400:
                self.send_header("Location", f"http://127.0.0.1:{service.port}/elsewhere")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
    service = PushService(server.server_port)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield service
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
