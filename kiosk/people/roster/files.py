"""The files a roster came in: a folder, a zip that is never unpacked to disk, or one file.

A zip may come from anywhere, so its size is checked before and while it is read, and a name that points
outside it refuses the whole of it.
"""

from __future__ import annotations

import zipfile
import zlib
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from lzma import LZMAError
from pathlib import Path, PurePosixPath
from typing import IO, Self

from kiosk.people.roster.model import RosterRefused
from kiosk.people.roster.words import clean

BYTES_MOST = 200 * 1024 * 1024
"""Most bytes a roster may have, unpacked."""
FILES_MOST = 500
_CHUNK = 1 << 16
# What zipfile raises, by experiment with random bytes, when an archive is broken or of an unknown kind.
_BROKEN = (
    zipfile.BadZipFile, zlib.error, LZMAError, OSError, EOFError, NotImplementedError, RuntimeError, ValueError,
    IndexError, OverflowError,
)  # fmt: skip


class RosterFiles(ABC):
    """The CSV files of one roster; close it when they are read (it is a context manager)."""

    def __init__(self, label: str, names: dict[str, str], close: Callable[[], None] = lambda: None) -> None:
        self.label = label
        self.close = close
        self._names = names
        """File name in lower case, without folders, to the name it is opened by."""
        self._bytes_left = BYTES_MOST

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the CSV files, without folders, in lower case."""
        return tuple(sorted(self._names))

    def has(self, name: str) -> bool:
        """Whether there is a file of this name, in whatever case it is written."""
        return name in self._names

    def shown(self, name: str) -> str:
        """The name as it is written on disk or in the zip, for people to read."""
        return clean(PurePosixPath(self._names[name].replace("\\", "/")).name) if name in self._names else name

    def first_there(self, *names: str) -> str:
        """The first of these names that there is a file of; the first name when there is none."""
        return next((name for name in names if self.has(name)), names[0])

    def chunks(self, name: str) -> Iterator[bytes]:
        """The bytes of one file, a piece at a time.

        Raises:
            RosterRefused: it cannot be read, or the roster is larger than ``BYTES_MOST``.
        """
        try:
            with self._opened(self._names[name]) as stream:
                while chunk := stream.read(_CHUNK):
                    self._bytes_left -= len(chunk)
                    if self._bytes_left < 0:
                        raise _too_large(self.label)
                    yield chunk
        except _BROKEN as error:
            raise RosterRefused(f"{name} in {self.label} cannot be read: it is damaged or protected.") from error

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @abstractmethod
    def _opened(self, name: str) -> IO[bytes]:
        """Open one file by its full name."""


class _FolderFiles(RosterFiles):
    def __init__(self, folder: Path, paths: list[Path]) -> None:
        super().__init__(clean(folder.name) or "the folder", {path.name.lower(): str(path) for path in paths})

    def _opened(self, name: str) -> IO[bytes]:
        return Path(name).open("rb")


class _ZipFiles(RosterFiles):
    def __init__(self, label: str, archive: zipfile.ZipFile, names: dict[str, str]) -> None:
        super().__init__(label, names, archive.close)
        self._archive = archive

    def _opened(self, name: str) -> IO[bytes]:
        return self._archive.open(name)


def open_files(path: Path) -> RosterFiles:
    """The CSV files at a path: a folder's, a zip's, or the one file itself.

    Raises:
        RosterRefused: there is nothing there that can be read, or it is not safe to read.
    """
    label = clean(path.name) or "the roster"
    try:
        if path.is_dir():
            return _open_folder(path)
        if not path.is_file():
            raise RosterRefused(f"There is no file or folder {clean(str(path))!r}.")
        if _is_zip(path):
            return _open_zip(path, label)
        if path.stat().st_size > BYTES_MOST:
            raise _too_large(label)
        return _FolderFiles(path, [path])
    except OSError as error:
        raise RosterRefused(f"{label} cannot be read ({error.strerror or 'the disk has a fault'}).") from error


def _is_zip(path: Path) -> bool:
    with path.open("rb") as stream:
        return stream.read(4) in (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08") or path.suffix.lower() == ".zip"


def _open_zip(path: Path, label: str) -> RosterFiles:
    try:
        archive = zipfile.ZipFile(path)
    except _BROKEN as error:
        raise RosterRefused(f"{label} is not a zip file that can be opened. Make it again.") from error
    try:
        return _ZipFiles(label, archive, _names_in(archive, label))
    except RosterRefused:
        archive.close()
        raise


def _open_folder(folder: Path) -> RosterFiles:
    found = _csv_files_in(folder)
    if not found:
        inner = [files for child in sorted(folder.iterdir()) if child.is_dir() and (files := _csv_files_in(child))]
        if len(inner) > 1:
            raise RosterRefused(f"{clean(folder.name)} holds several folders with CSV files. Name one of them.")
        found = inner[0] if inner else []
    if not found:
        raise RosterRefused(f"There is no CSV file in {clean(folder.name) or 'the folder'}.")
    if len(found) > FILES_MOST:
        raise RosterRefused(f"There are more than {FILES_MOST} CSV files in {clean(folder.name)}.")
    if sum(path.stat().st_size for path in found) > BYTES_MOST:
        raise _too_large(clean(folder.name))
    _no_two_alike([path.name for path in found])
    return _FolderFiles(folder, found)


def _csv_files_in(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if _is_wanted(path.name) and path.is_file())


def _is_wanted(name: str) -> bool:
    return name.lower().endswith(".csv") and not name.startswith((".", "~"))


def _names_in(archive: zipfile.ZipFile, label: str) -> dict[str, str]:
    """The CSV files at the top of a zip, or in its one folder: short name to full name."""
    # By its name and not by is_dir(), which breaks at a file without one.
    members = [member for member in archive.infolist() if not member.filename.endswith("/")]
    if len(members) > FILES_MOST:
        raise RosterRefused(f"{label} holds more than {FILES_MOST} files. Make a zip of the roster alone.")
    by_folder: dict[PurePosixPath, list[tuple[str, str]]] = {}
    size = 0
    for member in members:
        inside = _safe_name(member.filename, label)
        if inside.name == "[Content_Types].xml":
            raise RosterRefused(f"{label} is an Office document. Save the sheet as CSV and import that.")
        if _is_wanted(inside.name) and "__MACOSX" not in inside.parts:
            by_folder.setdefault(inside.parent, []).append((clean(inside.name).lower(), member.filename))
            size += member.file_size
    if size > BYTES_MOST:
        raise _too_large(label)
    if not by_folder:
        raise RosterRefused(f"There is no CSV file in {label}.")
    top = min(by_folder, key=lambda folder: len(folder.parts))
    if any(len(folder.parts) == len(top.parts) and folder != top for folder in by_folder):
        raise RosterRefused(f"{label} holds several folders with CSV files. Make a zip of one of them.")
    if len(top.parts) > 1:
        raise RosterRefused(f"The CSV files in {label} are too deep in folders. Put them at the top.")
    _no_two_alike([name for name, _ in by_folder[top]])
    return dict(by_folder[top])


def _safe_name(name: str, label: str) -> PurePosixPath:
    inside = PurePosixPath(name.replace("\\", "/"))
    if inside.is_absolute() or ".." in inside.parts or ":" in name or "\0" in name:
        raise RosterRefused(f"{label} holds a file whose name points outside it. It is not a roster export.")
    return inside


def _no_two_alike(names: list[str]) -> None:
    lower = [name.lower() for name in names]
    for name in lower:
        if lower.count(name) > 1:
            raise RosterRefused(f"There are two files called {clean(name)}. Keep one of them.")


def _too_large(label: str) -> RosterRefused:
    return RosterRefused(f"{label} is larger than {BYTES_MOST // 1024 // 1024} MB. That is no school's roster.")
