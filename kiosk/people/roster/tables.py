"""CSV as school systems really write it: any encoding, any separator, stray quotes, headings nearly right.

Each row is read on its own, so that one bad row never takes its neighbours along.
"""

from __future__ import annotations

import codecs
import csv
import difflib
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, islice

from kiosk.people.roster.files import RosterFiles
from kiosk.people.roster.model import Problem, RosterRefused
from kiosk.people.roster.words import clean, fingerprint, fold

ROWS_MOST = 1_000_000
"""Most rows a roster may have, all files together."""
PROBLEMS_MOST = 200
"""Most problems that are listed for one file; the rest are counted."""
BROKEN_MOST = 1000
"""Most rows that may fail to come apart into values before the file is refused."""
_LINE_MOST = 1 << 20
_CELL_LINES_MOST = 20
_CELL_MOST = 100_000
_SEPARATORS = ",;\t|"
_TOLD_EVERY = 20_000

Fields = Mapping[str, tuple[str, ...]]
"""The values a reader wants, each with the headings it may stand under (letters and digits, lower case)."""


class Reading:
    """One roster being read: its files, what was wrong with them, and how many rows there were."""

    def __init__(self, files: RosterFiles, progress: Callable[[str, int], None] | None = None) -> None:
        self.files = files
        self._progress = progress
        self._rows = 0
        self._problems: dict[str, list[Problem]] = {}
        self._unlisted: dict[str, int] = {}
        self._broken = 0
        self.kept: set[str] = set()
        """Fingerprints of what stands in rows that could not be used (see ``Roster.unreadable``)."""

    def table(self, name: str, fields: Fields, *, needs: Mapping[str, str] | None = None) -> Iterator[Row]:
        """The rows of one file; none when it is not there or has no heading line.

        Args:
            name: the file's name in lower case.
            fields: what to read.
            needs: fields without which the file is not what its name says, each with its usual heading.

        Raises:
            RosterRefused: the heading of a field in ``needs`` is missing.
        """
        if not self.files.has(name):
            return
        found = self.find_heading(name, fields)
        if found is None:
            self.problem(self.files.shown(name), 1, "The file is empty.")
            return
        for field, heading in (needs or {}).items():
            if field not in found.columns:
                raise RosterRefused(
                    f"{found.name} has no column {heading!r} in its first line. Is it the right file?"
                )
        yield from self.rows(found)

    def find_heading(self, name: str, fields: Fields, *, within: int = 1) -> Heading | None:
        """The heading line of a file: of its first lines, the one with the most known headings."""
        shown = self.files.shown(name)
        lines = _Lines(self.files.chunks(name), shown)
        first = list(islice((line for line in lines if not _is_empty(line[1])), within))
        best: Heading | None = None
        for at, (number, text) in enumerate(first):
            for separator in _SEPARATORS:
                cells = _cells(text, separator)
                columns = _columns(cells, fields)
                if best is None or len(columns) > len(best.columns):
                    lines_left = chain(first[at + 1 :], lines)
                    best = Heading(shown, number, separator, tuple(cells), columns, lines_left)
        return best

    def rows(self, heading: Heading) -> Iterator[Row]:
        """The rows under a heading line; those that cannot be taken apart become problems."""
        width, texts = len(heading.cells), _Logical(heading.lines, heading.separator, len(heading.cells))
        for number, cells, whole in texts:
            self._count(heading.name)
            if not any(cells) or tuple(cells) == heading.cells:
                continue
            if any(cells[width:]):
                self._break(heading, number, cells, "The row has more values than there are headings.")
            elif not whole and len(cells) < width:
                self._break(heading, number, cells, "A quotation mark is opened in this row and not closed.")
            else:
                yield Row(heading.name, number, cells, heading.columns)

    def keep(self, ids: Iterable[str]) -> None:
        """Whoever has one of these ids has not left, though the row about them cannot be used."""
        self.kept.update(fingerprint(text) for text in ids if text)

    def problem(self, file: str, line: int, sentence: str) -> None:
        """Note a row that could not be used."""
        listed = self._problems.setdefault(file, [])
        if len(listed) < PROBLEMS_MOST:
            listed.append(Problem(file, line, sentence))
        else:
            self._unlisted[file] = self._unlisted.get(file, 0) + 1

    def problems(self) -> tuple[Problem, ...]:
        """Everything noted, by file and line."""
        rest = (
            Problem(file, 0, f"{more:,} more rows could not be used.") for file, more in self._unlisted.items()
        )
        return tuple(sorted(chain(rest, *self._problems.values())))

    def _break(self, heading: Heading, line: int, cells: list[str], sentence: str) -> None:
        """A row that cannot be taken apart: any piece of it may be the id of somebody who has not left."""
        self.problem(heading.name, line, sentence)
        self.keep(piece for cell in cells for piece in cell.replace('"', "").split(heading.separator))
        self._broken += 1
        if self._broken > BROKEN_MOST:
            raise RosterRefused(
                f"More than {BROKEN_MOST:,} rows of {heading.name} cannot be taken apart. Is it the right file?"
            )

    def _count(self, name: str) -> None:
        self._rows += 1
        if self._rows > ROWS_MOST:
            raise RosterRefused(
                f"{self.files.label} has more than {ROWS_MOST:,} rows. That is no school's roster."
            )
        if self._progress and self._rows % _TOLD_EVERY == 0:
            self._progress(name, self._rows)


