"""Who in the roster is who in Treetops: by the source's id, then by UPN, e-mail address or username. Pure.

Never by name alone. A UPN is one child's for life, so it decides by itself. E-mail addresses and usernames are
handed on to the next person, so they decide only together with a name.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from kiosk.people.roster.model import Problem, RosterAdult, RosterPupil
from kiosk.people.roster.present import PresentAdult, PresentPupil

L = TypeVar("L", bound=RosterPupil | RosterAdult)
"""Somebody listed in the roster."""
K = TypeVar("K", bound=PresentPupil | PresentAdult)
"""Somebody kept in Treetops."""


@dataclass(frozen=True)
class Mark:
    """Something people are recognised by besides the source's id: the name of the attribute, and in words."""

    field: str
    what: str

    def of(self, person: RosterPupil | RosterAdult | PresentPupil | PresentAdult) -> str | None:
        """This person's, in lower case."""
        value: str | None = getattr(person, self.field)
        return value.lower() if value else None


UPN = Mark("upn", "UPN")
EMAIL = Mark("email", "e-mail address")
USERNAME = Mark("username", "username")


@dataclass
class Matches(Generic[L, K]):
    """Who is who."""

    pairs: dict[str, K] = field(default_factory=dict)
    """Roster key to the person in Treetops."""
    new: list[L] = field(default_factory=list)
    staying: set[int] = field(default_factory=set)
    """People in Treetops who may be meant by a row that is not used: they have not left."""
    problems: list[Problem] = field(default_factory=list)
    withheld: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    """Roster key to the marks that somebody else in Treetops has and keeps."""
    released: dict[int, set[str]] = field(default_factory=lambda: defaultdict(set))
    """Id in Treetops to the marks that a leaver gives up, because somebody else in the roster has them now."""


def match(
    listed: Sequence[L],
    kept: Sequence[K],
    *,
    for_life: Sequence[Mark],
    handed_on: Sequence[Mark],
    alike: Callable[[L, K], bool],
    staying: Collection[int] = (),
    all_are_listed: bool = True,
) -> Matches[L, K]:
    """Find each person of the roster in Treetops.

    Args:
        listed: everybody in the roster; no two share an id or a mark.
        kept: everybody in Treetops, leavers too.
        for_life: marks that decide by themselves.
        handed_on: marks that decide only for people who are alike.
        alike: whether two people's names allow them to be the same person.
        staying: ids in Treetops of people who have not left though the roster may not name them.
        all_are_listed: whether people who are not listed have left.
    """
    matching: _Matching[L, K] = _Matching(kept, (*for_life, *handed_on), alike, Matches(staying=set(staying)))
    rest = matching.by_id(listed, for_life)
    rest = matching.by_marks_for_life(rest, for_life)
    matching.by_marks_handed_on(rest, handed_on)
    matching.settle_marks(listed, all_are_listed)
    matching.skip_unrecognisable()
    return matching.found


