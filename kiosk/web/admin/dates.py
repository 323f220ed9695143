"""Terms and closed days: when school is open, so that no request runs late in the holidays."""

from __future__ import annotations

from datetime import date

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from kiosk.patterns.days import day_words
from kiosk.people.rules import read_id
from kiosk.refusal import Refusal
from kiosk.school.calendar import ALWAYS, bank_holidays_in
from kiosk.school.date_rules import read_dates, span_words
from kiosk.school.dates import KeptDates, NoSuchDates, add_dates, all_dates, close_today, dates_of, remove_dates
from kiosk.school.store import local_now, school_calendar, settings
from kiosk.web.access import actor, allow
from kiosk.web.admin import blueprint
from kiosk.web.admin.words import as_typed
from kiosk.web.languages import _, flash
from kiosk.wording import Day


@blueprint.get("/dates")
@allow("admin")
def dates() -> ResponseReturnValue:
    """Terms, closed days and bank holidays."""
    return _page()


@blueprint.post("/dates")
@allow("admin")
def add_dates_now() -> ResponseReturnValue:
    """Keep a term or closed days; what cannot be comes back with the reason."""
    try:
        new = read_dates(request.form, local_now().date())
        add_dates(new, actor())
    except Refusal as refused:
        return _page(_(refused)), 422
    flash(_("%(name)s is added: %(days)s.", name=new.span.name, days=span_words(new.span)), "done")
    return redirect(url_for("admin.dates"), 303)


@blueprint.post("/dates/close-today")
@allow("admin")
def close_today_now() -> ResponseReturnValue:
    """School is closed today."""
    try:
        close_today(local_now().date(), actor())
    except Refusal as refused:
        flash(refused, "stopped")
    else:
        flash(_("School is closed today. Clocks stand still until the next school day."), "done")
    return redirect(url_for("admin.dates"), 303)


@blueprint.get("/dates/<dates_id>/remove")
@allow("admin")
def remove_dates_page(dates_id: str) -> ResponseReturnValue:
    """One plain question."""
    kept = _load(dates_id)
    return render_template("admin/remove_dates.html", kept=kept, words=span_words(kept.dates.span))


@blueprint.post("/dates/<dates_id>/remove")
@allow("admin")
def remove_dates_now(dates_id: str) -> ResponseReturnValue:
    """Keep them no more."""
    try:
        gone = remove_dates(read_id(dates_id), actor())
    except NoSuchDates:
        abort(404)
    flash(_("%(name)s is removed.", name=gone.dates.span.name), "done")
    return redirect(url_for("admin.dates"), 303)


def _load(dates_id: str) -> KeptDates:
    try:
        return dates_of(read_id(dates_id))
    except NoSuchDates:
        abort(404)


def _page(refused: str | None = None) -> str:
    today, calendar, every = local_now().date(), school_calendar(), all_dates()
    year = calendar.school_year(today)
    return render_template(
        "admin/dates.html",
        terms=[kept for kept in every if kept.dates.kind == "term"],
        closures=[kept for kept in every if kept.dates.kind == "closed"],
        year=year,
        bank_holidays=bank_holidays_in(year, calendar.nation) if calendar.nation else [],
        closed_today=calendar.why_closed(today),
        no_term_after=Day(last) if (last := calendar.no_term_after(today)) else None,
        closure_today=next((kept for kept in every if _is_today_alone(kept, today)), None),
        always_open=settings()["school_days"] == ALWAYS,
        refused=refused,
        sent={name: as_typed(request.form.get(name, "")) for name in ("kind", "first", "last", "name")},
        span_words=span_words,
        school_days=calendar.school_days_in,
        day_words=lambda day: day_words(day, today),
        today=today,
    )


def _is_today_alone(kept: KeptDates, today: date) -> bool:
    """A closure of this one day can be undone with one tap."""
    span = kept.dates.span
    return kept.dates.kind == "closed" and span.first == span.last == today
