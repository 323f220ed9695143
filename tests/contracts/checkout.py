"""The files of this project: what is in the checkout, less what tools made there."""

from __future__ import annotations

from collections.abc import Iterator
from configparser import ConfigParser
from fnmatch import fnmatch
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@cache
def ignored_names() -> tuple[str, ...]:
    """The patterns of names in .gitignore, and git's own folder."""
    lines = (ROOT / ".gitignore").read_text("utf-8").splitlines()
    return (".git", *(line.rstrip("/") for line in lines if line and line[0] not in "#!" and "/*" not in line))


def is_ours(path: Path) -> bool:
    """Whether a path belongs to the project rather than to a tool's cache."""
    within = path.relative_to(ROOT).parts
    return not any(fnmatch(part, pattern) for part in within for pattern in ignored_names())


def files_under(*folders: str) -> Iterator[Path]:
    """Every file of the project in these folders, in a stable order; ``instance/`` has only its placeholder."""
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*")):
            if path.is_file() and is_ours(path) and (path.name == ".gitkeep" or "instance" not in path.parts):
                yield path


def texts_under(*folders: str, endings: tuple[str, ...] = ()) -> Iterator[tuple[str, str]]:
    """Each text file as (its path in the project, its text); what is not UTF-8 comes garbled.

    A file with a zero byte, such as a picture or a sound, is no text: read as one it says anything at all.
    """
    for path in files_under(*folders):
        if endings and path.suffix not in endings:
            continue
        if b"\0" not in (content := path.read_bytes()):
            yield name_of(path), content.decode("utf-8", errors="replace")


def name_of(path: Path) -> str:
    """A path as people write it, from the top of the checkout."""
    return path.relative_to(ROOT).as_posix()


def setup_list(section: str, option: str) -> list[str]:
    """The lines of a list in setup.cfg."""
    setup = ConfigParser()
    setup.read(ROOT / "setup.cfg", "utf-8")
    return [line.strip() for line in setup[section][option].splitlines() if line.strip()]
