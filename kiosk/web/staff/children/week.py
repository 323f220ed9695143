"""A child's week, for the child and an adult to look back at together, and to say what helped."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import uuid4

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from kiosk.db import utc_now
from kiosk.feelings.rules import SAID, NewStrategyUse
from kiosk.feelings.store import DifferentContent
from kiosk.feelings.strategies import say_with_adult
from kiosk.minding.cards import LeftCard, cards_of
from kiosk.minding.week_on_tablet import tablets_for_week
from kiosk.patterns.child.over_time import Answer, Talk
from kiosk.patterns.child.store import answers_of, talks_of
from kiosk.people.childs_tablet import set_ups
from kiosk.people.near import NearAdult, NearPupil
from kiosk.people.rules import read_id
from kiosk.people.store import high5_of
from kiosk.people.tablet_settings import ChildsTablet, is_own
from kiosk.school.calendar import DAY_NAMES
from kiosk.school.store import local_now, school_calendar
from kiosk.web.access import allow
from kiosk.web.languages import flash
from kiosk.web.staff import blueprint
from kiosk.web.staff.children import words
from kiosk.web.staff.children.scope import WHO_MINDS, load, may_look_back, near_me, record_look
from kiosk.web.tablet.entries import read_key
from kiosk.wording import N_, Sentence

WEEKS_BACK = 12
SAID_WORDS = {
    "used": N_("I used it"),
    "helped": N_("It helped"),
    "a_bit": N_("A bit"),
    "not_today": N_("Not today"),
}


@dataclass(frozen=True)
class Day:
    """One school day of the week, as the child lived it."""

    name: str
    is_today: bool
    answers: list[Answer]
    talks: list[Talk]
    cards: list[LeftCard]


@blueprint.get("/children/<pupil_id>/week")
@allow(*WHO_MINDS)
def my_week(pupil_id: str) -> ResponseReturnValue:
    """One week of a child, in pictures."""
    me = near_me()
    pupil = _load(pupil_id, me)
    ago = min(read_id(request.args.get("ago")) or 0, WEEKS_BACK)
    record_look(me, pupil, "week")
    now, tablet = local_now(), set_ups([pupil.id])[pupil.id].tablet
    high5 = high5_of([pupil.id])[pupil.id]
    return render_template(
        "staff/children/week.html",
        pupil=pupil,
        days=_days(pupil, me, now.date() - timedelta(weeks=ago)),
        ago=ago,
        weeks_back=WEEKS_BACK,
        tablet=tablet,
        look_of=lambda intensity: _look_of(tablet, intensity),
        picture_of={adult.called: adult.picture for adult in high5},
        initials=words.initials,
        said_words=SAID_WORDS,
        make_key=uuid4,
        tablets=tablets_for_week(pupil.id, me) if not ago else [],
        local=lambda instant: instant.astimezone(now.tzinfo),
    )


@blueprint.post("/children/<pupil_id>/week")
@allow(*WHO_MINDS)
def say_what_helped(pupil_id: str) -> ResponseReturnValue:
    """Keep what the child says of one of their cards."""
    me = near_me()
    pupil = _load(pupil_id, me)
    key, picture, said = (request.form.get(name, "") for name in ("key", "picture", "said"))
    card = next((one for one in set_ups([pupil.id])[pupil.id].tablet.strategies if one.picture == picture), None)
    entry = read_key(key)
    if card is None or entry is None or said not in SAID:
        flash("That did not arrive as it should. Press it once more.", "stopped")
        return redirect(url_for("staff.my_week", pupil_id=pupil.id), 303)
    try:
        say_with_adult(NewStrategyUse(entry, pupil.id, picture, said, utc_now()), me)
        heard = Sentence("%(card)s: %(said)s. Thank you for telling us.", card=card.words, said=SAID_WORDS[said])
        flash(heard, "done")
    except DifferentContent:
        flash("You said that already. Press again to say it otherwise.", "told")
    return redirect(url_for("staff.my_week", pupil_id=pupil.id, _anchor="helped"), 303)


def _load(pupil_id: str, me: NearAdult) -> NearPupil:
    """The pupil, if whoever asks is somebody this child trusts, or sees every step anyway; else 404."""
    pupil = load(pupil_id, me)
    if not may_look_back(pupil):
        abort(404)
    return pupil


def _days(pupil: NearPupil, me: NearAdult, within: date) -> list[Day]:
    monday = within - timedelta(days=within.weekday())
    today, sunday = local_now().date(), monday + timedelta(days=6)
    answers, talks = answers_of(pupil.id, monday, sunday), talks_of(pupil.id, monday, sunday)
    zone = local_now().tzinfo
    found = [card for card in cards_of(pupil.id, me) if card.found_at and not card.taken_back_at]
    is_school_day = school_calendar().is_school_day
    days = []
    for day in (monday + timedelta(days=ahead) for ahead in range(7)):
        of_day = Day(
            DAY_NAMES[day.weekday()],
            day == today,
            [one for one in answers if one.school_day == day],
            [one for one in reversed(talks) if one.school_day == day],
            [card for card in found if card.found_at and card.found_at.astimezone(zone).date() == day],
        )
        if day <= today and (_has_something(of_day) or (day.weekday() < 5 and is_school_day(day))):
            days.append(of_day)
    return days


def _has_something(day: Day) -> bool:
    lists: Sequence[Sequence[object]] = (day.answers, day.talks, day.cards)
    return any(lists)


def _look_of(tablet: ChildsTablet, intensity: int) -> str:
    """The drawing beside the fingers, as on this child's tablet."""
    own = tablet.own_steps.get(intensity)
    family = {"faces": "face"}.get(tablet.scale_picture, tablet.scale_picture)
    if own is None or own.picture is None:
        return f"{family}-{intensity}"
    return own.picture if is_own(own.picture) else f"pic-{own.picture}"
