"""Looking at patterns: whether the school has this view, and that somebody looked."""

from __future__ import annotations

from kiosk.audit import Actor, record
from kiosk.db import writing
from kiosk.refusal import Refusal
from kiosk.school.store import settings

VIEWS = ("today", "child", "different", "connections", "school")


class SwitchedOff(Refusal):
    """The school has chosen not to have this view; the message is a sentence."""


def check_switched_on(view: str) -> None:
    """Whether the school has this view.

    Raises:
        SwitchedOff: it has chosen not to.
    """
    if settings()[f"patterns_{view}"] != "yes":
        raise SwitchedOff(
            "The school has switched this page off. The administrator can switch it on again in the Office."
        )


def views_switched_on() -> list[str]:
    """The views the school has."""
    return [view for view in VIEWS if settings()[f"patterns_{view}"] == "yes"]


def keep_look(by: Actor, view: str, what: list[str], *, form: str = "screen") -> None:
    """Write down that somebody looked at a page about many children, or took it away.

    Args:
        by: who looks.
        view: which page.
        what: which part of it: a group and a period, a week.
        form: ``screen``, or in which form it leaves, such as ``csv`` or ``feed 3``.
    """
    with writing():
        if form == "screen":
            record("pattern_seen", by, view=view, what=what)
        else:
            record("pattern_exported", by, view=view, what=what, form=form)
