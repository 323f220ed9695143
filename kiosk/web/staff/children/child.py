"""One calm page for a child: what every adult needs to know, and what the adults promised."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from flask import render_template
from flask.typing import ResponseReturnValue

from kiosk.feelings.rules import step_of
from kiosk.feelings.store import current_scale
from kiosk.feelings.strategies import what_helped
from kiosk.minding.cards import LeftCard, book_of, cards_of
from kiosk.minding.meetings import meetings_of
from kiosk.minding.planned import planned_of
from kiosk.minding.rules import INTENSITIES, SCRIPT_PARTS, ScriptEntry, is_due
from kiosk.minding.scripts import script_of
from kiosk.minding.week_on_tablet import SEE_EVERY_STEP
from kiosk.patterns.child.store import KnownChild, known_child
from kiosk.people.high5 import NoSuchPupil, pupil_to_choose_for
from kiosk.people.near import NearAdult, NearPupil
from kiosk.people.store import high5_of
from kiosk.school.store import local_now
from kiosk.web.access import allow, signed_in_roles
from kiosk.web.staff import blueprint
from kiosk.web.staff.cards import StepShown
from kiosk.web.staff.children import words
from kiosk.web.staff.children.scope import WHO_MINDS, load, may_look_back, near_me, record_look
from kiosk.web.staff.high5 import chooser

CARDS_SHOWN = 5
"""The newest cards; the rest are folded away."""
MEETINGS_SINCE = timedelta(days=28)
MEETINGS_SHOWN = 6


@blueprint.get("/children/<pupil_id>")
@allow(*WHO_MINDS)
def child(pupil_id: str) -> ResponseReturnValue:
    """One child."""
    me, now = near_me(), local_now()
    pupil = load(pupil_id, me)
    record_look(me, pupil, "page")
    script = script_of(pupil.id)
    return render_template(
        "staff/children/child.html",
        pupil=pupil,
        script=script,
        script_parts=SCRIPT_PARTS,
        plan=plan_of(script.entry) if script else [],
        is_due=script is not None and is_due(script.entry.review_on, now.date()),
        high5=high5_of([pupil.id])[pupil.id],
        helped=what_helped(pupil.id),
        may_choose=_may_choose(pupil),
        may_look_back=may_look_back(pupil),
        planned=planned_of(pupil.id, me),
        meetings=meetings_of(pupil.id, me, now.date() - MEETINGS_SINCE)[:MEETINGS_SHOWN],
        cards=[(card, may_take_back(card, me)) for card in cards_of(pupil.id, me)],
        cards_shown=CARDS_SHOWN,
        noticed=len(book_of(pupil.id, me)),
        in_patterns=_in_patterns(pupil),
        words=words,
        now=now,
    )


@dataclass(frozen=True)
class PlannedStep:
    """A step as the school counts it, and what the plan says helps."""

    shown: StepShown
    intensity: str
    helps: str


def plan_of(entry: ScriptEntry) -> list[PlannedStep]:
    """All five steps from calm to hardest, each with what the plan says; nothing where it says nothing."""
    scale = current_scale()
    return [
        PlannedStep(
            StepShown(step_of(int(hard), scale.direction), int(hard), scale.words[int(hard) - 1]),
            hard,
            entry.plan.get(hard, ""),
        )
        for hard in INTENSITIES
    ]


def may_take_back(card: LeftCard, me: NearAdult) -> bool:
    """Whether this card can still be taken back by whoever looks."""
    return card.waits and (me.every_child or card.adult_id == me.adult_id)


def _in_patterns(pupil: NearPupil) -> KnownChild | None:
    """Whether the child is left out of patterns or to be greeted, for those whose work patterns are.

    It stands here because a school can do without pages over time, and not without leaving a child out.
    """
    return known_child(pupil.id) if signed_in_roles() & SEE_EVERY_STEP else None


def _may_choose(pupil: NearPupil) -> bool:
    """Whether whoever looks may choose this child's High 5."""
    try:
        pupil_to_choose_for(pupil.id, chooser())
    except NoSuchPupil:
        return False
    return True
