"""What pages of patterns need beside answers: houses, a list that staff made, a program's token, and a lead."""

from __future__ import annotations

from datetime import timedelta
from hashlib import sha256

from sqlalchemy import select, text

from kiosk.audit import KEYBOARD
from kiosk.db import db, utc_now, writing
from kiosk.patterns.models import FeedToken
from kiosk.patterns.school.models import ListMember, StaffList
from kiosk.people.accounts import add_staff
from kiosk.people.models import Account
from tests.bench.years import LivedSchool

TOKEN = "only-for-the-benchmark-too"
NURTURE, LEAD = "bell@hazelwood.example", "green@hazelwood.example"
HOUSES = 4
EACH_EIGHTH = 8
"""Of the children is on the list: thirty of 240."""
LIST_IS_OLD = timedelta(weeks=52)
DAYS_OF_TOKEN = timedelta(days=300)


def furnish(school: LivedSchool) -> None:
    """Add them to a school that has none of it yet."""
    with school.app.app_context():
        session = db.session()
        is_done = session.scalar(select(FeedToken.id)) is not None
        account = session.scalars(select(Account.id).where(Account.email == NURTURE)).one()
        db.session.remove()
        if is_done:
            return
        add_staff("Mrs Green", LEAD, ["dsl"], KEYBOARD, password="only-for-the-benchmark")
        with writing() as session:
            session.execute(text(f"UPDATE pupil SET house = 'House ' || (id % {HOUSES})"))
            made = StaffList(name="Nurture", name_key="nurture", made_by_id=account, made_at=utc_now())
            session.add(made)
            session.flush()
            monday = school.last_day - timedelta(days=school.last_day.weekday()) - LIST_IS_OLD
            session.add_all(
                ListMember(list_id=made.id, pupil_id=pupil_id, from_week=monday)
                for pupil_id in school.pupil_ids[::EACH_EIGHTH]
            )
            session.add(
                FeedToken(
                    name="Dashboard",
                    token_hash=sha256(TOKEN.encode()).hexdigest(),
                    scopes=["classes", "school", "waits"],
                    last_day=school.last_day + DAYS_OF_TOKEN,
                    made_by_id=account,
                    made_at=utc_now(),
                )
            )
        db.session.remove()
