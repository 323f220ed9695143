"""The office at a glance."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue

from kiosk.alerts.channels import channels_not_working
from kiosk.alerts.reaching import whom_nothing_tells
from kiosk.people.accounts import all_accounts, staff_without_account
from kiosk.people.presence import everybody
from kiosk.people.store import adults_with_role
from kiosk.people.tablets import all_tablets, classes_to_show
from kiosk.school.store import local_now, school_calendar, settings
from kiosk.web.access import allow
from kiosk.web.admin import blueprint
from kiosk.wording import Day


@blueprint.get("/")
@allow("admin")
def index() -> ResponseReturnValue:
    """What there is, and what is still missing before a child can ask."""
    calendar, now = school_calendar(), local_now()
    staff = everybody()
    return render_template(
        "admin/overview.html",
        tablets=sum(tablet.revoked_at is None for tablet in all_tablets()),
        accounts=sum(account.active for account in all_accounts()),
        without_account=len(staff_without_account()),
        classes=len(classes_to_show()),
        channels_not_working=channels_not_working(),
        terms=calendar.terms,
        closed_today=calendar.why_closed(now.date()),
        no_term_after=Day(last) if (last := calendar.no_term_after(now.date())) else None,
        everybody=len(staff),
        nothing_tells=len(whom_nothing_tells(now)),
        inside=sum(one.adult.presence.is_still_here(now) for one in staff),
        school=settings(),
        wants_second_lead=settings()["two_person_close"] == "yes" and len(adults_with_role("dsl")) < 2,
    )
