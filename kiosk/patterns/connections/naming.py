"""Who is named by whom: the High 5s of a class, or of the children who name one adult, as a map. Pure.

A map has a row for each child and a column for each adult, both by name, and a mark where a child names an adult.
Lines from names to names were tried on paper first: with thirty children they cross a hundred times, and nobody
can follow one (docs/decisions.md). In rows and columns a child with one mark is seen at once, and a column full
of marks is an adult who carries much.

Nobody is ranked. What a map answers is about children: who has nobody, who has only one adult, and who would have
nobody if one adult were not here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from kiosk.people.rules import has_left
from kiosk.wording import Sentence, counted

MOST_ROWS = 60
"""More children than these cannot be read on one sheet of A4: they are shown class by class."""
MOST_BARS = 60
"""With more adults than these the school is shown class by class."""


@dataclass(frozen=True, slots=True)
class NamedAdult:
    """An adult whom a child may name."""

    id: int
    called: str
    left_on: date | None = None
    """The first day on which they are not here any more; nothing while nobody knows of one."""
    is_away_long: bool = False
    """Away, and not back within two school weeks, or nobody knows when."""
    has_account: bool = True
    """Without one they cannot be asked: what names them goes to somebody else at once."""


@dataclass(frozen=True, slots=True)
class NamingChild:
    """A child with their High 5."""

    id: int
    name: str
    class_id: int
    """0 for a child of no class."""
    class_name: str
    adults: tuple[int, ...]
    """In the child's own order."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One child names one adult."""

    adult_id: int
    place: int
    """1 for the adult whom the child named first."""
    has_left: bool
    is_only: bool
    """The child names nobody else who is here."""
    is_away: bool = False
    """For long."""

    @property
    def is_here(self) -> bool:
        """Whether a child can count on them."""
        return not self.has_left and not self.is_away


@dataclass(frozen=True, slots=True)
class Row:
    """One child of a map."""

    child: NamingChild
    marks: tuple[Mark, ...]
    here: int
    """How many of the named adults are here."""


@dataclass(frozen=True, slots=True)
class Column:
    """One adult of a map, and the children of this map who name them."""

    adult: NamedAdult
    has_left: bool
    named_by: int
    only_for: int
    """For how many of them this is the only adult."""

    @property
    def is_here(self) -> bool:
        """Whether children can count on them."""
        return not self.has_left and not self.adult.is_away_long


@dataclass(frozen=True, slots=True)
class NamesMap:
    """Children and the adults they name, both by name."""

    rows: tuple[Row, ...]
    columns: tuple[Column, ...]

    @property
    def nobody(self) -> int:
        """How many children name nobody who is here."""
        return sum(not row.here for row in self.rows)

    @property
    def only_one(self) -> int:
        """How many children name one adult who is here, and no more."""
        return sum(row.here == 1 for row in self.rows)


@dataclass(frozen=True, slots=True)
class ClassLine:
    """A class in one line."""

    id: int
    name: str
    children: int
    nobody: int
    only_one: int
    adults: int
    """How many adults its children name who are here."""


def map_of(children: Iterable[NamingChild], adults: Mapping[int, NamedAdult], today: date) -> NamesMap:
    """The map of some children.

    Args:
        children: whoever is to have a row.
        adults: at least everybody they name, by id.
        today: the school's date, on which an adult is here or has left.
    """
    gone = {id_ for id_, adult in adults.items() if has_left(adult.left_on, today)}
    away = {id_ for id_, adult in adults.items() if adult.is_away_long} - gone
    rows = tuple(_row(child, gone, away) for child in sorted(children, key=_by_name))
    marks = [mark for row in rows for mark in row.marks]
    named, only = Counter(mark.adult_id for mark in marks), Counter(m.adult_id for m in marks if m.is_only)
    columns = tuple(
        Column(adults[id_], id_ in gone, named[id_], only[id_])
        for id_ in sorted(named, key=lambda id_: (adults[id_].called.casefold(), id_))
    )
    return NamesMap(rows, columns)


