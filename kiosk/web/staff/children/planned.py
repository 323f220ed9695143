"""Promising a child a regular time, ending a promise, and saying what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from kiosk.minding.meetings import became
from kiosk.minding.planned import NoSuchTime, Planned, end_promise, promise
from kiosk.minding.rules import Became, NewTime, PromiseRefused
from kiosk.people.high5 import NoSuchPupil, adults_to_choose_from
from kiosk.people.near import NearPupil
from kiosk.people.rules import HOWS, read_id
from kiosk.people.store import TrustedAdult, high5_of
from kiosk.school.calendar import DAY_NAMES
from kiosk.school.store import local_now, school_calendar
from kiosk.web.access import allow
from kiosk.web.languages import _, flash
from kiosk.web.staff import blueprint
from kiosk.web.staff.children import words
from kiosk.web.staff.children.scope import WHO_MINDS, load, near_me, record_look
from kiosk.wording import N_, Sentence


@blueprint.get("/children/<pupil_id>/time")
@allow(*WHO_MINDS)
def planned_time(pupil_id: str) -> ResponseReturnValue:
    """A regular time to promise."""
    me = near_me()
    pupil = load(pupil_id, me)
    record_look(me, pupil, "planned time")
    filled = {"adult": str(me.adult_id), "first_day": local_now().date().isoformat(), "how": ""}
    return _form(pupil, filled)


@blueprint.post("/children/<pupil_id>/time")
@allow(*WHO_MINDS)
def promise_time(pupil_id: str) -> ResponseReturnValue:
    """Promise it; what cannot be comes back as it was filled in."""
    me = near_me()
    pupil = load(pupil_id, me)
    try:
        promise(pupil.id, read_time(request.form), me)
    except NoSuchPupil:
        abort(404)
    except PromiseRefused as refused:
        return _form(pupil, request.form, _(refused)), 422
    flash("The time is planned. The child sees it on the tablet.", "done")
    return redirect(url_for("staff.child", pupil_id=pupil.id, _anchor="planned"), 303)


@blueprint.post("/planned/<planned_id>/end")
@allow(*WHO_MINDS)
def end_time(planned_id: str) -> ResponseReturnValue:
    """End a promise with a day."""
    last_day = _day(request.form.get("last_day", "")) or local_now().date()
    try:
        planned = end_promise(read_id(planned_id) or 0, near_me(), last_day)
    except NoSuchTime:
        abort(404)
    except PromiseRefused as refused:
        flash(refused, "stopped")
        return redirect(url_for("staff.children"), 303)
    last = words.day_words(last_day, local_now().date())
    flash(Sentence("The last time: %(day)s. Tell the child first.", day=last), "done")
    return redirect(url_for("staff.child", pupil_id=planned.pupil_id, _anchor="planned"), 303)


@blueprint.post("/planned/<planned_id>/became")
@allow(*WHO_MINDS)
def time_became(planned_id: str) -> ResponseReturnValue:
    """We met, or not today, said on the child's page."""
    try:
        planned, sentence = say_what_became(planned_id, request.form)
    except NoSuchTime:
        abort(404)
    except PromiseRefused as refused:
        flash(refused, "stopped")
        return redirect(url_for("staff.children"), 303)
    flash(sentence, "done")
    return redirect(url_for("staff.child", pupil_id=planned.pupil_id, _anchor="planned"), 303)


def say_what_became(planned_id: str, form: Mapping[str, str]) -> tuple[Planned, str]:
    """Keep what a form says of a planned time; returns the time, and a sentence for the adult.

    Raises:
        NoSuchTime: there is none, or not for whoever is signed in, or the form says nothing we know.
        PromiseRefused: there was no planned time on that day.
    """
    day, how_it_went = _day(form.get("day", "")), _became(form.get("became"))
    if day is None or how_it_went is None:
        raise NoSuchTime
    planned = became(read_id(planned_id) or 0, day, how_it_went, form.get("why"), near_me())
    if how_it_went == "met":
        return planned, N_("Kept: you met.")
    return planned, N_("Kept. Tell the child why, and when you meet instead.")


def read_time(form: Mapping[str, str]) -> NewTime:
    """A planned time as the form sends it.

    Raises:
        PromiseRefused: no day, no time, or nobody is chosen.
    """
    adult_id, weekday = read_id(form.get("adult")), form.get("weekday", "")
    first_day = _day(form.get("first_day", ""))
    if adult_id is None:
        raise PromiseRefused("Choose an adult who works here.")
    if weekday not in map(str, range(7)):
        raise PromiseRefused("Choose a day of the week.")
    if first_day is None:
        raise PromiseRefused("Choose the day from which on it is promised.")
    return NewTime(adult_id, int(weekday), _time(form.get("at", "")), form.get("how") or None, first_day)


def _form(pupil: NearPupil, filled: Mapping[str, str], refused: str | None = None) -> str:
    trusted = high5_of([pupil.id])[pupil.id]
    return render_template(
        "staff/children/planned_time.html",
        pupil=pupil,
        filled=filled,
        refused=refused,
        trusted=[adult for adult in trusted if adult.has_account],
        others=_others(trusted),
        weekdays=[(day, DAY_NAMES[day]) for day in sorted(school_calendar().weekdays)],
        hows=[(how, words.TOGETHER[how], words.TOGETHER_SYMBOLS[how]) for how in HOWS],
    )


def _others(trusted: list[TrustedAdult]) -> list[TrustedAdult]:
    known = {adult.id for adult in trusted}
    return [adult for adult in adults_to_choose_from() if adult.has_account and adult.id not in known]


def _became(text: str | None) -> Became | None:
    return {"met": "met", "missed": "missed"}.get(text or "")  # type: ignore[return-value]


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _time(text: str) -> time:
    try:
        at = time.fromisoformat(text)
    except ValueError:
        raise PromiseRefused("Choose a time, such as 09:10.") from None
    if at.tzinfo is not None:
        raise PromiseRefused("Choose a time, such as 09:10.")
    return at.replace(second=0, microsecond=0)