@dataclass(frozen=True, eq=False)
class Heading:
    """The heading line of a file and what follows it."""

    name: str
    """The file's name, as people see it."""
    number: int
    separator: str
    cells: tuple[str, ...]
    columns: dict[str, int]
    """Field to the place of its column."""
    lines: Iterator[tuple[int, str]]


class Row:
    """One row; only the fields that the reader named can be asked for."""

    __slots__ = ("_cells", "_columns", "file", "line")

    def __init__(self, file: str, line: int, cells: list[str], columns: dict[str, int]) -> None:
        self.file = file
        self.line = line
        self._cells = cells
        self._columns = columns

    def get(self, field: str) -> str:
        """The cleaned value; empty when the column is missing or the row is too short for it."""
        at = self._columns.get(field)
        return clean(self._cells[at]) if at is not None and at < len(self._cells) else ""

    def first(self, *fields: str) -> str:
        """The first of these values that is not empty."""
        return next((value for field in fields if (value := self.get(field))), "")


def _columns(headings: list[str], fields: Fields) -> dict[str, int]:
    """Where each field's column is: by its heading, else by the one heading that is misspelt like it."""
    folded = [fold(clean(heading)) for heading in headings]
    places: dict[str, int] = {}
    for at, heading in enumerate(folded):
        places.setdefault(heading, at)
    columns = {  # several fields may share a heading: in a list of staff "Teacher" is the name
        field: next(places[alias] for alias in aliases if alias in places)
        for field, aliases in fields.items()
        if any(alias in places for alias in aliases)
    }
    taken = set(columns.values())
    spare = [heading for heading, at in places.items() if at not in taken and len(heading) >= 6]
    for field, aliases in fields.items():
        if field not in columns and (near := _nearest(spare, aliases)):
            columns[field] = places[near]
            spare.remove(near)
    return columns


def _nearest(headings: list[str], aliases: tuple[str, ...]) -> str | None:
    for alias in aliases:
        if len(alias) >= 8 and (near := difflib.get_close_matches(alias, headings, n=1, cutoff=0.9)):
            return near[0]
    return None


def _cells(text: str, separator: str) -> list[str]:
    """One line taken apart by itself, forgiving about quotation marks."""
    try:
        return next(csv.reader([text], delimiter=separator, skipinitialspace=True), [])
    except csv.Error:
        return [text]


