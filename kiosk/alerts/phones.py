"""A phone's push address as its browser gives it, checked before it is kept: this server will send to it."""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode
from dataclasses import asdict, dataclass
from ipaddress import ip_address
from urllib.parse import SplitResult, urlsplit

from kiosk.refusal import Refusal

LONGEST_ENDPOINT = 1000
_POINT_BYTES, _AUTH_BYTES = 65, 16
_UNCOMPRESSED = 4


class ChannelRefused(Refusal):
    """A way to be reached that cannot be kept; the message is a sentence."""


@dataclass(frozen=True)
class Phone:
    """Where to send, the two keys to encrypt with (RFC 8291), and the name of the school's site it trusts."""

    endpoint: str
    p256dh: str
    auth: str
    site: str

    def kept(self) -> str:
        """As it stands in a channel's address."""
        return json.dumps(asdict(self))


def phone_of(kept: str) -> Phone:
    """The phone in a channel's address.

    Raises:
        ValueError: it is none.
    """
    try:
        return Phone(**json.loads(kept))
    except TypeError as error:
        raise ValueError("not a phone") from error


def read_phone(endpoint: str, p256dh: str, auth: str, site: str, *, to_loopback: bool = False) -> Phone:
    """A phone from what its browser said.

    Only a public name over HTTPS is taken, on the usual port, and no address of this network: otherwise somebody
    could make this server call machines that only it can reach. ``to_loopback`` allows this machine, for tests.

    Raises:
        ChannelRefused: it is not a push address of a phone.
    """
    try:
        parts = urlsplit(endpoint)
        fits = len(endpoint) <= LONGEST_ENDPOINT and endpoint.isascii() and endpoint.isprintable()
        fits = fits and (_is_public(parts) or (to_loopback and _is_loopback(parts)))
        point, key = _bytes(p256dh), _bytes(auth)
    except ValueError:
        fits, point, key = False, b"", b""
    if not fits or len(point) != _POINT_BYTES or point[0] != _UNCOMPRESSED or len(key) != _AUTH_BYTES:
        raise ChannelRefused(
            "This phone's browser gave no address that alerts can be sent to. Try another browser."
        )
    return Phone(endpoint, p256dh, auth, site)


def _is_public(parts: SplitResult) -> bool:
    host = parts.hostname or ""
    plain = parts.username is None and parts.password is None and parts.port in (None, 443)
    return parts.scheme == "https" and plain and "." in host.strip(".") and not _is_number(host)


def _is_loopback(parts: SplitResult) -> bool:
    return parts.scheme == "http" and parts.hostname == "127.0.0.1"


def _is_number(host: str) -> bool:
    """Whether a host is an address and no name; a name never ends in digits (RFC 3696)."""
    try:
        ip_address(host)
    except ValueError:
        return host.rstrip(".").rpartition(".")[2].isdigit()
    return True


def _bytes(text: str) -> bytes:
    return urlsafe_b64decode(text.encode("ascii") + b"=" * (-len(text) % 4))
