"""Building the demo school in an empty database: the roster through the real importer, then a term of life."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path

from flask import current_app
from sqlalchemy import func, select, update

from kiosk.alerts.reaching import keep_boards_open
from kiosk.audit import KEYBOARD
from kiosk.config import Settings
from kiosk.db import db, utc_now, writing
from kiosk.demo.days import ZONE, on_the_clock, school_days
from kiosk.demo.folder import DemoRefused, built_on, mark_built
from kiosk.demo.goodbyes import keep_goodbyes
from kiosk.demo.groups import put_in_groups
from kiosk.demo.hazelwood import (
    MISS_PRYCE,
    MR_BELL,
    MR_OKAFOR,
    MR_REID,
    MRS_ALI,
    MRS_GREEN,
    POSTS,
    SAFE_SPACE,
    SCHOOL_NAME,
    STORIES,
    DemoAdult,
    DemoPupil,
    presence_of,
    steps_of,
)
from kiosk.demo.high5 import choose_high5
from kiosk.demo.history import keep_term
from kiosk.demo.life import term
from kiosk.demo.meetings import keep_meetings
from kiosk.demo.minding import keep_in_mind
from kiosk.demo.moods import SASHA_CAME
from kiosk.demo.registers import keep_registers
from kiosk.demo.tablets import set_up_tablets
from kiosk.demo.words import three_words
from kiosk.demo.worries import keep_worry
from kiosk.people.accounts import add_staff
from kiosk.people.look_store import choose_look, look_for_somebody_new, settle_looks
from kiosk.people.models import Account, Adult, Enrolment, Pupil, SchoolClass, Tablet, Teaching
from kiosk.people.roster.plan import plan_import
from kiosk.people.roster.reading import read_roster
from kiosk.people.roster.store import apply_plan, present
from kiosk.people.store import set_high5, set_presence
from kiosk.people.tablets import invite_tablet, pair_tablet
from kiosk.school.store import change_setting

SEED = 2026
ROSTER = Path(__file__).parent / "roster"
CODE_WORKS_FOR = timedelta(days=30)
IT_PERSON = ("Ms Patel", "patel@hazelwood.example")
"""Runs the computers, works with no child, and so is in no roster of adults."""
SHOWN = {"adult": MRS_ALI, "nurture": MR_BELL, "dsl": MRS_GREEN, "duty": MR_REID}
SETTINGS = {
    "school_name": SCHOOL_NAME,
    "safe_space_name": SAFE_SPACE,
    "timezone": ZONE.key,
    # A demo is looked at in the evening and at weekends, and must answer then too.
    "school_days": "always",
    "school_hours": "always",
    # Its term reaches three months back, and a school year of two weeks would look odd.
    "school_year_begins": "august",
}


@dataclass(frozen=True)
class SignIn:
    """One way into the demo."""

    role: str
    called: str
    email: str
    password: str


@dataclass(frozen=True)
class DemoSchool:
    """What somebody needs to look around."""

    tablet_code: str
    sign_ins: tuple[SignIn, ...]
    """One for each of adult, nurture, dsl, admin and duty."""

    def lines(self, base_url: str) -> list[str]:
        """What ``kiosk demo`` prints: the tablet's address, then four ways to sign in.

        Args:
            base_url: where the demo is served, such as ``http://127.0.0.1:8080``.
        """
        printed = (one for one in self.sign_ins if one.role != "duty")
        return [
            f"Tablet: {base_url}/pair?code={self.tablet_code}",
            *(f"Staff: {base_url}/staff/  {one.email}  {one.password}" for one in printed),
        ]


BOARDS_OPEN_FOR = timedelta(days=30)
"""In the made-up staffroom every board stands open: what is asked on the tablet is heard, as in a real one."""


def ready_demo(echo: Callable[[str], None], now: datetime | None = None) -> DemoSchool:
    """Today's demo, built if it is not there yet; inside an application context, on a migrated database.

    Call :func:`kiosk.demo.folder.make_way` before the application is made.

    Args:
        echo: hears a line about each longer step.
        now: the moment the demo opens on; this one when not given.

    Raises:
        DemoRefused: the database holds a school already.
    """
    settings: Settings = current_app.extensions["settings"]
    now = now or utc_now()
    today = now.astimezone(ZONE).date()
    if built_on(settings) != today:
        build_demo(echo, now)
        mark_built(settings, today)
    return DemoSchool(
        tablet_code=invite_tablet("Demo tablet", ["all"], KEYBOARD, reusable_for=CODE_WORKS_FOR),
        sign_ins=sign_ins(),
    )


def sign_ins() -> tuple[SignIn, ...]:
    """The ways into the demo; the same every time."""
    staff = {adult.source_id: adult for adult in db.session.scalars(select(Adult))}
    known = [(role, staff[who].called, str(staff[who].email)) for role, who in SHOWN.items()]
    known.append(("admin", *IT_PERSON))
    order = ("adult", "nurture", "dsl", "admin", "duty")
    return tuple(
        SignIn(role, called, email, three_words(SEED, email))
        for role, called, email in sorted(known, key=lambda one: order.index(one[0]))
    )


def build_demo(echo: Callable[[str], None], now: datetime) -> None:
    """Put Hazelwood Primary School and a term of its life, until ``now``, into an empty migrated database.

    Raises:
        DemoRefused: the database is not empty.
    """
    if db.session.scalar(select(func.count()).select_from(Pupil)):
        raise DemoRefused("The database holds a school already. A demo needs an empty one.")
    today = now.astimezone(ZONE).date()
    days = school_days(today)
    for name, value in SETTINGS.items():
        change_setting(name, value, KEYBOARD)
    echo(f"{SCHOOL_NAME}: bringing in pupils and staff")
    _import_roster(days[0])
    _add_who_left()
    _give_posts(today)
    _add_accounts()
    pupils, adults = _pupils(), _adults(today)
    _give_steps(pupils)
    _came_later(days[-SASHA_CAME])
    high5 = choose_high5(SEED, pupils, adults, today)
    with writing():
        for pupil_id, adult_ids in high5.items():
            set_high5(pupil_id, adult_ids, KEYBOARD)
        settle_looks(KEYBOARD, moving_costs=False)
        _keep_their_leaves()
    _say_goodbye(next(adult for adult in adults if adult.source_id == MISS_PRYCE))
    echo(f"{SCHOOL_NAME}: living a term")
    lived = term(SEED, now, pupils, adults, high5)
    keep_term(lived, pupils, adults, _add_tablets(pupils, now))
    keep_registers(SEED, pupils, lived.check_ins, days)
    put_in_groups(pupils, days)
    set_up_tablets(SEED, now, pupils, days)
    keep_in_mind(SEED, now, pupils, adults, high5)
    keep_goodbyes(SEED, today, adults, high5)
    keep_worry(pupils, adults, days)
    keep_meetings(now, pupils, adults, days)
    keep_boards_open([adult.id for adult in adults], now + BOARDS_OPEN_FOR)


def _import_roster(today: date) -> None:
    """The shipped files, the way a school's own come in."""
    plan = plan_import(read_roster(ROSTER), present())
    apply_plan(plan, KEYBOARD, today)