def classes_of(rows: Iterable[Row]) -> list[ClassLine]:
    """The classes of a map's children in a line each, by name; children of no class come last."""
    found: dict[tuple[bool, str, int], list[Row]] = {}
    for row in rows:
        child = row.child
        found.setdefault((not child.class_id, child.class_name.casefold(), child.class_id), []).append(row)
    return [
        ClassLine(
            id=class_id,
            name=of_class[0].child.class_name,
            children=len(of_class),
            nobody=sum(not row.here for row in of_class),
            only_one=sum(row.here == 1 for row in of_class),
            adults=len({mark.adult_id for row in of_class for mark in row.marks if mark.is_here}),
        )
        for (_none, _name, class_id), of_class in sorted(found.items(), key=lambda item: item[0])
    ]


def left_with_one(found: NamesMap, adult_id: int) -> int:
    """How many children of a map would have one adult left if this one were not here."""
    return sum(
        row.here == 2 and any(mark.adult_id == adult_id and mark.is_here for mark in row.marks)
        for row in found.rows
    )


def half_of_all(columns: Sequence[Column]) -> int:
    """The fewest adults on whom half of all the names fall."""
    half, held = sum(column.named_by for column in columns) / 2, 0
    for number, named_by in enumerate(sorted((column.named_by for column in columns), reverse=True), 1):
        held += named_by
        if held >= half:
            return number
    return 0


def children_finding(found: NamesMap) -> list[Sentence]:
    """What there is to see in a map about its children, a sentence each."""
    if not found.rows:
        return [Sentence("There are no children here.")]
    said = []
    if found.nobody:
        said.append(
            counted(
                "%(count)s child has nobody to ask for.",
                "%(count)s children have nobody to ask for.",
                found.nobody,
            )
        )
    if found.only_one:
        said.append(
            counted(
                "%(count)s child has only one adult.", "%(count)s children have only one adult.", found.only_one
            )
        )
    return said or [Sentence("Every child has two adults or more.")]


def class_finding(found: NamesMap) -> list[Sentence]:
    """The same of one class, and whom most of it share."""
    shared = [column for column in found.columns if column.is_here and 2 * column.named_by > len(found.rows)]
    return [
        *children_finding(found),
        *(
            Sentence(
                "%(number)s of %(all)s name %(adult)s.",
                number=column.named_by,
                all=len(found.rows),
                adult=column.adult.called,
            )
            for column in shared
            if len(found.rows) > 1
        ),
    ]


def school_finding(found: NamesMap) -> list[Sentence]:
    """The same of the whole school, and on how many adults half of it rests."""
    here = [column for column in found.columns if column.is_here]
    rests = counted(
        "Half of all names fall on %(count)s of %(all)s adults.",
        "Half of all names fall on %(count)s of %(all)s adults.",
        half_of_all(here),
        all=len(here),
    )
    return [*children_finding(found), *([rests] if len(here) > 1 else [])]


def adult_finding(found: NamesMap, adult: NamedAdult, today: date) -> list[Sentence]:
    """What there is to see about one adult: who names them, and who would be alone without them."""
    named = counted(
        "%(count)s child names %(adult)s.",
        "%(count)s children name %(adult)s.",
        len(found.rows),
        adult=adult.called,
    )
    if not found.rows:
        return [Sentence("No child names %(adult)s.", adult=adult.called)]
    if has_left(adult.left_on, today):
        return [named, Sentence("%(adult)s has left.", adult=adult.called), *children_finding(found)]
    if adult.is_away_long:
        return [named, Sentence("%(adult)s is away for long.", adult=adult.called), *children_finding(found)]
    only = next((column.only_for for column in found.columns if column.adult.id == adult.id), 0)
    with_one = left_with_one(found, adult.id)
    said = [named]
    if only:
        said.append(
            counted(
                "%(count)s of them has nobody else who is here.",
                "%(count)s of them have nobody else who is here.",
                only,
            )
        )
    if with_one:
        said.append(
            counted(
                "%(count)s of them has only one other adult.",
                "%(count)s of them have only one other adult.",
                with_one,
            )
        )
    return said if len(said) > 1 else [named, Sentence("Each of them has two others or more.")]


def _row(child: NamingChild, gone: set[int], away: set[int]) -> Row:
    not_here = gone | away
    here = sum(adult_id not in not_here for adult_id in child.adults)
    marks = tuple(
        Mark(
            adult_id,
            place,
            adult_id in gone,
            is_only=here == 1 and adult_id not in not_here,
            is_away=adult_id in away,
        )
        for place, adult_id in enumerate(child.adults, 1)
    )
    return Row(child, marks, here)


def _by_name(child: NamingChild) -> tuple[str, int]:
    return child.name.casefold(), child.id
