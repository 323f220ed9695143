"""What a roster changes about classes: which are which, who is in them, who teaches them. Pure.

Only classes that came from a file are managed: a group made by hand keeps its children and is never closed.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from kiosk.people.roster.matching import Matches
from kiosk.people.roster.model import Roster, RosterAdult, RosterClass, RosterPupil
from kiosk.people.roster.present import Present, PresentAdult, PresentClass, PresentPupil

Ref = int | str
"""Somebody or a class: the id in Treetops, or the roster key of one that is new."""


@dataclass(frozen=True, slots=True)
class Change:
    """Somebody, or a class, that is in Treetops already."""

    id: int
    before: str
    """What they are called in Treetops now."""
    after: str
    values: tuple[tuple[str, Any], ...] = ()
    """Columns and their new values."""
    back: bool = False
    """Had left, or was closed."""

    @property
    def renamed(self) -> bool:
        """Whether they are called something else from now on."""
        return self.before != self.after


@dataclass(frozen=True, slots=True)
class Move:
    """A child whose classes change."""

    pupil: int
    called: str
    before: tuple[str, ...]
    after: tuple[str, ...]


class ClassPlan:
    """Which class of the roster is which in Treetops: by the source's id, else by the same name.

    Systems give a class a new id each September. By its name it stays the same class, so that the tablet in
    the room goes on showing it.
    """

    def __init__(self, roster: Roster, present: Present) -> None:
        self._roster = roster
        self._present = present
        self._matched = _same_ids(roster, present)
        self._matched |= _same_names(roster, present, self._matched)
        matched_ids = {one.id for one in self._matched.values()}
        self.managed = {one.id for one in present.classes if one.source_id} | matched_ids
        """Ids of classes whose pupils and teachers come from files."""
        self.names: dict[Ref, str] = {one.id: one.name for one in present.classes}
        self.names |= {one.key: one.name for one in roster.classes}

    @property
    def new(self) -> tuple[RosterClass, ...]:
        """Classes that are not in Treetops yet, by name."""
        new = [one for one in self._roster.classes if one.key not in self._matched]
        return tuple(sorted(new, key=lambda one: (one.name, one.key)))

    def ref(self, key: str) -> Ref:
        """The class in Treetops, or the key itself while it is new."""
        return self._matched[key].id if key in self._matched else key

    def changed(self) -> tuple[Change, ...]:
        """Classes with another name, year or id than before, and closed ones that are there again."""
        changes = []
        for one in self._roster.classes:
            there = self._matched.get(one.key)
            if there is None:
                continue
            wanted = {"name": one.name, "source_id": one.key} | ({"year": one.year} if one.year else {})
            values: dict[str, Any] = {name: new for name, new in wanted.items() if new != getattr(there, name)}
            if there.closed:
                values["closed_on"] = None
            if values:
                changes.append(Change(there.id, there.name, one.name, tuple(sorted(values.items())), there.closed))
        return tuple(sorted(changes, key=lambda change: (change.after, change.id)))

    def closed(self, in_use: Collection[int]) -> tuple[PresentClass, ...]:
        """Classes the file no longer has and that no child is in; none when the file lists no classes."""
        if not self._roster.classes:
            return ()
        kept = {one.id for one in self._matched.values()} | set(in_use)
        gone = [one for one in self._present.classes if one.source_id and not one.closed and one.id not in kept]
        return tuple(sorted(gone, key=lambda one: (one.name, one.id)))


def _same_ids(roster: Roster, present: Present) -> dict[str, PresentClass]:
    by_id = {one.source_id: one for one in present.classes if one.source_id}
    return {one.key: by_id[one.key] for one in roster.classes if one.key in by_id}


def _same_names(roster: Roster, present: Present, matched: Mapping[str, PresentClass]) -> dict[str, PresentClass]:
    """Open classes with an id the file does not have, or none, under a name that only one class has."""
    taken = {one.id for one in matched.values()}
    there = [one for one in present.classes if one.id not in taken and not one.closed]
    listed = [one for one in roster.classes if one.key not in matched]
    times_there = Counter(one.name.casefold() for one in there)
    times_listed = Counter(one.name.casefold() for one in listed)
    by_name = {one.name.casefold(): one for one in there if times_there[one.name.casefold()] == 1}
    return {
        one.key: by_name[one.name.casefold()]
        for one in listed
        if times_listed[one.name.casefold()] == 1 and one.name.casefold() in by_name
    }


class PlacePlan:
    """Which children change classes. A child for whom the file has no class stays where they are."""

    def __init__(
        self,
        roster: Roster,
        present: Present,
        pupils: Matches[RosterPupil, PresentPupil],
        classes: ClassPlan,
        leaving: Collection[int],
    ) -> None:
        wanted: dict[str, dict[Ref, bool]] = defaultdict(dict)
        for place in roster.enrolments:
            wanted[place.pupil][classes.ref(place.school_class)] = place.home
        now: dict[int, dict[int, bool]] = defaultdict(dict)
        for pupil_id, class_id, home in present.places:
            if class_id in classes.managed:
                now[pupil_id][class_id] = home
        self._classes = classes
        self._added: list[tuple[Ref, Ref, bool]] = []
        self._removed: list[tuple[int, int]] = []
        self._homes: list[tuple[int, int, bool]] = []
        self._moves: list[Move] = []
        for one in (*pupils.new, *(one for one in roster.pupils if one.key in pupils.pairs)):
            if one.key in wanted:
                self._plan_pupil(one, pupils.pairs.get(one.key), wanted[one.key], now)
        removed = set(self._removed)
        gone = {one.id for one in present.pupils if one.left} - {one.id for one in pupils.pairs.values()} | set(
            leaving
        )
        self.in_use = {
            class_id
            for pupil_id, class_id, _ in present.places
            if pupil_id not in gone and (pupil_id, class_id) not in removed
        }
        """Ids of classes that some child stays in."""

    @property
    def added(self) -> tuple[tuple[Ref, Ref, bool], ...]:
        """Pupil, class, and whether it is home."""
        return tuple(sorted(self._added, key=str))

    @property
    def removed(self) -> tuple[tuple[int, int], ...]:
        """Pupil, class."""
        return tuple(sorted(self._removed))

    @property
    def homes(self) -> tuple[tuple[int, int, bool], ...]:
        """Pupil, class, and whether it is home from now on."""
        return tuple(sorted(self._homes))

    def moves(self) -> tuple[Move, ...]:
        """Children who are in Treetops already and change classes."""
        return tuple(sorted(self._moves, key=lambda move: (move.called, move.pupil)))

    def _plan_pupil(
        self,
        one: RosterPupil,
        person: PresentPupil | None,
        wanted: Mapping[Ref, bool],
        now: Mapping[int, Mapping[int, bool]],
    ) -> None:
        if person is None:
            self._added += [(one.key, ref, home) for ref, home in wanted.items()]
            return
        has = now.get(person.id, {})
        joins = [ref for ref in wanted if ref not in has]
        leaves = [class_id for class_id in has if class_id not in wanted]
        self._added += [(person.id, ref, wanted[ref]) for ref in joins]
        self._removed += [(person.id, class_id) for class_id in leaves]
        self._homes += [(person.id, at, wanted[at]) for at, home in has.items() if wanted.get(at, home) != home]
        if joins or leaves:
            self._moves.append(Move(person.id, one.called, self._named(leaves), self._named(joins)))

    def _named(self, refs: Collection[Ref]) -> tuple[str, ...]:
        return tuple(sorted(self._classes.names[ref] for ref in refs))


def plan_teaching(
    roster: Roster, present: Present, staff: Matches[RosterAdult, PresentAdult], classes: ClassPlan
) -> tuple[tuple[tuple[Ref, Ref], ...], tuple[tuple[int, int], ...]]:
    """Adult and class, to add and to remove; nothing when the file does not say who teaches what."""
    if not roster.teaching:
        return (), ()
    new = {one.key for one in staff.new}
    wanted: set[tuple[Ref, Ref]] = {
        (staff.pairs[one.adult].id if one.adult in staff.pairs else one.adult, classes.ref(one.school_class))
        for one in roster.teaching
        if one.adult in staff.pairs or one.adult in new
    }
    listed = {person.id for person in staff.pairs.values()}
    now = {(adult, taught) for adult, taught in present.teaching if adult in listed and taught in classes.managed}
    return tuple(sorted(wanted - now, key=str)), tuple(sorted(now - wanted))