def _add_who_left() -> None:
    """Somebody no roster names any more, as she was when she worked here."""
    with writing() as session:
        session.add(
            Adult(
                given_name="Hannah",
                family_name="Pryce",
                called="Miss Pryce",
                email="pryce@hazelwood.example",
                picture=look_for_somebody_new(MISS_PRYCE),
                source_id=MISS_PRYCE,
            )
        )


def _keep_their_leaves() -> None:
    """Two adults have said under "My picture" that the leaf they have is theirs."""
    for source_id in (MRS_ALI, MR_OKAFOR):
        adult = db.session.scalars(select(Adult).where(Adult.source_id == source_id)).one()
        choose_look(adult.id, adult.picture, KEYBOARD)


def _give_posts(today: date) -> None:
    """Where to find each adult, and when they are here."""
    with writing() as session:
        for adult in session.scalars(select(Adult).order_by(Adult.id)):
            post = POSTS[str(adult.source_id)]
            adult.place = post.place
            session.flush()
            if adult.source_id != MISS_PRYCE:
                set_presence(adult.id, presence_of(str(adult.source_id), today), KEYBOARD)


def _add_accounts() -> None:
    adults = db.session.scalars(select(Adult).order_by(Adult.id)).all()
    with writing():
        for adult in adults:
            roles, email = POSTS[str(adult.source_id)].roles, str(adult.email)
            if roles:
                add_staff(adult.called, email, roles, KEYBOARD, password=three_words(SEED, email))
        called, email = IT_PERSON
        add_staff(called, email, ["admin"], KEYBOARD, password=three_words(SEED, email))


