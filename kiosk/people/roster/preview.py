"""What an import would change, in plain English for the person at the keyboard. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kiosk.people.roster.classes import Change, Move
from kiosk.people.roster.model import Problem, Roster
from kiosk.people.roster.plan import Plan

NAMES_MOST = 20
"""Most names shown of each kind."""


def preview(roster: Roster, plan: Plan) -> Iterator[str]:
    """Lines to print: what the file holds, what would change and for whom, and the rows that cannot be used."""
    yield f"{roster.source}: {_count(len(roster.pupils), 'pupil')}, {_staff(len(roster.staff))}, " + _count(
        len(roster.classes), "class", "classes"
    )
    yield "" if not plan.is_empty else "\nNothing would change.\n"
    yield from _classes(plan)
    yield from _pupils(plan)
    yield from _adults(plan)
    yield from _counted_only(plan)
    yield from _problems(plan.problems)


def _classes(plan: Plan) -> Iterator[str]:
    yield from _listed("New classes", [one.name for one in plan.classes_new])
    yield from _listed("Classes that change", [_change(change, "opened again") for change in plan.classes_changed])
    yield from _listed("Classes that close", [one.name for one in plan.classes_closed])


def _pupils(plan: Plan) -> Iterator[str]:
    class_of = _class_names(plan)
    yield from _listed("New pupils", [one.called + class_of.get(one.key, "") for one in plan.pupils_new])
    yield from _listed("Pupils who are back", [one.after for one in plan.pupils_changed if one.back])
    yield from _listed("Pupils who change class", [_move(move) for move in plan.pupils_moved])
    yield from _listed("Pupils with another name", [_change(one) for one in plan.pupils_changed if one.renamed])
    yield from _listed("Pupils who leave", [one.called for one in plan.pupils_left])


def _adults(plan: Plan) -> Iterator[str]:
    yield from _listed("New staff", [one.called for one in plan.staff_new])
    yield from _listed("Staff who are back", [one.after for one in plan.staff_changed if one.back])
    yield from _listed("Staff with another name", [_change(one) for one in plan.staff_changed if one.renamed])
    yield from _listed("Staff who leave", [one.called for one in plan.staff_left])


def _counted_only(plan: Plan) -> Iterator[str]:
    """Changes nobody needs to check name by name."""
    counts = plan.counts()
    for key, what in (
        ("pupils_otherwise_changed", "Pupils with another year, house, id or username"),
        ("staff_otherwise_changed", "Staff with another first name, e-mail address, id or username"),
        ("places_changed", "Changes to who is in which class"),
        ("teaching_changed", "Changes to who teaches which class"),
    ):
        if counts[key]:
            yield f"{what}: {counts[key]:,}"
    if plan.pupil_marks_released or plan.staff_marks_released:
        count = len(plan.pupil_marks_released) + len(plan.staff_marks_released)
        yield f"Usernames and e-mail addresses of leavers that somebody new has: {count:,}"


def _problems(problems: Sequence[Problem]) -> Iterator[str]:
    if not problems:
        return
    yield f"\nRows that could not be used, or only in part: {len(problems):,}"
    for problem in problems[: 5 * NAMES_MOST]:
        where = f"{problem.file}, line {problem.line}" if problem.line else problem.file
        yield f"  {where}: {problem.sentence}"
    if len(problems) > 5 * NAMES_MOST:
        yield f"  and {len(problems) - 5 * NAMES_MOST:,} more"


def _listed(title: str, names: Sequence[str]) -> Iterator[str]:
    if not names:
        return
    yield f"{title}: {len(names):,}"
    for name in names[:NAMES_MOST]:
        yield f"  {name}"
    if len(names) > NAMES_MOST:
        yield f"  and {len(names) - NAMES_MOST:,} more"


def _class_names(plan: Plan) -> dict[str, str]:
    """For each new pupil, the registration class as it is shown behind the name."""
    names: dict[int | str, str] = {one.id: one.name for one in plan.present.classes}
    names |= {change.id: change.after for change in plan.classes_changed}
    names |= {one.key: one.name for one in plan.classes_new}
    return {
        pupil: f", {names[school_class]}"
        for pupil, school_class, home in plan.places_added
        if home and isinstance(pupil, str)
    }


def _move(move: Move) -> str:
    def named(classes: tuple[str, ...]) -> str:
        more = f" and {len(classes) - 3} more" if len(classes) > 3 else ""
        return ", ".join(classes[:3]) + more

    if not move.before:
        return f"{move.called}: joins {named(move.after)}"
    if not move.after:
        return f"{move.called}: leaves {named(move.before)}"
    return f"{move.called}: from {named(move.before)} to {named(move.after)}"


def _change(change: Change, when_back: str = "") -> str:
    said = f"{change.before}, from now on {change.after}" if change.renamed else change.after
    return f"{said} ({when_back})" if change.back and when_back else said


def _count(number: int, one: str, many: str = "") -> str:
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def _staff(number: int) -> str:
    return f"{number:,} staff"
