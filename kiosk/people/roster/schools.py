"""Choosing one school out of a file that holds several. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kiosk.people.roster.model import RosterRefused


@dataclass(frozen=True)
class School:
    """A school, or another organisation such as a department or a trust."""

    id: str
    name: str
    parent: str = ""
    is_school: bool = True


def choose_school(schools: Sequence[School], wanted: str, file: str) -> frozenset[str]:
    """Ids of the school with this name or id, and of the departments that belong to it.

    Raises:
        RosterRefused: there is no such school, or there are several; the sentence names those there are.
    """
    asked = " ".join(wanted.split()).casefold()
    found = [one for one in schools if one.id.casefold() == asked]
    found = found or [one for one in schools if one.name.casefold() == asked]
    if len({one.id for one in found}) != 1:
        there = [f"{one.name} ({one.id})" for one in schools if one.is_school]
        listed = "; ".join(there[:10]) + ("; and more" if len(there) > 10 else "")
        many = "Several schools are" if found else "No school is"
        raise RosterRefused(
            f"{many} called {wanted!r} in {file}. There {'are' if there else 'is'}: {listed or 'none'}."
        )
    ids = {found[0].id}
    while inner := {one.id for one in schools if one.parent in ids} - ids:
        ids |= inner
    return frozenset(ids)
