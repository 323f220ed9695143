"""What a roster would change in Treetops. Pure. The same roster and the same present give the same plan.

Nobody is ever deleted: who is no longer listed gets the day they left, and who comes back has their history.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar, cast

from kiosk.people.roster.classes import Change, ClassPlan, Move, PlacePlan, Ref, plan_teaching
from kiosk.people.roster.matching import EMAIL, UPN, USERNAME, Mark, Matches, match
from kiosk.people.roster.model import NAME_MOST, Problem, Roster, RosterAdult, RosterClass, RosterPupil
from kiosk.people.roster.present import Present, PresentAdult, PresentClass, PresentPupil
from kiosk.people.roster.words import fingerprint, is_called_by_rule, name_words, read_title
from kiosk.people.rules import full_name

MANY_STAFF = 5
"""Fewer staff than this may all leave at once without a question: in a small school that is ordinary."""
MANY_STRANGERS = 5


@dataclass(frozen=True, slots=True)
class Plan:
    """What would change."""

    source: str
    present: Present
    """What the plan was made from."""
    refusal: str | None = None
    """Why it must not be applied, in a sentence."""
    classes_new: tuple[RosterClass, ...] = ()
    classes_changed: tuple[Change, ...] = ()
    classes_closed: tuple[PresentClass, ...] = ()
    pupils_new: tuple[RosterPupil, ...] = ()
    pupils_changed: tuple[Change, ...] = ()
    pupils_moved: tuple[Move, ...] = ()
    pupils_left: tuple[PresentPupil, ...] = ()
    staff_new: tuple[RosterAdult, ...] = ()
    staff_changed: tuple[Change, ...] = ()
    staff_left: tuple[PresentAdult, ...] = ()
    pupil_marks_released: tuple[tuple[int, str], ...] = ()
    """Ids of leavers, each with a column that somebody new has now."""
    staff_marks_released: tuple[tuple[int, str], ...] = ()
    places_added: tuple[tuple[Ref, Ref, bool], ...] = ()
    places_removed: tuple[tuple[int, int], ...] = ()
    homes_changed: tuple[tuple[int, int, bool], ...] = ()
    teaching_added: tuple[tuple[Ref, Ref], ...] = ()
    teaching_removed: tuple[tuple[int, int], ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether applying it would change nothing."""
        return not any(self.counts().values())

    def counts(self) -> dict[str, int]:
        """How much would change, by kind; somebody who is both renamed and back again counts in both."""
        return {
            "pupils_new": len(self.pupils_new),
            "pupils_back": sum(change.back for change in self.pupils_changed),
            "pupils_moved": len(self.pupils_moved),
            "pupils_renamed": sum(change.renamed for change in self.pupils_changed),
            "pupils_otherwise_changed": sum(not (change.back or change.renamed) for change in self.pupils_changed),
            "pupils_left": len(self.pupils_left),
            "staff_new": len(self.staff_new),
            "staff_back": sum(change.back for change in self.staff_changed),
            "staff_renamed": sum(change.renamed for change in self.staff_changed),
            "staff_otherwise_changed": sum(not (change.back or change.renamed) for change in self.staff_changed),
            "staff_left": len(self.staff_left),
            "classes_new": len(self.classes_new),
            "classes_changed": len(self.classes_changed),
            "classes_closed": len(self.classes_closed),
            "places_changed": len(self.places_added) + len(self.places_removed) + len(self.homes_changed),
            "teaching_changed": len(self.teaching_added) + len(self.teaching_removed),
        }


