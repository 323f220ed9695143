"""A first High 5 for everybody: the adults who teach a child's class, until somebody asks the child."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import select

from kiosk.audit import KEYBOARD
from kiosk.db import db, writing
from kiosk.people.high5 import AT_THE_KEYBOARD, PupilsHigh5, classes_to_choose_for
from kiosk.people.leaving import works_here
from kiosk.people.models import HIGH5_MOST, Adult, Teaching
from kiosk.people.store import TrustedAdult, can_be_asked_soon, set_high5, trusted_adults


@dataclass(frozen=True)
class ClassStart:
    """What a class would begin with."""

    class_name: str
    """Empty for pupils whom the roster puts in no class."""
    pupils: tuple[PupilsHigh5, ...]
    """Those who have nobody yet."""
    adults: tuple[TrustedAdult, ...]
    """Up to five who teach the class, those who can be told first; empty when nobody of them can."""


def high5_from_classes(*, apply: bool, echo: Callable[[str], object]) -> int:
    """Show which pupils would get the adults of their class, and when asked to, write it.

    Args:
        apply: write it; otherwise it is only shown.
        echo: prints one line.

    Returns:
        The exit code: 0, also when some pupils still have nobody.

    Raises:
        Busy: another writer held the database for too long; nothing was changed.
    """
    starts = _give() if apply else plan_starts()
    if not starts:
        echo("Nothing to do: every pupil has somebody in their High 5.")
        return 0
    given = [start for start in starts if start.adults]
    for start in given:
        echo(f"{start.class_name}: {_called(start)} for {_pupils(len(start.pupils))}")
    for start in starts:
        if not start.adults:
            echo(_still_nobody(start))
    if not given:
        echo("Nothing to do.")
    elif apply:
        echo(f"\nDone: {_pupils(_count(given))} can choose from the adults of their class.")
    else:
        echo(f"\nNothing has been changed yet. To write this for {_pupils(_count(given))}, add --apply.")
    return 0


def plan_starts() -> list[ClassStart]:
    """The classes with pupils who have nobody yet, by name, and whom those would get."""
    teaching = _who_teaches()
    starts = []
    for one in classes_to_choose_for(AT_THE_KEYBOARD):
        without = tuple(pupil for pupil in one.pupils if not pupil.high5)
        if without:
            starts.append(ClassStart(one.name, without, _whom(teaching.get(one.id, []))))
    return starts


def _give() -> list[ClassStart]:
    """All of it or nothing; read inside the same transaction, so that no choice made meanwhile is lost."""
    with writing():
        starts = plan_starts()
        for start in starts:
            for pupil in start.pupils if start.adults else ():
                set_high5(pupil.id, [adult.id for adult in start.adults], KEYBOARD)
    return starts


def _who_teaches() -> dict[int | None, list[TrustedAdult]]:
    """The adults of each class who work here, by family name."""
    rows = db.session.execute(
        select(Teaching.class_id, Teaching.adult_id)
        .join(Adult, Adult.id == Teaching.adult_id)
        .where(works_here())
        .order_by(Teaching.class_id, Adult.family_name, Adult.given_name, Adult.id)
    ).all()
    known = {adult.id: adult for adult in trusted_adults({row.adult_id for row in rows})}
    found: dict[int | None, list[TrustedAdult]] = defaultdict(list)
    for class_id, adult_id in rows:
        found[class_id].append(known[adult_id])
    return found


def _whom(adults: list[TrustedAdult]) -> tuple[TrustedAdult, ...]:
    """A High 5 in which nobody can be told would leave a child unheard, so there is none then."""
    if not any(map(can_be_asked_soon, adults)):
        return ()
    return tuple(sorted(adults, key=lambda adult: not can_be_asked_soon(adult))[:HIGH5_MOST])


def _still_nobody(start: ClassStart) -> str:
    names = ", ".join(pupil.name for pupil in start.pupils)
    if not start.class_name:
        return f"In no class, so still without anybody: {names}. Choose for them on the page High 5."
    return (
        f"Nobody who teaches {start.class_name} can sign in and is here soon, so these have nobody yet: {names}. "
        "Add an account for an adult of the class, or choose for them on the page High 5."
    )


def _called(start: ClassStart) -> str:
    return ", ".join(adult.called for adult in start.adults)


def _count(starts: list[ClassStart]) -> int:
    return sum(len(start.pupils) for start in starts)


def _pupils(count: int) -> str:
    return "1 pupil" if count == 1 else f"{count} pupils"
