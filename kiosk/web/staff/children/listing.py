"""The children somebody may know of, by class: who has had no card lately, whose script is missing or due."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time

from flask import render_template
from flask.typing import ResponseReturnValue

from kiosk.audit import record
from kiosk.db import writing
from kiosk.minding.cards import not_held_in_mind
from kiosk.minding.meetings import missed, nobody_keeps
from kiosk.minding.rules import LATELY_SCHOOL_DAYS, is_due, lately
from kiosk.minding.scripts import WrittenScript, scripts_of
from kiosk.people.near import NearAdult, NearPupil, pupils_near
from kiosk.school.store import local_now, school_calendar
from kiosk.web.access import allow
from kiosk.web.staff import blueprint
from kiosk.web.staff.children import words
from kiosk.web.staff.children.scope import WHO_MINDS, near_me
from kiosk.wording import N_

MISSED_SHOWN = 6
THOUGHT_OF_FIRST = 6
"""How many children without a card lately stand at the top: as many as one adult writes to in a quiet moment."""


@dataclass(frozen=True)
class ListedChild:
    """A child on the list, and what to look after."""

    pupil: NearPupil
    script: str | None
    """What there is to do about the script, in words; nothing when there is nothing."""
    is_due: bool
    """Whether there is a script that wants to be looked at again."""
    without_card: str | None
    """Since when nobody left a card, in words; nothing when somebody did lately."""


@dataclass(frozen=True)
class Group:
    """Children who stand together on the list."""

    anchor: str
    name: str
    children: tuple[ListedChild, ...]


@blueprint.get("/children/")
@allow(*WHO_MINDS)
def children() -> ResponseReturnValue:
    """The children near whoever is signed in."""
    me, now = near_me(), local_now()
    since = lately(now.date(), school_calendar())
    listed, without = _listed(me, since, now)
    groups = _grouped(listed)
    if listed:
        with writing():
            record("children_seen", me.actor, classes=[group.name for group in groups])
    return render_template(
        "staff/children/list.html",
        groups=groups,
        think_of=without[:THOUGHT_OF_FIRST],
        nobody_keeps=nobody_keeps(me),
        missed=missed(me, since)[:MISSED_SHOWN],
        lately_days=LATELY_SCHOOL_DAYS,
        every_child=me.every_child,
        words=words,
        today=now.date(),
    )


def _listed(me: NearAdult, since: date, now: datetime) -> tuple[list[ListedChild], list[ListedChild]]:
    """Every child by class and name; and those without a card since a day, the longest without first."""
    pupils = pupils_near(me)
    scripts = scripts_of([pupil.id for pupil in pupils])
    without = {
        one.pupil_id: words.days_since(one.last_left_at, now)
        for one in not_held_in_mind(me, _start_of(since, now))
    }
    listed = {
        pupil.id: _listed_child(pupil, scripts.get(pupil.id), without.get(pupil.id), now.date())
        for pupil in pupils
    }
    # Those who chose this adult come first: whom would they like a card from?
    longest = sorted((listed[pupil_id] for pupil_id in without), key=lambda child: not child.pupil.trusts_me)
    return list(listed.values()), longest


def _start_of(day: date, now: datetime) -> datetime:
    return datetime.combine(day, time(0), now.tzinfo)


def _listed_child(
    pupil: NearPupil, script: WrittenScript | None, without_card: str | None, today: date
) -> ListedChild:
    if script is None:
        return ListedChild(pupil, N_("No script yet"), False, without_card)
    due = is_due(script.entry.review_on, today)
    return ListedChild(pupil, N_("Look at the script again") if due else None, due, without_card)


def _grouped(listed: Iterable[ListedChild]) -> list[Group]:
    """The children who chose this adult, then the classes."""
    groups: dict[tuple[str, str], list[ListedChild]] = {}
    for child in sorted(listed, key=lambda child: not child.pupil.trusts_me):
        pupil = child.pupil
        place = (f"class-{pupil.class_id or 'none'}", pupil.class_name or N_("No class"))
        groups.setdefault(("mine", N_("You are in their High 5")) if pupil.trusts_me else place, []).append(child)
    return [Group(anchor, name, tuple(children)) for (anchor, name), children in groups.items()]