def plan_import(roster: Roster, present: Present, *, allow_many_leavers: bool = False) -> Plan:
    """What a roster would change.

    A kind of thing the roster has none of (no staff, no classes) is left as it is. Two plans are equal when
    they would do the same.

    Args:
        roster: what the file says.
        present: what is in Treetops.
        allow_many_leavers: apply even when more than half of the pupils, or of the staff, would leave.
    """
    pupils = _match_pupils(roster, present)
    staff = _match_staff(roster, present)
    pupils_left = _left(present.pupils, pupils) if roster.lists_pupils else ()
    staff_left = _left(present.adults, staff) if _staff_may_leave(roster) else ()
    classes = ClassPlan(roster, present)
    places = PlacePlan(roster, present, pupils, classes, {pupil.id for pupil in pupils_left})
    added, removed = plan_teaching(roster, present, staff, classes)
    return Plan(
        source=roster.source,
        present=present,
        refusal=_strangers(roster, pupils)
        or (None if allow_many_leavers else _too_many_leave(roster, present, pupils_left, staff_left)),
        classes_new=classes.new,
        classes_changed=classes.changed(),
        classes_closed=classes.closed(places.in_use),
        pupils_new=_newcomers(pupils),
        pupils_changed=_changes(roster.pupils, pupils, _pupil_values, _pupil_called),
        pupils_moved=places.moves(),
        pupils_left=pupils_left,
        staff_new=_newcomers(staff),
        staff_changed=_changes(roster.staff, staff, _adult_values, _adult_called),
        staff_left=staff_left,
        pupil_marks_released=_released(pupils),
        staff_marks_released=_released(staff),
        places_added=places.added,
        places_removed=places.removed,
        homes_changed=places.homes,
        teaching_added=added,
        teaching_removed=removed,
        problems=tuple(sorted({*roster.problems, *pupils.problems, *staff.problems})),
    )


_Listed = TypeVar("_Listed", RosterPupil, RosterAdult)
_Kept = TypeVar("_Kept", PresentPupil, PresentAdult)


def _match_pupils(roster: Roster, present: Present) -> Matches[RosterPupil, PresentPupil]:
    return match(
        roster.pupils,
        present.pupils,
        for_life=(UPN,),
        handed_on=(USERNAME,),
        alike=_same_first_name,
        staying=_unreadable(roster, present.pupils, (UPN, USERNAME)),
        all_are_listed=roster.lists_pupils,
    )


def _match_staff(roster: Roster, present: Present) -> Matches[RosterAdult, PresentAdult]:
    return match(
        roster.staff,
        present.adults,
        for_life=(),
        handed_on=(EMAIL, USERNAME),
        alike=_some_name_in_common,
        staying=_unreadable(roster, present.adults, (EMAIL, USERNAME)),
        all_are_listed=_staff_may_leave(roster),
    )


def _staff_may_leave(roster: Roster) -> bool:
    return roster.lists_all_staff and bool(roster.staff)


def _same_first_name(one: RosterPupil, person: PresentPupil) -> bool:
    """Brothers and sisters share the family name, and a username like "jsmith" is handed on."""
    return not name_words(one.given_name, one.known_as).isdisjoint(name_words(person.given_name, person.known_as))


def _some_name_in_common(one: RosterAdult, person: PresentAdult) -> bool:
    known = name_words(person.given_name, person.family_name, person.called)
    return not name_words(one.given_name, one.family_name).isdisjoint(known)


def _unreadable(roster: Roster, people: Sequence[PresentPupil | PresentAdult], marks: Sequence[Mark]) -> set[int]:
    """People whose row is in the file but could not be used."""
    if not roster.unreadable:
        return set()
    listed = set()
    for person in people:
        ids = (person.source_id, *(mark.of(person) for mark in marks))
        if any(text and fingerprint(text) in roster.unreadable for text in ids):
            listed.add(person.id)
    return listed


def _left(people: Sequence[_Kept], found: Matches[Any, _Kept]) -> tuple[_Kept, ...]:
    """Those whom the file should name and does not. Whom somebody entered by hand no file speaks for."""
    listed = {person.id for person in found.pairs.values()} | found.staying
    gone = [one for one in people if not (one.left or one.by_hand or one.id in listed)]
    return tuple(sorted(gone, key=lambda one: (one.family_name, one.given_name, one.id)))


def _newcomers(found: Matches[_Listed, Any]) -> tuple[_Listed, ...]:
    new = [
        replace(cast(Any, one), **dict.fromkeys(found.withheld[one.key])) if one.key in found.withheld else one
        for one in found.new
    ]
    return tuple(sorted(new, key=lambda one: (one.family_name, one.given_name, one.key)))


def _changes(
    listed: Sequence[_Listed],
    found: Matches[_Listed, _Kept],
    wanted: Callable[[_Listed, _Kept], dict[str, Any]],
    called: Callable[[dict[str, Any], _Kept], str],
) -> tuple[Change, ...]:
    changes = []
    for one in listed:
        person = found.pairs.get(one.key)
        if person is None:
            continue
        values = {
            name: value
            for name, value in wanted(one, person).items()
            if value != getattr(person, name) and name not in found.withheld.get(one.key, ())
        }
        after = called(values, person)
        if person.left:
            values["left_on"] = None
        if values:
            changes.append(Change(person.id, person.called, after, tuple(sorted(values.items())), person.left))
    return tuple(sorted(changes, key=lambda change: (change.after, change.id)))