def _pupils() -> list[DemoPupil]:
    rows = db.session.execute(
        select(Pupil.id, Pupil.source_id, SchoolClass.name)
        .join(Enrolment, Enrolment.pupil_id == Pupil.id)
        .join(SchoolClass, SchoolClass.id == Enrolment.class_id)
        .order_by(Pupil.id)
    )
    return [DemoPupil(pupil_id, str(source_id), class_name) for pupil_id, source_id, class_name in rows]


def _adults(today: date) -> list[DemoAdult]:
    classes: dict[int, list[str]] = {}
    for adult_id, class_name in db.session.execute(
        select(Teaching.adult_id, SchoolClass.name)
        .join(SchoolClass, SchoolClass.id == Teaching.class_id)
        .order_by(SchoolClass.name)
    ):
        classes.setdefault(adult_id, []).append(class_name)
    rows = db.session.execute(select(Adult.id, Adult.source_id).order_by(Adult.id))
    return [
        DemoAdult(
            id=adult_id,
            source_id=who,
            class_names=tuple(classes.get(adult_id, ())),
            post=POSTS[who],
            presence=presence_of(who, today),
        )
        for adult_id, who in ((adult_id, str(source_id)) for adult_id, source_id in rows)
    ]


def _give_steps(pupils: Sequence[DemoPupil]) -> None:
    """The youngest begin with fewer steps; the others have all five, as every class has them."""
    fewer = [(pupil.id, list(steps_of(pupil))) for pupil in pupils if len(steps_of(pupil)) < 5]
    with writing() as session:
        session.execute(update(Pupil), [{"id": pupil_id, "steps": steps} for pupil_id, steps in fewer])


def _came_later(joined_on: date) -> None:
    """The child who is settling in was not there when term began."""
    came = [source_id for source_id, story in STORIES.items() if story == "settling_in"]
    with writing() as session:
        session.execute(update(Pupil).where(Pupil.source_id.in_(came)).values(joined_on=joined_on))


def _say_goodbye(leaver: DemoAdult) -> None:
    """Only after the High 5s: they were agreed while she worked here, and still name her."""
    with writing() as session:
        set_presence(leaver.id, leaver.presence, KEYBOARD)
        session.execute(update(Account).where(Account.adult_id == leaver.id).values(active=False))


def _add_tablets(pupils: Sequence[DemoPupil], now: datetime) -> dict[str, int]:
    """A tablet for each class, paired when term began; nobody knows their tokens, so nothing can use them."""
    began = on_the_clock(school_days(now.astimezone(ZONE).date())[0], time(8, 0))
    tablets: dict[str, int] = {}
    with writing() as session:
        for class_name in sorted({pupil.class_name for pupil in pupils}):
            tablet, _token = pair_tablet(f"{class_name} class tablet", [class_name], KEYBOARD)
            tablets[class_name] = tablet.id
        session.execute(update(Tablet).values(paired_at=began))
    return tablets
