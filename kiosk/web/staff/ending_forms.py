"""What the form of an ending says, in our own types. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from kiosk.minding.ending_rules import EndingPlan, EndingRefused
from kiosk.people.rules import read_id
from kiosk.wording import N_

NOBODY = "none"
"""Chosen instead of a new adult: none is wanted."""


@dataclass(frozen=True)
class EndingForm:
    """An ending as it was filled in."""

    plan: EndingPlan
    into_high5: bool
    finish: bool


def read_ending(form: Mapping[str, str]) -> EndingForm:
    """The ending in a form: ``told_by``, ``told_on``, ``new_adult``, ``met_on``, ``note``; and ``yes`` for
    ``into_high5`` and ``finish`` when they were pressed.

    Raises:
        EndingRefused: an adult or a day that is none.
    """
    new_adult = form.get("new_adult", "")
    plan = EndingPlan(
        told_by_id=_adult(form.get("told_by", "")),
        told_on=_day(form.get("told_on", ""), N_("Give the day on which the child is told as a date.")),
        new_adult_id=None if new_adult == NOBODY else _adult(new_adult),
        no_new_adult=new_adult == NOBODY,
        met_on=_day(form.get("met_on", ""), N_("Give the day on which they meet as a date.")),
        note=" ".join(form.get("note", "").split()) or None,
    )
    into_high5 = form.get("into_high5") == "yes" and plan.new_adult_id is not None
    return EndingForm(plan, into_high5, form.get("finish") == "yes")


def ending_fields(plan: EndingPlan) -> dict[str, str]:
    """The form, filled in with what is kept."""
    return {
        "told_by": str(plan.told_by_id or ""),
        "told_on": plan.told_on.isoformat() if plan.told_on else "",
        "new_adult": NOBODY if plan.no_new_adult else str(plan.new_adult_id or ""),
        "met_on": plan.met_on.isoformat() if plan.met_on else "",
        "note": plan.note or "",
    }


def _adult(text: str) -> int | None:
    if not text:
        return None
    found = read_id(text)
    if found is None:
        raise EndingRefused("Somebody you chose is not known here. Choose again.")
    return found


def _day(text: str, otherwise: str) -> date | None:
    if not text.strip():
        return None
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise EndingRefused(otherwise) from None
