"""Where each mark of the map of names stands: children down, adults across; and the adults' bars. Pure.

As in ``pictures.py`` a picture never says anything alone: its table stands on the same page, and each row and
each column is one place to stop for the keyboard, with all its words.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import cos, radians, sin
from typing import Literal

from kiosk.patterns.connections.naming import Column, NamesMap, Row

STEP = 24
"""From row to row and from column to column: as large as anything that is pressed has to be."""
SLANT = 55
"""Degrees by which the adults' names are turned, so that thirty of them fit on one sheet."""
LETTER = 7.0
"""About the width of a letter of 13 pixels: room is left for the longest name."""
LEAST_SIDE, MOST_SIDE = 130, 260

Shape = Literal["named", "only", "left"]


@dataclass(frozen=True, slots=True)
class DrawnMark:
    """A child names an adult: a circle, a square for the only one, an empty circle for who has left or is away."""

    x: float
    shape: Shape
    place: int


@dataclass(frozen=True, slots=True)
class DrawnRow:
    """A child with their marks."""

    y: float
    row: Row
    marks: tuple[DrawnMark, ...]
    is_shaded: bool


@dataclass(frozen=True, slots=True)
class DrawnColumn:
    """An adult over their marks."""

    x: float
    column: Column


@dataclass(frozen=True, slots=True)
class MapPicture:
    """The drawing of a map."""

    width: float
    height: float
    side: float
    """Where the marks begin: left of it stand the children's names."""
    head: float
    """Where the marks begin: above it stand the adults' names."""
    right: float
    floor: float
    rows: tuple[DrawnRow, ...]
    columns: tuple[DrawnColumn, ...]


def draw_map(found: NamesMap) -> MapPicture:
    """A map as rows and columns of marks."""
    longest = max((len(row.child.name) for row in found.rows), default=0)
    side = min(MOST_SIDE, max(LEAST_SIDE, 16 + LETTER * longest))
    widest = max((LETTER * len(column.adult.called) for column in found.columns), default=0.0)
    head = 30 + sin(radians(SLANT)) * widest
    columns = tuple(DrawnColumn(side + STEP * (at + 0.5), column) for at, column in enumerate(found.columns))
    x_of = {drawn.column.adult.id: drawn.x for drawn in columns}
    right = side + STEP * len(columns)
    floor = head + STEP * len(found.rows)
    return MapPicture(
        # The last names lean out over the right edge of the marks, and what a row says stands there, too.
        width=round(right + max(cos(radians(SLANT)) * widest + 12, LETTER * 16)),
        height=round(floor + STEP + 8),
        side=side,
        head=round(head, 1),
        right=right,
        floor=round(floor, 1),
        rows=tuple(_rows(found.rows, round(head, 1), x_of)),
        columns=columns,
    )


def _rows(rows: Sequence[Row], head: float, x_of: dict[int, float]) -> Iterator[DrawnRow]:
    for at, row in enumerate(rows):
        marks = tuple(
            DrawnMark(x_of[mark.adult_id], _shape(is_here=mark.is_here, is_only=mark.is_only), mark.place)
            for mark in row.marks
        )
        yield DrawnRow(round(head + STEP * (at + 0.5), 1), row, marks, is_shaded=at % 2 == 0)


def _shape(*, is_here: bool, is_only: bool) -> Shape:
    return "left" if not is_here else "only" if is_only else "named"


@dataclass(frozen=True, slots=True)
class Bar:
    """How many children name one adult, and for how many of them it is the only one."""

    column: Column
    width: float
    """In hundredths of the longest bar, which is as broad as the page has room for."""
    only_width: float


def draw_bars(columns: Sequence[Column]) -> list[Bar]:
    """A bar for each adult, in the order in which they come."""
    most = max((column.named_by for column in columns), default=1)
    return [
        Bar(column, round(100 * column.named_by / most, 1), round(100 * column.only_for / most, 1))
        for column in columns
    ]
