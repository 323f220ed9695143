"""Where this server lives: one frozen Settings, the environment over ``instance/kiosk.toml``.

How the *school* runs (hours, words, time limits) is kept in the database: see :mod:`kiosk.school`.
"""

from __future__ import annotations

import os
import secrets
import tomllib
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from kiosk.refusal import Refusal

SHORTEST_SECRET = 32
IN_THE_FILE = ("database_url", "host", "port", "secret_key", "trusted_proxy", "streams")
"""What ``kiosk.toml`` may set."""


class ConfigError(Refusal):
    """A setting that cannot be used; the message is a sentence for the person who set it."""


@dataclass(frozen=True)
class Settings:
    """Everything a server process needs to know before it can open the database."""

    instance: Path
    """Folder that holds the database, the secret key and backups."""
    database_url: str
    secret_key: str
    host: str = "127.0.0.1"
    port: int = 8080
    trusted_proxy: int = 0
    """How many proxies in front of this server may be believed about address and scheme."""
    streams: int = 300
    """Most live staff boards at once; one more is answered 503 and polls instead."""
    workers: int = 8
    """Threads that answer everything which is not a live board."""
    push_to_loopback: bool = False
    """Take phones whose push service is this machine. Only for tests, so it cannot be set from outside."""

    @property
    def on_sqlite(self) -> bool:
        """Whether the database is the school's own file rather than a PostgreSQL server."""
        return self.database_url.startswith("sqlite")


def load_settings(environ: Mapping[str, str] | None = None) -> Settings:
    """Read the settings, making the instance folder and its secret key when they are not there.

    Raises:
        ConfigError: a value cannot be used, or the folder cannot be written.
    """
    env = os.environ if environ is None else environ
    instance = Path(env.get("KIOSK_INSTANCE") or "instance").expanduser().absolute()
    if set("?%#") & set(str(instance)):
        raise ConfigError(f"KIOSK_INSTANCE cannot hold ?, % or #: {instance}. Choose a folder with another name.")
    _make_folder(instance)
    written = _read_toml(instance / "kiosk.toml")
    _check_names(written, instance / "kiosk.toml")

    def value(name: str, default: str) -> str:
        return env.get(f"KIOSK_{name.upper()}") or str(written.get(name, default))

    return Settings(
        instance=instance,
        database_url=_database_url(value("database_url", f"sqlite:///{instance / 'treetops.sqlite3'}")),
        secret_key=_given_secret(value("secret_key", "")) or _kept_secret(instance / "secret_key"),
        host=value("host", "127.0.0.1"),
        port=_whole_number("port", value("port", "8080"), least=1, most=65535),
        trusted_proxy=_whole_number("trusted_proxy", value("trusted_proxy", "0"), least=0, most=10),
        streams=_whole_number("streams", value("streams", "300"), least=0, most=5000),
    )


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)  # what children said is nobody else's to read
    except OSError as error:
        raise ConfigError(
            f"The folder {folder} cannot be made ({error.strerror}). Set KIOSK_INSTANCE to one that can."
        ) from error


def _read_toml(path: Path) -> dict[str, object]:
    try:
        return tomllib.loads(path.read_text("utf-8")) if path.exists() else {}
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigError(f"{path} cannot be read: {error}. Mend it or move it away.") from error


def _check_names(written: Mapping[str, object], path: Path) -> None:
    """A slip in a name would leave a setting as it was, and nobody would know."""
    unknown = [name for name in written if name not in IN_THE_FILE]
    if unknown:
        raise ConfigError(f"{path} has a setting {unknown[0]!r}. It may have: {', '.join(IN_THE_FILE)}.")


def _database_url(url: str) -> str:
    """Name the driver we ship, so that the address a hosting provider prints works as it is."""
    for short in ("postgres://", "postgresql://"):
        if url.startswith(short):
            url = "postgresql+psycopg://" + url.removeprefix(short)
    if not url.startswith(("sqlite:///", "postgresql+psycopg://")):
        raise ConfigError(
            "KIOSK_DATABASE_URL must begin with sqlite:/// or postgresql+psycopg:// (it names the database)."
        )
    try:
        database = make_url(url).database
    except (ArgumentError, ValueError) as error:
        raise ConfigError(
            "KIOSK_DATABASE_URL cannot be read. Look at its host, port and signs such as @."
        ) from error
    if not database or database == ":memory:":
        raise ConfigError("KIOSK_DATABASE_URL names no database: write its file or name after the last slash.")
    return url


def _given_secret(secret: str) -> str:
    if secret and len(secret) < SHORTEST_SECRET:
        raise ConfigError(
            f"KIOSK_SECRET_KEY is too short to protect sign-ins: use {SHORTEST_SECRET} characters or more, "
            "or leave it out and one is made."
        )
    return secret


def _kept_secret(path: Path) -> str:
    """The key that signs sign-ins, made once and readable only by this user.

    Made beside the file and linked into place, so that two processes starting together agree on one key.
    """
    if not path.exists():
        draft = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
        try:
            with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
                file.write(secrets.token_urlsafe(48))
            with suppress(FileExistsError):  # another process was faster, and its key is the one
                os.link(draft, path)
        except OSError as error:
            raise ConfigError(f"The secret key cannot be kept in {path} ({error.strerror}).") from error
        finally:
            draft.unlink(missing_ok=True)
    secret = path.read_text("utf-8", errors="ignore").strip()
    if len(secret) < SHORTEST_SECRET:
        raise ConfigError(
            f"{path} holds no usable key. Put its backup back. "
            "Without one delete it: a new one is made, and everyone signs in anew."
        )
    return secret


def _whole_number(name: str, text: str, *, least: int, most: int) -> int:
    try:
        number = int(text)
    except ValueError:
        number = least - 1
    if not least <= number <= most:
        raise ConfigError(f"KIOSK_{name.upper()} must be a whole number from {least} to {most}, not {text!r}.")
    return number
