"""What the weekly meetings of the demo's term did: lists, decisions and what came of them, a friendly hello."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from itertools import cycle

from sqlalchemy import func, select, update

from kiosk.audit import KEYBOARD, Actor
from kiosk.db import db, writing
from kiosk.demo.days import ZONE, on_the_clock
from kiosk.demo.hazelwood import MR_BELL, MRS_GREEN, DemoAdult, DemoPupil
from kiosk.patterns.different.entries import keep_next_step
from kiosk.patterns.different.making import make_list
from kiosk.patterns.different.weeks import list_weeks
from kiosk.patterns.models import Hello, ListEntry, NextStep, WeeklyList
from kiosk.patterns.today.hello import FOR, greet
from kiosk.people.models import Account
from kiosk.school.store import settings

NOT_LOOKED_AT = 3
"""The list of so many weeks ago lay in half-hearted days: nobody looked at it, and the page says so."""
WITHOUT_AN_OUTCOME = 1
"""What was decided a week ago has not come to anything yet."""
LEO = "pupil-149"
GREETED = (LEO, "pupil-151", "pupil-179")
"""Leo, Sasha and Hodan; whoever greets them is not told why."""
OF_LEO = (
    "Mrs Ali sits beside Leo for ten minutes after lunch each day this week. Nobody asks why.",
    "On the third day he told her that his grandad is ill. We rang home, and they are glad that we know.",
)
OF_ANOTHER = (
    (
        "Ms Novak says hello at the gate on Monday and Thursday, and asks what would help.",
        "Sleeping badly since the new baby. A quiet start in Treetops twice a week helps.",
    ),
    (
        "The class teacher looks at the seating plan and talks with the child at the end of the day.",
        "It was the seat by the door. A new place, and calmer answers since.",
    ),
    (
        "Mr Bell telephones home this week.",
        "Home had noticed, too. We speak again before the holidays.",
    ),
    (
        "Nothing to do but to watch: there was a birthday and a fall in one week.",
        "Back to usual the week after.",
    ),
)
"""What was decided, and what came of it; told of one child after the other."""
OF_GOOD_NEWS = "Told the child what we have seen. A proud smile."


def keep_meetings(
    now: datetime, pupils: Sequence[DemoPupil], adults: Sequence[DemoAdult], days: Iterable[date]
) -> None:
    """Make the lists of the term as they were, and write down what the meetings said of them.

    Args:
        now: the moment the demo opens on.
        pupils: the children.
        adults: the adults; Mr Bell and Mrs Green meet.
        days: the school days of the term.
    """
    today = now.astimezone(ZONE).date()
    weeks = list_weeks(today, settings()["weekly_list_day"], days, {})
    for ago, week in enumerate(weeks):
        make_list(week.shown_from, KEYBOARD)
        looked_at = on_the_clock(week.shown_from, time(8, 40)) if ago not in (0, NOT_LOOKED_AT) else None
        with writing() as session:
            made = {"made_at": on_the_clock(week.shown_from, time(0, 1)), "looked_at": looked_at}
            session.execute(update(WeeklyList).where(WeeklyList.shown_from == week.shown_from).values(made))
        if looked_at is not None:
            _meet(week.shown_from, looked_at, ago, pupils, _who_meets(adults))
    for source_id in GREETED:
        _greet(next(pupil.id for pupil in pupils if pupil.source_id == source_id), today, _who_meets(adults)[0])


def _who_meets(adults: Sequence[DemoAdult]) -> tuple[Actor, Actor]:
    adult_ids = {adult.source_id: adult.id for adult in adults}
    accounts = {row.adult_id: row.id for row in db.session().execute(select(Account.adult_id, Account.id))}
    bell, green = (
        Actor(account_id=accounts[adult_ids[who]], adult_id=adult_ids[who]) for who in (MR_BELL, MRS_GREEN)
    )
    return bell, green


def _meet(shown_from: date, at: datetime, ago: int, pupils: Sequence[DemoPupil], who: tuple[Actor, Actor]) -> None:
    bell, green = who
    leo = next(pupil.id for pupil in pupils if pupil.source_id == LEO)
    entries = db.session().execute(
        select(ListEntry.id, ListEntry.pupil_id, ListEntry.kind)
        .join(WeeklyList, WeeklyList.id == ListEntry.list_id)
        .where(WeeklyList.shown_from == shown_from)
        .order_by(ListEntry.place)
    )
    told = cycle(OF_ANOTHER[ago % len(OF_ANOTHER) :] + OF_ANOTHER[: ago % len(OF_ANOTHER)])
    for number, (entry_id, pupil_id, kind) in enumerate(entries.all()):
        met = at + timedelta(minutes=3 * number)
        _say(entry_id, "seen", "", bell, met)
        if kind == "calmer":
            _say(entry_id, "outcome", OF_GOOD_NEWS, bell, met + timedelta(hours=6))
        elif kind == "different":
            decided, came_of_it = OF_LEO if pupil_id == leo else next(told)
            _say(entry_id, "decided", decided, bell, met + timedelta(minutes=2))
            if ago > WITHOUT_AN_OUTCOME:  # four days later is over, too
                _say(entry_id, "outcome", came_of_it, green, met + timedelta(days=4))


def _say(entry_id: int, kind: str, words: str, by: Actor, at: datetime) -> None:
    """Through the page's own function, and then put to the day on which it was said."""
    keep_next_step(entry_id, kind, words, by)
    newest = select(func.max(NextStep.id)).where(NextStep.entry_id == entry_id).scalar_subquery()
    with writing() as session:
        session.execute(update(NextStep).where(NextStep.id == newest).values(at=at))


def _greet(pupil_id: int, today: date, by: Actor) -> None:
    greet(pupil_id, by)
    with writing() as session:
        since = on_the_clock(today - timedelta(days=2), time(15, 30))
        last_day = today - timedelta(days=2) + FOR
        session.execute(update(Hello).where(Hello.pupil_id == pupil_id).values(since=since, last_day=last_day))