class _Logical:
    """Rows from lines: a quoted value may run over several lines, a stray quotation mark may not."""

    def __init__(self, lines: Iterator[tuple[int, str]], separator: str, width: int) -> None:
        self._lines = lines
        self._ahead: deque[tuple[int, str]] = deque()
        self._separator = separator
        self._width = width

    def __iter__(self) -> Iterator[tuple[int, list[str], bool]]:
        """Line number, cells, and whether the row is whole (every quotation mark is closed)."""
        while (line := self._next()) is not None:
            number, text = line
            if text.count('"') % 2 == 0:
                yield number, _cells(text, self._separator), True
            else:
                cells = self._strictly(text) or self._over_lines(text)
                yield number, cells or _cells(text, self._separator), cells is not None

    def _next(self) -> tuple[int, str] | None:
        return self._ahead.popleft() if self._ahead else next(self._lines, None)

    def _strictly(self, text: str) -> list[str] | None:
        try:
            return next(csv.reader([text], delimiter=self._separator, skipinitialspace=True, strict=True))
        except csv.Error:
            return None

    def _over_lines(self, text: str) -> list[str] | None:
        """Join the next lines to this one while that makes one whole row of the right width."""
        for taken in range(1, _CELL_LINES_MOST):
            while len(self._ahead) < taken:
                if (line := next(self._lines, None)) is None:
                    return None
                self._ahead.append(line)
            text = f"{text}\n{self._ahead[taken - 1][1]}"
            if len(text) > _CELL_MOST:
                return None
            if text.count('"') % 2:
                continue
            cells = self._strictly(text)
            if cells is not None and len(cells) == self._width:
                for _ in range(taken):
                    self._ahead.popleft()
                return cells
            return None
        return None


class _Lines:
    """Numbered lines of text from bytes in UTF-8, UTF-16 or Windows-1252, with any line ends."""

    def __init__(self, chunks: Iterator[bytes], name: str) -> None:
        self._lines = enumerate(_split(_as_utf8(chunks), name), 1)

    def __iter__(self) -> Iterator[tuple[int, str]]:
        return self

    def __next__(self) -> tuple[int, str]:
        number, line = next(self._lines)
        return number, _decoded(line)


def _decoded(line: bytes) -> str:
    """Line by line, because two exports pasted together can differ."""
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        return line.decode("cp1252", errors="replace")


def _split(chunks: Iterator[bytes], name: str) -> Iterator[bytes]:
    rest = b""
    for chunk in chunks:
        # A line end may be cut in two: keep a last carriage return until it is seen what follows.
        whole = rest + chunk
        cut = len(whole) - 1 if whole.endswith(b"\r") else len(whole)
        *lines, rest = whole[:cut].replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n")
        rest += whole[cut:]
        yield from lines
        if len(rest) > _LINE_MOST:
            raise RosterRefused(f"{name} has a line of more than a million characters. It is not a CSV file.")
    yield from rest.replace(b"\r", b"\n").removesuffix(b"\n").split(b"\n") if rest else ()


def _as_utf8(chunks: Iterator[bytes]) -> Iterator[bytes]:
    head = b""
    for chunk in chunks:
        head += chunk
        if len(head) >= 64:
            break
    chunks = chain((head,), chunks)
    if (encoding := _utf16(head)) is None:
        yield from _without_mark(chunks)
        return
    decoder = codecs.getincrementaldecoder(encoding)(errors="replace")
    for chunk in chunks:
        yield decoder.decode(chunk).encode("utf-8", "replace")
    yield decoder.decode(b"", final=True).encode("utf-8", "replace")


def _without_mark(chunks: Iterator[bytes]) -> Iterator[bytes]:
    yield next(chunks).removeprefix(codecs.BOM_UTF8)
    yield from chunks


def _utf16(head: bytes) -> str | None:
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if len(head) >= 8:
        even, odd = head[0:64:2], head[1:64:2]
        if odd.count(0) > len(odd) * 0.7 and even.count(0) == 0:
            return "utf-16-le"
        if even.count(0) > len(even) * 0.7 and odd.count(0) == 0:
            return "utf-16-be"
    return None


def _is_empty(text: str) -> bool:
    stripped = text.strip(" \t,;|\"'")
    return not stripped or stripped.lower().startswith("sep=")