class _Matching(Generic[L, K]):
    def __init__(
        self, kept: Sequence[K], marks: Sequence[Mark], alike: Callable[[L, K], bool], found: Matches[L, K]
    ) -> None:
        self.found = found
        self._alike = alike
        self._marks = marks
        self._by_id = {person.source_id: person for person in kept if person.source_id}
        self._owners: Mapping[Mark, Mapping[str, K]] = {
            mark: {value: person for person in kept if (value := mark.of(person))} for mark in marks
        }
        self._taken: set[int] = set()
        """People named by a row of their own: they are not somebody else by an older mark."""
        self._disputed: set[int] = set()
        """People whom a skipped row may mean: no other row may change them, or the next import would differ."""

    def by_id(self, listed: Sequence[L], for_life: Sequence[Mark]) -> list[L]:
        """The id decides, unless a mark for life contradicts it. The others are returned."""
        same_id = {one.key: self._by_id[one.source_id] for one in listed if one.source_id in self._by_id}
        self._taken = {person.id for person in same_id.values()}
        rest = []
        for one in listed:
            if (person := same_id.get(one.key)) is None:
                rest.append(one)
                continue
            mark = next((mark for mark in for_life if mark.of(one) and mark.of(one) != mark.of(person)), None)
            other = self._owner(one, mark) if mark else None
            if mark and other and other.id not in self._taken:
                why = f"In Treetops the id is {person.called}'s and the {mark.what} is {other.called}'s."
                self._skip(one, (person, other), why)
            elif mark and mark.of(person) and not self._alike(one, person):
                self._skip(
                    one, (person,), f"In Treetops the id is {person.called}'s, who has another {mark.what}."
                )
            else:
                self.found.pairs[one.key] = person
        return rest

    def by_marks_for_life(self, rest: Sequence[L], for_life: Sequence[Mark]) -> list[L]:
        """Those whose id is new but whose UPN is known. The others are returned."""
        unknown = []
        for one in rest:
            owner = next((owner for mark in for_life if (owner := self._owner(one, mark))), None)
            if owner is None or owner.id in self._taken:
                unknown.append(one)
            elif owner.id in self._disputed:
                self._skip(one, (owner,), "Another row fits the same person in Treetops.")
            else:
                self.found.pairs[one.key] = owner
        self._taken |= {person.id for person in self.found.pairs.values()}
        return unknown

    def by_marks_handed_on(self, rest: Sequence[L], handed_on: Sequence[Mark]) -> None:
        """Somebody entered by hand is whoever has their e-mail address; others must be alike as well."""
        meant: dict[str, dict[int, K]] = {}
        rows_of: dict[int, int] = defaultdict(int)
        for one in rest:
            owners = [owner for mark in handed_on if (owner := self._owner(one, mark))]
            meant[one.key] = {
                owner.id: owner
                for owner in owners
                if owner.id not in self._taken and (owner.by_hand or self._alike(one, owner))
            }
            for owner_id in meant[one.key]:
                rows_of[owner_id] += 1
        for one in rest:
            people = meant[one.key]
            if not people:
                self.found.new.append(one)
            elif len(people) > 1:
                names = " and ".join(sorted(person.called for person in people.values()))
                self._skip(one, people.values(), f"The row fits both {names} in Treetops.")
            elif any(rows_of[owner_id] > 1 or owner_id in self._disputed for owner_id in people):
                self._skip(one, people.values(), "Another row fits the same person in Treetops.")
            else:
                self.found.pairs[one.key] = next(iter(people.values()))

    def settle_marks(self, listed: Sequence[L], all_are_listed: bool) -> None:
        """Who gives up and who keeps a mark of one person in Treetops that another has in the roster.

        Somebody who cannot have a new mark keeps the old one, which may stop the next, so this goes on until
        nothing changes.
        """
        row_of = {person.id: one for one in listed if (person := self.found.pairs.get(one.key))}
        new = {one.key for one in self.found.new}
        taking = [one for one in listed if one.key in self.found.pairs or one.key in new]
        withheld = True
        while withheld:
            withheld = False
            for one in taking:
                for mark in self._marks:
                    withheld |= self._settle(one, mark, row_of, all_are_listed)

    def skip_unrecognisable(self) -> None:
        """Somebody new whose only mark is another's would be added again by every import."""
        for one in list(self.found.new):
            if not one.source_id and not any(
                mark.of(one) and not self._is_withheld(one, mark) for mark in self._marks
            ):
                self.found.new.remove(one)
                self._skip(one, (), "Nothing else is there to recognise them by.")

    def _settle(self, one: L, mark: Mark, row_of: Mapping[int, L], all_are_listed: bool) -> bool:
        """Whether a mark had to be withheld from somebody."""
        owner, person = self._owner(one, mark), self.found.pairs.get(one.key)
        if owner is None or (person and person.id == owner.id) or self._is_withheld(one, mark):
            return False
        if (row := row_of.get(owner.id)) is not None:
            if mark.of(row) and not self._is_withheld(row, mark):
                return False  # the owner gets another one in the same import
        elif owner.id not in self.found.staying and (owner.left or (all_are_listed and not owner.by_hand)):
            self.found.released[owner.id].add(mark.field)
            return False
        self.found.withheld[one.key].add(mark.field)
        why = f"The {mark.what} is {owner.called}'s in Treetops and is left out."
        self.found.problems.append(Problem(one.file, one.line, why))
        return True

    def _is_withheld(self, one: L, mark: Mark) -> bool:
        return mark.field in self.found.withheld.get(one.key, ())

    def _owner(self, one: L, mark: Mark) -> K | None:
        value = mark.of(one)
        return self._owners[mark].get(value) if value else None

    def _skip(self, one: L, meant: Iterable[K], why: str) -> None:
        ids = {person.id for person in meant}
        self.found.staying |= ids
        self._disputed |= ids
        self.found.problems.append(Problem(one.file, one.line, f"{why} The row is not used."))