def _pupil_values(one: RosterPupil, person: PresentPupil) -> dict[str, Any]:
    """What the file says about a child; what it leaves open stays, such as a name the child prefers."""
    values = {
        "given_name": one.given_name,
        "family_name": one.family_name,
        "known_as": person.known_as if one.known_as is None else one.known_as or None,
        "year": one.year,
        "house": one.house,
        "source_id": one.source_id,
        "upn": one.upn,
        "username": one.username,
    }
    return {name: value for name, value in values.items() if value is not None or name == "known_as"}


def _pupil_called(values: dict[str, Any], person: PresentPupil) -> str:
    given, known_as = values.get("given_name", person.given_name), values.get("known_as", person.known_as)
    return full_name(given, known_as, values.get("family_name", person.family_name))


def _adult_values(one: RosterAdult, person: PresentAdult) -> dict[str, Any]:
    # A list without staff ids uses the e-mail address as one; it must not push out a real id.
    source_id = person.source_id if person.source_id and one.source_id == one.email else one.source_id
    values = {
        "given_name": _fuller(one.given_name, person.given_name),
        "family_name": one.family_name,
        "called": _called(one, person),
        "email": one.email,
        "source_id": source_id,
        "username": one.username,
    }
    return {name: value for name, value in values.items() if value is not None}


def _fuller(listed: str, kept: str) -> str:
    """Beside a class a list often has only "Mrs S Ali" or "Mrs Ali": that is no other first name than Saima."""
    return kept if len(listed.rstrip(".")) < 2 and kept.startswith(listed[:1]) else listed


def _called(one: RosterAdult, person: PresentAdult) -> str:
    """What children call an adult. What somebody at the school has chosen ("Miss Polly") stays."""
    if not is_called_by_rule(person.called, person.given_name, person.family_name):
        return person.called
    if one.title:
        return one.called
    title, _, rest = person.called.partition(" ")
    if rest == person.family_name and read_title(title):  # the file has no titles, but somebody typed this one
        with_title = f"{title} {one.family_name}"
        return with_title if len(with_title) <= NAME_MOST else one.called
    return replace(one, given_name=_fuller(one.given_name, person.given_name)).called


def _adult_called(values: dict[str, Any], person: PresentAdult) -> str:
    return str(values.get("called", person.called))


def _released(found: Matches[Any, Any]) -> tuple[tuple[int, str], ...]:
    return tuple(sorted((person, field) for person, fields in found.released.items() for field in fields))


def _too_many_leave(
    roster: Roster,
    present: Present,
    pupils_left: tuple[PresentPupil, ...],
    staff_left: tuple[PresentAdult, ...],
) -> str | None:
    """A wrong file must not empty the school."""
    if roster.lists_pupils and not roster.pupils:
        return "There are no pupils in this file. If it is right that all leave, add --allow-many-leavers."
    for gone, people, who, fewest in (
        (pupils_left, present.pupils, "pupils", 1),
        (staff_left, present.adults, "staff", MANY_STAFF),
    ):
        here = sum(not (one.left or one.by_hand) for one in people)
        if len(gone) >= fewest and 2 * len(gone) > here:
            return (
                f"This would make {len(gone)} of {here} {who} leave, because the file does not name them. "
                "If that is right, add --allow-many-leavers."
            )
    return None


def _strangers(roster: Roster, pupils: Matches[RosterPupil, PresentPupil]) -> str | None:
    """Another system's ids must not give children each other's history."""
    same_id = [
        (one, person)
        for one in roster.pupils
        if (person := pupils.pairs.get(one.key)) and person.source_id and person.source_id == one.source_id
    ]
    strangers = sum(
        name_words(one.given_name, one.known_as, one.family_name).isdisjoint(
            name_words(person.given_name, person.known_as, person.family_name)
        )
        and (one.upn is None or one.upn != person.upn)
        for one, person in same_id
    )
    if strangers < MANY_STRANGERS or 2 * strangers <= len(same_id):
        return None
    return (
        "Most ids in this file belong to children with quite other names in Treetops. "
        "It looks like a file from another school or another system."
    )
