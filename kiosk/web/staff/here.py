"""In or out today: one tap for oneself, and who is in, where whoever answers the telephone marks a colleague."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import cast

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from kiosk.alerts.reaching import whom_nothing_tells
from kiosk.alerts.store import ring
from kiosk.db import writing
from kiosk.people.here import InOrOut, in_or_out, switched
from kiosk.people.models import ROLES
from kiosk.people.presence import change_presence, colleague, everybody
from kiosk.people.rules import Presence
from kiosk.people.store import TrustedAdult
from kiosk.school.store import local_now, school_calendar, settings
from kiosk.web.access import actor, allow, asker, signed_in_roles
from kiosk.web.languages import flash
from kiosk.web.staff import blueprint
from kiosk.web.staff.here_words import back_words, news_words, why_words
from kiosk.web.staff.whose import load_colleague

WITH_CHILDREN = ("adult", "duty", "nurture", "dsl")
FOR_ANYBODY = ("duty", "dsl", "admin")
"""Who may say of a colleague when they are in: whoever a colleague telephones in the morning."""


@dataclass(frozen=True)
class Here:
    """How somebody stands today, as it is shown."""

    stands: InOrOut
    why: str
    back: str


@dataclass(frozen=True)
class ColleagueHere:
    """A row of the list."""

    adult: TrustedAdult
    is_on_duty: bool
    here: Here


@blueprint.post("/in-or-out")
@allow(*WITH_CHILDREN)
def switch_me() -> ResponseReturnValue:
    """In or out today, for the person who is signed in, on whatever page they are."""
    flash(switch_my_day(asker().adult_id), "done")
    return redirect(page_it_came_from(), 303)


@blueprint.get("/here")
@allow(*ROLES)
def who_is_here() -> ResponseReturnValue:
    """Everybody who works here: in now, at lunch, back when."""
    rows = [ColleagueHere(one.adult, one.is_on_duty, here_today(one.adult.presence)) for one in everybody()]
    now, may_mark = local_now(), bool(signed_in_roles() & set(FOR_ANYBODY))
    return render_template(
        "staff/here.html",
        inside=[row for row in rows if row.here.stands.is_in],
        outside=[row for row in rows if not row.here.stands.is_in],
        closed=school_calendar().why_closed(now.date()),
        nobody_on_duty=not any(row.is_on_duty and row.adult.can_receive(now) for row in rows),
        may_mark=may_mark,
        nothing_tells={adult.id for adult in whom_nothing_tells(now)} if may_mark else set(),
        safe_space=settings()["safe_space_name"],
        today=now.date(),
    )


@blueprint.post("/here/<adult_id>")
@allow(*FOR_ANYBODY)
def switch_colleague(adult_id: str) -> ResponseReturnValue:
    """In or out today, for a colleague."""
    here = request.form.get("here") == "yes"
    one = load_colleague(adult_id)
    keep_presence(one.id, lambda presence: switched(presence, local_now(), here=here))
    flash(news_words(one.called, here=here), "done")
    return redirect(url_for("staff.who_is_here", _anchor=f"adult-{one.id}"), 303)


def switch_my_day(adult_id: int) -> str:
    """Say that the person who is signed in is in or out today, as the form says; returns the sentence for them."""
    here = request.form.get("here") == "yes"
    keep_presence(adult_id, lambda presence: switched(presence, local_now(), here=here))
    return news_words(None, here=here)


def keep_presence(adult_id: int, change: Callable[[Presence], Presence]) -> Presence:
    """Change when somebody is in; their open boards follow."""
    with writing():
        new = change_presence(adult_id, change, actor())
        ring([adult_id])
    return new


def here_today(presence: Presence) -> Here:
    """How somebody stands now, in words."""
    now = local_now()
    stands = in_or_out(presence, now, school_calendar().is_school_day)
    return Here(stands, why_words(stands, presence, now.date()), back_words(stands, now.date()))


@blueprint.app_template_global("my_day")
def my_day() -> Here | None:
    """How the person who is signed in stands today; nothing for who is nobody's adult, and on a closed day."""
    if current_user.adult_id is None or not school_calendar().is_school_day(local_now().date()):
        return None
    return here_today(colleague(cast(int, current_user.adult_id)).presence)


def page_it_came_from() -> str:
    """The page on which a button of the header stood: an address of ours, or the person's first page."""
    page = request.form.get("page", "")
    ours = page.startswith("/") and not page.startswith("//") and "\\" not in page and page.isprintable()
    return page if ours else url_for("staff.home")
