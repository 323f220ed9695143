"""The key pair with which this server proves to push services that a phone asked it, and no other, for alerts.

It is the VAPID of RFC 8292, made at first need and kept in the instance folder. Phones know its public half: when
it is lost they must be added again, and several machines that serve one school need the same file.
"""

from __future__ import annotations

import os
import secrets
from base64 import urlsafe_b64encode
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.refusal import Refusal

if TYPE_CHECKING:
    from py_vapid import Vapid02

FILE = "vapid_key.pem"


class KeyRefused(Refusal):
    """The key cannot be made or read; the message is a sentence."""


def public_key(folder: Path) -> str:
    """The public half as browsers take it: the uncompressed point in base64url.

    Raises:
        KeyRefused: the key can neither be read nor made.
    """
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    point = key_pair(folder).public_key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return urlsafe_b64encode(point).rstrip(b"=").decode()


def key_pair(folder: Path) -> Vapid02:
    """The pair, made when it is not there.

    Raises:
        KeyRefused: the key can neither be read nor made.
    """
    from py_vapid import Vapid02

    path = folder / FILE
    try:
        if not path.exists():
            _make(path)
        return Vapid02.from_pem(path.read_bytes())
    except OSError as error:
        raise KeyRefused(f"The key for alerts cannot be kept in {path} ({error.strerror}).") from error
    except Exception as error:  # whatever the libraries say of a file that holds no key
        raise KeyRefused(
            f"{path} holds no usable key. Put its backup back, or delete it: then every phone is added again."
        ) from error


def _make(path: Path) -> None:
    """Written beside it and linked into place, so that two processes starting together agree on one key."""
    from py_vapid import Vapid02

    made = Vapid02()
    made.generate_keys()
    draft = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(made.private_pem())
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink(missing_ok=True)
